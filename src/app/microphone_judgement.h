/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * microphone_judgement: what the figures of a microphone (dsp/microphone.h) mean for a learner, as
 * a word that a dialogue can tell. Pure. Thread: any.
 */
#ifndef PASAPAS_APP_MICROPHONE_JUDGEMENT_H
#define PASAPAS_APP_MICROPHONE_JUDGEMENT_H

#include "dialogue/microphone_state.h"

struct microphone_measure;

struct microphone_report microphone_judgement(const struct microphone_measure *measure);

#endif
