/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * assistant_parts: what the assistant is made of: its owners, each a module that knows nothing of
 * the assistant. app/assistant.c says how they work together, app/assistant_run.c opens and closes
 * them, app/assistant_learner.c goes from one learner to the next, app/assistant_seen.c shows it.
 * For these only. Thread: main.
 */
#ifndef PASAPAS_APP_ASSISTANT_PARTS_H
#define PASAPAS_APP_ASSISTANT_PARTS_H

#include "app/assistant_options.h"
#include "app/cli.h"
#include "app/dialogue_stack.h"
#include "app/ears.h"
#include "app/echo_check.h"
#include "app/enrolment_run.h"
#include "app/event_loop.h"
#include "app/guide_list.h"
#include "app/journal.h"
#include "app/keyboard.h"
#include "app/learner_account.h"
#include "app/live_state.h"
#include "app/media_keys.h"
#include "app/page_companion.h"
#include "app/pause.h"
#include "app/preferences.h"
#include "app/remote_commands.h"
#include "app/sound.h"
#include "app/view.h"
#include "app/voice_out.h"
#include "base/clock.h"
#include "dialogue/session/session.h"
#include "dialogue/sound_setup.h"
#include "model/command.h"

struct assistant {
    const struct cli *cli;
    const struct assistant_options *options;
    struct clock clock;
    struct event_loop *loop;
    struct pack *pack;

    /* Who is there, and what is written of it. */
    struct learner_account account;
    struct preferences preferences;
    struct journal journal;
    struct live_state live; /* the same, for who looks on */
    struct view *view;      /* who do it in a browser; NULL: nobody */
    int view_timer;         /* looks which word is being said; -1: none */
    bool view_ticks;
    struct media_keys *media_keys; /* NULL: the desktop has none, or they are not wanted */
    struct {                       /* the last word that was looked for, and where it was found */
        struct speech_point point;
        struct spoken_part sentence, word;
    } spoken;

    /* How the two come together. */
    struct keyboard *keyboard;
    bool screen_is_terminal;        /* what is typed there need not be written once more */
    struct remote_commands *remote; /* NULL: another session has it, or there is no place for it */
    struct sound *sound;            /* NULL: neither loudspeaker nor microphone is wanted */
    struct voice_out voice;
    struct ears ears;

    struct page_companion *companion; /* looks at the browser's page */

    /* What is talked about. */
    struct dialogue_stack dialogues;
    struct guide_list guides;
    const struct guide *guide;       /* one of them */
    struct session *session;         /* on the stack, as the next two are; NULL: teaching only */
    struct sound_setup *setup;       /* NULL: the sound is not being checked */
    struct enrolment_run *enrolment; /* NULL: nobody is teaching how they speak */
    struct calibration taught;       /* how the learner speaks; empty while they teach it */
    char **learners;                 /* the others that are known, by name */
    size_t learner_count;

    /* What comes by itself. */
    struct pause pause; /* after what was said */
    struct echo_check echo_check;
    bool recording;      /* the microphone is a recording */
    int recording_timer; /* looks for its end; -1: none */

    struct {
        bool due; /* the session asked for another learner */
        enum learner_request request;
        char *name;
    } wish;
    char *other_guide;    /* the session asked for the guide of this id, or NULL */
    bool place_warned;    /* "cannot be kept" was said */
    bool settings_warned; /* the same of the settings */
    bool quitting;        /* nothing more is obeyed */
    bool failed;          /* the program ends with CLI_FAILED */
};

/* --- app/assistant.c: what is done ------------------------------------------------------------ */

/* Tells the dialogue on top an event, and does what it wants. */
void assistant_send(struct assistant *assistant, struct event event);
/* Tells it that it is on top: it begins, or goes on. */
void assistant_go_on(struct assistant *assistant);
/* The sound check, or teaching how one speaks, on top of what is held. */
void assistant_begin_setup(struct assistant *assistant, bool first);
/* 0, or -1 with a message to be freed with free(). `file`: where to keep it, or NULL. */
int assistant_begin_enrolment(struct assistant *assistant, const char *file, char **ret_error);
/* What is being said is said to its end; then the program ends. */
void assistant_finish(struct assistant *assistant);
void assistant_stop_if_quiet(struct assistant *assistant);

/* Says a message of the program itself, after what is being said. Takes the text over. */
void assistant_say_notice(struct assistant *assistant, char *text);
/* The same for an error of the system's (an errno), as "reason". */
void assistant_say_reason(struct assistant *assistant, enum message message, int error);
void assistant_earcon(struct assistant *assistant, const char *name);
/* Something was said to its end, or may have been. */
void assistant_follow_speech(struct assistant *assistant);

/* The keyboard as the learner likes it, and as the dialogue on top needs it. */
void assistant_set_keyboard(struct assistant *assistant);

/* True if what the learner does is kept. */
bool assistant_saves(const struct assistant *assistant);
/* `promised`: what changed was told as done, so that a failure is told each time, not only once. */
void assistant_save_preferences(struct assistant *assistant, bool promised);
void assistant_save_record(struct assistant *assistant, const struct learner_record *record);
/* With consent, and only where anything may be kept. */
void assistant_open_log(struct assistant *assistant);

/* --- app/assistant_input.c: what happens; `context` is the assistant -------------------------- */

void assistant_on_keyboard(void *context);
/* Something is about to be written on the screen. */
void assistant_before_writing(void *context);
void assistant_on_remote(void *context);
/* A command came as if its first phrase had been typed. */
void assistant_take_command(struct assistant *assistant, enum command command);
void assistant_on_heard(void *context);
void assistant_on_speech(void *context);
bool assistant_is_hearing(void *context);
void assistant_on_pause(void *context);
void assistant_on_echo_checked(void *context, const struct echo_probe_result *result);
void assistant_on_devices(void *context);
void assistant_on_page(void *context, const struct page_seen *seen);
void assistant_on_recording_timer(void *context);
void assistant_on_signal(void *context, int signal);
/* One step of simulated time: what was heard is obeyed before time goes on. */
void assistant_step(void *context);

/* --- app/assistant_seen.c: what others see of it ---------------------------------------------- */

/* The state as JSON (app/live_state.h), to be freed with free(). */
char *assistant_state(struct assistant *assistant);
/* The page, if it is wished, and the media keys. Without them the session goes on. */
void assistant_open_onlookers(struct assistant *assistant);
void assistant_close_onlookers(struct assistant *assistant);

/* --- app/assistant_learner.c: who is there ---------------------------------------------------- */

/* The first session of this start. `report`: what happened when the record was opened. */
void assistant_begin_session(struct assistant *assistant,
                             const struct learner_store_report *report);
/* What the session asked for by EFFECT_LEARNER, once all its other effects are carried out. */
void assistant_change_learner(struct assistant *assistant);
/* What it asked for by EFFECT_GUIDE, likewise. */
void assistant_change_guide(struct assistant *assistant);
/* The guide of the learner who is there: the one asked for on the command line, else the last one
 * used, else the usual one. */
void assistant_find_guide(struct assistant *assistant);
/* The session ends, and all that is the learner's is closed. */
void assistant_close_learner(struct assistant *assistant);
/* How they speak, if they have taught that and keep it: from this file, or NULL. What cannot be
 * read is told of and left out. */
void assistant_load_voice(struct assistant *assistant, const char *path);

#endif
