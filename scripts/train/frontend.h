/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * frontend: from sound to the vectors that the model scores, exactly as pocketsphinx computes them
 * with the options in our model's feat.params (whole-utterance cepstral mean).
 */
#ifndef TRAIN_FRONTEND_H
#define TRAIN_FRONTEND_H

#include <stddef.h>
#include <stdint.h>

#include "model.h"

#define SAMPLE_RATE   16000
#define CEPSTRA       13
#define MAX_FRAMES    1400 /* 14 s */
#define MAX_SAMPLES   (SAMPLE_RATE * 13)
#define FEWEST_FRAMES 8

/*
 * Cepstra of a recording, [frame][CEPSTRA], at most MAX_FRAMES; `warp` stretches the frequency
 * axis as a longer or shorter vocal tract would (1: not at all; 0.8 to 1.2, in steps of 0.02).
 * Returns the number of frames, 0 when the sound is too short.
 */
size_t frontend_cepstra(const int16_t *sound, size_t samples, double warp,
                        float (*ret_cepstra)[CEPSTRA]);

/* The same after the program's own noise reduction; at most MAX_SAMPLES samples. */
size_t frontend_denoised(const int16_t *sound, size_t samples, double warp,
                         float (*ret_cepstra)[CEPSTRA]);

/* Cepstra to vectors, [frame][FEATURE_SIZE], padding zero. The cepstra lose their mean. */
void frontend_vectors(float (*cepstra)[CEPSTRA], size_t frames, float *ret_vectors);

#endif
