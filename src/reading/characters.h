/* SPDX-License-Identifier: GPL-3.0-or-later */
/* characters: what kind of character a code point is. Pure; any thread. */
#ifndef PASAPAS_READING_CHARACTERS_H
#define PASAPAS_READING_CHARACTERS_H

#include <stdbool.h>
#include <stdint.h>

bool reading_is_digit(int32_t code);
bool reading_is_letter(int32_t code); /* of any script; marks that combine, too */
bool reading_is_latin(int32_t code);
bool reading_is_upper(int32_t code);
bool reading_is_lower(int32_t code);
bool reading_is_word_character(int32_t code); /* a letter or a digit */
bool reading_is_one_of(int32_t code, const char *characters);
int32_t reading_to_lower(int32_t code);

#endif
