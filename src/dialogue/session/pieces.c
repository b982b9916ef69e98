/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Explanations: of a step, of what is to have at hand, of a word, of the guide. A long one comes in
 * pieces of two sentences, and goes on when the learner wants more.
 */
#include "base/mem.h"
#include "base/tokens.h"
#include "dialogue/session/facts.h"
#include "dialogue/session/features.h"
#include "dialogue/session/rules.h"
#include "dialogue/session/say.h"
#include "reading/reading.h"

#include <stdlib.h>
#include <string.h>

/* So many words, a quarter of a minute, are kept in mind at once; more is cut behind two sentences,
 * and simple text always is. */
#define WORDS_AT_ONCE   40
#define SENTENCES_PIECE 2

static size_t count_words(const char *text)
{
    struct tokens words = {0};
    tokens_split(&words, text, " \n");
    const size_t count = words.count;
    tokens_free(&words);
    return count;
}

static bool ends_with(const char *sentence, char sign)
{
    const size_t length = strlen(sentence);
    return length && sentence[length - 1] == sign;
}

/* What is told first, and the rest. Lines stay lines. */
struct cut {
    struct strbuf piece, rest;
    int sentences; /* in the piece */
    bool full;
};

/* How many of `sentences` are one for who listens: a colon is only a pause for the voice. */
static size_t count_joined(char **sentences, size_t count)
{
    size_t joined = 1;
    while (joined < count && ends_with(sentences[joined - 1], ':'))
        joined++;
    return joined;
}

static void cut_line(const struct session *session, const char *line, struct cut *cut)
{
    char **sentences = NULL;
    const size_t count = reading_sentences(session->config.pack->reading, line, &sentences);
    const struct strbuf *before = NULL;
    for (size_t i = 0; i < count;) {
        const size_t end = i + count_joined(sentences + i, count - i);
        /* What is asked is answered at once: in simple text it begins a piece of its own. */
        const bool asks = ends_with(sentences[end - 1], '?');
        cut->full |= asks && session->settings.simple && cut->sentences;
        struct strbuf *to = cut->full ? &cut->rest : &cut->piece;
        for (; i < end; i++) {
            strbuf_add(to, !to->length ? "" : to == before ? " " : "\n");
            strbuf_add(to, sentences[i]);
            before = to;
        }
        cut->sentences += !asks || session->settings.simple;
        cut->full |= cut->sentences >= SENTENCES_PIECE;
    }
    sentences_free(sentences, count);
}

/* Takes the first sentences off `text`: *ret_rest is what is left, or NULL. Both to be freed. */
static char *take_piece(const struct session *session, const char *text, char **ret_rest)
{
    struct cut cut = {0};
    struct tokens lines = {0};
    tokens_split(&lines, text, "\n");
    for (size_t i = 0; i < lines.count; i++)
        cut_line(session, lines.items[i], &cut);
    tokens_free(&lines);
    *ret_rest = cut.rest.length ? strbuf_take(&cut.rest) : NULL;
    return strbuf_take(&cut.piece);
}

static void tell_lines(struct session *session, const char *text)
{
    struct tokens lines = {0};
    tokens_split(&lines, text, "\n");
    for (size_t i = 0; i < lines.count; i++)
        session_tell(session, xstrdup(lines.items[i]));
    tokens_free(&lines);
}

/* Tells the text, or its beginning and the question for more. Takes it over. */
static struct next tell_piece(struct session *session, char *text)
{
    char *piece = NULL;
    free(session->rest);
    session->rest = NULL;
    if (session->settings.simple || count_words(text) > WORDS_AT_ONCE)
        piece = take_piece(session, text, &session->rest);
    tell_lines(session, piece ? piece : text);
    free(piece);
    free(text);
    if (session->rest)
        return next_ask(QUESTION_MORE);
    return session->question == QUESTION_NONE ? next_stay() : next_tell();
}

void session_ask_more(struct session *session)
{
    session_tell(session, session_text(session, MSG_ASK_MORE));
}

struct next session_answer_more(struct session *session, enum question asked, bool yes)
{
    (void)asked;
    char *rest = session->rest;
    session->rest = NULL;
    if (yes)
        return tell_piece(session, rest);
    free(rest);
    session_say(session, session_text(session, MSG_ENOUGH));
    return session->question == QUESTION_NONE ? next_stay() : next_tell();
}

/* "Again" goes on where more was offered, and repeats elsewhere. */
struct next session_more(struct session *session, const struct request *request)
{
    (void)request;
    return next_run(session->question == QUESTION_MORE ? COMMAND_YES : COMMAND_REPEAT, 0);
}

/* --- explaining ------------------------------------------------------------------------------- */

static const char *simplest(const struct session *session, const char *more, const char *simple)
{
    return session->settings.simple && simple ? simple : more;
}

static char *step_text(const struct session *session, const struct guide_step *step)
{
    const char *more = simplest(session, step->more, step->simple_more);
    return step->where ? xasprintf("%s\n%s", more, step->where) : xstrdup(more);
}

struct next session_explain(struct session *session, const struct request *request)
{
    const struct guide_step *step = session_step(session);
    const int position = request->argument;
    if (position > 0 && (size_t)position <= session->guide->word_count) {
        const struct guide_word *word = &session->guide->words[position - 1];
        session_new_topic(session);
        return tell_piece(session,
                          session_text(session, MSG_WORD, "word", word->word, "text", word->say));
    }
    if (!session_allows(session, COMMAND_EXPLAIN))
        return next_cannot(COMMAND_EXPLAIN);
    session_new_topic(session);
    if (!session_is_asking_need(session))
        return tell_piece(session, step_text(session, step));
    const struct guide_need *need = &session_section(session)->needs[session->need];
    return tell_piece(session, xstrdup(simplest(session, need->more, need->simple_more)));
}

/* Whose facts the guide teaches, and of when. */
struct next session_source(struct session *session, const struct request *request)
{
    (void)request;
    if (!session_allows(session, COMMAND_SOURCE))
        return next_cannot(COMMAND_SOURCE);
    session_new_topic(session);
    return tell_piece(session,
                      session_text(session, MSG_GUIDE_SOURCE, "source", session->guide->source));
}

struct next session_find(struct session *session, const struct request *request)
{
    (void)request;
    const struct guide_step *step = session_step(session);
    if (!step)
        return next_cannot(COMMAND_FIND);
    session_new_topic(session);
    return tell_piece(session,
                      step->where ? xstrdup(step->where) : session_text(session, MSG_FIND_NOTHING));
}
