/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "listen/second_try.h"

#include "listen/heard.h"
#include "model/command.h"

/* Who is not understood waits for an answer, but not for long: seconds of silence between both. */
#define WAITS_MIN 2.0
#define WAITS_MAX 15.0

/* Not understood, and likely enough to be asked back if it comes again. */
static bool is_miss(const struct heard *heard)
{
    return heard->phrase && heard->command != COMMAND_NONE && !heard->situation.during_speech &&
           (heard->verdict == VERDICT_NOTHING || heard->verdict == VERDICT_NOT_UNDERSTOOD) &&
           heard_verdict(heard, CONTEXT_SESSION, true) == VERDICT_ASK_BACK;
}

static bool is_the_same(const struct second_try *tries, const struct heard *heard)
{
    const double waited = heard->start_s - tries->end_s;
    return tries->missed && tries->command == heard->command &&
           tries->argument == heard->argument && waited >= WAITS_MIN && waited <= WAITS_MAX;
}

bool second_try_heard(struct second_try *tries, const struct heard *heard)
{
    const bool missed = is_miss(heard), again = missed && is_the_same(tries, heard);
    *tries = (struct second_try){
        .missed = missed && !again,
        .command = heard->command,
        .argument = heard->argument,
        .end_s = heard->end_s,
    };
    return again;
}
