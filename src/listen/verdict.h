/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * verdict: what is done with a phrase that was recognised, by how sure it is and by the situation
 * that it was said in. Every confidence that anything depends on is in verdict.c. Pure. Thread:
 * any.
 */
#ifndef PASAPAS_LISTEN_VERDICT_H
#define PASAPAS_LISTEN_VERDICT_H

#include <stdbool.h>

enum verdict {
    VERDICT_OBEY,           /* clear */
    VERDICT_ASK_BACK,       /* in doubt: was it meant? */
    VERDICT_NOT_UNDERSTOOD, /* almost a command: an answer, and no more */
    VERDICT_NOTHING         /* not meant for us */
};

/* What the recogniser takes it for. */
struct hypothesis {
    int command;       /* see model/vocabulary.h; COMMAND_NONE for none */
    double confidence; /* 0..1, see listen/confidence.h; 0 for none */
    bool costly;       /* a mistake costs something: more certainty is asked for */
};

/* What the program is doing meanwhile. */
enum verdict_context {
    CONTEXT_SESSION,
    CONTEXT_PRIVATE,     /* a secret may be typed, and mumbled: no answer but to commands */
    CONTEXT_SOUND_CHECK, /* VERDICT_ASK_BACK: the sound check knows which answers do no harm */
    CONTEXT_EXERCISE,    /* the same, where it asks to speak: every try gets an answer */
    CONTEXT_SAYING,      /* an enrolment asks for a phrase: VERDICT_NOTHING is a saying of it */
    CONTEXT_QUESTION     /* an enrolment asks a question: an answer in doubt does no harm */
};

/* All zeros: an utterance that stands alone in a silent room, during a session. */
struct situation {
    bool during_speech; /* the assistant was speaking when it began… */
    bool echo;          /* …and was taken out: of its voice something may be left in the sound */
    bool over_others;   /* others were heard out of the loudspeaker when it began */
    int talk;         /* utterances right before it that were no command, see listen/talk_gate.h */
    bool at_pause;    /* perhaps it goes on: VERDICT_NOTHING is to wait for its end */
    double silence_s; /* at a pause: since when nobody speaks */
    enum verdict_context context;
    bool again; /* the same had been tried before, see listen/second_try.h */
};

enum verdict verdict_of(const struct hypothesis *hypothesis, const struct situation *situation);

/* True if so little confidence is VERDICT_NOTHING in a session, whatever the command, when it is
 * tried once: then it need not be known any better. */
bool verdict_is_nothing(double confidence);

/* How far the confidence is above the one from which on such a phrase is obeyed: hundredths of
 * logarithmic odds within CALIBRATION_WRONG..CALIBRATION_CLEAR, ends excluded
 * (model/calibration.h). */
int verdict_clearance(double confidence, bool costly);

/* An enrolment that is strict asked for one phrase: true if what was said is clearly this other
 * one. */
bool verdict_is_other(const struct hypothesis *hypothesis);

/*
 * How much less a pronunciation that a learner taught is believed than the pack's: it was written
 * down from what they said, and so it fits whatever else they say too well. In the units of
 * confidence_sum().
 */
double verdict_own_handicap(void);

#endif
