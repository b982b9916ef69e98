/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pause.h"

#include "base/timer.h"

void pause_begin(struct pause *pause, int ms)
{
    pause->left_ms = ms;
    timer_start(pause->timer, ms);
}

bool pause_step(struct pause *pause, int ms)
{
    const bool going_on = pause->left_ms > 0;
    pause->left_ms = pause->left_ms > ms ? pause->left_ms - ms : 0;
    return going_on && !pause->left_ms;
}
