/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * keymap: which key means which command: the learner's own keys, the pack's letters, and keys that
 * mean the same in every language (arrows, Escape, question mark). Pure.
 */
#ifndef PASAPAS_MODEL_KEYMAP_H
#define PASAPAS_MODEL_KEYMAP_H

#include "model/command.h"

struct settings_keys;
struct pack;

/* The command of a key as app/keyboard.h names it ("s", "left"), or COMMAND_NONE. `own` may be
 * NULL. */
int keymap_command(const struct pack *pack, const struct settings_keys *own, const char *key);

/* The character that gives a command, or NULL: its own, or the pack's unless that was given to
 * another command. */
const char *keymap_key(const struct pack *pack, const struct settings_keys *own,
                       enum command command);

#endif
