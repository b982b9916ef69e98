/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/spoken_words.h"

#include "base/mem.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

/* More words than any text of a guide has; a longer one is shown without its place. */
#define WORDS_MAX 1000

struct word {
    char *folded;
    size_t start, end; /* code points */
    size_t sentence;
};

struct words {
    struct word *items;
    size_t count, capacity;
};

static void words_free(struct words *words)
{
    for (size_t i = 0; i < words->count; i++)
        free(words->items[i].folded);
    free(words->items);
}

static bool is_space(int32_t c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == 0xa0 || c == 0x202f;
}

/* What stands between white space; marks alone are no word. */
static void add_word(struct words *words, const char *from, size_t bytes, size_t start, size_t end,
                     size_t sentence)
{
    char *text = xstrndup(from, bytes);
    char *folded = text_fold(text);
    free(text);
    if (!*folded) {
        free(folded);
        return;
    }
    words->items = mem_grow(words->items, &words->capacity, words->count + 1, sizeof *words->items);
    words->items[words->count++] = (struct word){folded, start, end, sentence};
}

static void add_words(struct words *words, const char *text, size_t sentence)
{
    const char *at = text, *begin = NULL, *before = text;
    size_t position = 0, start = 0;
    for (int32_t c; (c = text_next(&at)); position++, before = at) {
        if (is_space(c)) {
            if (begin)
                add_word(words, begin, (size_t)(before - begin), start, position, sentence);
            begin = NULL;
        } else if (!begin) {
            begin = before;
            start = position;
        }
    }
    if (begin)
        add_word(words, begin, (size_t)(before - begin), start, position, sentence);
}

/* --- laying them side by side ----------------------------------------------------------------- */

/* The longest list of words that both have in the same order: for each spoken word the written one,
 * or SPOKEN_NO_WORD. */
static void match(const struct words *spoken, const struct words *written, size_t *ret_written)
{
    const size_t columns = written->count + 1;
    uint16_t *best = xcalloc((spoken->count + 1) * columns, sizeof *best);
    for (size_t i = spoken->count; i-- > 0;)
        for (size_t j = written->count; j-- > 0;) {
            const uint16_t skip_spoken = best[(i + 1) * columns + j],
                           skip_written = best[i * columns + j + 1];
            uint16_t most = skip_spoken > skip_written ? skip_spoken : skip_written;
            if (!strcmp(spoken->items[i].folded, written->items[j].folded) &&
                best[(i + 1) * columns + j + 1] + 1 > most)
                most = (uint16_t)(best[(i + 1) * columns + j + 1] + 1);
            best[i * columns + j] = most;
        }
    for (size_t i = 0, j = 0; i < spoken->count; i++) {
        while (j < written->count && best[i * columns + j] == best[i * columns + j + 1])
            j++;
        const bool same = j < written->count && best[i * columns + j] > best[(i + 1) * columns + j];
        ret_written[i] = same ? j++ : SPOKEN_NO_WORD;
    }
    free(best);
}

/* Spoken words between two that are found are shared out among the written ones there. */
static void share_out(const struct words *spoken, const struct words *written, size_t *found)
{
    for (size_t i = 0, from = 0; i < spoken->count;) {
        if (found[i] != SPOKEN_NO_WORD) {
            from = found[i++] + 1;
            continue;
        }
        size_t end = i;
        while (end < spoken->count && found[end] == SPOKEN_NO_WORD)
            end++;
        const size_t to = end < spoken->count ? found[end] : written->count;
        for (size_t k = i; k < end; k++)
            found[k] = from < to ? from + (k - i) * (to - from) / (end - i) : from ? from - 1 : 0;
        i = end;
    }
}

/* --- parts of the text ------------------------------------------------------------------------ */

/* Where the sentence before a written word ends: marks that open go with what follows. */
static size_t boundary(const char *text, const struct words *written, size_t word)
{
    if (!word)
        return 0;
    size_t position = 0, end = written->items[word - 1].end;
    const char *at = text;
    while (position < end && text_next(&at))
        position++;
    for (int32_t c; (c = text_next(&at)) && position < written->items[word].start; position++) {
        if (is_space(c))
            continue;
        if (!strchr("!?:;.,)", (int)(c < 0x80 ? c : '(')) && c != 0xbb && c != 0x201d &&
            c != 0x2026)
            break;
        end = position + 1;
    }
    return end;
}

static size_t first_of(const struct words *spoken, const size_t *found, size_t sentence,
                       size_t none)
{
    for (size_t i = 0; i < spoken->count; i++)
        if (spoken->items[i].sentence >= sentence)
            return found[i];
    return none;
}

/* Without the white space at its ends. */
static struct spoken_part trimmed(const char *text, size_t start, size_t end)
{
    size_t first = end, last = start, position = 0;
    for (int32_t c; position < end && (c = text_next(&text)); position++)
        if (position >= start && !is_space(c)) {
            first = first < position ? first : position;
            last = position + 1;
        }
    return first < last ? (struct spoken_part){first, last - first}
                        : (struct spoken_part){start, 0};
}

static struct spoken_part sentence_part(const char *text, const struct words *spoken,
                                        const struct words *written, const size_t *found,
                                        size_t sentence)
{
    const size_t first = first_of(spoken, found, sentence, written->count),
                 next = first_of(spoken, found, sentence + 1, written->count);
    const size_t start = first < written->count ? boundary(text, written, first) : 0,
                 end = next < written->count ? boundary(text, written, next) : text_length(text);
    return trimmed(text, start, end);
}

static struct spoken_part word_part(const struct words *spoken, const struct words *written,
                                    const size_t *found, struct spoken_place place)
{
    struct spoken_part part = {0};
    for (size_t i = 0; i < spoken->count && place.character != SPOKEN_NO_WORD; i++) {
        const struct word *word = &spoken->items[i];
        if (word->sentence != place.sentence || word->start > place.character)
            continue;
        const struct word *shown = &written->items[found[i]];
        part = (struct spoken_part){shown->start, shown->end - shown->start};
    }
    return part;
}

static size_t add_spoken(const struct reading_rules *rules, enum reading_marks marks,
                         const struct utterance *utterance, struct words *spoken)
{
    char **sentences = NULL;
    const size_t count = utterance_sentences_marks(rules, marks, utterance, &sentences);
    for (size_t i = 0; i < count; i++) {
        char *pronounced = reading_pronounce(rules, sentences[i]);
        add_words(spoken, pronounced, i);
        free(pronounced);
    }
    sentences_free(sentences, count);
    return count;
}

bool spoken_words_find(const struct reading_rules *rules, enum reading_marks marks,
                       const struct utterance *utterance, struct spoken_place place,
                       struct spoken_part *ret_sentence, struct spoken_part *ret_word)
{
    struct words spoken = {0}, written = {0};
    size_t count = 0;
    if (utterance->kind == UTTERANCE_TEXT)
        count = add_spoken(rules, marks, utterance, &spoken);
    add_words(&written, utterance->text, 0);
    const bool known = place.sentence < count && written.count && spoken.count &&
                       written.count <= WORDS_MAX && spoken.count <= WORDS_MAX;
    if (known) {
        size_t *found = xcalloc(spoken.count, sizeof *found);
        match(&spoken, &written, found);
        share_out(&spoken, &written, found);
        *ret_sentence = sentence_part(utterance->text, &spoken, &written, found, place.sentence);
        *ret_word = word_part(&spoken, &written, found, place);
        free(found);
    }
    words_free(&spoken);
    words_free(&written);
    return known && ret_sentence->length;
}
