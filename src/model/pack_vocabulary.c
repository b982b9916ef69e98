/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/pack_vocabulary.h"

#include "model/pack.h"
#include "model/vocabulary.h"

void pack_vocabulary_add_command(const struct pack *pack, enum command command,
                                 struct vocabulary *vocabulary)
{
    const struct pack_command *words = &pack->commands[command];
    const bool costly = command_flags(command) & COMMAND_COSTLY;
    for (size_t i = 0; i < words->phrase_count; i++)
        vocabulary_add(vocabulary, words->phrases[i], (int)command, 0, costly);
}

void pack_vocabulary_add_first(const struct pack *pack, enum command command,
                               struct vocabulary *vocabulary)
{
    const bool costly = command_flags(command) & COMMAND_COSTLY;
    if (pack->commands[command].phrase_count)
        vocabulary_add(vocabulary, pack->commands[command].phrases[0], (int)command, 0, costly);
}

static void add_typed(const struct pack_command *words, enum command command,
                      struct vocabulary *vocabulary)
{
    for (size_t i = 0; i < words->typed_count; i++)
        vocabulary_add(vocabulary, words->typed[i], (int)command, 0, false);
}

void pack_vocabulary_add_all_typed(const struct pack *pack, struct vocabulary *vocabulary)
{
    for (int i = 0; i < COMMAND_COUNT; i++)
        pack_vocabulary_add_command(pack, (enum command)i, vocabulary);
    for (int i = 0; i < COMMAND_COUNT; i++)
        add_typed(&pack->commands[i], (enum command)i, vocabulary);
}

void pack_vocabulary_add_spoken_commands(const struct pack *pack, struct vocabulary *vocabulary)
{
    for (int i = 0; i < COMMAND_COUNT; i++)
        if (!(command_flags((enum command)i) & COMMAND_TYPED))
            pack_vocabulary_add_command(pack, (enum command)i, vocabulary);
}

void pack_vocabulary_add_numbers(const struct pack *pack, size_t count, int first,
                                 struct vocabulary *vocabulary)
{
    for (size_t i = 0; i < count && i < pack->number_count; i++)
        vocabulary_add(vocabulary, pack->numbers[i], COMMAND_CHOOSE, first + (int)i, false);
}

void pack_vocabulary_add_spoken(const struct pack *pack, struct vocabulary *vocabulary)
{
    pack_vocabulary_add_spoken_commands(pack, vocabulary);
    pack_vocabulary_add_numbers(pack, pack->number_count, 1, vocabulary);
}
