/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See taps.h. A library to be preloaded. */
#include "taps.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <sndfile.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#define EXPORT __attribute__((visibility("default")))

/* All of the audio thread, which is the only one that plays and records. */
static struct {
    struct taps *taps;
    int64_t in, out;
    sf_count_t (*write_short)(SNDFILE *, const short *, sf_count_t);
    sf_count_t (*readf_float)(SNDFILE *, float *, sf_count_t);
} tap;

static void *find(const char *name)
{
    return dlsym(RTLD_NEXT, name);
}

__attribute__((constructor)) static void get_ready(void)
{
    const char *path = getenv("PASAPAS_TAPS");
    int fd = path ? open(path, O_RDWR | O_CLOEXEC) : -1;
    *(void **)&tap.write_short = find("sf_write_short");
    *(void **)&tap.readf_float = find("sf_readf_float");
    if (fd < 0)
        return;
    void *map = mmap(NULL, sizeof *tap.taps, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    close(fd);
    if (map != MAP_FAILED)
        tap.taps = map;
}

static void note(int64_t total, int32_t peak)
{
    struct timespec now;
    unsigned count = tap.taps ? atomic_load(&tap.taps->count) : TAPS_MAX;
    if (count >= TAPS_MAX)
        return;
    clock_gettime(CLOCK_MONOTONIC, &now);
    tap.taps->items[count] = (struct tap){
        .us = now.tv_sec * 1000000LL + now.tv_nsec / 1000, .total = total, .peak = peak};
    atomic_store(&tap.taps->count, count + 1);
}

EXPORT sf_count_t sf_write_short(SNDFILE *file, const short *samples, sf_count_t count)
{
    int32_t peak = 0;
    for (sf_count_t i = 0; i < count; i++)
        peak = abs(samples[i]) > peak ? abs(samples[i]) : peak;
    tap.out += count;
    note(tap.out, peak);
    return tap.write_short(file, samples, count);
}

EXPORT sf_count_t sf_readf_float(SNDFILE *file, float *frames, sf_count_t count)
{
    sf_count_t got = tap.readf_float(file, frames, count);
    tap.in += got;
    note(tap.in, -1);
    return got;
}
