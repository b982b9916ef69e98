/* SPDX-License-Identifier: GPL-3.0-or-later */
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
#include "base/messages.h"
#include "base/messages_load.h"
#include "model.h"
#include "store/learner_store.h"
#include "store/learners.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void mark(struct learner_store *store, struct learner_record *record, unsigned seed,
                 unsigned number)
{
    struct learner_record before;
    learner_record_copy(&before, record);
    model_change(record, seed, number);
    if (!learner_store_save(store, record)) {
        dprintf(1, "yes %u\n", number);
        learner_record_free(&before);
        return;
    }
    dprintf(1, "no %u\n", number);
    learner_record_free(record);
    *record = before;
}

static void mark_all(const char *learner, unsigned seed, unsigned first, unsigned count)
{
    struct messages *messages = messages_load_builtin();
    struct learner_store *store;
    struct learner_record record;
    struct learner_store_report report;
    learner_store_open(learner, false, messages, &store, &record, &report);
    dprintf(1, "open %d\n", (int)report.state);
    for (unsigned i = 0; i < count; i++)
        mark(store, &record, seed, first + i);
    learner_store_close(store);
    learner_store_report_free(&report);
    learner_record_free(&record);
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
        dprintf(1, learner_store_reset(argv[2], NULL) ? "no\n" : "yes\n");
        return 0;
    }
    if (argc == 4 && !strcmp(argv[1], "rename")) {
        dprintf(1, learners_rename(argv[2], argv[3]) ? "no\n" : "yes\n");
        return 0;
    }
    if (argc == 3 && !strcmp(argv[1], "delete")) {
        dprintf(1, learners_delete(argv[2]) ? "no\n" : "yes\n");
        return 0;
    }
    return 2;
}
