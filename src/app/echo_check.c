/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/echo_check.h"

#include "app/event_loop.h"
#include "app/sound.h"
#include "base/timer.h"
#include "dsp/echo_probe.h"

/* How often the end is looked for. */
#define TICK_MS 100

void echo_check_close(struct echo_check *check)
{
    if (check->timer >= 0)
        event_loop_unwatch(check->loop, check->timer);
    timer_close(check->timer);
    check->timer = -1;
}

static void on_timer(void *context)
{
    struct echo_check *check = context;
    struct echo_probe_result result;
    timer_clear(check->timer);
    if (!sound_check_result(check->sound, &result))
        return;
    echo_check_close(check);
    check->done(check->context, &result);
}

int echo_check_start(struct echo_check *check)
{
    if (check->timer >= 0)
        return -1;
    check->timer = timer_open();
    if (check->timer < 0 || sound_check_start(check->sound)) {
        echo_check_close(check);
        return -1;
    }
    timer_repeat(check->timer, TICK_MS);
    event_loop_watch(check->loop, check->timer, on_timer, check);
    return 0;
}
