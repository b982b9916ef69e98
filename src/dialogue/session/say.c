#include "dialogue/session/say.h"

#include "base/mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- effects -------------------------------------------------------------------------------- */

static struct effect *add_effect(struct session *session, enum effect_kind kind)
{
    struct effects *effects = session->effects;
    effects->items =
        mem_grow(effects->items, &effects->capacity, effects->count + 1, sizeof *effects->items);
    effects->items[effects->count] = (struct effect){.kind = kind};
    return &effects->items[effects->count++];
}

void session_effect(struct session *session, enum effect_kind kind)
{
    add_effect(session, kind);
}

static void add_utterance(struct session *session, enum effect_kind kind,
                          enum utterance_kind utterance, char *text)
{
    struct effect *effect = add_effect(session, kind);
    effect->utterance = (struct utterance){
        .text = text,
        .kind = utterance,
        .rule = session->spoke ? UTTERANCE_QUEUE : UTTERANCE_REPLACE,
        .slowly = session->slowly,
    };
    if (kind == EFFECT_SAY)
        session->spoke = true;
}

void session_say(struct session *session, char *text)
{
    char *prefix = session->prefix;
    session->prefix = NULL;
    if (prefix)
        add_utterance(session, EFFECT_SAY, UTTERANCE_TEXT, prefix);
    add_utterance(session, EFFECT_SAY, UTTERANCE_TEXT, text);
}

void session_print(struct session *session, char *text)
{
    add_utterance(session, EFFECT_PRINT, UTTERANCE_TEXT, text);
}

void session_spell(struct session *session, const char *text, bool examples)
{
    add_utterance(session, EFFECT_SAY, examples ? UTTERANCE_SPELL_EXAMPLES : UTTERANCE_SPELL,
                  xstrdup(text));
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

/* --- numbers and lists ------------------------------------------------------------------------ */

const char *number_text(char buffer[16], long number)
{
    snprintf(buffer, 16, "%ld", number);
    return buffer;
}

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
