/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/journal.h"

#include "base/mem.h"

#include <errno.h>
#include <stdlib.h>

int journal_open(struct journal *journal, const struct clock *clock, FILE *screen, const char *path)
{
    *journal = (struct journal){.clock = clock};
    return transcript_open(&journal->transcript, screen, path);
}

static struct session_log_time now(const struct journal *journal)
{
    return (struct session_log_time){clock_seconds(journal->clock),
                                     clock_milliseconds(journal->clock)};
}

static void keep_log_error(struct journal *journal)
{
    if (!journal->log_error)
        journal->log_error = errno;
}

static void close_log(struct journal *journal)
{
    /* How long the last step took, too. */
    if (journal->log && session_log_place(journal->log, now(journal), NULL))
        keep_log_error(journal);
    if (session_log_close(journal->log))
        keep_log_error(journal);
    journal->log = NULL;
}

static void lose_log(struct journal *journal)
{
    keep_log_error(journal);
    close_log(journal);
}

int journal_close(struct journal *journal)
{
    close_log(journal);
    free(journal->place);
    const int of_transcript = transcript_close(&journal->transcript);
    const int error = of_transcript ? of_transcript : journal->log_error;
    *journal = (struct journal){0};
    return error;
}

bool journal_is_unread(const struct journal *journal)
{
    return journal->transcript.unread;
}

void journal_log_in(struct journal *journal, const char *folder)
{
    if (!folder)
        close_log(journal);
    else if (!journal->log && session_log_open(folder, now(journal), &journal->log))
        lose_log(journal);
}

int journal_take_log_error(struct journal *journal)
{
    const int error = journal->log_error;
    journal->log_error = 0;
    return error;
}

void journal_set_place(struct journal *journal, const char *place, bool is_private)
{
    char *copy = place && !is_private ? xstrdup(place) : NULL;
    free(journal->place);
    journal->place = copy;
    journal->is_private = is_private;
}

void journal_log_place(struct journal *journal)
{
    if (journal->log && session_log_place(journal->log, now(journal), journal->place))
        lose_log(journal);
}

void journal_note(struct journal *journal, const char *kind, const char *text)
{
    if (!journal->log || journal->is_private)
        return;
    if (session_log_write(journal->log, now(journal), kind, journal->place, text))
        lose_log(journal);
}

void journal_said(struct journal *journal, const char *text)
{
    transcript_said(&journal->transcript, text);
    journal_note(journal, "said", text);
}

void journal_heard(struct journal *journal, const char *text, bool shown)
{
    transcript_heard(&journal->transcript, text, shown);
    journal_note(journal, "heard", text);
}
