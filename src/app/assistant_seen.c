/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What those who look on see: `pasapas state`, the page of `pasapas --view`, the desktop. */
#include "app/assistant_parts.h"

#include "base/timer.h"
#include "model/guide.h"
#include "model/pack.h"

#include <stdlib.h>
#include <string.h>

/* How soon a new word is shown. */
#define TICK_MS 40

/* --- where the voice is ----------------------------------------------------------------------- */

/* Reads the text once more as the voice was given it, but only for a new word. */
static void find_spoken(struct assistant *assistant, const struct live_line *line,
                        const struct speech_point *point)
{
    struct spoken_part sentence = {0}, word = {0};
    const enum reading_marks marks = (enum reading_marks)assistant->preferences.now.punctuation;
    const struct utterance utterance = {.text = line->text, .kind = line->kind};
    const struct spoken_place place = {point->sentence, point->character};
    if (!memcmp(&assistant->spoken.point, point, sizeof *point))
        return;
    assistant->spoken.point = *point;
    (void)spoken_words_find(assistant->pack->reading, marks, &utterance, place, &sentence, &word);
    assistant->spoken.sentence = sentence;
    assistant->spoken.word = word;
}

static void look_at_voice(struct assistant *assistant, struct live_moment *moment)
{
    struct speech_point point;
    if (!moment->speaking || !speech_point(assistant->voice.speech, &point) || !point.utterance)
        return;
    const struct live_line *line = live_state_line(&assistant->live, point.utterance);
    moment->utterance = point.utterance;
    if (!line || line->number != point.utterance)
        return;
    find_spoken(assistant, line, &point);
    moment->sentence = assistant->spoken.sentence;
    moment->word = assistant->spoken.word;
}

static bool is_speaking(const struct assistant *assistant)
{
    return voice_out_is_heard(&assistant->voice) && voice_out_is_speaking(&assistant->voice);
}

/* The glance is to be freed with glance_free(), the text with free(). */
static char *look(struct assistant *assistant, struct glance *ret_glance)
{
    const struct held_dialogue *held = dialogue_stack_top(&assistant->dialogues);
    *ret_glance = (struct glance){0};
    if (held->begun)
        dialogue_glance(&held->dialogue, ret_glance);
    struct live_moment moment = {
        .glance = ret_glance,
        .guide = assistant->guide ? assistant->guide->id : NULL,
        .speaking = is_speaking(assistant),
        .listening = assistant->ears.hears && sound_has_input(assistant->sound),
        .is_private = dialogue_stack_is_private(&assistant->dialogues),
    };
    look_at_voice(assistant, &moment);
    return live_state_json(&assistant->live, &moment);
}

char *assistant_state(struct assistant *assistant)
{
    struct glance glance;
    char *text = look(assistant, &glance);
    glance_free(&glance);
    return text;
}

/* --- the page --------------------------------------------------------------------------------- */

/* Words are looked for while somebody sees them. */
static void tick_if_watched(struct assistant *assistant)
{
    const bool ticks = is_speaking(assistant) && view_is_watched(assistant->view);
    if (ticks != assistant->view_ticks)
        timer_repeat(assistant->view_timer, ticks ? TICK_MS : 0);
    assistant->view_ticks = ticks;
}

static void show_page(struct assistant *assistant)
{
    struct glance glance;
    char *state = look(assistant, &glance);
    view_set_picture(assistant->view, assistant->guide ? assistant->guide->file : "", glance.image);
    view_send(assistant->view, state);
    free(state);
    glance_free(&glance);
    tick_if_watched(assistant);
}

static void on_tick(void *context)
{
    struct assistant *assistant = context;
    timer_clear(assistant->view_timer);
}

static void open_view(struct assistant *assistant)
{
    const int wish = assistant->options->view;
    if (wish == VIEW_NONE)
        return;
    assistant->view = view_open(assistant->cli, assistant->loop, assistant->pack);
    if (!assistant->view)
        return;
    assistant->view_timer = timer_open();
    event_loop_watch(assistant->loop, assistant->view_timer, on_tick, assistant);
    char *text = messages_format(assistant->pack->messages, MSG_VIEW_ADDRESS, "address",
                                 view_address(assistant->view));
    transcript_said(&assistant->journal.transcript, text);
    free(text);
    if (wish == VIEW_OPEN)
        view_show(assistant->view);
}

/* --- media keys ------------------------------------------------------------------------------- */

/* Play is to hear something; a pause is none of the words that act where a secret is typed. */
static enum command meaning(const struct assistant *assistant, enum media_key key)
{
    const bool is_private = dialogue_stack_is_private(&assistant->dialogues);
    const enum command silence = is_private ? COMMAND_STOP : COMMAND_PAUSE,
                       sound = assistant->live.paused ? COMMAND_RESUME : COMMAND_REPEAT;
    switch (key) {
    case MEDIA_KEY_PLAY:
        return sound;
    case MEDIA_KEY_PAUSE:
        return silence;
    case MEDIA_KEY_TOGGLE:
        return is_speaking(assistant) ? silence : sound;
    case MEDIA_KEY_NEXT:
        return COMMAND_NEXT;
    case MEDIA_KEY_PREVIOUS:
        return COMMAND_PREVIOUS;
    case MEDIA_KEY_STOP:
        break;
    }
    return COMMAND_STOP;
}

static void on_media_key(void *context, enum media_key key)
{
    struct assistant *assistant = context;
    assistant_take_command(assistant, meaning(assistant, key));
}

/* In a pause, and where nobody can hear, the keys are for somebody's music. */
static void set_media_keys(struct assistant *assistant)
{
    media_keys_set(assistant->media_keys,
                   voice_out_is_heard(&assistant->voice) && !assistant->live.paused &&
                       !assistant->quitting,
                   is_speaking(assistant));
}

static void open_media_keys(struct assistant *assistant)
{
    if (assistant->options->media_keys && !assistant->options->fast)
        assistant->media_keys = media_keys_open(
            assistant->loop, messages_text(assistant->pack->messages, MSG_VIEW_TITLE), on_media_key,
            assistant);
}

/* --- all of them ------------------------------------------------------------------------------ */

/* After whatever happened: how it is now. What stays as it was is not sent. */
static void show(void *context)
{
    struct assistant *assistant = context;
    if (assistant->view)
        show_page(assistant);
    set_media_keys(assistant);
}

void assistant_open_onlookers(struct assistant *assistant)
{
    open_view(assistant);
    open_media_keys(assistant);
    if (assistant->view || assistant->media_keys)
        event_loop_set_after(assistant->loop, show, assistant);
}

void assistant_close_onlookers(struct assistant *assistant)
{
    if (assistant->loop)
        event_loop_set_after(assistant->loop, NULL, NULL);
    media_keys_close(assistant->media_keys);
    assistant->media_keys = NULL;
    if (!assistant->view)
        return;
    event_loop_unwatch(assistant->loop, assistant->view_timer);
    timer_close(assistant->view_timer);
    view_close(assistant->view);
    assistant->view = NULL;
}
