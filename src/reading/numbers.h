/* SPDX-License-Identifier: GPL-3.0-or-later */
/* numbers: numbers in words, by the rules of the pack. For src/reading only; any thread. */
#ifndef PASAPAS_READING_NUMBERS_H
#define PASAPAS_READING_NUMBERS_H

#include "reading/rules.h"

#include <stdint.h>

/* All results are to be freed with free(). */

/* The cardinal number in words. Beyond the largest rule: digit by digit. */
char *reading_cardinal(const struct reading_rules *rules, uint64_t number);

/* Digits as a cardinal; leading zeros are said ("05" is "zéro cinq"), long ones digit by digit. */
char *reading_group(const struct reading_rules *rules, const char *digits);

/* One after the other, between commas. */
char *reading_digits(const struct reading_rules *rules, const char *digits);

/* "75" and the suffix "e": "soixante-quinzième"; NULL if the suffix is none. */
char *reading_ordinal(const struct reading_rules *rules, const char *digits, const char *suffix);

/* The cardinal as it is before a feminine noun. Frees `words`. */
char *reading_feminine(const struct reading_rules *rules, char *words);

/* The value of a Roman numeral in capitals, or 0. */
unsigned reading_roman(const char *letters);

#endif
