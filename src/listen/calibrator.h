/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * calibrator: makes a calibration out of sayings: writes them down, and measures what that is
 * worth.
 *
 * The sayings of this run are held in memory, as sound, only for as long as the calibrator lives.
 * Thread: that of its recogniser.
 */
#ifndef PASAPAS_LISTEN_CALIBRATOR_H
#define PASAPAS_LISTEN_CALIBRATOR_H

#include "listen/recog.h"
#include "model/calibration.h"
#include "model/vocabulary.h"

struct calibrator;

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
 * One utterance, said to be `text`. `strict`: the other answers than CALIBRATION_TAKEN are given;
 * else everything is taken but an utterance without a sound. CALIBRATION_OTHER: what was heard is
 * stored (valid as long as the vocabulary).
 */
enum calibration_answer calibrator_hear(struct calibrator *calibrator, const char *text,
                                        const int16_t *samples, size_t count, bool strict,
                                        const char **ret_other);

/* Forgets phrases that were said once only, and the sound of all that the calibration no longer
 * has. */
void calibrator_tidy(struct calibrator *calibrator);

/*
 * Measures the two sayings of a phrase: what is heard without calibration; with what the other
 * sayings teach; and with their own command left out. Takes a second or two.
 */
void calibrator_measure_phrase(struct calibrator *calibrator, const char *text);

/* Measures again, with all that is known by now, what calibration does for the sayings of this run;
 * chooses the ease. Takes some tenths of a second for each ten phrases. */
void calibrator_measure(struct calibrator *calibrator);

#endif
