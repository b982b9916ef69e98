/* SPDX-License-Identifier: GPL-3.0-or-later */
/* verdict: every edge of every situation, by its number. */
#include "base/mem.h"
#include "listen/confidence.h"
#include "listen/verdict.h"
#include "model/calibration.h"
#include "model/command.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* Edges are looked for in steps of so many parts. */
#define STEPS 1000
#define NEVER (STEPS + 1)

/* For short rows. */
#define SPEAKING .during_speech = true
#define PAUSE    .at_pause = true, .silence_s

/* From which confidence on, in thousandths: obeyed, asked back, not understood. Less is nothing. */
struct row {
    const char *name;
    int command;
    bool costly;
    struct situation situation;
    int obey, ask_back, not_understood;
};

static const struct row rows[] = {
    {"ordinary", COMMAND_NEXT, false, {0}, 500, 350, 200},
    {"costly", COMMAND_QUIT, true, {0}, 650, 350, 200},

    {"speech, no echo", COMMAND_NEXT, false, {SPEAKING}, 500, 350, 200},
    {"speech, echo: stop", COMMAND_STOP, false, {SPEAKING, .echo = true}, 800, NEVER, NEVER},
    {"speech, echo: pause", COMMAND_PAUSE, false, {SPEAKING, .echo = true}, 800, NEVER, NEVER},
    {"speech, echo: repeat", COMMAND_REPEAT, false, {SPEAKING, .echo = true}, 800, NEVER, NEVER},
    {"speech, echo: another", COMMAND_NEXT, false, {SPEAKING, .echo = true}, NEVER, NEVER, NEVER},
    {"echo, no speech", COMMAND_NEXT, false, {.echo = true}, 500, 350, 200},
    {"others", COMMAND_NEXT, false, {.over_others = true, .echo = true}, 800, NEVER, NEVER},
    {"others, costly", COMMAND_QUIT, true, {.over_others = true}, 800, NEVER, NEVER},

    {"after one", COMMAND_NEXT, false, {.talk = 1}, 800, NEVER, NEVER},
    {"in talk", COMMAND_NEXT, false, {.talk = 2}, 970, NEVER, NEVER},
    {"in long talk", COMMAND_NEXT, false, {.talk = 9}, 970, NEVER, NEVER},
    {"in talk, costly", COMMAND_QUIT, true, {.talk = 2}, 970, NEVER, NEVER},
    {"in talk, others", COMMAND_NEXT, false, {.talk = 2, .over_others = true}, 970, NEVER, NEVER},
    {"in talk, speech", COMMAND_NEXT, false, {.talk = 2, SPEAKING}, 500, 350, 200},
    {"talk, echo: stop",
     COMMAND_STOP,
     false,
     {.talk = 2, SPEAKING, .echo = true},
     800,
     NEVER,
     NEVER},

    {"pause", COMMAND_NEXT, false, {PAUSE = 0.15}, 950, NEVER, NEVER},
    {"pause, talk", COMMAND_NEXT, false, {PAUSE = 0.2, .talk = 2}, 970, NEVER, NEVER},
    {"short pause", COMMAND_NEXT, false, {PAUSE = 0.14}, NEVER, NEVER, NEVER},
    {"short pause: stop", COMMAND_STOP, false, {PAUSE = 0.1}, NEVER, NEVER, NEVER},
    {"pause, costly", COMMAND_QUIT, true, {PAUSE = 0.3}, NEVER, NEVER, NEVER},
    {"short pause, speech: stop", COMMAND_STOP, false, {PAUSE = 0.1, SPEAKING}, 800, NEVER, NEVER},
    {"early, echo: stop",
     COMMAND_STOP,
     false,
     {PAUSE = 0.1, SPEAKING, .echo = true},
     800,
     NEVER,
     NEVER},
    {"pause, speech: another", COMMAND_NEXT, false, {PAUSE = 0.2, SPEAKING}, 950, NEVER, NEVER},

    {"second try", COMMAND_NEXT, false, {.again = true}, 500, 30, NEVER},
    {"second try, costly", COMMAND_QUIT, true, {.again = true}, 650, 30, NEVER},
    {"second try, in talk", COMMAND_NEXT, false, {.again = true, .talk = 2}, 970, 30, NEVER},

    {"private", COMMAND_NEXT, false, {.context = CONTEXT_PRIVATE}, 500, 350, NEVER},
    {"private, again",
     COMMAND_NEXT,
     false,
     {.context = CONTEXT_PRIVATE, .again = true},
     500,
     350,
     NEVER},
    {"sound check", COMMAND_YES, false, {.context = CONTEXT_SOUND_CHECK}, 500, 350, 200},
    {"exercise", COMMAND_NEXT, false, {.context = CONTEXT_EXERCISE}, 500, 350, 0},
    {"exercise, talk",
     COMMAND_NEXT,
     false,
     {.context = CONTEXT_EXERCISE, .talk = 1},
     800,
     NEVER,
     0},
    {"saying", COMMAND_QUIT, false, {.context = CONTEXT_SAYING}, 950, 500, NEVER},
    {"saying, costly", COMMAND_QUIT, true, {.context = CONTEXT_SAYING}, 950, 650, NEVER},
    {"question", COMMAND_YES, false, {.context = CONTEXT_QUESTION}, 350, NEVER, 0},
};

static enum verdict expected(const struct row *row, int confidence)
{
    if (confidence >= row->obey)
        return VERDICT_OBEY;
    if (confidence >= row->ask_back)
        return VERDICT_ASK_BACK;
    return confidence >= row->not_understood ? VERDICT_NOT_UNDERSTOOD : VERDICT_NOTHING;
}

static void every_situation_has_its_edges(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        for (int step = 0; step <= STEPS; step++) {
            const struct row *row = &rows[i];
            const struct hypothesis hypothesis = {row->command, step / (double)STEPS, row->costly};
            const enum verdict verdict = verdict_of(&hypothesis, &row->situation);
            if (verdict != expected(row, step))
                fail_msg("%s, %d: %d instead of %d", row->name, step, verdict, expected(row, step));
        }
}

static void what_was_not_recognised_is_nothing(void **state)
{
    (void)state;
    const struct hypothesis none = {.command = COMMAND_NONE};
    const struct situation ordinary = {0}, again = {.again = true};
    assert_int_equal(verdict_of(&none, &ordinary), VERDICT_NOTHING);
    assert_int_equal(verdict_of(&none, &again), VERDICT_NOTHING);
}

static void what_is_nothing_need_not_be_known_better(void **state)
{
    (void)state;
    for (int step = 0; step <= STEPS; step++)
        assert_int_equal(verdict_is_nothing(step / (double)STEPS), step < 200);
}

static void clearance_is_what_is_left_above_the_edge(void **state)
{
    (void)state;
    assert_int_equal(verdict_clearance(0.50, false), 0);
    assert_int_equal(verdict_clearance(0.65, true), 0);
    assert_int_equal(verdict_clearance(0.95, false), 294);
    assert_int_equal(verdict_clearance(0.95, true), 233);
    assert_int_equal(verdict_clearance(0.05, false), -294);
    assert_true(verdict_clearance(0, true) > CALIBRATION_WRONG);
    assert_true(verdict_clearance(1, false) < CALIBRATION_CLEAR);
}

/* By more than 400 hundredths above the edge, in logarithmic odds. */
static void a_saying_is_another_phrase_where_it_is_very_clear(void **state)
{
    (void)state;
    for (int above = 390; above <= 410; above++) {
        const struct hypothesis usual = {COMMAND_NEXT, confidence_eased(0.50, above), false};
        const struct hypothesis costly = {COMMAND_QUIT, confidence_eased(0.65, above), true};
        assert_int_equal(verdict_is_other(&usual), above > 400);
        assert_int_equal(verdict_is_other(&costly), above > 400);
    }
}

static void what_a_learner_taught_counts_less(void **state)
{
    (void)state;
    assert_float_equal(verdict_own_handicap(), 3.0, 1e-12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_situation_has_its_edges),
        cmocka_unit_test(what_was_not_recognised_is_nothing),
        cmocka_unit_test(what_is_nothing_need_not_be_known_better),
        cmocka_unit_test(clearance_is_what_is_left_above_the_edge),
        cmocka_unit_test(a_saying_is_another_phrase_where_it_is_very_clear),
        cmocka_unit_test(what_a_learner_taught_counts_less),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
