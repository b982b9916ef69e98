/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/mem.h"
#include "base/number.h"
#include "base/strbuf.h"
#include "dialogue/session/checklist.h"
#include "dialogue/session/facts.h"
#include "dialogue/session/features.h"
#include "dialogue/session/month.h"
#include "dialogue/session/phrases.h"
#include "dialogue/session/rules.h"
#include "dialogue/session/say.h"
#include "model/date_words.h"

#include <stdlib.h>

/* --- telling a place -------------------------------------------------------------------------- */

/* "Étape 3 sur 5", and whether it is done or was put aside. */
static char *position_text(const struct session *session)
{
    char step[NUMBER_TEXT_SIZE], steps[NUMBER_TEXT_SIZE];
    const struct learner_record_mark *mark = session_mark_here(session);
    return session_text(session,
                        !mark                      ? MSG_POSITION
                        : mark->state == MARK_DONE ? MSG_POSITION_DONE
                                                   : MSG_POSITION_NOT_NEEDED,
                        "step", number_text(step, session->step + 1), "steps",
                        number_text(steps, (long)session_section(session)->step_count));
}

void session_tell_paths(struct session *session)
{
    session_tell(session, session_text(session, MSG_CHOOSE_PATH));
    session_tell_choices(session, CHOICE_PATH);
}

/* How to get to where the same is taught otherwise. */
static void tell_other_paths(struct session *session)
{
    const size_t count = session->guide->path_count;
    struct strbuf list = {0};
    for (size_t i = 0, told = 0; i < count; i++) {
        if ((int)i == session->path)
            continue;
        char *phrase = session_quoted(session, session->guide->paths[i].phrases.items[0]);
        session_list_add(session, &list, phrase, told++, count - 1);
        free(phrase);
    }
    if (list.length)
        session_tell(session, session_text(session, MSG_OTHER_PATHS, "place",
                                           session_path(session)->place, "phrases", list.text));
    strbuf_free(&list);
}

void session_tell_contents(struct session *session)
{
    session_tell(session,
                 session_text(session, MSG_CONTENTS, "place", session_path(session)->place));
    session_tell_choices(session, CHOICE_SECTION);
    tell_other_paths(session);
}

/* Where it is typed, and the first of what can be said here all the same. */
static char *private_words_text(const struct session *session)
{
    static const enum command told[] = {COMMAND_NEXT, COMMAND_REPEAT, COMMAND_DONE, COMMAND_HELP};
    struct strbuf list = {0};
    for (size_t i = 0; i < COUNT_OF(told); i++) {
        char *phrase = session_quoted(session, session_phrase(session, told[i]));
        session_list_add(session, &list, phrase, i, COUNT_OF(told));
        free(phrase);
    }
    char *words = strbuf_take(&list);
    char *text = session_text(session, MSG_PRIVATE_WORDS, "list", words);
    free(words);
    return text;
}

void session_tell_step(struct session *session)
{
    const struct guide_step *step = session_step(session);
    char *position = position_text(session);
    session_tell_joined(session, session_text(session, MSG_STEP, "position", position, "text",
                                              session->settings.simple ? step->simple : step->say));
    session->told = step;
    if (step->warning)
        session_tell(session, xstrdup(step->warning));
    else if (step->is_private)
        session_tell(session, session_text(session, MSG_PRIVATE));
    if (step->is_private)
        session_tell(session, private_words_text(session));
    free(position);
}

void session_tell_section_end(struct session *session)
{
    const struct guide_path *path = session_path(session);
    session_tell(session,
                 session_text(session, MSG_SECTION_END, "title", session_section(session)->title));
    session_say_left(session);
    session_say_missing(session);
    session_tell_months_on_the_way(session);
    if ((size_t)session->section + 1 < path->section_count)
        session_tell(session, session_text(session, MSG_NEXT_SECTION, "title",
                                           path->sections[session->section + 1]->title));
}

/* Whoever only listened has not finished: what is not marked is said. */
void session_tell_path_end(struct session *session)
{
    char number[NUMBER_TEXT_SIZE];
    const int left = session_count_path_left(session);
    session_tell(session,
                 left ? session_text(session, MSG_PATH_END_LEFT, "left", number_text(number, left))
                      : xstrdup(session->guide->closing));
    session_tell(session, session_text(session, MSG_PATH_END));
}

/* --- going on and back ------------------------------------------------------------------------ */

struct next session_next(struct session *session, const struct request *request)
{
    const struct question_rule *asked = question_rule(request->asked);
    if (asked->next)
        return asked->next(session, request);
    if (session->starting)
        return next_go_on();
    return place_rule(session->place)->next(session, request);
}

struct next session_previous(struct session *session, const struct request *request)
{
    return place_rule(session->place)->previous(session, request);
}

struct next session_tell_again(struct session *session, const struct request *request)
{
    (void)session;
    (void)request;
    return next_tell();
}

static bool is_last_section(const struct session *session)
{
    return (size_t)session->section + 1 >= session_path(session)->section_count;
}

struct next session_next_step(struct session *session, const struct request *request)
{
    (void)request;
    if ((size_t)session->step + 1 < session_section(session)->step_count)
        return next_step(session->step + 1);
    if (!is_last_section(session))
        return next_place(PLACE_SECTION_END);
    session_enter(session, PLACE_SECTION_END);
    return next_place(PLACE_PATH_END);
}

struct next session_previous_step(struct session *session, const struct request *request)
{
    (void)request;
    if (session->step > 0)
        return next_step(session->step - 1);
    session_say_before(session, session_text(session, MSG_FIRST_STEP));
    return next_tell();
}

struct next session_last_step(struct session *session, const struct request *request)
{
    (void)request;
    return next_step((int)session_section(session)->step_count - 1);
}

static void say_section_title(struct session *session)
{
    const struct guide_section *section = session_section(session);
    struct window window = session_window(session, section);
    if (section->period && window.state == WINDOW_OPEN) {
        char *of = date_words_of_month(session->messages, window.month.month);
        session_say(session, session_text(session, MSG_SECTION_ENTER_MONTH, "title", section->title,
                                          "of", of));
        free(of);
    } else {
        session_say(session, session_text(session, MSG_SECTION_ENTER, "title", section->title));
    }
    session_say_practice(session);
    session_say_months_on_entry(session);
    if (section->intro)
        session_say(session, xstrdup(section->intro));
}

/* Says which steps of a checklist are done already. */
static void say_done(struct session *session)
{
    const struct guide_section *section = session_section(session);
    struct strbuf list = {0};
    int marked, left, position = 0;
    char number[NUMBER_TEXT_SIZE];
    session_count(session, section, &marked, &left);
    if (!session_is_checklist(section) || !marked)
        return;
    for (size_t i = 0; i < section->step_count; i++)
        if (session_mark_of(session, section, (int)i))
            session_list_add(session, &list, number_text(number, (long)i + 1), (size_t)position++,
                             (size_t)marked);
    session_say_before(session, left ? session_text(session, MSG_STEPS_DONE, "count",
                                                    number_text(number, marked), "list", list.text)
                                     : session_text(session, MSG_ALL_STEPS_DONE));
    strbuf_free(&list);
}

static struct next enter_section(struct session *session, int section)
{
    session->section = section;
    say_section_title(session);
    say_done(session);
    return session_go_to_list(session, section);
}

struct next session_next_section(struct session *session, const struct request *request)
{
    (void)request;
    return is_last_section(session) ? next_place(PLACE_PATH_END)
                                    : enter_section(session, session->section + 1);
}

/* --- choosing --------------------------------------------------------------------------------- */

/* Whoever goes elsewhere hears what is left to do here. */
static void leave(struct session *session)
{
    session_say_left(session);
    session_new_topic(session);
}

struct next session_contents(struct session *session, const struct request *request)
{
    (void)request;
    if (session->path < 0)
        return next_tell();
    leave(session);
    return next_place(PLACE_CONTENTS);
}

/* What is open stays open. */
static struct next stay_on_path(struct session *session)
{
    session_say(session,
                session_text(session, MSG_ALREADY_ON, "place", session_path(session)->place));
    return session->open == QUESTION_NONE ? next_stay() : next_ask(session->open);
}

/* Nobody loses their step by naming the path that they are on. */
static bool is_already_on(const struct session *session, const struct request *request)
{
    return session_step(session) && request->asked != QUESTION_RESUME &&
           request->argument == CHOICE_PATH + session->path;
}

struct next session_choose(struct session *session, const struct request *request)
{
    size_t position;
    if (is_already_on(session, request))
        return stay_on_path(session);
    /* A number that was typed may be higher than there are choices. */
    const struct choice_rule *choice = session_find_choice(session, request->argument, &position);
    if (choice)
        return choice->take(session, position);
    session_say(session, session_text(session, MSG_NO_SUCH_CHOICE));
    return question_rule(request->asked)->choices == CHOICE_NONE ? next_stay()
                                                                 : next_ask(request->asked);
}

size_t session_count_paths(const struct session *session)
{
    return session->guide->path_count;
}

char *session_path_title(const struct session *session, size_t position)
{
    return xstrdup(session->guide->paths[position].title);
}

const char *session_first_path(const struct session *session)
{
    return session->guide->paths[0].phrases.items[0];
}

/* Where the state of the months was told before it was known how they are done. */
static struct next offer_month(struct session *session)
{
    session->place = PLACE_CONTENTS;
    session_save_place(session);
    return next_ask(QUESTION_MONTH);
}

struct next session_take_path(struct session *session, size_t position)
{
    const bool first = session->path < 0 && !session->config.restart;
    leave(session);
    session->path = (int)position;
    session->section = -1;
    const int section =
        session->later ? guide_find_section(session_path(session), session->later) : -1;
    session->later = NULL;
    if (section >= 0)
        return enter_section(session, section);
    return first && session_unfinished_month(session) >= 0 ? offer_month(session)
                                                           : next_place(PLACE_CONTENTS);
}

size_t session_count_sections(const struct session *session)
{
    return session->path < 0 ? 0 : session_path(session)->section_count;
}

char *session_section_title(const struct session *session, size_t position)
{
    return xstrdup(session_path(session)->sections[position]->title);
}

const char *session_first_section(const struct session *session)
{
    return session->path < 0 ? session_first_path(session)
                             : session_path(session)->sections[0]->phrases.items[0];
}

struct next session_take_section(struct session *session, size_t position)
{
    leave(session);
    return enter_section(session, (int)position);
}

/* --- from elsewhere --------------------------------------------------------------------------- */

static struct next offer(struct session *session, int argument)
{
    session->go = argument;
    return next_ask(QUESTION_GO);
}

struct next session_offer_section(struct session *session, size_t position)
{
    return offer(session, CHOICE_SECTION + (int)position);
}

struct next session_offer_path(struct session *session, size_t position)
{
    /* There is nothing to ask for. */
    if ((int)position == session->path)
        return stay_on_path(session);
    return offer(session, CHOICE_PATH + (int)position);
}

void session_ask_go(struct session *session)
{
    size_t position;
    const struct choice_rule *choice = session_find_choice(session, session->go, &position);
    char *title = choice->title(session, position);
    session_tell(session, session_text(session, MSG_ASK_GO, "title", title));
    free(title);
}

struct next session_answer_go(struct session *session, enum question asked, bool yes)
{
    (void)asked;
    if (yes)
        return next_run(COMMAND_CHOOSE, session->go);
    session_say(session, session_text(session, MSG_STAY));
    return session->question == QUESTION_NONE ? next_stay() : next_tell();
}

size_t session_count_later(const struct session *session)
{
    return session_unreached_sections(session);
}

char *session_later_title(const struct session *session, size_t position)
{
    return xstrdup(session->guide->sections[position].title);
}

/* Where it is taught in several ways, one has to be chosen first. */
struct next session_take_later(struct session *session, size_t position)
{
    session->later = session->guide->sections[position].id;
    session_say(session, session_text(session, MSG_LATER, "title",
                                      session->guide->sections[position].title));
    return next_tell();
}

size_t session_count_steps(const struct session *session)
{
    return session->place == PLACE_STEP ? session_section(session)->step_count : 0;
}

char *session_step_title(const struct session *session, size_t position)
{
    return xstrdup(session_section(session)->steps[position].say);
}

struct next session_take_step(struct session *session, size_t position)
{
    (void)session;
    return next_step((int)position);
}

/* --- where am I? ------------------------------------------------------------------------------ */

char *session_where_paths(const struct session *session)
{
    return session_text(session, MSG_WHERE_PATHS);
}

char *session_where_contents(const struct session *session)
{
    return session_text(session, MSG_WHERE_CONTENTS, "place", session_path(session)->place);
}

static char *where_section_text(const struct session *session)
{
    const struct guide_section *section = session_section(session);
    const char *place = session_path(session)->place;
    struct window window = session_window(session, section);
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

char *session_where_step(const struct session *session)
{
    int marked, left;
    session_count(session, session_section(session), &marked, &left);
    char *pieces[] = {
        where_section_text(session),
        position_text(session),
        session_counts_text(session, marked, left),
        session_is_practice(session) ? session_text(session, MSG_PRACTICE) : NULL,
        session_deadline_text(session, session_section(session)),
    };
    return join(pieces, COUNT_OF(pieces));
}

char *session_where_section_end(const struct session *session)
{
    return session_text(session, MSG_WHERE_SECTION_END, "title", session_section(session)->title,
                        "place", session_path(session)->place);
}

char *session_where_path_end(const struct session *session)
{
    return session_text(session, MSG_WHERE_PATH_END, "place", session_path(session)->place);
}

struct next session_where(struct session *session, const struct request *request)
{
    (void)request;
    session_new_topic(session);
    session_tell(session, place_rule(session->place)->where(session));
    /* At a step of an open list the line above has said it. */
    if (!session_is_unfinished(session) || session->place != PLACE_STEP)
        session_tell_windows(session);
    return next_stay();
}
