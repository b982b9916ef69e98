#include "dialogue/session/session.h"

#include "base/clock.h"
#include "base/mem.h"
#include "dialogue/session/session_state.h"
#include "model/date_words.h"

#include <stdlib.h>
#include <string.h>

/* One step of a setting, by command. */
#define RATE_STEP   20 /* words per minute */
#define RATE_MIN    80
#define RATE_MAX    450
#define VOLUME_STEP 20 /* percent */
#define VOLUME_MIN  20
#define VOLUME_MAX  200
#define PITCH_STEP  10 /* of 0..100 */
#define PITCH_MIN   0
#define PITCH_MAX   100
#define PAUSE_STEP  150 /* ms */
#define PAUSE_MIN   0

void effects_free(struct effects *effects)
{
    for (size_t i = 0; i < effects->count; i++) {
        utterance_free(&effects->items[i].utterance);
        free(effects->items[i].name);
    }
    free(effects->items);
    *effects = (struct effects){0};
}

struct session *session_new(const struct session_config *config)
{
    struct session *session = xcalloc(1, sizeof *session);
    session->config = *config;
    session->guide = config->guide;
    session->messages = config->pack->messages;
    settings_copy(&session->settings, config->settings);
    session->path = session->section = -1;
    session->name = config->name ? xstrdup(config->name) : NULL;
    learner_record_copy(&session->record, config->record);
    return session;
}

void session_free(struct session *session)
{
    if (!session)
        return;
    if (session->pending != PENDING_NONE)
        learner_record_free(&session->before);
    learner_record_free(&session->record);
    session_new_topic(session);
    free(session->last);
    free(session->doubt.phrase);
    free(session->name);
    free(session->wish.name);
    settings_free(&session->settings);
    free(session);
}

const struct learner_record *session_record(const struct session *session)
{
    return &session->record;
}

const struct settings *session_settings(const struct session *session)
{
    return &session->settings;
}

bool session_is_private(const struct session *session)
{
    const struct guide_step *step = session_step(session);
    return step && step->is_private;
}

bool session_is_scanning(const struct session *session)
{
    return session->scan.on;
}

const struct guide_path *session_path(const struct session *session)
{
    return session->path < 0 ? NULL : &session->guide->paths[session->path];
}

const struct guide_section *session_section(const struct session *session)
{
    return session->section < 0 ? NULL : session_path(session)->sections[session->section];
}

const struct guide_step *session_step(const struct session *session)
{
    return session->place == PLACE_STEP ? &session_section(session)->steps[session->step] : NULL;
}

/* --- moving ------------------------------------------------------------------------------------
 */

static void save_place(struct session *session)
{
    /* At the contents no section was chosen: there is nothing to go back to. */
    const struct guide_section *section =
        session->place == PLACE_CONTENTS ? NULL : session_section(session);
    const struct guide_step *step = session_step(session);
    learner_record_set_place(&session->record, session->guide->id, session_path(session)->id,
                             section ? section->id : NULL, step ? step->id : NULL,
                             session->place == PLACE_PATH_END, session->at);
    session_effect(session, EFFECT_SAVE_PLACE);
}

static void ask(struct session *session, enum question question)
{
    session->question = question;
    session_tell_question(session);
}

void session_ask(struct session *session, enum question question)
{
    ask(session, question);
}

static void go_to_step(struct session *session, int step, char *before)
{
    session->place = PLACE_STEP;
    session->step = step;
    session_tell_step(session, before);
    save_place(session);
}

static void go_to(struct session *session, enum place place)
{
    session->place = place;
    session_tell_place(session);
    if (session->path >= 0)
        save_place(session);
}

static void say_section_title(struct session *session)
{
    const struct guide_section *section = session_section(session);
    struct window window = session_period(session, section);
    if (section->period && window.state == WINDOW_OPEN) {
        char *of = date_words_of_month(session->messages, window.month.month);
        session_say(session, session_text(session, MSG_SECTION_ENTER_MONTH, "title", section->title,
                                          "of", of));
        free(of);
    } else {
        session_say(session, session_text(session, MSG_SECTION_ENTER, "title", section->title));
    }
    if (section->period && window.state == WINDOW_CLOSED)
        session_say(session, session_text(session, MSG_SECTION_PRACTICE));
    if (section->intro)
        session_say(session, xstrdup(section->intro));
}

static void enter_section(struct session *session, int section)
{
    session->section = section;
    session->place = PLACE_STEP;
    session->step = 0;
    say_section_title(session);
    if (!session_section(session)->need_count) {
        go_to_step(session, 0, NULL);
        return;
    }
    save_place(session);
    session->need = 0;
    ask(session, QUESTION_NEED);
}

static void choose_path(struct session *session, int path)
{
    session->path = path;
    session->section = -1;
    go_to(session, PLACE_CONTENTS);
}

static void go_next(struct session *session, char *before)
{
    const struct guide_path *path = session_path(session);
    bool last_section = (size_t)session->section + 1 >= path->section_count;
    if (session->place == PLACE_STEP &&
        (size_t)session->step + 1 < session_section(session)->step_count) {
        go_to_step(session, session->step + 1, before);
        return;
    }
    if (before)
        session_say(session, before);
    if (session->place == PLACE_STEP) {
        go_to(session, PLACE_SECTION_END);
        if (last_section)
            go_to(session, PLACE_PATH_END);
    } else if (!last_section) {
        enter_section(session, session->section + 1);
    } else {
        go_to(session, PLACE_PATH_END);
    }
}

/* --- marks --------------------------------------------------------------------------------------
 */

static void set_mark(struct session *session, int step, enum mark_state state)
{
    const struct guide_section *section = session_section(session);
    learner_record_set_mark(&session->record, session->guide->id, session_path(session)->id,
                            section->id, section->steps[step].id,
                            session_list_month(session, section), state, session->at);
}

/* What changes the record and is told only when it is on disk begins here... */
static void begin_saving(struct session *session, enum pending pending)
{
    learner_record_copy(&session->before, &session->record);
    session->pending = pending;
    session_effect(session, EFFECT_SAVE_MARK);
}

/* ...and ends in one of these two. */
static void saved(struct session *session)
{
    enum pending pending = session->pending;
    session->pending = PENDING_NONE;
    learner_record_free(&session->before);
    session_new_topic(session);
    if (pending == PENDING_MARK) {
        session->marked_here = true;
        session->undo_path = session->path;
        session->undo_section = session->section;
        session->undo_step = session->step;
        go_next(session,
                session_text(session, session->config.saves ? MSG_MARKED : MSG_MARKED_UNSAVED));
    } else if (pending == PENDING_UNMARK) {
        session->marked_here = false;
        go_to_step(session, session->step, session_text(session, MSG_UNMARKED));
    } else if (pending == PENDING_CLEAR) {
        session->marked_here = false;
        go_to_step(session, 0, session_text(session, MSG_CLEARED));
    }
}

static void save_failed(struct session *session, const char *reason)
{
    if (session->pending == PENDING_NONE)
        return;
    session->pending = PENDING_NONE;
    learner_record_free(&session->record);
    session->record = session->before;
    session->before = (struct learner_record){0};
    session_say(session, session_text(session, MSG_NOT_MARKED, "reason", reason ? reason : ""));
}

static void mark(struct session *session, enum mark_state state)
{
    begin_saving(session, PENDING_MARK);
    set_mark(session, session->step, state);
}

static void do_done(struct session *session)
{
    const struct guide_step *step = session_step(session);
    if (!step) {
        session_say(session, session_text(session, MSG_NO_STEP));
        return;
    }
    const struct learner_record_mark *before =
        session_mark_of(session, session_section(session), session->step);
    if (before && before->state == MARK_DONE)
        session_say(session, session_text(session, MSG_ALREADY_MARKED));
    else if (step->read_back)
        ask(session, QUESTION_READ_BACK);
    else
        mark(session, MARK_DONE);
}

static void do_not_needed(struct session *session)
{
    const struct guide_step *step = session_step(session);
    if (!step) {
        session_say(session, session_text(session, MSG_NO_STEP));
        return;
    }
    const struct learner_record_mark *before =
        session_mark_of(session, session_section(session), session->step);
    if (!step->not_needed)
        session_say(session, session_text(session, MSG_NOT_NEEDED_HERE));
    else if (before && before->state == MARK_NOT_NEEDED)
        session_say(session, session_text(session, MSG_ALREADY_NOT_NEEDED));
    else
        mark(session, MARK_NOT_NEEDED);
}

static void do_undo(struct session *session)
{
    bool marked_now =
        session_step(session) && session_mark_of(session, session_section(session), session->step);
    if (!marked_now && !session->marked_here) {
        session_say(session, session_text(session, MSG_NOTHING_TO_UNDO));
        return;
    }
    if (!marked_now) {
        /* "Done" moved on by itself: what is undone is the step just left. */
        session->path = session->undo_path;
        session->section = session->undo_section;
        session->step = session->undo_step;
        session->place = PLACE_STEP;
    }
    begin_saving(session, PENDING_UNMARK);
    set_mark(session, session->step, MARK_OPEN);
}

static void do_restart(struct session *session)
{
    if (!session_section(session) || session->place == PLACE_CONTENTS) {
        session_say(session, session_text(session, MSG_NO_STEP));
        return;
    }
    int marked, left;
    session_count(session, session_section(session), &marked, &left);
    if (!marked) {
        go_to_step(session, 0, session_text(session, MSG_RESTART));
        return;
    }
    session->place = PLACE_STEP;
    session->step = 0;
    save_place(session);
    ask(session, QUESTION_CLEAR);
}

static void clear_section(struct session *session)
{
    begin_saving(session, PENDING_CLEAR);
    for (size_t i = 0; i < session_section(session)->step_count; i++)
        set_mark(session, (int)i, MARK_OPEN);
}

/* --- needs ---------------------------------------------------------------------------------------
 */

static void next_need(struct session *session, char *before)
{
    const struct guide_section *section = session_section(session);
    if ((size_t)session->need + 1 >= section->need_count) {
        go_to_step(session, session->step, before);
        return;
    }
    session->need++;
    session->question = QUESTION_NEED;
    if (before)
        session_say(session, before);
    session_tell_question(session);
}

static void answer_need(struct session *session, bool have)
{
    const struct guide_section *section = session_section(session);
    const struct guide_need *need = &section->needs[session->need];
    learner_record_set_missing(&session->record, session->guide->id, session_path(session)->id,
                               section->id, need->id, session_list_month(session, section), !have);
    session_effect(session, EFFECT_SAVE_PLACE);
    next_need(session, have ? NULL : session_text(session, MSG_NEED_MISSING, "label", need->label));
}

/* --- answers -------------------------------------------------------------------------------------
 */

static void carry_out(struct session *session, int command, int argument);

static void quit(struct session *session)
{
    session_say(session,
                session_text(session, session->config.saves ? MSG_GOODBYE : MSG_GOODBYE_UNSAVED));
    session_effect(session, EFFECT_QUIT);
}

static void answer_doubt(struct session *session, bool yes)
{
    session->question = session->doubt.before;
    if (yes)
        carry_out(session, session->doubt.command, session->doubt.argument);
    else
        session_say(session, session_text(session, MSG_DOUBT_NO));
}

static void answer_resume(struct session *session, bool yes)
{
    if (yes) {
        session_tell_place(session);
        return;
    }
    session->section = -1;
    go_to(session, PLACE_CONTENTS);
}

static void answer_read_back(struct session *session, bool yes)
{
    if (yes)
        mark(session, MARK_DONE);
    else
        session_say(session, session_text(session, MSG_READ_BACK_NO));
}

static void answer_unsaved(struct session *session, bool yes)
{
    if (!yes) {
        quit(session);
        return;
    }
    session->config.offer_unsaved = false;
    session_go_on(session);
}

static void answer_leave(struct session *session, bool yes)
{
    if (yes) {
        quit(session);
        return;
    }
    session_say(session, session_text(session, MSG_STAY));
    session_tell_place(session);
}

/* "No" leaves a list or a name; "yes" is no answer to them. */
static void answer_choice(struct session *session, enum question question, bool yes)
{
    if (yes)
        ask(session, question);
    else
        session_go_on(session);
}

static void answer(struct session *session, bool yes)
{
    enum question question = session->question;
    session->question = QUESTION_NONE;
    session_new_topic(session);
    switch (question) {
    case QUESTION_RESUME:
        answer_resume(session, yes);
        break;
    case QUESTION_NEED:
        answer_need(session, yes);
        break;
    case QUESTION_READ_BACK:
        answer_read_back(session, yes);
        break;
    case QUESTION_CLEAR:
        if (yes)
            clear_section(session);
        else
            go_to_step(session, 0, NULL);
        break;
    case QUESTION_DOUBT:
        answer_doubt(session, yes);
        break;
    case QUESTION_LEAVE:
        answer_leave(session, yes);
        break;
    case QUESTION_CONFIRM:
        session_answer_confirm(session, yes);
        break;
    case QUESTION_UNSAVED:
        answer_unsaved(session, yes);
        break;
    case QUESTION_REMINDERS:
    case QUESTION_LOG:
        session_answer_setting(session, question, yes);
        break;
    case QUESTION_LEARNER:
    case QUESTION_NAME:
        answer_choice(session, question, yes);
        break;
    case QUESTION_NONE:
        session_say(session, session_text(session, MSG_NO_QUESTION));
        break;
    }
}

/* --- commands ------------------------------------------------------------------------------------
 */

static void do_next(struct session *session, enum question asked)
{
    if (asked == QUESTION_NEED)
        go_to_step(session, session->step, NULL); /* skips what is left to ask */
    else if (session->starting || asked == QUESTION_LEARNER || asked == QUESTION_NAME)
        session_go_on(session);
    else if (asked == QUESTION_RESUME || session->place == PLACE_PATHS ||
             session->place == PLACE_PATH_END)
        session_tell_place(session);
    else
        go_next(session, NULL);
}

static void do_previous(struct session *session)
{
    if (session->place == PLACE_SECTION_END || session->place == PLACE_PATH_END)
        go_to_step(session, (int)session_section(session)->step_count - 1, NULL);
    else if (session->place == PLACE_STEP && session->step > 0)
        go_to_step(session, session->step - 1, NULL);
    else if (session->place == PLACE_STEP)
        session_tell_step(session, session_text(session, MSG_FIRST_STEP));
    else
        session_tell_place(session);
}

static void do_contents(struct session *session)
{
    if (session->path < 0) {
        session_tell_place(session);
        return;
    }
    session_say_left(session);
    session_new_topic(session);
    go_to(session, PLACE_CONTENTS);
}

/* A number that was typed may be higher than there are choices. */
static bool choice_exists(const struct session *session, int choice)
{
    if (choice >= CHOICE_LEARNER)
        return (size_t)(choice - CHOICE_LEARNER) < session_learner_choices(session);
    if (choice >= CHOICE_STEP)
        return session->place == PLACE_STEP &&
               (size_t)(choice - CHOICE_STEP) < session_section(session)->step_count;
    if (choice >= CHOICE_PATH)
        return (size_t)(choice - CHOICE_PATH) < session->guide->path_count;
    return choice >= CHOICE_SECTION && session->path >= 0 &&
           (size_t)(choice - CHOICE_SECTION) < session_path(session)->section_count;
}

static void do_choose(struct session *session, int choice, enum question asked)
{
    if (!choice_exists(session, choice)) {
        session_say(session, session_text(session, MSG_NO_SUCH_CHOICE));
        if (asked == QUESTION_LEARNER)
            ask(session, QUESTION_LEARNER);
        return;
    }
    if (choice >= CHOICE_LEARNER) {
        session_choose_learner(session, (size_t)(choice - CHOICE_LEARNER));
        return;
    }
    if (choice >= CHOICE_STEP) {
        go_to_step(session, choice - CHOICE_STEP, NULL);
        return;
    }
    session_say_left(session);
    session_new_topic(session);
    if (choice >= CHOICE_PATH)
        choose_path(session, choice - CHOICE_PATH);
    else
        enter_section(session, choice - CHOICE_SECTION);
}

static void explain_word(struct session *session, const struct guide_word *word)
{
    session_tell(session, session_text(session, MSG_WORD, "word", word->word, "text", word->say));
}

static void do_explain(struct session *session, int argument)
{
    const struct guide_step *step = session_step(session);
    if (argument > 0 && (size_t)argument <= session->guide->word_count) {
        explain_word(session, &session->guide->words[argument - 1]);
    } else if (session->question == QUESTION_NEED) {
        session_tell(session, xstrdup(session_section(session)->needs[session->need].more));
        session_tell_question(session);
    } else if (step) {
        session_tell(session, xstrdup(step->more));
        if (step->where)
            session_tell(session, xstrdup(step->where));
    } else {
        session_say(session, session_text(session, MSG_NO_STEP));
    }
}

static void do_spell(struct session *session)
{
    const struct guide_step *step = session_step(session);
    const char *text = !step         ? NULL
                       : step->spell ? step->spell
                       : step->label ? step->label
                                     : step->link;
    if (text)
        session_spell(session, text, session->spelled);
    else
        session_say(session, session_text(session, MSG_SPELL_NOTHING));
    session->spelled = text && !session->spelled;
}

/* What is being asked or where one is, told anew. */
static void tell_again(struct session *session)
{
    session_new_topic(session);
    if (session->question != QUESTION_NONE)
        session_tell_question(session);
    else
        session_tell_place(session);
}

static void do_text_level(struct session *session, bool simple)
{
    session->settings.simple = simple;
    session_effect(session, EFFECT_SETTINGS);
    session_say(session, session_text(session, simple ? MSG_SIMPLER : MSG_FULLER));
    tell_again(session);
}

/* The messages of a setting that goes up and down. */
struct dial {
    enum message more, most, less, least;
    const char *argument;
    int step, minimum, maximum;
};

static void turn(struct session *session, const struct dial *dial, int *value, bool up)
{
    int before = *value;
    int wanted = before + (up ? dial->step : -dial->step);
    *value = wanted < dial->minimum   ? dial->minimum
             : wanted > dial->maximum ? dial->maximum
                                      : wanted;
    bool moved = *value != before;
    char number[16];
    enum message id = up ? (moved ? dial->more : dial->most) : (moved ? dial->less : dial->least);
    if (moved)
        session_effect(session, EFFECT_SETTINGS);
    session_say(session, session_text(session, id, dial->argument, number_text(number, *value)));
    /* The change interrupted what was being said: it is heard again, the new way. */
    if (session->config.speaks && session->last_count)
        session_repeat(session);
}

static void do_rate(struct session *session, bool up)
{
    static const struct dial dial = {MSG_FASTER, MSG_FASTEST, MSG_SLOWER, MSG_SLOWEST,
                                     "rate",     RATE_STEP,   RATE_MIN,   RATE_MAX};
    if (!session->settings.rate)
        session->settings.rate = session->config.pack->rate;
    turn(session, &dial, &session->settings.rate, up);
}

static void do_volume(struct session *session, bool up)
{
    static const struct dial dial = {MSG_LOUDER, MSG_LOUDEST, MSG_SOFTER, MSG_SOFTEST,
                                     "volume",   VOLUME_STEP, VOLUME_MIN, VOLUME_MAX};
    turn(session, &dial, &session->settings.volume, up);
}

static void do_pitch(struct session *session, bool up)
{
    static const struct dial dial = {MSG_HIGHER, MSG_HIGHEST, MSG_LOWER, MSG_LOWEST,
                                     "pitch",    PITCH_STEP,  PITCH_MIN, PITCH_MAX};
    turn(session, &dial, &session->settings.pitch, up);
}

static void do_sentence_pause(struct session *session, bool up)
{
    static const struct dial dial = {
        MSG_LONGER_PAUSES, MSG_LONGEST_PAUSES, MSG_SHORTER_PAUSES, MSG_SHORTEST_PAUSES,
        "pause",           PAUSE_STEP,         PAUSE_MIN,          SENTENCE_PAUSE_MAX};
    turn(session, &dial, &session->settings.sentence_pause, up);
}

static void do_pause(struct session *session)
{
    session->paused = session->config.speaks;
    session_effect(session, EFFECT_PAUSE);
    session_print(session, session_text(session, MSG_PAUSED));
}

static void do_resume(struct session *session)
{
    if (!session->paused) {
        session_repeat(session);
        return;
    }
    session->paused = false;
    session_print(session, session_text(session, MSG_RESUMED));
    session_effect(session, EFFECT_RESUME);
}

static void do_stop(struct session *session)
{
    session->paused = false;
    session_effect(session, EFFECT_SILENCE);
    session_print(session, session_text(session, MSG_SILENCE));
}

static void do_quit(struct session *session)
{
    if (!session_is_unfinished(session)) {
        quit(session);
        return;
    }
    session_say_left(session);
    session_new_topic(session);
    ask(session, QUESTION_LEAVE);
}

/* Commands that leave an open question open. Returns false if it is none of them. */
static bool carry_out_beside(struct session *session, int command)
{
    switch (command) {
    case COMMAND_REPEAT:
        session_repeat(session);
        break;
    case COMMAND_STOP:
        do_stop(session);
        break;
    case COMMAND_PAUSE:
        do_pause(session);
        break;
    case COMMAND_RESUME:
        do_resume(session);
        break;
    case COMMAND_HELP:
        session_say_help(session);
        break;
    case COMMAND_WHERE:
        session_say_where(session);
        break;
    case COMMAND_SLOWER:
    case COMMAND_FASTER:
        do_rate(session, command == COMMAND_FASTER);
        break;
    case COMMAND_LOUDER:
    case COMMAND_SOFTER:
        do_volume(session, command == COMMAND_LOUDER);
        break;
    case COMMAND_HIGHER:
    case COMMAND_LOWER:
        do_pitch(session, command == COMMAND_HIGHER);
        break;
    case COMMAND_LONGER_PAUSES:
    case COMMAND_SHORTER_PAUSES:
        do_sentence_pause(session, command == COMMAND_LONGER_PAUSES);
        break;
    case COMMAND_SIMPLER:
    case COMMAND_FULLER:
        do_text_level(session, command == COMMAND_SIMPLER);
        break;
    case COMMAND_HISTORY:
        session_say_history(session);
        break;
    default:
        return false;
    }
    return true;
}

/* Commands that put an open question aside. */
static void carry_out_instead(struct session *session, int command, int argument)
{
    enum question asked = session->question;
    session->question = QUESTION_NONE;
    session_new_topic(session);
    switch (command) {
    case COMMAND_NEXT:
        do_next(session, asked);
        break;
    case COMMAND_PREVIOUS:
        do_previous(session);
        break;
    case COMMAND_DONE:
        do_done(session);
        break;
    case COMMAND_NOT_NEEDED:
        do_not_needed(session);
        break;
    case COMMAND_UNDO:
        do_undo(session);
        break;
    case COMMAND_SPELL:
        do_spell(session);
        break;
    case COMMAND_CONTENTS:
        do_contents(session);
        break;
    case COMMAND_CHOOSE:
        do_choose(session, argument, asked);
        break;
    case COMMAND_RESTART:
        do_restart(session);
        break;
    case COMMAND_LEARNER:
        session_do_learner(session);
        break;
    case COMMAND_REMINDERS:
        session_do_reminders(session);
        break;
    case COMMAND_LOG:
        session_do_log(session);
        break;
    case COMMAND_QUIT:
        do_quit(session);
        break;
    default:
        break;
    }
}

/* Those words that mean "yes" to the question that is open. */
static bool means_yes(const struct session *session, int command)
{
    switch (session->question) {
    case QUESTION_READ_BACK:
    case QUESTION_NEED:
        return command == COMMAND_DONE;
    case QUESTION_DOUBT:
        return command == session->doubt.command;
    case QUESTION_LEAVE:
        return command == COMMAND_QUIT;
    case QUESTION_REMINDERS:
        return command == COMMAND_REMINDERS;
    default:
        return false;
    }
}

/* Those that mean "no": who wants to leave does not go on without saving. */
static bool means_no(const struct session *session, int command)
{
    return command == COMMAND_NO ||
           (session->question == QUESTION_UNSAVED && command == COMMAND_QUIT);
}

static void carry_out(struct session *session, int command, int argument)
{
    if (command == COMMAND_SCAN_TAKE && !session_scan_take(session, &command, &argument))
        return;
    if (command != COMMAND_SCAN_NEXT)
        session->scan.on = false;
    if (command != COMMAND_HELP && command != COMMAND_PHRASINGS)
        session->help_page = session->help_from = 0;
    if (command != COMMAND_SPELL)
        session->spelled = false;
    bool no = means_no(session, command);
    if (no || command == COMMAND_YES || means_yes(session, command)) {
        answer(session, !no);
        return;
    }
    if (session->question == QUESTION_DOUBT)
        session->question = session->doubt.before;
    if (session_carry_out_access(session, (enum command)command, argument) ||
        carry_out_beside(session, command))
        return;
    if (session->question >= QUESTION_LEAVE) {
        session_new_topic(session);
        session_tell_question(session);
        return;
    }
    if (command == COMMAND_EXPLAIN) {
        session_new_topic(session);
        do_explain(session, argument);
        return;
    }
    carry_out_instead(session, command, argument);
}

/* --- start
 * ---------------------------------------------------------------------------------------- */

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

/* Goes where the command line says; false if it says nothing. */
static bool go_where_told(struct session *session, const struct learner_record_place *kept)
{
    const struct session_config *config = &session->config;
    if (!config->path && !config->section)
        return false;
    if (config->path)
        session->path = guide_find_path(session->guide, config->path);
    else if (kept)
        session->path = guide_find_path(session->guide, kept->path);
    /* Without a path: the first one that has the section. */
    for (size_t i = 0; config->section && i < session->guide->path_count; i++) {
        if (session->path >= 0 && guide_find_section(session_path(session), config->section) >= 0)
            break;
        session->path = (int)i;
    }
    if (!config->section) {
        choose_path(session, session->path);
        return true;
    }
    int section = guide_find_section(session_path(session), config->section);
    if (!config->step) {
        enter_section(session, section);
        return true;
    }
    session->section = section;
    go_to_step(session, guide_find_step(session_section(session), config->step), NULL);
    return true;
}

static void announce(struct session *session)
{
    if (!session->config.continues)
        session_say(session, session->name && !session->config.guest
                                 ? session_text(session, MSG_WELCOME_NAME, "name", session->name)
                                 : session_text(session, MSG_WELCOME));
    session_say_hello(session);
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

/* What comes behind the questions of the start. */
static void begin(struct session *session)
{
    const struct learner_record_place *kept =
        learner_record_place(&session->record, session->guide->id);
    session->starting = false;
    if (!kept)
        session_say(session, xstrdup(session->guide->welcome));
    if (!session->reminded)
        session_say_periods(session);
    if (go_where_told(session, kept))
        return;
    bool resumes = kept && !kept->finished && !session->config.restart && session->section >= 0;
    if (resumes) {
        ask(session, QUESTION_RESUME);
        return;
    }
    session->section = -1;
    if (session->config.restart || session->path < 0) {
        session->path = session->guide->path_count == 1 ? 0 : -1;
    }
    session->place = session->path < 0 ? PLACE_PATHS : PLACE_CONTENTS;
    session_tell_place(session);
}

void session_go_on(struct session *session)
{
    if (!session->starting)
        session_tell_place(session);
    else if (session->config.offer_unsaved)
        ask(session, QUESTION_UNSAVED);
    else
        begin(session);
}

static void start(struct session *session)
{
    const struct learner_record_place *kept =
        learner_record_place(&session->record, session->guide->id);
    /* What opened the store may have spoken, or the learner before: nothing of it is cut. */
    session->spoke = true;
    session->starting = true;
    if (kept)
        restore_place(session, kept);
    if (session->config.continues)
        announce(session);
    if (session->settings.reminders && !session->config.choose_learner)
        session->reminded = session_remind(session);
    if (!session->config.continues)
        announce(session);
    if (session->config.choose_learner)
        ask(session, QUESTION_LEARNER);
    else
        session_go_on(session);
}

/* --- events
 * --------------------------------------------------------------------------------------- */

/* An answer to "did you say this?" that is in doubt itself is not asked back once more: a no loses
 * nothing, and a yes is believed unless it would. */
static bool is_answer_to_doubt(const struct session *session, const struct event *event)
{
    const bool costly = command_flags((enum command)session->doubt.command) & COMMAND_COSTLY;
    return session->doubt.command == event->command || event->command == COMMAND_NO ||
           (event->command == COMMAND_YES && !costly);
}

static void doubt(struct session *session, const struct event *event)
{
    if (session->question == QUESTION_DOUBT && is_answer_to_doubt(session, event)) {
        carry_out(session, event->command, event->argument);
        return;
    }
    if (session->question == QUESTION_DOUBT && event->command == COMMAND_YES) {
        session_new_topic(session);
        session_tell_question(session);
        return;
    }
    if (session->question != QUESTION_DOUBT)
        session->doubt.before = session->question;
    session->doubt.command = event->command;
    session->doubt.argument = event->argument;
    free(session->doubt.phrase);
    session->doubt.phrase = xstrdup(event->text ? event->text : "");
    session_new_topic(session);
    ask(session, QUESTION_DOUBT);
}

void session_handle(struct session *session, const struct event *event, struct effects *effects)
{
    session->effects = effects;
    session->today = event->today;
    session->at = event->at;
    session->spoke = false;
    switch (event->kind) {
    case EVENT_START:
        start(session);
        break;
    case EVENT_COMMAND:
        session->misses = 0;
        carry_out(session, event->command, event->argument);
        break;
    case EVENT_DOUBTFUL:
        doubt(session, event);
        break;
    case EVENT_SCAN_TICK:
        session_scan_tick(session);
        break;
    case EVENT_NOT_UNDERSTOOD:
        if (event->text && session_wants_name(session))
            session_take_name(session, event->text);
        else
            session_say_not_understood(session);
        break;
    case EVENT_TOLD:
        session_new_topic(session);
        session_tell(session, xstrdup(event->text));
        break;
    case EVENT_SAVED:
    case EVENT_UNSAVED:
        saved(session);
        break;
    case EVENT_SAVE_FAILED:
        save_failed(session, event->text);
        break;
    case EVENT_SETUP_TICK:
    case EVENT_SETUP_LEAVE:
    case EVENT_CHECKED:
    case EVENT_SPEECH_REFUSED:
        break;
    }
    session_effect(session, EFFECT_VOCABULARY);
    session->effects = NULL;
}

void session_set_settings(struct session *session, const struct settings *settings, bool speaks)
{
    struct settings copy;
    settings_copy(&copy, settings);
    settings_free(&session->settings);
    session->settings = copy;
    session->config.speaks = speaks;
    session->paused = false;
}

void session_come_back(struct session *session, const struct event *event, struct effects *effects)
{
    session->effects = effects;
    session->today = event->today;
    session->at = event->at;
    /* What ended the sound check is said to its end. */
    session->spoke = true;
    session_new_topic(session);
    if (session->question != QUESTION_NONE)
        session_tell_question(session);
    else
        session_tell_place(session);
    session_effect(session, EFFECT_VOCABULARY);
    session->effects = NULL;
}
