/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * augment: one recording made into many: other voices, rooms, microphones and noises.
 */
#ifndef TRAIN_AUGMENT_H
#define TRAIN_AUGMENT_H

#include <stddef.h>
#include <stdint.h>

#include "common.h"
#include "words.h"

/* The noises we make ourselves. */
enum noise {
    NOISE_WHITE,
    NOISE_PINK,
    NOISE_BROWN,
    NOISE_HUM,    /* of the mains, 50 or 60 Hz and what stands above it */
    NOISE_BABBLE, /* three to six of the recordings at once */
    NOISE_CLICKS,
    NOISE_KINDS
};

/*
 * Adds noise to `sound` so that speech (the mean power of the 20 ms frames that are at most 20 dB
 * below the loudest) is `ratio_db` dB above it. Babble is made of `others`.
 */
void augment_noise(float *sound, size_t samples, enum noise noise, double ratio_db,
                   const struct recordings *others, struct chance *chance);

/* A ratio of speech to noise without any noise. */
#define AUGMENT_CLEAN 100

/* A recording as models are judged by it: with one of the steady noises or babble `ratio_db` below
 * the voice, no louder than fits. Writes as many samples as the recording has. */
void augment_to_judge(const struct recording *recording, const struct recordings *others,
                      double ratio_db, struct chance *chance, int16_t *ret_sound);

/*
 * A copy of `recording` as another voice, elsewhere, might have said it: speed 0.72 to 1.2 (which
 * moves pitch and formants too), a room, a colouring, a telephone's or a poor microphone's band,
 * noise, another level; one in ten is left as it is. Writes at most MAX_SAMPLES samples, returns
 * how many, and sets the frequency warp (0.88 to 1.12) to compute its cepstra with.
 */
size_t augment_draw(const struct recording *recording, const struct recordings *others,
                    struct chance *chance, int16_t *ret_sound, double *ret_warp);

/*
 * The same in harder places, for training that can take them (neural scores): also babble and hum
 * at 0 to 10 dB, overdriven inputs, lines of 8 kHz, noise gates (harsh.h) and sound as low as -46
 * dB of full scale. `ret_voice`, as long, is the voice before rooms, noise and microphones, at the
 * same places in time: what was said when is found in it.
 */
size_t augment_harsh(const struct recording *recording, const struct recordings *others,
                     struct chance *chance, int16_t *ret_sound, int16_t *ret_voice,
                     double *ret_warp);

#endif
