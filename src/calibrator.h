/*
 * calibrator: makes a calibration out of sayings: writes them down, and measures what that is worth.
 *
 * The sayings of this run are held in memory, as sound, only for as long as the calibrator lives.
 * Thread: that of its recogniser.
 */
#ifndef PASAPAS_CALIBRATOR_H
#define PASAPAS_CALIBRATOR_H

#include "calibration.h"
#include "recog.h"
#include "vocabulary.h"

struct calibrator;

/* How a saying was taken. */
enum calibrator_answer {
    CALIBRATOR_TAKEN,
    CALIBRATOR_UNLIKE, /* taken off: it is not like the other saying of the same phrase */
    CALIBRATOR_OTHER,  /* taken off: it is clearly another phrase */
    CALIBRATOR_UNCLEAR /* taken off: nothing to write down */
};

/*
 * `recog` must be able to learn and belongs to the caller; so do the vocabulary, all that could
 * be said in a session, and the calibration, to which sayings are added; all three outlive the
 * calibrator.
 */
struct calibrator *calibrator_new(const struct recog_driver *driver, struct recog *recog,
                                  const struct vocabulary *vocabulary,
                                  struct calibration *calibration);
void calibrator_free(struct calibrator *calibrator); /* accepts NULL */

/*
 * One utterance, said to be `text`. `strict`: the other answers than CALIBRATOR_TAKEN are given;
 * else everything is taken but an utterance without a sound. CALIBRATOR_OTHER: what was heard is
 * stored (valid as long as the vocabulary).
 */
enum calibrator_answer calibrator_hear(struct calibrator *calibrator, const char *text,
                                       const int16_t *samples, size_t count, bool strict,
                                       const char **ret_other);

/* Forgets the first saying of a phrase that was not said a second time. */
void calibrator_take_back(struct calibrator *calibrator, const char *text);

/*
 * Measures every saying of this run: what is heard without calibration; with what the other saying
 * of each phrase teaches; and with its own command left out. Chooses the ease. Takes about 0.2 s for
 * each saying.
 */
void calibrator_measure(struct calibrator *calibrator);

#endif
