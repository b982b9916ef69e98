/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/mem.h"
#include "dialogue/session/features.h"
#include "dialogue/session/month.h"
#include "dialogue/session/phrases.h"
#include "dialogue/session/rules.h"
#include "dialogue/session/say.h"

#include <stdlib.h>

/* --- what can be done here -------------------------------------------------------------------- */

/* Three short sentences: two commands and how to hear more. */
#define HELP_PER_PAGE 2

static void tell_command(struct session *session, enum command command)
{
    if (command == COMMAND_CHOOSE) {
        const struct choice_rule *choices = session_choices(session);
        session_tell(session, session_text(session, choices ? choices->help : MSG_HELP_CHOICE));
        return;
    }
    const struct pack_command *words = &session->config.pack->commands[command];
    const char *phrase = session_phrase(session, command);
    const char *key = session_key(session, command);
    const char *help = words->help ? words->help : command_name(command);
    if (key)
        session_tell(session, session_text(session, MSG_HELP_COMMAND, "phrase", phrase, "key", key,
                                           "help", help));
    else
        session_tell(session, session_text(session, MSG_HELP_COMMAND_NO_KEY, "phrase", phrase,
                                           "help", help));
}

static void say_page(struct session *session)
{
    enum command commands[COMMAND_COUNT];
    size_t count = session_help_commands(session, commands);
    size_t from = (size_t)session->help_page * HELP_PER_PAGE;
    session_new_topic(session);
    session->help_from = (int)from;
    if (session->at_start && !from) {
        session_tell(session, session_text(session, MSG_ABOUT));
        session_tell_windows(session);
    }
    for (size_t i = from; i < count && i < from + HELP_PER_PAGE; i++)
        tell_command(session, commands[i]);
    bool more = from + HELP_PER_PAGE < count;
    session->help_page = more ? session->help_page + 1 : 0;
    if (more)
        session_tell(session, session_text(session, MSG_HELP_MORE));
}

/* The commands that help told last (or would tell first): `ret` from *ret_from up to the count
 * returned; `ret` holds COMMAND_COUNT. */
static size_t told_last(const struct session *session, enum command *ret_commands, size_t *ret_from)
{
    size_t count = session_help_commands(session, ret_commands);
    size_t from = (size_t)session->help_from;
    *ret_from = from < count ? from : 0;
    return *ret_from + HELP_PER_PAGE < count ? *ret_from + HELP_PER_PAGE : count;
}

/* --- other words for the same ----------------------------------------------------------------- */

/* A list of phrases in quotes; to be freed with free(). */
static char *phrases_text(const struct session *session, const struct pack_command *words)
{
    struct strbuf list = {0};
    for (size_t i = 1; i < words->phrase_count; i++) {
        char *phrase = session_quoted(session, words->phrases[i]);
        session_list_add(session, &list, phrase, i - 1, words->phrase_count - 1);
        free(phrase);
    }
    return strbuf_take(&list);
}

/* False if there is only one way to say it. */
static bool tell_phrasings_of(struct session *session, enum command command)
{
    const struct pack_command *words = &session->config.pack->commands[command];
    if (words->phrase_count < 2)
        return false;
    char *phrases = phrases_text(session, words);
    session_tell(session, session_text(session, MSG_PHRASINGS, "phrase", words->phrases[0],
                                       "phrases", phrases));
    free(phrases);
    return true;
}

/* "Aide", or "aide suivant": then the argument is the command, from 1. */
struct next session_help(struct session *session, const struct request *request)
{
    enum command command = (enum command)(request->argument - 1);
    if (!request->argument) {
        say_page(session);
        return next_stay();
    }
    session_new_topic(session);
    tell_command(session, command);
    tell_phrasings_of(session, command);
    return next_stay();
}

struct next session_phrasings(struct session *session, const struct request *request)
{
    (void)request;
    enum command commands[COMMAND_COUNT];
    size_t from = 0, count = told_last(session, commands, &from);
    bool told = false;
    session_new_topic(session);
    for (size_t i = from; i < count; i++)
        told |= tell_phrasings_of(session, commands[i]);
    if (!told)
        session_tell(session, session_text(session, MSG_PHRASINGS_NONE));
    return next_stay();
}

/* More at once cannot be kept in mind. */
#define SAYABLE_MAX 8

struct next session_sayable(struct session *session, const struct request *request)
{
    (void)request;
    enum command commands[COMMAND_COUNT];
    size_t count = session_help_commands(session, commands);
    count = count < SAYABLE_MAX ? count : SAYABLE_MAX;
    struct strbuf list = {0};
    for (size_t i = 0; i < count; i++) {
        char *phrase = session_quoted(session, session_phrase(session, commands[i]));
        session_list_add(session, &list, phrase, i, count);
        free(phrase);
    }
    char *text = strbuf_take(&list);
    session_new_topic(session);
    session_tell(session, session_text(session, MSG_SAYABLE, "list", text));
    free(text);
    return next_stay();
}
