/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * rules: the tables of a speech.yaml, as rules_loader fills them. For src/reading only.
 *
 * Nothing changes once they are loaded. doc/voice-format.md describes each table.
 */
#ifndef PASAPAS_READING_RULES_H
#define PASAPAS_READING_RULES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct reading_pair {
    char *key;
    char *value; /* "" in a list */
};

/*
 * Sorted by key, but for those whose order means something. In a sorted table the keys that begin
 * with the byte b are from first[b] up to first[b + 1]: most look-ups end there.
 */
struct reading_table {
    struct reading_pair *items;
    size_t count;
    uint32_t first[257];
};

/* "71/20": "soixante et {r}": the words of the numbers from 71 up, with what is left over 20. */
struct number_rule {
    uint64_t base;
    uint64_t divisor;
    char *template;
};

struct number_rules {
    struct number_rule *items; /* rising bases */
    size_t count;
};

/* A word that follows a number: "Ko", "€", "min". */
struct reading_unit {
    char *one, *many;
    char *cent, *cents; /* an amount's hundredths, or NULL */
    char *alone;        /* what it is without a number ("en Ko"), or NULL: then it is no unit */
    bool feminine;
    bool below_zero; /* a dash before it can only be a minus, as with degrees */
};

struct reading_script {
    int32_t from, to;
    char *name;
};

/* Words of the number grammar that are not numbers. */
struct number_words {
    char *decimal, *point, *minus, *plus, *range, *over, *per, *of, *of_elided, *thousand, *times,
        *half, *half_feminine;
};

struct reading_rules {
    bool empty; /* no speech.yaml: text stays as it is */

    struct number_rules cardinal;
    struct number_rules multiplier;
    struct number_words word;
    struct reading_table ordinals;        /* "1er", and "*e" for any number */
    struct reading_table ordinal_endings; /* in the order of the file; the first that fits */
    struct reading_table feminine;        /* last word of a number: masculine to feminine */
    struct reading_table feminine_nouns;
    struct reading_table of_after; /* numbers that want "de" before a unit */
    struct reading_table fractions;
    struct reading_table per;             /* what may follow "3/": sign to word */
    struct reading_table alternatives;    /* nouns before which 3/4 is "three, four" */
    struct reading_table not_grouped;     /* words after which 2.500 is no thousand */
    struct reading_table ordinal_nouns;   /* nouns before which 7° is the seventh */
    struct reading_table range_after;     /* words that want another than "to" in 10-15 */
    struct reading_table ordinal_after;   /* words after which 1 500e is an ordinal */
    struct reading_table enumeration;     /* "1": "primo", and "*" for any other */
    struct reading_table enumeration_of;  /* words after "2°" that make it one of a list */
    struct reading_table times_signs;     /* x: between figures it is "times" */
    struct reading_table signed_letters;  /* letters whose + or - is said: groups of blood */
    struct reading_table counted_letters; /* J-7, N-1 */

    char *months[12];
    char *month_first;                 /* the first day of a month */
    struct reading_table date_after;   /* words after which 3/6 is a date, too */
    struct reading_table date_between; /* what may stand between the dates of a list */
    struct reading_table not_after;    /* words after which 3/10 is no date */
    struct reading_table time_symbols;
    char *hour, *hours, *minute, *minutes, *second, *seconds, *half_hour;

    char *telephone_country;
    struct reading_table telephone_words;
    struct reading_table telephone_articles;
    struct reading_table telephone_short;
    struct reading_table reference_words;
    struct reading_table reference_end;    /* words that undo one of these */
    struct reading_table reference_groups; /* "siren": "3-3-3" */
    struct reading_table reference_shapes; /* "W000000000": "3-3-3" */
    struct reading_table law_letters;      /* the L of L. 5411-6 */
    struct reading_table numbered;         /* words after which a hyphen is none of a range */

    struct reading_unit *units;
    size_t unit_count;
    struct reading_table unit_symbols; /* value: the index in `units` */

    struct reading_table abbreviations;
    struct reading_table inside; /* only where the sentence goes on */
    struct reading_table before_name;
    struct reading_table before_number;
    struct reading_table after_number;
    struct reading_table keys_always;
    struct reading_table keys_combined;
    struct reading_table key_words; /* after which a key is named */

    struct reading_table names;            /* acronyms and names read as words */
    struct reading_table letters;          /* acronyms read letter by letter */
    struct reading_table capitals;         /* short words that are words in capitals, too */
    struct reading_table optional_endings; /* "candidat(e)" */
    struct reading_table onsets;           /* consonants with which a syllable may begin */
    char *vowels;
    struct reading_table roman_after;
    struct reading_table roman_before;
    struct reading_table roman_names; /* names of kings, after which X and V are numerals, too */

    struct reading_table letter_names;
    struct reading_table examples;
    struct reading_table punctuation; /* the names of marks, for spelling and addresses */
    char *capital, *all_capitals, *space, *example;

    struct reading_table schemes;
    struct reading_table masks; /* "(at)" for "@" */
    struct reading_table domains;
    struct reading_table endings;
    struct reading_table extensions;

    struct reading_table symbols; /* emoji, too */
    char *unknown_symbol, *unknown_emoji;
    struct reading_script *scripts;
    size_t script_count;
    char *script, *unknown_script;

    struct reading_table pronunciations; /* whole words and groups of words */
    struct reading_table parts;          /* letters inside a word */
    struct reading_table ends;           /* the last letters of a word */
};

/* The value of a key, or NULL. */
const char *reading_table_find(const struct reading_table *table, const char *key);

/* Pairs of a sorted table that begin alike: items[from] up to items[to]. */
struct reading_span {
    size_t from, to;
};

/* Of the pairs in `span`, all of whose keys begin with the same `known` bytes, those that begin
 * with the first `length` bytes of `prefix`. Begin with {0, count} and nothing known. */
struct reading_span reading_table_narrow(const struct reading_table *table,
                                         struct reading_span span, const char *prefix, size_t known,
                                         size_t length);

#endif
