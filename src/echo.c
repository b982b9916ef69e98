#include "echo.h"

#include "mem.h"

#include <speex/speex_echo.h>
#include <speex/speex_preprocess.h>
#include <stdlib.h>
#include <string.h>

/* How far the rest of the echo is pressed down, in dB: alone, and while somebody speaks too. */
#define SUPPRESS_DB        (-40)
#define SUPPRESS_ACTIVE_DB (-15)

#define SAMPLES_PER_MS (ECHO_RATE / 1000)

struct echo {
    SpeexEchoState *filter;
    SpeexPreprocessState *suppressor; /* NULL if not wanted */
    size_t frame;
    size_t delay; /* samples */
    /* The last samples played, as a ring: `newest` is where the next one goes. */
    int16_t *line;
    size_t line_size;
    size_t newest;
    int16_t late[ECHO_FRAME_MAX]; /* the frame played `delay` ago */
    int16_t clean[ECHO_FRAME_MAX];
};

static int clamp(int value, int low, int high)
{
    return value < low ? low : value > high ? high : value;
}

static SpeexPreprocessState *new_suppressor(size_t frame, SpeexEchoState *filter)
{
    SpeexPreprocessState *state = speex_preprocess_state_init((int)frame, ECHO_RATE);
    int on = 1;
    int off = 0;
    int none = 0;
    int suppress = SUPPRESS_DB;
    int active = SUPPRESS_ACTIVE_DB;
    /* Its gains, those for the echo too, are only applied when it also reduces noise: by 0 dB. */
    speex_preprocess_ctl(state, SPEEX_PREPROCESS_SET_DENOISE, &on);
    speex_preprocess_ctl(state, SPEEX_PREPROCESS_SET_NOISE_SUPPRESS, &none);
    speex_preprocess_ctl(state, SPEEX_PREPROCESS_SET_DEREVERB, &off);
    speex_preprocess_ctl(state, SPEEX_PREPROCESS_SET_ECHO_SUPPRESS, &suppress);
    speex_preprocess_ctl(state, SPEEX_PREPROCESS_SET_ECHO_SUPPRESS_ACTIVE, &active);
    speex_preprocess_ctl(state, SPEEX_PREPROCESS_SET_ECHO_STATE, filter);
    return state;
}

struct echo *echo_new(const struct echo_config *config)
{
    if (config->frame < 1 || config->frame > ECHO_FRAME_MAX)
        return NULL;
    struct echo *echo = xcalloc(1, sizeof *echo);
    int rate = ECHO_RATE;
    int tail = clamp(config->tail_ms, 32, 500) * SAMPLES_PER_MS;
    echo->frame = config->frame;
    echo->filter = speex_echo_state_init((int)config->frame, tail);
    speex_echo_ctl(echo->filter, SPEEX_ECHO_SET_SAMPLING_RATE, &rate);
    if (config->suppress)
        echo->suppressor = new_suppressor(config->frame, echo->filter);
    echo->line_size = ECHO_DELAY_MAX_MS * SAMPLES_PER_MS + ECHO_FRAME_MAX;
    echo->line = xcalloc(echo->line_size, sizeof *echo->line);
    echo_set_delay(echo, config->delay_ms);
    return echo;
}

void echo_free(struct echo *echo)
{
    if (!echo)
        return;
    if (echo->suppressor)
        speex_preprocess_state_destroy(echo->suppressor);
    speex_echo_state_destroy(echo->filter);
    free(echo->line);
    free(echo);
}

/* Takes a frame into the line and leaves the one of `delay` samples ago in `late`. */
static void delay_played(struct echo *echo, const int16_t *played)
{
    size_t from = (echo->newest + echo->line_size - echo->delay) % echo->line_size;
    for (size_t i = 0; i < echo->frame; i++)
        echo->line[(echo->newest + i) % echo->line_size] = played[i];
    for (size_t i = 0; i < echo->frame; i++)
        echo->late[i] = echo->line[(from + i) % echo->line_size];
    echo->newest = (echo->newest + echo->frame) % echo->line_size;
}

void echo_process(struct echo *echo, const int16_t *microphone, const int16_t *played,
                  int16_t *ret_clean)
{
    delay_played(echo, played);
    speex_echo_cancellation(echo->filter, microphone, echo->late, echo->clean);
    if (echo->suppressor)
        speex_preprocess_run(echo->suppressor, echo->clean);
    memcpy(ret_clean, echo->clean, echo->frame * sizeof *ret_clean);
}

void echo_set_delay(struct echo *echo, int delay_ms)
{
    echo->delay = (size_t)clamp(delay_ms, 0, ECHO_DELAY_MAX_MS) * SAMPLES_PER_MS;
}

void echo_reset(struct echo *echo)
{
    speex_echo_state_reset(echo->filter);
    memset(echo->line, 0, echo->line_size * sizeof *echo->line);
    echo->newest = 0;
}
