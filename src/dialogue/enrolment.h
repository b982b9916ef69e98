/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * enrolment: the dialogue in which a learner teaches how they say the commands. Pure, as all
 * dialogues (dialogue/dialogue.h).
 *
 * Each command is asked for twice, the commonest ten first, then the rest, ten in a part. After
 * each part the learner hears what it is worth and decides. There is no time limit anywhere; what
 * was said twice is never asked again.
 *
 * Besides commands it is given sayings (EVENT_SAYING): what was said while a phrase is asked for
 * was judged, and, if taken, added to the calibration. EVENT_LEAVE ends it, as "quit" does. What it
 * says with one event is one text. Thread: one at a time.
 */
#ifndef PASAPAS_DIALOGUE_ENROLMENT_H
#define PASAPAS_DIALOGUE_ENROLMENT_H

#include "dialogue/dialogue.h"

#include <stdbool.h>

struct calibration;
struct enrolment;
struct pack;

struct enrolment_config {
    const struct pack *pack;               /* outlives the enrolment */
    const struct calibration *calibration; /* the same; looked at, never changed */
    bool in_session;                       /* it ends in the guide, and says so: no goodbye */
    bool saves; /* false: what is learnt is for this session only, and that is said */
};

struct enrolment *enrolment_new(const struct enrolment_config *config);
void enrolment_free(struct enrolment *enrolment); /* accepts NULL */

/* It, as every dialogue is held (dialogue/dialogue.h). Valid as long as the enrolment. */
struct dialogue enrolment_dialogue(struct enrolment *enrolment);

/* The phrase that is asked for, or NULL while a question is. */
const char *enrolment_phrase(const struct enrolment *enrolment);
/* False once a saying of this phrase was refused: people cannot always say it better. */
bool enrolment_is_strict(const struct enrolment *enrolment);

/* Whether a command that was very clearly heard is obeyed now. While a phrase is asked for it is
 * "quit" alone, which loses nothing: whoever needs this is easily misunderstood. */
bool enrolment_obeys(const struct enrolment *enrolment, int command);
/* Whether one that was not so clearly heard is to be asked back (EVENT_DOUBTFUL): "quit", while a
 * phrase is asked for, once for each phrase. */
bool enrolment_asks_back(const struct enrolment *enrolment, int command);

#endif
