/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "common.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void stop(const char *what, const char *name)
{
    fprintf(stderr, "train-acoustic: %s %s\n", what, name != NULL ? name : "");
    exit(1);
}

void *take(size_t bytes)
{
    size_t rounded = (bytes / 64 + 1) * 64;
    void *block = aligned_alloc(64, rounded);
    if (block == NULL) {
        stop("out of memory", NULL);
    }
    memset(block, 0, rounded);
    return block;
}

FILE *open_in(const char *folder, const char *file, const char *mode)
{
    char path[1024];
    snprintf(path, sizeof path, "%s/%s", folder, file);
    FILE *stream = fopen(path, mode);
    if (stream == NULL) {
        stop("cannot open", path);
    }
    return stream;
}

void close_written(FILE *stream, const char *folder)
{
    if (stream != NULL && (ferror(stream) != 0 || fclose(stream) != 0)) {
        stop("cannot write in", folder);
    }
}

void chance_seed(struct chance *chance, uint64_t seed)
{
    chance->state = seed * UINT64_C(0x9E3779B97F4A7C15) + 12345;
    if (chance->state == 0) {
        chance->state = 1;
    }
    for (int i = 0; i < 20; i++) {
        chance_bits(chance);
    }
}

uint64_t chance_bits(struct chance *chance)
{
    uint64_t x = chance->state;
    x ^= x >> 12;
    x ^= x << 25;
    x ^= x >> 27;
    chance->state = x;
    return x * UINT64_C(0x2545F4914F6CDD1D);
}

double chance_unit(struct chance *chance)
{
    return (double)(chance_bits(chance) >> 11) * (1.0 / 9007199254740992.0);
}

double chance_between(struct chance *chance, double from, double to)
{
    return from + (to - from) * chance_unit(chance);
}

/* Box and Muller. */
double chance_normal(struct chance *chance)
{
    double radius = sqrt(-2.0 * log(chance_unit(chance) + 1e-12));
    return radius * cos(6.283185307179586 * chance_unit(chance));
}
