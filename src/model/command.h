/*
 * command: the one table of what a learner can ask.
 *
 * Ids are English and never shown; phrases, keys and help lines are the voice pack's
 * (commands.yaml, loaded by model/pack.h). Grammar, key map, help and the manual are made from the
 * two.
 */
#ifndef PASAPAS_MODEL_COMMAND_H
#define PASAPAS_MODEL_COMMAND_H

enum command {
#define COMMAND(id, name, flags) COMMAND_##id,
#include "model/command.def"
#undef COMMAND
    COMMAND_COUNT
};

#define COMMAND_NONE (-1)

enum command_flag {
    COMMAND_COSTLY = 1 << 0,
    COMMAND_ANYWHERE = 1 << 1,
    COMMAND_PRIVATE = 1 << 2,
    COMMAND_TYPED = 1 << 3
};

/* The id as it stands in commands.yaml and in the output of `pasapas listen`: "next". */
const char *command_name(enum command command);

/* The command of that id, or COMMAND_NONE. */
int command_by_name(const char *name);

/* Its flags: a set of enum command_flag. */
unsigned command_flags(enum command command);

#endif
