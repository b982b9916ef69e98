/*
 * messages: every sentence that is said or printed, by id.
 *
 * The words live in a voice pack's `messages.yaml`, one key per id; the ids, and the arguments each
 * may use, are listed in messages.def. The French file is also built into the program, so that an
 * error can be told even when no pack can be read; a pack's own file is laid over it, and an id
 * that the pack leaves out keeps the built-in text.
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
struct diags;
struct ynode;

/* The built-in texts. Free with messages_free(). */
struct messages *messages_new(void);
void messages_free(struct messages *messages);

/*
 * Lays the texts of `root` (the map of a messages.yaml) over `messages`. Unknown ids, unknown
 * arguments and malformed braces are reported in `diags` at their place; the texts that are right
 * are taken all the same. Returns 0, or -1 if anything was reported as an error.
 */
int messages_overlay(struct messages *messages, const struct ynode *root, struct diags *diags);

/* The key of an id as written in messages.yaml, for example "unknown-key". */
const char *messages_key(enum message id);

/* The text of an id that uses no arguments; valid as long as `messages`. */
const char *messages_text(const struct messages *messages, enum message id);

/*
 * The text of `id` with its arguments filled in: pairs of `const char *name, const char *value`,
 * ended by the sentinel that the macro adds. To be freed with free().
 *     messages_format(m, MSG_POSITION, "step", "3", "steps", "5")
 */
#define messages_format(...) messages_format_pairs(__VA_ARGS__, (const char *)NULL)
char *messages_format_pairs(const struct messages *messages, enum message id, ...)
    __attribute__((sentinel));
/* The same for a list of arguments that already ends with a NULL name. */
char *messages_vformat(const struct messages *messages, enum message id, va_list pairs);

#endif
