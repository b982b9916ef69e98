/* SPDX-License-Identifier: GPL-3.0-or-later */
/* confidence: what more evidence does to it. */
#include "listen/confidence.h"
#include "listen/evidence.h"
#include "listen/verdict.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static const struct evidence middling = {
    .phrase = -300, .rival = -320, .loop = -210, .seconds = 0.8};

static void more_evidence_is_more_confidence(void **state)
{
    (void)state;
    const double confidence = confidence_of(&middling, 100);
    struct evidence other = middling;
    other.rival -= 20;
    assert_true(confidence_of(&other, 100) > confidence);
    other = middling;
    other.loop -= 20;
    assert_true(confidence_of(&other, 100) > confidence);
    other = middling;
    other.worst = -3; /* two of its phones were not said */
    assert_true(confidence_of(&other, 100) < confidence);
    other = middling;
    other.rival = other.phrase + 30; /* another word fits better */
    assert_true(confidence_of(&other, 100) < confidence);
}

static void other_models_and_the_number_of_phrases_count(void **state)
{
    (void)state;
    const double confidence = confidence_of(&middling, 100);
    struct evidence other = middling;
    other.other = confidence_sum(&middling) + 30;
    assert_true(confidence_of(&other, 100) > confidence);
    other.other = confidence_crowd(100);
    assert_true(confidence_of(&other, 100) < confidence);
    assert_true(confidence_crowd(1000) < confidence_crowd(100));
    assert_true(confidence_crowd(0) == 0);
    assert_true(confidence_most(&middling) > confidence_sum(&middling));
    other = (struct evidence){.phrase = -900, .rival = -900, .loop = 0, .seconds = 0.8};
    assert_true(confidence_is_hopeless(&other, 100));
    other.other = 200; /* another model is very sure */
    assert_false(confidence_is_hopeless(&other, 100));
}

static void confidence_is_between_nothing_and_one(void **state)
{
    (void)state;
    struct evidence extreme = middling;
    extreme.rival = -1e6;
    assert_true(confidence_of(&extreme, 100) <= 1 && confidence_of(&extreme, 100) > 0.99);
    extreme.rival = 1e6;
    assert_true(confidence_of(&extreme, 100) >= 0 && confidence_of(&extreme, 100) < 0.01);
}

static void what_sounds_like_no_speech_is_less_sure(void **state)
{
    (void)state;
    const double confidence = confidence_of(&middling, 100);
    struct evidence other = middling;
    other.speech = 4;
    assert_true(confidence_of(&other, 100) == confidence);
    other.speech = -0.5;
    const double doubtful = confidence_of(&other, 100);
    assert_true(doubtful < confidence);
    other.speech = -4;
    assert_true(confidence_of(&other, 100) < doubtful);
    assert_true(confidence_of(&other, 100) < 0.01);
}

/* A bell lasts; a word that is said slowly is believed all the same. */
static void what_lasts_too_long_is_less_sure(void **state)
{
    (void)state;
    struct evidence word = {
        .phrase = -300, .rival = -320, .loop = -210, .seconds = 0.8, .phones = 4};
    const double confidence = confidence_of(&word, 100);
    assert_true(confidence == confidence_of(&middling, 100));
    word.phones = 2;
    assert_true(confidence_of(&word, 100) < confidence / 2);
    word.phones = 1;
    assert_true(confidence_of(&word, 100) < 0.01);
}

static void a_stricter_model_is_less_sure(void **state)
{
    (void)state;
    assert_true(confidence_of(&middling, 150) < confidence_of(&middling, 100));
}

/* Whatever the rival, a hopeless phrase is not believed; a good one is never hopeless. */
static void hopeless_is_nothing(void **state)
{
    (void)state;
    int hopeless = 0;
    for (double loop = -300; loop < 0; loop += 5) {
        struct evidence evidence = middling;
        evidence.phrase = -800;
        evidence.loop = loop;
        if (!confidence_is_hopeless(&evidence, 100))
            continue;
        hopeless++;
        evidence.rival = evidence.phrase - 130; /* as far as it ever is */
        assert_true(verdict_is_nothing(confidence_of(&evidence, 100)));
    }
    assert_true(hopeless > 0);
    assert_false(confidence_is_hopeless(&middling, 100));
}

/* Of the margin and of the fit together, whatever the length. */
static void a_handicap_is_that_much_less(void **state)
{
    (void)state;
    for (int tenths = 3; tenths <= 20; tenths++) {
        struct evidence said = {
            .phrase = -500, .rival = -520, .loop = -480, .seconds = tenths / 10.0};
        const double plain = confidence_sum(&said);
        said.phrase -= confidence_handicap(said.seconds, 3.5);
        assert_float_equal(plain - confidence_sum(&said), 3.5, 1e-5);
    }
}

static void ease_moves_the_odds(void **state)
{
    (void)state;
    for (int percent = 1; percent < 100; percent++) {
        const double confidence = percent / 100.0;
        assert_float_equal(confidence_odds(confidence_eased(confidence, 70)),
                           confidence_odds(confidence) + 0.7, 1e-5);
    }
    assert_float_equal(confidence_eased(0.3, 0), 0.3, 1e-12);
    assert_float_equal(confidence_odds(0.5), 0, 1e-12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(more_evidence_is_more_confidence),
        cmocka_unit_test(other_models_and_the_number_of_phrases_count),
        cmocka_unit_test(confidence_is_between_nothing_and_one),
        cmocka_unit_test(what_sounds_like_no_speech_is_less_sure),
        cmocka_unit_test(what_lasts_too_long_is_less_sure),
        cmocka_unit_test(a_stricter_model_is_less_sure),
        cmocka_unit_test(hopeless_is_nothing),
        cmocka_unit_test(a_handicap_is_that_much_less),
        cmocka_unit_test(ease_moves_the_odds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
