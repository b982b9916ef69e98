/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/clock.h"
#include "base/mem.h"
#include "base/number.h"
#include "dialogue/session/checklist.h"
#include "dialogue/session/features.h"
#include "dialogue/session/month.h"
#include "dialogue/session/rules.h"
#include "dialogue/session/say.h"
#include "model/date_words.h"

#include <stdlib.h>

/* --- where the learner was -------------------------------------------------------------------- */

/* True if another month's list was open when the learner was there: it begins anew. */
static bool is_of_another_month(const struct session *session,
                                const struct learner_record_place *place)
{
    const struct guide_period *rule = session_section(session)->period;
    if (!rule)
        return false;
    struct window then = window_on(rule, session->guide->updated, clock_date(place->at));
    struct window now = window_on(rule, session->guide->updated, session->today);
    return now.state == WINDOW_OPEN &&
           (then.state != WINDOW_OPEN || month_compare(then.month, now.month));
}

/* Goes to the place kept in the record, as far as the guide still has it. */
static void restore_place(struct session *session, const struct learner_record_place *place)
{
    session->path = guide_find_path(session->guide, place->path);
    if (session->path < 0)
        return;
    session->place = PLACE_CONTENTS;
    if (place->section)
        session->section = guide_find_section(session_path(session), place->section);
    if (session->section < 0)
        return;
    session->place = place->step ? PLACE_STEP : PLACE_SECTION_END;
    int step = place->step ? guide_find_step(session_section(session), place->step) : -1;
    session->step = step < 0 ? 0 : step;
    if (is_of_another_month(session, place)) {
        session->place = PLACE_STEP;
        session->step = 0;
    }
}

/* --- beginning -------------------------------------------------------------------------------- */

/* Who is there. */
static void say_hello(struct session *session)
{
    if (session->config.guest)
        session_say(session, session_text(session, MSG_HELLO_GUEST));
    else if (session->config.continues && session->name)
        session_say(session, session_text(session, MSG_HELLO_NAME, "name", session->name));
    else if (session->config.continues)
        session_say(session, session_text(session, MSG_HELLO_NOBODY));
    if (session->settings.log && session->config.saves)
        session_say(session, session_text(session, MSG_LOG_IS_ON));
}

static void announce(struct session *session)
{
    if (session->config.other_guide) {
        session_say(session, session_text(session, MSG_GUIDE_IS, "title", session->guide->title));
        return;
    }
    if (!session->config.continues)
        session_say(session, session->name && !session->config.guest
                                 ? session_text(session, MSG_WELCOME_NAME, "name", session->name)
                                 : session_text(session, MSG_WELCOME));
    say_hello(session);
    if (session->settings.scan != SCAN_OFF)
        session_say(session, session_text(session, session->settings.scan == SCAN_ONE
                                                       ? MSG_SCAN_WELCOME_ONE
                                                       : MSG_SCAN_WELCOME_TWO));
    if (session->config.announce_day) {
        char *date = date_words_date(session->messages, session->today);
        session_say(session, session_text(session, MSG_TODAY, "date", date));
        free(date);
    }
}

/* The path that the command line means: without a name, the first one that has the section. */
static void choose_path(struct session *session, const struct learner_record_place *kept)
{
    const struct session_config *config = &session->config;
    if (config->path)
        session->path = guide_find_path(session->guide, config->path);
    else if (kept)
        session->path = guide_find_path(session->guide, kept->path);
    for (size_t i = 0; config->section && i < session->guide->path_count; i++) {
        if (session->path >= 0 && guide_find_section(session_path(session), config->section) >= 0)
            break;
        session->path = (int)i;
    }
}

/* Where the command line says. */
static struct next go_where_told(struct session *session, const struct learner_record_place *kept)
{
    const struct session_config *config = &session->config;
    choose_path(session, kept);
    /* Where the learner was is not left, so nothing is said of it. */
    session->place = PLACE_CONTENTS;
    session->section = -1;
    if (!config->section)
        return next_place(PLACE_CONTENTS);
    int section = guide_find_section(session_path(session), config->section);
    if (!config->step)
        return next_run(COMMAND_CHOOSE, CHOICE_SECTION + section);
    session->section = section;
    session_say_practice(session);
    return next_step(guide_find_step(session_section(session), config->step));
}

/* True if there is a place to go back to, and the learner may want to. */
static bool can_resume(const struct session *session)
{
    const struct learner_record_place *kept =
        learner_record_place(&session->record, session->guide->id);
    return kept && !kept->finished && !session->config.restart && session->section >= 0;
}

/* Of several guides the one that was just chosen is the last one, even if nothing is done in it and
 * whatever is asked first. What is kept is the place as it was restored. */
static void keep_guide(struct session *session)
{
    const struct learner_record_place *kept =
        learner_record_place(&session->record, session->guide->id);
    if (!session->config.other_guide || !kept)
        return;
    const char *section = kept->section, *step = kept->step;
    if (session->section >= 0 && !kept->finished) {
        const struct guide_step *restored = session_step(session);
        section = session_section(session)->id;
        step = restored ? restored->id : NULL;
    }
    learner_record_set_place(&session->record, kept->guide, kept->path, section, step,
                             kept->finished, session->at);
    session_effect(session, EFFECT_SAVE_PLACE);
}

/* Offers the place that was kept; without one the list of what there is. */
static struct next go_back(struct session *session)
{
    if (can_resume(session))
        return next_ask(QUESTION_RESUME);
    session->section = -1;
    session->place = session->path < 0 ? PLACE_PATHS : PLACE_CONTENTS;
    return next_tell();
}

static struct next ask_month(struct session *session)
{
    /* Until it is answered the learner is at no step: "done" would mark one that was not told. */
    session->section = -1;
    session->place = PLACE_CONTENTS;
    return next_ask(QUESTION_MONTH);
}

static void say_months(struct session *session, int except)
{
    if (!session->reminded)
        session_say_months(session, except);
}

/* What comes after the questions of the start. */
static struct next begin(struct session *session)
{
    const struct learner_record_place *kept =
        learner_record_place(&session->record, session->guide->id);
    session->starting = false;
    /* Of several, it may not be the one that they think of. */
    if (session->config.guide_count > 1 && !session->config.other_guide && !session->config.section)
        session_say(session, session_text(session, MSG_GUIDE_IS, "title", session->guide->title));
    if (!kept)
        session_say(session, xstrdup(session->guide->welcome));
    if (!kept && session_allows(session, COMMAND_KEYS_SINGLE))
        session_say(session,
                    session_text(session, MSG_KEYS_OFFER, "phrase",
                                 pack_command_phrase(session->config.pack, COMMAND_KEYS_SINGLE)));
    keep_guide(session);
    if (session->config.path || session->config.section) {
        say_months(session, -1);
        return go_where_told(session, kept);
    }
    if (session->config.restart || session->path < 0)
        session->path = session->guide->path_count == 1 ? 0 : -1;
    const int month = session->config.restart ? -1 : session_unfinished_month(session);
    say_months(session, month);
    return month < 0 ? go_back(session) : ask_month(session);
}

static struct next leave_for_contents(struct session *session)
{
    session->section = -1;
    return next_place(PLACE_CONTENTS);
}

struct next session_go_on_starting(struct session *session)
{
    if (session->config.offer_unsaved)
        return next_ask(QUESTION_UNSAVED);
    if (!session->config.choose_guide)
        return begin(session);
    session->config.choose_guide = false;
    return next_ask(QUESTION_GUIDE);
}

struct next session_start(struct session *session)
{
    const struct learner_record_place *kept =
        learner_record_place(&session->record, session->guide->id);
    /* What opened the store may have spoken, or the learner before: nothing of it is cut. */
    session->effects->spoke = true;
    session->starting = session->at_start = true;
    if (kept)
        restore_place(session, kept);
    if (session->config.continues)
        announce(session);
    if ((session->settings.reminders || session_is_last_day(session)) &&
        !session->config.choose_learner)
        session->reminded = session_remind(session);
    if (!session->config.continues)
        announce(session);
    return session->config.choose_learner ? next_ask(QUESTION_LEARNER) : next_go_on();
}

/* Where the state was told just before only the question is left; "repeat" says both. */
void session_ask_month(struct session *session)
{
    const int month = session_unfinished_month(session);
    session->reminded = false;
    if (month < 0) {
        session_tell(session, session_text(session, MSG_ASK_MONTH));
        return;
    }
    const struct guide_section *section = session_path(session)->sections[month];
    const bool told = session_months_were_told(session);
    char *text = told ? session_month_name(session, section) : session_month_text(session, section);
    session_tell(session, told ? session_text(session, MSG_ASK_MONTH_OF, "month", text)
                               : session_text(session, MSG_ASK_MONTH_STATE, "state", text));
    if (!told)
        session_note_months_told(session);
    free(text);
}

struct next session_answer_month(struct session *session, enum question asked, bool yes)
{
    const struct learner_record_place *kept =
        learner_record_place(&session->record, session->guide->id);
    const int month = session_unfinished_month(session);
    (void)asked;
    if (yes)
        return month < 0 ? next_place(PLACE_CONTENTS) : session_go_to_list(session, month);
    if (kept)
        restore_place(session, kept);
    /* Whoever does not want the list is not asked for it twice. */
    if (session->section == month)
        session->section = -1;
    return can_resume(session) ? next_ask(QUESTION_RESUME) : leave_for_contents(session);
}

void session_ask_resume(struct session *session)
{
    const struct guide_section *section = session_section(session);
    const char *place = session_path(session)->place;
    char step[NUMBER_TEXT_SIZE], steps[NUMBER_TEXT_SIZE];
    if (session->place == PLACE_STEP)
        session_tell(session,
                     session_text(session, MSG_ASK_RESUME, "section", section->title, "step",
                                  number_text(step, session->step + 1), "steps",
                                  number_text(steps, (long)section->step_count), "place", place));
    else
        session_tell(session, session_text(session, MSG_ASK_RESUME_SECTION, "section",
                                           section->title, "place", place));
}

struct next session_answer_resume(struct session *session, enum question asked, bool yes)
{
    (void)asked;
    if (!yes)
        return leave_for_contents(session);
    session_say_practice(session);
    return session_go_on_in_list(session);
}

/* --- ending ----------------------------------------------------------------------------------- */

static struct next quit(struct session *session)
{
    const bool kept = session->config.saves && !session->place_lost;
    session_say(session, session_text(session, kept ? MSG_GOODBYE : MSG_GOODBYE_UNSAVED));
    session_effect(session, EFFECT_QUIT);
    return next_stay();
}

struct next session_quit(struct session *session, const struct request *request)
{
    if (question_rule(request->asked)->flags & QUESTION_INSISTS)
        return next_ask(request->asked);
    const int month = session_unfinished_month(session);
    /* A guest is asked only about what was begun here: nothing else is known of them. */
    if (month < 0 || (session->config.guest && !session_is_unfinished(session)))
        return quit(session);
    /* Whoever is asked about the list has just heard of it. */
    if (session_is_unfinished(session))
        session_say_left(session);
    else if (request->asked != QUESTION_MONTH)
        session_tell_window(session, session_path(session)->sections[month]);
    session_new_topic(session);
    return next_ask(QUESTION_LEAVE);
}

void session_ask_leave(struct session *session)
{
    session_tell(session, session_text(session, MSG_ASK_LEAVE));
}

struct next session_answer_leave(struct session *session, enum question asked, bool yes)
{
    (void)asked;
    if (yes)
        return quit(session);
    session_say(session, session_text(session, MSG_STAY));
    return next_tell();
}

void session_ask_unsaved(struct session *session)
{
    session_tell(session, session_text(session, MSG_ASK_UNSAVED));
}

struct next session_answer_unsaved(struct session *session, enum question asked, bool yes)
{
    (void)asked;
    if (!yes)
        return quit(session);
    session->config.offer_unsaved = false;
    return next_go_on();
}
