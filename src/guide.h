/*
 * guide: what is taught, read from YAML (doc/guide-format.md) and never changed afterwards.
 *
 * Every text is NUL-terminated UTF-8 owned by the guide; optional texts are NULL when absent.
 * Thread: any once loaded.
 */
#ifndef PASAPAS_GUIDE_H
#define PASAPAS_GUIDE_H

#include "date.h"

#include <stdbool.h>
#include <stddef.h>

struct diags;

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
    char *more;
};

/* When a monthly section can be done: from a day of the declared month to a day of the next. */
struct guide_period {
    int opens;          /* day of the month, 1..31 */
    int opens_february; /* the same for February, 1..29 */
    int closes;         /* last day, in the month after, 1..31 */
    char *missed;       /* what to do if it was missed */
};

struct guide_step {
    char *id;
    char *say;
    char *simple;
    char *more;
    char *where;     /* optional */
    char *label;     /* optional */
    char *warning;   /* optional */
    char *link;      /* optional */
    char *spell;     /* optional */
    char *read_back; /* optional, with check */
    bool is_private;
    bool check;
    bool optional;
    bool not_needed; /* "not needed" makes sense here */
    int line;        /* of the step in its file, from 1 */
};

struct guide_section {
    char *id;
    char *title;
    char *intro; /* optional */
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
    char *id;
    char *title;
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

/*
 * Reads a guide. On success stores it, to be freed with guide_free(), and returns 0; `diags` may
 * then hold warnings (readability). Otherwise returns -1 with every mistake in `diags`.
 */
int guide_load(const char *path, struct diags *diags, struct guide **ret_guide);
int guide_parse(const char *bytes, size_t length, struct diags *diags, struct guide **ret_guide);
void guide_free(struct guide *guide);

/* Positions by id, from 0, or -1. */
int guide_find_path(const struct guide *guide, const char *id);
int guide_find_section(const struct guide_path *path, const char *id);
int guide_find_step(const struct guide_section *section, const char *id);

/* The glossary entry for a word or one of its forms (compared folded), or NULL. */
const struct guide_word *guide_find_word(const struct guide *guide, const char *word);

#endif
