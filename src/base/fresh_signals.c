/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/fresh_signals.h"

#include <signal.h>

void fresh_signals(void)
{
    sigset_t none;
    /* The two that cannot be changed, and those of the C library, refuse; nothing is lost by it. */
    for (int number = 1; number < NSIG; number++)
        (void)signal(number, SIG_DFL);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}
