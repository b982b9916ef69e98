/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * sketch: a guide that is being made from somebody's text: titles, steps, and what follows them. It
 * becomes a guide file for its author to go on with, in which long sentences are marked. Pure.
 * Thread: any.
 */
#ifndef PASAPAS_MODEL_SKETCH_H
#define PASAPAS_MODEL_SKETCH_H

#include "base/date.h"

#include <stddef.h>

struct messages;
struct strbuf;

struct sketch_step {
    char *say;
    char *more; /* or NULL */
    char *link; /* or NULL */
};

struct sketch_section {
    char *title;
    char **paragraphs; /* before its first step */
    size_t paragraph_count, paragraph_capacity;
    struct sketch_step *steps;
    size_t step_count, step_capacity;
};

/* A zeroed struct is an empty one. The first section is what stands before the first title. */
struct sketch {
    char *title; /* or NULL */
    struct sketch_section *sections;
    size_t section_count, section_capacity;
};

void sketch_free(struct sketch *sketch); /* frees what it holds */

/* The title of the guide, cut where it is too long; the first that has a letter stays. */
void sketch_set_title(struct sketch *sketch, const char *title);

/* A new section, step or paragraph at the end; white space in texts becomes single spaces. What has
 * no letter is left out. A paragraph behind a step goes on with its explanation. */
void sketch_add_section(struct sketch *sketch, const char *title);
void sketch_add_step(struct sketch *sketch, const char *say, const char *link);
void sketch_add_paragraph(struct sketch *sketch, const char *text);

/* The number of steps, once sections without a step have got their paragraphs as steps; what stands
 * before the first title stays a welcome. To be called once all was added. */
size_t sketch_finish(struct sketch *sketch);

/*
 * Appends the guide file. `id` as a guide's is, `source` the name of the file that it was made of,
 * `today` its date. Only after sketch_finish(), with a step at least.
 */
void sketch_write(const struct sketch *sketch, const struct messages *messages, const char *id,
                  const char *source, struct date today, struct strbuf *yaml);

/* What an id can be made of a title: "se-connecter"; "" if there is nothing. To be freed. */
char *sketch_id(const char *title);

#endif
