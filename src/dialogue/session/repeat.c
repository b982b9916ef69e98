/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/mem.h"
#include "dialogue/session/features.h"
#include "dialogue/session/rules.h"
#include "dialogue/session/say.h"
#include "reading/reading.h"

#include <stdlib.h>
#include <string.h>

/* A colon is a pause for the voice, not the end of a sentence. */
static bool goes_on(const char *piece)
{
    size_t length = strlen(piece);
    return length && piece[length - 1] == ':';
}

/* Said again is what was said last; then, and where that is nothing, the step or the question. */
struct next session_repeat(struct session *session, const struct request *request)
{
    (void)request;
    if (session->repeats < 2 && session->last_count) {
        session_tell_last(session);
        return next_stay();
    }
    session_new_topic(session);
    return session_step(session) ? next_run(COMMAND_REREAD, 0) : next_tell();
}

/* The step, whatever was said since; a question that is open is asked behind it. */
struct next session_reread(struct session *session, const struct request *request)
{
    (void)request;
    const enum question asked = session->question;
    session_new_topic(session);
    /* At these the step was not told yet. */
    if (asked != QUESTION_NEED && asked != QUESTION_RESUME)
        place_rule(session->place)->tell(session);
    return asked == QUESTION_NONE ? next_stay() : next_tell();
}

/* The last sentence of a text, with what leads to it; to be freed. NULL if it has none. */
static char *last_sentence(const struct session *session, const char *told)
{
    char **sentences = NULL;
    const size_t count = reading_sentences(session->config.pack->reading, told, &sentences);
    size_t from = count ? count - 1 : 0;
    while (from > 0 && goes_on(sentences[from - 1]))
        from--;
    struct strbuf text = {0};
    for (size_t i = from; i < count; i++) {
        strbuf_add(&text, i > from ? " " : "");
        strbuf_add(&text, sentences[i]);
    }
    sentences_free(sentences, count);
    return count ? strbuf_take(&text) : NULL;
}

struct next session_repeat_last(struct session *session, const struct request *request)
{
    (void)request;
    if (!session->last_count)
        return next_tell();
    const struct utterance *last = &session->last[session->last_count - 1];
    char *sentence = last->kind == UTTERANCE_TEXT ? last_sentence(session, last->text) : NULL;
    if (sentence)
        session_say(session, sentence);
    else
        session_tell_last(session);
    return next_stay();
}

struct next session_repeat_slower(struct session *session, const struct request *request)
{
    (void)request;
    if (!session->last_count)
        return next_tell();
    session->slowly = true;
    session_tell_last(session);
    session->slowly = false;
    return next_stay();
}

struct next session_stop(struct session *session, const struct request *request)
{
    (void)request;
    session->paused = false;
    session_effect(session, EFFECT_SILENCE);
    session_print(session, session_text(session, MSG_SILENCE));
    return next_stay();
}

struct next session_pause(struct session *session, const struct request *request)
{
    (void)request;
    session->paused = session->config.speaks;
    session_effect(session, EFFECT_PAUSE);
    session_print(session, session_text(session, MSG_PAUSED));
    return next_stay();
}

struct next session_resume(struct session *session, const struct request *request)
{
    (void)request;
    if (!session->paused)
        return next_run(COMMAND_REPEAT, 0);
    session->paused = false;
    session_print(session, session_text(session, MSG_RESUMED));
    session_effect(session, EFFECT_RESUME);
    return next_stay();
}
