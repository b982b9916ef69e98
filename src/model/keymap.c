/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/keymap.h"

#include "base/mem.h"
#include "model/command.h"
#include "model/key.h"
#include "model/pack.h"
#include "model/settings.h"

#include <string.h>

static const struct {
    const char *key;
    enum command command;
} fixed[] = {
    {"right", COMMAND_NEXT},   {"left", COMMAND_PREVIOUS}, {"up", COMMAND_REPEAT},
    {"down", COMMAND_EXPLAIN}, {"escape", COMMAND_STOP},   {"?", COMMAND_HELP},
};

static bool is_taken(const struct settings_keys *own, const char *key)
{
    for (int i = 0; own && i < COMMAND_COUNT; i++)
        if (own->of[i] && *own->of[i] && key_same(own->of[i], key))
            return true;
    return false;
}

const char *keymap_key(const struct pack *pack, const struct settings_keys *own,
                       enum command command)
{
    if (own && own->of[command])
        return *own->of[command] ? own->of[command] : NULL;
    const char *key = pack->commands[command].key;
    return key && !is_taken(own, key) ? key : NULL;
}

int keymap_command(const struct pack *pack, const struct settings_keys *own, const char *key)
{
    for (int i = 0; i < COMMAND_COUNT; i++) {
        const char *its = keymap_key(pack, own, (enum command)i);
        if (its && key_same(its, key))
            return i;
    }
    for (size_t i = 0; i < COUNT_OF(fixed); i++)
        if (!strcmp(fixed[i].key, key))
            return (int)fixed[i].command;
    return COMMAND_NONE;
}
