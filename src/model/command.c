/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/command.h"

#include <string.h>

enum {
    COSTLY = COMMAND_COSTLY,
    PRIVATE = COMMAND_PRIVATE,
    TYPED = COMMAND_TYPED,
    BESIDE = COMMAND_BESIDE,
    INSISTING = COMMAND_INSISTING,
    KEEPS_HELP = COMMAND_KEEPS_HELP,
    KEEPS_SPELLING = COMMAND_KEEPS_SPELLING,
    KEEPS_DOUBT = COMMAND_KEEPS_DOUBT,
    EVERYDAY = COMMAND_EVERYDAY,
    PAGE = COMMAND_PAGE,
    SWITCH = COMMAND_SWITCH
};

static const struct {
    const char *name;
    unsigned flags;
} table[COMMAND_COUNT] = {
#define COMMAND(id, name, flags, possible, run, value, help) [COMMAND_##id] = {name, flags},
#include "model/command.def"
#undef COMMAND
};

const char *command_name(enum command command)
{
    return table[command].name;
}

int command_by_name(const char *name)
{
    for (int i = 0; i < COMMAND_COUNT; i++)
        if (!strcmp(table[i].name, name))
            return i;
    return COMMAND_NONE;
}

unsigned command_flags(enum command command)
{
    return table[command].flags;
}
