/*
 * driver: a learner's session without the dialogue, to be run with inject.so preloaded.
 *     driver mark LEARNER SEED FIRST COUNT   makes changes FIRST, FIRST + 1… of model.h
 *     driver reset LEARNER
 *     driver rename LEARNER NAME
 *     driver delete LEARNER
 * It says on standard output what a session would say aloud: "open STATE" after opening, then
 * "yes NUMBER" once a change is on disk and "no NUMBER" if it could not be saved (it is then taken
 * back); after a reset, a new name or a deletion "yes" or "no".
 */
#include "messages.h"
#include "model.h"
#include "progress.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void mark(struct progress *progress, struct record *record, unsigned seed, unsigned number)
{
    struct record before;
    record_copy(&before, record);
    model_change(record, seed, number);
    if (!progress_save(progress, record)) {
        dprintf(1, "yes %u\n", number);
        record_free(&before);
        return;
    }
    dprintf(1, "no %u\n", number);
    record_free(record);
    *record = before;
}

static void mark_all(const char *learner, unsigned seed, unsigned first, unsigned count)
{
    struct messages *messages = messages_new();
    struct progress *progress;
    struct record record;
    struct progress_report report;
    progress_open(learner, false, messages, &progress, &record, &report);
    dprintf(1, "open %d\n", (int)report.state);
    for (unsigned i = 0; i < count; i++)
        mark(progress, &record, seed, first + i);
    progress_close(progress);
    progress_report_free(&report);
    record_free(&record);
    messages_free(messages);
}

int main(int argc, char **argv)
{
    if (argc == 6 && !strcmp(argv[1], "mark")) {
        mark_all(argv[2], (unsigned)atoi(argv[3]), (unsigned)atoi(argv[4]),
                 (unsigned)atoi(argv[5]));
        return 0;
    }
    if (argc == 3 && !strcmp(argv[1], "reset")) {
        dprintf(1, progress_reset(argv[2], NULL) ? "no\n" : "yes\n");
        return 0;
    }
    if (argc == 4 && !strcmp(argv[1], "rename")) {
        dprintf(1, progress_rename(argv[2], argv[3]) ? "no\n" : "yes\n");
        return 0;
    }
    if (argc == 3 && !strcmp(argv[1], "delete")) {
        dprintf(1, progress_delete(argv[2]) ? "no\n" : "yes\n");
        return 0;
    }
    return 2;
}
