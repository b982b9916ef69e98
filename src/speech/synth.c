/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "speech/synth.h"

/* The last one is for whatever is left. */
static const struct synth_driver *const drivers[] = {&synth_pipe, &synth_espeak};

const struct synth_driver *synth_choose(const struct synth_config *config)
{
    size_t i = 0;
    while (!drivers[i]->is_for(config))
        i++;
    return drivers[i];
}
