/* SPDX-License-Identifier: GPL-3.0-or-later */
/* endpoint: where speech begins and ends, on signals made here so that the truth is known. */
#include "base/mem.h"
#include "dsp/endpoint.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define RATE LISTENING_RATE
#define PI   3.14159265358979323846

/* Half a frame of onset, and the smear of the filters. */
#define NEAR_S 0.05

struct signal {
    double *samples;
    size_t count;
    unsigned seed;
};

struct spans {
    struct {
        double first, last, from, to; /* seconds */
    } items[8];
    size_t count;
    size_t begun, paused, cancelled;
    double paused_from, paused_to; /* the span at the last pause */
};

static struct signal *new_signal(double seconds)
{
    struct signal *signal = xcalloc(1, sizeof *signal);
    signal->count = (size_t)(seconds * RATE);
    signal->samples = xcalloc(signal->count, sizeof *signal->samples);
    signal->seed = 12345;
    return signal;
}

static void free_signal(struct signal *signal)
{
    free(signal->samples);
    free(signal);
}

/* Uniform, -1..1: its own generator, so that every run is the same. */
static double noise(struct signal *signal)
{
    signal->seed = signal->seed * 1664525u + 1013904223u;
    return (double)(signal->seed >> 8) / 8388608.0 - 1.0;
}

static size_t at(const struct signal *signal, double seconds)
{
    size_t sample = (size_t)(seconds * RATE);
    return sample < signal->count ? sample : signal->count;
}

/* White noise of this RMS amplitude. */
static void add_noise(struct signal *signal, double from, double to, double rms)
{
    for (size_t i = at(signal, from); i < at(signal, to); i++)
        signal->samples[i] += noise(signal) * rms * sqrt(3.0);
}

/* A voice: the harmonics of 120 Hz up to 3 kHz, falling by 6 dB an octave, with soft edges; five
 * syllables a second, between which it falls by 12 dB. */
static void add_voice(struct signal *signal, double from, double to, double rms)
{
    const size_t first = at(signal, from), last = at(signal, to);
    const double edge = 0.02 * RATE;
    for (size_t i = first; i < last; i++) {
        double sum = 0;
        for (int harmonic = 1; harmonic <= 25; harmonic++)
            sum +=
                sin(2 * PI * 120.0 * harmonic * (double)i / RATE + harmonic * harmonic) / harmonic;
        double gain = fmin(1.0, fmin((double)(i - first), (double)(last - i)) / edge);
        double syllable = 0.625 - 0.375 * cos(2 * PI * 5.0 * ((double)i / RATE - from) + PI);
        signal->samples[i] += sum * gain * syllable * rms / 0.6;
    }
}

static void add_tone(struct signal *signal, double from, double to, double hertz, double amplitude)
{
    for (size_t i = at(signal, from); i < at(signal, to); i++)
        signal->samples[i] += amplitude * sin(2 * PI * hertz * (double)i / RATE);
}

static void add_constant(struct signal *signal, double from, double to, double value)
{
    for (size_t i = at(signal, from); i < at(signal, to); i++)
        signal->samples[i] += value;
}

static void note(struct endpoint *endpoint, enum endpoint_event event, struct spans *spans)
{
    uint64_t first, last, from, to;
    spans->begun += event == ENDPOINT_BEGIN;
    spans->cancelled += event == ENDPOINT_CANCEL;
    if (event == ENDPOINT_PAUSE) {
        spans->paused++;
        endpoint_span(endpoint, &from, &to);
        spans->paused_from = (double)from / RATE;
        spans->paused_to = (double)to / RATE;
    }
    if (event != ENDPOINT_END)
        return;
    endpoint_speech(endpoint, &first, &last);
    endpoint_span(endpoint, &from, &to);
    assert_true(spans->count < COUNT_OF(spans->items));
    spans->items[spans->count].first = (double)first / RATE;
    spans->items[spans->count].last = (double)last / RATE;
    spans->items[spans->count].from = (double)from / RATE;
    spans->items[spans->count].to = (double)to / RATE;
    spans->count++;
}

static void run(struct endpoint *endpoint, const struct signal *signal, struct spans *ret_spans)
{
    struct spans spans = {.count = 0};
    for (size_t i = 0; i + LISTENING_FRAME <= signal->count; i += LISTENING_FRAME) {
        int16_t frame[LISTENING_FRAME];
        for (size_t j = 0; j < LISTENING_FRAME; j++)
            frame[j] = (int16_t)fmax(-32768, fmin(32767, round(signal->samples[i + j])));
        note(endpoint, endpoint_feed(endpoint, frame), &spans);
    }
    note(endpoint, endpoint_finish(endpoint), &spans);
    *ret_spans = spans;
}

static struct spans find(const struct signal *signal)
{
    const struct endpoint_config config = endpoint_default_config();
    struct endpoint *endpoint = endpoint_new(&config);
    struct spans spans;
    run(endpoint, signal, &spans);
    endpoint_free(endpoint);
    return spans;
}

static void assert_speech(const struct spans *spans, size_t index, double first, double last)
{
    assert_true(index < spans->count);
    if (fabs(spans->items[index].first - first) > NEAR_S ||
        fabs(spans->items[index].last - last) > NEAR_S)
        fail_msg("speech %zu from %.3f to %.3f instead of %.3f to %.3f", index,
                 spans->items[index].first, spans->items[index].last, first, last);
}

static void a_word_is_found_at_every_level_of_noise(void **state)
{
    (void)state;
    const double ratios[] = {40, 20, 12, 6};
    const double levels[] = {200, 2000};
    for (size_t i = 0; i < COUNT_OF(ratios); i++) {
        for (size_t j = 0; j < COUNT_OF(levels); j++) {
            struct signal *signal = new_signal(4);
            add_voice(signal, 2.0, 2.6, levels[j]);
            add_noise(signal, 0, 4, levels[j] * pow(10, -ratios[i] / 20));
            struct spans spans = find(signal);
            free_signal(signal);
            assert_int_equal(spans.count, 1);
            assert_speech(&spans, 0, 2.0, 2.6);
        }
    }
}

static void noise_alone_is_no_speech(void **state)
{
    (void)state;
    const double levels[] = {1, 30, 300, 3000};
    for (size_t i = 0; i < COUNT_OF(levels); i++) {
        struct signal *signal = new_signal(10);
        add_noise(signal, 0, 10, levels[i]);
        struct spans spans = find(signal);
        free_signal(signal);
        assert_int_equal(spans.count, 0);
        assert_int_equal(spans.begun, spans.cancelled);
    }
}

/* A recording that someone cut and padded: nothing, then noise and word together, then nothing. */
static void digital_silence_says_nothing_about_the_room(void **state)
{
    (void)state;
    const double leads[] = {0.0, 0.1, 0.5};
    for (size_t i = 0; i < COUNT_OF(leads); i++) {
        struct signal *signal = new_signal(4);
        add_voice(signal, 1.0 + leads[i], 1.7 + leads[i], 2000);
        add_noise(signal, 1.0, 1.7 + 2 * leads[i], 400);
        struct spans spans = find(signal);
        free_signal(signal);
        assert_int_equal(spans.count, 1);
        assert_speech(&spans, 0, 1.0 + leads[i], 1.7 + leads[i]);
    }
}

static void a_recording_may_begin_and_end_in_a_word(void **state)
{
    (void)state;
    struct signal *signal = new_signal(0.8);
    add_voice(signal, 0, 0.35, 3000);
    add_voice(signal, 0.45, 0.8, 2000);
    add_noise(signal, 0, 0.8, 10);
    struct spans spans = find(signal);
    free_signal(signal);
    assert_int_equal(spans.count, 1);
    assert_speech(&spans, 0, 0, 0.8);
}

static void pauses_inside_a_phrase_do_not_end_it(void **state)
{
    (void)state;
    struct signal *signal = new_signal(5);
    add_voice(signal, 1.0, 1.3, 2000);
    add_voice(signal, 1.55, 1.8, 2000);
    add_voice(signal, 3.0, 3.5, 2000);
    add_noise(signal, 0, 5, 20);
    struct spans spans = find(signal);
    free_signal(signal);
    assert_int_equal(spans.count, 2);
    assert_speech(&spans, 0, 1.0, 1.8);
    assert_speech(&spans, 1, 3.0, 3.5);
}

static void the_span_has_a_pre_roll_but_not_the_word_before(void **state)
{
    (void)state;
    const double roll = endpoint_default_config().preroll_ms / 1000.0;
    const double pause = endpoint_default_config().pause_ms / 1000.0;
    struct signal *signal = new_signal(5);
    add_voice(signal, 1.0, 1.5, 2000);
    add_voice(signal, 1.5 + 0.45, 2.5, 2000);
    add_noise(signal, 0, 5, 20);
    struct spans spans = find(signal);
    free_signal(signal);
    assert_int_equal(spans.count, 2);
    assert_true(fabs(spans.items[0].from - (1.0 - roll)) < NEAR_S);
    assert_true(fabs(spans.items[0].to - (1.5 + pause)) < NEAR_S);
    assert_true(spans.items[1].from >= spans.items[0].last);
    assert_true(fabs(spans.items[1].to - (2.5 + pause)) < NEAR_S);
}

static void a_pause_is_told_with_what_will_be_the_span(void **state)
{
    (void)state;
    struct signal *signal = new_signal(5);
    add_voice(signal, 2.0, 2.4, 2000);
    add_voice(signal, 2.68, 3.0, 2000);
    add_noise(signal, 0, 5, 20);
    struct spans spans = find(signal);
    free_signal(signal);
    assert_int_equal(spans.count, 1);
    assert_int_equal(spans.paused, 2); /* inside, and at the end */
    assert_true(spans.paused_from == spans.items[0].from);
    assert_true(spans.paused_to == spans.items[0].to);
}

static void clicks_are_no_speech(void **state)
{
    (void)state;
    struct signal *signal = new_signal(6);
    add_noise(signal, 0, 6, 20);
    for (double second = 1; second < 5; second += 1)
        add_tone(signal, second, second + 0.02, 1000, 8000);
    struct spans spans = find(signal);
    free_signal(signal);
    assert_int_equal(spans.count, 0);
}

static void hum_and_offset_do_not_matter(void **state)
{
    (void)state;
    struct signal *signal = new_signal(4);
    add_constant(signal, 0, 4, 3000);
    add_tone(signal, 0, 4, 50, 3000);
    add_noise(signal, 0, 4, 20);
    add_voice(signal, 2.0, 2.5, 1000);
    struct spans spans = find(signal);
    free_signal(signal);
    assert_int_equal(spans.count, 1);
    assert_speech(&spans, 0, 2.0, 2.5);
}

static void clipped_speech_is_speech(void **state)
{
    (void)state;
    struct signal *signal = new_signal(4);
    add_noise(signal, 0, 4, 20);
    add_voice(signal, 2.0, 2.5, 60000);
    struct spans spans = find(signal);
    free_signal(signal);
    assert_int_equal(spans.count, 1);
    assert_speech(&spans, 0, 2.0, 2.5);
}

static void the_floor_follows_the_room(void **state)
{
    (void)state;
    const struct endpoint_config config = endpoint_default_config();
    struct endpoint *endpoint = endpoint_new(&config);
    struct signal *signal = new_signal(12);
    struct spans spans;
    add_noise(signal, 0, 4, 10);
    add_noise(signal, 4, 12, 300); /* a fan is switched on */
    add_voice(signal, 9.0, 9.6, 2000);
    run(endpoint, signal, &spans);
    assert_int_equal(spans.count, 1);
    assert_speech(&spans, 0, 9.0, 9.6);
    double floor = endpoint_floor_db(endpoint);
    assert_true(floor > 40 && floor < 50); /* 300 is 49.5 dB, less what the band leaves out */
    endpoint_reset(endpoint);
    assert_true(endpoint_floor_db(endpoint) < 20);
    free_signal(signal);
    endpoint_free(endpoint);
}

static void endless_talk_is_cut_once(void **state)
{
    (void)state;
    const double longest = endpoint_default_config().maximum_ms / 1000.0;
    struct signal *signal = new_signal(2 * longest);
    add_noise(signal, 0, 2 * longest, 20);
    for (double second = 1; second < 1.6 * longest; second += 0.4)
        add_voice(signal, second, second + 0.3, 2000);
    add_voice(signal, 1.8 * longest, 1.8 * longest + 0.5, 2000);
    struct spans spans = find(signal);
    free_signal(signal);
    assert_int_equal(spans.count, 2);
    assert_true(fabs(spans.items[0].first - 1.0) < NEAR_S);
    assert_true(spans.items[0].last - spans.items[0].first <= longest + NEAR_S);
    assert_speech(&spans, 1, 1.8 * longest, 1.8 * longest + 0.5);
}

/* A television that talks without a pause, and somebody near who gives a command meanwhile: also
 * when the talk was cut for its length before. */
static void a_voice_far_behind_does_not_hide_a_word(void **state)
{
    (void)state;
    static const double words[] = {2, 14};
    for (size_t i = 0; i < COUNT_OF(words); i++) {
        struct signal *signal = new_signal(words[i] + 3);
        add_noise(signal, 0, words[i] + 3, 5);
        add_voice(signal, 0.3, words[i] + 3, 150);
        add_voice(signal, words[i], words[i] + 0.6, 3000);
        struct spans spans = find(signal);
        bool found = false;
        for (size_t k = 0; k < spans.count; k++)
            found |= fabs(spans.items[k].first - words[i]) < 0.1 &&
                     fabs(spans.items[k].last - words[i] - 0.6) < 0.1;
        if (!found)
            fail_msg("the word at %.0f s is not found in %zu spans", words[i], spans.count);
        free_signal(signal);
    }
}

/* A weak syllable of usual length parts nothing. */
static void a_weak_syllable_stays_in_its_phrase(void **state)
{
    (void)state;
    struct signal *signal = new_signal(4);
    add_noise(signal, 0, 4, 5);
    add_voice(signal, 1, 1.4, 3000);
    add_voice(signal, 1.4, 1.9, 150);
    add_voice(signal, 1.9, 2.4, 3000);
    struct spans spans = find(signal);
    assert_int_equal(spans.count, 1);
    assert_speech(&spans, 0, 1, 2.4);
    free_signal(signal);
}

static void after_reset_everything_is_as_new(void **state)
{
    (void)state;
    const struct endpoint_config config = endpoint_default_config();
    struct endpoint *endpoint = endpoint_new(&config);
    struct signal *signal = new_signal(2);
    struct spans first, second;
    add_voice(signal, 1.0, 1.7, 2000);
    add_noise(signal, 1.0, 1.7, 400);
    run(endpoint, signal, &first);
    endpoint_reset(endpoint);
    run(endpoint, signal, &second);
    assert_memory_equal(&first, &second, sizeof first);
    free_signal(signal);
    endpoint_free(endpoint);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_word_is_found_at_every_level_of_noise),
        cmocka_unit_test(noise_alone_is_no_speech),
        cmocka_unit_test(digital_silence_says_nothing_about_the_room),
        cmocka_unit_test(a_recording_may_begin_and_end_in_a_word),
        cmocka_unit_test(pauses_inside_a_phrase_do_not_end_it),
        cmocka_unit_test(the_span_has_a_pre_roll_but_not_the_word_before),
        cmocka_unit_test(a_pause_is_told_with_what_will_be_the_span),
        cmocka_unit_test(clicks_are_no_speech),
        cmocka_unit_test(hum_and_offset_do_not_matter),
        cmocka_unit_test(clipped_speech_is_speech),
        cmocka_unit_test(the_floor_follows_the_room),
        cmocka_unit_test(endless_talk_is_cut_once),
        cmocka_unit_test(a_voice_far_behind_does_not_hide_a_word),
        cmocka_unit_test(a_weak_syllable_stays_in_its_phrase),
        cmocka_unit_test(after_reset_everything_is_as_new),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
