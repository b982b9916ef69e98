/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * key: the character of a key that acts alone. Pure. Thread: any.
 */
#ifndef PASAPAS_MODEL_KEY_H
#define PASAPAS_MODEL_KEY_H

#include <stdbool.h>

/* True if a text can be a key: one character, neither a space nor a digit (those choose). */
bool key_is_valid(const char *text);

/* True if two keys are one: a letter and its capital, for Caps Lock cannot be seen by who cannot
 * see. */
bool key_same(const char *a, const char *b);

#endif
