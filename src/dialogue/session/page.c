/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where one is on the browser's page: asked for by the learner, with their consent, never on a
 * private step. A name that is no label of the guide may be somebody's: it is said, and never
 * written.
 */
#include "base/mem.h"
#include "base/strbuf.h"
#include "dialogue/page_seen.h"
#include "dialogue/session/checklist.h"
#include "dialogue/session/facts.h"
#include "dialogue/session/features.h"
#include "dialogue/session/say.h"

#include <stdlib.h>
#include <string.h>

/* --- asking ----------------------------------------------------------------------------------- */

static bool has_control(const struct guide_step *step)
{
    return step && step->label && step->kind != GUIDE_NOTHING && step->kind != GUIDE_CHOICE;
}

/* May the page be asked for something at all, with consent? */
static bool may_look(const struct session *session)
{
    return session->place == PLACE_STEP && !session_is_secret(session) &&
           !session_step(session)->is_private;
}

/* All names of the control, with tabs between them; to be freed with free(). */
static char *labels_of(const struct guide_step *step)
{
    struct strbuf labels = {0};
    strbuf_add(&labels, step->label);
    for (size_t i = 0; i < step->other_labels.count; i++)
        strbuf_addf(&labels, "\t%s", step->other_labels.items[i]);
    return strbuf_take(&labels);
}

static void look(struct session *session)
{
    session->page.step = session_step(session);
    struct effect *effect = effects_add(session->effects, EFFECT_PAGE);
    if (has_control(session->page.step))
        effect->name = labels_of(session->page.step);
    effect->moves = session->page.moves;
}

bool session_looks_at_page(const struct session *session)
{
    return session->settings.page && may_look(session);
}

struct next session_page(struct session *session, const struct request *request)
{
    session->page.moves = request->value;
    if (!may_look(session) || (request->value && !has_control(session_step(session)))) {
        session_say(session, session_text(session, MSG_PAGE_NOTHING));
        return next_stay();
    }
    if (!session->settings.page)
        return next_ask(QUESTION_PAGE);
    look(session);
    return next_stay();
}

void session_ask_page(struct session *session)
{
    session_tell(session, session_text(session, MSG_ASK_PAGE));
}

struct next session_answer_page(struct session *session, enum question asked, bool yes)
{
    (void)asked;
    session->settings.page = yes;
    if (yes)
        session_effect(session, EFFECT_SETTINGS);
    session_say(session, session_text(session, yes ? MSG_PAGE_ON : MSG_PAGE_OFF));
    if (yes && may_look(session))
        look(session);
    return next_stay();
}

struct next session_page_off(struct session *session, const struct request *request)
{
    (void)request;
    session->settings.page = false;
    session->page.step = NULL;
    session_effect(session, EFFECT_SETTINGS);
    session_effect(session, EFFECT_PAGE_END);
    session_say(session, session_text(session, MSG_PAGE_OFF));
    return next_stay();
}

/* --- watching --------------------------------------------------------------------------------- */

void session_watch_page(struct session *session)
{
    const struct guide_step *step =
        session_looks_at_page(session) && has_control(session_step(session)) ? session_step(session)
                                                                             : NULL;
    if (step == session->page.watched)
        return;
    session->page.watched = step;
    session->page.pressed = false;
    struct effect *effect = effects_add(session->effects, EFFECT_PAGE_WATCH);
    if (step)
        effect->name = labels_of(step);
}

/* What was watched for: the sound of reaching it is the assistant's. Having pressed proves nothing:
 * it is asked, once a visit, and nothing is marked. */
static void take_watched(struct session *session, const struct page_seen *seen)
{
    const struct guide_step *step = session->page.watched;
    if (!step || !page_name_is(step->label, seen->name))
        return;
    if (seen->kind == PAGE_SEEN_REACHED && session->settings.page_names)
        session_say(session, session_text(session, MSG_PAGE_REACHED, "label", step->label));
    if (seen->kind == PAGE_SEEN_PRESSED && !session->page.pressed && !session_mark_here(session)) {
        session->page.pressed = true;
        session_say(session, session_text(session, MSG_PAGE_PRESSED, "label", step->label, "phrase",
                                          pack_command_phrase(session->config.pack, COMMAND_DONE)));
    }
}

/* --- answers ---------------------------------------------------------------------------------- */

static bool is_label(const struct guide *guide, const char *name)
{
    for (size_t i = 0; i < guide->section_count; i++)
        for (size_t s = 0; s < guide->sections[i].step_count; s++) {
            const struct guide_step *step = &guide->sections[i].steps[s];
            char *labels = step->label ? labels_of(step) : NULL;
            const bool is = labels && page_name_is(name, labels);
            free(labels);
            if (is)
                return true;
        }
    return false;
}

static char *what(const struct session *session, const struct page_seen *seen)
{
    static const enum message messages[PAGE_ROLE_COUNT] = {
        [PAGE_BUTTON] = MSG_PAGE_WHAT_BUTTON, [PAGE_LINK] = MSG_PAGE_WHAT_LINK,
        [PAGE_FIELD] = MSG_PAGE_WHAT_FIELD,   [PAGE_CHECK] = MSG_PAGE_WHAT_OTHER,
        [PAGE_CHOICE] = MSG_PAGE_WHAT_OTHER,  [PAGE_LIST] = MSG_PAGE_WHAT_OTHER,
        [PAGE_TAB] = MSG_PAGE_WHAT_OTHER,     [PAGE_MENU] = MSG_PAGE_WHAT_OTHER,
    };
    return session_text(session, messages[seen->role], "name", seen->name);
}

/* Says where the focus is; a name that may be a person's is for the ear alone. */
static void say_focus(struct session *session, const struct page_seen *seen)
{
    if (!page_role_has_name(seen->role) || !*seen->name) {
        session_say(session,
                    session_text(session, seen->role == PAGE_DOCUMENT   ? MSG_PAGE_AT_TOP
                                          : seen->role == PAGE_PASSWORD ? MSG_PAGE_AT_PASSWORD
                                                                        : MSG_PAGE_AT_OTHER));
        return;
    }
    char *control = what(session, seen);
    char *text = session_text(session, MSG_PAGE_AT, "what", control);
    if (is_label(session->guide, seen->name))
        session_say(session, text);
    else
        session_say_aloud(session, session_text(session, MSG_PAGE_AT_OTHER), text);
    free(control);
}

static void say_label(struct session *session, const struct page_seen *seen)
{
    static const enum message messages[] = {
        [PAGE_HERE] = MSG_PAGE_HERE,
        [PAGE_FORWARD] = MSG_PAGE_FORWARD,
        [PAGE_BACKWARD] = MSG_PAGE_BACKWARD,
    };
    const enum message message = !seen->found  ? MSG_PAGE_ABSENT
                                 : seen->moved ? MSG_PAGE_MOVED
                                               : messages[seen->direction];
    session_say(session, session_text(session, message, "label", session->page.step->label));
}

void session_take_page(struct session *session, const struct page_seen *seen)
{
    if (seen->kind == PAGE_SEEN_REACHED || seen->kind == PAGE_SEEN_PRESSED) {
        take_watched(session, seen);
        return;
    }
    /* Who has gone on meanwhile, or takes it back, is told nothing. */
    if (!may_look(session) || session->page.step != session_step(session))
        return;
    if (seen->kind != PAGE_SEEN_ANSWER) {
        session_say(session,
                    session_text(session, seen->kind == PAGE_SEEN_LOOKING   ? MSG_PAGE_LOOKING
                                          : seen->kind == PAGE_SEEN_MISSING ? MSG_PAGE_MISSING
                                                                            : MSG_PAGE_UNANSWERED));
        return;
    }
    if (!seen->moved)
        say_focus(session, seen);
    if (has_control(session->page.step))
        say_label(session, seen);
}
