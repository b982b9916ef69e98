#include "model/command.h"

#include <string.h>

static const struct {
    const char *name;
    unsigned flags;
} table[COMMAND_COUNT] = {
#define COMMAND(id, name, flags) [COMMAND_##id] = {name, flags},
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
