/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * outline: what of a guide is taken along, as titles and paragraphs in order. Pure.
 *
 * The page, the plain text and the book are made from it, so that what may be on paper is decided
 * once. At a private step stand the step and its warning, nothing more: no explanation, no place on
 * the screen, no address. Thread: any.
 */
#ifndef PASAPAS_HANDOUT_OUTLINE_H
#define PASAPAS_HANDOUT_OUTLINE_H

#include "base/date.h"

#include <stdbool.h>
#include <stddef.h>

struct guide;
struct guide_path;
struct guide_pictures;
struct messages;
struct picture;

/* What is wanted. All pointers must outlive the outline. */
struct outline_options {
    const struct guide *guide;
    const struct guide_path *path; /* NULL: all parts of the guide, each once */
    const struct messages *messages;
    const struct guide_pictures *pictures; /* the guide's; NULL: none are wanted */
    const char *language;                  /* BCP 47 */
    struct date today;
    struct month month; /* of the monthly lists; year 0: the one that is open or opens next */
    bool simple;        /* the simple texts */
    bool to_tick;       /* there are boxes: say what they are for */
};

enum outline_kind {
    OUTLINE_TEXT,    /* a paragraph of its own */
    OUTLINE_PERIOD,  /* the month and its last day */
    OUTLINE_NEED,    /* an item of what to have at hand, with a box */
    OUTLINE_STEP,    /* a numbered item with a box; the kinds up to OUTLINE_PICTURE belong to it */
    OUTLINE_WARNING, /* about the step or the need before it, as those below */
    OUTLINE_MORE,
    OUTLINE_WHERE,
    OUTLINE_LINK,    /* an address; not said aloud */
    OUTLINE_PICTURE, /* its text is what can be seen on it; right behind the step */
    OUTLINE_WORD,    /* of the glossary; its meaning follows */
    OUTLINE_MEANING
};

struct outline_block {
    enum outline_kind kind;
    char *text;
    char *spoken;   /* what is said instead of it, or NULL */
    size_t picture; /* OUTLINE_PICTURE: its position in `pictures` */
};

enum outline_part_kind {
    OUTLINE_OPENING, /* its title is the guide's */
    OUTLINE_SECTION,
    OUTLINE_MONTHLY, /* a section with a list for each month */
    OUTLINE_GLOSSARY,
    OUTLINE_CLOSING
};

/* Never without a title, nor without a block. */
struct outline_part {
    enum outline_part_kind kind;
    char *title;
    struct outline_block *blocks;
    size_t block_count, block_capacity;
};

struct outline {
    const struct outline_options *options;
    struct outline_part *parts; /* the opening first */
    size_t part_count, part_capacity;
};

/* To be emptied with outline_free(). `options` must outlive it. */
void outline_init(struct outline *outline, const struct outline_options *options);
void outline_free(struct outline *outline);

/* True if a step that is taken along has the picture at this position. */
bool outline_has_picture(const struct outline *outline, size_t picture);

#endif
