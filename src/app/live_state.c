/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/live_state.h"

#include "base/mem.h"
#include "base/text.h"

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

/* An answer is some sentences; notices may come to it while nobody answers. */
#define LINES_MAX 32

/* --- listening to what is done ---------------------------------------------------------------- */

static void forget_lines(struct live_state *state, size_t count)
{
    for (size_t i = 0; i < count; i++)
        free(state->lines[i].text);
    state->count -= count;
    memmove(state->lines, state->lines + count, state->count * sizeof *state->lines);
}

static void add_line(struct live_state *state, uint64_t number, enum utterance_kind kind,
                     const char *text)
{
    if (state->count == LINES_MAX)
        forget_lines(state, 1);
    state->lines = mem_grow(state->lines, &state->capacity, state->count + 1, sizeof *state->lines);
    state->lines[state->count++] = (struct live_line){number, kind, xstrdup(text)};
}

uint64_t live_state_say(struct live_state *state, const struct utterance *utterance)
{
    if (utterance->kind == UTTERANCE_EARCON)
        return 0;
    if (utterance->rule == UTTERANCE_REPLACE && state->count) {
        forget_lines(state, state->count);
        state->paused = false;
    }
    add_line(state, ++state->last_number, utterance->kind, utterance->text);
    return state->last_number;
}

void live_state_follow(struct live_state *state, const struct effect *effect)
{
    if (effect->kind == EFFECT_PRINT)
        add_line(state, 0, UTTERANCE_TEXT, effect->utterance.text);
    else if (effect->kind == EFFECT_PAUSE)
        state->paused = true;
    else if (effect->kind == EFFECT_RESUME || effect->kind == EFFECT_SILENCE)
        state->paused = false;
}

void live_state_heard(struct live_state *state, const char *text)
{
    free(state->heard);
    state->heard = xstrdup(text);
}

void live_state_free(struct live_state *state)
{
    if (state->count)
        forget_lines(state, state->count);
    free(state->lines);
    free(state->heard);
    *state = (struct live_state){0};
}

const struct live_line *live_state_line(const struct live_state *state, uint64_t utterance)
{
    const struct live_line *last = NULL;
    for (size_t i = 0; i < state->count; i++) {
        if (utterance && state->lines[i].number == utterance)
            return &state->lines[i];
        last = &state->lines[i];
    }
    return last;
}

/* --- as JSON ---------------------------------------------------------------------------------- */

static void add_text(cJSON *object, const char *key, const char *text)
{
    if (text)
        cJSON_AddStringToObject(object, key, text);
    else
        cJSON_AddNullToObject(object, key);
}

static void add_place(cJSON *root, const struct live_moment *moment)
{
    const struct glance *glance = moment->glance;
    add_text(root, "guide", moment->guide);
    add_text(root, "path", glance->path);
    add_text(root, "section", glance->section);
    add_text(root, "step", glance->step);
    add_text(root, "title", glance->title);
    add_text(root, "where", glance->where);
    add_text(root, "position", glance->position);
    cJSON_AddNumberToObject(root, "number", glance->number);
    cJSON_AddNumberToObject(root, "of", glance->of);
    add_text(root, "image", glance->image);
    add_text(root, "alt", glance->alt);
    cJSON_AddBoolToObject(root, "private", moment->is_private);
}

/* The code points of a part; to be freed with free(). */
static char *part_text(const char *text, struct spoken_part part)
{
    while (part.start && text_next(&text))
        part.start--;
    const char *end = text;
    while (part.length && text_next(&end))
        part.length--;
    return xstrndup(text, (size_t)(end - text));
}

/* The word is told by its place in the sentence. */
static void add_sentence(cJSON *root, const char *line, const struct live_moment *moment)
{
    const struct spoken_part sentence = moment->sentence, word = moment->word;
    char *text = line && sentence.length ? part_text(line, sentence) : NULL;
    const bool known = text && word.length && word.start >= sentence.start &&
                       word.start + word.length <= sentence.start + sentence.length;
    cJSON *place = known ? cJSON_AddObjectToObject(root, "word") : NULL;
    add_text(root, "line", line);
    add_text(root, "sentence", text ? text : line);
    free(text);
    if (!known) {
        cJSON_AddNullToObject(root, "word");
        return;
    }
    cJSON_AddNumberToObject(place, "start", (double)(word.start - sentence.start));
    cJSON_AddNumberToObject(place, "length", (double)word.length);
}

static void add_said(cJSON *root, const struct live_state *state, const struct live_moment *moment)
{
    const struct live_line *line = live_state_line(state, moment->utterance);
    cJSON *said = cJSON_AddArrayToObject(root, "said");
    for (size_t i = 0; i < state->count; i++)
        cJSON_AddItemToArray(said, cJSON_CreateString(state->lines[i].text));
    add_sentence(root, line ? line->text : NULL, moment);
    add_text(root, "heard", state->heard);
}

static void add_phrases(cJSON *root, const struct glance *glance)
{
    cJSON *phrases = cJSON_AddArrayToObject(root, "phrases");
    for (size_t i = 0; i < glance->phrase_count; i++) {
        cJSON *phrase = cJSON_CreateObject();
        add_text(phrase, "phrase", glance->phrases[i].phrase);
        add_text(phrase, "key", glance->phrases[i].key);
        cJSON_AddItemToArray(phrases, phrase);
    }
}

static void add_months(cJSON *root, const struct glance *glance)
{
    cJSON *months = cJSON_AddArrayToObject(root, "months");
    for (size_t i = 0; i < glance->month_count; i++) {
        const struct glance_month *from = &glance->months[i];
        char day[11] = "";
        cJSON *month = cJSON_CreateObject();
        if (from->last_day.year)
            date_format(from->last_day, day);
        add_text(month, "name", from->name);
        add_text(month, "text", from->text);
        cJSON_AddBoolToObject(month, "open", from->is_open);
        cJSON_AddNumberToObject(month, "marked", from->marked);
        cJSON_AddNumberToObject(month, "steps", from->steps);
        add_text(month, "last_day", *day ? day : NULL);
        cJSON_AddNumberToObject(month, "days_left", from->days_left);
        cJSON_AddItemToArray(months, month);
    }
}

char *live_state_json(const struct live_state *state, const struct live_moment *moment)
{
    /* cJSON leaves out what it has no memory for; here nothing is left out without a word. */
    cJSON_InitHooks(&(cJSON_Hooks){.malloc_fn = xmalloc, .free_fn = free});
    cJSON *root = cJSON_CreateObject();
    add_place(root, moment);
    add_said(root, state, moment);
    add_phrases(root, moment->glance);
    add_months(root, moment->glance);
    cJSON_AddBoolToObject(root, "speaking", moment->speaking);
    cJSON_AddBoolToObject(root, "listening", moment->listening);
    cJSON_AddBoolToObject(root, "paused", state->paused);
    char *text = cJSON_PrintUnformatted(root);
    cJSON_Delete(root);
    return text;
}
