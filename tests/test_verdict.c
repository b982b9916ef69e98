/* verdict: what more evidence does to confidence, and what confidence leads to. */
#include "listen/verdict.h"
#include "model/calibration.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static const struct evidence middling = {
    .phrase = -300, .rival = -320, .loop = -210, .seconds = 0.8, .costly = false};

static void more_evidence_is_more_confidence(void **state)
{
    (void)state;
    const double confidence = verdict_confidence(&middling, 100);
    struct evidence other = middling;
    other.rival -= 20;
    assert_true(verdict_confidence(&other, 100) > confidence);
    other = middling;
    other.loop -= 20;
    assert_true(verdict_confidence(&other, 100) > confidence);
    other = middling;
    other.worst = -3; /* two of its phones were not said */
    assert_true(verdict_confidence(&other, 100) < confidence);
    other = middling;
    other.rival = other.phrase + 30; /* another word fits better */
    assert_true(verdict_confidence(&other, 100) < confidence);
}

static void other_models_and_the_number_of_phrases_count(void **state)
{
    (void)state;
    const double confidence = verdict_confidence(&middling, 100);
    struct evidence other = middling;
    other.other = verdict_sum(&middling) + 30;
    assert_true(verdict_confidence(&other, 100) > confidence);
    other.other = verdict_crowd(100);
    assert_true(verdict_confidence(&other, 100) < confidence);
    assert_true(verdict_crowd(1000) < verdict_crowd(100));
    assert_true(verdict_crowd(0) == 0);
    assert_true(verdict_most(&middling) > verdict_sum(&middling));
    other = (struct evidence){.phrase = -900, .rival = -900, .loop = 0, .seconds = 0.8};
    assert_true(verdict_is_hopeless(&other, 100));
    other.other = 200; /* another model is very sure */
    assert_false(verdict_is_hopeless(&other, 100));
}

static void confidence_is_between_nothing_and_one(void **state)
{
    (void)state;
    struct evidence extreme = middling;
    extreme.rival = -1e6;
    assert_true(verdict_confidence(&extreme, 100) <= 1 && verdict_confidence(&extreme, 100) > 0.99);
    extreme.rival = 1e6;
    assert_true(verdict_confidence(&extreme, 100) >= 0 && verdict_confidence(&extreme, 100) < 0.01);
}

static void verdicts_are_in_order(void **state)
{
    (void)state;
    enum recog_verdict last = RECOG_REJECTED;
    for (int percent = 0; percent <= 100; percent++) {
        enum recog_verdict verdict = verdict_of(&middling, percent / 100.0);
        assert_true(verdict <= last); /* ACCEPTED is the smallest */
        last = verdict;
    }
    assert_int_equal(last, RECOG_ACCEPTED);
    assert_int_equal(verdict_of(&middling, 0), RECOG_REJECTED);
}

static void what_costs_something_needs_more(void **state)
{
    (void)state;
    struct evidence costly = middling;
    int stricter = 0;
    costly.costly = true;
    for (int percent = 0; percent <= 100; percent++) {
        assert_true(verdict_of(&costly, percent / 100.0) >= verdict_of(&middling, percent / 100.0));
        stricter += verdict_of(&costly, percent / 100.0) > verdict_of(&middling, percent / 100.0);
    }
    assert_true(stricter >= 5);
}

static void a_stricter_model_is_less_sure(void **state)
{
    (void)state;
    assert_true(verdict_confidence(&middling, 150) < verdict_confidence(&middling, 100));
}

/* Whatever the rival, a hopeless phrase is not believed; a good one is never hopeless. */
static void hopeless_is_never_obeyed(void **state)
{
    (void)state;
    int hopeless = 0;
    for (double loop = -300; loop < 0; loop += 5) {
        struct evidence evidence = middling;
        evidence.phrase = -800;
        evidence.loop = loop;
        if (!verdict_is_hopeless(&evidence, 100))
            continue;
        hopeless++;
        evidence.rival = evidence.phrase - 130; /* as far as it ever is */
        assert_int_not_equal(verdict_of(&evidence, verdict_confidence(&evidence, 100)),
                             RECOG_ACCEPTED);
    }
    assert_true(hopeless > 0);
    assert_false(verdict_is_hopeless(&middling, 100));
}

static void clearance_is_what_is_left_above_the_edge(void **state)
{
    (void)state;
    for (int percent = 1; percent < 100; percent++) {
        const double confidence = percent / 100.0;
        const struct evidence usual = {.costly = false}, costly = {.costly = true};
        assert_int_equal(verdict_clearance(confidence, false) >= 0,
                         verdict_of(&usual, confidence) == RECOG_ACCEPTED);
        assert_int_equal(verdict_clearance(confidence, true) >= 0,
                         verdict_of(&costly, confidence) == RECOG_ACCEPTED);
        /* Ease moves it by just as much. */
        assert_in_range(verdict_clearance(verdict_eased(confidence, 70), false) -
                            verdict_clearance(confidence, false),
                        69, 71);
    }
    assert_true(verdict_clearance(0, true) > CALIBRATION_WRONG);
    assert_true(verdict_clearance(1, false) < CALIBRATION_CLEAR);
    assert_float_equal(verdict_eased(0.3, 0), 0.3, 1e-12);
}

/* It takes the same off the sum whatever the length, of the margin and of the fit together. */
static void what_a_learner_taught_counts_less(void **state)
{
    (void)state;
    double before = -1;
    for (int tenths = 3; tenths <= 20; tenths++) {
        struct evidence said = {
            .phrase = -500, .rival = -520, .loop = -480, .seconds = tenths / 10.0};
        const double plain = verdict_sum(&said);
        said.phrase -= verdict_own_handicap(said.seconds);
        const double less = plain - verdict_sum(&said);
        assert_true(less > 0);
        if (before > 0)
            assert_float_equal(less, before, 1e-9);
        before = less;
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(more_evidence_is_more_confidence),
        cmocka_unit_test(other_models_and_the_number_of_phrases_count),
        cmocka_unit_test(confidence_is_between_nothing_and_one),
        cmocka_unit_test(verdicts_are_in_order),
        cmocka_unit_test(a_stricter_model_is_less_sure),
        cmocka_unit_test(hopeless_is_never_obeyed),
        cmocka_unit_test(what_costs_something_needs_more),
        cmocka_unit_test(what_a_learner_taught_counts_less),
        cmocka_unit_test(clearance_is_what_is_left_above_the_edge),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
