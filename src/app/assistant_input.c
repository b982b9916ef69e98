/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/assistant_parts.h"

#include "app/answers.h"
#include "app/duplex_choice.h"
#include "base/mem.h"
#include "base/timer.h"
#include "listen/listener.h"
#include "model/pack.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* --- what the learner gives ------------------------------------------------------------------- */

static struct answers answers(const struct assistant *assistant)
{
    return (struct answers){&assistant->dialogues, assistant->pack, &assistant->preferences.now,
                            dialogue_stack_is_private(&assistant->dialogues)};
}

/* `shown`: the terminal shows it already. */
static void take(struct assistant *assistant, struct answer answer, bool shown)
{
    const char *text = answer.written ? answer.written : answer.event.text;
    if (answer.written) {
        journal_heard(&assistant->journal, answer.written, shown);
        live_state_heard(&assistant->live, answer.written);
    }
    if (answer.note)
        journal_note(&assistant->journal, answer.note, text ? text : "");
    if (answer.missed)
        assistant_earcon(assistant, "not-understood");
    if (answer.leave)
        assistant_send(assistant, (struct event){.kind = EVENT_LEAVE});
    if (answer.given)
        assistant_send(assistant, answer.event);
    answer_free(&answer);
}

/* `is_private`: it may be a secret, wherever it has come to. */
static void take_line(struct assistant *assistant, const char *line, bool is_private, bool shown)
{
    struct answers all = answers(assistant);
    all.is_private |= is_private;
    take(assistant, answers_line(&all, line), shown);
}

static void tap(struct assistant *assistant, bool on)
{
    if (!ears_tap(&assistant->ears, on))
        return;
    if (on)
        speech_interrupt(assistant->voice.speech);
    assistant_earcon(assistant, on ? "listening" : "done");
}

static void take_key(struct assistant *assistant, const char *key)
{
    const struct settings *settings = &assistant->preferences.now;
    const struct answers all = answers(assistant);
    if (!strcmp(key, " ") && settings->listen == LISTEN_TAP && settings->scan == SCAN_OFF)
        tap(assistant, !assistant->ears.tapped);
    else
        take(assistant, answers_key(&all, key), false);
}

static void end_of_input(struct assistant *assistant)
{
    event_loop_unwatch(assistant->loop, STDIN_FILENO);
    event_loop_unwatch(assistant->loop, keyboard_timer_fd(assistant->keyboard));
    /* Whoever ends it on a terminal wants to leave, whatever a microphone may hear. */
    if (!assistant->ears.hears || keyboard_is_terminal(assistant->keyboard))
        assistant_finish(assistant);
}

static void take_input(struct assistant *assistant, const struct keyboard_input *input)
{
    if (input->kind == KEYBOARD_END)
        end_of_input(assistant);
    else if (assistant->quitting)
        /* A key while goodbye is said: enough. */
        event_loop_stop(assistant->loop);
    else if (input->kind == KEYBOARD_KEY)
        take_key(assistant, input->text);
    else
        take_line(assistant, input->text, input->is_private,
                  input->shown && assistant->screen_is_terminal);
}

static void take_all_input(struct assistant *assistant)
{
    struct keyboard_input input;
    while ((input = keyboard_next(assistant->keyboard)).kind != KEYBOARD_NOTHING)
        take_input(assistant, &input);
}

void assistant_on_keyboard(void *context)
{
    struct assistant *assistant = context;
    /* What is due by now came before what is read now. */
    take_all_input(assistant);
    keyboard_read(assistant->keyboard);
    take_all_input(assistant);
}

void assistant_before_writing(void *context)
{
    struct assistant *assistant = context;
    if (assistant->keyboard)
        keyboard_step_aside(assistant->keyboard);
}

/* Another program has the terminal until the learner comes back. */
static void stop_for_a_while(struct assistant *assistant)
{
    keyboard_rest(assistant->keyboard);
    event_loop_suspend();
    keyboard_wake(assistant->keyboard);
}

void assistant_on_remote(void *context)
{
    struct assistant *assistant = context;
    struct remote_command command;
    if (remote_commands_receive(assistant->remote, &command))
        return;
    if (*command.line && !assistant->quitting)
        take_line(assistant, command.line, false, false);
    if (!command.asks)
        return;
    char *state = assistant_state(assistant);
    remote_commands_answer(assistant->remote, &command, state);
    free(state);
}

void assistant_take_command(struct assistant *assistant, enum command command)
{
    if (!assistant->quitting)
        take_line(assistant, pack_command_phrase(assistant->pack, command), false, false);
}

static void obey_voice(struct assistant *assistant, const struct heard *heard)
{
    const struct held_dialogue *held = dialogue_stack_top(&assistant->dialogues);
    const struct answers all = answers(assistant);
    struct ears *ears = &assistant->ears;
    take(assistant,
         held->judge
             ? held->judge(held->context, heard)
             : answers_heard(&all, heard, ears_may_hear_themselves(ears, heard), &ears->tries),
         false);
    /* Some answer to whatever was said. */
    if (ears->tapped && (heard->verdict != VERDICT_NOTHING ||
                         !dialogue_asks_back(&dialogue_stack_top(&assistant->dialogues)->dialogue)))
        tap(assistant, false);
}

static void lose_ears(struct assistant *assistant, const char *error)
{
    assistant->ears.hears = false;
    assistant->ears.deaf = true;
    assistant_say_notice(
        assistant, messages_format(assistant->pack->messages, MSG_LISTEN_FAILED, "reason", error));
    if (assistant->session)
        return;
    /* Nobody can be taught. */
    assistant->failed = true;
    assistant_finish(assistant);
}

static void take_heard(struct assistant *assistant, const struct heard *heard)
{
    if (heard->kind == HEARD_FAILED)
        lose_ears(assistant, heard->error);
    if (heard->kind == HEARD_NOTICE)
        assistant_say_notice(assistant, xstrdup(heard->error));
    if (heard->kind == HEARD_ONSET)
        voice_out_lower(&assistant->voice, true);
    else if (heard->kind == HEARD_PHRASE || heard->kind == HEARD_NOTHING)
        voice_out_lower(&assistant->voice, false);
    if (heard->kind != HEARD_PHRASE)
        return;
    const int pause_ms = ears_learn_pause(&assistant->ears, heard);
    if (pause_ms)
        assistant->preferences.now.listen_pause_learned = pause_ms;
    if (!assistant->quitting)
        obey_voice(assistant, heard);
}

void assistant_on_heard(void *context)
{
    struct assistant *assistant = context;
    struct heard heard;
    while (listener_next(assistant->ears.listener, &heard)) {
        take_heard(assistant, &heard);
        heard_free(&heard);
    }
}

/* --- what was seen of the page ---------------------------------------------------------------- */

/* For the session only: another dialogue may be on top of it. */
void assistant_on_page(void *context, const struct page_seen *seen)
{
    struct assistant *assistant = context;
    if (assistant->quitting || assistant->setup || assistant->enrolment)
        return;
    if (seen->kind == PAGE_SEEN_REACHED || (seen->kind == PAGE_SEEN_ANSWER && seen->found &&
                                            (seen->moved || seen->direction == PAGE_HERE)))
        assistant_earcon(assistant, "understood");
    assistant_send(assistant, (struct event){.kind = EVENT_PAGE, .page = seen});
}

/* --- what comes by itself --------------------------------------------------------------------- */

void assistant_on_speech(void *context)
{
    struct assistant *assistant = context;
    /* One line, once: the session goes on in writing. */
    if (voice_out_take_failure(&assistant->voice)) {
        assistant_before_writing(assistant);
        cli_error(assistant->cli, MSG_NO_SPEECH_DISPATCHER);
    }
    assistant_follow_speech(assistant);
    if (assistant->quitting)
        assistant_stop_if_quiet(assistant);
}

bool assistant_is_hearing(void *context)
{
    const struct assistant *assistant = context;
    const struct listener *listener = assistant->ears.listener;
    return listener && listener_is_hearing(listener);
}

static void end_pause(struct assistant *assistant)
{
    if (!assistant->quitting)
        assistant_send(assistant, (struct event){.kind = EVENT_PAUSE_OVER,
                                                 .is_hearing = assistant_is_hearing(assistant)});
}

void assistant_on_pause(void *context)
{
    struct assistant *assistant = context;
    timer_clear(assistant->pause.timer);
    end_pause(assistant);
}

/* How it was found to be best with these devices. */
static void keep_pair(struct assistant *assistant, enum settings_duplex duplex,
                      const struct echo_probe_result *result)
{
    char *output = xstrdup(sound_output_name(assistant->sound));
    char *input = xstrdup(sound_input_name(assistant->sound));
    const struct settings_pair pair = {output, input, duplex, result->delay_ms, result->tail_ms};
    settings_set_pair(&assistant->preferences.now, &pair);
    free(output);
    free(input);
    assistant_save_preferences(assistant, true);
    ears_use_pair(&assistant->ears);
}

void assistant_on_echo_checked(void *context, const struct echo_probe_result *result)
{
    struct assistant *assistant = context;
    const enum settings_duplex duplex = duplex_choice(result->finding);
    if (duplex != DUPLEX_AUTO)
        keep_pair(assistant, duplex, result);
    char *sentence = duplex_choice_sentence(assistant->pack->messages, result);
    assistant_send(assistant, (struct event){.kind = EVENT_ECHO_CHECKED, .text = sentence});
    free(sentence);
}

/* The end of a recording is the end of the program. What is held alone may have a last word. */
static void end_if_recording_ended(struct assistant *assistant)
{
    if (assistant->quitting || !assistant->recording || !sound_input_ended(assistant->sound))
        return;
    if (assistant->ears.listener) {
        listener_finish(assistant->ears.listener);
        assistant_on_heard(assistant);
    }
    if (assistant->dialogues.count == 1 && !assistant->quitting)
        assistant_send(assistant, (struct event){.kind = EVENT_LEAVE});
    assistant_finish(assistant);
}

void assistant_on_recording_timer(void *context)
{
    struct assistant *assistant = context;
    timer_clear(assistant->recording_timer);
    end_if_recording_ended(assistant);
}

void assistant_step(void *context)
{
    struct assistant *assistant = context;
    const int ms = sound_step(assistant->sound);
    clock_advance(&assistant->clock, ms);
    if (assistant->ears.listener)
        assistant_on_heard(assistant);
    if (!assistant->pause.left_ms)
        assistant_follow_speech(assistant);
    else if (pause_step(&assistant->pause, ms))
        end_pause(assistant);
    end_if_recording_ended(assistant);
    if (assistant->quitting)
        assistant_stop_if_quiet(assistant);
}

/* What happened goes to the channel that is left: in writing always, by voice where it speaks. A
 * line that cannot be heard is not said, so that it does not come late. */
static void tell_devices(struct assistant *assistant, const struct sound_news *news)
{
    const struct messages *messages = assistant->pack->messages;
    if (news->output_lost)
        transcript_said(
            &assistant->journal.transcript,
            messages_text(messages, news->input_lost ? MSG_SOUND_LOST : MSG_OUTPUT_LOST));
    else if (news->input_lost)
        assistant_say_notice(assistant, messages_format(messages, MSG_INPUT_LOST));
    if (news->output_back)
        assistant_say_notice(assistant, messages_format(messages, MSG_OUTPUT_BACK));
    if (news->input_back)
        assistant_say_notice(assistant, messages_format(messages, MSG_INPUT_BACK));
}

void assistant_on_devices(void *context)
{
    struct assistant *assistant = context;
    struct sound_news news;
    sound_watch(assistant->sound, &news);
    if (news.input_back && !assistant->ears.deaf)
        assistant->ears.hears = true;
    if (news.input_back || news.output_back)
        ears_use_pair(&assistant->ears);
    tell_devices(assistant, &news);
    if (!news.output_lost)
        return;
    /* Nothing ends that is not heard. */
    assistant_follow_speech(assistant);
    if (assistant->quitting)
        assistant_stop_if_quiet(assistant);
}

void assistant_on_signal(void *context, int signal)
{
    struct assistant *assistant = context;
    if (signal == SIGTSTP || signal == SIGCONT) {
        if (signal == SIGTSTP)
            stop_for_a_while(assistant);
        else
            keyboard_wake(assistant->keyboard);
        return;
    }
    speech_interrupt(assistant->voice.speech);
    assistant->quitting = true;
    event_loop_stop(assistant->loop);
}
