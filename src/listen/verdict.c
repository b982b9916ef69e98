/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "listen/verdict.h"

#include "listen/confidence.h"
#include "model/command.h"

#include <math.h>

/* How sure it must be to be obeyed, asked back, and answered at all. */
struct edges {
    double obey, ask_back, answer;
};

static const struct edges usual = {0.50, 0.35, 0.20};
static const struct edges costly = {0.65, 0.35, 0.20};

/* --- what a situation asks for at least: less is VERDICT_NOTHING ------------------------------ */

/* Its own voice may be left in what is heard: only what makes it stop is obeyed, and only when it
 * is very clear; the latter too while others are heard. */
#define LEAST_IN_ECHO     0.80
#define LEAST_OVER_OTHERS 0.80

/* One utterance that was nothing may have been a failed try; two in a row are talk. */
#define LEAST_AFTER_ONE 0.80
#define LEAST_IN_TALK   0.97

/* What is very clear and easily taken back need not wait until the silence is long enough; nor need
 * a clear stop while the assistant speaks. */
#define LEAST_AT_PAUSE      0.95
#define LEAST_STOP_AT_PAUSE 0.80

/* Less silence than this, in seconds, is enough for what stops the assistant's speech only; see
 * endpoint_set_early(). */
#define PAUSE_S 0.15

/* More than any confidence. */
#define NEVER 2.0

/* --- the rest --------------------------------------------------------------------------------- */

/* Less likely phrases are talk: this and the pause between both tries leave 3 questions an hour of
 * it (doc/recognition-experiments.md). */
#define SECOND_TRY 0.03

/* A saying is taken for a command from this confidence on. */
#define NO_SAYING 0.95

/* A saying that is heard as another phrase with so much clearance is that other phrase. */
#define OTHER_CLEARANCE 400

/* Chosen on two speakers, tried on three others (doc/recognition-experiments.md). */
#define OWN_HANDICAP 3.0

static const struct edges *edges_of(bool is_costly)
{
    return is_costly ? &costly : &usual;
}

static enum verdict by_edges(const struct hypothesis *hypothesis)
{
    const struct edges *edges = edges_of(hypothesis->costly);
    if (hypothesis->confidence >= edges->obey)
        return VERDICT_OBEY;
    if (hypothesis->confidence >= edges->ask_back)
        return VERDICT_ASK_BACK;
    return hypothesis->confidence >= edges->answer ? VERDICT_NOT_UNDERSTOOD : VERDICT_NOTHING;
}

static bool stops_speech(int command)
{
    return command == COMMAND_STOP || command == COMMAND_PAUSE || command == COMMAND_REPEAT;
}

/* What is left of its own voice is no talk, and whoever says "stop" to it must not wait. */
static double least_in_talk(const struct situation *situation)
{
    if (situation->during_speech || situation->talk == 0)
        return 0;
    return situation->talk == 1 ? LEAST_AFTER_ONE : LEAST_IN_TALK;
}

static double least_at_pause(const struct hypothesis *hypothesis, const struct situation *situation)
{
    if (situation->during_speech && stops_speech(hypothesis->command))
        return LEAST_STOP_AT_PAUSE;
    return hypothesis->costly || situation->silence_s < PAUSE_S ? NEVER : LEAST_AT_PAUSE;
}

static double least(const struct hypothesis *hypothesis, const struct situation *situation)
{
    double least = least_in_talk(situation);
    if (situation->over_others)
        least = fmax(least, LEAST_OVER_OTHERS);
    if (situation->during_speech && situation->echo)
        least = fmax(least, stops_speech(hypothesis->command) ? LEAST_IN_ECHO : NEVER);
    if (situation->at_pause)
        least = fmax(least, least_at_pause(hypothesis, situation));
    return least;
}

static enum verdict in_session(enum verdict verdict, const struct hypothesis *hypothesis,
                               bool again)
{
    const bool missed = verdict == VERDICT_NOT_UNDERSTOOD || verdict == VERDICT_NOTHING;
    return missed && again && hypothesis->confidence >= SECOND_TRY ? VERDICT_ASK_BACK : verdict;
}

static enum verdict among_sayings(enum verdict verdict, const struct hypothesis *hypothesis)
{
    if (verdict != VERDICT_OBEY)
        return VERDICT_NOTHING;
    return hypothesis->confidence >= NO_SAYING ? VERDICT_OBEY : VERDICT_ASK_BACK;
}

static enum verdict in_context(enum verdict verdict, const struct hypothesis *hypothesis,
                               const struct situation *situation)
{
    switch (situation->context) {
    case CONTEXT_SESSION:
        return in_session(verdict, hypothesis, situation->again);
    case CONTEXT_PRIVATE:
        return verdict == VERDICT_NOT_UNDERSTOOD ? VERDICT_NOTHING : verdict;
    case CONTEXT_EXERCISE:
        return verdict == VERDICT_NOTHING ? VERDICT_NOT_UNDERSTOOD : verdict;
    case CONTEXT_SAYING:
        return among_sayings(verdict, hypothesis);
    case CONTEXT_QUESTION:
        return verdict == VERDICT_OBEY || verdict == VERDICT_ASK_BACK ? VERDICT_OBEY
                                                                      : VERDICT_NOT_UNDERSTOOD;
    case CONTEXT_SOUND_CHECK:
        break;
    }
    return verdict;
}

enum verdict verdict_of(const struct hypothesis *hypothesis, const struct situation *situation)
{
    enum verdict verdict = by_edges(hypothesis);
    if (hypothesis->confidence < least(hypothesis, situation))
        verdict = VERDICT_NOTHING;
    return in_context(verdict, hypothesis, situation);
}

bool verdict_is_nothing(double confidence)
{
    return confidence < fmin(usual.answer, costly.answer);
}

int verdict_clearance(double confidence, bool is_costly)
{
    const double edge = edges_of(is_costly)->obey;
    return (int)lround(100.0 * (confidence_odds(confidence) - confidence_odds(edge)));
}

bool verdict_is_other(const struct hypothesis *hypothesis)
{
    return verdict_clearance(hypothesis->confidence, hypothesis->costly) > OTHER_CLEARANCE;
}

double verdict_own_handicap(void)
{
    return OWN_HANDICAP;
}
