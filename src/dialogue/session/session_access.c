#include "base/mem.h"
#include "dialogue/session/session_state.h"
#include "model/keymap.h"
#include "reading/reading.h"

#include <stdlib.h>
#include <string.h>

/* --- hearing again --------------------------------------------------------------------------- */

/* A colon is a pause for the voice, not the end of a sentence. */
static bool goes_on(const char *piece)
{
    size_t length = strlen(piece);
    return length && piece[length - 1] == ':';
}

static void repeat_last(struct session *session)
{
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
        session_repeat(session);
    sentences_free(sentences, count);
}

static void repeat_slower(struct session *session)
{
    session->slowly = true;
    session_repeat(session);
    session->slowly = false;
}

static void say_where_written(struct session *session)
{
    const struct guide_step *step = session_step(session);
    session_new_topic(session);
    if (step && step->where)
        session_tell(session, xstrdup(step->where));
    else
        session_tell(session, session_text(session, MSG_FIND_NOTHING));
}

/* --- other words for the same ---------------------------------------------------------------- */

/* A list of phrases in quotes; to be freed with free(). */
static char *phrases_text(const struct session *session, const struct pack_command *words)
{
    struct strbuf list = {0};
    for (size_t i = 1; i < words->phrase_count; i++) {
        char *phrase = session_text(session, MSG_QUOTED, "phrase", words->phrases[i]);
        session_list_add(session, &list, phrase, i - 1, words->phrase_count - 1);
        free(phrase);
    }
    return strbuf_take(&list);
}

/* False if there is only one way to say it. */
static bool tell_phrasings_of(struct session *session, enum command command)
{
    const struct pack_command *words = &session->config.pack->commands[command];
    if (words->phrase_count < 2)
        return false;
    char *phrases = phrases_text(session, words);
    session_tell(session, session_text(session, MSG_PHRASINGS, "phrase", words->phrases[0],
                                       "phrases", phrases));
    free(phrases);
    return true;
}

void session_say_help_of(struct session *session, enum command command)
{
    session_new_topic(session);
    session_tell_help_command(session, command);
    tell_phrasings_of(session, command);
}

void session_say_phrasings(struct session *session)
{
    enum command commands[COMMAND_COUNT];
    size_t from = 0, count = session_help_told(session, commands, &from);
    bool told = false;
    session_new_topic(session);
    for (size_t i = from; i < count; i++)
        told |= tell_phrasings_of(session, commands[i]);
    if (!told)
        session_tell(session, session_text(session, MSG_PHRASINGS_NONE));
}

/* More at once cannot be kept in mind. */
#define SAYABLE_MAX 8

static void say_sayable(struct session *session)
{
    enum command commands[COMMAND_COUNT];
    size_t count = session_help_commands(session, commands);
    count = count < SAYABLE_MAX ? count : SAYABLE_MAX;
    struct strbuf list = {0};
    for (size_t i = 0; i < count; i++) {
        char *phrase =
            session_text(session, MSG_QUOTED, "phrase", session_phrase(session, commands[i]));
        session_list_add(session, &list, phrase, i, count);
        free(phrase);
    }
    char *text = strbuf_take(&list);
    session_new_topic(session);
    session_tell(session, session_text(session, MSG_SAYABLE, "list", text));
    free(text);
}

/* --- settings -------------------------------------------------------------------------------- */

static void set_marks(struct session *session, enum settings_punctuation level)
{
    static const enum message told[] = {MSG_MARKS_NONE, MSG_MARKS_SOME, MSG_MARKS_ALL};
    session->settings.punctuation = level;
    session_effect(session, EFFECT_SETTINGS);
    session_say(session, session_text(session, told[level]));
}

static void set_keys(struct session *session, bool single)
{
    session->settings.single_keys = single;
    session_effect(session, EFFECT_SETTINGS);
    session_say(session, session_text(session, single ? MSG_KEYS_SINGLE : MSG_KEYS_LINE));
}

/* The next variant of the pack, behind the last one the voice as it is. */
static void next_variant(struct session *session)
{
    const struct pack *pack = session->config.pack;
    char **now = &session->settings.voice_variant, number[16], count[16];
    if (session->settings.speech == SPEECH_SPEECHD || !pack->variant_count) {
        session_say(session, session_text(session, MSG_VARIANT_NONE));
        return;
    }
    size_t next = 0;
    for (size_t i = 0; *now && i < pack->variant_count; i++)
        if (!strcmp(*now, pack->variants[i]))
            next = i + 1;
    bool plain = *now && next == pack->variant_count;
    free(*now);
    *now = plain ? NULL : xstrdup(pack->variants[next]);
    session_effect(session, EFFECT_SETTINGS);
    session_say(session, session_text(session, MSG_VARIANT, "number",
                                      number_text(number, plain ? 1 : (long)next + 2), "count",
                                      number_text(count, (long)pack->variant_count + 1)));
    if (session->config.speaks && session->last_count)
        session_repeat(session);
}

bool session_carry_out_access(struct session *session, enum command command, int argument)
{
    switch (command) {
    case COMMAND_HELP:
        if (!argument)
            return false;
        session_say_help_of(session, (enum command)(argument - 1));
        return true;
    case COMMAND_PHRASINGS:
        session_say_phrasings(session);
        return true;
    case COMMAND_FIND:
        say_where_written(session);
        return true;
    case COMMAND_REPEAT_LAST:
        repeat_last(session);
        return true;
    case COMMAND_REPEAT_SLOWER:
        repeat_slower(session);
        return true;
    case COMMAND_MARKS_NONE:
    case COMMAND_MARKS_SOME:
    case COMMAND_MARKS_ALL:
        set_marks(session, (enum settings_punctuation)(command - COMMAND_MARKS_NONE));
        return true;
    case COMMAND_KEYS_SINGLE:
    case COMMAND_KEYS_LINE:
        set_keys(session, command == COMMAND_KEYS_SINGLE);
        return true;
    case COMMAND_SCAN_NEXT:
        session_scan_next(session);
        return true;
    case COMMAND_SAYABLE:
        say_sayable(session);
        return true;
    case COMMAND_VARIANT:
        next_variant(session);
        return true;
    case COMMAND_CALIBRATE:
        session_effect(session, EFFECT_SILENCE);
        session_effect(session, EFFECT_LEARN_VOICE);
        return true;
    case COMMAND_SOUND_CHECK:
        session_effect(session, EFFECT_SILENCE);
        session_effect(session, EFFECT_SETUP);
        return true;
    default:
        return false;
    }
}
