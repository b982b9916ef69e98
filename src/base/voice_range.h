/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * voice_range: how fast, high and loud the voice can be: the ranges of espeak-ng, which settings,
 * voice packs, options and dialogues share.
 */
#ifndef PASAPAS_BASE_VOICE_RANGE_H
#define PASAPAS_BASE_VOICE_RANGE_H

#define VOICE_RATE_MIN 80 /* words per minute */
#define VOICE_RATE_MAX 450
/* One "faster". */
#define VOICE_RATE_STEP 20

#define VOICE_PITCH_MIN    0
#define VOICE_PITCH_MAX    100
#define VOICE_PITCH_NORMAL 50

#define VOICE_VOLUME_MIN    0 /* percent */
#define VOICE_VOLUME_MAX    200
#define VOICE_VOLUME_NORMAL 100
/* "Softer" ends here: a voice that nobody hears could not say how to make it louder. */
#define VOICE_VOLUME_SOFTEST 20

#define VOICE_VARIANT_MAX 40 /* characters of a variant's name, "f3" */

#endif
