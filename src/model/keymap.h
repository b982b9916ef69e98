/*
 * keymap: which key means which command: the learner's own keys, the pack's letters, and keys that
 * mean the same in every language (arrows, Escape, question mark). Pure.
 */
#ifndef PASAPAS_MODEL_KEYMAP_H
#define PASAPAS_MODEL_KEYMAP_H

#include "model/command.h"

#include <stdbool.h>

struct settings_keys;
struct pack;

/* The command of a key as app/keyboard.h names it ("s", "left"), or COMMAND_NONE. `own` may be
 * NULL. */
int keymap_command(const struct pack *pack, const struct settings_keys *own, const char *key);

/* The character that gives a command, or NULL: its own, or the pack's unless that was given to
 * another command. */
const char *keymap_key(const struct pack *pack, const struct settings_keys *own,
                       enum command command);

/* True if a text can be a key: one character, neither a space nor a digit (those choose). */
bool keymap_is_key(const char *text);

/* True if two keys are one: a letter and its capital, for Caps Lock cannot be seen by who cannot
 * see. */
bool keymap_same(const char *a, const char *b);

#endif
