/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * audio_devices: the sound devices there are, and which of them to try first. Pure but for
 * audio_devices_list().
 */
#ifndef PASAPAS_AUDIO_AUDIO_DEVICES_H
#define PASAPAS_AUDIO_AUDIO_DEVICES_H

#include <stdbool.h>
#include <stddef.h>

struct audio_device {
    char *name;
    int number;             /* PortAudio's; changes when devices come and go, so it is never kept */
    int outputs;            /* channels; 0: not for this */
    int inputs;             /* the same */
    double rate;            /* Hz, what it likes best */
    double low_latency_out; /* seconds, what PortAudio proposes */
    double low_latency_in;
    bool default_output; /* PortAudio's own choice */
    bool default_input;
};

struct audio_devices {
    struct audio_device *items;
    size_t count;
    size_t capacity;
};

enum audio_direction { AUDIO_OUTPUT, AUDIO_INPUT };

/* The devices there are now. Silent, without and with devices. 0, or -1 if PortAudio cannot be
 * used. Thread: main. */
int audio_devices_list(struct audio_devices *ret_devices);
void audio_devices_free(struct audio_devices *devices); /* frees what it holds */

/*
 * In which order to try them: those whose name holds `wanted` (compared folded, see text_fold();
 * the same name first), then the system's own choice ("default", then a sound server, then
 * PortAudio's default), then the others as they come, bare hardware ("hw:") last, for opening it
 * keeps others from it. `wanted` NULL or empty: no name.
 * Writes the positions of all devices of that direction into `ret_order` (room for `count`) and
 * their number; returns how many at the front match `wanted`.
 */
size_t audio_devices_order(const struct audio_devices *devices, enum audio_direction direction,
                           const char *wanted, size_t *ret_order, size_t *ret_count);

#endif
