/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * listening_rate: the rate and the frame that all listening works at, from the microphone's samples
 * to the recogniser. What a device gives at another rate is resampled once (dsp/resample.h).
 *
 * 16 kHz is what the acoustic models were trained at; a frame of 10 ms is what endpoint, echo
 * canceller and noise filter take at a time.
 */
#ifndef PASAPAS_DSP_LISTENING_RATE_H
#define PASAPAS_DSP_LISTENING_RATE_H

#define LISTENING_RATE     16000 /* Hz */
#define LISTENING_FRAME_MS 10
#define LISTENING_FRAME    (LISTENING_RATE * LISTENING_FRAME_MS / 1000) /* samples */

#endif
