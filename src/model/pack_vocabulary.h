/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * pack_vocabulary: the pack's own phrases as a vocabulary: the one way they get into what is
 * listened for and what can be typed. Pure. Thread: any.
 */
#ifndef PASAPAS_MODEL_PACK_VOCABULARY_H
#define PASAPAS_MODEL_PACK_VOCABULARY_H

#include "model/command.h"

#include <stddef.h>

struct pack;
struct vocabulary;

/* All phrases of a command; those of COMMAND_COSTLY ask for more certainty. */
void pack_vocabulary_add_command(const struct pack *pack, enum command command,
                                 struct vocabulary *vocabulary);

/* Its first phrase alone: enough where it is only to be answered, and little to be mistaken. */
void pack_vocabulary_add_first(const struct pack *pack, enum command command,
                               struct vocabulary *vocabulary);

/* All that can be typed: the phrases of every command, then those that are only typed. */
void pack_vocabulary_add_all_typed(const struct pack *pack, struct vocabulary *vocabulary);

/* Every command that is listened for: all but those of COMMAND_TYPED. */
void pack_vocabulary_add_spoken_commands(const struct pack *pack, struct vocabulary *vocabulary);

/* The words for the first `count` numbers, or for those that the pack has: "one" chooses `first`,
 * "two" the one after it. */
void pack_vocabulary_add_numbers(const struct pack *pack, size_t count, int first,
                                 struct vocabulary *vocabulary);

/* All that is ever listened for: the spoken commands and every number. */
void pack_vocabulary_add_spoken(const struct pack *pack, struct vocabulary *vocabulary);

#endif
