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

static void demand(bool truth)
{
    if (!truth)
        abort();
}

static const struct reading_rules *rules(void)
{
    static struct reading_rules *loaded;
    if (loaded)
        return loaded;
    struct messages *messages = messages_new();
    struct diags diags;
    struct ydoc *doc = NULL;
    diags_init(&diags, messages);
    demand(!ydoc_load(RULES, &diags, &doc));
    demand(!reading_rules_parse(ydoc_root(doc), &diags, &loaded));
    ydoc_free(doc);
    diags_free(&diags);
    messages_free(messages);
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

/* Words of the text between blanks, in small letters from a to z, are in the reading, in order. */
static void check_words_kept(const char *text, const char *words)
{
    char *letters = only_letters(words);
    const char *from = letters;
    for (const char *at = text; *at;) {
        size_t length = strspn(at, "abcdefghijklmnopqrstuvwxyz");
        bool whole = (at == text || at[-1] == ' ') && (at[length] == ' ' || !at[length]);
        if (length >= WHOLE_WORD && whole) {
            char *word = xstrndup(at, length);
            from = strstr(from, word);
            demand(from);
            from += length;
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

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    char *text = xstrndup((const char *)bytes, length);
    char *words = reading_words(rules(), text);
    char *again = reading_words(rules(), words);
    demand(!strcmp(words, again));
    check_words_kept(text, words);
    check_sentences(text);
    check_sentences(words);
    check_utf8(reading_words_marks(rules(), READING_MARKS_NONE, text));
    check_utf8(reading_words_marks(rules(), READING_MARKS_ALL, text));
    check_utf8(reading_spell(rules(), words));
    check_utf8(reading_spell_examples(rules(), words));
    check_utf8(reading_pronounce(rules(), words));
    free(reading_spell(rules(), text));
    free(reading_pronounce(rules(), text));
    check_utf8(words);
    free(again);
    free(text);
    return 0;
}
