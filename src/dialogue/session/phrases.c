/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dialogue/session/phrases.h"

#include "base/mem.h"
#include "base/number.h"
#include "base/text.h"
#include "dialogue/session/facts.h"
#include "dialogue/session/rules.h"
#include "dialogue/session/say.h"
#include "model/keymap.h"
#include "model/pack_vocabulary.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *session_phrase(const struct session *session, enum command command)
{
    if (command == COMMAND_CHOOSE && session_choices(session))
        return session_choices(session)->phrase(session);
    return pack_command_phrase(session->config.pack, command);
}

const char *session_key(const struct session *session, enum command command)
{
    /* Keys that do not act alone are not offered. */
    if (!session->settings.single_keys || session_is_secret(session))
        return NULL;
    if (command == COMMAND_CHOOSE)
        return "1";
    const char *key = keymap_key(session->config.pack, session->settings.keys, command);
    /* A dash alone is a pause to the voice and to many a screen reader. */
    return key && !strcmp(key, "-") ? messages_text(session->messages, MSG_KEY_MINUS) : key;
}

char *session_hint(const struct session *session, enum command command)
{
    const char *phrase = session_phrase(session, command);
    const char *key = session_key(session, command);
    if (key)
        return session_text(session, MSG_HINT, "phrase", phrase, "key", key);
    return session_text(session, MSG_HINT_NO_KEY, "phrase", phrase);
}

char *session_quoted(const struct session *session, const char *phrase)
{
    return session_text(session, MSG_QUOTED, "phrase", phrase);
}

void session_tell_choices(struct session *session, enum choice_kind kind)
{
    const struct choice_rule *choices = choice_rule(kind);
    for (size_t i = 0; i < choices->count(session); i++) {
        char number[NUMBER_TEXT_SIZE], *title = choices->title(session, i);
        session_tell(session, session_text(session, MSG_CHOICE, "number",
                                           number_text(number, (long)i + 1), "title", title));
        free(title);
    }
}

/* --- what can be said or typed ---------------------------------------------------------------- */

/* The highest number that can be typed for a choice. */
#define DIGITS_MAX 99

static void add_phrases(const struct guide_phrases *phrases, int argument,
                        struct vocabulary *vocabulary)
{
    for (size_t i = 0; i < phrases->count; i++)
        vocabulary_add(vocabulary, phrases->items[i], COMMAND_CHOOSE, argument, false);
}

static void add_paths(const struct session *session, enum choice_kind kind,
                      struct vocabulary *vocabulary)
{
    for (size_t i = 0; i < session->guide->path_count; i++)
        add_phrases(&session->guide->paths[i].phrases, (int)kind + (int)i, vocabulary);
}

bool session_named_section(const struct session *session, enum choice_kind kind, size_t position,
                           struct named_section *ret_named)
{
    const struct guide_path *path = session_path(session);
    if (position >= (path ? path->section_count : session_unreached_sections(session)))
        return false;
    const struct guide_section *section =
        path ? path->sections[position] : &session->guide->sections[position];
    *ret_named = (struct named_section){section->title, &section->phrases,
                                        (int)(path ? kind : CHOICE_LATER) + (int)position};
    return true;
}

static void add_sections(const struct session *session, enum choice_kind kind,
                         struct vocabulary *vocabulary)
{
    struct named_section named;
    for (size_t i = 0; session_named_section(session, kind, i, &named); i++)
        add_phrases(named.phrases, named.argument, vocabulary);
}

/* Each choice by its name. */
static void add_titles_of(const struct session *session, const struct choice_rule *choices,
                          struct vocabulary *vocabulary)
{
    for (size_t i = 0; i < choices->count(session); i++) {
        char *title = choices->title(session, i);
        vocabulary_add(vocabulary, title, COMMAND_CHOOSE, (int)choices->kind + (int)i, false);
        free(title);
    }
}

static void add_numbers(const struct session *session, struct vocabulary *vocabulary)
{
    const struct choice_rule *choices = session_choices(session);
    if (choices)
        pack_vocabulary_add_numbers(session->config.pack, choices->count(session),
                                    (int)choices->kind, vocabulary);
}

/* Digits typed: those beyond the last choice too, so that the answer can say so. */
static void add_digits(const struct session *session, struct vocabulary *vocabulary)
{
    const struct choice_rule *choices = session_choices(session);
    for (int i = 0; choices && i < DIGITS_MAX; i++) {
        char number[NUMBER_TEXT_SIZE];
        vocabulary_add(vocabulary, number_text(number, i + 1), COMMAND_CHOOSE,
                       (int)choices->kind + i, false);
    }
}

/* "étape 3", typed at a step of the section. */
static void add_steps(const struct session *session, struct vocabulary *vocabulary)
{
    for (int i = 0; session_step(session) && i < DIGITS_MAX; i++) {
        char number[NUMBER_TEXT_SIZE];
        char *phrase = session_text(session, MSG_LEFT_STEP, "step", number_text(number, i + 1));
        vocabulary_add(vocabulary, phrase, COMMAND_CHOOSE, CHOICE_STEP + i, false);
        free(phrase);
    }
}

static bool uses_word(const struct guide_step *step, const char *word)
{
    char *text = text_fold(step->say);
    char *wanted = text_fold(word);
    bool found = strstr(text, wanted) != NULL;
    free(text);
    free(wanted);
    return found;
}

/* "expliquer identifiant", for the words of the glossary that the step uses (or all of them). */
static void add_words(const struct session *session, bool all, struct vocabulary *vocabulary)
{
    const struct guide_step *step = session_step(session);
    for (size_t i = 0; i < session->guide->word_count; i++) {
        const struct guide_word *word = &session->guide->words[i];
        if (!all && !(step && uses_word(step, word->word)))
            continue;
        char *phrase = session_text(session, MSG_EXPLAIN_WORD, "word", word->word);
        vocabulary_add(vocabulary, phrase, COMMAND_EXPLAIN, (int)i + 1, false);
        free(phrase);
    }
}

/* "aide suivant": what a command does, and how else it can be said. */
static void add_help(const struct session *session, struct vocabulary *vocabulary)
{
    for (int i = 0; i < COMMAND_COUNT; i++) {
        const struct pack_command *words = &session->config.pack->commands[i];
        for (size_t j = 0; j < words->phrase_count; j++) {
            char *phrase = session_text(session, MSG_HELP_OF, "phrase", words->phrases[j]);
            vocabulary_add(vocabulary, phrase, COMMAND_HELP, i + 1, false);
            free(phrase);
        }
    }
}

static void add_private(const struct session *session, struct vocabulary *vocabulary)
{
    for (int i = 0; i < COMMAND_COUNT; i++)
        if (command_flags((enum command)i) & COMMAND_PRIVATE &&
            session_allows(session, (enum command)i))
            pack_vocabulary_add_command(session->config.pack, (enum command)i, vocabulary);
}

/* Which names can be said: those of the place and of the question. */
static unsigned names_now(const struct session *session)
{
    const struct question_rule *question = question_rule(session->question);
    const unsigned own = place_rule(session->place)->names;
    return question->names | (question->flags & QUESTION_ONLY_NAMES ? 0 : own);
}

/* What is not possible here is listened for as far as it is said every day. Of the answers only the
 * first word: the others are heard in any talk, and nothing is asked. */
static void add_commands(const struct session *session, struct vocabulary *vocabulary)
{
    const struct pack *pack = session->config.pack;
    for (int i = 0; i < COMMAND_COUNT; i++) {
        const unsigned flags = command_flags((enum command)i);
        if (flags & COMMAND_TYPED || (flags & COMMAND_PAGE && !session_looks_at_page(session)))
            continue;
        const bool answers = i == COMMAND_YES || i == COMMAND_NO;
        if (session_allows(session, (enum command)i) || (flags & COMMAND_EVERYDAY && !answers))
            pack_vocabulary_add_command(pack, (enum command)i, vocabulary);
        else if (flags & COMMAND_EVERYDAY)
            pack_vocabulary_add_first(pack, (enum command)i, vocabulary);
    }
}

/* Where something insists a name is known, too: it is answered by the question. */
static bool knows_names(const struct session *session)
{
    return session_insists(session) ||
           !(question_rule(session->question)->flags & QUESTION_ONLY_NAMES);
}

static void add_spoken(const struct session *session, struct vocabulary *vocabulary)
{
    const unsigned names = names_now(session);
    add_commands(session, vocabulary);
    if (names & NAMES_TITLES)
        add_titles_of(session, session_choices(session), vocabulary);
    if (knows_names(session)) {
        add_paths(session, names & NAMES_PATHS ? CHOICE_PATH : CHOICE_GO_PATH, vocabulary);
        add_sections(session, names & NAMES_SECTIONS ? CHOICE_SECTION : CHOICE_GO_SECTION,
                     vocabulary);
    }
    if (session_allows(session, COMMAND_CHOOSE))
        add_numbers(session, vocabulary);
    if (names & NAMES_WORDS)
        add_words(session, false, vocabulary);
}

/* Who types may also copy a title as it was printed. */
static void add_titles(const struct session *session, struct vocabulary *vocabulary)
{
    struct named_section named;
    for (size_t i = 0; i < session->guide->path_count; i++)
        vocabulary_add(vocabulary, session->guide->paths[i].title, COMMAND_CHOOSE,
                       CHOICE_PATH + (int)i, false);
    for (size_t i = 0; session_named_section(session, CHOICE_SECTION, i, &named); i++)
        vocabulary_add(vocabulary, named.title, COMMAND_CHOOSE, named.argument, false);
}

static void add_typed(const struct session *session, struct vocabulary *vocabulary)
{
    pack_vocabulary_add_all_typed(session->config.pack, vocabulary);
    /* What is no command is the name that is asked for. */
    if (session_is_naming(session))
        return;
    if (names_now(session) & NAMES_TITLES)
        add_titles_of(session, session_choices(session), vocabulary);
    add_paths(session, CHOICE_PATH, vocabulary);
    add_sections(session, CHOICE_SECTION, vocabulary);
    add_titles(session, vocabulary);
    add_numbers(session, vocabulary);
    add_digits(session, vocabulary);
    add_steps(session, vocabulary);
    add_words(session, true, vocabulary);
    add_help(session, vocabulary);
}

void session_vocabulary(const struct session *session, enum channel channel,
                        struct vocabulary *vocabulary)
{
    if (channel == CHANNEL_PRIVATE || session_is_secret(session))
        add_private(session, vocabulary);
    else if (channel == CHANNEL_TYPED)
        add_typed(session, vocabulary);
    else
        add_spoken(session, vocabulary);
}
