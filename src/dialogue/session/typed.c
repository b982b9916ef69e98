/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is typed as people type it: a word of the glossary, alone or after "what is"; a piece of a
 * title. What may mean several things is asked back.
 */
#include "base/mem.h"
#include "base/text.h"
#include "base/tokens.h"
#include "dialogue/session/facts.h"
#include "dialogue/session/features.h"
#include "dialogue/session/phrases.h"
#include "dialogue/session/rules.h"
#include "dialogue/session/say.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Shorter words ("de", "la") tell nothing. */
#define TELLING_LETTERS 3

/* A single word that was typed may lack so much of its end in the glossary ("heure"); of a title
 * any beginning will do ("ordi"). */
#define ENDING_LETTERS 1

/* More are no help to choose from. */
#define FOUND_MAX 9

/* --- pieces ----------------------------------------------------------------------------------- */

/* What was typed, in words; each may lack `ending` letters at most. */
struct pieces {
    struct tokens words;
    size_t ending;
};

static bool begins_a_word(const struct tokens *words, const char *piece, size_t ending)
{
    const size_t length = strlen(piece);
    for (size_t i = 0; i < words->count; i++)
        if (!strncmp(words->items[i], piece, length) && strlen(words->items[i] + length) <= ending)
            return true;
    return false;
}

/* True if every telling word of `pieces` begins a word of the text. */
static bool is_piece_of(const struct pieces *pieces, const char *text)
{
    struct tokens words = {0};
    char *folded = text_fold(text);
    bool all = true, any = false;
    tokens_split(&words, folded, " ");
    for (size_t i = 0; i < pieces->words.count && all; i++) {
        if (strlen(pieces->words.items[i]) < TELLING_LETTERS)
            continue;
        any = true;
        all = begins_a_word(&words, pieces->words.items[i], pieces->ending);
    }
    tokens_free(&words);
    free(folded);
    return all && any;
}

static bool is_piece_of_any(const struct pieces *pieces, const char *title,
                            const struct guide_phrases *phrases)
{
    bool found = is_piece_of(pieces, title);
    for (size_t i = 0; i < phrases->count && !found; i++)
        found = is_piece_of(pieces, phrases->items[i]);
    return found;
}

static void find_titles(const struct session *session, const struct pieces *pieces,
                        struct vocabulary *found)
{
    struct named_section named;
    for (size_t i = 0; session_named_section(session, CHOICE_SECTION, i, &named); i++)
        if (is_piece_of_any(pieces, named.title, named.phrases))
            vocabulary_add(found, named.title, COMMAND_CHOOSE, named.argument, false);
    for (size_t i = 0; i < session->guide->path_count; i++)
        if (is_piece_of_any(pieces, session->guide->paths[i].title,
                            &session->guide->paths[i].phrases))
            vocabulary_add(found, session->guide->paths[i].title, COMMAND_CHOOSE,
                           CHOICE_PATH + (int)i, false);
}

/* --- words of the glossary -------------------------------------------------------------------- */

static void add_word(const struct session *session, const struct guide_word *word,
                     struct vocabulary *found)
{
    vocabulary_add(found, word->word, COMMAND_EXPLAIN, (int)(word - session->guide->words) + 1,
                   false);
}

static void find_words(const struct session *session, const struct pieces *pieces,
                       struct vocabulary *found)
{
    for (size_t i = 0; i < session->guide->word_count; i++)
        if (is_piece_of_any(pieces, session->guide->words[i].word, &session->guide->words[i].forms))
            add_word(session, &session->guide->words[i], found);
}

/* What follows the longest "what is" that the text begins with, or NULL. */
static const char *asked_for(const struct session *session, const char *folded)
{
    const struct pack *pack = session->config.pack;
    size_t longest = 0;
    for (size_t i = 0; i < pack->asking_count; i++) {
        char *asking = text_fold(pack->asking[i]);
        const size_t length = strlen(asking);
        if (length > longest && !strncmp(folded, asking, length) && folded[length] == ' ')
            longest = length;
        free(asking);
    }
    return longest ? folded + longest + 1 : NULL;
}

/* --- all of it -------------------------------------------------------------------------------- */

static void find(const struct session *session, const char *text, struct vocabulary *found)
{
    char *folded = text_fold(text);
    const char *asked = asked_for(session, folded), *wanted = asked ? asked : folded;
    const struct guide_word *word = guide_find_word(session->guide, wanted);
    struct pieces pieces = {.ending = SIZE_MAX};
    tokens_split(&pieces.words, wanted, " ");
    if (word)
        add_word(session, word, found);
    else if (!asked)
        find_titles(session, &pieces, found);
    pieces.ending = asked ? SIZE_MAX : ENDING_LETTERS;
    if (!found->count)
        find_words(session, &pieces, found);
    tokens_free(&pieces.words);
    free(folded);
}

bool session_takes_text(const struct session *session, const char *text)
{
    /* "35 heures" is an answer to what is asked there, not a word to explain. */
    if (session_is_asking_need(session) && strpbrk(text, "0123456789"))
        return false;
    struct vocabulary found = {0};
    if (session_is_naming(session) || session_is_secret(session))
        return false;
    find(session, text, &found);
    const bool takes = found.count > 0 && found.count <= FOUND_MAX;
    vocabulary_free(&found);
    return takes;
}

struct next session_take_text(struct session *session, const char *text)
{
    vocabulary_free(&session->found);
    find(session, text, &session->found);
    if (session->found.count > 1) {
        session_new_topic(session);
        return next_ask(QUESTION_WHICH);
    }
    return session_take_found(session, 0);
}

/* --- which of them ---------------------------------------------------------------------------- */

void session_ask_which(struct session *session)
{
    session_tell(session, session_text(session, MSG_ASK_WHICH));
    session_tell_choices(session, CHOICE_FOUND);
}

struct next session_answer_which(struct session *session, enum question asked, bool yes)
{
    (void)session;
    return yes ? next_ask(asked) : next_tell();
}

size_t session_count_found(const struct session *session)
{
    return session->found.count;
}

char *session_found_title(const struct session *session, size_t position)
{
    return xstrdup(session->found.items[position].text);
}

const char *session_first_found(const struct session *session)
{
    return session->found.count ? session->found.items[0].text : "1";
}

struct next session_take_found(struct session *session, size_t position)
{
    const struct phrase *phrase = &session->found.items[position];
    /* Who only wants to know a word is still asked what was asked. */
    if (phrase->command == COMMAND_EXPLAIN)
        session->question = session->open;
    return next_run(phrase->command, phrase->argument);
}
