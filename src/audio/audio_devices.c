/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "audio/audio_devices.h"

#include "base/mem.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

enum rank {
    RANK_SAME,    /* the name that was asked for */
    RANK_PART,    /* it is part of the name */
    RANK_DEFAULT, /* "default": what the user chose for all programs */
    RANK_SERVER,  /* a sound server, which mixes and follows devices that come and go */
    RANK_CHOICE,  /* PortAudio's default */
    RANK_OTHER,
    RANK_HARDWARE
};

void audio_devices_free(struct audio_devices *devices)
{
    for (size_t i = 0; i < devices->count; i++)
        free(devices->items[i].name);
    free(devices->items);
    *devices = (struct audio_devices){0};
}

static enum rank rank_by_name(const char *name, const char *wanted)
{
    char *folded = text_fold(name);
    char *wanted_folded = text_fold(wanted ? wanted : "");
    enum rank rank = RANK_OTHER;
    if (*wanted_folded && !strcmp(folded, wanted_folded))
        rank = RANK_SAME;
    else if (*wanted_folded && strstr(folded, wanted_folded))
        rank = RANK_PART;
    else if (!strcmp(folded, "default"))
        rank = RANK_DEFAULT;
    else if (!strcmp(folded, "pulse") || !strcmp(folded, "pipewire"))
        rank = RANK_SERVER;
    else if (strstr(name, "hw:"))
        rank = RANK_HARDWARE;
    free(folded);
    free(wanted_folded);
    return rank;
}

static enum rank rank(const struct audio_device *device, enum audio_direction direction,
                      const char *wanted)
{
    enum rank by_name = rank_by_name(device->name, wanted);
    bool choice = direction == AUDIO_OUTPUT ? device->default_output : device->default_input;
    return choice && by_name > RANK_CHOICE ? RANK_CHOICE : by_name;
}

size_t audio_devices_order(const struct audio_devices *devices, enum audio_direction direction,
                           const char *wanted, size_t *ret_order, size_t *ret_count)
{
    size_t count = 0;
    size_t matching = 0;
    for (int wave = RANK_SAME; wave <= RANK_HARDWARE; wave++) {
        for (size_t i = 0; i < devices->count; i++) {
            const struct audio_device *device = &devices->items[i];
            int channels = direction == AUDIO_OUTPUT ? device->outputs : device->inputs;
            if (channels > 0 && (int)rank(device, direction, wanted) == wave)
                ret_order[count++] = i;
        }
        if (wave == RANK_PART)
            matching = count;
    }
    *ret_count = count;
    return matching;
}
