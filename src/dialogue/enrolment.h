/*
 * enrolment: the dialogue in which a learner teaches how they say the commands. Pure: it knows no
 * clock, file, thread or sound.
 *
 * Each command is asked for twice, the commonest ten first, then the rest, ten in a part. After
 * each part the learner hears what it is worth and decides. There is no time limit anywhere; what
 * was said twice is never asked again.
 *
 * Whoever carries it out says the text of each step, does what the step wishes, and gives events:
 * commands (by key, or clearly heard) and sayings. When it is over the last text is said to its
 * end. Thread: one at a time.
 */
#ifndef PASAPAS_DIALOGUE_ENROLMENT_H
#define PASAPAS_DIALOGUE_ENROLMENT_H

#include "model/calibration.h"
#include "model/vocabulary.h"

#include <stdbool.h>

struct enrolment;
struct pack;

enum enrolment_wish {
    ENROLMENT_NOTHING,
    ENROLMENT_MEASURE, /* then enrolment_measured() */
    ENROLMENT_KEEP,    /* take what is not kept yet into use */
    ENROLMENT_DROP     /* forget what is not kept yet */
};

struct enrolment_step {
    char *text; /* to say, in one or more sentences; NULL for nothing */
    enum enrolment_wish wish;
};

struct enrolment_config {
    const struct pack *pack;               /* outlives the enrolment */
    const struct calibration *calibration; /* the same; looked at, never changed */
    bool in_session;                       /* it ends in the guide, and says so: no goodbye */
    bool saves; /* false: what is learnt is for this session only, and that is said */
};

struct enrolment *enrolment_new(const struct enrolment_config *config);
void enrolment_free(struct enrolment *enrolment); /* accepts NULL */

struct enrolment_step enrolment_start(struct enrolment *enrolment);
/* A command by key, typed, or heard and obeyed. */
struct enrolment_step enrolment_command(struct enrolment *enrolment, int command);
/* "Quit" was heard while a phrase is asked for, but not so clearly as to be obeyed: whether to ask
 * back, which is done once for each phrase, and the question. */
bool enrolment_may_ask_stop(const struct enrolment *enrolment, int command);
struct enrolment_step enrolment_ask_stop(struct enrolment *enrolment);
/* Something was typed or heard that is no answer here. */
struct enrolment_step enrolment_not_understood(struct enrolment *enrolment);
/* A saying of enrolment_phrase() was judged, and, if taken, added to the calibration. `other`: the
 * phrase that it was, with CALIBRATION_OTHER. */
struct enrolment_step enrolment_said(struct enrolment *enrolment, enum calibration_answer answer,
                                     const char *other);
struct enrolment_step enrolment_measured(struct enrolment *enrolment);

bool enrolment_is_over(const struct enrolment *enrolment);

/* The phrase that is asked for, or NULL while a question is. */
const char *enrolment_phrase(const struct enrolment *enrolment);
/* False once a saying of this phrase was refused: people cannot always say it better. */
bool enrolment_is_strict(const struct enrolment *enrolment);

/* Whether a command that was very clearly heard is obeyed now. While a phrase is asked for it is
 * "quit" alone, which loses nothing: whoever needs this is easily misunderstood. */
bool enrolment_obeys(const struct enrolment *enrolment, int command);
/* What to listen for: the answers to a question, or everything, so that no saying is taken for the
 * nearest of a few. */
void enrolment_vocabulary(const struct enrolment *enrolment, struct vocabulary *vocabulary);

#endif
