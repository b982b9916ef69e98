/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dialogue/session/seen.h"

#include "base/mem.h"
#include "base/number.h"
#include "dialogue/session/checklist.h"
#include "dialogue/session/month.h"
#include "dialogue/session/phrases.h"
#include "dialogue/session/rules.h"
#include "dialogue/session/say.h"

#include <stdlib.h>

/* More cannot be read from the back of a room. */
#define PHRASES_MAX 8

/* --- where ------------------------------------------------------------------------------------ */

static void see_step(const struct session *session, struct glance *glance)
{
    const struct guide_section *section = session_section(session);
    const struct guide_step *step = session_step(session);
    char number[NUMBER_TEXT_SIZE], of[NUMBER_TEXT_SIZE];
    if (!step)
        return;
    glance->step = xstrdup(step->id);
    if (step->image) {
        glance->image = xstrdup(step->image);
        glance->alt = xstrdup(step->alt);
    }
    glance->number = session->step + 1;
    glance->of = (int)section->step_count;
    glance->position =
        session_text(session, MSG_POSITION, "step", number_text(number, glance->number), "steps",
                     number_text(of, glance->of));
}

static void see_place(const struct session *session, struct glance *glance)
{
    if (session_path(session))
        glance->path = xstrdup(session_path(session)->id);
    if (session_section(session))
        glance->section = xstrdup(session_section(session)->id);
    glance->title =
        xstrdup(session_section(session) ? session_section(session)->title : session->guide->title);
    glance->where = place_rule(session->place)->where(session);
    see_step(session, glance);
}

/* --- what can be said ------------------------------------------------------------------------- */

/* Each choice by its title; its number does the same. */
static void see_choices(const struct session *session, struct glance *glance)
{
    const struct choice_rule *choices = session_choices(session);
    for (size_t i = 0; choices && i < choices->count(session); i++) {
        char number[NUMBER_TEXT_SIZE], *title = choices->title(session, i);
        if (glance->phrase_count < PHRASES_MAX)
            glance_add_phrase(glance, title, number_text(number, (long)i + 1));
        free(title);
    }
}

static void see_phrases(const struct session *session, struct glance *glance)
{
    enum command commands[COMMAND_COUNT];
    const size_t count = session_help_commands(session, commands);
    for (size_t i = 0; i < count && glance->phrase_count < PHRASES_MAX; i++)
        if (commands[i] == COMMAND_CHOOSE)
            see_choices(session, glance);
        else
            glance_add_phrase(glance, session_phrase(session, commands[i]),
                              session_key(session, commands[i]));
}

/* --- the month -------------------------------------------------------------------------------- */

static void see_month(const struct session *session, const struct guide_section *section,
                      struct glance *glance)
{
    const struct window window = session_window(session, section);
    struct glance_month *month = glance_add_month(glance);
    int left;
    month->text = session_month_text(session, section);
    month->is_open = window.state == WINDOW_OPEN;
    month->days_left = window.days_left;
    if (window.state == WINDOW_WRONG_CLOCK)
        return;
    session_count_listed(session, section, window.month, &month->marked, &left);
    month->steps = month->marked + left;
    month->last_day = window.closes;
    month->name = session_month_name(session, section);
}

/* Before it is known whose they are, nothing is shown of the months. */
static void see_months(const struct session *session, struct glance *glance)
{
    const struct guide_path *path =
        session_path(session) ? session_path(session) : &session->guide->paths[0];
    if (session->starting && !session->months_told.once)
        return;
    for (size_t i = 0; i < path->section_count; i++)
        if (path->sections[i]->period)
            see_month(session, path->sections[i], glance);
}

void session_glance(const struct session *session, struct glance *ret_glance)
{
    *ret_glance = (struct glance){0};
    see_place(session, ret_glance);
    see_phrases(session, ret_glance);
    see_months(session, ret_glance);
}
