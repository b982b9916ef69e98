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

/* What was paused makes way. */
static void say_as(struct session *session, enum utterance_kind kind, char *text)
{
    session->paused = false;
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

void session_say_aloud(struct session *session, char *text, char *aloud)
{
    session_say(session, text);
    session->effects->items[session->effects->count - 1].utterance.aloud = aloud;
}

void session_print(struct session *session, char *text)
{
    effects_print(session->effects, text);
}

/* Who reads gets each letter, too. */
static void spell(struct session *session, enum utterance_kind kind, const char *text)
{
    const struct reading_rules *rules = session->config.pack->reading;
    char *letters = kind == UTTERANCE_SPELL ? reading_spell_letters(rules, text)
                                            : reading_spell_examples(rules, text);
    say_as(session, kind, xstrdup(text));
    session_print(session, letters);
}

/* --- repeating ------------------------------------------------------------------------------ */

void session_new_topic(struct session *session)
{
    for (size_t i = 0; i < session->last_count; i++)
        utterance_free(&session->last[i]);
    session->last_count = 0;
}

static void remember(struct session *session, enum utterance_kind kind, const char *text)
{
    session->last = mem_grow(session->last, &session->last_capacity, session->last_count + 1,
                             sizeof *session->last);
    session->last[session->last_count++] = (struct utterance){.text = xstrdup(text), .kind = kind};
}

void session_spell(struct session *session, const char *text, bool examples)
{
    const enum utterance_kind kind = examples ? UTTERANCE_SPELL_EXAMPLES : UTTERANCE_SPELL;
    remember(session, kind, text);
    spell(session, kind, text);
}

void session_tell(struct session *session, char *text)
{
    remember(session, UTTERANCE_TEXT, text);
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
    remember(session, UTTERANCE_TEXT, text);
    session_say(session, xasprintf("%s %s", prefix, text));
    free(prefix);
    free(text);
}

void session_tell_last(struct session *session)
{
    for (size_t i = 0; i < session->last_count; i++) {
        const struct utterance *again = &session->last[i];
        if (again->kind == UTTERANCE_TEXT)
            session_say(session, xstrdup(again->text));
        else
            spell(session, again->kind, again->text);
    }
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
