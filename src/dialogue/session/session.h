/*
 * session: the dialogue that leads through a guide, one step after the other. Pure, as all of them
 * (dialogue/dialogue.h). A mark is confirmed only after the caller has saved the record and said so
 * with EVENT_SAVED.
 *
 * A question is never a wall: a command that makes sense is carried out instead of an answer. Only
 * the questions that protect against loss insist: before an unfinished monthly list is left, before
 * a learner is created, renamed, exported, reset or deleted, and before going on without saving.
 *
 * Thread: one at a time.
 */
#ifndef PASAPAS_DIALOGUE_SESSION_SESSION_H
#define PASAPAS_DIALOGUE_SESSION_SESSION_H

#include "dialogue/dialogue.h"
#include "model/guide.h"
#include "model/learner_record.h"
#include "model/pack.h"
#include "model/settings.h"

#include <stdbool.h>
#include <stddef.h>

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

struct session *session_new(const struct session_config *config);
void session_free(struct session *session);

/* It, as every dialogue is held (dialogue/dialogue.h). Valid as long as the session. */
struct dialogue session_dialogue(struct session *session);

/* What is to be saved; valid until the next event. */
const struct learner_record *session_record(const struct session *session);

/* After another dialogue: how the learner likes it now (copied), and whether it is spoken. */
void session_set_settings(struct session *session, const struct settings *settings, bool speaks);

/* The learner as they are called, or the words for one without a name or a guest; to be freed. */
char *session_learner_name(const struct session *session);

#endif
