/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * taps: when which sound went in and out of a program, told from inside its audio thread.
 *
 * tests/bench/taps.so is preloaded into pasapas with `--audio wav:IN,OUT`. Its driver hands every
 * block to libsndfile in the very thread that stands for the sound device, right after the callback
 * that made it; there each block is noted with the time. Nothing in the program is changed, and a
 * note costs under a microsecond.
 *
 * The notes are in a file that both sides map; its name is in $PASAPAS_TAPS.
 */
#ifndef PASAPAS_BENCH_TAPS_H
#define PASAPAS_BENCH_TAPS_H

#include <stdatomic.h>
#include <stdint.h>

#define TAPS_MAX 400000 /* half an hour of blocks of 10 ms in both directions */

struct tap {
    int64_t us;    /* CLOCK_MONOTONIC, after the callback (out), before it (in) */
    int64_t total; /* samples that went this way, with this block */
    int32_t peak;  /* out: the largest absolute value, 0 for silence; in: -1 */
};

struct taps {
    atomic_uint count; /* those below this are complete */
    struct tap items[TAPS_MAX];
};

#endif
