/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * words: pronunciations, and the recordings that say them.
 */
#ifndef TRAIN_WORDS_H
#define TRAIN_WORDS_H

#include <stddef.h>
#include <stdint.h>

#include "common.h"
#include "model.h"

#define LONGEST_PRONUNCIATION 80
#define MOST_PRONUNCIATIONS   64

struct pronunciation {
    size_t length;
    uint8_t phone[LONGEST_PRONUNCIATION];
};

/* A word or phrase and the ways to say it. */
struct word {
    char *text;
    size_t count;
    struct pronunciation *pronunciation;
};

struct words {
    size_t count;
    struct word *item;
};

struct recording {
    char *speaker;
    struct word word;
    int16_t *sound; /* SAMPLE_RATE, one channel */
    size_t samples;
    double share; /* how often to draw it; the shares sum to 1 */
};

struct recordings {
    size_t count;
    struct recording *item;
};

/*
 * Reads lines "text TAB phones | phones | ..." (phones separated by blanks). Lines with a phone
 * that the model does not have are left out.
 */
struct words words_read(const struct model *model, const char *file);

/*
 * Reads lines "sound file TAB speaker TAB text TAB phones | phones | ..." and the sound files.
 * Files that are not 16 kHz mono, or longer than seven seconds, are left out with a line on stderr.
 * A speaker who has n recordings gets a share of the draws proportional to n^0.4: the one who
 * recorded most does not drown the others.
 */
struct recordings recordings_read(const struct model *model, const char *file);

/* One of them, drawn by their shares. */
const struct recording *recordings_pick(const struct recordings *recordings, struct chance *chance);

/* Whether the two have a pronunciation in common, or the same text. */
int words_alike(const struct word *left, const struct word *right);

#endif
