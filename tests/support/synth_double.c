/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/synth_double.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

struct synth {
    int unused;
};

struct synth_record synth_record;

void synth_double_reset(void)
{
    memset(&synth_record, 0, sizeof synth_record);
}

int16_t synth_double_sample(char byte)
{
    return (int16_t)((byte & 0x7f) * 100);
}

static bool double_is_for(const struct synth_config *config)
{
    (void)config;
    return true;
}

static int double_open(const struct synth_config *config, struct synth **ret_synth)
{
    (void)config;
    if (synth_record.fail_open)
        return -1;
    *ret_synth = xcalloc(1, sizeof **ret_synth);
    return 0;
}

static int double_rate(const struct synth *synth)
{
    (void)synth;
    return SYNTH_RATE;
}

static int go_on_for_ever(synth_sink sink, void *context)
{
    static const int16_t piece[SYNTH_PIECE] = {1};
    const struct timespec moment = {.tv_nsec = 200000};
    while (sink(context, piece, SYNTH_PIECE))
        nanosleep(&moment, NULL);
    atomic_fetch_add(&synth_record.stopped, 1);
    return 0;
}

static int make(const char *sentence, synth_sink sink, void *context)
{
    int16_t piece[SYNTH_PIECE];
    size_t total = strlen(sentence) * SYNTH_PER_BYTE;
    for (size_t at = 0; at < total;) {
        size_t count = 0;
        for (; count < SYNTH_PIECE && at < total; count++, at++)
            piece[count] = synth_double_sample(sentence[at / SYNTH_PER_BYTE]);
        if (!sink(context, piece, count)) {
            atomic_fetch_add(&synth_record.stopped, 1);
            return 0;
        }
    }
    return 0;
}

/* As if it knew them all beforehand: a byte is a character. */
static void tell_words(const char *sentence, synth_word word, void *context)
{
    for (size_t i = 0; word && sentence[i]; i++)
        if (sentence[i] != ' ' && (!i || sentence[i - 1] == ' '))
            word(context, i, (int)(i * SYNTH_PER_BYTE * 1000 / SYNTH_RATE));
}

static int double_say(struct synth *synth, const char *sentence, const struct synth_params *params,
                      synth_sink sink, synth_word word, void *context)
{
    (void)synth;
    int number = atomic_load(&synth_record.said) % 64;
    strncpy(synth_record.sentences[number], sentence, sizeof synth_record.sentences[0] - 1);
    synth_record.params = *params;
    atomic_fetch_add(&synth_record.said, 1);
    if (strstr(sentence, "échec"))
        return -1;
    tell_words(sentence, word, context);
    return strstr(sentence, "toujours") ? go_on_for_ever(sink, context)
                                        : make(sentence, sink, context);
}

static void double_close(struct synth *synth)
{
    free(synth);
}

const struct synth_driver synth_double = {
    .name = "double",
    .is_for = double_is_for,
    .open = double_open,
    .rate = double_rate,
    .say = double_say,
    .close = double_close,
};
