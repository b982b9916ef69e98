/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dialogue/dialogue.h"

/* What is seen of a dialogue that has nothing of its own to show. */
#define PHRASES_MAX 8

void dialogue_handle(const struct dialogue *dialogue, const struct event *event,
                     struct effects *effects)
{
    dialogue->methods->handle(dialogue->state, event, effects);
}

void dialogue_vocabulary(const struct dialogue *dialogue, enum channel channel,
                         struct vocabulary *vocabulary)
{
    dialogue->methods->vocabulary(dialogue->state, channel, vocabulary);
}

int dialogue_pause_ms(const struct dialogue *dialogue)
{
    return dialogue->methods->pause_ms ? dialogue->methods->pause_ms(dialogue->state) : 0;
}

int dialogue_numbers(const struct dialogue *dialogue)
{
    return dialogue->methods->numbers ? dialogue->methods->numbers(dialogue->state) : 0;
}

/* One of the questions that a kind of dialogue may leave out. */
static bool is(const struct dialogue *dialogue, bool (*question)(const void *state))
{
    return question && question(dialogue->state);
}

bool dialogue_is_private(const struct dialogue *dialogue)
{
    return is(dialogue, dialogue->methods->is_private);
}

bool dialogue_wants_line(const struct dialogue *dialogue)
{
    return is(dialogue, dialogue->methods->wants_line);
}

bool dialogue_takes_text(const struct dialogue *dialogue, const char *text)
{
    return dialogue->methods->takes_text && dialogue->methods->takes_text(dialogue->state, text);
}

/* The first phrase of each thing that can be said, in the order of the dialogue. */
static void see_phrases(const struct dialogue *dialogue, struct glance *glance)
{
    struct vocabulary all = {0};
    dialogue_vocabulary(dialogue, CHANNEL_SPOKEN, &all);
    for (size_t i = 0; i < all.count && glance->phrase_count < PHRASES_MAX; i++) {
        const struct phrase *phrase = &all.items[i];
        if (!i || phrase->command != all.items[i - 1].command ||
            phrase->argument != all.items[i - 1].argument)
            glance_add_phrase(glance, phrase->text, NULL);
    }
    vocabulary_free(&all);
}

void dialogue_glance(const struct dialogue *dialogue, struct glance *ret_glance)
{
    *ret_glance = (struct glance){0};
    if (dialogue->methods->glance)
        dialogue->methods->glance(dialogue->state, ret_glance);
    else
        see_phrases(dialogue, ret_glance);
}

bool dialogue_wants_speech(const struct dialogue *dialogue)
{
    return is(dialogue, dialogue->methods->wants_speech);
}

bool dialogue_asks_back(const struct dialogue *dialogue)
{
    return dialogue->methods->asks_back;
}

bool dialogue_takes_turns(const struct dialogue *dialogue)
{
    return dialogue->methods->takes_turns;
}

bool dialogue_gives_way(const struct dialogue *dialogue)
{
    return dialogue->methods->gives_way;
}

bool dialogue_uses_microphone(const struct dialogue *dialogue)
{
    return dialogue->methods->uses_microphone;
}
