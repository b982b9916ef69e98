#include "listen/second_try.h"

#include "listen/heard.h"
#include "model/command.h"

/* Who is not understood waits for an answer, but not for long: seconds of silence between both. */
#define WAITS_LEAST 2.0
#define WAITS_MOST  15.0

/* Less likely phrases are talk: this and the pause leave 3 questions an hour of it
 * (doc/recognition-experiments.md). */
#define CONFIDENCE_LEAST 0.03

static bool is_miss(const struct heard *heard)
{
    return heard->phrase && heard->command != COMMAND_NONE && !heard->during_speech &&
           (heard->verdict == RECOG_REJECTED || heard->verdict == RECOG_NEAR) &&
           heard->confidence >= CONFIDENCE_LEAST;
}

static bool is_the_same(const struct second_try *retry, const struct heard *heard)
{
    const double waited = heard->start_s - retry->end_s;
    return retry->missed && retry->command == heard->command &&
           retry->argument == heard->argument && waited >= WAITS_LEAST && waited <= WAITS_MOST;
}

enum recog_verdict second_try_verdict(struct second_try *retry, const struct heard *heard)
{
    const bool missed = is_miss(heard), again = missed && is_the_same(retry, heard);
    *retry = (struct second_try){
        .missed = missed && !again,
        .command = heard->command,
        .argument = heard->argument,
        .end_s = heard->end_s,
    };
    return again ? RECOG_DOUBTFUL : heard->verdict;
}
