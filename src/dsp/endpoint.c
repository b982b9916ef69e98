/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dsp/endpoint.h"

#include "base/mem.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The band of the voice: below is hum, above is mostly noise (and hiss of s and ch, which the
 * pre-roll and the hangover keep). Hz. */
#define BAND_LOW  150.0
#define BAND_HIGH 3500.0

/* The noise floor is the level that a fifth of the last three seconds stays under: pauses and the
 * closures of consonants are more than that even in fluent speech. */
#define FLOOR_FRAMES   300
#define FLOOR_FRACTION 0.2
/* A recording may begin in the middle of a word: while little was heard only its weakest moments
 * are taken for the room. */
#define FLOOR_FRACTION_FIRST 0.01
/* With less than this heard, the room is taken as quiet: rather a false start than a lost word. */
#define FLOOR_LEARNED 60
#define FLOOR_QUIET   8.0 /* dB over one unit of amplitude */

/* How far over the floor speech starts and goes on, dB. Frames of white noise vary by less than
 * 1 dB, of a busy room by 3 to 5 dB. */
#define START_DB 7.0
#define STAY_DB  5.0
/* Nothing below this is speech, dB: six units of amplitude, the noise of a good sound card. */
#define MIN_DB 16.0

/* Speech that stands out by less than this from the noise loses its weak sounds in it, so that
 * pauses seem longer: it ends after half as much silence again. */
#define CLEAR_DB 20.0

/* Speech this far under the loudest of an utterance, for twice the hangover, is somebody else,
 * farther away: a television beyond who commands. Weak syllables are shorter (at once the hangover
 * one phrase in fifteen was cut in two, with recorded words). The loudest is what LOUD_FRAMES
 * reach: a click is shorter. dB */
#define FAR_DB      16.0
#define LOUD_FRAMES 8
/* Louder by this than what was cut for its length is somebody nearer, dB. */
#define NEARER_DB 8.0

/* Speech starts when this many of the last frames are over the start level. */
#define ONSET_FRAMES 3
#define ONSET_WINDOW 5

#define DB_BINS 100

struct filter { /* one second-order section, direct form I */
    double b0, b1, b2, a1, a2;
    double x1, x2, y1, y2;
};

enum state { SILENCE, SPEECH, DRAIN /* cut for its length: waits for silence */ };

struct endpoint {
    struct endpoint_config config;
    struct filter high_pass, low_pass;
    enum state state;
    bool early;      /* see endpoint_set_early() */
    uint64_t frames; /* fed so far */

    /* The last FLOOR_FRAMES levels that were no digital silence, in a ring, and how often each. */
    unsigned char recent[FLOOR_FRAMES];
    unsigned recent_count, recent_next;
    unsigned histogram[DB_BINS];

    double onset[ONSET_WINDOW]; /* the last levels, a ring by frame number */

    /* The speech that is going on, or went on last; in frames, `first` counts, `end` does not. */
    uint64_t begin;   /* where `levels` begins */
    uint64_t first;   /* of the speech */
    uint64_t end;     /* after the last frame of speech */
    uint64_t near;    /* after the last that was not far under the loudest */
    uint64_t earlier; /* the end of the speech before it */
    float *levels;    /* dB, from `begin` on */
    size_t level_count;
    size_t level_capacity;
    double peak;              /* of the levels */
    double loud[LOUD_FRAMES]; /* the highest levels, the highest first */
};

/*
 * 350 ms of silence end an utterance: the closure of a stop consonant between two words lasts up
 * to about 250 ms, a hesitation more (measured on recorded words). 70 ms are a very short "un";
 * clicks are shorter. Ten seconds hold any command with its synonyms.
 */
struct endpoint_config endpoint_default_config(void)
{
    return (struct endpoint_config){
        .hangover_ms = 350,
        .pause_ms = 200,
        .early_ms = 120,
        .minimum_ms = 70,
        .maximum_ms = 10000,
        .preroll_ms = 300,
    };
}

/* Second-order Butterworth sections by the bilinear transform, as in Robert Bristow-Johnson's
 * "Cookbook formulae for audio EQ biquad filter coefficients". */
static void make_filter(struct filter *filter, double hertz, bool high)
{
    const double w = 2.0 * 3.14159265358979323846 * hertz / LISTENING_RATE;
    const double alpha = sin(w) / sqrt(2.0);
    const double edge = high ? (1.0 + cos(w)) / 2.0 : (1.0 - cos(w)) / 2.0;
    const double a0 = 1.0 + alpha;
    *filter = (struct filter){
        .b0 = edge / a0,
        .b1 = (high ? -2.0 : 2.0) * edge / a0,
        .b2 = edge / a0,
        .a1 = -2.0 * cos(w) / a0,
        .a2 = (1.0 - alpha) / a0,
    };
}

static double run_filter(struct filter *filter, double x)
{
    double y = filter->b0 * x + filter->b1 * filter->x1 + filter->b2 * filter->x2 -
               filter->a1 * filter->y1 - filter->a2 * filter->y2;
    filter->x2 = filter->x1;
    filter->x1 = x;
    filter->y2 = filter->y1;
    filter->y1 = y;
    return y;
}

struct endpoint *endpoint_new(const struct endpoint_config *config)
{
    struct endpoint *endpoint = xcalloc(1, sizeof *endpoint);
    endpoint->config = *config;
    endpoint_reset(endpoint);
    return endpoint;
}

void endpoint_free(struct endpoint *endpoint)
{
    if (!endpoint)
        return;
    free(endpoint->levels);
    free(endpoint);
}

void endpoint_reset(struct endpoint *endpoint)
{
    *endpoint = (struct endpoint){
        .config = endpoint->config,
        .levels = endpoint->levels,
        .level_capacity = endpoint->level_capacity,
    };
    make_filter(&endpoint->high_pass, BAND_LOW, true);
    make_filter(&endpoint->low_pass, BAND_HIGH, false);
}

/* The level of the voice's band, dB over one unit of amplitude. The first frame after digital
 * silence starts the filters from its own first sample, so that a constant offset is no click. */
static double frame_level(struct endpoint *endpoint, const int16_t *frame)
{
    double sum = 0;
    for (size_t i = 0; i < LISTENING_FRAME; i++) {
        double y = run_filter(&endpoint->low_pass, run_filter(&endpoint->high_pass, frame[i]));
        sum += y * y;
    }
    return 10.0 * log10(sum / LISTENING_FRAME + 1.0);
}

/* A recording padded with nothing, a muted microphone: says nothing about the room. */
static bool is_digital_silence(const int16_t *frame)
{
    int low = frame[0], high = frame[0];
    for (size_t i = 1; i < LISTENING_FRAME; i++) {
        low = frame[i] < low ? frame[i] : low;
        high = frame[i] > high ? frame[i] : high;
    }
    return high - low <= 2;
}

static void floor_learn(struct endpoint *endpoint, double level)
{
    unsigned char bin = (unsigned char)fmin(fmax(level, 0), DB_BINS - 1);
    if (endpoint->recent_count == FLOOR_FRAMES)
        endpoint->histogram[endpoint->recent[endpoint->recent_next]]--;
    else
        endpoint->recent_count++;
    endpoint->recent[endpoint->recent_next] = bin;
    endpoint->recent_next = (endpoint->recent_next + 1) % FLOOR_FRAMES;
    endpoint->histogram[bin]++;
}

double endpoint_floor_db(const struct endpoint *endpoint)
{
    if (endpoint->recent_count < FLOOR_LEARNED)
        return FLOOR_QUIET;
    const double heard = (double)endpoint->recent_count / FLOOR_FRAMES;
    const double fraction =
        FLOOR_FRACTION_FIRST + (FLOOR_FRACTION - FLOOR_FRACTION_FIRST) * heard * heard;
    unsigned under = endpoint->histogram[0];
    int bin = 0;
    while (bin < DB_BINS - 1 && under < fraction * endpoint->recent_count)
        under += endpoint->histogram[++bin];
    return bin + 0.5;
}

static double level_for(const struct endpoint *endpoint, double margin)
{
    return fmax(endpoint_floor_db(endpoint) + margin, MIN_DB);
}

static bool has_onset(const struct endpoint *endpoint, double threshold)
{
    int over = 0;
    for (size_t i = 0; i < ONSET_WINDOW; i++)
        over += endpoint->onset[i] > threshold;
    return over >= ONSET_FRAMES;
}

static void keep_level(struct endpoint *endpoint, double level)
{
    endpoint->levels = mem_grow(endpoint->levels, &endpoint->level_capacity,
                                endpoint->level_count + 1, sizeof *endpoint->levels);
    endpoint->levels[endpoint->level_count++] = (float)level;
    endpoint->peak = fmax(endpoint->peak, level);
    for (size_t i = LOUD_FRAMES; i-- > 0 && endpoint->loud[i] < level;) {
        if (i + 1 < LOUD_FRAMES)
            endpoint->loud[i + 1] = endpoint->loud[i];
        endpoint->loud[i] = level;
    }
}

static double loudest(const struct endpoint *endpoint)
{
    return endpoint->loud[LOUD_FRAMES - 1];
}

static enum endpoint_event begin_speech(struct endpoint *endpoint)
{
    uint64_t back = endpoint->frames < ONSET_WINDOW ? endpoint->frames : ONSET_WINDOW;
    endpoint->state = SPEECH;
    endpoint->earlier = endpoint->end;
    endpoint->begin = endpoint->frames - back;
    endpoint->first = endpoint->begin;
    endpoint->end = endpoint->frames;
    endpoint->near = endpoint->frames;
    endpoint->level_count = 0;
    endpoint->peak = 0;
    memset(endpoint->loud, 0, sizeof endpoint->loud);
    for (uint64_t i = endpoint->begin; i < endpoint->frames; i++)
        keep_level(endpoint, endpoint->onset[i % ONSET_WINDOW]);
    return ENDPOINT_BEGIN;
}

/* In frames. */
static uint64_t hangover_of(const struct endpoint *endpoint)
{
    const uint64_t usual = (uint64_t)endpoint->config.hangover_ms / LISTENING_FRAME_MS;
    return endpoint->peak - endpoint_floor_db(endpoint) < CLEAR_DB ? usual + usual / 2 : usual;
}

/* How long what is far under the loudest may last. */
static uint64_t far_most(const struct endpoint *endpoint)
{
    return 2 * (uint64_t)endpoint->config.hangover_ms / LISTENING_FRAME_MS;
}

/* The frames over a level, of the utterance so far. */
struct run {
    size_t count, first, last;
};

static struct run find_over(const struct endpoint *endpoint, double threshold)
{
    const size_t count = (size_t)(endpoint->end - endpoint->begin);
    struct run over = {.first = count};
    for (size_t i = 0; i < count; i++) {
        if (endpoint->levels[i] <= threshold)
            continue;
        over.count++;
        over.first = over.first < i ? over.first : i;
        over.last = i;
    }
    return over;
}

/* With the floor known now: the first and last frames of speech, and whether there are enough. */
static bool look_again(struct endpoint *endpoint)
{
    const double threshold = level_for(endpoint, STAY_DB);
    struct run voiced = find_over(endpoint, threshold);
    if (voiced.count * LISTENING_FRAME_MS < (size_t)endpoint->config.minimum_ms)
        return false;
    const struct run near = find_over(endpoint, fmax(threshold, loudest(endpoint) - FAR_DB));
    if (near.count && near.first - voiced.first >= far_most(endpoint))
        voiced.first = near.first;
    if (near.count && voiced.last - near.last >= far_most(endpoint))
        voiced.last = near.last;
    endpoint->first = endpoint->begin + voiced.first;
    endpoint->end = endpoint->begin + voiced.last + 1;
    return true;
}

static enum endpoint_event end_speech(struct endpoint *endpoint, enum state next)
{
    endpoint->state = next;
    if (look_again(endpoint))
        return ENDPOINT_END;
    endpoint->end = endpoint->earlier;
    return ENDPOINT_CANCEL;
}

/* There has been silence for exactly as long as an utterance may have ended after. */
static bool is_chance(const struct endpoint *endpoint)
{
    const uint64_t silent = endpoint->frames - endpoint->end;
    return silent == (uint64_t)endpoint->config.pause_ms / LISTENING_FRAME_MS ||
           (endpoint->early && silent == (uint64_t)endpoint->config.early_ms / LISTENING_FRAME_MS);
}

static enum endpoint_event go_on(struct endpoint *endpoint, double level)
{
    const uint64_t hangover = hangover_of(endpoint);
    const uint64_t maximum = (uint64_t)endpoint->config.maximum_ms / LISTENING_FRAME_MS;
    keep_level(endpoint, level);
    if (level > level_for(endpoint, STAY_DB))
        endpoint->end = endpoint->frames;
    if (level > loudest(endpoint) - FAR_DB)
        endpoint->near = endpoint->frames;
    if (endpoint->frames - endpoint->end >= hangover ||
        endpoint->frames - endpoint->near >= far_most(endpoint))
        return end_speech(endpoint, SILENCE);
    if (endpoint->frames - endpoint->begin >= maximum)
        return end_speech(endpoint, DRAIN);
    if (is_chance(endpoint) && look_again(endpoint))
        return ENDPOINT_PAUSE;
    return ENDPOINT_NOTHING;
}

/* Behind a cut utterance: waits until the talk pauses, or somebody nearer speaks. */
static enum endpoint_event drain(struct endpoint *endpoint, double level)
{
    if (has_onset(endpoint, loudest(endpoint) + NEARER_DB))
        return begin_speech(endpoint);
    if (level > level_for(endpoint, STAY_DB))
        endpoint->end = endpoint->frames;
    if (endpoint->frames - endpoint->end >=
        (uint64_t)endpoint->config.hangover_ms / LISTENING_FRAME_MS)
        endpoint->state = SILENCE;
    return ENDPOINT_NOTHING;
}

void endpoint_set_early(struct endpoint *endpoint, bool early)
{
    endpoint->early = early;
}

void endpoint_set_hangover(struct endpoint *endpoint, int ms)
{
    if (ms > endpoint->config.pause_ms)
        endpoint->config.hangover_ms = ms;
}

enum endpoint_event endpoint_feed(struct endpoint *endpoint, const int16_t *frame)
{
    double level = 0;
    if (is_digital_silence(frame)) {
        /* The filters rest on this offset, whatever it is. */
        make_filter(&endpoint->high_pass, BAND_LOW, true);
        make_filter(&endpoint->low_pass, BAND_HIGH, false);
        endpoint->high_pass.x1 = endpoint->high_pass.x2 = frame[LISTENING_FRAME - 1];
    } else {
        if (endpoint->frames == 0)
            endpoint->high_pass.x1 = endpoint->high_pass.x2 = frame[0];
        level = frame_level(endpoint, frame);
        floor_learn(endpoint, level);
    }
    endpoint->onset[endpoint->frames % ONSET_WINDOW] = level;
    endpoint->frames++;
    if (endpoint->state == SPEECH)
        return go_on(endpoint, level);
    if (endpoint->state == DRAIN)
        return drain(endpoint, level);
    if (has_onset(endpoint, level_for(endpoint, START_DB)))
        return begin_speech(endpoint);
    return ENDPOINT_NOTHING;
}

enum endpoint_event endpoint_finish(struct endpoint *endpoint)
{
    if (endpoint->state == SPEECH)
        return end_speech(endpoint, SILENCE);
    endpoint->state = SILENCE;
    return ENDPOINT_NOTHING;
}

void endpoint_span(const struct endpoint *endpoint, uint64_t *ret_from, uint64_t *ret_to)
{
    const uint64_t roll = (uint64_t)endpoint->config.preroll_ms / LISTENING_FRAME_MS;
    uint64_t from = endpoint->first > roll ? endpoint->first - roll : 0;
    uint64_t to = endpoint->end + (uint64_t)endpoint->config.pause_ms / LISTENING_FRAME_MS;
    from = from > endpoint->earlier ? from : endpoint->earlier;
    to = to < endpoint->frames ? to : endpoint->frames;
    *ret_from = from * LISTENING_FRAME;
    *ret_to = to * LISTENING_FRAME;
}

void endpoint_speech(const struct endpoint *endpoint, uint64_t *ret_from, uint64_t *ret_to)
{
    *ret_from = endpoint->first * LISTENING_FRAME;
    *ret_to = endpoint->end * LISTENING_FRAME;
}
