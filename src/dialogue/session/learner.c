/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/mem.h"
#include "base/number.h"
#include "base/person_name.h"
#include "base/text.h"
#include "dialogue/session/checklist.h"
#include "dialogue/session/features.h"
#include "dialogue/session/phrases.h"
#include "dialogue/session/say.h"
#include "dialogue/session/session.h"

#include <stdlib.h>
#include <string.h>

/* A name is heard at every start and written into lists. */
#define NAME_CHARACTERS_MAX 40

/* --- the list -------------------------------------------------------------------------------- */

/* What can be done besides choosing somebody; behind the first two stand those that change a
 * learner who is kept. */
static const struct action {
    enum message title;
    enum learner_request request;
    enum question asks; /* before it is done; QUESTION_NONE: it is done at once */
} actions[] = {
    {MSG_LEARNER_NEW, LEARNER_OPEN, QUESTION_NAME},
    {MSG_LEARNER_GUEST, LEARNER_GUEST, QUESTION_NONE},
    {MSG_LEARNER_RENAME, LEARNER_RENAME, QUESTION_NAME},
    {MSG_LEARNER_EXPORT, LEARNER_EXPORT, QUESTION_CONFIRM},
    {MSG_LEARNER_RESET, LEARNER_RESET, QUESTION_CONFIRM},
    {MSG_LEARNER_DELETE, LEARNER_DELETE, QUESTION_CONFIRM},
};

/* How many of them there are now. */
static size_t count_actions(const struct session *session)
{
    bool keeps = session->config.saves && !session->starting;
    return keeps ? COUNT_OF(actions) : session->config.guest ? 1 : 2;
}

/* Known learners, then the one without a name, then the actions. */
size_t session_count_learners(const struct session *session)
{
    return session->config.learner_count + 1 + count_actions(session);
}

char *session_learner_title(const struct session *session, size_t position)
{
    size_t count = session->config.learner_count;
    if (position < count)
        return xstrdup(session->config.learners[position]);
    return session_text(session, position == count ? MSG_LEARNER_NOBODY
                                                   : actions[position - count - 1].title);
}

const char *session_first_learner(const struct session *session)
{
    return session->config.learner_count ? session->config.learners[0] : "1";
}

char *session_learner_name(const struct session *session)
{
    if (session->config.guest)
        return session_text(session, MSG_LEARNER_GUEST);
    return session->name ? xstrdup(session->name) : session_text(session, MSG_LEARNER_NOBODY);
}

struct next session_learners(struct session *session, const struct request *request)
{
    (void)request;
    char *name = session_learner_name(session);
    session_say(session, session_text(session, MSG_LEARNER_IS, "name", name));
    free(name);
    return next_ask(QUESTION_LEARNER);
}

void session_ask_learner(struct session *session)
{
    session_tell(session, session_text(session, MSG_CHOOSE_LEARNER));
    session_tell_choices(session, CHOICE_LEARNER);
}

/* "No" leaves a list or a name; "yes" is no answer to them. */
struct next session_answer_choice(struct session *session, enum question asked, bool yes)
{
    (void)session;
    return yes ? next_ask(asked) : next_go_on();
}

struct next session_leave_it(struct session *session, const struct request *request)
{
    (void)session;
    (void)request;
    return next_go_on();
}

/* --- choosing -------------------------------------------------------------------------------- */

static void set_wish(struct session *session, enum learner_request request, const char *name)
{
    char *copy = name ? xstrdup(name) : NULL;
    free(session->wish.name);
    session->wish.request = request;
    session->wish.name = copy;
}

/* The wish goes out; what is being said ends unless it is about what is left to do. */
static struct next carry_out_wish(struct session *session)
{
    if (session->wish.request != LEARNER_EXPORT)
        session_say_left(session);
    if (!session->effects->spoke)
        session_effect(session, EFFECT_SILENCE);
    struct effect *effect = effects_add(session->effects, EFFECT_LEARNER);
    effect->request = session->wish.request;
    effect->name = session->wish.name;
    session->wish.name = NULL;
    return next_stay();
}

static bool is_present(const struct session *session, const char *name)
{
    if (session->config.guest || !name || !session->name)
        return !session->config.guest && !name && !session->name;
    return !strcmp(session->name, name);
}

static struct next open_learner(struct session *session, const char *name)
{
    if (is_present(session, name)) {
        char *called = session_learner_name(session);
        session_say(session, session_text(session, MSG_LEARNER_SAME, "name", called));
        free(called);
        return next_go_on();
    }
    set_wish(session, LEARNER_OPEN, name);
    return carry_out_wish(session);
}

static struct next act(struct session *session, const struct action *action)
{
    set_wish(session, action->request, NULL);
    return action->asks == QUESTION_NONE ? carry_out_wish(session) : next_ask(action->asks);
}

struct next session_take_learner(struct session *session, size_t position)
{
    size_t count = session->config.learner_count;
    if (position < count)
        return open_learner(session, session->config.learners[position]);
    return position == count ? open_learner(session, NULL)
                             : act(session, &actions[position - count - 1]);
}

/* --- names ----------------------------------------------------------------------------------- */

void session_ask_name(struct session *session)
{
    session_tell(session, session_text(session, MSG_ASK_NAME));
}

/* True if nobody else is called so: names that differ only by accents cannot be told apart by ear.
 */
static bool is_free(const struct session *session, const char *name)
{
    bool renames = session->wish.request == LEARNER_RENAME;
    char *nobody = session_text(session, MSG_LEARNER_NOBODY);
    bool is_free = !text_same(name, nobody);
    free(nobody);
    if (session->name && !renames && text_same(session->name, name))
        is_free = false;
    for (size_t i = 0; i < session->config.learner_count; i++) {
        const char *other = session->config.learners[i];
        if (text_same(other, name) && !(renames && is_present(session, other)))
            is_free = false;
    }
    return is_free;
}

struct next session_take_name(struct session *session, const char *text)
{
    char *name = person_name_tidy(text), *folded = text_fold(name), limit[NUMBER_TEXT_SIZE];
    bool good = false;
    if (!person_name_is_clean(text))
        session_say(session, session_text(session, MSG_NAME_INVISIBLE));
    else if (!*folded)
        session_say(session, session_text(session, MSG_NAME_EMPTY));
    else if (text_length(name) > NAME_CHARACTERS_MAX)
        session_say(session, session_text(session, MSG_NAME_LONG, "limit",
                                          number_text(limit, NAME_CHARACTERS_MAX)));
    else if (!is_free(session, name))
        session_say(session, session_text(session, MSG_NAME_TAKEN, "name", name));
    else
        good = true;
    session_new_topic(session);
    if (good)
        set_wish(session, session->wish.request, name);
    free(name);
    free(folded);
    return next_ask(good ? QUESTION_CONFIRM : QUESTION_NAME);
}

/* --- confirming ------------------------------------------------------------------------------ */

void session_ask_confirm(struct session *session)
{
    static const enum message words[] = {
        [LEARNER_OPEN] = MSG_ASK_NEW,
        [LEARNER_EXPORT] = MSG_ASK_EXPORT,
        [LEARNER_RESET] = MSG_ASK_RESET,
        [LEARNER_DELETE] = MSG_ASK_DELETE,
    };
    const enum learner_request request = session->wish.request;
    const char *wanted = session->wish.name ? session->wish.name : "";
    char *name = session_learner_name(session);
    if (request == LEARNER_RENAME)
        session_tell(session, session_text(session, MSG_ASK_RENAME, "name", name, "new", wanted));
    else
        session_tell(session, session_text(session, words[request], "name",
                                           request == LEARNER_OPEN ? wanted : name));
    free(name);
}

char *session_about_wish(const struct session *session)
{
    static const enum message words[] = {
        [LEARNER_OPEN] = MSG_WISH_NEW,      [LEARNER_RENAME] = MSG_WISH_RENAME,
        [LEARNER_EXPORT] = MSG_WISH_EXPORT, [LEARNER_RESET] = MSG_WISH_RESET,
        [LEARNER_DELETE] = MSG_WISH_DELETE,
    };
    const enum learner_request request = session->wish.request;
    const char *wanted = session->wish.name ? session->wish.name : "";
    char *name = session_learner_name(session);
    char *text = session_text(session, words[request], "name",
                              request == LEARNER_OPEN ? wanted : name, "new", wanted);
    free(name);
    return text;
}

struct next session_answer_confirm(struct session *session, enum question asked, bool yes)
{
    (void)asked;
    if (yes)
        return carry_out_wish(session);
    session_say(session, session_text(session, MSG_NOTHING_CHANGED));
    return next_go_on();
}

/* --- reminders and log ----------------------------------------------------------------------- */

static struct next ask_setting(struct session *session, enum question question)
{
    if (session->config.saves)
        return next_ask(question);
    session_say(session, session_text(session, MSG_SETTING_UNSAVED));
    return next_stay();
}

/* A setting that "yes" turns to its opposite, and what is said of it. */
static struct next answer_setting(struct session *session, bool *setting, bool yes, enum message on,
                                  enum message off)
{
    if (yes) {
        *setting = !*setting;
        session_effect(session, EFFECT_SETTINGS);
        session_say(session, session_text(session, *setting ? on : off));
    } else {
        session_say(session, session_text(session, MSG_NOTHING_CHANGED));
    }
    return next_go_on();
}

struct next session_reminders(struct session *session, const struct request *request)
{
    (void)request;
    return ask_setting(session, QUESTION_REMINDERS);
}

void session_ask_reminders(struct session *session)
{
    session_tell(session,
                 session_text(session, session->settings.reminders ? MSG_ASK_REMINDERS_OFF
                                                                   : MSG_ASK_REMINDERS_ON));
}

char *session_about_reminders(const struct session *session)
{
    return session_text(session,
                        session->settings.reminders ? MSG_REMINDERS_ON : MSG_REMINDERS_OFF);
}

struct next session_answer_reminders(struct session *session, enum question asked, bool yes)
{
    (void)asked;
    return answer_setting(session, &session->settings.reminders, yes, MSG_REMINDERS_ON,
                          MSG_REMINDERS_OFF);
}

struct next session_log(struct session *session, const struct request *request)
{
    (void)request;
    return ask_setting(session, QUESTION_LOG);
}

void session_ask_log(struct session *session)
{
    session_tell(session,
                 session_text(session, session->settings.log ? MSG_ASK_LOG_OFF : MSG_ASK_LOG_ON));
}

char *session_about_log(const struct session *session)
{
    return session_text(session, session->settings.log ? MSG_LOG_IS_ON : MSG_LOG_OFF);
}

struct next session_answer_log(struct session *session, enum question asked, bool yes)
{
    (void)asked;
    return answer_setting(session, &session->settings.log, yes, MSG_LOG_ON, MSG_LOG_OFF);
}
