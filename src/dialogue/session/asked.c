/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is asked here, in other words and with the words that answer it: for who was not understood,
 * who wants what is not possible here, and who says nothing.
 */
#include "base/mem.h"
#include "base/number.h"
#include "dialogue/session/features.h"
#include "dialogue/session/phrases.h"
#include "dialogue/session/rules.h"
#include "dialogue/session/say.h"

#include <stdlib.h>

/* As many tries as anybody has before other ways are offered. */
#define MISSES_BEFORE_OTHER_WAYS 3

static const struct place_rule *place(const struct session *session)
{
    return place_rule(session->place);
}

static enum message asked_message(const struct session *session)
{
    return session->question == QUESTION_NONE ? place(session)->asked
                                              : question_rule(session->question)->asked;
}

/* --- the words that answer -------------------------------------------------------------------- */

/* A choice as it may be said: a path by its phrase, else by its title. */
static char *choice_hint(const struct session *session, size_t position)
{
    const struct choice_rule *choices = session_choices(session);
    if (!choices)
        return session_quoted(session, "");
    if (choices->kind == CHOICE_PATH)
        return session_quoted(session, session->guide->paths[position].phrases.items[0]);
    if (!position)
        return session_quoted(session, choices->phrase(session));
    char *title = choices->title(session, position);
    char *hint = session_quoted(session, title);
    free(title);
    return hint;
}

static char *first_hint(const struct session *session)
{
    if (session->question == QUESTION_NONE && place(session)->first != COMMAND_CHOOSE)
        return session_hint(session, place(session)->first);
    if (session_allows(session, COMMAND_YES))
        return session_hint(session, COMMAND_YES);
    const int other_yes = question_rule(session->question)->yes;
    return other_yes == COMMAND_NONE ? choice_hint(session, 0)
                                     : session_hint(session, (enum command)other_yes);
}

static char *second_hint(const struct session *session)
{
    if (session->question != QUESTION_NONE)
        return session_hint(session, COMMAND_NO);
    if (place(session)->second == COMMAND_CHOOSE)
        return choice_hint(session, session_choices(session)->count(session) > 1);
    return session_hint(session, place(session)->second);
}

char *session_about_nothing(const struct session *session)
{
    (void)session;
    return xstrdup("");
}

static char *asked_text(const struct session *session)
{
    const struct guide_section *section = session_section(session);
    char step[NUMBER_TEXT_SIZE], steps[NUMBER_TEXT_SIZE];
    char *first = first_hint(session), *second = second_hint(session);
    char *label = question_rule(session->question)->about(session);
    char *text =
        session_text(session, asked_message(session), "first", first, "second", second, "label",
                     label, "phrase", session->doubt.phrase ? session->doubt.phrase : "", "step",
                     number_text(step, session->step + 1), "steps",
                     number_text(steps, section ? (long)section->step_count : 0));
    free(first);
    free(second);
    free(label);
    return text;
}

/* --- telling ---------------------------------------------------------------------------------- */

/* The third time in a row another way is offered, but not to who uses it already. */
static char *not_understood_text(struct session *session, bool typed, const char *asked)
{
    if (++session->misses < MISSES_BEFORE_OTHER_WAYS)
        return session_text(session, MSG_NOT_UNDERSTOOD, "asked", asked);
    session->misses = 0;
    char *help = session_hint(session, typed ? COMMAND_HELP : COMMAND_SOUND_CHECK);
    char *text = session_text(session, typed ? MSG_NOT_UNDERSTOOD_TYPED : MSG_NOT_UNDERSTOOD_AGAIN,
                              "asked", asked, typed ? "help" : "check", help);
    free(help);
    return text;
}

void session_say_not_understood(struct session *session, bool typed)
{
    char *asked = asked_text(session);
    session_say(session, not_understood_text(session, typed, asked));
    free(asked);
}

void session_say_cannot(struct session *session, enum command command)
{
    const bool answers = command == COMMAND_YES || command == COMMAND_NO;
    const bool asks = session->question != QUESTION_NONE || session_allows(session, COMMAND_CHOOSE);
    char *asked = asked_text(session);
    session_say(session, answers && !asks
                             ? session_text(session, MSG_NO_QUESTION, "asked", asked)
                             : session_text(session, MSG_CANNOT_HERE, "phrase",
                                            session_phrase(session, command), "asked", asked));
    free(asked);
}

/* --- silence ---------------------------------------------------------------------------------- */

/* Only what is spoken may have been missed; nobody is asked a third time, nor who uses switches. */
bool session_awaits_answer(const struct session *session)
{
    const bool waits = session->config.speaks && !session->paused && !session->met_silence &&
                       session->settings.scan == SCAN_OFF;
    return waits && (session->question != QUESTION_NONE || session_allows(session, COMMAND_CHOOSE));
}

void session_meet_silence(struct session *session)
{
    session->met_silence = true;
    session_say(session, asked_text(session));
}
