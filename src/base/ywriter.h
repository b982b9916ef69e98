/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ywriter: YAML of block maps and lists, written with libyaml's emitter into a buffer.
 *
 * A document is a map; calls follow its structure, a key before each value. A failure (a text that
 * is not UTF-8) is remembered, the rest is ignored, and ywriter_finish() tells it.
 * Thread: one at a time.
 */
#ifndef PASAPAS_BASE_YWRITER_H
#define PASAPAS_BASE_YWRITER_H

#include <stdint.h>

struct strbuf;
struct ynode;
struct ywriter;

/* Starts a document at the end of `bytes`, which must outlive the writer; its map is open. */
struct ywriter *ywriter_new(struct strbuf *bytes);

/* Ends the document and frees the writer. 0 or -1. */
int ywriter_finish(struct ywriter *writer);

void ywriter_text(struct ywriter *writer, const char *text);

/* A key and its text; nothing if `text` is NULL. */
void ywriter_pair(struct ywriter *writer, const char *key, const char *text);

/* A key and a moment (clock_format()). */
void ywriter_time(struct ywriter *writer, const char *key, int64_t seconds);

void ywriter_start_map(struct ywriter *writer);
void ywriter_end_map(struct ywriter *writer);

/* A key and the beginning of its list. */
void ywriter_start_list(struct ywriter *writer, const char *key);
void ywriter_end_list(struct ywriter *writer);

/* A node that was read, with its key if it has one, and all below it. */
void ywriter_node(struct ywriter *writer, const struct ynode *node);

#endif
