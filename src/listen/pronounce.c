/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "listen/pronounce.h"

#include "base/diag.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "base/tokens.h"
#include "listen/lexicon.h"
#include "listen/phones.h"
#include "speech/espeak.h"

#include <espeak-ng/speak_lib.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Between phonemes in what espeak-ng answers; no phoneme's name has it. */
#define SEPARATOR "\t"

/* Characters between two words of a phrase. The apostrophe is not one: "l'étape" is said as one. */
#define BETWEEN_WORDS " \t\n,;:.!?"

struct pronouncer {
    struct phones *phones;
    struct lexicon *lexicon; /* or NULL */
};

int pronouncer_load(const char *folder, struct diags *diags, struct pronouncer **ret_pronouncer)
{
    if (espeak_start())
        return -1;
    struct pronouncer *pronouncer = xcalloc(1, sizeof *pronouncer);
    char *phones = xasprintf("%s/phones.yaml", folder);
    char *lexicon = xasprintf("%s/lexicon.dict", folder);
    int result = phones_load(phones, diags, &pronouncer->phones);
    if (result == 0 && access(lexicon, F_OK) == 0)
        result = lexicon_load(lexicon, phones_set(pronouncer->phones, NULL), diags,
                              &pronouncer->lexicon);
    free(phones);
    free(lexicon);
    if (result) {
        pronouncer_free(pronouncer);
        return -1;
    }
    *ret_pronouncer = pronouncer;
    return 0;
}

void pronouncer_free(struct pronouncer *pronouncer)
{
    if (!pronouncer)
        return;
    lexicon_free(pronouncer->lexicon);
    phones_free(pronouncer->phones);
    free(pronouncer);
}

bool pronouncer_knows(const struct pronouncer *pronouncer, const char *set)
{
    return phones_set(pronouncer->phones, set) != NULL;
}

const struct tokens *pronouncer_phones(const struct pronouncer *pronouncer, const char *set)
{
    return phone_set_phones(phones_set(pronouncer->phones, set));
}

bool pronouncer_alike(const struct pronouncer *pronouncer, const char *left, const char *right)
{
    return phones_alike(pronouncer->phones, left, right);
}

void pronunciations_free(struct pronunciations *pronunciations)
{
    for (size_t i = 0; i < pronunciations->count; i++)
        free(pronunciations->items[i]);
    *pronunciations = (struct pronunciations){0};
}

/* Takes `text`, unless it is there already, says nothing, or there is no more room. */
static void add(struct pronunciations *pronunciations, char *text)
{
    bool wanted = *text && pronunciations->count < PRONOUNCE_MAX;
    for (size_t i = 0; wanted && i < pronunciations->count; i++)
        wanted = strcmp(pronunciations->items[i], text) != 0;
    if (wanted)
        pronunciations->items[pronunciations->count++] = text;
    else
        free(text);
}

/* espeak-ng's phonemes of a text, words between PHONES_BOUNDARY. */
static int phonemes(const struct pronouncer *pronouncer, const char *text, struct tokens *ret)
{
    if (espeak_enter(phones_espeak_voice(pronouncer->phones), NULL))
        return -1;
    struct strbuf answer = {0};
    const void *rest = text;
    const int mode = SEPARATOR[0] << 8;
    while (rest) {
        const char *clause = espeak_TextToPhonemes(&rest, espeakCHARS_UTF8, mode);
        strbuf_addf(&answer, "%s ", clause ? clause : "");
    }
    espeak_leave();

    struct tokens words = {0};
    tokens_split(&words, answer.text, " \n");
    tokens_add(ret, PHONES_BOUNDARY);
    for (size_t i = 0; i < words.count; i++) {
        tokens_split(ret, words.items[i], SEPARATOR);
        tokens_add(ret, PHONES_BOUNDARY);
    }
    tokens_free(&words);
    strbuf_free(&answer);
    return 0;
}

/* A part of a phrase that the lexicon does not have, in the phones of `set`. */
static int from_espeak(const struct pronouncer *pronouncer, const struct phone_set *set,
                       const char *text, struct pronunciations *ret)
{
    struct tokens tokens = {0};
    char *results[PRONOUNCE_MAX];
    if (phonemes(pronouncer, text, &tokens))
        return -1;
    size_t count = phone_set_rewrite(set, tokens.items, tokens.count, results, PRONOUNCE_MAX);
    for (size_t i = 0; i < count; i++)
        add(ret, results[i]);
    tokens_free(&tokens);
    return 0;
}

/* What was said so far, each followed by each of `next`. */
static void append(struct pronunciations *so_far, struct pronunciations *next)
{
    struct pronunciations joined = {0};
    for (size_t j = 0; j < next->count; j++)
        for (size_t i = 0; i < so_far->count; i++)
            add(&joined, xasprintf("%s %s", so_far->items[i], next->items[j]));
    if (next->count && so_far->count) {
        pronunciations_free(so_far);
        *so_far = joined;
    } else if (next->count) {
        *so_far = *next;
        *next = (struct pronunciations){0};
    }
    pronunciations_free(next);
}

static void from_lexicon(const struct tokens *found, struct pronunciations *ret)
{
    for (size_t i = 0; i < found->count; i++)
        add(ret, xstrdup(found->items[i]));
}

/* Words the lexicon does not have go to espeak-ng together, for the liaisons between them. */
static int flush(const struct pronouncer *pronouncer, const struct phone_set *set,
                 struct strbuf *words, struct pronunciations *ret)
{
    if (!words->length)
        return 0;
    struct pronunciations part = {0};
    int result = from_espeak(pronouncer, set, words->text, &part);
    append(ret, &part);
    strbuf_truncate(words, 0);
    return result;
}

static int word_by_word(const struct pronouncer *pronouncer, const struct phone_set *set,
                        const char *text, struct pronunciations *ret)
{
    int result = 0;
    struct tokens words = {0};
    struct strbuf unknown = {0};
    tokens_split(&words, text, BETWEEN_WORDS);
    for (size_t i = 0; i < words.count; i++) {
        const struct tokens *found = lexicon_find(pronouncer->lexicon, words.items[i]);
        if (!found) {
            strbuf_addf(&unknown, "%s%s", unknown.length ? " " : "", words.items[i]);
            continue;
        }
        struct pronunciations part = {0};
        result |= flush(pronouncer, set, &unknown, ret);
        from_lexicon(found, &part);
        append(ret, &part);
    }
    result |= flush(pronouncer, set, &unknown, ret);
    strbuf_free(&unknown);
    tokens_free(&words);
    return result;
}

/* In a set whose rules start from espeak-ng's phonemes. The lexicon is in the first set's phones.
 */
static int direct(const struct pronouncer *pronouncer, const struct phone_set *set,
                  const char *text, struct pronunciations *ret)
{
    if (set != phones_set(pronouncer->phones, NULL))
        return from_espeak(pronouncer, set, text, ret);
    const struct tokens *found = lexicon_find(pronouncer->lexicon, text);
    if (!found)
        return word_by_word(pronouncer, set, text, ret);
    from_lexicon(found, ret);
    return 0;
}

/* From another set: first all ways of the likeliest pronunciation, then the first way of the
 * others. */
static void from_base(const struct phone_set *set, const struct pronunciations *base,
                      struct pronunciations *ret)
{
    for (size_t i = 0; i < base->count; i++) {
        struct tokens tokens = {0};
        char *results[PRONOUNCE_MAX];
        tokens_split(&tokens, base->items[i], " ");
        size_t count =
            phone_set_rewrite(set, tokens.items, tokens.count, results, i ? 1 : PRONOUNCE_MAX);
        for (size_t j = 0; j < count; j++)
            add(ret, results[j]);
        tokens_free(&tokens);
    }
}

static int in_set(const struct pronouncer *pronouncer, const struct phone_set *set,
                  const char *text, struct pronunciations *ret)
{
    const struct phone_set *base_set = phone_set_base(set);
    if (!base_set)
        return direct(pronouncer, set, text, ret);
    struct pronunciations base = {0};
    int result = in_set(pronouncer, base_set, text, &base);
    from_base(set, &base, ret);
    pronunciations_free(&base);
    return result;
}

int pronounce(const struct pronouncer *pronouncer, const char *set, const char *text,
              struct pronunciations *ret_pronunciations)
{
    const struct phone_set *found = phones_set(pronouncer->phones, set);
    struct pronunciations result = {0};
    if (!found || in_set(pronouncer, found, text, &result) || !result.count) {
        pronunciations_free(&result);
        return -1;
    }
    *ret_pronunciations = result;
    return 0;
}
