#include "base/mem.h"
#include "base/text.h"
#include "dialogue/session/session_state.h"

#include <stdlib.h>
#include <string.h>

/* What can be done besides choosing somebody. */
enum action { ACTION_NEW, ACTION_GUEST, ACTION_RENAME, ACTION_EXPORT, ACTION_RESET, ACTION_DELETE };

/* A name is heard at every start and written into lists. */
#define NAME_MAX_CHARACTERS 40

/* --- the list -------------------------------------------------------------------------------- */

/* How many actions of the enum there are now: what would change a learner needs one that is kept.
 */
static size_t actions(const struct session *session)
{
    bool keeps = session->config.saves && !session->starting;
    return keeps ? ACTION_DELETE + 1 : session->config.guest ? ACTION_NEW + 1 : ACTION_GUEST + 1;
}

/* Known learners, then the one without a name, then the actions. */
size_t session_learner_choices(const struct session *session)
{
    return session->config.learner_count + 1 + actions(session);
}

char *session_learner_choice(const struct session *session, size_t choice)
{
    static const enum message words[] = {
        [ACTION_NEW] = MSG_LEARNER_NEW,       [ACTION_GUEST] = MSG_LEARNER_GUEST,
        [ACTION_RENAME] = MSG_LEARNER_RENAME, [ACTION_EXPORT] = MSG_LEARNER_EXPORT,
        [ACTION_RESET] = MSG_LEARNER_RESET,   [ACTION_DELETE] = MSG_LEARNER_DELETE,
    };
    size_t count = session->config.learner_count;
    if (choice < count)
        return xstrdup(session->config.learners[choice]);
    return session_text(session, choice == count ? MSG_LEARNER_NOBODY : words[choice - count - 1]);
}

char *session_learner_name(const struct session *session)
{
    if (session->config.guest)
        return session_text(session, MSG_LEARNER_GUEST);
    return session->name ? xstrdup(session->name) : session_text(session, MSG_LEARNER_NOBODY);
}

void session_tell_learners(struct session *session)
{
    session_tell(session, session_text(session, MSG_CHOOSE_LEARNER));
    for (size_t i = 0; i < session_learner_choices(session); i++) {
        char number[16], *title = session_learner_choice(session, i);
        session_tell(session, session_text(session, MSG_CHOICE, "number",
                                           number_text(number, (long)i + 1), "title", title));
        free(title);
    }
}

void session_say_hello(struct session *session)
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

/* --- choosing -------------------------------------------------------------------------------- */

static void set_wish(struct session *session, enum learner_request request, const char *name)
{
    char *copy = name ? xstrdup(name) : NULL;
    free(session->wish.name);
    session->wish.request = request;
    session->wish.name = copy;
}

/* The wish goes out; what is being said ends unless it is about what is left to do. */
static void carry_out_wish(struct session *session)
{
    if (session->wish.request != LEARNER_EXPORT)
        session_say_left(session);
    if (!session->spoke)
        session_effect(session, EFFECT_SILENCE);
    session_effect(session, EFFECT_LEARNER);
    struct effect *effect = &session->effects->items[session->effects->count - 1];
    effect->request = session->wish.request;
    effect->name = session->wish.name;
    session->wish.name = NULL;
}

static bool is_present(const struct session *session, const char *name)
{
    if (session->config.guest || !name || !session->name)
        return !session->config.guest && !name && !session->name;
    return !strcmp(session->name, name);
}

static void open_learner(struct session *session, const char *name)
{
    if (is_present(session, name)) {
        char *called = session_learner_name(session);
        session_say(session, session_text(session, MSG_LEARNER_SAME, "name", called));
        free(called);
        session_go_on(session);
        return;
    }
    set_wish(session, LEARNER_OPEN, name);
    carry_out_wish(session);
}

static void act(struct session *session, enum action action)
{
    switch (action) {
    case ACTION_NEW:
    case ACTION_RENAME:
        set_wish(session, action == ACTION_NEW ? LEARNER_OPEN : LEARNER_RENAME, NULL);
        session_ask(session, QUESTION_NAME);
        break;
    case ACTION_GUEST:
        set_wish(session, LEARNER_GUEST, NULL);
        carry_out_wish(session);
        break;
    case ACTION_EXPORT:
        set_wish(session, LEARNER_EXPORT, NULL);
        session_ask(session, QUESTION_CONFIRM);
        break;
    case ACTION_RESET:
        set_wish(session, LEARNER_RESET, NULL);
        session_ask(session, QUESTION_CONFIRM);
        break;
    case ACTION_DELETE:
        set_wish(session, LEARNER_DELETE, NULL);
        session_ask(session, QUESTION_CONFIRM);
        break;
    }
}

void session_choose_learner(struct session *session, size_t choice)
{
    size_t count = session->config.learner_count;
    if (choice < count)
        open_learner(session, session->config.learners[choice]);
    else if (choice == count)
        open_learner(session, NULL);
    else
        act(session, (enum action)(choice - count - 1));
}

void session_do_learner(struct session *session)
{
    char *name = session_learner_name(session);
    session_say(session, session_text(session, MSG_LEARNER_IS, "name", name));
    free(name);
    session_ask(session, QUESTION_LEARNER);
}

/* --- names ----------------------------------------------------------------------------------- */

bool session_wants_name(const struct session *session)
{
    return session->question == QUESTION_NAME;
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

void session_take_name(struct session *session, const char *text)
{
    char *name = text_trim(text), *folded = text_fold(name), limit[16];
    bool good = false;
    if (!*folded)
        session_say(session, session_text(session, MSG_NAME_EMPTY));
    else if (text_length(name) > NAME_MAX_CHARACTERS)
        session_say(session, session_text(session, MSG_NAME_LONG, "limit",
                                          number_text(limit, NAME_MAX_CHARACTERS)));
    else if (!is_free(session, name))
        session_say(session, session_text(session, MSG_NAME_TAKEN, "name", name));
    else
        good = true;
    session_new_topic(session);
    if (good)
        set_wish(session, session->wish.request, name);
    session_ask(session, good ? QUESTION_CONFIRM : QUESTION_NAME);
    free(name);
    free(folded);
}

/* --- confirming ------------------------------------------------------------------------------ */

void session_tell_confirm(struct session *session)
{
    char *name = session_learner_name(session);
    const char *wanted = session->wish.name ? session->wish.name : "";
    switch (session->wish.request) {
    case LEARNER_OPEN:
        session_tell(session, session_text(session, MSG_ASK_NEW, "name", wanted));
        break;
    case LEARNER_RENAME:
        session_tell(session, session_text(session, MSG_ASK_RENAME, "name", name, "new", wanted));
        break;
    case LEARNER_EXPORT:
        session_tell(session, session_text(session, MSG_ASK_EXPORT, "name", name));
        break;
    case LEARNER_RESET:
        session_tell(session, session_text(session, MSG_ASK_RESET, "name", name));
        break;
    case LEARNER_DELETE:
        session_tell(session, session_text(session, MSG_ASK_DELETE, "name", name));
        break;
    case LEARNER_GUEST:
        break;
    }
    free(name);
}

void session_answer_confirm(struct session *session, bool yes)
{
    if (yes) {
        carry_out_wish(session);
        return;
    }
    session_say(session, session_text(session, MSG_NOTHING_CHANGED));
    session_go_on(session);
}

/* --- reminders and log ----------------------------------------------------------------------- */

static void ask_setting(struct session *session, enum question question)
{
    if (session->config.saves)
        session_ask(session, question);
    else
        session_say(session, session_text(session, MSG_SETTING_UNSAVED));
}

void session_do_reminders(struct session *session)
{
    ask_setting(session, QUESTION_REMINDERS);
}

void session_do_log(struct session *session)
{
    ask_setting(session, QUESTION_LOG);
}

void session_tell_setting(struct session *session)
{
    enum message id =
        session->question == QUESTION_REMINDERS
            ? (session->settings.reminders ? MSG_ASK_REMINDERS_OFF : MSG_ASK_REMINDERS_ON)
            : (session->settings.log ? MSG_ASK_LOG_OFF : MSG_ASK_LOG_ON);
    session_tell(session, session_text(session, id));
}

void session_answer_setting(struct session *session, enum question question, bool yes)
{
    bool reminders = question == QUESTION_REMINDERS;
    bool *setting = reminders ? &session->settings.reminders : &session->settings.log;
    if (!yes) {
        session_say(session, session_text(session, MSG_NOTHING_CHANGED));
        session_go_on(session);
        return;
    }
    *setting = !*setting;
    session_effect(session, EFFECT_SETTINGS);
    session_say(session,
                session_text(session, reminders ? (*setting ? MSG_REMINDERS_ON : MSG_REMINDERS_OFF)
                                                : (*setting ? MSG_LOG_ON : MSG_LOG_OFF)));
    session_go_on(session);
}
