#include "app/assistant_parts.h"

#include "base/text.h"
#include "model/keymap.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The level of the voice while somebody may be speaking: 12 dB less. */
#define LOWERED_PERCENT 25

/* --- keyboard --- */

static void set_listening(struct assistant *assistant, bool on)
{
    struct listener *listener = sound_listener(assistant->sound);
    if (!listener)
        return;
    assistant->tapped = on;
    listener_set_mode(listener, on ? LISTENER_FULL : LISTENER_OFF);
    if (on)
        speech_interrupt(assistant->speech);
    assistant_earcon(assistant, on ? "listening" : "done");
}

/* What was typed, without what could drive a terminal: it is written into the transcript. */
static char *readable(const char *line)
{
    size_t length = strlen(line);
    if (text_utf8_error(line, length) == length && text_control_error(line, length) == length)
        return text_trim(line);
    return text_fold(line);
}

/* What a switch asks for: a key of its own while choices are scanned. */
static int switch_command(const struct assistant *assistant, const char *key)
{
    bool space = !strcmp(key, " ");
    if (assistant->settings.scan == SCAN_OFF || (!space && strcmp(key, "enter")))
        return COMMAND_NONE;
    return space && assistant->settings.scan == SCAN_TWO ? COMMAND_SCAN_NEXT : COMMAND_SCAN_TAKE;
}

/* A name of the guide while the sound check asks: who wants to go there is not kept. */
static bool leave_setup(struct assistant *assistant, const char *text)
{
    struct vocabulary vocabulary = {0};
    if (!assistant->setup)
        return false;
    const struct dialogue session = session_dialogue(assistant->session);
    dialogue_vocabulary(&session, CHANNEL_TYPED, &vocabulary);
    const struct phrase *phrase = vocabulary_find(&vocabulary, text);
    if (phrase) {
        assistant_send(assistant, (struct event){.kind = EVENT_LEAVE});
        assistant_send_command(assistant, phrase->command, phrase->argument);
    }
    vocabulary_free(&vocabulary);
    return phrase != NULL;
}

/* Nearly a phrase: asked back, as what a voice said not clearly. Not where anything may be typed.
 */
static void take_unknown(struct assistant *assistant, const struct vocabulary *vocabulary,
                         const char *text)
{
    struct event event = {.kind = EVENT_NOT_UNDERSTOOD, .text = text};
    if (leave_setup(assistant, text))
        return;
    const struct dialogue dialogue = assistant_dialogue(assistant);
    bool words = dialogue_asks_back(&dialogue) && !dialogue_is_private(&dialogue) &&
                 !dialogue_wants_line(&dialogue);
    const struct phrase *near = words ? vocabulary_near(vocabulary, text) : NULL;
    if (near)
        event = (struct event){.kind = EVENT_DOUBTFUL,
                               .command = near->command,
                               .argument = near->argument,
                               .text = near->text};
    assistant_send(assistant, event);
}

/* A word that was typed. `shown`: the terminal shows it already. */
static void take_line(struct assistant *assistant, const char *line, bool shown)
{
    /* Without single keys, and in a pipe, a switch gives a line of its own. */
    int by_switch = switch_command(assistant, *line ? line : "enter");
    if (by_switch != COMMAND_NONE) {
        assistant_send_command(assistant, by_switch, 0);
        return;
    }
    char *text = readable(line);
    if (assistant->learning) {
        assistant_learn_line(assistant, text, shown);
        free(text);
        return;
    }
    const struct dialogue dialogue = assistant_dialogue(assistant);
    const struct dialogue session = session_dialogue(assistant->session);
    struct vocabulary vocabulary = {0};
    dialogue_vocabulary(&dialogue, CHANNEL_TYPED, &vocabulary);
    int command = COMMAND_NONE, argument = 0;
    const struct phrase *phrase = vocabulary_find(&vocabulary, text);
    if (phrase) {
        command = phrase->command;
        argument = phrase->argument;
    } else {
        command = keymap_command(assistant->pack, assistant->settings.keys, text);
    }
    /* While a secret is typed elsewhere it may land here: only commands are written. */
    if (*text && (command != COMMAND_NONE || !dialogue_is_private(&session)))
        assistant_hear(assistant, text, shown);
    if (command == COMMAND_NONE && *text && !dialogue_wants_line(&dialogue))
        assistant_log_line(assistant, "not-understood", text);
    if (command != COMMAND_NONE)
        assistant_send_command(assistant, command, argument);
    else if (line[strspn(line, " \t")])
        take_unknown(assistant, &vocabulary, text);
    vocabulary_free(&vocabulary);
    free(text);
}

static void take_key(struct assistant *assistant, const char *key)
{
    int by_switch = switch_command(assistant, key);
    if (by_switch != COMMAND_NONE) {
        assistant_send_command(assistant, by_switch, 0);
        return;
    }
    if (!strcmp(key, " ") && assistant->settings.listen == LISTEN_TAP) {
        set_listening(assistant, !assistant->tapped);
        return;
    }
    if (assistant->learning) {
        assistant_learn_key(assistant, key);
        return;
    }
    if (key[0] >= '1' && key[0] <= '9' && !key[1]) {
        take_line(assistant, key, false);
        return;
    }
    int command = keymap_command(assistant->pack, assistant->settings.keys, key);
    if (command == COMMAND_NONE) {
        assistant_log_line(assistant, "not-understood", key);
        assistant_send(assistant, (struct event){.kind = EVENT_NOT_UNDERSTOOD, .text = key});
        return;
    }
    const struct pack_command *words = &assistant->pack->commands[command];
    assistant_hear(assistant, words->phrase_count ? words->phrases[0] : command_name(command),
                   false);
    assistant_send_command(assistant, command, 0);
}

static void end_of_input(struct assistant *assistant)
{
    event_loop_unwatch(assistant->loop, STDIN_FILENO);
    if (!assistant->hears)
        assistant_finish(assistant);
}

void assistant_on_input(void *context)
{
    struct assistant *assistant = context;
    const char *text;
    enum keyboard_kind kind;
    keyboard_read(assistant->input);
    while ((kind = keyboard_next(assistant->input, &text)) != KEYBOARD_NOTHING) {
        if (kind == KEYBOARD_END) {
            end_of_input(assistant);
            return;
        }
        if (assistant->quitting) {
            /* A key while goodbye is said: enough. */
            event_loop_stop(assistant->loop);
            return;
        }
        if (kind == KEYBOARD_KEY)
            take_key(assistant, text);
        else
            take_line(assistant, text, keyboard_is_terminal(assistant->input));
    }
}

void assistant_on_remote(void *context)
{
    struct assistant *assistant = context;
    char line[REMOTE_COMMANDS_LINE_MAX];
    if (!remote_commands_receive(assistant->remote, line) && !assistant->quitting)
        take_line(assistant, line, false);
}

/* --- voice --- */

/* True while the sound check waits for a voice, unless it may be what is left of our own. */
static bool asks_to_speak(const struct assistant *assistant, const struct heard *heard)
{
    const struct dialogue dialogue = assistant_dialogue(assistant);
    return dialogue_wants_speech(&dialogue) &&
           !(heard->situation.during_speech && assistant_listener_mode(assistant) != LISTENER_FULL);
}

static enum verdict_context context_now(const struct assistant *assistant,
                                        const struct heard *heard)
{
    const struct dialogue dialogue = assistant_dialogue(assistant);
    if (!dialogue_asks_back(&dialogue))
        return asks_to_speak(assistant, heard) ? CONTEXT_EXERCISE : CONTEXT_SOUND_CHECK;
    return dialogue_is_private(&dialogue) ? CONTEXT_PRIVATE : CONTEXT_SESSION;
}

static enum verdict judge(struct assistant *assistant, const struct heard *heard)
{
    const enum verdict_context context = context_now(assistant, heard);
    const bool again = context == CONTEXT_SESSION && second_try_heard(&assistant->retry, heard);
    return heard_verdict(heard, context, again);
}

static void obey_voice(struct assistant *assistant, const struct heard *heard)
{
    struct event event = {.command = heard->command, .argument = heard->argument};
    const struct dialogue dialogue = assistant_dialogue(assistant);
    if (assistant->learning) {
        assistant_learn_voice(assistant, heard);
        return;
    }
    switch (judge(assistant, heard)) {
    case VERDICT_OBEY:
        event.kind = EVENT_COMMAND;
        assistant_hear(assistant, heard->phrase, false);
        break;
    case VERDICT_ASK_BACK:
        if (dialogue_asks_back(&dialogue))
            assistant_log_line(assistant, "doubtful", heard->phrase);
        else
            assistant_hear(assistant, heard->phrase, false);
        event.kind = EVENT_DOUBTFUL;
        event.text = heard->phrase;
        break;
    case VERDICT_NOT_UNDERSTOOD:
        /* The exercise answers to anything; only what is almost a command is worth a sound. */
        if (heard->verdict != VERDICT_NOTHING) {
            assistant_earcon(assistant, "not-understood");
            assistant_log_line(assistant, "not-understood", "");
        }
        event.kind = EVENT_NOT_UNDERSTOOD;
        break;
    case VERDICT_NOTHING:
        return;
    }
    assistant_send(assistant, event);
}

/* Whoever speaks is heard better, and knows to be heard, when the voice is lowered; if it was
 * nothing it goes on as before. */
static void update_level(struct assistant *assistant, const struct heard *heard)
{
    if (heard->kind == HEARD_ONSET)
        speech_set_level(assistant->speech, LOWERED_PERCENT);
    else if (heard->kind == HEARD_PHRASE || heard->kind == HEARD_NOTHING)
        speech_set_level(assistant->speech, 100);
}

/* Slow speakers are given more time, quick ones are answered sooner; kept for the next session. */
static void update_pacing(struct assistant *assistant, const struct heard *heard)
{
    if (assistant->settings.listen_pause || heard->situation.during_speech ||
        !pacing_heard(&assistant->pacing, heard->start_s, heard->end_s,
                      heard->verdict == VERDICT_OBEY))
        return;
    assistant->settings.listen_pause_learned = assistant->pacing.hangover_ms;
    listener_set_hangover(sound_listener(assistant->sound), assistant->pacing.hangover_ms);
}

void assistant_on_heard(void *context)
{
    struct assistant *assistant = context;
    struct listener *listener = sound_listener(assistant->sound);
    struct heard heard;
    while (listener_next(listener, &heard)) {
        if (heard.kind == HEARD_FAILED) {
            assistant->hears = false;
            assistant->deaf = true;
            assistant_say_notice(assistant,
                                 messages_format(assistant->pack->messages, MSG_LISTEN_FAILED,
                                                 "reason", heard.error));
        }
        update_level(assistant, &heard);
        if (heard.kind == HEARD_PHRASE)
            update_pacing(assistant, &heard);
        if (heard.kind == HEARD_PHRASE && !assistant->quitting) {
            obey_voice(assistant, &heard);
            /* The sound check and the enrolment answer to whatever was said. */
            if (assistant->tapped &&
                (heard.verdict != VERDICT_NOTHING || assistant->setup || assistant->learning))
                set_listening(assistant, false);
        }
        heard_free(&heard);
    }
}
