/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dialogue/session/rules.h"

#include "base/mem.h"
#include "dialogue/session/facts.h"

/* The flags of questions as the table writes them. */
enum {
    INSISTS = QUESTION_INSISTS,
    NO_YES = QUESTION_NO_YES,
    ONLY_NAMES = QUESTION_ONLY_NAMES,
    RETURNS = QUESTION_RETURNS
};

static const struct command_rule commands[COMMAND_COUNT] = {
#define COMMAND(id, name, flags, possible, run, value, help)                                       \
    [COMMAND_##id] = {possible, run, value, help},
#include "model/command.def"
#undef COMMAND
};

#define PLACE(id, tell, where, next, previous, choices, names, asked, first, second)               \
    [PLACE_##id] = {tell,  where, next,  previous, (enum choice_kind)(choices),                    \
                    names, asked, first, second},
#define QUESTION(...)
#define CHOICE(...)
static const struct place_rule places[PLACE_COUNT] = {
#include "dialogue/session/tables.def"
};
#undef PLACE
#undef QUESTION
#undef CHOICE

#define QUESTION(id, ask, asked, about, answer, yes, no, next, choices, names, flags)              \
    [QUESTION_##id] = {ask,   asked, about, answer, yes, no, next, (enum choice_kind)(choices),    \
                       names, flags},
#define PLACE(...)
#define CHOICE(...)
static const struct question_rule questions[QUESTION_COUNT] = {
#include "dialogue/session/tables.def"
};
#undef PLACE
#undef QUESTION
#undef CHOICE

#define CHOICE(id, first, count, title, phrase, take, help)                                        \
    {CHOICE_##id, count, title, phrase, take, help},
#define PLACE(...)
#define QUESTION(...)
static const struct choice_rule choices[] = {
#include "dialogue/session/tables.def"
};
#undef PLACE
#undef QUESTION
#undef CHOICE

const struct command_rule *command_rule(int command)
{
    return &commands[command];
}

const struct place_rule *place_rule(enum place place)
{
    return &places[place];
}

const struct question_rule *question_rule(enum question question)
{
    return &questions[question];
}

const struct choice_rule *choice_rule(enum choice_kind kind)
{
    for (size_t i = 0; i < COUNT_OF(choices); i++)
        if (choices[i].kind == kind)
            return &choices[i];
    return NULL;
}

const struct choice_rule *session_choices(const struct session *session)
{
    /* What is asked in between leaves the list that was told before. */
    enum question asked = session->question;
    while (questions[asked].flags & QUESTION_RETURNS && questions[asked].choices == CHOICE_NONE)
        asked = session->below[asked];
    const enum choice_kind kind =
        asked == QUESTION_NONE ? places[session->place].choices : questions[asked].choices;
    return choice_rule(kind);
}

const struct choice_rule *session_find_choice(const struct session *session, int argument,
                                              size_t *ret_position)
{
    const struct choice_rule *found = NULL;
    for (size_t i = 0; i < COUNT_OF(choices); i++)
        if (argument >= (int)choices[i].kind && (!found || choices[i].kind > found->kind))
            found = &choices[i];
    if (!found || (size_t)(argument - (int)found->kind) >= found->count(session))
        return NULL;
    *ret_position = (size_t)(argument - (int)found->kind);
    return found;
}

bool session_has_choices(const struct session *session)
{
    return session_choices(session) != NULL;
}

bool session_has_next(const struct session *session)
{
    const bool asked = questions[session->question].next || session->starting;
    return asked || (session->place != PLACE_PATHS && session->place != PLACE_PATH_END);
}

bool session_takes_yes(const struct session *session)
{
    return !(questions[session->question].flags & QUESTION_NO_YES);
}

bool session_insists(const struct session *session)
{
    return questions[session->question].flags & QUESTION_INSISTS;
}

bool session_allows(const struct session *session, enum command command)
{
    if (session_insists(session) && !(command_flags(command) & COMMAND_INSISTING))
        return false;
    return commands[command].possible(session);
}

bool session_allows_here(const struct session *session, enum command command)
{
    const bool secret = session_is_secret(session);
    return session_allows(session, command) &&
           (!secret || command_flags(command) & COMMAND_PRIVATE);
}

size_t session_help_commands(const struct session *session, enum command *ret_commands)
{
    size_t count = 0;
    for (int place = 1; place <= COMMAND_COUNT; place++)
        for (int i = 0; i < COMMAND_COUNT; i++)
            if (commands[i].help == place && session_allows_here(session, (enum command)i))
                ret_commands[count++] = (enum command)i;
    return count;
}
