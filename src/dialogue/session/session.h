/*
 * session: the dialogue. A pure state machine: an event comes in, effects come out.
 *
 * It knows no clock, file, thread or sound. The day and the time come with each event; what is to
 * be said, saved or listened for is handed back as effects, to be carried out in order. A mark is
 * confirmed only after the caller has saved the record and said so with EVENT_SAVED.
 *
 * A question is never a wall: a command that makes sense is carried out instead of an answer. Only
 * the questions that protect against loss insist: before an unfinished monthly list is left, before
 * a learner is created, renamed, exported, reset or deleted, and before going on without saving.
 *
 * Thread: one at a time.
 */
#ifndef PASAPAS_DIALOGUE_SESSION_SESSION_H
#define PASAPAS_DIALOGUE_SESSION_SESSION_H

#include "base/date.h"
#include "model/command.h"
#include "model/guide.h"
#include "model/learner_record.h"
#include "model/settings.h"
#include "reading/utterance.h"

#include "model/pack.h"
#include "model/vocabulary.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct microphone_measure;
struct session;

struct session_config {
    const struct guide *guide;           /* outlives the session */
    const struct pack *pack;             /* outlives the session */
    const struct learner_record *record; /* copied: where the learner was */
    const struct settings *settings;     /* copied */
    const char *path; /* --path, --section, --step: ids, or NULL; checked by the caller */
    const char *section;
    const char *step;
    bool restart;      /* --restart: begin again, do not offer to resume; marks are kept */
    bool announce_day; /* --today: say the day aloud */
    bool speaks;       /* false: printed only, so there is nothing to pause */
    bool saves;        /* false: the record cannot be saved; marks are then only for this session */

    const char *name; /* of the learner, or NULL: one without a name; copied */
    bool guest;       /* nothing is kept; `saves` is false */
    /* The learners that are known, by name, without the one without a name; outlives the session.
     */
    const char *const *learners;
    size_t learner_count;
    bool choose_learner; /* ask at the start who is there */
    bool offer_unsaved;  /* another instance has the record: ask whether to go on */
    bool continues;      /* another learner's session was open just before: no welcome */
};

enum event_kind {
    EVENT_START,
    EVENT_COMMAND,        /* command, argument */
    EVENT_DOUBTFUL,       /* a voice said it, not clearly: asked back. command, argument, text */
    EVENT_NOT_UNDERSTOOD, /* text: what was typed, or NULL for a voice */
    EVENT_SCAN_TICK,      /* one switch: the pause after a choice is over */
    EVENT_TOLD,           /* text: what EFFECT_LEARNER has given */
    EVENT_SAVED,          /* answers EFFECT_SAVE_MARK */
    EVENT_UNSAVED,        /* answers EFFECT_SAVE_MARK where nothing is kept: it is not on disk */
    EVENT_SAVE_FAILED,    /* answers EFFECT_SAVE_MARK; text: the reason */
    /* Of the sound check (dialogue/sound_setup.h) only: */
    EVENT_SETUP_TICK,    /* the pause of sound_setup_pause_ms() is over */
    EVENT_SETUP_LEAVE,   /* somebody wants to be elsewhere: it ends */
    EVENT_CHECKED,       /* answers EFFECT_CHECK; text: what was found, or NULL: it cannot be */
    EVENT_SPEECH_REFUSED /* the way of speaking that was chosen is not there */
};

struct event {
    enum event_kind kind;
    int command;      /* enum command */
    int argument;     /* choose, explain: see session_vocabulary(); else 0 */
    const char *text; /* for the call only */
    const struct microphone_measure
        *microphone; /* dialogue/sound_setup.h; for the call only, or NULL */
    struct date today;
    int64_t at; /* seconds since 1970-01-01 UTC */
};

enum effect_kind {
    EFFECT_SAY,         /* utterance: print it and speak it */
    EFFECT_PRINT,       /* utterance: print it, stay silent */
    EFFECT_SILENCE,     /* stop speaking, forget what was to be said */
    EFFECT_PAUSE,       /* stop speaking, keep the place */
    EFFECT_RESUME,      /* go on with the sentence that was paused */
    EFFECT_SAVE_PLACE,  /* save session_record(); a failure is only logged and told once */
    EFFECT_SAVE_MARK,   /* save session_record(), then send EVENT_SAVED or EVENT_SAVE_FAILED */
    EFFECT_SETTINGS,    /* session_settings() changed: apply and save */
    EFFECT_LEARNER,     /* request, name: carried out behind all others */
    EFFECT_VOCABULARY,  /* session_vocabulary() changed */
    EFFECT_SETUP,       /* the sound check is asked for (dialogue/sound_setup.h) */
    EFFECT_LEARN_VOICE, /* learning the voice is asked for (app/enrolment_run.h) */
    EFFECT_SETUP_END,   /* of the sound check: it is over */
    EFFECT_MEASURE,     /* of the sound check: measure the microphone once all is said */
    EFFECT_CHECK, /* of the sound check: play and listen (dsp/echo_probe.h), then EVENT_CHECKED */
    EFFECT_QUIT   /* speech goes on to its end, then the program ends */
};

/* All but the export end the session: another one is to be made, for the learner that is then
 * there. */
enum learner_request {
    LEARNER_OPEN,   /* name (NULL: the one without a name), known or new */
    LEARNER_GUEST,  /* nobody: nothing is kept */
    LEARNER_RENAME, /* the present learner is called `name` from now on */
    LEARNER_EXPORT, /* a copy of what is kept, in a file of its own: answered by EVENT_TOLD */
    LEARNER_RESET,  /* the present learner begins anew */
    LEARNER_DELETE  /* the present learner is forgotten */
};

struct effect {
    enum effect_kind kind;
    struct utterance utterance;
    enum learner_request request;
    char *name; /* owned, or NULL */
};

struct effects {
    struct effect *items;
    size_t count;
    size_t capacity;
};

void effects_free(struct effects *effects); /* frees what it holds, and empties it */

struct session *session_new(const struct session_config *config);
void session_free(struct session *session);

/* Handles one event; appends to `effects`, in the order in which they are to be carried out. */
void session_handle(struct session *session, const struct event *event, struct effects *effects);

/* What is to be saved, and how the learner likes it now; valid until the next event. */
const struct learner_record *session_record(const struct session *session);
const struct settings *session_settings(const struct session *session);

/* After a sound check: how the learner likes it now (copied), and whether it is spoken. */
void session_set_settings(struct session *session, const struct settings *settings, bool speaks);
/* The learner was elsewhere, at a sound check or teaching their voice: tells where they are. */
void session_come_back(struct session *session, const struct event *event, struct effects *effects);

/*
 * The phrases that make sense now, appended to `vocabulary`. For a voice: only these, so that
 * little can be mistaken. For the keyboard: every phrase that can be carried out from here, names
 * of sections and paths and numbers included. The argument of a choice is an index that
 * session_handle() understands (not the number said).
 */
enum session_source { SESSION_VOICE, SESSION_KEYBOARD };
void session_vocabulary(const struct session *session, enum session_source source,
                        struct vocabulary *vocabulary);

/* The learner as they are called, or the words for one without a name or a guest; to be freed. */
char *session_learner_name(const struct session *session);

/* True while a name is asked for, which can only be typed. */
bool session_wants_name(const struct session *session);

/* True while a secret is being typed elsewhere: nothing that is heard or typed may be written. */
bool session_is_private(const struct session *session);

/* True while choices are told one after the other: EVENT_SCAN_TICK is then due after each pause if
 * the settings say one switch. */
bool session_is_scanning(const struct session *session);

#endif
