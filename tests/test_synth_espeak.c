/* SPDX-License-Identifier: GPL-3.0-or-later */
/* synth_espeak: it speaks, stops when told to, takes any text and any number, and prints nothing.
 */
#include "base/mem.h"
#include "speech/synth.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const struct synth_params normal = {.rate = 175, .pitch = 50, .volume = 100};

struct take {
    size_t calls;
    size_t samples;
    size_t stop_after; /* calls; 0: never */
    int peak;
};

static bool take(void *context, const int16_t *samples, size_t count)
{
    struct take *taken = context;
    taken->calls++;
    taken->samples += count;
    for (size_t i = 0; i < count; i++)
        if (abs(samples[i]) > taken->peak)
            taken->peak = abs(samples[i]);
    return !taken->stop_after || taken->calls < taken->stop_after;
}

static int set_up(void **state)
{
    struct synth *synth = NULL;
    if (synth_espeak.open(&(struct synth_config){.voice = "fr", .language = "fr"}, &synth))
        return -1;
    *state = synth;
    return 0;
}

static int tear_down(void **state)
{
    synth_espeak.close(*state);
    return 0;
}

static struct take say(struct synth *synth, const char *text, const struct synth_params *params)
{
    struct take taken = {0};
    assert_int_equal(synth_espeak.say(synth, text, params, take, NULL, &taken), 0);
    return taken;
}

static void a_sentence_becomes_sound(void **state)
{
    struct take taken = say(*state, "Cliquez sur le bouton.", &normal);
    assert_int_equal(synth_espeak.rate(*state), 22050);
    assert_in_range(taken.samples, 22050 / 2, 22050 * 4);
    assert_in_range(taken.peak, 3000, 32767);
}

static void the_sink_stops_it_at_once_and_it_speaks_again(void **state)
{
    const char *text = "Cliquez sur le bouton, en haut à droite, puis attendez la page suivante.";
    struct take whole = say(*state, text, &normal);
    struct take stopped = {.stop_after = 2};
    assert_int_equal(synth_espeak.say(*state, text, &normal, take, NULL, &stopped), 0);
    assert_int_equal(stopped.calls, 2);
    assert_true(stopped.samples < whole.samples / 4);
    struct take again = say(*state, text, &normal);
    assert_true(again.samples > whole.samples * 9 / 10);
}

/* How often the sign changes per 1000 samples, once all but the lowest tones are smoothed out: how
 * high a voice is. */
#define SMOOTH 64 /* samples: 3 ms */
struct height {
    int recent[SMOOTH], sum, before;
    size_t at, samples, changes;
};

static bool measure(void *context, const int16_t *samples, size_t count)
{
    struct height *height = context;
    for (size_t i = 0; i < count; i++) {
        height->sum += samples[i] - height->recent[height->at];
        height->recent[height->at] = samples[i];
        height->at = (height->at + 1) % SMOOTH;
        if (abs(height->sum) < SMOOTH * 100)
            continue;
        int sign = height->sum > 0 ? 1 : -1;
        height->changes += height->before && sign != height->before;
        height->before = sign;
        height->samples++;
    }
    return true;
}

static double height_of(struct synth *synth, const char *variant)
{
    struct synth_params params = normal;
    struct height height = {0};
    snprintf(params.variant, sizeof params.variant, "%s", variant);
    assert_int_equal(
        synth_espeak.say(synth, "Je vous guide pas à pas.", &params, measure, NULL, &height), 0);
    return 1000.0 * (double)height.changes / (double)height.samples;
}

static void a_variant_is_another_voice(void **state)
{
    double plain = height_of(*state, ""), man = height_of(*state, "m7");
    assert_true(man < plain * 0.85);
    /* And it goes away again. */
    double again = height_of(*state, "");
    assert_true(again > plain * 0.9);
    /* One that is not there is spoken with the language's voice. */
    assert_true(height_of(*state, "no-such-variant") > 0);
}

/* --- words ------------------------------------------------------------------------------------ */

struct told {
    size_t characters[16];
    int times[16];
    size_t count, samples;
    bool late; /* a word came after its samples */
};

static void take_word(void *context, size_t character, int ms)
{
    struct told *told = context;
    assert_in_range(told->count, 0, 15);
    told->late |= (size_t)ms * 22050 / 1000 < told->samples / 2;
    told->characters[told->count] = character;
    told->times[told->count++] = ms;
}

static bool count_samples(void *context, const int16_t *samples, size_t count)
{
    struct told *told = context;
    (void)samples;
    told->samples += count;
    return true;
}

/* Places are code points, not bytes; times go on, and end before the sentence does. */
static void words_are_told_with_their_times(void **state)
{
    struct told told = {0};
    assert_int_equal(synth_espeak.say(*state, "Été très chaud, à Évry aussi.", &normal,
                                      count_samples, take_word, &told),
                     0);
    static const size_t expected[] = {0, 4, 9, 16, 18, 23};
    assert_int_equal(told.count, COUNT_OF(expected));
    for (size_t i = 0; i < told.count; i++) {
        assert_int_equal(told.characters[i], expected[i]);
        assert_true(!i || told.times[i] > told.times[i - 1]);
    }
    assert_true((size_t)told.times[told.count - 1] * 22050 / 1000 < told.samples);
    assert_false(told.late);
}

static void markup_is_text(void **state)
{
    struct take plain = say(*state, "bonjour", &normal);
    struct take marked = say(*state, "<break time='5s'/> bonjour", &normal);
    /* As markup it would be five seconds of silence and nothing more to hear; as text it is said.
     */
    assert_true(marked.samples > plain.samples);
    assert_true(marked.samples < plain.samples + 22050 * 5);
    say(*state, "A & B <", &normal);
    say(*state, "[[foo]]", &normal);
    assert_int_equal(say(*state, "", &normal).peak, 0);
}

static void numbers_are_clamped(void **state)
{
    const struct synth_params slow = {.rate = 1, .pitch = -50, .volume = -7};
    const struct synth_params slowest = {.rate = 80, .pitch = 0, .volume = 0};
    const struct synth_params fast = {.rate = 99999, .pitch = 999, .volume = 99999};
    const char *text = "Un deux trois quatre cinq.";
    size_t low = say(*state, text, &slow).samples;
    size_t lowest = say(*state, text, &slowest).samples;
    size_t high = say(*state, text, &fast).samples;
    assert_in_range(low, lowest - lowest / 20, lowest + lowest / 20);
    assert_true(high * 3 < low);
    assert_true(high > 1000);
    assert_true(say(*state, text, &slowest).peak < say(*state, text, &normal).peak / 10);
}

static void an_unknown_voice_falls_back_on_the_language(void **state)
{
    (void)state;
    struct synth *synth = NULL;
    assert_int_equal(
        synth_espeak.open(&(struct synth_config){.voice = "no-such-voice", .language = "fr"},
                          &synth),
        0);
    assert_true(say(synth, "bonjour", &normal).peak > 3000);
    synth_espeak.close(synth);
    synth = NULL;
    assert_int_equal(
        synth_espeak.open(&(struct synth_config){.voice = "no-such-voice", .language = NULL},
                          &synth),
        -1);
    assert_null(synth);
    synth_espeak.close(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_sentence_becomes_sound, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_sink_stops_it_at_once_and_it_speaks_again, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_variant_is_another_voice, set_up, tear_down),
        cmocka_unit_test_setup_teardown(words_are_told_with_their_times, set_up, tear_down),
        cmocka_unit_test_setup_teardown(markup_is_text, set_up, tear_down),
        cmocka_unit_test_setup_teardown(numbers_are_clamped, set_up, tear_down),
        cmocka_unit_test(an_unknown_voice_falls_back_on_the_language),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
