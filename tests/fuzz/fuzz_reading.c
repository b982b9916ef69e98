/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Any bytes as a text to be read aloud: no crash, valid UTF-8 comes out, words stay what they are,
 * and no word is lost. The rules are those of voices/fr (run from the top of the tree).
 */
#include "fuzz/support/fuzz.h"

#include "base/mem.h"
#include "base/text.h"
#include "base/ydoc.h"
#include "reading/reading.h"

#include <stdlib.h>
#include <string.h>

#define RULES "voices/fr/speech.yaml"

/* From here on a word in small letters is neither a unit nor an abbreviation. */
#define WHOLE_WORD 6

static const struct ydoc *speech(void)
{
    static struct ydoc *loaded;
    if (loaded)
        return loaded;
    struct diags diags;
    diags_init(&diags, fuzz_messages());
    demand(!ydoc_load(RULES, &diags, &loaded));
    diags_free(&diags);
    return loaded;
}

static const struct reading_rules *rules(void)
{
    static struct reading_rules *loaded;
    if (loaded)
        return loaded;
    struct diags diags;
    diags_init(&diags, fuzz_messages());
    demand(!reading_rules_parse(ydoc_root(speech()), &diags, &loaded));
    diags_free(&diags);
    return loaded;
}

static char *only_letters(const char *text)
{
    char *folded = text_fold(text);
    char *out = folded;
    for (const char *at = folded; *at; at++)
        if (*at != ' ')
            *out++ = *at;
    *out = '\0';
    return folded;
}

/* The unit that a word is a sign of ("heures", "millions"), or NULL. */
static const struct ynode *unit_of(const char *word)
{
    const struct ynode *list = ynode_get(ynode_get(ydoc_root(speech()), "units"), "list");
    for (size_t i = 0; i < list->count; i++) {
        const struct ynode *symbols = ynode_get(&list->items[i], "symbols");
        for (size_t k = 0; k < symbols->count; k++)
            if (!strcmp(symbols->items[k].text, word))
                return &list->items[i];
    }
    return NULL;
}

/* Where the first of a unit's own words (one hour, two hours, cents) ends in `letters`, or NULL. */
static const char *after_unit(const struct ynode *unit, const char *letters)
{
    static const char *const forms[] = {"one", "many", "cent", "cents"};
    const char *first = NULL;
    for (size_t i = 0; i < COUNT_OF(forms); i++) {
        const char *form = ynode_text(unit, forms[i]);
        char *folded = only_letters(form ? form : "");
        const char *found = *folded ? strstr(letters, folded) : NULL;
        if (found && (!first || found + strlen(folded) < first))
            first = found + strlen(folded);
        free(folded);
    }
    return first;
}

/*
 * Words of the text between blanks, in small letters from a to z, are in the reading, in order. A
 * word that is the sign of a unit agrees with its number: there its unit's words will do.
 */
static void check_words_kept(const char *text, const char *words)
{
    char *letters = only_letters(words);
    const char *from = letters;
    for (const char *at = text; *at;) {
        size_t length = strspn(at, "abcdefghijklmnopqrstuvwxyz");
        bool whole = (at == text || at[-1] == ' ') && (at[length] == ' ' || !at[length]);
        if (length >= WHOLE_WORD && whole) {
            char *word = xstrndup(at, length);
            const struct ynode *unit = unit_of(word);
            const char *found = strstr(from, word);
            from = unit ? after_unit(unit, from) : found ? found + length : NULL;
            demand(from);
            free(word);
        }
        at += length ? length : 1;
    }
    free(letters);
}

static void check_utf8(char *text)
{
    size_t length = strlen(text);
    demand(text_utf8_error(text, length) == length);
    free(text);
}

static void check_sentences(const char *text)
{
    char **sentences;
    size_t count = reading_sentences(rules(), text, &sentences);
    size_t length = 0;
    for (size_t i = 0; i < count; i++) {
        demand(*sentences[i]);
        length += strlen(sentences[i]);
        free(sentences[i]);
    }
    demand(length <= strlen(text));
    free(sentences);
}

/* One of the other ways to read, chosen by the input, so that each input costs little. */
static void check_another_way(const char *text, const char *words, size_t length)
{
    switch (length % 4) {
    case 0:
        check_utf8(reading_words_marks(rules(), READING_MARKS_NONE, text));
        break;
    case 1:
        check_utf8(reading_words_marks(rules(), READING_MARKS_ALL, text));
        break;
    case 2:
        check_utf8(reading_spell(rules(), words));
        check_utf8(reading_spell_examples(rules(), words));
        check_utf8(reading_spell_letters(rules(), words));
        free(reading_spell(rules(), text));
        break;
    default:
        check_utf8(reading_pronounce(rules(), words));
        free(reading_pronounce(rules(), text));
        break;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    char *text = xstrndup((const char *)bytes, length);
    char *words = reading_words(rules(), text);
    char *again = reading_words(rules(), words);
    demand(!strcmp(words, again));
    check_words_kept(text, words);
    check_sentences(length & 4 ? words : text);
    check_another_way(text, words, length);
    check_utf8(words);
    free(again);
    free(text);
    return 0;
}
