/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * vocabulary: the phrases that make sense at one moment, and what each stands for. Pure.
 */
#ifndef PASAPAS_MODEL_VOCABULARY_H
#define PASAPAS_MODEL_VOCABULARY_H

#include <stdbool.h>
#include <stddef.h>

struct phrase {
    char *folded;  /* text_fold() of the text, for comparing */
    size_t length; /* of `folded`, in bytes: nearly all comparisons end with it */
    char *text;    /* as written in the pack, the guide or the vocabulary file */
    int command;   /* enum command, or COMMAND_NONE in `listen --vocabulary` */
    int argument;  /* choose: the choice, from 1; else 0 */
    bool costly;   /* asks for more certainty */
};

struct vocabulary {
    struct phrase *items;
    size_t count;
    size_t capacity;
};

/* `text` is copied; a text that is already there (folded) is not added again. */
void vocabulary_add(struct vocabulary *vocabulary, const char *text, int command, int argument,
                    bool costly);
/* The same for phrases that are only spoken: those that differ by an accent are different. */
void vocabulary_add_spoken(struct vocabulary *vocabulary, const char *text, int command,
                           int argument, bool costly);
void vocabulary_copy(struct vocabulary *vocabulary, const struct vocabulary *from); /* deep */
void vocabulary_free(struct vocabulary *vocabulary); /* frees what it holds, not the struct */

/* The phrase that a typed text means (compared folded), or NULL. */
const struct phrase *vocabulary_find(const struct vocabulary *vocabulary, const char *text);
/* The phrase that a typed text nearly is, with a letter or two wrong, or NULL. Words of less than
 * VOCABULARY_NEAR letters are too short to tell. */
#define VOCABULARY_NEAR 4
const struct phrase *vocabulary_near(const struct vocabulary *vocabulary, const char *text);

#endif
