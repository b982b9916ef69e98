#include "base/mem.h"
#include "dialogue/session/session_state.h"
#include "model/date_words.h"

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

void session_tell_after(struct session *session, char *before, char *text)
{
    remember(session, text);
    session_say(session, xasprintf("%s %s", before, text));
    free(before);
    free(text);
}

void session_repeat(struct session *session)
{
    if (!session->last_count)
        session_say(session, session_text(session, MSG_NOTHING_TO_REPEAT));
    for (size_t i = 0; i < session->last_count; i++)
        session_say(session, xstrdup(session->last[i]));
}

/* --- numbers -------------------------------------------------------------------------------- */

const char *number_text(char buffer[16], long number)
{
    snprintf(buffer, 16, "%ld", number);
    return buffer;
}

/* --- places --------------------------------------------------------------------------------- */

static char *position_text(const struct session *session)
{
    char step[16], steps[16];
    return session_text(session, MSG_POSITION, "step", number_text(step, session->step + 1),
                        "steps", number_text(steps, (long)session_section(session)->step_count));
}

void session_tell_step(struct session *session, char *before)
{
    const struct guide_step *step = session_step(session);
    char *position = position_text(session);
    char *text = session_text(session, MSG_STEP, "position", position, "text",
                              session->settings.simple ? step->simple : step->say);
    if (before)
        session_tell_after(session, before, text);
    else
        session_tell(session, text);
    if (step->warning)
        session_tell(session, xstrdup(step->warning));
    else if (step->is_private)
        session_tell(session, session_text(session, MSG_PRIVATE));
    free(position);
}

static void tell_choice(struct session *session, int number, const char *title)
{
    char text[16];
    session_tell(session, session_text(session, MSG_CHOICE, "number", number_text(text, number),
                                       "title", title));
}

static void tell_paths(struct session *session)
{
    session_tell(session, session_text(session, MSG_CHOOSE_PATH));
    for (size_t i = 0; i < session->guide->path_count; i++)
        tell_choice(session, (int)i + 1, session->guide->paths[i].title);
}

static void tell_contents(struct session *session)
{
    const struct guide_path *path = session_path(session);
    session_tell(session, session_text(session, MSG_CONTENTS, "place", path->place));
    for (size_t i = 0; i < path->section_count; i++)
        tell_choice(session, (int)i + 1, path->sections[i]->title);
}

static void tell_section_end(struct session *session)
{
    const struct guide_path *path = session_path(session);
    session_tell(session,
                 session_text(session, MSG_SECTION_END, "title", session_section(session)->title));
    session_say_left(session);
    session_say_missing(session);
    if ((size_t)session->section + 1 < path->section_count)
        session_tell(session, session_text(session, MSG_NEXT_SECTION, "title",
                                           path->sections[session->section + 1]->title));
}

static void tell_path_end(struct session *session)
{
    session_tell(session, xstrdup(session->guide->closing));
    session_tell(session, session_text(session, MSG_PATH_END));
}

void session_tell_place(struct session *session)
{
    switch (session->place) {
    case PLACE_PATHS:
        tell_paths(session);
        break;
    case PLACE_CONTENTS:
        tell_contents(session);
        break;
    case PLACE_STEP:
        session_tell_step(session, NULL);
        break;
    case PLACE_SECTION_END:
        tell_section_end(session);
        break;
    case PLACE_PATH_END:
        tell_path_end(session);
        break;
    }
}

/* --- questions ------------------------------------------------------------------------------ */

static void tell_resume(struct session *session)
{
    const struct guide_section *section = session_section(session);
    const char *place = session_path(session)->place;
    char step[16], steps[16];
    if (session->place == PLACE_STEP)
        session_tell(session,
                     session_text(session, MSG_ASK_RESUME, "section", section->title, "step",
                                  number_text(step, session->step + 1), "steps",
                                  number_text(steps, (long)section->step_count), "place", place));
    else
        session_tell(session, session_text(session, MSG_ASK_RESUME_SECTION, "section",
                                           section->title, "place", place));
}

static void tell_clear(struct session *session)
{
    int marked, left;
    char count[16];
    session_count(session, session_section(session), &marked, &left);
    session_tell(session,
                 session_text(session, MSG_ASK_CLEAR, "count", number_text(count, marked)));
}

void session_tell_question(struct session *session)
{
    switch (session->question) {
    case QUESTION_RESUME:
        tell_resume(session);
        break;
    case QUESTION_NEED:
        session_tell(session, xstrdup(session_section(session)->needs[session->need].ask));
        break;
    case QUESTION_READ_BACK:
        session_tell(session, xstrdup(session_step(session)->read_back));
        break;
    case QUESTION_CLEAR:
        tell_clear(session);
        break;
    case QUESTION_DOUBT:
        session_tell(session,
                     session_text(session, MSG_ASK_DOUBT, "phrase", session->doubt.phrase));
        break;
    case QUESTION_LEAVE:
        session_tell(session, session_text(session, MSG_ASK_LEAVE));
        break;
    case QUESTION_LEARNER:
        session_tell_learners(session);
        break;
    case QUESTION_NAME:
        session_tell(session, session_text(session, MSG_ASK_NAME));
        break;
    case QUESTION_REMINDERS:
    case QUESTION_LOG:
        session_tell_setting(session);
        break;
    case QUESTION_CONFIRM:
        session_tell_confirm(session);
        break;
    case QUESTION_UNSAVED:
        session_tell(session, session_text(session, MSG_ASK_UNSAVED));
        break;
    case QUESTION_NONE:
        break;
    }
}

/* --- where am I ------------------------------------------------------------------------------ */

static char *where_section_text(const struct session *session)
{
    const struct guide_section *section = session_section(session);
    const char *place = session_path(session)->place;
    struct window window = session_period(session, section);
    if (!section->period || window.state != WINDOW_OPEN)
        return session_text(session, MSG_WHERE_SECTION, "title", section->title, "place", place);
    char *of = date_words_of_month(session->messages, window.month.month);
    char *text = session_text(session, MSG_WHERE_SECTION_MONTH, "title", section->title, "of", of,
                              "place", place);
    free(of);
    return text;
}

/* Joins pieces with spaces; takes them over; NULL pieces are left out. */
static char *join(char **pieces, size_t count)
{
    struct strbuf text = {0};
    for (size_t i = 0; i < count; i++) {
        if (pieces[i] && text.length)
            strbuf_add(&text, " ");
        if (pieces[i])
            strbuf_add(&text, pieces[i]);
        free(pieces[i]);
    }
    return strbuf_take(&text);
}

static char *where_step_text(const struct session *session)
{
    int marked, left;
    session_count(session, session_section(session), &marked, &left);
    char *pieces[] = {
        where_section_text(session),
        position_text(session),
        session_counts_text(session, marked, left),
        session_deadline_text(session, session_section(session)),
    };
    return join(pieces, COUNT_OF(pieces));
}

static char *where_text(const struct session *session)
{
    const struct guide_path *path = session_path(session);
    switch (session->place) {
    case PLACE_PATHS:
        return session_text(session, MSG_WHERE_PATHS);
    case PLACE_CONTENTS:
        return session_text(session, MSG_WHERE_CONTENTS, "place", path->place);
    case PLACE_STEP:
        return where_step_text(session);
    case PLACE_SECTION_END:
        return session_text(session, MSG_WHERE_SECTION_END, "title",
                            session_section(session)->title, "place", path->place);
    case PLACE_PATH_END:
        return session_text(session, MSG_WHERE_PATH_END, "place", path->place);
    }
    return xstrdup("");
}

void session_say_where(struct session *session)
{
    session_new_topic(session);
    session_tell(session, where_text(session));
    if (session->place != PLACE_STEP)
        session_say_periods(session);
    else if (session_period(session, session_section(session)).state != WINDOW_OPEN)
        session_say_period(session, session_section(session));
}

/* --- help ------------------------------------------------------------------------------------ */

/* Three short sentences: two commands and how to hear more. */
#define HELP_PER_PAGE 2

void session_tell_help_command(struct session *session, enum command command)
{
    if (command == COMMAND_CHOOSE) {
        session_tell(session, session_text(session, session->question == QUESTION_LEARNER
                                                        ? MSG_HELP_CHOICE_LEARNER
                                                        : MSG_HELP_CHOICE));
        return;
    }
    const struct pack_command *words = &session->config.pack->commands[command];
    const char *phrase = session_phrase(session, command);
    const char *key = session_key(session, command);
    const char *help = words->help ? words->help : command_name(command);
    if (key)
        session_tell(session, session_text(session, MSG_HELP_COMMAND, "phrase", phrase, "key", key,
                                           "help", help));
    else
        session_tell(session, session_text(session, MSG_HELP_COMMAND_NO_KEY, "phrase", phrase,
                                           "help", help));
}

void session_say_help(struct session *session)
{
    enum command commands[COMMAND_COUNT];
    size_t count = session_help_commands(session, commands);
    size_t from = (size_t)session->help_page * HELP_PER_PAGE;
    session_new_topic(session);
    session->help_from = (int)from;
    for (size_t i = from; i < count && i < from + HELP_PER_PAGE; i++)
        session_tell_help_command(session, commands[i]);
    bool more = from + HELP_PER_PAGE < count;
    session->help_page = more ? session->help_page + 1 : 0;
    if (more)
        session_tell(session, session_text(session, MSG_HELP_MORE));
}

size_t session_help_told(const struct session *session, enum command *ret_commands,
                         size_t *ret_from)
{
    size_t count = session_help_commands(session, ret_commands);
    size_t from = (size_t)session->help_from;
    *ret_from = from < count ? from : 0;
    return *ret_from + HELP_PER_PAGE < count ? *ret_from + HELP_PER_PAGE : count;
}

/* --- misses ---------------------------------------------------------------------------------- */

#define HINTS              3
#define MISSES_BEFORE_KEYS 3

static char *hint_text(const struct session *session, enum command command)
{
    const char *phrase = session_phrase(session, command);
    const char *key = session_key(session, command);
    if (key)
        return session_text(session, MSG_HINT, "phrase", phrase, "key", key);
    return session_text(session, MSG_HINT_NO_KEY, "phrase", phrase);
}

static char *hints_text(const struct session *session)
{
    enum command commands[COMMAND_COUNT];
    size_t count = session_help_commands(session, commands);
    if (count > HINTS)
        count = HINTS;
    struct strbuf list = {0};
    for (size_t i = 0; i < count; i++) {
        char *hint = hint_text(session, commands[i]);
        session_list_add(session, &list, hint, i, count);
        free(hint);
    }
    return strbuf_take(&list);
}

void session_say_not_understood(struct session *session)
{
    session->misses++;
    bool again = session->misses >= MISSES_BEFORE_KEYS;
    char *hints = hints_text(session), *check = hint_text(session, COMMAND_SOUND_CHECK);
    session_say(session, again ? session_text(session, MSG_NOT_UNDERSTOOD_AGAIN, "hints", hints,
                                              "check", check)
                               : session_text(session, MSG_NOT_UNDERSTOOD, "hints", hints));
    free(hints);
    free(check);
    if (again)
        session->misses = 0;
}
