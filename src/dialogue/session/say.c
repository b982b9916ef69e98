/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dialogue/session/say.h"

#include "base/mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- effects -------------------------------------------------------------------------------- */

void session_effect(struct session *session, enum effect_kind kind)
{
    struct effect *effect = effects_add(session->effects, kind);
    effect->settings = kind == EFFECT_SETTINGS ? &session->settings : NULL;
}

static void say_as(struct session *session, enum utterance_kind kind, char *text)
{
    effects_say(session->effects,
                (struct utterance){.text = text, .kind = kind, .slowly = session->slowly});
}

void session_say(struct session *session, char *text)
{
    char *prefix = session->prefix;
    session->prefix = NULL;
    if (prefix)
        say_as(session, UTTERANCE_TEXT, prefix);
    say_as(session, UTTERANCE_TEXT, text);
}

void session_print(struct session *session, char *text)
{
    effects_print(session->effects, text);
}

void session_spell(struct session *session, const char *text, bool examples)
{
    say_as(session, examples ? UTTERANCE_SPELL_EXAMPLES : UTTERANCE_SPELL, xstrdup(text));
}

/* --- repeating ------------------------------------------------------------------------------ */

void session_new_topic(struct session *session)
{
    for (size_t i = 0; i < session->last_count; i++)
        free(session->last[i]);
    session->last_count = 0;
}

static void remember(struct session *session, const char *text)
{
    session->last = mem_grow(session->last, &session->last_capacity, session->last_count + 1,
                             sizeof *session->last);
    session->last[session->last_count++] = xstrdup(text);
}

void session_tell(struct session *session, char *text)
{
    remember(session, text);
    session_say(session, text);
}

void session_say_before(struct session *session, char *text)
{
    free(session->prefix);
    session->prefix = text;
}

void session_tell_joined(struct session *session, char *text)
{
    char *prefix = session->prefix;
    session->prefix = NULL;
    if (!prefix) {
        session_tell(session, text);
        return;
    }
    remember(session, text);
    session_say(session, xasprintf("%s %s", prefix, text));
    free(prefix);
    free(text);
}

void session_tell_last(struct session *session)
{
    if (!session->last_count)
        session_say(session, session_text(session, MSG_NOTHING_TO_REPEAT));
    for (size_t i = 0; i < session->last_count; i++)
        session_say(session, xstrdup(session->last[i]));
}

/* --- lists ------------------------------------------------------------------------ */

void session_list_add(const struct session *session, struct strbuf *list, const char *item,
                      size_t position, size_t count)
{
    if (position && position + 1 == count) {
        char *last = session_text(session, MSG_JOIN_LAST);
        strbuf_addf(list, " %s ", last);
        free(last);
    } else if (position) {
        strbuf_add(list, ", ");
    }
    strbuf_add(list, item);
}
