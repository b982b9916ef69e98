/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * guide: what is taught. model/guide_load.h reads it; it never changes afterwards.
 *
 * Every text is NUL-terminated UTF-8 owned by the guide, on one line and without white space at its
 * ends; optional texts are NULL when absent. Thread: any once loaded.
 */
#ifndef PASAPAS_MODEL_GUIDE_H
#define PASAPAS_MODEL_GUIDE_H

#include "base/date.h"

#include <stdbool.h>
#include <stddef.h>

/* The version of the format that is read (key `format`). */
#define GUIDE_FORMAT 1

/*
 * Limits, beside those of base/ydoc.h: more is a mistake. Lengths are in characters; a text without
 * a limit of its own may be as long as YDOC_TEXT_MAX.
 */
#define GUIDE_PATHS_MAX     32
#define GUIDE_SECTIONS_MAX  10000
#define GUIDE_STEPS_MAX     20000 /* in one section */
#define GUIDE_NEEDS_MAX     20    /* in one section */
#define GUIDE_PHRASES_MAX   20    /* for one path or section; forms of one word */
#define GUIDE_WORDS_MAX     5000  /* in the glossary */
#define GUIDE_ALLOW_MAX     20000
#define GUIDE_QUESTIONS_MAX 50 /* in one step */
#define GUIDE_ORDER_MAX     1000
#define GUIDE_TITLE_MAX     80  /* title, place, phrase, word of the glossary */
#define GUIDE_LABEL_MAX     200 /* label, spell, image, alt */
#define GUIDE_LINK_MAX      500

/*
 * Longest sentence, in words, before the author is warned: 20 in a text, 12 in a `simple` one. A
 * word is what stands between white space and holds a letter or a digit; a sentence ends at . ! ?
 * or … before white space or the end, but not between « and ». scripts/readability counts alike.
 */
#define GUIDE_SENTENCE_WORDS        20
#define GUIDE_SIMPLE_SENTENCE_WORDS 12

/* Where the month stands in `done`: "de novembre". */
#define GUIDE_MONTH_GAP "{month}"

/* What can be said or typed to choose something. */
struct guide_phrases {
    char **items;
    size_t count;
};

/* Something to have at hand before a section; asked one by one. */
struct guide_need {
    char *id;
    char *label; /* its exact name */
    char *ask;   /* a question answered by yes or no */
    char *if_no; /* optional: what a no is asked back: not needed, or not yet? */
    char *more;
    char *simple_more; /* optional: the same in simple text */
    char *with;        /* optional: id of an earlier one; not needed without that */
};

/* When a monthly section can be done: from a day of the declared month to a day of the next. */
struct guide_period {
    int opens;          /* day of the month, 1..31 */
    int opens_february; /* the same for February, 1..29; when left out: `opens`, at most 28 */
    int closes;         /* last day, in the month after, before both of the above */
    char *missed;       /* optional: what to do if it was missed */
    char *done;         /* optional: what is said when all is done; may have one gap */
};

/* What bears the label of a step on a page; in the order of the words in guide_load.c. */
enum guide_kind {
    GUIDE_LINK,
    GUIDE_BUTTON,
    GUIDE_FIELD,
    GUIDE_CHOICE, /* questions */
    GUIDE_NOTHING /* no page has it */
};

/* A question of the page, for practice; answered by yes or no. */
struct guide_question {
    char *ask;
    int answer; /* GUIDE_ANSWER_YES or GUIDE_ANSWER_NO: what is right in the story */
    char *why;
};
#define GUIDE_ANSWER_YES 0
#define GUIDE_ANSWER_NO  1

struct guide_step {
    char *id;
    char *say;
    char *simple;
    char *more;
    char *simple_more;                 /* optional: the explanation in simpler words */
    char *where;                       /* optional */
    char *label;                       /* optional */
    struct guide_phrases other_labels; /* optional: what the same control is called elsewhere */
    char *warning;                     /* optional */
    char *link;                        /* optional */
    char *spell;                       /* optional */
    char *image;                       /* optional: a file below the guide's folder, with `alt` */
    char *alt;                         /* what can be seen on it */
    char *read_back;                   /* optional, with check */
    enum guide_kind kind;              /* what was written, or what the other keys make likely */
    char *page;                        /* optional: the title of the page that has it */
    int order;                         /* its place on that page, from 1; 0: that of the step */
    char *example;                     /* optional: what stands in a field for practice */
    struct guide_question *questions;  /* of a GUIDE_CHOICE, else none */
    size_t question_count;
    bool is_private;
    bool check;
    bool optional;
    bool not_needed;              /* "not needed" makes sense here */
    int line;                     /* of the step in its file, from 1 */
    int image_line, image_column; /* of `image` there */
};

struct guide_section {
    char *id;
    char *title;
    char *intro; /* optional */
    char *story; /* optional: who the learner is for practice, and what is true of them */
    struct guide_phrases phrases;
    struct guide_need *needs;
    size_t need_count;
    struct guide_period *period; /* optional */
    struct guide_step *steps;
    size_t step_count;
};

struct guide_path {
    char *id;
    char *title;
    char *place; /* inside a sentence: "sur ordinateur" */
    struct guide_phrases phrases;
    const struct guide_section **sections; /* those of this path, in order; owned by the guide */
    size_t section_count;
};

struct guide_word {
    char *word;
    struct guide_phrases forms; /* other forms, may be empty */
    char *say;
};

struct guide {
    char *file; /* that it was read from; pictures are in its folder, or below it */
    char *id;
    char *title;
    char *source; /* optional: whose facts these are, and of when */
    char *welcome;
    char *closing;
    struct date updated;
    struct guide_path *paths;
    size_t path_count;
    struct guide_section *sections; /* all, each once, in the order of the file */
    size_t section_count;
    struct guide_word *words;
    size_t word_count;
};

/* Positions by id, from 0, or -1. */
int guide_find_path(const struct guide *guide, const char *id);
int guide_find_section(const struct guide_path *path, const char *id);
int guide_find_step(const struct guide_section *section, const char *id);

/* The glossary entry for a word or one of its forms (compared folded), or NULL. */
const struct guide_word *guide_find_word(const struct guide *guide, const char *word);

#endif
