#include "keymap.h"

#include "command.h"
#include "mem.h"
#include "text.h"
#include "voice.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *key;
    enum command command;
} fixed[] = {
    {"right", COMMAND_NEXT},   {"left", COMMAND_PREVIOUS}, {"up", COMMAND_REPEAT},
    {"down", COMMAND_EXPLAIN}, {"escape", COMMAND_STOP},   {"?", COMMAND_HELP},
};

/* A capital letter is the same key: Caps Lock cannot be seen by who cannot see. */
static bool same_key(const char *a, const char *b)
{
    if (!strcmp(a, b))
        return true;
    char *folded = text_fold(a);
    bool letter = *folded != '\0';
    free(folded);
    return letter && text_same(a, b);
}

int keymap_command(const struct voice *voice, const char *key)
{
    for (int i = 0; i < COMMAND_COUNT; i++)
        if (voice->commands[i].key && same_key(voice->commands[i].key, key))
            return i;
    for (size_t i = 0; i < COUNT_OF(fixed); i++)
        if (!strcmp(fixed[i].key, key))
            return (int)fixed[i].command;
    return COMMAND_NONE;
}
