/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pasapas devices: the loudspeakers and microphones there are, one a line. */
#include "app/cli.h"
#include "audio/audio_devices.h"
#include "base/mem.h"
#include "cmd/options.h"
#include "cmd/subcommands.h"

#include <stdio.h>
#include <stdlib.h>

/* In the order in which they would be tried, so that the first is the one that is used. */
static size_t print_devices(const struct cli *cli, const struct audio_devices *devices,
                            enum audio_direction direction)
{
    const enum message first =
        direction == AUDIO_OUTPUT ? MSG_DEVICES_OUTPUT_DEFAULT : MSG_DEVICES_INPUT_DEFAULT;
    const enum message next = direction == AUDIO_OUTPUT ? MSG_DEVICES_OUTPUT : MSG_DEVICES_INPUT;
    size_t *order = xcalloc(devices->count, sizeof *order);
    size_t count = 0;
    audio_devices_order(devices, direction, NULL, order, &count);
    for (size_t i = 0; i < count; i++)
        cli_print(cli, i ? next : first, "name", devices->items[order[i]].name);
    free(order);
    return count;
}

static int list_devices(const struct cli *cli)
{
    struct audio_devices devices = {0};
    audio_devices_list(&devices); /* unusable is as good as none */
    if (!print_devices(cli, &devices, AUDIO_OUTPUT))
        cli_print(cli, MSG_DEVICES_NO_OUTPUT);
    if (!print_devices(cli, &devices, AUDIO_INPUT))
        cli_print(cli, MSG_DEVICES_NO_INPUT);
    audio_devices_free(&devices);
    return cli_finish(cli);
}

const struct option_table cmd_devices_options = {.help = MSG_HELP_DEVICES};

int cmd_devices(const struct cli *cli, int argc, char **argv)
{
    int code = options_parse(cli, &cmd_devices_options, argc, argv, NULL, NULL);
    if (code != OPTIONS_GO_ON)
        return code;
    return list_devices(cli);
}
