/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/mem.h"
#include "dialogue/session/features.h"
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

struct next session_repeat(struct session *session, const struct request *request)
{
    (void)request;
    session_tell_last(session);
    return next_stay();
}

struct next session_repeat_last(struct session *session, const struct request *request)
{
    (void)request;
    char **sentences = NULL;
    size_t count = 0;
    if (session->last_count)
        count = reading_sentences(session->config.pack->reading,
                                  session->last[session->last_count - 1], &sentences);
    size_t from = count ? count - 1 : 0;
    while (from > 0 && goes_on(sentences[from - 1]))
        from--;
    struct strbuf text = {0};
    for (size_t i = from; i < count; i++) {
        strbuf_add(&text, i > from ? " " : "");
        strbuf_add(&text, sentences[i]);
    }
    if (count)
        session_say(session, strbuf_take(&text));
    else
        session_tell_last(session);
    sentences_free(sentences, count);
    return next_stay();
}

struct next session_repeat_slower(struct session *session, const struct request *request)
{
    (void)request;
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
    if (!session->paused) {
        session_tell_last(session);
        return next_stay();
    }
    session->paused = false;
    session_print(session, session_text(session, MSG_RESUMED));
    session_effect(session, EFFECT_RESUME);
    return next_stay();
}
