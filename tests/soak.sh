#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A few simulated minutes of tests/bench/soak: silence, noise, talk, its own voice, and commands. No
# command may be lost, and with sanitizers nothing may leak. `scripts/bench --long` takes eight hours.
set -u
"$srcdir/tests/bench/soak" --blocks 1
