/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * duplex_choice: how to listen with a pair of devices, from what the sound check heard of the echo
 * (dsp/echo_probe.h): as a setting, and in words. Pure. Thread: any.
 */
#ifndef PASAPAS_APP_DUPLEX_CHOICE_H
#define PASAPAS_APP_DUPLEX_CHOICE_H

#include "dsp/echo_probe.h"
#include "model/settings.h"

struct messages;

/* DUPLEX_AUTO if nothing can be said: the setting stays as it was. */
enum settings_duplex duplex_choice(enum echo_probe_finding finding);

/* What was chosen and why, and what is wrong with the microphone; to be freed with free(). */
char *duplex_choice_sentence(const struct messages *messages,
                             const struct echo_probe_result *result);

#endif
