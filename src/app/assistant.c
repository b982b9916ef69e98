#include "app/assistant_parts.h"

#include "app/microphone_judgement.h"
#include "base/errno_words.h"
#include "base/mem.h"
#include "base/timer.h"
#include "dsp/microphone.h"
#include "listen/front_end.h"
#include "model/guide_load.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

/* How soon to look again whether somebody who speaks in their turn has finished. */
#define TURN_LOOK_MS 100

/* --- saying and saving --- */

static void say(struct assistant *assistant, const struct utterance *utterance)
{
    transcript_said(&assistant->transcript, utterance->text);
    assistant_log_line(assistant, "said", utterance->text);
    speech_say(assistant->speech, utterance);
}

void assistant_hear(struct assistant *assistant, const char *text, bool shown)
{
    transcript_heard(&assistant->transcript, text, shown);
    assistant_log_line(assistant, "heard", text);
}

void assistant_say_now(struct assistant *assistant, const char *text)
{
    struct utterance utterance = {.text = xstrdup(text), .rule = UTTERANCE_REPLACE};
    say(assistant, &utterance);
    utterance_free(&utterance);
}

void assistant_say_notice(struct assistant *assistant, char *text)
{
    struct utterance utterance = {.text = text, .rule = UTTERANCE_QUEUE};
    say(assistant, &utterance);
    free(text);
}

void assistant_earcon(struct assistant *assistant, const char *name)
{
    if (!assistant->settings.earcons)
        return;
    char text[32];
    snprintf(text, sizeof text, "%s", name);
    struct utterance utterance = {.text = text, .kind = UTTERANCE_EARCON, .rule = UTTERANCE_QUEUE};
    speech_say(assistant->speech, &utterance);
}

bool assistant_is_heard(const struct assistant *assistant)
{
    return assistant->speech &&
           (assistant->settings.speech == SPEECH_SPEECHD || sound_has_output(assistant->sound));
}

static void save_mark(struct assistant *assistant)
{
    struct event event = {.kind = EVENT_SAVED};
    if (!learner_store_is_writable(assistant->store)) {
        event.kind = EVENT_UNSAVED;
    } else if (learner_store_save(assistant->store, session_record(assistant->session))) {
        event.kind = EVENT_SAVE_FAILED;
        event.text = errno_words(assistant->pack->messages, errno);
    }
    assistant_send(assistant, event);
}

void assistant_save_record(struct assistant *assistant, const struct learner_record *record)
{
    if (!learner_store_save(assistant->store, record))
        return;
    int error = errno;
    if (!assistant->place_warned && learner_store_is_writable(assistant->store))
        assistant_say_notice(assistant,
                             messages_format(assistant->pack->messages, MSG_UNSAVED_PLACE, "reason",
                                             errno_words(assistant->pack->messages, error)));
    assistant->place_warned = true;
}

void assistant_apply_settings(struct assistant *assistant, const struct settings *settings)
{
    struct speech_params params = {
        .rate = settings->rate,
        .pitch = settings->pitch,
        .volume = settings->volume,
        .gap = settings->sentence_pause,
        .marks = (enum reading_marks)settings->punctuation,
        .variant = settings->voice_variant,
    };
    speech_set_params(assistant->speech, &params);
}

static void change_variant(struct assistant *assistant, const char *variant)
{
    char *copy = variant ? xstrdup(variant) : NULL;
    free(assistant->settings.voice_variant);
    assistant->settings.voice_variant = copy;
}

/* Settings that could not be kept do no harm: they hold for this session. */
static void change_settings(struct assistant *assistant, const struct settings *now)
{
    struct listener *listener = sound_listener(assistant->sound);
    assistant->settings.listen = now->listen;
    if (listener && assistant->setup)
        listener_set_mode(listener, assistant_listener_mode(assistant));
    if (now->speech != assistant->settings.speech)
        assistant_change_speech(assistant, now->speech);
    assistant->settings.rate = now->rate;
    assistant->settings.volume = now->volume;
    assistant->settings.simple = now->simple;
    change_variant(assistant, now->voice_variant);
    assistant->settings.pitch = now->pitch;
    assistant->settings.sentence_pause = now->sentence_pause;
    assistant->settings.punctuation = now->punctuation;
    assistant->settings.single_keys = now->single_keys;
    keyboard_set_keys(assistant->input, now->single_keys);
    assistant->settings.reminders = now->reminders;
    assistant->settings.log = now->log;
    assistant_apply_settings(assistant, now);
    assistant_save_settings(assistant);
    assistant_open_log(assistant);
}

struct dialogue assistant_dialogue(const struct assistant *assistant)
{
    return assistant->setup ? sound_setup_dialogue(assistant->setup)
                            : session_dialogue(assistant->session);
}

static void update_vocabulary(struct assistant *assistant)
{
    struct listener *listener = sound_listener(assistant->sound);
    /* While a voice is learnt its own words are listened for. */
    if (!listener || assistant->learning)
        return;
    const struct dialogue dialogue = assistant_dialogue(assistant);
    struct vocabulary vocabulary = {0};
    dialogue_vocabulary(&dialogue, CHANNEL_SPOKEN, &vocabulary);
    listener_set_vocabulary(listener, &vocabulary);
    vocabulary_free(&vocabulary);
}

/* --- what comes by itself: choices for one switch, the sound check --- */

/* How long after what was said something is due; 0: never. */
static int pause_ms(const struct assistant *assistant)
{
    const struct dialogue dialogue = assistant_dialogue(assistant);
    return assistant->learning ? 0 : dialogue_pause_ms(&dialogue);
}

/* The pause begins when all was said to its end, and ends with any other event. */
static void update_pause(struct assistant *assistant)
{
    bool busy = speech_is_busy(assistant->speech);
    int ms = busy ? 0 : pause_ms(assistant);
    struct microphone *microphone = sound_microphone(assistant->sound);
    if (!busy && assistant->measure && microphone)
        microphone_begin(microphone);
    assistant->measure &= busy;
    assistant->pause_left = ms;
    timer_start(assistant->pause_timer, ms);
}

static void end_pause(struct assistant *assistant)
{
    if (!assistant->quitting)
        assistant_send(assistant, (struct event){.kind = EVENT_PAUSE_OVER});
}

void assistant_on_pause(void *context)
{
    struct assistant *assistant = context;
    timer_clear(assistant->pause_timer);
    end_pause(assistant);
}

/* The same in simulated time, where nothing tells that speech has ended. */
static void step_pause(struct assistant *assistant, int ms)
{
    if (!assistant->pause_left) {
        update_pause(assistant);
        return;
    }
    assistant->pause_left = assistant->pause_left > ms ? assistant->pause_left - ms : 0;
    if (!assistant->pause_left)
        end_pause(assistant);
}

/* --- hearing beside Speech Dispatcher --- */

/* Its sound is not ours to cancel: without headphones nothing is listened for while it speaks. */
static void update_ears(struct assistant *assistant)
{
    struct listener *listener = sound_listener(assistant->sound);
    if (!listener || assistant->settings.speech != SPEECH_SPEECHD || !assistant->speech ||
        assistant->settings.listen != LISTEN_FREE ||
        assistant->settings.duplex == DUPLEX_HEADPHONES)
        return;
    bool speaking = speech_is_busy(assistant->speech) && !speech_is_paused(assistant->speech) &&
                    !speech_leaves_turn(assistant->speech);
    if (speaking != assistant->ears_shut)
        listener_set_mode(listener, speaking ? LISTENER_OFF : LISTENER_FULL);
    assistant->ears_shut = speaking;
}

/* --- taking turns --- */

/* How long after each sentence somebody is listened to; 0: they are heard at any time. */
static int turn_ms(const struct assistant *assistant)
{
    const struct settings *settings = &assistant->settings;
    const struct settings_pair *pair = assistant_known_pair(assistant);
    const bool dispatcher =
        settings->speech == SPEECH_SPEECHD && settings->duplex != DUPLEX_HEADPHONES;
    if (!sound_listener(assistant->sound) || settings->listen != LISTEN_FREE ||
        !assistant->speech || assistant->learning ||
        (!dispatcher && assistant_listener_mode(assistant) != LISTENER_HALF))
        return 0;
    return (pair ? pair->tail : FRONT_END_TAIL_MS) + PACING_TURN_MS;
}

void assistant_take_turns(struct assistant *assistant)
{
    const int ms = assistant->setup ? 0 : turn_ms(assistant);
    if (ms != assistant->turn_ms)
        speech_set_turn(assistant->speech, ms);
    assistant->turn_ms = ms;
    if (!ms || assistant->turns_told)
        return;
    assistant->turns_told = true;
    assistant_say_notice(assistant, messages_format(assistant->pack->messages, MSG_TAKING_TURNS));
}

/* Whoever has begun to speak is heard out. */
static void on_turn_over(void *context)
{
    struct assistant *assistant = context;
    const struct listener *listener = sound_listener(assistant->sound);
    timer_clear(assistant->turn_timer);
    if (listener && listener_is_hearing(listener)) {
        timer_start(assistant->turn_timer, TURN_LOOK_MS);
        return;
    }
    speech_end_turn(assistant->speech);
    update_ears(assistant);
}

static void begin_turn(struct assistant *assistant)
{
    if (!speech_leaves_turn(assistant->speech))
        return;
    if (assistant->turn_timer < 0) {
        assistant->turn_timer = timer_open();
        event_loop_watch(assistant->loop, assistant->turn_timer, on_turn_over, assistant);
    }
    timer_start(assistant->turn_timer, assistant->turn_ms);
    if (assistant->turn_timer < 0)
        speech_end_turn(assistant->speech);
}

/* --- the end --- */

static void stop_if_quiet(struct assistant *assistant)
{
    if (!speech_is_busy(assistant->speech) || speech_is_paused(assistant->speech))
        event_loop_stop(assistant->loop);
}

void assistant_finish(struct assistant *assistant)
{
    assistant->quitting = true;
    stop_if_quiet(assistant);
}

/* One line, once: the session goes on in writing. */
static void tell_if_speech_failed(struct assistant *assistant)
{
    if (assistant->speech_failed || speech_works(assistant->speech) ||
        assistant->settings.speech != SPEECH_SPEECHD)
        return;
    assistant->speech_failed = true;
    cli_error(assistant->cli, MSG_NO_SPEECH_DISPATCHER);
}

void assistant_on_speech_idle(void *context)
{
    struct assistant *assistant = context;
    speech_clear_idle(assistant->speech);
    tell_if_speech_failed(assistant);
    begin_turn(assistant);
    update_pause(assistant);
    update_ears(assistant);
    if (assistant->quitting)
        stop_if_quiet(assistant);
}

static void on_signal(void *context, int signal)
{
    (void)signal;
    struct assistant *assistant = context;
    speech_interrupt(assistant->speech);
    assistant->quitting = true;
    event_loop_stop(assistant->loop);
}

/* --- effects and events --- */

static void carry_out(struct assistant *assistant, const struct effect *effect)
{
    switch (effect->kind) {
    case EFFECT_SAY:
        say(assistant, &effect->utterance);
        break;
    case EFFECT_PRINT:
        transcript_said(&assistant->transcript, effect->utterance.text);
        assistant_log_line(assistant, "said", effect->utterance.text);
        break;
    case EFFECT_SILENCE:
        speech_interrupt(assistant->speech);
        break;
    case EFFECT_PAUSE:
        speech_pause(assistant->speech);
        break;
    case EFFECT_RESUME:
        speech_resume(assistant->speech);
        break;
    case EFFECT_SAVE_PLACE:
        assistant_save_record(assistant, session_record(assistant->session));
        break;
    case EFFECT_SAVE_MARK:
        save_mark(assistant);
        break;
    case EFFECT_SETTINGS:
        change_settings(assistant, effect->settings);
        break;
    case EFFECT_LEARNER:
        assistant->wish.due = true;
        assistant->wish.request = effect->request;
        free(assistant->wish.name);
        assistant->wish.name = effect->name ? xstrdup(effect->name) : NULL;
        break;
    case EFFECT_VOCABULARY:
        update_vocabulary(assistant);
        break;
    case EFFECT_SOUND_SETUP:
        assistant_start_setup(assistant, false);
        break;
    case EFFECT_OVER:
        assistant_end_setup(assistant);
        break;
    case EFFECT_ENROLMENT:
        assistant_start_learning(assistant);
        break;
    case EFFECT_CHECK:
        assistant_start_check(assistant);
        break;
    case EFFECT_MEASURE:
        assistant->measure = true;
        break;
    case EFFECT_QUIT:
        assistant_finish(assistant);
        break;
    }
}

void assistant_carry_out_all(struct assistant *assistant, struct effects *effects)
{
    for (size_t i = 0; i < effects->count; i++)
        carry_out(assistant, &effects->items[i]);
    effects_free(effects);
}

static void handle(struct assistant *assistant, struct event *event, struct effects *effects)
{
    struct microphone *microphone = sound_microphone(assistant->sound);
    struct microphone_measure measure;
    struct microphone_report report;
    const struct dialogue dialogue = assistant_dialogue(assistant);
    event->today = clock_today(&assistant->clock);
    event->at = clock_seconds(&assistant->clock);
    if (microphone) {
        microphone_measure(microphone, &measure);
        report = microphone_judgement(&measure);
        event->microphone = &report;
    }
    dialogue_handle(&dialogue, event, effects);
}

void assistant_come_back(struct assistant *assistant)
{
    struct effects effects = {0};
    struct event event = {.kind = EVENT_COME_BACK};
    handle(assistant, &event, &effects);
    assistant_carry_out_all(assistant, &effects);
}

void assistant_settle(struct assistant *assistant)
{
    assistant_log_progress(assistant);
    if (assistant->wish.due)
        assistant_change_learner(assistant);
    const struct dialogue dialogue = assistant_dialogue(assistant);
    keyboard_expect_line(assistant->input, dialogue_wants_line(&dialogue));
    if (assistant->begun)
        assistant_take_turns(assistant);
    update_pause(assistant);
    update_ears(assistant);
    /* Nobody reads any more: the terminal or the other end of the pipe was closed. */
    if (assistant->transcript.error == EPIPE)
        event_loop_stop(assistant->loop);
}

void assistant_send(struct assistant *assistant, struct event event)
{
    struct effects effects = {0};
    handle(assistant, &event, &effects);
    assistant_carry_out_all(assistant, &effects);
    assistant_settle(assistant);
}

void assistant_send_command(struct assistant *assistant, int command, int argument)
{
    if (assistant->learning) {
        assistant_learn_command(assistant, command);
        return;
    }
    assistant_send(assistant,
                   (struct event){.kind = EVENT_COMMAND, .command = command, .argument = argument});
}

/* --- a recording as the microphone --- */

/* The end of a recording is the end of the session. */
static void end_if_recording_ended(struct assistant *assistant)
{
    if (assistant->quitting || !assistant->recording || !sound_input_ended(assistant->sound))
        return;
    struct listener *listener = sound_listener(assistant->sound);
    if (listener) {
        listener_finish(listener);
        assistant_on_heard(assistant);
    }
    assistant_finish(assistant);
}

void assistant_on_tick(void *context)
{
    struct assistant *assistant = context;
    timer_clear(assistant->tick);
    end_if_recording_ended(assistant);
}

void assistant_step(void *context)
{
    struct assistant *assistant = context;
    int ms = sound_step(assistant->sound);
    clock_advance(&assistant->clock, ms);
    if (sound_listener(assistant->sound))
        assistant_on_heard(assistant);
    step_pause(assistant, ms);
    end_if_recording_ended(assistant);
    if (assistant->quitting)
        stop_if_quiet(assistant);
}

/* --- devices that come and go --- */

/* A line that cannot be heard: written only, so that it is not said late. */
static void write_notice(struct assistant *assistant, enum message message)
{
    char *text = messages_format(assistant->pack->messages, message);
    transcript_said(&assistant->transcript, text);
    free(text);
}

/* What happened goes to the channel that is left: in writing always, by voice where it speaks. */
static void tell_devices(struct assistant *assistant, const struct sound_news *news)
{
    const struct messages *messages = assistant->pack->messages;
    if (news->output_lost)
        write_notice(assistant, news->input_lost ? MSG_SOUND_LOST : MSG_OUTPUT_LOST);
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
    if (news.input_back && !assistant->deaf)
        assistant->hears = true;
    if (news.input_back || news.output_back)
        assistant_use_pair(assistant);
    tell_devices(assistant, &news);
    if (!news.output_lost)
        return;
    /* Nothing ends that is not heard. */
    update_pause(assistant);
    if (assistant->quitting)
        stop_if_quiet(assistant);
}

/* --- from start to end --- */

static void close_all(struct assistant *assistant)
{
    /* The terminal first: whatever fails later, it is as it was. */
    keyboard_close(assistant->input);
    speech_close(assistant->speech);
    assistant_close_learning(assistant);
    sound_close(assistant->sound);
    remote_commands_close(assistant->remote);
    timer_close(assistant->tick);
    timer_close(assistant->check_timer);
    timer_close(assistant->pause_timer);
    timer_close(assistant->turn_timer);
    event_loop_free(assistant->loop);
    assistant_close_record(assistant);
    calibration_free(&assistant->taught);
    settings_free(&assistant->settings);
    settings_free(&assistant->kept);
    free(assistant->settings_file);
    assistant_free_learners(assistant);
    free(assistant->wish.name);
    guide_free(assistant->guide);
    pack_free(assistant->pack);
}

/* What was spoken into a file must be there in full. */
static int close_recording(struct assistant *assistant)
{
    if (!assistant->sound)
        return CLI_OK;
    sound_stop(assistant->sound);
    char *error = sound_take_error(assistant->sound);
    if (!error)
        return CLI_OK;
    fprintf(stderr, "%s\n", error);
    free(error);
    return CLI_FAILED;
}

static int run_session(struct assistant *assistant, const struct learner_store_report *report)
{
    int code = assistant_open_sound(assistant);
    if (code)
        return code;
    assistant_tell_listener_who(assistant);
    assistant_tell_opening(assistant, assistant_open_speech(assistant));
    assistant_open_input(assistant);
    assistant_open_session(assistant, report->state == LEARNER_STORE_BUSY, false);
    code = assistant_open_loop(assistant);
    if (code)
        return code;
    assistant_apply_settings(assistant, &assistant->settings);
    assistant_open_log(assistant);
    assistant_say_report(assistant, report);
    if (assistant->options->setup || assistant_is_first_start(assistant, report))
        assistant_start_setup(assistant, assistant_is_fresh(assistant, report));
    else
        assistant_begin_session(assistant);
    event_loop_run(assistant->loop);
    return close_recording(assistant);
}

static int open_transcript(struct assistant *assistant)
{
    const char *path = assistant->options->transcript;
    if (!transcript_open(&assistant->transcript, stdout, path))
        return CLI_OK;
    cli_error(assistant->cli, MSG_FILE_UNWRITABLE, "file", path, "reason",
              errno_words(assistant->cli->messages, errno));
    return CLI_FAILED;
}

static int close_transcript(struct assistant *assistant)
{
    int error = transcript_close(&assistant->transcript);
    if (!error || error == EPIPE)
        return CLI_OK;
    cli_error(assistant->cli, MSG_CLI_OUTPUT_FAILED, "reason",
              errno_words(assistant->cli->messages, error));
    return CLI_FAILED;
}

int assistant_run(const struct cli *cli, const struct assistant_options *options)
{
    struct assistant assistant = {.cli = cli,
                                  .options = options,
                                  .tick = -1,
                                  .check_timer = -1,
                                  .pause_timer = -1,
                                  .turn_timer = -1};
    struct learner_store_report report = {0};
    settings_init(&assistant.settings);
    settings_init(&assistant.kept);
    /* Before any thread: they inherit that signals are for the loop. */
    assistant.loop = event_loop_new(on_signal, &assistant);
    clock_init(&assistant.clock);
    if (options->fast)
        clock_init_simulated(&assistant.clock, clock_seconds(&assistant.clock));
    if (options->today.year)
        clock_fix_today(&assistant.clock, options->today);

    int code = assistant.loop ? assistant_load_voice(&assistant) : cli_cannot_start(cli, errno);
    if (!code) {
        assistant_open_record(&assistant, options->learner, options->guest, &report);
        code = assistant_load_guide(&assistant);
    }
    if (!code)
        code = assistant_check_place(&assistant);
    if (!code)
        code = open_transcript(&assistant);
    if (!code) {
        assistant_load_settings(&assistant);
        code = run_session(&assistant, &report);
        int closed = close_transcript(&assistant);
        code = code ? code : closed;
    }
    learner_store_report_free(&report);
    close_all(&assistant);
    return code;
}
