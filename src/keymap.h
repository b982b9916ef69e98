/*
 * keymap: which key means which command: the pack's letters, and keys that mean the same in every
 * language (arrows, Escape, question mark). Pure.
 */
#ifndef PASAPAS_KEYMAP_H
#define PASAPAS_KEYMAP_H

struct voice;

/* The command of a key as input.h names it ("s", "left"), or COMMAND_NONE. */
int keymap_command(const struct voice *voice, const char *key);

#endif
