/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * markup: parts of an outline as elements that HTML and XHTML have in common. Pure. Thread: any.
 */
#ifndef PASAPAS_HANDOUT_MARKUP_H
#define PASAPAS_HANDOUT_MARKUP_H

#include <stdbool.h>
#include <stddef.h>

struct outline;
struct outline_part;
struct strbuf;

/* Enough for an id of ours. */
#define MARKUP_ID_SIZE 48

/* The ids of the part at `part`, from 0, of its title, and of its block at `block`, from 0. */
char *markup_part_id(size_t part, char ret_id[MARKUP_ID_SIZE]);
char *markup_title_id(size_t part, char ret_id[MARKUP_ID_SIZE]);
char *markup_block_id(size_t part, size_t block, char ret_id[MARKUP_ID_SIZE]);

/* The blocks of a part, each with its id, in lists where they are items. `embedded`: pictures are
 * in the page itself; else they are files beside it, named by markup_picture_file(). */
void markup_blocks(struct strbuf *page, const struct outline *outline, size_t part, bool embedded);

/* "image3.svg": the file of the picture at `picture`, from 0. To be freed with free(). */
char *markup_picture_file(const struct outline *outline, size_t picture);

/* A text in which a line cannot end before ; : ? ! » % nor after «: the space there, if there is
 * one, becomes one that does not break. To be freed with free(). */
char *markup_typography(const char *text);

#endif
