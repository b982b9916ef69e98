/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * config: what a session is told when it is made: the guide and the pack, what is known of the
 * learner, and what the command line asked for.
 */
#ifndef PASAPAS_DIALOGUE_SESSION_CONFIG_H
#define PASAPAS_DIALOGUE_SESSION_CONFIG_H

#include "model/guide.h"
#include "model/learner_record.h"
#include "model/pack.h"
#include "model/settings.h"
#include "model/voice_names.h"

#include <stdbool.h>
#include <stddef.h>

struct session_config {
    const struct guide *guide;           /* outlives the session */
    const struct pack *pack;             /* outlives the session */
    const struct learner_record *record; /* copied: where the learner was */
    const struct settings *settings;     /* copied */
    const char *path; /* --path, --section, --step: ids, or NULL; checked by the caller */
    const char *section;
    const char *step;
    /* Outlives the session, and may be others from event to event; NULL: there are none. */
    const struct voice_names *voices;
    bool restart;      /* --restart: begin again, do not offer to resume; marks are kept */
    bool announce_day; /* --today: say the day aloud */
    bool speaks;       /* false: printed only, so there is nothing to pause */
    bool terminal;     /* somebody types at a terminal */
    bool saves;        /* false: the record cannot be saved; marks are then only for this session */

    const char *name; /* of the learner, or NULL: one without a name; copied */
    bool guest;       /* nothing is kept; `saves` is false */
    /* The learners that are known, by name, without the one without a name; outlives the session.
     */
    const char *const *learners;
    size_t learner_count;
    /* The guides that can be opened, `guide` among them; outlives the session. */
    const struct guide *const *guides;
    size_t guide_count;
    bool choose_guide;   /* ask at the start which one */
    bool other_guide;    /* another guide was open just before, for this learner */
    bool choose_learner; /* ask at the start who is there */
    bool offer_unsaved;  /* another instance has the record: ask whether to go on */
    bool continues;      /* another learner's session was open just before: no welcome */
};

#endif
