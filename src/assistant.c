#include "assistant.h"

#include "calibration_file.h"
#include "clock.h"
#include "diag.h"
#include "export.h"
#include "guide.h"
#include "input.h"
#include "keymap.h"
#include "language.h"
#include "loop.h"
#include "mem.h"
#include "microphone.h"
#include "pacing.h"
#include "paths.h"
#include "progress.h"
#include "reason.h"
#include "remote.h"
#include "session.h"
#include "session_log.h"
#include "setup.h"
#include "sound.h"
#include "soundcheck.h"
#include "speech.h"
#include "text.h"
#include "transcript.h"
#include "voice.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/timerfd.h>
#include <unistd.h>

/* How often the end of a recording is looked for; nothing else needs a tick. */
#define RECORDING_TICK_MS 100
/* How often the end of the sound check is looked for. */
#define CHECK_TICK_MS 100

/* The pack for those whose language has none. */
#define USUAL_VOICE "fr"

/* The level of the voice while somebody may be speaking: 12 dB less. */
#define LOWERED_PERCENT 25

struct assistant {
    const struct cli *cli;
    const struct assistant_options *options;

    struct voice *voice;
    struct guide *guide;
    struct clock clock;
    struct progress *progress;
    struct record record; /* as it was read */
    struct settings settings;
    char *settings_file;
    char *learner; /* whose record it is */
    bool guest;
    char **learners; /* the others that are known, by name */
    size_t learner_count;
    struct session_log *log; /* NULL: the learner has not agreed */
    struct {
        bool due; /* the session asked for another learner */
        enum learner_request request;
        char *name;
    } wish;
    struct transcript transcript;
    struct input *input;
    struct sound *sound;
    struct speech *speech; /* NULL: nothing is spoken */
    struct session *session;
    bool begun;            /* the session has had EVENT_START */
    struct setup *setup;   /* the sound check: events go there instead; NULL if there is none */
    bool measure;          /* the microphone is to be measured once all is said */
    struct remote *remote; /* NULL: another session has it, or there is no place for it */
    struct loop *loop;
    struct pacing pacing; /* how the learner speaks */
    int tick;             /* timerfd, or -1 */
    int check_timer;      /* timerfd that looks for the end of the sound check, or -1 */
    int pause_timer;      /* timerfd of the pause after what was said, or -1 */
    int pause_left;       /* the same in simulated time, ms; 0: none */

    bool recording;     /* the microphone is a recording */
    bool hears;         /* a voice can give commands */
    bool deaf;          /* the recogniser cannot be used */
    bool ears_shut;     /* not listening because Speech Dispatcher speaks */
    bool speech_failed; /* was told */
    bool tapped;        /* tap-to-talk: listening for one utterance */
    bool place_warned;  /* "cannot be kept" was said */
    bool quitting;      /* nothing more is obeyed */
    int exit_code;
};

/* --- the session log ---------------------------------------------------------------------------
 */

static struct session_log_time log_time(const struct assistant *assistant)
{
    return (struct session_log_time){clock_seconds(&assistant->clock),
                                     clock_milliseconds(&assistant->clock)};
}

static void say_notice(struct assistant *assistant, char *text);

static void close_log(struct assistant *assistant)
{
    /* How long the last step took, too. */
    if (assistant->log)
        (void)session_log_place(assistant->log, log_time(assistant), NULL);
    session_log_close(assistant->log);
    assistant->log = NULL;
}

/* A log that cannot be written ends; the session goes on. */
static void lose_log(struct assistant *assistant)
{
    int error = errno;
    close_log(assistant);
    say_notice(assistant, messages_format(assistant->voice->messages, MSG_LOG_FAILED, "reason",
                                          reason_text(assistant->voice->messages, error)));
}

/* The place to tell a log of, "section/step", to be freed; NULL if there is none, or a secret is
 * being typed. */
static char *log_place(const struct assistant *assistant)
{
    const struct record_place *place =
        assistant->session ? record_place(session_record(assistant->session), assistant->guide->id)
                           : NULL;
    if (!place || !place->section || !place->step || session_is_private(assistant->session))
        return NULL;
    return xasprintf("%s/%s", place->section, place->step);
}

static void log_line(struct assistant *assistant, const char *kind, const char *text)
{
    if (!assistant->log || (assistant->session && session_is_private(assistant->session)))
        return;
    char *place = log_place(assistant);
    if (session_log_write(assistant->log, log_time(assistant), kind, place, text))
        lose_log(assistant);
    free(place);
}

static void log_progress(struct assistant *assistant)
{
    if (!assistant->log)
        return;
    char *place = log_place(assistant);
    if (session_log_place(assistant->log, log_time(assistant), place))
        lose_log(assistant);
    free(place);
}

/* As the settings have it: with consent only, and only where anything may be kept. */
static void open_log(struct assistant *assistant)
{
    bool wanted = assistant->settings.log && progress_is_writable(assistant->progress);
    if (!wanted)
        close_log(assistant);
    if (!wanted || assistant->log)
        return;
    char *folder = progress_folder(assistant->learner);
    if (session_log_open(folder, log_time(assistant), &assistant->log))
        lose_log(assistant);
    free(folder);
}

/* --- saying and saving ------------------------------------------------------------------------ */

static void say(struct assistant *assistant, const struct utterance *utterance)
{
    transcript_said(&assistant->transcript, utterance->text);
    log_line(assistant, "said", utterance->text);
    speech_say(assistant->speech, utterance);
}

/* What the learner gave: see transcript_heard(). */
static void hear(struct assistant *assistant, const char *text, bool shown)
{
    transcript_heard(&assistant->transcript, text, shown);
    log_line(assistant, "heard", text);
}

/* Says a message of the program itself, behind what is being said. Takes the text over. */
static void say_notice(struct assistant *assistant, char *text)
{
    struct utterance utterance = {.text = text, .rule = UTTERANCE_QUEUE};
    say(assistant, &utterance);
    free(text);
}

static void earcon(struct assistant *assistant, const char *name)
{
    if (!assistant->settings.earcons)
        return;
    char text[32];
    snprintf(text, sizeof text, "%s", name);
    struct utterance utterance = {.text = text, .kind = UTTERANCE_EARCON, .rule = UTTERANCE_QUEUE};
    speech_say(assistant->speech, &utterance);
}

static void send(struct assistant *assistant, struct event event);

/* True if somebody can hear what is said; a speaker may wait for its device. */
static bool is_heard(const struct assistant *assistant)
{
    return assistant->speech &&
           (assistant->settings.speech == SPEECH_SPEECHD || sound_has_output(assistant->sound));
}

static enum listener_mode listener_mode(const struct assistant *assistant);
static void change_speech(struct assistant *assistant, enum settings_speech speech);

static void save_mark(struct assistant *assistant)
{
    struct event event = {.kind = EVENT_SAVED};
    if (!progress_is_writable(assistant->progress)) {
        event.kind = EVENT_UNSAVED;
    } else if (progress_save(assistant->progress, session_record(assistant->session))) {
        event.kind = EVENT_SAVE_FAILED;
        event.text = reason_text(assistant->voice->messages, errno);
    }
    send(assistant, event);
}

static void save_record(struct assistant *assistant, const struct record *record)
{
    if (!progress_save(assistant->progress, record))
        return;
    int error = errno;
    if (!assistant->place_warned && progress_is_writable(assistant->progress))
        say_notice(assistant,
                   messages_format(assistant->voice->messages, MSG_UNSAVED_PLACE, "reason",
                                   reason_text(assistant->voice->messages, error)));
    assistant->place_warned = true;
}

static void apply_settings(struct assistant *assistant, const struct settings *settings)
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
static void change_settings(struct assistant *assistant)
{
    const struct settings *now =
        assistant->setup ? setup_settings(assistant->setup) : session_settings(assistant->session);
    struct listener *listener = sound_listener(assistant->sound);
    assistant->settings.listen = now->listen;
    if (listener && assistant->setup)
        listener_set_mode(listener, listener_mode(assistant));
    if (now->speech != assistant->settings.speech)
        change_speech(assistant, now->speech);
    assistant->settings.rate = now->rate;
    assistant->settings.volume = now->volume;
    assistant->settings.simple = now->simple;
    change_variant(assistant, now->voice_variant);
    assistant->settings.pitch = now->pitch;
    assistant->settings.sentence_pause = now->sentence_pause;
    assistant->settings.punctuation = now->punctuation;
    assistant->settings.single_keys = now->single_keys;
    input_set_keys(assistant->input, now->single_keys);
    assistant->settings.reminders = now->reminders;
    assistant->settings.log = now->log;
    apply_settings(assistant, now);
    if (progress_is_writable(assistant->progress))
        settings_save(assistant->settings_file, &assistant->settings);
    open_log(assistant);
}

static void vocabulary_now(const struct assistant *assistant, enum session_source source,
                           struct vocabulary *vocabulary)
{
    if (assistant->setup)
        setup_vocabulary(assistant->setup, source, vocabulary);
    else
        session_vocabulary(assistant->session, source, vocabulary);
}

static void update_vocabulary(struct assistant *assistant)
{
    struct listener *listener = sound_listener(assistant->sound);
    if (!listener)
        return;
    struct vocabulary vocabulary = {0};
    vocabulary_now(assistant, SESSION_VOICE, &vocabulary);
    listener_set_vocabulary(listener, &vocabulary);
    vocabulary_free(&vocabulary);
}

/* --- what comes by itself: choices for one switch, the sound check -----------------------------
 */

/* How long after what was said something is due; 0: never. */
static int pause_ms(const struct assistant *assistant)
{
    if (assistant->setup)
        return setup_pause_ms(assistant->setup);
    return session_is_scanning(assistant->session) ? assistant->settings.scan_pause * 1000 : 0;
}

/* The pause begins when all was said to its end, and ends with any other event. */
static void update_pause(struct assistant *assistant)
{
    bool busy = speech_is_busy(assistant->speech);
    int ms = busy ? 0 : pause_ms(assistant);
    struct microphone *microphone = sound_microphone(assistant->sound);
    struct itimerspec pause = {
        .it_value = {.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000L},
    };
    if (!busy && assistant->measure && microphone)
        microphone_begin(microphone);
    assistant->measure &= busy;
    assistant->pause_left = ms;
    if (assistant->pause_timer >= 0)
        timerfd_settime(assistant->pause_timer, 0, &pause, NULL);
}

static void end_pause(struct assistant *assistant)
{
    if (!assistant->quitting)
        send(assistant,
             (struct event){.kind = assistant->setup ? EVENT_SETUP_TICK : EVENT_SCAN_TICK});
}

static void on_pause(void *context)
{
    struct assistant *assistant = context;
    uint64_t ticks;
    ssize_t ignored = read(assistant->pause_timer, &ticks, sizeof ticks);
    (void)ignored;
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

/* --- hearing beside Speech Dispatcher --------------------------------------------------------- */

/* Its sound is not ours to cancel: without headphones nothing is listened for while it speaks. */
static void update_ears(struct assistant *assistant)
{
    struct listener *listener = sound_listener(assistant->sound);
    if (!listener || assistant->settings.speech != SPEECH_SPEECHD || !assistant->speech ||
        assistant->settings.listen != LISTEN_FREE ||
        assistant->settings.duplex == DUPLEX_HEADPHONES)
        return;
    bool speaking = speech_is_busy(assistant->speech) && !speech_is_paused(assistant->speech);
    if (speaking != assistant->ears_shut)
        listener_set_mode(listener, speaking ? LISTENER_OFF : LISTENER_FULL);
    assistant->ears_shut = speaking;
}

/* --- the end ------------------------------------------------------------------------------------
 */

static void stop_if_quiet(struct assistant *assistant)
{
    if (!speech_is_busy(assistant->speech) || speech_is_paused(assistant->speech))
        loop_stop(assistant->loop);
}

/* What is being said is said to its end; then the program ends. */
static void finish(struct assistant *assistant)
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

static void on_speech_idle(void *context)
{
    struct assistant *assistant = context;
    speech_clear_idle(assistant->speech);
    tell_if_speech_failed(assistant);
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
    loop_stop(assistant->loop);
}

/* --- the sound check ----------------------------------------------------------------------------
 */

static void begin_session(struct assistant *assistant)
{
    assistant->begun = true;
    send(assistant, (struct event){.kind = EVENT_START});
}

static enum listener_mode listener_mode(const struct assistant *assistant);
static void write_notice(struct assistant *assistant, enum message message);

static void start_setup(struct assistant *assistant, bool first)
{
    char *language = language_of_system();
    struct setup_config config = {
        .voice = assistant->voice,
        .settings = &assistant->settings,
        .first = first,
        .speaks = is_heard(assistant),
        .speaker = sound_has_output(assistant->sound),
        .dispatcher = speech_has_dispatcher(),
        .measures = !strcmp(assistant->options->audio, "portaudio"), /* others have no echo */
        .hears = assistant->hears,
        .single_keys = input_is_terminal(assistant->input) && assistant->settings.single_keys,
        .other_language = language && !language_is(language, assistant->voice->synth_language),
    };
    setup_free(assistant->setup);
    assistant->setup = setup_new(&config);
    free(language);
    send(assistant, (struct event){.kind = EVENT_START});
}

static void set_time(const struct assistant *assistant, struct event *event);
static void carry_out_all(struct assistant *assistant, struct effects *effects);

/* What is known of these two devices, or NULL. */
static const struct settings_pair *known_pair(const struct assistant *assistant)
{
    return settings_find_pair(&assistant->settings, sound_output_name(assistant->sound),
                              sound_input_name(assistant->sound));
}

static void begin_pacing(struct assistant *assistant)
{
    const struct settings *settings = &assistant->settings;
    const int fixed = settings->listen_pause;
    pacing_init(&assistant->pacing, fixed ? fixed : settings->listen_pause_learned);
    if (sound_listener(assistant->sound))
        listener_set_hangover(sound_listener(assistant->sound), assistant->pacing.hangover_ms);
}

/* Listens as it was found to be best with the devices that are open now. */
static void use_pair(struct assistant *assistant)
{
    const struct settings_pair *pair = known_pair(assistant);
    struct listener *listener = sound_listener(assistant->sound);
    if (!listener || !pair)
        return;
    listener_set_room(listener, pair->delay, pair->tail);
    if (!assistant->tapped && !assistant->ears_shut)
        listener_set_mode(listener, listener_mode(assistant));
}

static void keep_check(struct assistant *assistant, const struct soundcheck_result *result)
{
    if (result->duplex == DUPLEX_AUTO)
        return;
    char *output = xstrdup(sound_output_name(assistant->sound));
    char *input = xstrdup(sound_input_name(assistant->sound));
    const struct settings_pair pair = {output, input, result->duplex, result->delay_ms,
                                       result->tail_ms};
    settings_set_pair(&assistant->settings, &pair);
    if (progress_is_writable(assistant->progress))
        settings_save(assistant->settings_file, &assistant->settings);
    free(output);
    free(input);
    use_pair(assistant);
}

static void on_check_timer(void *context)
{
    struct assistant *assistant = context;
    struct soundcheck_result result;
    uint64_t ticks;
    ssize_t ignored = read(assistant->check_timer, &ticks, sizeof ticks);
    (void)ignored;
    if (!sound_check_result(assistant->sound, &result))
        return;
    loop_unwatch(assistant->loop, assistant->check_timer);
    close(assistant->check_timer);
    assistant->check_timer = -1;
    keep_check(assistant, &result);
    char *sentence = soundcheck_sentence(assistant->voice->messages, &result);
    if (assistant->setup)
        send(assistant, (struct event){.kind = EVENT_CHECKED, .text = sentence});
    free(sentence);
}

/* The way of listening is measured. */
static void start_check(struct assistant *assistant)
{
    const struct itimerspec every = {
        .it_interval = {.tv_nsec = CHECK_TICK_MS * 1000000L},
        .it_value = {.tv_nsec = CHECK_TICK_MS * 1000000L},
    };
    if (assistant->check_timer >= 0)
        return;
    if (sound_check_start(assistant->sound)) {
        send(assistant, (struct event){.kind = EVENT_CHECKED});
        return;
    }
    assistant->check_timer = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC);
    timerfd_settime(assistant->check_timer, 0, &every, NULL);
    loop_watch(assistant->loop, assistant->check_timer, on_check_timer, assistant);
}

/* Back to the session, or to its beginning. */
static void end_setup(struct assistant *assistant)
{
    struct effects effects = {0};
    struct event event = {.kind = EVENT_START};
    setup_free(assistant->setup);
    assistant->setup = NULL;
    session_set_settings(assistant->session, &assistant->settings, assistant->speech != NULL);
    if (!assistant->begun) {
        begin_session(assistant);
        return;
    }
    set_time(assistant, &event);
    session_come_back(assistant->session, &event, &effects);
    carry_out_all(assistant, &effects);
}

/* --- effects and events
 * ---------------------------------------------------------------------------- */

static void carry_out(struct assistant *assistant, const struct effect *effect)
{
    switch (effect->kind) {
    case EFFECT_SAY:
        say(assistant, &effect->utterance);
        break;
    case EFFECT_PRINT:
        transcript_said(&assistant->transcript, effect->utterance.text);
        log_line(assistant, "said", effect->utterance.text);
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
        save_record(assistant, session_record(assistant->session));
        break;
    case EFFECT_SAVE_MARK:
        save_mark(assistant);
        break;
    case EFFECT_SETTINGS:
        change_settings(assistant);
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
    case EFFECT_SETUP:
        start_setup(assistant, false);
        break;
    case EFFECT_SETUP_END:
        end_setup(assistant);
        break;
    case EFFECT_CHECK:
        start_check(assistant);
        break;
    case EFFECT_MEASURE:
        assistant->measure = true;
        break;
    case EFFECT_QUIT:
        finish(assistant);
        break;
    }
}

static void carry_out_all(struct assistant *assistant, struct effects *effects)
{
    for (size_t i = 0; i < effects->count; i++)
        carry_out(assistant, &effects->items[i]);
    effects_free(effects);
}

static void change_learner(struct assistant *assistant);

/* Now, in what the session needs to know. */
static void set_time(const struct assistant *assistant, struct event *event)
{
    event->today = clock_today(&assistant->clock);
    event->at = clock_seconds(&assistant->clock);
}

static void handle(struct assistant *assistant, struct event *event, struct effects *effects)
{
    struct microphone *microphone = sound_microphone(assistant->sound);
    struct microphone_measure measure;
    set_time(assistant, event);
    if (!assistant->setup) {
        session_handle(assistant->session, event, effects);
        return;
    }
    if (microphone) {
        microphone_measure(microphone, &measure);
        event->microphone = &measure;
    }
    setup_handle(assistant->setup, event, effects);
}

static void send(struct assistant *assistant, struct event event)
{
    struct effects effects = {0};
    handle(assistant, &event, &effects);
    carry_out_all(assistant, &effects);
    log_progress(assistant);
    if (assistant->wish.due)
        change_learner(assistant);
    input_expect_line(assistant->input,
                      !assistant->setup && session_wants_name(assistant->session));
    update_pause(assistant);
    update_ears(assistant);
    /* Nobody reads any more: the terminal or the other end of the pipe was closed. */
    if (assistant->transcript.error == EPIPE)
        loop_stop(assistant->loop);
}

static void send_command(struct assistant *assistant, int command, int argument)
{
    send(assistant,
         (struct event){.kind = EVENT_COMMAND, .command = command, .argument = argument});
}

/* --- keyboard
 * --------------------------------------------------------------------------------------- */

static void set_listening(struct assistant *assistant, bool on)
{
    struct listener *listener = sound_listener(assistant->sound);
    if (!listener)
        return;
    assistant->tapped = on;
    listener_set_mode(listener, on ? LISTENER_FULL : LISTENER_OFF);
    if (on)
        speech_interrupt(assistant->speech);
    earcon(assistant, on ? "listening" : "done");
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
    session_vocabulary(assistant->session, SESSION_KEYBOARD, &vocabulary);
    const struct phrase *phrase = vocabulary_find(&vocabulary, text);
    if (phrase) {
        send(assistant, (struct event){.kind = EVENT_SETUP_LEAVE});
        send_command(assistant, phrase->command, phrase->argument);
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
    bool words = !assistant->setup && !session_is_private(assistant->session) &&
                 !session_wants_name(assistant->session);
    const struct phrase *near = words ? vocabulary_near(vocabulary, text) : NULL;
    if (near)
        event = (struct event){.kind = EVENT_DOUBTFUL,
                               .command = near->command,
                               .argument = near->argument,
                               .text = near->text};
    send(assistant, event);
}

/* A word that was typed. `shown`: the terminal shows it already. */
static void take_line(struct assistant *assistant, const char *line, bool shown)
{
    /* Without single keys, and in a pipe, a switch gives a line of its own. */
    int by_switch = switch_command(assistant, *line ? line : "enter");
    if (by_switch != COMMAND_NONE) {
        send_command(assistant, by_switch, 0);
        return;
    }
    char *text = readable(line);
    struct vocabulary vocabulary = {0};
    vocabulary_now(assistant, SESSION_KEYBOARD, &vocabulary);
    int command = COMMAND_NONE, argument = 0;
    const struct phrase *phrase = vocabulary_find(&vocabulary, text);
    if (phrase) {
        command = phrase->command;
        argument = phrase->argument;
    } else {
        command = keymap_command(assistant->voice, assistant->settings.keys, text);
    }
    /* While a secret is typed elsewhere it may land here: only commands are written. */
    if (*text && (command != COMMAND_NONE || !session_is_private(assistant->session)))
        hear(assistant, text, shown);
    if (command == COMMAND_NONE && *text && !session_wants_name(assistant->session))
        log_line(assistant, "not-understood", text);
    if (command != COMMAND_NONE)
        send_command(assistant, command, argument);
    else if (line[strspn(line, " \t")])
        take_unknown(assistant, &vocabulary, text);
    vocabulary_free(&vocabulary);
    free(text);
}

static void take_key(struct assistant *assistant, const char *key)
{
    int by_switch = switch_command(assistant, key);
    if (by_switch != COMMAND_NONE) {
        send_command(assistant, by_switch, 0);
        return;
    }
    if (!strcmp(key, " ") && assistant->settings.listen == LISTEN_TAP) {
        set_listening(assistant, !assistant->tapped);
        return;
    }
    if (key[0] >= '1' && key[0] <= '9' && !key[1]) {
        take_line(assistant, key, false);
        return;
    }
    int command = keymap_command(assistant->voice, assistant->settings.keys, key);
    if (command == COMMAND_NONE) {
        log_line(assistant, "not-understood", key);
        send(assistant, (struct event){.kind = EVENT_NOT_UNDERSTOOD, .text = key});
        return;
    }
    const struct voice_command *words = &assistant->voice->commands[command];
    hear(assistant, words->phrase_count ? words->phrases[0] : command_name(command), false);
    send_command(assistant, command, 0);
}

static void end_of_input(struct assistant *assistant)
{
    loop_unwatch(assistant->loop, STDIN_FILENO);
    if (!assistant->hears)
        finish(assistant);
}

static void on_input(void *context)
{
    struct assistant *assistant = context;
    const char *text;
    enum input_kind kind;
    input_read(assistant->input);
    while ((kind = input_next(assistant->input, &text)) != INPUT_NOTHING) {
        if (kind == INPUT_END) {
            end_of_input(assistant);
            return;
        }
        if (assistant->quitting) {
            /* A key while goodbye is said: enough. */
            loop_stop(assistant->loop);
            return;
        }
        if (kind == INPUT_KEY)
            take_key(assistant, text);
        else
            take_line(assistant, text, input_is_terminal(assistant->input));
    }
}

static void on_remote(void *context)
{
    struct assistant *assistant = context;
    char line[REMOTE_LINE_MAX];
    if (!remote_receive(assistant->remote, line) && !assistant->quitting)
        take_line(assistant, line, false);
}

/* --- voice
 * ------------------------------------------------------------------------------------------- */

static void obey_voice(struct assistant *assistant, const struct heard *heard)
{
    struct event event = {.command = heard->command, .argument = heard->argument};
    bool private = session_is_private(assistant->session) && !assistant->setup;
    switch (heard->verdict) {
    case RECOG_ACCEPTED:
        event.kind = EVENT_COMMAND;
        hear(assistant, heard->phrase, false);
        break;
    case RECOG_DOUBTFUL:
        /* The sound check does not ask back. */
        if (assistant->setup)
            hear(assistant, heard->phrase, false);
        else
            log_line(assistant, "doubtful", heard->phrase);
        event.kind = EVENT_DOUBTFUL;
        event.text = heard->phrase;
        break;
    case RECOG_NEAR:
        /* Whoever types a secret may mumble it: no answer to that. */
        if (private)
            return;
        earcon(assistant, "not-understood");
        log_line(assistant, "not-understood", "");
        event.kind = EVENT_NOT_UNDERSTOOD;
        break;
    case RECOG_REJECTED:
        /* What is left of our own voice is no attempt. */
        if (!assistant->setup || !setup_wants_speech(assistant->setup) ||
            (heard->during_speech && listener_mode(assistant) != LISTENER_FULL))
            return;
        event.kind = EVENT_NOT_UNDERSTOOD;
        break;
    }
    send(assistant, event);
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
    if (assistant->settings.listen_pause || heard->during_speech ||
        !pacing_heard(&assistant->pacing, heard->start_s, heard->end_s,
                      heard->verdict == RECOG_ACCEPTED))
        return;
    assistant->settings.listen_pause_learned = assistant->pacing.hangover_ms;
    listener_set_hangover(sound_listener(assistant->sound), assistant->pacing.hangover_ms);
}

static void on_heard(void *context)
{
    struct assistant *assistant = context;
    struct listener *listener = sound_listener(assistant->sound);
    struct heard heard;
    while (listener_next(listener, &heard)) {
        if (heard.kind == HEARD_FAILED) {
            assistant->hears = false;
            assistant->deaf = true;
            say_notice(assistant, messages_format(assistant->voice->messages, MSG_LISTEN_FAILED,
                                                  "reason", heard.error));
        }
        update_level(assistant, &heard);
        if (heard.kind == HEARD_PHRASE)
            update_pacing(assistant, &heard);
        if (heard.kind == HEARD_PHRASE && !assistant->quitting) {
            obey_voice(assistant, &heard);
            /* The sound check answers to whatever was said. */
            if (assistant->tapped && (heard.verdict != RECOG_REJECTED || assistant->setup))
                set_listening(assistant, false);
        }
        heard_free(&heard);
    }
}

/* The end of a recording is the end of the session. */
static void end_if_recording_ended(struct assistant *assistant)
{
    if (assistant->quitting || !assistant->recording || !sound_input_ended(assistant->sound))
        return;
    struct listener *listener = sound_listener(assistant->sound);
    if (listener) {
        listener_finish(listener);
        on_heard(assistant);
    }
    finish(assistant);
}

static void on_tick(void *context)
{
    struct assistant *assistant = context;
    uint64_t ticks;
    ssize_t ignored = read(assistant->tick, &ticks, sizeof ticks);
    (void)ignored;
    end_if_recording_ended(assistant);
}

/* One step of simulated time: what was heard is obeyed before time goes on. */
static void step(void *context)
{
    struct assistant *assistant = context;
    int ms = sound_step(assistant->sound);
    clock_advance(&assistant->clock, ms);
    if (sound_listener(assistant->sound))
        on_heard(assistant);
    step_pause(assistant, ms);
    end_if_recording_ended(assistant);
    if (assistant->quitting)
        stop_if_quiet(assistant);
}

/* --- devices that come and go
 * ------------------------------------------------------------------- */

/* A line that cannot be heard: written only, so that it is not said late. */
static void write_notice(struct assistant *assistant, enum message message)
{
    char *text = messages_format(assistant->voice->messages, message);
    transcript_said(&assistant->transcript, text);
    free(text);
}

/* What happened goes to the channel that is left: in writing always, by voice where it speaks. */
static void tell_devices(struct assistant *assistant, const struct sound_news *news)
{
    const struct messages *messages = assistant->voice->messages;
    if (news->output_lost)
        write_notice(assistant, news->input_lost ? MSG_SOUND_LOST : MSG_OUTPUT_LOST);
    else if (news->input_lost)
        say_notice(assistant, messages_format(messages, MSG_INPUT_LOST));
    if (news->output_back)
        say_notice(assistant, messages_format(messages, MSG_OUTPUT_BACK));
    if (news->input_back)
        say_notice(assistant, messages_format(messages, MSG_INPUT_BACK));
}

static void on_devices(void *context)
{
    struct assistant *assistant = context;
    struct sound_news news;
    sound_watch(assistant->sound, &news);
    if (news.input_back && !assistant->deaf)
        assistant->hears = true;
    if (news.input_back || news.output_back)
        use_pair(assistant);
    tell_devices(assistant, &news);
    if (!news.output_lost)
        return;
    /* Nothing ends that is not heard. */
    update_pause(assistant);
    if (assistant->quitting)
        stop_if_quiet(assistant);
}

/* --- opening
 * ---------------------------------------------------------------------------------------- */

/* The folder of the pack: the one asked for, else that of the system's language, else French. */
static char *find_voice(const struct assistant *assistant)
{
    if (assistant->options->voice)
        return paths_voice(assistant->options->voice);
    char *language = language_of_system();
    char *folder = language ? paths_voice(language) : NULL;
    free(language);
    return folder ? folder : paths_voice(USUAL_VOICE);
}

static int load_voice(struct assistant *assistant)
{
    char *folder = find_voice(assistant);
    if (!folder) {
        cli_error(assistant->cli, MSG_NO_VOICE, "name",
                  assistant->options->voice ? assistant->options->voice : USUAL_VOICE);
        return CLI_USAGE;
    }
    struct diags diags;
    diags_init(&diags, assistant->cli->messages);
    int result = voice_load(folder, &diags, &assistant->voice);
    if (result)
        diags_print(&diags, stderr);
    diags_free(&diags);
    free(folder);
    return result ? CLI_FAILED : CLI_OK;
}

/* The file of the guide: the one asked for, else the last one used, else the first there is. */
static char *find_guide(const struct assistant *assistant)
{
    if (assistant->options->guide)
        return paths_guide(assistant->options->guide);
    const struct record_place *latest = NULL;
    for (size_t i = 0; i < assistant->record.place_count; i++)
        if (!latest || assistant->record.places[i].at > latest->at)
            latest = &assistant->record.places[i];
    char *file = latest ? paths_guide(latest->guide) : NULL;
    if (file)
        return file;
    char **files = NULL;
    size_t count = paths_list_guides(&files);
    for (size_t i = 0; i < count; i++) {
        if (i == 0)
            file = files[0];
        else
            free(files[i]);
    }
    free(files);
    return file;
}

static int load_guide(struct assistant *assistant)
{
    char *file = find_guide(assistant);
    if (!file) {
        cli_error(assistant->cli, MSG_NO_GUIDE, "name",
                  assistant->options->guide ? assistant->options->guide : "");
        return CLI_USAGE;
    }
    struct diags diags;
    diags_init(&diags, assistant->voice->messages);
    int result = guide_load(file, &diags, &assistant->guide);
    if (result)
        diags_print(&diags, stderr);
    diags_free(&diags);
    free(file);
    return result ? CLI_FAILED : CLI_OK;
}

/* --path, --section and --step must exist in the guide. */
static int check_place(const struct assistant *assistant)
{
    const struct assistant_options *options = assistant->options;
    const struct guide *guide = assistant->guide;
    if (options->path && guide_find_path(guide, options->path) < 0)
        return cli_bad_value(assistant->cli, "--path", options->path);
    if (options->step && !options->section)
        return cli_missing(assistant->cli, "--section");
    if (!options->section)
        return CLI_OK;
    bool found_section = false, found_step = !options->step;
    for (size_t i = 0; i < guide->path_count; i++) {
        const struct guide_path *path = &guide->paths[i];
        if (options->path && strcmp(options->path, path->id))
            continue;
        int section = guide_find_section(path, options->section);
        found_section |= section >= 0;
        if (section >= 0 && options->step)
            found_step |= guide_find_step(path->sections[section], options->step) >= 0;
    }
    if (!found_section)
        return cli_bad_value(assistant->cli, "--section", options->section);
    return found_step ? CLI_OK : cli_bad_value(assistant->cli, "--step", options->step);
}

/* An option that was given goes before the setting. */
static void override(int *setting, int option)
{
    if (option >= 0)
        *setting = option;
}

static void load_settings(struct assistant *assistant)
{
    const struct assistant_options *options = assistant->options;
    free(assistant->settings_file);
    assistant->settings_file = settings_path(assistant->learner);
    struct diags diags;
    diags_init(&diags, assistant->voice->messages);
    if (!assistant->guest && settings_load(assistant->settings_file, &diags, &assistant->settings))
        diags_print(&diags, stderr);
    diags_free(&diags);
    if (options->rate)
        assistant->settings.rate = options->rate;
    if (options->simple)
        assistant->settings.simple = true;
    override(&assistant->settings.pitch, options->pitch);
    override(&assistant->settings.volume, options->volume);
    override(&assistant->settings.sentence_pause, options->sentence_pause);
    if (options->listen_pause)
        assistant->settings.listen_pause = options->listen_pause;
    if (options->earcons >= 0)
        assistant->settings.earcons = options->earcons;
    if (options->punctuation >= 0)
        assistant->settings.punctuation = (enum settings_punctuation)options->punctuation;
    if (options->keys >= 0)
        assistant->settings.single_keys = options->keys;
    if (options->scan >= 0)
        assistant->settings.scan = (enum settings_scan)options->scan;
    if (options->scan_pause)
        assistant->settings.scan_pause = options->scan_pause;
    if (options->voice_variant) {
        free(assistant->settings.voice_variant);
        assistant->settings.voice_variant = xstrdup(options->voice_variant);
    }
    if (options->speech >= 0)
        assistant->settings.speech = (enum settings_speech)options->speech;
    if (options->listen >= 0)
        assistant->settings.listen = (enum settings_listen)options->listen;
    if (options->duplex >= 0)
        assistant->settings.duplex = (enum settings_duplex)options->duplex;
}

static enum listener_mode listener_mode(const struct assistant *assistant)
{
    if (assistant->settings.listen != LISTEN_FREE)
        return LISTENER_OFF;
    /* Neither a recording nor silence holds an echo. */
    if (strcmp(assistant->options->audio, "portaudio"))
        return LISTENER_FULL;
    const struct settings_pair *pair = known_pair(assistant);
    const bool chosen = assistant->settings.duplex != DUPLEX_AUTO;
    switch (chosen || !pair ? assistant->settings.duplex : pair->duplex) {
    case DUPLEX_HEADPHONES:
        return LISTENER_FULL;
    case DUPLEX_HALF:
        return LISTENER_HALF;
    default:
        return LISTENER_ECHO;
    }
}

static const char *device(const char *asked, const char *kept)
{
    return asked ? asked : kept;
}

/* Splits "wav:IN,OUT"; both are to be freed with free(), an empty one is NULL. */
static void split_files(const char *audio, char **ret_input, char **ret_output)
{
    const char *input = audio + strlen("wav:");
    const char *comma = strrchr(input, ',');
    size_t length = comma ? (size_t)(comma - input) : strlen(input);
    *ret_input = length ? xstrndup(input, length) : NULL;
    *ret_output = comma && comma[1] ? xstrdup(comma + 1) : NULL;
}

/* One line for what is missing. */
static void tell_missing(const struct assistant *assistant, bool output, bool input)
{
    if (output && input)
        cli_error(assistant->cli, MSG_NO_SOUND);
    else if (output)
        cli_error(assistant->cli, MSG_NO_OUTPUT);
    else if (input)
        cli_error(assistant->cli, MSG_NO_INPUT);
}

/* Without sound the session goes on in writing; only a recording that is not there ends it. */
static int open_sound(struct assistant *assistant)
{
    const struct assistant_options *options = assistant->options;
    const struct settings *settings = &assistant->settings;
    char *input = NULL, *output = NULL, *error = NULL;
    struct sound_config config = {
        .driver = &audio_portaudio,
        .input = device(options->input_device, settings->input_device),
        .output = device(options->output_device, settings->output_device),
        .speak = settings->speech == SPEECH_ESPEAK,
        .listen = settings->listen != LISTEN_NONE,
        .simulated = options->fast,
        .voice = assistant->voice,
        .synth = &synth_espeak,
        .recog = &recog_sphinx,
        .mode = listener_mode(assistant),
        .messages = assistant->voice->messages,
    };
    if (!strncmp(options->audio, "wav:", 4)) {
        split_files(options->audio, &input, &output);
        config.driver = &audio_wav;
        config.input = input;
        config.output = output;
        config.listen = config.listen && input;
        assistant->recording = input != NULL;
    } else if (!strcmp(options->audio, "null")) {
        config.driver = &audio_null;
    }
    config.watched = config.driver == &audio_portaudio;
    int result = CLI_OK;
    bool wanted = config.speak || config.listen || assistant->recording;
    if (wanted && sound_open(&config, &assistant->sound, &error)) {
        fprintf(stderr, "%s\n", error);
        result = CLI_FAILED;
    }
    use_pair(assistant);
    begin_pacing(assistant);
    /* Silence never gives a command. */
    assistant->hears = sound_has_input(assistant->sound) && config.driver != &audio_null;
    if (wanted && config.driver == &audio_portaudio)
        tell_missing(assistant, config.speak && !sound_has_output(assistant->sound),
                     config.listen && !sound_has_input(assistant->sound));
    free(error);
    free(input);
    free(output);
    return result;
}

/* Words typed into nothing: with /dev/null nobody is there to end a session by voice either. */
static bool is_dev_null(int fd)
{
    struct stat info;
    return !fstat(fd, &info) && S_ISCHR(info.st_mode) && info.st_rdev == makedev(1, 3);
}

/* How the learner says it, if they have taught that and keep it. What cannot be read is told of and
 * left out. */
static void tell_listener_who(struct assistant *assistant)
{
    struct listener *listener = sound_listener(assistant->sound);
    struct calibration taught = {0}, kept;
    struct diags diags;
    if (!listener)
        return;
    char *path = calibration_path(assistant->learner);
    diags_init(&diags, assistant->voice->messages);
    if (!assistant->guest && calibration_load(path, &diags, &taught)) {
        diags_print(&diags, stderr);
        cli_error(assistant->cli, MSG_CALIBRATE_DAMAGED);
    }
    calibration_copy(&kept, &taught, true, -1);
    listener_set_calibration(listener, &kept);
    calibration_free(&taught);
    calibration_free(&kept);
    diags_free(&diags);
    free(path);
}

/* Our own speaker, or Speech Dispatcher; if that is not there, the session goes on in writing. */
static enum speech_opening open_speech(struct assistant *assistant)
{
    const struct voice *voice = assistant->voice;
    switch (assistant->settings.speech) {
    case SPEECH_ESPEAK:
        assistant->speech = speech_through_speaker(sound_speaker(assistant->sound), voice->rate);
        break;
    case SPEECH_SPEECHD:
        return speech_open_dispatcher(voice->synth_language, voice->reading, &assistant->speech);
    case SPEECH_NONE:
        break;
    }
    return SPEECH_OPENED;
}

static void tell_opening(const struct assistant *assistant, enum speech_opening opening)
{
    if (opening == SPEECH_NO_SERVER)
        cli_error(assistant->cli, MSG_NO_SPEECH_DISPATCHER);
    else if (opening == SPEECH_NOT_BUILT)
        cli_error(assistant->cli, MSG_SPEECH_DISPATCHER_NOT_BUILT);
}

static void watch_speech(struct assistant *assistant)
{
    if (assistant->speech && !assistant->options->fast)
        loop_watch(assistant->loop, speech_idle_fd(assistant->speech), on_speech_idle, assistant);
}

static void set_speech(struct assistant *assistant, enum settings_speech speech,
                       enum speech_opening *ret_opening)
{
    speech_interrupt(assistant->speech);
    if (assistant->speech && !assistant->options->fast)
        loop_unwatch(assistant->loop, speech_idle_fd(assistant->speech));
    speech_close(assistant->speech);
    assistant->speech = NULL;
    assistant->settings.speech = speech;
    *ret_opening = open_speech(assistant);
    watch_speech(assistant);
}

/* Another way of speaking, from now on. Where it is not there, it stays as it was. */
static void change_speech(struct assistant *assistant, enum settings_speech speech)
{
    enum settings_speech before = assistant->settings.speech;
    enum speech_opening opening;
    set_speech(assistant, speech, &opening);
    if (opening == SPEECH_OPENED)
        return;
    enum message why =
        opening == SPEECH_NO_SERVER ? MSG_NO_SPEECH_DISPATCHER : MSG_SPEECH_DISPATCHER_NOT_BUILT;
    set_speech(assistant, before, &opening);
    send(assistant, (struct event){.kind = EVENT_SPEECH_REFUSED});
    say_notice(assistant, messages_format(assistant->voice->messages, why));
}

static void open_input(struct assistant *assistant)
{
    assistant->input = input_open(STDIN_FILENO, assistant->settings.single_keys);
    input_set_enter_key(assistant->input, assistant->settings.scan != SCAN_OFF);
    if (is_dev_null(STDIN_FILENO) && !assistant->recording)
        assistant->hears = false;
}

static void open_pauses(struct assistant *assistant)
{
    assistant->pause_timer = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC);
    loop_watch(assistant->loop, assistant->pause_timer, on_pause, assistant);
}

static void open_loop(struct assistant *assistant)
{
    struct listener *listener = sound_listener(assistant->sound);
    loop_watch(assistant->loop, input_fd(assistant->input), on_input, assistant);
    if (!remote_open(&assistant->remote))
        loop_watch(assistant->loop, remote_fd(assistant->remote), on_remote, assistant);
    if (assistant->options->fast) {
        loop_set_step(assistant->loop, step, assistant);
        return;
    }
    watch_speech(assistant);
    if (listener)
        loop_watch(assistant->loop, listener_fd(listener), on_heard, assistant);
    if (sound_watch_fd(assistant->sound) >= 0)
        loop_watch(assistant->loop, sound_watch_fd(assistant->sound), on_devices, assistant);
    open_pauses(assistant);
    if (!assistant->recording)
        return;
    struct itimerspec every = {
        .it_interval = {.tv_nsec = RECORDING_TICK_MS * 1000000L},
        .it_value = {.tv_nsec = RECORDING_TICK_MS * 1000000L},
    };
    assistant->tick = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC);
    timerfd_settime(assistant->tick, 0, &every, NULL);
    loop_watch(assistant->loop, assistant->tick, on_tick, assistant);
}

/* --- the store
 * ---------------------------------------------------------------------------------------- */

/* Somebody is there to be asked: not a pipe, a recording or silence. */
static bool can_answer(const struct assistant *assistant)
{
    return input_is_terminal(assistant->input) || (assistant->hears && !assistant->recording);
}

static void free_learners(struct assistant *assistant)
{
    for (size_t i = 0; i < assistant->learner_count; i++)
        free(assistant->learners[i]);
    free(assistant->learners);
    assistant->learners = NULL;
    assistant->learner_count = 0;
}

/* Those with a name; the one without is always there. */
static void list_learners(struct assistant *assistant)
{
    free_learners(assistant);
    char **names = NULL;
    size_t count = progress_list(&names), kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (strcmp(names[i], PROGRESS_DEFAULT))
            names[kept++] = names[i];
        else
            free(names[i]);
    }
    assistant->learners = names;
    assistant->learner_count = kept;
}

/* Opens the record of a learner (NULL: the one without a name), or of nobody. */
static void open_record(struct assistant *assistant, const char *learner, bool guest,
                        struct progress_report *ret_report)
{
    assistant->learner = xstrdup(learner ? learner : PROGRESS_DEFAULT);
    assistant->guest = guest;
    progress_open(assistant->learner, guest, assistant->voice->messages, &assistant->progress,
                  &assistant->record, ret_report);
}

static void close_record(struct assistant *assistant)
{
    close_log(assistant);
    setup_free(assistant->setup);
    assistant->setup = NULL;
    session_free(assistant->session);
    assistant->session = NULL;
    assistant->begun = false;
    progress_close(assistant->progress);
    assistant->progress = NULL;
    record_free(&assistant->record);
    settings_free(&assistant->settings);
    settings_init(&assistant->settings);
    free(assistant->learner);
    assistant->learner = NULL;
}

/* What happened when the store was opened, said once at the start. */
static void say_report(struct assistant *assistant, const struct progress_report *report)
{
    const struct messages *messages = assistant->voice->messages;
    switch (report->state) {
    case PROGRESS_DAMAGED:
        say_notice(assistant,
                   messages_format(messages,
                                   report->restored ? MSG_STORE_RESTORED : MSG_STORE_DAMAGED,
                                   "file", report->aside ? report->aside : ""));
        break;
    case PROGRESS_NEWER:
        say_notice(assistant, messages_format(messages, MSG_STORE_NEWER));
        break;
    case PROGRESS_BUSY:
        /* Whoever can answer is asked instead: QUESTION_UNSAVED. */
        if (!can_answer(assistant))
            say_notice(assistant, messages_format(messages, MSG_STORE_BUSY));
        break;
    case PROGRESS_UNWRITABLE:
        say_notice(assistant,
                   messages_format(messages, MSG_STORE_UNWRITABLE, "reason",
                                   reason_text(assistant->voice->messages, report->error)));
        break;
    case PROGRESS_FRESH:
    case PROGRESS_LOADED:
        break;
    }
}

/* Nobody has been here, nor chosen anything. */
static bool is_fresh(const struct assistant *assistant, const struct progress_report *report)
{
    return report->state == PROGRESS_FRESH && !assistant->guest &&
           access(assistant->settings_file, F_OK);
}

/* Somebody new, on a terminal with real sound, who was not sent to a place. Pipes, recordings and
 * scripts are never asked; nor is who uses a switch: somebody has set it up for them. */
static bool is_first_start(const struct assistant *assistant, const struct progress_report *report)
{
    const struct assistant_options *options = assistant->options;
    const struct settings *settings = &assistant->settings;
    bool sound = settings->speech != SPEECH_NONE || settings->listen != LISTEN_NONE;
    return is_fresh(assistant, report) && sound && input_is_terminal(assistant->input) &&
           !options->section && settings->scan == SCAN_OFF && !strcmp(options->audio, "portaudio");
}

/* `busy`: another instance has the record. `continues`: another learner was there before. */
static void open_session(struct assistant *assistant, bool busy, bool continues)
{
    const struct assistant_options *options = assistant->options;
    bool nameless = !strcmp(assistant->learner, PROGRESS_DEFAULT);
    bool named = options->learner || options->guest || options->section;
    list_learners(assistant);
    struct session_config config = {
        .guide = assistant->guide,
        .voice = assistant->voice,
        .record = &assistant->record,
        .settings = &assistant->settings,
        .announce_day = !continues && options->today.year != 0,
        .speaks = assistant->speech != NULL,
        .saves = progress_is_writable(assistant->progress),
        .name = nameless || assistant->guest ? NULL : assistant->record.name,
        .guest = assistant->guest,
        .learners = (const char *const *)assistant->learners,
        .learner_count = assistant->learner_count,
        .choose_learner =
            !continues && !named && assistant->learner_count > 0 && can_answer(assistant),
        .offer_unsaved = busy && can_answer(assistant),
        .continues = continues,
    };
    /* Where to begin was said for the first learner only. */
    if (!continues) {
        config.path = options->path;
        config.section = options->section;
        config.step = options->step;
        config.restart = options->restart;
    }
    assistant->session = session_new(&config);
}

/* --- another learner
 * ---------------------------------------------------------------------------------- */

/* Another learner may be in another guide; without it, it is the one that is open. */
static void change_guide(struct assistant *assistant)
{
    struct guide *before = assistant->guide;
    if (load_guide(assistant))
        assistant->guide = before;
    else
        guide_free(before);
}

/* Closes the present session and opens one for a learner. */
static void open_learner(struct assistant *assistant, const char *learner, bool guest)
{
    struct progress_report report = {0};
    struct listener *listener = sound_listener(assistant->sound);
    close_record(assistant);
    open_record(assistant, learner, guest, &report);
    load_settings(assistant);
    change_guide(assistant);
    apply_settings(assistant, &assistant->settings);
    if (listener)
        listener_set_mode(listener, listener_mode(assistant));
    tell_listener_who(assistant);
    use_pair(assistant);
    begin_pacing(assistant);
    input_set_keys(assistant->input, assistant->settings.single_keys);
    input_set_enter_key(assistant->input, assistant->settings.scan != SCAN_OFF);
    assistant->tapped = assistant->ears_shut = false;
    assistant->place_warned = false;
    say_report(assistant, &report);
    /* A new learner is known from now on, whatever they do next. */
    if (learner && report.state == PROGRESS_FRESH)
        save_record(assistant, &assistant->record);
    open_session(assistant, report.state == PROGRESS_BUSY, true);
    open_log(assistant);
    if (is_first_start(assistant, &report))
        start_setup(assistant, true);
    else
        begin_session(assistant);
    progress_report_free(&report);
}

static void say_failure(struct assistant *assistant, const char *name, int error)
{
    const struct messages *messages = assistant->voice->messages;
    say_notice(assistant, error == EEXIST
                              ? messages_format(messages, MSG_LEARNER_TAKEN, "name", name)
                              : messages_format(messages, MSG_LEARNER_FAILED, "reason",
                                                reason_text(messages, error)));
}

static void rename_learner(struct assistant *assistant, const char *old, const char *name)
{
    progress_close(assistant->progress);
    assistant->progress = NULL;
    int error = progress_rename(old, name) ? errno : 0;
    if (error) {
        say_failure(assistant, name, error);
        open_learner(assistant, old, false);
        return;
    }
    /* Settings that stay behind are only defaults again. */
    (void)settings_rename(old, name);
    char *called = session_learner_name(assistant->session);
    say_notice(assistant, messages_format(assistant->voice->messages, MSG_LEARNER_RENAMED, "name",
                                          called, "new", name));
    free(called);
    open_learner(assistant, name, false);
}

static void reset_learner(struct assistant *assistant, const char *learner)
{
    char *aside = NULL, *called = session_learner_name(assistant->session);
    progress_close(assistant->progress);
    assistant->progress = NULL;
    if (progress_reset(learner, &aside) || calibration_forget_learner(learner))
        say_failure(assistant, learner, errno);
    else
        say_notice(assistant, messages_format(assistant->voice->messages, MSG_LEARNER_IS_RESET,
                                              "name", called, "file", aside ? aside : ""));
    free(called);
    free(aside);
    open_learner(assistant, learner, false);
}

static void delete_learner(struct assistant *assistant, const char *learner)
{
    char *called = session_learner_name(assistant->session);
    close_log(assistant);
    progress_close(assistant->progress);
    assistant->progress = NULL;
    int error = progress_delete(learner) ? errno : 0;
    if (!error && settings_delete(learner))
        error = errno;
    if (error)
        say_failure(assistant, learner, error);
    else
        say_notice(assistant, messages_format(assistant->voice->messages, MSG_LEARNER_DELETED,
                                              "name", called));
    free(called);
    open_learner(assistant, error ? learner : NULL, false);
}

static void export_learner(struct assistant *assistant)
{
    const struct messages *messages = assistant->voice->messages;
    bool nameless = !strcmp(assistant->learner, PROGRESS_DEFAULT);
    char *path = NULL, *text;
    if (export_record(session_record(assistant->session), nameless ? NULL : assistant->record.name,
                      clock_seconds(&assistant->clock), &path))
        text =
            messages_format(messages, MSG_LEARNER_FAILED, "reason", reason_text(messages, errno));
    else
        text = messages_format(messages, MSG_LEARNER_EXPORTED, "file", path);
    send(assistant, (struct event){.kind = EVENT_TOLD, .text = text});
    free(text);
    free(path);
}

/* What the session asked for by EFFECT_LEARNER, once all its other effects are carried out. */
static void change_learner(struct assistant *assistant)
{
    char *name = assistant->wish.name, *learner = xstrdup(assistant->learner);
    assistant->wish.name = NULL;
    assistant->wish.due = false;
    switch (assistant->wish.request) {
    case LEARNER_OPEN:
        open_learner(assistant, name, false);
        break;
    case LEARNER_GUEST:
        open_learner(assistant, NULL, true);
        break;
    case LEARNER_RENAME:
        rename_learner(assistant, learner, name);
        break;
    case LEARNER_EXPORT:
        export_learner(assistant);
        break;
    case LEARNER_RESET:
        reset_learner(assistant, learner);
        break;
    case LEARNER_DELETE:
        delete_learner(assistant, learner);
        break;
    }
    free(name);
    free(learner);
}

static void close_all(struct assistant *assistant)
{
    /* The terminal first: whatever fails later, it is as it was. */
    input_close(assistant->input);
    speech_close(assistant->speech);
    sound_close(assistant->sound);
    remote_close(assistant->remote);
    if (assistant->tick >= 0)
        close(assistant->tick);
    if (assistant->check_timer >= 0)
        close(assistant->check_timer);
    if (assistant->pause_timer >= 0)
        close(assistant->pause_timer);
    loop_free(assistant->loop);
    close_record(assistant);
    settings_free(&assistant->settings);
    free(assistant->settings_file);
    free_learners(assistant);
    free(assistant->wish.name);
    guide_free(assistant->guide);
    voice_free(assistant->voice);
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

static int run_session(struct assistant *assistant, const struct progress_report *report)
{
    int code = open_sound(assistant);
    if (code)
        return code;
    tell_listener_who(assistant);
    tell_opening(assistant, open_speech(assistant));
    open_input(assistant);
    open_session(assistant, report->state == PROGRESS_BUSY, false);
    open_loop(assistant);
    apply_settings(assistant, &assistant->settings);
    open_log(assistant);
    say_report(assistant, report);
    if (assistant->options->setup || is_first_start(assistant, report))
        start_setup(assistant, is_fresh(assistant, report));
    else
        begin_session(assistant);
    loop_run(assistant->loop);
    return close_recording(assistant);
}

static int open_transcript(struct assistant *assistant)
{
    const char *path = assistant->options->transcript;
    if (!transcript_open(&assistant->transcript, stdout, path))
        return CLI_OK;
    cli_error(assistant->cli, MSG_FILE_UNWRITABLE, "file", path, "reason",
              reason_text(assistant->cli->messages, errno));
    return CLI_FAILED;
}

static int close_transcript(struct assistant *assistant)
{
    int error = transcript_close(&assistant->transcript);
    if (!error || error == EPIPE)
        return CLI_OK;
    cli_error(assistant->cli, MSG_CLI_OUTPUT_FAILED, "reason",
              reason_text(assistant->cli->messages, error));
    return CLI_FAILED;
}

int assistant_run(const struct cli *cli, const struct assistant_options *options)
{
    struct assistant assistant = {
        .cli = cli, .options = options, .tick = -1, .check_timer = -1, .pause_timer = -1};
    struct progress_report report = {0};
    settings_init(&assistant.settings);
    /* Before any thread: they inherit that signals are for the loop. */
    assistant.loop = loop_new(on_signal, &assistant);
    clock_init(&assistant.clock);
    if (options->fast)
        clock_init_simulated(&assistant.clock, clock_seconds(&assistant.clock));
    if (options->today.year)
        clock_fix_today(&assistant.clock, options->today);

    int code = load_voice(&assistant);
    if (!code) {
        open_record(&assistant, options->learner, options->guest, &report);
        code = load_guide(&assistant);
    }
    if (!code)
        code = check_place(&assistant);
    if (!code)
        code = open_transcript(&assistant);
    if (!code) {
        load_settings(&assistant);
        code = run_session(&assistant, &report);
        int closed = close_transcript(&assistant);
        code = code ? code : closed;
    }
    progress_report_free(&report);
    close_all(&assistant);
    return code;
}
