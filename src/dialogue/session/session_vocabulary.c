#include "base/mem.h"
#include "base/text.h"
#include "dialogue/session/session_state.h"
#include "model/keymap.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The first name that can be chosen here: it stands for "choose" in hints. */
static const char *first_choice(const struct session *session)
{
    const struct guide_path *path = session_path(session);
    if (session->question == QUESTION_LEARNER)
        return session->config.learner_count ? session->config.learners[0] : "1";
    return path ? path->sections[0]->phrases.items[0] : session->guide->paths[0].phrases.items[0];
}

const char *session_phrase(const struct session *session, enum command command)
{
    if (command == COMMAND_CHOOSE)
        return first_choice(session);
    const struct pack_command *words = &session->config.pack->commands[command];
    return words->phrase_count ? words->phrases[0] : command_name(command);
}

const char *session_key(const struct session *session, enum command command)
{
    /* Keys that do not act alone are not offered. */
    if (!session->settings.single_keys)
        return NULL;
    if (command == COMMAND_CHOOSE)
        return "1";
    const char *key = keymap_key(session->config.pack, session->settings.keys, command);
    /* A dash alone is a pause to the voice and to many a screen reader. */
    return key && !strcmp(key, "-") ? messages_text(session->messages, MSG_KEY_MINUS) : key;
}

/* The highest number that can be typed for a choice. */
#define DIGITS_MAX 99

/* --- what can be done here ---------------------------------------------------------------------
 */

static bool uses_word(const struct guide_step *step, const char *word)
{
    char *text = text_fold(step->say);
    char *wanted = text_fold(word);
    bool found = strstr(text, wanted) != NULL;
    free(text);
    free(wanted);
    return found;
}

static bool can_spell(const struct guide_step *step)
{
    return step && (step->spell || step->label || step->link);
}

static bool is_marked(const struct session *session)
{
    return session->place == PLACE_STEP &&
           session_mark_of(session, session_section(session), session->step);
}

/* What can be carried out beside a question that insists, or answers it. */
static bool goes_with_insisting(enum command command)
{
    static const enum command those[] = {
        COMMAND_YES,    COMMAND_NO,     COMMAND_QUIT,   COMMAND_REPEAT,      COMMAND_STOP,
        COMMAND_PAUSE,  COMMAND_HELP,   COMMAND_WHERE,  COMMAND_RESUME,      COMMAND_SLOWER,
        COMMAND_FASTER, COMMAND_LOUDER, COMMAND_SOFTER, COMMAND_REPEAT_LAST, COMMAND_REPEAT_SLOWER,
    };
    for (size_t i = 0; i < COUNT_OF(those); i++)
        if (those[i] == command)
            return true;
    return false;
}

bool session_allows(const struct session *session, enum command command)
{
    const struct guide_step *step = session_step(session);
    enum question question = session->question;
    bool asked = question != QUESTION_NONE;
    if (question >= QUESTION_LEAVE && !goes_with_insisting(command))
        return false;
    switch (command) {
    case COMMAND_YES:
        return asked && question != QUESTION_LEARNER && question != QUESTION_NAME;
    case COMMAND_NO:
        return asked;
    case COMMAND_NEXT:
        return session->place != PLACE_PATHS && session->place != PLACE_PATH_END;
    case COMMAND_PREVIOUS:
    case COMMAND_RESTART:
        return session->place == PLACE_STEP || session->place == PLACE_SECTION_END;
    case COMMAND_DONE:
        return step != NULL;
    case COMMAND_NOT_NEEDED:
        return step && step->not_needed;
    case COMMAND_UNDO:
        return is_marked(session) || session->marked_here;
    case COMMAND_EXPLAIN:
        return step || session->question == QUESTION_NEED;
    case COMMAND_SPELL:
        return can_spell(step);
    case COMMAND_CONTENTS:
    case COMMAND_HISTORY:
        return session->path >= 0;
    case COMMAND_LEARNER:
    case COMMAND_REMINDERS:
    case COMMAND_LOG:
    case COMMAND_CALIBRATE:
    case COMMAND_SOUND_CHECK:
    case COMMAND_LONGER_PAUSES:
    case COMMAND_SHORTER_PAUSES:
    case COMMAND_VARIANT:
        /* Not at a step: what is rarely said there would only be mistaken for what is. */
        return session->place != PLACE_STEP || question == QUESTION_RESUME;
    case COMMAND_SIMPLER:
        return !session->settings.simple;
    case COMMAND_FULLER:
        return session->settings.simple;
    case COMMAND_CHOOSE:
        return question == QUESTION_LEARNER || session->place == PLACE_PATHS ||
               session->place == PLACE_CONTENTS;
    case COMMAND_RESUME:
        return session->paused;
    case COMMAND_FIND:
        return step && step->where;
    case COMMAND_REPEAT_SLOWER:
    case COMMAND_HIGHER:
    case COMMAND_LOWER:
        return session->config.speaks;
    default:
        return true;
    }
}

/* --- phrases
 * -------------------------------------------------------------------------------------- */

static void add_command(const struct session *session, enum command command,
                        struct vocabulary *vocabulary)
{
    const struct pack_command *words = &session->config.pack->commands[command];
    bool costly = command_flags(command) & COMMAND_COSTLY;
    for (size_t i = 0; i < words->phrase_count; i++)
        vocabulary_add(vocabulary, words->phrases[i], (int)command, 0, costly);
}

static void add_phrases(const struct guide_phrases *phrases, int argument,
                        struct vocabulary *vocabulary)
{
    for (size_t i = 0; i < phrases->count; i++)
        vocabulary_add(vocabulary, phrases->items[i], COMMAND_CHOOSE, argument, false);
}

static void add_paths(const struct session *session, struct vocabulary *vocabulary)
{
    for (size_t i = 0; i < session->guide->path_count; i++)
        add_phrases(&session->guide->paths[i].phrases, CHOICE_PATH + (int)i, vocabulary);
}

static void add_sections(const struct session *session, struct vocabulary *vocabulary)
{
    const struct guide_path *path = session_path(session);
    for (size_t i = 0; path && i < path->section_count; i++)
        add_phrases(&path->sections[i]->phrases, CHOICE_SECTION + (int)i, vocabulary);
}

/* Names of learners and what can be done with them. */
static void add_learners(const struct session *session, struct vocabulary *vocabulary)
{
    for (size_t i = 0; i < session_learner_choices(session); i++) {
        char *words = session_learner_choice(session, i);
        vocabulary_add(vocabulary, words, COMMAND_CHOOSE, CHOICE_LEARNER + (int)i, false);
        free(words);
    }
}

/* How many choices there are, and what the first one is. */
static int choices(const struct session *session, int *ret_first)
{
    if (session->question == QUESTION_LEARNER) {
        *ret_first = CHOICE_LEARNER;
        return (int)session_learner_choices(session);
    }
    switch (session->place) {
    case PLACE_PATHS:
        *ret_first = CHOICE_PATH;
        return (int)session->guide->path_count;
    case PLACE_STEP:
        *ret_first = CHOICE_STEP;
        return (int)session_section(session)->step_count;
    default:
        *ret_first = CHOICE_SECTION;
        return (int)session_path(session)->section_count;
    }
}

static void add_numbers(const struct session *session, struct vocabulary *vocabulary)
{
    const struct pack *pack = session->config.pack;
    int first, count = choices(session, &first);
    for (int i = 0; i < count && (size_t)i < pack->number_count; i++)
        vocabulary_add(vocabulary, pack->numbers[i], COMMAND_CHOOSE, first + i, false);
}

/* Digits typed: those beyond the last choice too, so that the answer can say so. */
static void add_digits(const struct session *session, struct vocabulary *vocabulary)
{
    int first;
    choices(session, &first);
    for (int i = 0; i < DIGITS_MAX; i++) {
        char number[16];
        vocabulary_add(vocabulary, number_text(number, i + 1), COMMAND_CHOOSE, first + i, false);
    }
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
        if (command_flags((enum command)i) & COMMAND_PRIVATE)
            add_command(session, (enum command)i, vocabulary);
}

static void add_voice(const struct session *session, struct vocabulary *vocabulary)
{
    for (int i = 0; i < COMMAND_COUNT; i++)
        if (session_allows(session, (enum command)i) &&
            !(command_flags((enum command)i) & COMMAND_TYPED))
            add_command(session, (enum command)i, vocabulary);
    if (session->question == QUESTION_LEARNER) {
        add_learners(session, vocabulary);
        add_numbers(session, vocabulary);
        return;
    }
    if (session->question >= QUESTION_LEAVE)
        return;
    if (session->place == PLACE_PATHS || session->question == QUESTION_RESUME)
        add_paths(session, vocabulary);
    if (session->place != PLACE_STEP || session->question == QUESTION_RESUME)
        add_sections(session, vocabulary);
    if (session_allows(session, COMMAND_CHOOSE))
        add_numbers(session, vocabulary);
    if (session->place == PLACE_STEP)
        add_words(session, false, vocabulary);
}

/* Who types may also copy a title as it was printed. */
static void add_titles(const struct session *session, struct vocabulary *vocabulary)
{
    const struct guide_path *path = session_path(session);
    for (size_t i = 0; i < session->guide->path_count; i++)
        vocabulary_add(vocabulary, session->guide->paths[i].title, COMMAND_CHOOSE,
                       CHOICE_PATH + (int)i, false);
    for (size_t i = 0; path && i < path->section_count; i++)
        vocabulary_add(vocabulary, path->sections[i]->title, COMMAND_CHOOSE,
                       CHOICE_SECTION + (int)i, false);
}

static void add_keyboard(const struct session *session, struct vocabulary *vocabulary)
{
    for (int i = 0; i < COMMAND_COUNT; i++)
        add_command(session, (enum command)i, vocabulary);
    /* What is no command is the name that is asked for. */
    if (session_wants_name(session))
        return;
    if (session->question == QUESTION_LEARNER)
        add_learners(session, vocabulary);
    add_paths(session, vocabulary);
    add_sections(session, vocabulary);
    add_titles(session, vocabulary);
    add_numbers(session, vocabulary);
    add_digits(session, vocabulary);
    add_words(session, true, vocabulary);
    add_help(session, vocabulary);
}

void session_vocabulary(const struct session *session, enum session_source source,
                        struct vocabulary *vocabulary)
{
    if (source == SESSION_KEYBOARD)
        add_keyboard(session, vocabulary);
    else if (session_is_private(session))
        add_private(session, vocabulary);
    else
        add_voice(session, vocabulary);
}

/* --- help ---------------------------------------------------------------------------------------
 */

size_t session_help_commands(const struct session *session, enum command *ret_commands)
{
    /* The most useful first; what cannot be done here is left out. */
    static const enum command order[] = {
        COMMAND_YES,         COMMAND_NO,          COMMAND_CHOOSE,        COMMAND_NEXT,
        COMMAND_REPEAT,      COMMAND_DONE,        COMMAND_NOT_NEEDED,    COMMAND_EXPLAIN,
        COMMAND_PREVIOUS,    COMMAND_WHERE,       COMMAND_STOP,          COMMAND_SPELL,
        COMMAND_FIND,        COMMAND_UNDO,        COMMAND_PAUSE,         COMMAND_RESUME,
        COMMAND_CONTENTS,    COMMAND_RESTART,     COMMAND_SIMPLER,       COMMAND_FULLER,
        COMMAND_SLOWER,      COMMAND_FASTER,      COMMAND_LOUDER,        COMMAND_SOFTER,
        COMMAND_HISTORY,     COMMAND_REPEAT_LAST, COMMAND_REPEAT_SLOWER, COMMAND_HIGHER,
        COMMAND_LOWER,       COMMAND_VARIANT,     COMMAND_LONGER_PAUSES, COMMAND_SHORTER_PAUSES,
        COMMAND_PHRASINGS,   COMMAND_REMINDERS,   COMMAND_LEARNER,       COMMAND_LOG,
        COMMAND_SOUND_CHECK, COMMAND_CALIBRATE,   COMMAND_QUIT,
    };
    bool secret = session_is_private(session);
    size_t count = 0;
    for (size_t i = 0; i < COUNT_OF(order); i++) {
        bool here =
            secret ? command_flags(order[i]) & COMMAND_PRIVATE : session_allows(session, order[i]);
        if (here)
            ret_commands[count++] = order[i];
    }
    return count;
}
