/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dsp/echo_alignment.h"

#include "base/mem.h"

#include <complex.h>
#include <fftw3.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK ECHO_ALIGNMENT_BLOCK
/* What was played reaches back a block further, so that every delay up to a block is covered. */
#define WINDOW (2 * BLOCK)
#define BINS   (WINDOW / 2 + 1)

/* The band in which a small loudspeaker plays, and speech is, Hz. */
#define BAND_LOW      200
#define BAND_HIGH     6000
#define BIN_OF(hertz) (WINDOW * (size_t)(hertz) / LISTENING_RATE)

/* Root mean square of a block with less than which nothing was said, or nothing can be heard. */
#define PLAYED_MIN 50.0

/* Of the cross spectra before, this much remains with each new block: speech says much about each
 * frequency only now and then. */
#define KEEP 0.7f

/* The drift is the shift between the mean of two blocks and that of the two so many blocks before:
 * far enough for a precise quotient, near enough for a shift by less than a period. */
#define APART 3
#define HELD  (APART + 2)

/* A peak stands out from the rest of the correlation by so much, times its root mean square. */
#define DELAY_CLEAR 12.0

/* The share of the band that agrees on a drift: so much is believed at once, so little if the block
 * before said the same within DRIFT_SAME millionths. Chance makes 0.01 to 0.03. */
#define DRIFT_CLEAR    0.2
#define DRIFT_POSSIBLE 0.06
#define DRIFT_SAME     5.0

struct echo_alignment {
    float played[WINDOW]; /* the last samples, oldest first; `filled` of the last block are there */
    float microphone[BLOCK];
    size_t filled;
    float *time;             /* WINDOW: of the transform */
    fftwf_complex *spectrum; /* BINS: the same */
    fftwf_plan forward, back;
    float complex last_played[BINS];
    float complex cross[BINS];      /* the mean over time, for the delay */
    float weight[BINS];             /* of each bin in `cross` */
    float complex held[HELD][BINS]; /* the cross spectra of the last blocks, a ring */
    float power[HELD][BINS];        /* of what was played in them */
    size_t held_count;              /* blocks put into `held` */
    unsigned blocks;                /* in `cross` */
    double delay, drift;            /* the drift of the last block, NAN if it told none */
    bool has_delay, has_drift;
};

struct echo_alignment *echo_alignment_new(void)
{
    struct echo_alignment *alignment = xcalloc(1, sizeof *alignment);
    alignment->drift = NAN;
    alignment->time = fftwf_alloc_real(WINDOW);
    alignment->spectrum = fftwf_alloc_complex(BINS);
    if (!alignment->time || !alignment->spectrum)
        mem_is_out();
    alignment->forward =
        fftwf_plan_dft_r2c_1d(WINDOW, alignment->time, alignment->spectrum, FFTW_ESTIMATE);
    alignment->back =
        fftwf_plan_dft_c2r_1d(WINDOW, alignment->spectrum, alignment->time, FFTW_ESTIMATE);
    return alignment;
}

void echo_alignment_free(struct echo_alignment *alignment)
{
    if (!alignment)
        return;
    fftwf_destroy_plan(alignment->forward);
    fftwf_destroy_plan(alignment->back);
    fftwf_free(alignment->time);
    fftwf_free(alignment->spectrum);
    free(alignment);
}

void echo_alignment_interrupt(struct echo_alignment *alignment)
{
    if (alignment->filled > 0 || alignment->held_count > 0)
        memset(alignment->played, 0, sizeof alignment->played);
    alignment->filled = 0;
    alignment->held_count = 0;
    alignment->has_drift = false;
    alignment->drift = NAN;
}

void echo_alignment_reset(struct echo_alignment *alignment)
{
    echo_alignment_interrupt(alignment);
    memset(alignment->cross, 0, sizeof alignment->cross);
    memset(alignment->weight, 0, sizeof alignment->weight);
    alignment->blocks = 0;
    alignment->has_delay = false;
}

static double root_mean_square(const float *samples, size_t count)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += (double)samples[i] * samples[i];
    return sqrt(sum / (double)count);
}

/* The cross spectrum of the block that is full, and the power of what was played. */
static void add_block(struct echo_alignment *alignment)
{
    float complex *held = alignment->held[alignment->held_count % HELD];
    float *power = alignment->power[alignment->held_count % HELD];
    memcpy(alignment->time, alignment->played, sizeof alignment->played);
    fftwf_execute(alignment->forward);
    memcpy(alignment->last_played, alignment->spectrum, sizeof alignment->last_played);
    /* The microphone's block fades in and out; before it there is nothing. */
    memset(alignment->time, 0, BLOCK * sizeof *alignment->time);
    for (size_t i = 0; i < BLOCK; i++)
        alignment->time[BLOCK + i] = alignment->microphone[i] *
                                     (float)(0.5 - 0.5 * cos(2 * M_PI * ((double)i + 0.5) / BLOCK));
    fftwf_execute(alignment->forward);
    for (size_t k = 0; k < BINS; k++) {
        const float complex played = alignment->last_played[k];
        const float both = cabsf(played) * cabsf(alignment->spectrum[k]) + 1.0f;
        held[k] = alignment->spectrum[k] * conjf(played);
        power[k] = crealf(played * conjf(played));
        alignment->cross[k] = KEEP * alignment->cross[k] + held[k] / both;
        alignment->weight[k] = KEEP * alignment->weight[k] + 1;
    }
    alignment->held_count++;
    alignment->blocks++;
}

static void clear_band(struct echo_alignment *alignment)
{
    for (size_t k = 0; k < BINS; k++)
        if (k < BIN_OF(BAND_LOW) || k > BIN_OF(BAND_HIGH))
            alignment->spectrum[k] = 0;
}

/* Where between the samples the peak at `at` is, by a parabola. `at` may be negative. */
static double between(const float *correlation, long at)
{
    const double before = correlation[(size_t)(at - 1 + WINDOW) % WINDOW];
    const double here = correlation[(size_t)(at + WINDOW) % WINDOW];
    const double after = correlation[(size_t)(at + 1 + WINDOW) % WINDOW];
    const double curve = before - 2 * here + after;
    return (double)at + (curve < 0 ? 0.5 * (before - after) / curve : 0);
}

static void find_delay(struct echo_alignment *alignment)
{
    for (size_t k = 0; k < BINS; k++)
        alignment->spectrum[k] = alignment->cross[k] / (alignment->weight[k] + 1e-6f);
    clear_band(alignment);
    fftwf_execute(alignment->back);
    long best = 0;
    for (long i = 1; i < BLOCK; i++)
        if (alignment->time[i] > alignment->time[best])
            best = i;
    const double rest = root_mean_square(alignment->time, WINDOW);
    alignment->has_delay = alignment->blocks >= 2 && alignment->time[best] > DELAY_CLEAR * rest;
    if (alignment->has_delay)
        alignment->delay = between(alignment->time, best);
}

/* The way from loudspeaker to microphone, as it was in the blocks `first` and `first` + 1. */
static float complex way(const struct echo_alignment *alignment, size_t first, size_t k)
{
    const size_t a = first % HELD, b = (first + 1) % HELD;
    return (alignment->held[a][k] + alignment->held[b][k]) /
           (alignment->power[a][k] + alignment->power[b][k] + 1.0f);
}

static void find_drift(struct echo_alignment *alignment)
{
    const size_t newest = alignment->held_count - 2, oldest = newest - APART;
    const long most = lrint(ECHO_ALIGNMENT_DRIFT_MAX * 1e-6 * APART * BLOCK) + 1;
    double all = 0;
    for (size_t k = 0; k < BINS; k++) {
        const float complex both = way(alignment, newest, k) * conjf(way(alignment, oldest, k));
        const float size = cabsf(both);
        alignment->spectrum[k] = size > 0 ? both / size : 0;
    }
    clear_band(alignment);
    for (size_t k = 0; k < BINS; k++)
        all += 2 * cabsf(alignment->spectrum[k]);
    fftwf_execute(alignment->back);
    long best = 0;
    for (long i = -most; i <= most; i++)
        if (alignment->time[(i + WINDOW) % WINDOW] > alignment->time[(best + WINDOW) % WINDOW])
            best = i;
    const double agree = alignment->time[(best + WINDOW) % WINDOW] / (all + 1e-9);
    const double last = alignment->drift;
    alignment->drift =
        agree > DRIFT_POSSIBLE ? between(alignment->time, best) / (APART * BLOCK) * 1e6 : NAN;
    alignment->has_drift =
        agree > DRIFT_CLEAR || fabs(alignment->drift - last) < DRIFT_SAME; /* never with NAN */
}

static void take_block(struct echo_alignment *alignment)
{
    alignment->has_drift = false;
    if (root_mean_square(alignment->played + BLOCK, BLOCK) < PLAYED_MIN) {
        /* What is apart must be apart in time. */
        alignment->held_count = 0;
        return;
    }
    add_block(alignment);
    find_delay(alignment);
    if (alignment->held_count >= HELD)
        find_drift(alignment);
}

bool echo_alignment_feed(struct echo_alignment *alignment, const int16_t *played,
                         const int16_t *microphone, size_t count)
{
    bool full = false;
    for (size_t i = 0; i < count; i++) {
        alignment->played[BLOCK + alignment->filled] = played[i];
        alignment->microphone[alignment->filled++] = microphone[i];
        if (alignment->filled < BLOCK)
            continue;
        take_block(alignment);
        memmove(alignment->played, alignment->played + BLOCK, BLOCK * sizeof *alignment->played);
        alignment->filled = 0;
        full = true;
    }
    return full;
}

bool echo_alignment_delay(const struct echo_alignment *alignment, double *ret_samples)
{
    if (alignment->has_delay)
        *ret_samples = alignment->delay;
    return alignment->has_delay;
}

bool echo_alignment_drift(const struct echo_alignment *alignment, double *ret_millionths)
{
    if (alignment->has_drift)
        *ret_millionths = alignment->drift;
    return alignment->has_drift;
}
