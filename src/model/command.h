/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * command: the one table of what a learner can ask (command.def).
 *
 * Ids are English and never shown; phrases, keys and help lines are the voice pack's
 * (commands.yaml, loaded by model/pack.h). Grammar, key map, help and the manual are made from the
 * two; what a command does in a session is in the same row (dialogue/session/rules.h).
 */
#ifndef PASAPAS_MODEL_COMMAND_H
#define PASAPAS_MODEL_COMMAND_H

enum command {
#define COMMAND(id, name, flags, possible, run, value, help) COMMAND_##id,
#include "model/command.def"
#undef COMMAND
    COMMAND_COUNT
};

#define COMMAND_NONE     (-1)
#define COMMAND_IN_DOUBT (-2) /* in rules: the command that is being asked back */

/* The flags of command.def, without their prefix there. */
enum command_flag {
    COMMAND_COSTLY = 1 << 0,         /* a wrong one would lose something: more certainty is asked */
    COMMAND_PRIVATE = 1 << 1,        /* acts even while a secret may be typed */
    COMMAND_TYPED = 1 << 2,          /* rarely asked for, so not listened for */
    COMMAND_BESIDE = 1 << 3,         /* leaves an open question open; others put it aside */
    COMMAND_INSISTING = 1 << 4,      /* carried out beside a question that insists, too */
    COMMAND_KEEPS_HELP = 1 << 5,     /* help goes on where it was; others begin it anew */
    COMMAND_KEEPS_SPELLING = 1 << 6, /* the same for spelling */
    COMMAND_KEEPS_SCAN = 1 << 7,     /* the same for the choices of a switch */
    COMMAND_KEEPS_DOUBT = 1 << 8,    /* "did you say this?" stays open; others drop it */
    COMMAND_EVERYDAY = 1 << 9, /* always listened for; where it is not possible it is answered */
    COMMAND_PAGE = 1 << 10     /* looks at the browser's page: listened for where that is allowed */
};
/* Of the two switches, which only lead to what is then carried out. */
#define COMMAND_SWITCH                                                                             \
    (COMMAND_TYPED | COMMAND_BESIDE | COMMAND_INSISTING | COMMAND_KEEPS_HELP |                     \
     COMMAND_KEEPS_SPELLING | COMMAND_KEEPS_SCAN | COMMAND_KEEPS_DOUBT)

/* The id as it stands in commands.yaml and in the output of `pasapas listen`: "next". */
const char *command_name(enum command command);

/* The command of that id, or COMMAND_NONE. */
int command_by_name(const char *name);

/* Its flags: a set of enum command_flag. */
unsigned command_flags(enum command command);

#endif
