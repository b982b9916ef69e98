/*
 * assistant_parts: what the parts of the assistant share. app/assistant.c carries out what the
 * session decides, and is the only one to start and end; app/assistant_open.c opens what a session
 * needs; app/assistant_input.c takes what the learner says, types and presses;
 * app/assistant_setup.c checks the sound; app/assistant_learning.c learns a voice;
 * app/assistant_learner.c opens and closes the records of learners; app/assistant_log.c keeps the
 * session log. Thread: main.
 */
#ifndef PASAPAS_APP_ASSISTANT_PARTS_H
#define PASAPAS_APP_ASSISTANT_PARTS_H

#include "app/assistant.h"
#include "app/event_loop.h"
#include "app/keyboard.h"
#include "app/remote_commands.h"
#include "app/sound.h"
#include "app/transcript.h"
#include "base/clock.h"
#include "dialogue/session/session.h"
#include "dialogue/sound_setup.h"
#include "listen/pacing.h"
#include "listen/second_try.h"
#include "model/calibration.h"
#include "model/command.h"
#include "model/pack.h"
#include "speech/speech.h"
#include "store/learner_store.h"
#include "store/session_log.h"

struct enrolment_run;

struct assistant {
    const struct cli *cli;
    const struct assistant_options *options;

    struct pack *pack;
    struct guide *guide;
    struct clock clock;
    struct learner_store *store;
    struct learner_record record; /* as it was read */
    struct settings settings;     /* in force, options of this start included */
    struct settings kept;         /* as they are in the file */
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
    struct keyboard *input;
    struct sound *sound;
    struct speech *speech; /* NULL: nothing is spoken */
    struct session *session;
    bool begun;                /* the session has had EVENT_START */
    struct sound_setup *setup; /* the sound check: events go there instead; NULL if there is none */
    struct enrolment_run
        *learning;             /* of a voice: all that comes goes there; NULL if there is none */
    struct calibration taught; /* how the learner says it; empty while they teach it */
    bool measure;              /* the microphone is to be measured once all is said */
    struct remote_commands *remote; /* NULL: another session has it, or there is no place for it */
    struct event_loop *loop;
    struct second_try retry; /* what was not understood may be said again */
    struct pacing pacing;    /* how the learner speaks */
    int tick;                /* timer that looks for the end of a recording, or -1 */
    int check_timer;         /* timer that looks for the end of the sound check, or -1 */
    int pause_timer;         /* timer of the pause after what was said, or -1 */
    int pause_left;          /* the same in simulated time, ms; 0: none */

    bool recording;     /* the microphone is a recording */
    bool hears;         /* a voice can give commands */
    bool deaf;          /* the recogniser cannot be used */
    bool ears_shut;     /* not listening because Speech Dispatcher speaks */
    int turn_ms;        /* of silence after each sentence, for who cannot be heard before */
    bool turns_told;    /* that it is so */
    int turn_timer;     /* with Speech Dispatcher: the end of it; -1: none */
    bool speech_failed; /* was told */
    bool tapped;        /* tap-to-talk: listening for one utterance */
    bool place_warned;  /* "cannot be kept" was said */
    bool quitting;      /* nothing more is obeyed */
    int exit_code;
};

/* --- Saying, saving, carrying out: app/assistant.c --- */

/* What the learner gave: see transcript_heard(). */
void assistant_hear(struct assistant *assistant, const char *text, bool shown);
/* Says a text instead of what is being said. */
void assistant_say_now(struct assistant *assistant, const char *text);
/* Says a message of the program itself, behind what is being said. Takes the text over. */
void assistant_say_notice(struct assistant *assistant, char *text);
void assistant_earcon(struct assistant *assistant, const char *name);
/* True if somebody can hear what is said; a speaker may wait for its device. */
bool assistant_is_heard(const struct assistant *assistant);
void assistant_save_record(struct assistant *assistant, const struct learner_record *record);
void assistant_apply_settings(struct assistant *assistant, const struct settings *settings);
/* The dialogue that is held now, as far as it has that form. */
struct dialogue assistant_dialogue(const struct assistant *assistant);
void assistant_on_pause(void *context);
/* What is being said is said to its end; then the program ends. */
void assistant_finish(struct assistant *assistant);
void assistant_on_speech_idle(void *context);
void assistant_carry_out_all(struct assistant *assistant, struct effects *effects);
/* Another dialogue is over: tells the one that is held now. */
void assistant_come_back(struct assistant *assistant);
void assistant_send(struct assistant *assistant, struct event event);
/* After whatever was carried out: pauses, ears and input as they should be now. */
void assistant_settle(struct assistant *assistant);
void assistant_send_command(struct assistant *assistant, int command, int argument);
void assistant_on_tick(void *context);
/* One step of simulated time: what was heard is obeyed before time goes on. */
void assistant_step(void *context);
void assistant_on_devices(void *context);
/* Leaves turns to who speaks where they cannot be heard otherwise, and says so once. */
void assistant_take_turns(struct assistant *assistant);

/* --- Opening what a session needs: app/assistant_open.c --- */

int assistant_load_voice(struct assistant *assistant);
int assistant_load_guide(struct assistant *assistant);
/* --path, --section and --step must exist in the guide. */
int assistant_check_place(const struct assistant *assistant);
void assistant_load_settings(struct assistant *assistant);
/* What was chosen in the session, where anything may be kept. An option given at this start is for
 * this session only: unless something else was chosen since, the file stays as it was. */
void assistant_save_settings(struct assistant *assistant);
enum listener_mode assistant_listener_mode(const struct assistant *assistant);
const char *assistant_device(const char *asked, const char *kept);
/* Whether the audio back-end has this flag. */
bool assistant_sound_is(const struct assistant *assistant, enum audio_flags flag);
/* Without sound the session goes on in writing; only a recording that is not there ends it. */
int assistant_open_sound(struct assistant *assistant);
/* Our own speaker, or Speech Dispatcher; if that is not there, the session goes on in writing. */
enum speech_opening assistant_open_speech(struct assistant *assistant);
void assistant_tell_opening(const struct assistant *assistant, enum speech_opening opening);
/* Another way of speaking, from now on. Where it is not there, it stays as it was. */
void assistant_change_speech(struct assistant *assistant, enum settings_speech speech);
void assistant_open_input(struct assistant *assistant);
/* CLI_OK, or an exit status after it was told why not. */
int assistant_open_loop(struct assistant *assistant);

/* --- What the learner says, types and presses: app/assistant_input.c --- */

void assistant_on_input(void *context);
void assistant_on_remote(void *context);
void assistant_on_heard(void *context);

/* --- The sound check: app/assistant_setup.c --- */

void assistant_begin_session(struct assistant *assistant);
void assistant_start_setup(struct assistant *assistant, bool first);
/* What is known of these two devices, or NULL. */
const struct settings_pair *assistant_known_pair(const struct assistant *assistant);
void assistant_begin_pacing(struct assistant *assistant);
/* Listens as it was found to be best with the devices that are open now. */
void assistant_use_pair(struct assistant *assistant);
/* The way of listening is measured. */
void assistant_start_check(struct assistant *assistant);
/* Back to the session, or to its beginning. */
void assistant_end_setup(struct assistant *assistant);

/* --- Learning a voice: app/assistant_learning.c --- */

/* How the learner says it, if they have taught that and keep it. What cannot be read is told of and
 * left out. */
void assistant_tell_listener_who(struct assistant *assistant);
/* From here on all that is said, typed and pressed goes to the enrolment, until it is over. Without
 * a microphone that is said, and nothing changes. */
void assistant_start_learning(struct assistant *assistant);
void assistant_learn_voice(struct assistant *assistant, const struct heard *heard);
void assistant_learn_line(struct assistant *assistant, const char *line, bool shown);
void assistant_learn_key(struct assistant *assistant, const char *key);
void assistant_learn_command(struct assistant *assistant, int command);
/* Whether or not it is over; accepts that there is none. */
void assistant_close_learning(struct assistant *assistant);

/* --- Whose record it is: app/assistant_learner.c --- */

void assistant_free_learners(struct assistant *assistant);
/* Opens the record of a learner (NULL: the one without a name), or of nobody. */
void assistant_open_record(struct assistant *assistant, const char *learner, bool guest,
                           struct learner_store_report *ret_report);
void assistant_close_record(struct assistant *assistant);
/* What happened when the store was opened, said once at the start. */
void assistant_say_report(struct assistant *assistant, const struct learner_store_report *report);
/* Nobody has been here, nor chosen anything. */
bool assistant_is_fresh(const struct assistant *assistant,
                        const struct learner_store_report *report);
/* Somebody new, on a terminal with real sound, who was not sent to a place. Pipes, recordings and
 * scripts are never asked; nor is who uses a switch: somebody has set it up for them. */
bool assistant_is_first_start(const struct assistant *assistant,
                              const struct learner_store_report *report);
/* `busy`: another instance has the record. `continues`: another learner was there before. */
void assistant_open_session(struct assistant *assistant, bool busy, bool continues);
/* What the session asked for by EFFECT_LEARNER, once all its other effects are carried out. */
void assistant_change_learner(struct assistant *assistant);

/* --- The session log: app/assistant_log.c --- */

void assistant_close_log(struct assistant *assistant);
void assistant_log_line(struct assistant *assistant, const char *kind, const char *text);
void assistant_log_progress(struct assistant *assistant);
/* As the settings have it: with consent only, and only where anything may be kept. */
void assistant_open_log(struct assistant *assistant);

#endif
