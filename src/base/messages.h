/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * messages: every sentence that is said or printed, by id.
 *
 * The words live in a voice pack's `messages.yaml`, one key per id; the ids, and the arguments each
 * may use, are listed in messages.def. base/messages_load.h reads them.
 *
 * A text may hold `{name}`, replaced by the argument of that name, and `{name:one|many}`, which
 * gives `one` or `many` by the number in that argument (the pack's `singular` list says which
 * numbers are singular: "0 1" in French, "1" in English).
 *
 * Thread: any once loaded; nothing changes afterwards.
 */
#ifndef PASAPAS_BASE_MESSAGES_H
#define PASAPAS_BASE_MESSAGES_H

#include <stdarg.h>
#include <stddef.h>

enum message {
#define MESSAGE(id, key, arguments) MSG_##id,
#include "base/messages.def"
#undef MESSAGE
    MSG_COUNT
};

struct messages;

/* Without texts: the key of an id stands for its text until messages_set(). */
struct messages *messages_new_empty(void);
void messages_free(struct messages *messages); /* accepts NULL */

/* The id of a key. Returns 0, or -1 if there is none. */
int messages_find(const char *key, enum message *ret_id);

/*
 * Whether a text can be that of `id`: 0, or -1. Then stores the name of an argument that the id
 * does not have, to be freed with free(), or NULL: the braces are malformed.
 */
int messages_check(enum message id, const char *text, char **ret_argument);

/* Gives a text (copied) that messages_check() finds right. */
void messages_set(struct messages *messages, enum message id, const char *text);
/* The numbers that take the singular, between spaces; "0 1" until then. */
void messages_set_singular(struct messages *messages, const char *numbers);

/* The key of an id as written in messages.yaml, for example "unknown-key". */
const char *messages_key(enum message id);

/* The text of an id that uses no arguments; valid as long as `messages`. */
const char *messages_text(const struct messages *messages, enum message id);

/*
 * The text of `id` with its arguments filled in; one that could drive a terminal, or is not UTF-8,
 * is filled in as text_shown() gives it. Pairs of `const char *name, const char *value`, ended by
 * the sentinel that the macro adds. To be freed with free(). messages_format(m, MSG_POSITION,
 * "step", "3", "steps", "5")
 */
#define messages_format(...) messages_format_pairs(__VA_ARGS__, (const char *)NULL)
char *messages_format_pairs(const struct messages *messages, enum message id, ...)
    __attribute__((sentinel));
/* The same for a list of arguments that already ends with a NULL name. */
char *messages_vformat(const struct messages *messages, enum message id, va_list pairs);
/* The same, each argument as text_shown() gives it: nothing that comes from outside begins a line.
 */
char *messages_vformat_shown(const struct messages *messages, enum message id, va_list pairs);

#endif
