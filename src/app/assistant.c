/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/assistant_parts.h"

#include "base/errno_words.h"
#include "base/locale.h"
#include "base/mem.h"
#include "model/guide.h"
#include "model/pack.h"
#include "store/calibration_file.h"

#include <errno.h>
#include <stdlib.h>

static const struct dialogue *top(const struct assistant *assistant)
{
    return &dialogue_stack_top(&assistant->dialogues)->dialogue;
}

/* --- saying ----------------------------------------------------------------------------------- */

static void say(struct assistant *assistant, const struct utterance *utterance)
{
    struct utterance numbered = *utterance;
    numbered.number = live_state_say(&assistant->live, utterance);
    journal_said(&assistant->journal, utterance->text);
    if (utterance->aloud) {
        numbered.text = utterance->aloud;
        numbered.number = 0; /* what is written is not what is said: it has no place in it */
    }
    speech_say(assistant->voice.speech, &numbered);
}

void assistant_say_notice(struct assistant *assistant, char *text)
{
    struct utterance utterance = {.text = text, .rule = UTTERANCE_QUEUE};
    say(assistant, &utterance);
    free(text);
}

void assistant_say_reason(struct assistant *assistant, enum message message, int error)
{
    const struct messages *messages = assistant->pack->messages;
    assistant_say_notice(
        assistant, messages_format(messages, message, "reason", errno_words(messages, error)));
}

void assistant_earcon(struct assistant *assistant, const char *name)
{
    if (assistant->preferences.now.earcons)
        voice_out_earcon(&assistant->voice, name);
}

/* --- saving ----------------------------------------------------------------------------------- */

bool assistant_saves(const struct assistant *assistant)
{
    const struct learner_store *store = assistant->account.store;
    return store && learner_store_is_writable(store);
}

static void save_mark(struct assistant *assistant)
{
    struct event event = {.kind = EVENT_SAVED};
    if (!assistant_saves(assistant)) {
        event.kind = EVENT_UNSAVED;
    } else if (learner_store_save(assistant->account.store, session_record(assistant->session))) {
        event.kind = EVENT_SAVE_FAILED;
        event.text = errno_words(assistant->pack->messages, errno);
    }
    assistant_send(assistant, event);
}

void assistant_save_record(struct assistant *assistant, const struct learner_record *record)
{
    const bool kept = !learner_store_save(assistant->account.store, record);
    if (assistant->session)
        session_set_place_kept(assistant->session, kept || !assistant_saves(assistant));
    if (kept) {
        assistant->place_warned = false;
        return;
    }
    if (!assistant->place_warned && assistant_saves(assistant))
        assistant_say_reason(assistant, MSG_UNSAVED_PLACE, errno);
    assistant->place_warned = true;
}

void assistant_open_log(struct assistant *assistant)
{
    const bool wanted = assistant->preferences.now.log && assistant_saves(assistant);
    char *folder = wanted ? learner_account_folder(&assistant->account) : NULL;
    journal_log_in(&assistant->journal, folder);
    free(folder);
}

void assistant_save_preferences(struct assistant *assistant, bool promised)
{
    const struct messages *messages = assistant->pack->messages;
    char *aside;
    if (!assistant_saves(assistant))
        return;
    if (preferences_save(&assistant->preferences, messages, &aside)) {
        if (promised || !assistant->settings_warned)
            assistant_say_reason(assistant, MSG_SETTINGS_UNWRITABLE, errno);
        assistant->settings_warned = true;
        return;
    }
    assistant->settings_warned = false;
    if (aside)
        assistant_say_notice(assistant,
                             messages_format(messages, MSG_SETTINGS_ASIDE, "file", aside));
    free(aside);
}

/* --- the keyboard ----------------------------------------------------------------------------- */

void assistant_set_keyboard(struct assistant *assistant)
{
    const struct settings *settings = &assistant->preferences.now;
    const bool scans = settings->scan != SCAN_OFF;
    keyboard_set_keys(assistant->keyboard, settings->single_keys);
    keyboard_set_switches(assistant->keyboard, scans || settings->listen == LISTEN_TAP, scans);
    keyboard_set_numbers(assistant->keyboard, dialogue_numbers(top(assistant)));
    keyboard_expect_line(assistant->keyboard, dialogue_wants_line(top(assistant)));
}

/* --- settings --------------------------------------------------------------------------------- */

/* Where it is not there, speech stays as it was. */
static void change_speech(struct assistant *assistant, enum settings_speech speech)
{
    const enum speech_opening opening = voice_out_change(&assistant->voice, speech);
    assistant->preferences.now.speech = assistant->voice.way;
    if (opening == SPEECH_OPENED)
        return;
    assistant_send(assistant, (struct event){.kind = EVENT_SPEECH_REFUSED});
    assistant_say_notice(assistant, messages_format(assistant->pack->messages,
                                                    opening == SPEECH_NO_SERVER
                                                        ? MSG_NO_SPEECH_DISPATCHER
                                                        : MSG_SPEECH_DISPATCHER_NOT_BUILT));
}

static void change_settings(struct assistant *assistant, const struct settings *chosen)
{
    const struct settings *now = &assistant->preferences.now;
    const enum settings_listen listened = now->listen;
    const bool logged = now->log, reminded = now->reminders, seen = now->page;
    preferences_change(&assistant->preferences, chosen);
    if (now->listen != listened)
        ears_change_listening(&assistant->ears);
    if (now->speech != assistant->voice.way)
        change_speech(assistant, now->speech);
    voice_out_set_params(&assistant->voice, now);
    /* These were promised in words. */
    const bool promised = now->log != logged || now->reminders != reminded || now->page != seen;
    assistant_save_preferences(assistant, promised);
    assistant_open_log(assistant);
}

/* --- from one dialogue to the next ------------------------------------------------------------ */

static void end_setup(void *context)
{
    struct assistant *assistant = context;
    sound_setup_free(assistant->setup);
    assistant->setup = NULL;
}

void assistant_begin_setup(struct assistant *assistant, bool first)
{
    const struct settings *settings = &assistant->preferences.now;
    char *language = locale_language();
    const struct sound_setup_config config = {
        .pack = assistant->pack,
        .settings = settings,
        .first = first,
        .speaks = voice_out_is_heard(&assistant->voice),
        .speaker = sound_has_output(assistant->sound),
        .dispatcher = speech_has_dispatcher(),
        .measures = assistant->ears.echo,
        .hears = assistant->ears.hears,
        .single_keys = keyboard_is_terminal(assistant->keyboard) && settings->single_keys,
        .taps = keyboard_is_terminal(assistant->keyboard),
        .other_language = language && !locale_is(language, assistant->pack->synth_language),
    };
    free(language);
    assistant->setup = sound_setup_new(&config);
    dialogue_stack_push(&assistant->dialogues,
                        &(struct held_dialogue){
                            .dialogue = sound_setup_dialogue(assistant->setup),
                            .context = assistant,
                            .end = end_setup,
                        });
    assistant_go_on(assistant);
}

/* What was learnt counts from now on. */
static void end_enrolment(void *context)
{
    struct assistant *assistant = context;
    enrolment_run_take_calibration(assistant->enrolment, &assistant->taught);
    enrolment_run_close(assistant->enrolment);
    assistant->enrolment = NULL;
    ears_know_voice(&assistant->ears, &assistant->taught, true);
    ears_set_teaching(&assistant->ears, false);
}

static struct answer judge_saying(void *context, const struct heard *heard)
{
    struct assistant *assistant = context;
    return enrolment_run_judge(assistant->enrolment, heard);
}

int assistant_begin_enrolment(struct assistant *assistant, const char *file, char **ret_error)
{
    const struct enrolment_run_config config = {
        .pack = assistant->pack,
        .driver = &recog_sphinx,
        .path = file,
        .in_session = assistant->session != NULL,
    };
    if (enrolment_run_open(&config, &assistant->taught, &assistant->enrolment, ret_error))
        return -1;
    ears_set_teaching(&assistant->ears, true);
    dialogue_stack_push(&assistant->dialogues,
                        &(struct held_dialogue){
                            .dialogue = enrolment_run_dialogue(assistant->enrolment),
                            .context = assistant,
                            .end = end_enrolment,
                            .judge = judge_saying,
                        });
    assistant_go_on(assistant);
    return 0;
}

/* In a session a microphone may be missing: that is said, and it goes on. */
static void teach(struct assistant *assistant)
{
    const struct messages *messages = assistant->pack->messages;
    if (!assistant->ears.hears || !sound_has_input(assistant->sound)) {
        assistant_say_notice(assistant, messages_format(messages, MSG_ENROLMENT_NO_INPUT));
        return;
    }
    char *file = assistant_saves(assistant) ? calibration_path(assistant->account.learner) : NULL;
    char *error = NULL;
    if (assistant_begin_enrolment(assistant, file, &error))
        assistant_say_notice(assistant,
                             messages_format(messages, MSG_LISTEN_FAILED, "reason", error));
    free(error);
    free(file);
}

static void carry_out_enrolment(struct assistant *assistant, const struct effect *effect)
{
    const int error = enrolment_run_carry_out(assistant->enrolment, effect);
    char *aside = enrolment_run_take_aside(assistant->enrolment);
    if (aside)
        assistant_say_notice(assistant, messages_format(assistant->pack->messages,
                                                        MSG_CALIBRATION_ASIDE, "file", aside));
    free(aside);
    if (error)
        assistant_say_reason(assistant, MSG_CALIBRATE_UNWRITABLE, error);
    assistant->failed |= error && !assistant->session;
    if (effect->kind == EFFECT_MEASURE_GAIN)
        assistant_send(assistant, (struct event){.kind = EVENT_MEASURED});
}

/* What is being said is said to its end; then the program ends. */
void assistant_stop_if_quiet(struct assistant *assistant)
{
    if (voice_out_is_quiet(&assistant->voice))
        event_loop_stop(assistant->loop);
}

void assistant_finish(struct assistant *assistant)
{
    assistant->quitting = true;
    assistant_stop_if_quiet(assistant);
}

/* The dialogue on top is over: the one below it goes on, as the learner likes it now. */
static void end_dialogue(struct assistant *assistant)
{
    dialogue_stack_pop(&assistant->dialogues);
    if (!assistant->dialogues.count) {
        assistant_finish(assistant);
        return;
    }
    session_set_settings(assistant->session, &assistant->preferences.now,
                         assistant->voice.speech != NULL);
    assistant_go_on(assistant);
}

/* --- effects ---------------------------------------------------------------------------------- */

static void listen_for_phrases(struct assistant *assistant)
{
    struct vocabulary vocabulary = {0};
    dialogue_vocabulary(top(assistant), CHANNEL_SPOKEN, &vocabulary);
    ears_listen_for(&assistant->ears, &vocabulary);
    vocabulary_free(&vocabulary);
}

static void wish(struct assistant *assistant, const struct effect *effect)
{
    free(assistant->wish.name);
    assistant->wish.due = true;
    assistant->wish.request = effect->request;
    assistant->wish.name = effect->name ? xstrdup(effect->name) : NULL;
}

static void carry_out(struct assistant *assistant, const struct effect *effect)
{
    live_state_follow(&assistant->live, effect);
    switch (effect->kind) {
    case EFFECT_SAY:
        say(assistant, &effect->utterance);
        break;
    case EFFECT_PRINT:
        journal_said(&assistant->journal, effect->utterance.text);
        break;
    case EFFECT_SILENCE:
        speech_interrupt(assistant->voice.speech);
        break;
    case EFFECT_PAUSE:
        speech_pause(assistant->voice.speech);
        break;
    case EFFECT_RESUME:
        speech_resume(assistant->voice.speech);
        break;
    case EFFECT_VOCABULARY:
        listen_for_phrases(assistant);
        break;
    case EFFECT_SETTINGS:
        change_settings(assistant, effect->settings);
        break;
    case EFFECT_SAVE_PLACE:
        assistant_save_record(assistant, session_record(assistant->session));
        break;
    case EFFECT_SAVE_MARK:
        save_mark(assistant);
        break;
    case EFFECT_LEARNER:
        wish(assistant, effect);
        break;
    case EFFECT_GUIDE:
        free(assistant->other_guide);
        assistant->other_guide = xstrdup(effect->name);
        break;
    case EFFECT_PAGE:
        page_companion_ask(assistant->companion, effect->name, effect->moves);
        break;
    case EFFECT_PAGE_WATCH:
        page_companion_watch(assistant->companion, effect->name);
        break;
    case EFFECT_PAGE_END:
        page_companion_end(assistant->companion);
        break;
    case EFFECT_SOUND_SETUP:
        assistant_begin_setup(assistant, false);
        break;
    case EFFECT_ENROLMENT:
        teach(assistant);
        break;
    case EFFECT_OVER:
        end_dialogue(assistant);
        break;
    case EFFECT_QUIT:
        assistant_finish(assistant);
        break;
    case EFFECT_MEASURE_MICROPHONE:
        assistant->ears.measures = true;
        break;
    case EFFECT_CHECK_ECHO:
        if (echo_check_start(&assistant->echo_check))
            assistant_send(assistant, (struct event){.kind = EVENT_ECHO_CHECKED});
        break;
    case EFFECT_MEASURE_PHRASE:
    case EFFECT_MEASURE_GAIN:
    case EFFECT_DROP_HALVES:
    case EFFECT_KEEP:
    case EFFECT_DROP:
        carry_out_enrolment(assistant, effect);
        break;
    case EFFECT_CALIBRATION:
        ears_know_voice(&assistant->ears, enrolment_run_calibration(assistant->enrolment), false);
        break;
    }
}

/* --- events ----------------------------------------------------------------------------------- */

/* Leaves turns to who speaks where they cannot be heard otherwise, and says so once. */
static void take_turns(struct assistant *assistant)
{
    const struct held_dialogue *held = dialogue_stack_top(&assistant->dialogues);
    const int ms = held->begun && dialogue_takes_turns(&held->dialogue)
                       ? ears_turn_ms(&assistant->ears, voice_out_is_dispatcher(&assistant->voice))
                       : 0;
    if (voice_out_set_turn(&assistant->voice, ms))
        assistant_say_notice(assistant,
                             messages_format(assistant->pack->messages, MSG_TAKING_TURNS));
}

/* The pause begins when all was said to its end, and ends with any other event. */
void assistant_follow_speech(struct assistant *assistant)
{
    const struct voice_out *voice = &assistant->voice;
    const bool busy = speech_is_busy(voice->speech);
    pause_begin(&assistant->pause, busy ? 0 : dialogue_pause_ms(top(assistant)));
    ears_follow_speech(&assistant->ears, voice_out_is_dispatcher(voice), busy,
                       voice_out_is_speaking(voice));
}

/* Where the learner is now, for the journal; and whether a secret may be typed there. */
static void note_place(struct assistant *assistant)
{
    const struct learner_record_place *place =
        assistant->session
            ? learner_record_place(session_record(assistant->session), assistant->guide->id)
            : NULL;
    char *text = place && place->section && place->step
                     ? xasprintf("%s/%s", place->section, place->step)
                     : NULL;
    const bool is_private = dialogue_stack_is_private(&assistant->dialogues);
    journal_set_place(&assistant->journal, text, is_private);
    keyboard_set_private(assistant->keyboard, is_private);
    /* Where a secret is typed nobody looks. */
    if (is_private)
        page_companion_end(assistant->companion);
    free(text);
}

static void tell(struct assistant *assistant, struct event event)
{
    struct effects effects = {0};
    struct microphone_report report;
    event.today = clock_today(&assistant->clock);
    event.at = clock_seconds(&assistant->clock);
    if (dialogue_uses_microphone(top(assistant)) && ears_measure(&assistant->ears, &report))
        event.microphone = &report;
    dialogue_handle(top(assistant), &event, &effects);
    note_place(assistant);
    for (size_t i = 0; i < effects.count; i++)
        carry_out(assistant, &effects.items[i]);
    effects_free(&effects);
}

/* After whatever was carried out: all as it should be now. */
static void settle(struct assistant *assistant)
{
    journal_log_place(&assistant->journal);
    if (assistant->wish.due)
        assistant_change_learner(assistant);
    if (assistant->other_guide)
        assistant_change_guide(assistant);
    assistant_set_keyboard(assistant);
    take_turns(assistant);
    assistant_follow_speech(assistant);
    const int error = journal_take_log_error(&assistant->journal);
    if (error)
        assistant_say_reason(assistant, MSG_LOG_FAILED, error);
    if (journal_is_unread(&assistant->journal))
        event_loop_stop(assistant->loop);
}

void assistant_send(struct assistant *assistant, struct event event)
{
    tell(assistant, event);
    settle(assistant);
}

void assistant_go_on(struct assistant *assistant)
{
    const enum event_kind kind = dialogue_stack_go_on(&assistant->dialogues);
    take_turns(assistant);
    assistant_send(assistant, (struct event){.kind = kind});
}
