/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * common: what the training tool's files share: stopping with a message, memory, files, chance.
 *
 * A tool for developers: it stops at the first mistake, with one line on stderr.
 */
#ifndef TRAIN_COMMON_H
#define TRAIN_COMMON_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* Writes "train-acoustic: WHAT NAME" and exits with 1. */
_Noreturn void stop(const char *what, const char *name);

/* Zeroed memory, aligned for vector instructions; never NULL. Free with free(). */
void *take(size_t bytes);

/* A file in a folder, as by fopen(); never NULL. */
FILE *open_in(const char *folder, const char *file, const char *mode);
/* Closes what was written; stops if any of it did not reach the disk. Accepts NULL. */
void close_written(FILE *stream, const char *folder);

/* xorshift64*: the same seed gives the same numbers everywhere. */
struct chance {
    uint64_t state;
};
void chance_seed(struct chance *chance, uint64_t seed);
uint64_t chance_bits(struct chance *chance);
double chance_unit(struct chance *chance);                            /* [0, 1) */
double chance_between(struct chance *chance, double from, double to); /* [from, to) */
double chance_normal(struct chance *chance);                          /* mean 0, deviation 1 */

#endif
