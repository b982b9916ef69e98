/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ydoc: a YAML file as a tree whose every node knows its line and column (over libyaml's events).
 *
 * Only the plain part of YAML is accepted: one document of maps, lists and scalars in UTF-8. All
 * scalars are strings. Refused, each with its place: bytes that are not UTF-8, control characters,
 * aliases and anchors, tags, duplicate keys, keys that are not scalars, more than one document,
 * and anything beyond the limits below. A mistake of syntax is reported alone; the mistakes of
 * content are reported together.
 *
 * Thread: one at a time while parsing; the tree never changes and may then be read from any.
 */
#ifndef PASAPAS_BASE_YDOC_H
#define PASAPAS_BASE_YDOC_H

#include <stdbool.h>
#include <stddef.h>

struct diags;

/* Limits: generous for a guide of 10,000 steps, small enough for a hostile file. */
#define YDOC_BYTES_MAX (16u * 1024 * 1024)
#define YDOC_NODES_MAX 1000000u
#define YDOC_DEPTH_MAX 12u
#define YDOC_TEXT_MAX  4000u /* bytes in one scalar */
#define YDOC_KEY_MAX   200u  /* bytes in one key */

enum ynode_kind { YNODE_TEXT, YNODE_LIST, YNODE_MAP };

struct ynode {
    enum ynode_kind kind;
    int line;   /* of the value, from 1 */
    int column; /* of the value, from 1, in characters */
    char *key;  /* in a map: its key, else NULL */
    int key_line;
    int key_column;
    char *text;          /* YNODE_TEXT: the scalar, never NULL; else NULL */
    struct ynode *items; /* YNODE_LIST, YNODE_MAP: the children, in the order of the file */
    size_t count;
};

struct ydoc;

/*
 * Parses `length` bytes. On success stores a document, to be freed with ydoc_free(), and returns
 * 0. On any mistake returns -1 with the mistakes in `diags` (whose file must have been set).
 */
int ydoc_parse(const char *bytes, size_t length, struct diags *diags, struct ydoc **ret_doc);

/* The same for a file; sets the diags' file to `path`. On failure errno is why it cannot be read,
 * or 0: it was read, and not understood. */
int ydoc_load(const char *path, struct diags *diags, struct ydoc **ret_doc);

void ydoc_free(struct ydoc *doc);

/* The root of the tree; lives as long as the document. */
const struct ynode *ydoc_root(const struct ydoc *doc);

/* The child of a map by its key, or NULL (also if `map` is NULL or no map). */
const struct ynode *ynode_get(const struct ynode *map, const char *key);

/* The text of a child of a map, or NULL if there is none or it is no text. */
const char *ynode_text(const struct ynode *map, const char *key);

#endif
