/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * messages_load: the texts of base/messages.h from YAML.
 *
 * The French file is built into the program, so that an error can be told even when no pack can be
 * read; a pack's own file is laid over it, and an id that the pack leaves out keeps the built-in
 * text. Thread: main.
 */
#ifndef PASAPAS_BASE_MESSAGES_LOAD_H
#define PASAPAS_BASE_MESSAGES_LOAD_H

struct diags;
struct messages;
struct ynode;

/* The built-in texts. Free with messages_free(). */
struct messages *messages_load_builtin(void);

/*
 * Lays the texts of `root` (the map of a messages.yaml) over `messages`. Unknown ids, unknown
 * arguments and malformed braces are reported in `diags` at their place; the texts that are right
 * are taken all the same. Returns 0, or -1 if anything was reported as an error.
 */
int messages_load_overlay(struct messages *messages, const struct ynode *root, struct diags *diags);

#endif
