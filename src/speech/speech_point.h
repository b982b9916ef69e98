/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * speech_point: where a voice is in what it says. Pure data.
 */
#ifndef PASAPAS_SPEECH_SPEECH_POINT_H
#define PASAPAS_SPEECH_SPEECH_POINT_H

#include <stddef.h>
#include <stdint.h>

#define SPEECH_NO_WORD ((size_t)-1)

struct speech_point {
    uint64_t utterance; /* its number (struct utterance), or 0 */
    size_t sentence;    /* its position in the utterance, from 0 */
    size_t character;   /* where its word begins in what the engine was given (reading_pronounce()),
                           in code points; SPEECH_NO_WORD if that is not known */
};

#endif
