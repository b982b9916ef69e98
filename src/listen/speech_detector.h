/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * speech_detector: whether an utterance is speech at all, or a bell, a drum, a cough, by a small
 * net of a model (`speech-net` in its folder, see listen/acoustic_net.h; scripts/train-speech-net
 * makes it): cepstra in, one number out for each frame of 10 ms. Their mean over the utterance is
 * the logarithm of how much likelier speech is, up to a constant that is in the net's last bias: 0
 * is where next to no speech lies below.
 *
 * Thread: an instance belongs to exactly one.
 */
#ifndef PASAPAS_LISTEN_SPEECH_DETECTOR_H
#define PASAPAS_LISTEN_SPEECH_DETECTOR_H

#include <stddef.h>
#include <stdint.h>

struct ps_decoder_s; /* pocketsphinx's ps_decoder_t */
struct speech_detector;

/* Opens that of the model in the folder `model`, if it has one and pocketsphinx can be used with
 * it: else stores NULL. 0, or -1 if there is one that is damaged. */
int speech_detector_open(const char *model, struct speech_detector **ret_detector);
void speech_detector_close(struct speech_detector *detector); /* accepts NULL */

/* Of 16 kHz samples, as `decoder` hears them: more than 0 for speech. 0 or -1. */
int speech_detector_run(const struct speech_detector *detector, struct ps_decoder_s *decoder,
                        const int16_t *samples, size_t count, double *ret_odds);

#endif
