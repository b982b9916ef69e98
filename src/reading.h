/*
 * reading: how written text is read aloud, by the rules of the pack's speech.yaml. Pure.
 *
 * Numbers, dates, times, amounts, telephone numbers, abbreviations, keys, addresses and symbols
 * become words; quotes, parentheses and dashes become pauses. Idempotent: words stay as they are.
 * Thread: any once loaded.
 */
#ifndef PASAPAS_READING_H
#define PASAPAS_READING_H

#include <stddef.h>

struct reading_rules;
struct diags;
struct ynode;

/* Rules from the map of a speech.yaml (NULL: no rules). Mistakes go to `diags`. 0 or -1. */
int reading_rules_parse(const struct ynode *root, struct diags *diags,
                        struct reading_rules **ret_rules);
void reading_rules_free(struct reading_rules *rules);

/* The text in words, to be freed with free(). */
char *reading_words(const struct reading_rules *rules, const char *text);

/* The text letter by letter, letters by their names: "SMS" is "esse, emme, esse". */
char *reading_spell(const struct reading_rules *rules, const char *text);

/*
 * Cuts a text into sentences at . ! ? … : followed by a space, not after an abbreviation or inside
 * a number. Each keeps its closing mark. Stores an array of texts, each and itself to be freed with
 * free(), and returns its length.
 */
size_t reading_sentences(const struct reading_rules *rules, const char *text,
                         char ***ret_sentences);

#endif
