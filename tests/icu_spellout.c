/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * icu_spellout: each number of standard input in French words by ICU, one a line. The argument is
 * one of ICU's sets of rules, such as %spellout-cardinal-masculine. Compiled by
 * tests/reading-oracle.sh where libicu-dev is.
 */
#include <stdio.h>
#include <stdlib.h>
#include <unicode/unum.h>
#include <unicode/ustring.h>

#define WORDS_MAX 512

static int print_words(UNumberFormat *format, long long number)
{
    UErrorCode error = U_ZERO_ERROR;
    UChar words[WORDS_MAX];
    char text[WORDS_MAX * 3];
    unum_formatInt64(format, number, words, WORDS_MAX, NULL, &error);
    u_strToUTF8(text, sizeof text, NULL, words, -1, &error);
    return U_FAILURE(error) || puts(text) < 0 ? -1 : 0;
}

int main(int argc, char **argv)
{
    UErrorCode error = U_ZERO_ERROR;
    UChar rules[64];
    char line[64];
    if (argc != 2)
        return 2;
    UNumberFormat *format = unum_open(UNUM_SPELLOUT, NULL, 0, "fr", NULL, &error);
    u_uastrncpy(rules, argv[1], 64);
    unum_setTextAttribute(format, UNUM_DEFAULT_RULESET, rules, -1, &error);
    int failed = U_FAILURE(error);
    while (!failed && fgets(line, sizeof line, stdin))
        failed = print_words(format, strtoll(line, NULL, 10));
    unum_close(format);
    return failed ? 1 : 0;
}
