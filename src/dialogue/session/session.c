/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dialogue/session/session.h"

#include "base/mem.h"
#include "dialogue/session/checklist.h"
#include "dialogue/session/facts.h"
#include "dialogue/session/features.h"
#include "dialogue/session/phrases.h"
#include "dialogue/session/rules.h"
#include "dialogue/session/say.h"
#include "dialogue/session/seen.h"

#include <stdlib.h>
#include <string.h>

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
    if (session->told_when_saved)
        learner_record_free(&session->before);
    learner_record_free(&session->record);
    session_new_topic(session);
    free(session->last);
    free(session->prefix);
    free(session->doubt.phrase);
    free(session->rest);
    free(session->trial.before);
    free(session->name);
    free(session->wish.name);
    vocabulary_free(&session->found);
    settings_free(&session->settings);
    free(session);
}

/* --- looking at it ---------------------------------------------------------------------------- */

const struct learner_record *session_record(const struct session *session)
{
    return &session->record;
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

/* --- what comes next -------------------------------------------------------------------------- */

void session_save_place(struct session *session)
{
    /* At the contents no section was chosen: there is nothing to go back to. */
    const struct guide_section *section =
        session->place == PLACE_CONTENTS ? NULL : session_section(session);
    const struct guide_step *step = session_step(session);
    learner_record_set_place(&session->record, session->guide->id, session_path(session)->id,
                             section ? section->id : NULL, step ? step->id : NULL,
                             session->place == PLACE_PATH_END && !session_count_path_left(session),
                             session->at);
    session_effect(session, EFFECT_SAVE_PLACE);
}

void session_enter(struct session *session, enum place place)
{
    session->place = place;
    place_rule(session->place)->tell(session);
    if (session->path >= 0)
        session_save_place(session);
}

static void ask(struct session *session, enum question question)
{
    if (question_rule(question)->flags & QUESTION_RETURNS && session->question != question)
        session->below[question] = session->open;
    session->question = question;
    question_rule(session->question)->ask(session);
}

/* What is open, told again: a question, or the place. */
static void tell_open(struct session *session)
{
    if (session->question != QUESTION_NONE)
        question_rule(session->question)->ask(session);
    else
        place_rule(session->place)->tell(session);
}

static struct next carry_out(struct session *session, int command, int argument);

/* Does what handlers returned, until nothing is left to do. */
static void apply(struct session *session, struct next next)
{
    while (next.kind != NEXT_STAY) {
        const struct next now = next;
        next = next_stay();
        switch (now.kind) {
        case NEXT_STAY:
            break;
        case NEXT_GO_ON:
            next = session->starting ? session_go_on_starting(session) : next_tell();
            break;
        case NEXT_TELL:
            tell_open(session);
            break;
        case NEXT_STEP:
            session->step = now.what;
            session->at_start = false;
            session_enter(session, PLACE_STEP);
            break;
        case NEXT_PLACE:
            session_enter(session, (enum place)now.what);
            break;
        case NEXT_ASK:
            ask(session, (enum question)now.what);
            break;
        case NEXT_RUN:
            next = carry_out(session, now.what, now.argument);
            break;
        case NEXT_CANNOT:
            session_say_cannot(session, (enum command)now.what);
            break;
        }
    }
}

/* --- commands --------------------------------------------------------------------------------- */

/* What a command that is not repeated at once leaves behind. */
static void forget(struct session *session, unsigned flags)
{
    if (!(flags & COMMAND_KEEPS_SCAN))
        session->scan.on = false;
    if (!(flags & COMMAND_KEEPS_HELP))
        session->help_page = session->help_from = 0;
    if (!(flags & COMMAND_KEEPS_SPELLING))
        session->spelled = false;
}

/* The question that is open once the present one is answered. */
static enum question below(const struct session *session)
{
    return question_rule(session->question)->flags & QUESTION_RETURNS
               ? session->below[session->question]
               : QUESTION_NONE;
}

/* Whoever says something else instead of an answer is back where they were. */
static void leave_returning(struct session *session, unsigned flags)
{
    while (question_rule(session->question)->flags & QUESTION_RETURNS) {
        const unsigned keeping =
            session->question == QUESTION_DOUBT ? COMMAND_KEEPS_DOUBT : COMMAND_INSISTING;
        if (flags & keeping)
            return;
        session->question = below(session);
    }
}

static struct next answer(struct session *session, bool yes)
{
    const enum question asked = session->question;
    session->question = session->open = below(session);
    session_new_topic(session);
    return question_rule(asked)->answer(session, asked, yes);
}

/* True if the rule of the question that is open lets `meant` stand for what was said. */
static bool means(const struct session *session, int meant, int command)
{
    if (meant == COMMAND_IN_DOUBT)
        meant = session->doubt.command;
    return meant != COMMAND_NONE && meant == command;
}

static struct next carry_out(struct session *session, int command, int argument)
{
    const struct command_rule *rule = command_rule(command);
    const struct question_rule *question = question_rule(session->question);
    const unsigned flags = command_flags((enum command)command);
    forget(session, flags);
    session->repeats = command == COMMAND_REPEAT ? session->repeats + 1 : 0;
    session->open = session->question;
    if (means(session, question->no, command))
        return answer(session, false);
    if (means(session, question->yes, command))
        return answer(session, true);
    leave_returning(session, flags);
    session->open = session->question;
    if (session_insists(session) && !(flags & COMMAND_INSISTING)) {
        session_new_topic(session);
        return next_ask(session->question);
    }
    if (flags & COMMAND_EVERYDAY && !rule->possible(session))
        return next_cannot((enum command)command);
    struct request request = {
        .argument = argument, .value = rule->value, .asked = session->question};
    if (!(flags & COMMAND_BESIDE)) {
        session->question = QUESTION_NONE;
        session_new_topic(session);
    }
    return rule->run(session, &request);
}

struct next session_answer(struct session *session, const struct request *request)
{
    return answer(session, request->value);
}

void session_ask_nothing(struct session *session)
{
    (void)session;
}

struct next session_answer_nothing(struct session *session, enum question asked, bool yes)
{
    (void)session;
    (void)asked;
    return next_cannot(yes ? COMMAND_YES : COMMAND_NO);
}

/* --- doubt ------------------------------------------------------------------------------------ */

void session_ask_doubt(struct session *session)
{
    session_tell(session, session_text(session, MSG_ASK_DOUBT, "phrase", session->doubt.phrase));
}

struct next session_answer_doubt(struct session *session, enum question asked, bool yes)
{
    (void)asked;
    if (yes)
        return next_run(session->doubt.command, session->doubt.argument);
    session_say(session, session_text(session, MSG_DOUBT_NO));
    return next_stay();
}

/* An answer to "did you say this?" that is in doubt itself is not asked back once more: a no loses
 * nothing, and a yes is believed unless it would. */
static bool is_answer_to_doubt(const struct session *session, const struct event *event)
{
    const bool costly = command_flags((enum command)session->doubt.command) & COMMAND_COSTLY;
    return session->doubt.command == event->command || event->command == COMMAND_NO ||
           (event->command == COMMAND_YES && !costly);
}

static struct next doubt(struct session *session, const struct event *event)
{
    if (session->question == QUESTION_DOUBT && is_answer_to_doubt(session, event))
        return next_run(event->command, event->argument);
    session_new_topic(session);
    if (session->question == QUESTION_DOUBT && event->command == COMMAND_YES)
        return next_ask(QUESTION_DOUBT);
    session->doubt.command = event->command;
    session->doubt.argument = event->argument;
    free(session->doubt.phrase);
    session->doubt.phrase = xstrdup(event->text ? event->text : "");
    return next_ask(QUESTION_DOUBT);
}

/* --- events ----------------------------------------------------------------------------------- */

static struct next not_understood(struct session *session, const char *text)
{
    if (text && session_is_naming(session))
        return session_take_name(session, text);
    session_say_not_understood(session, text != NULL);
    return next_stay();
}

/* What ended the other dialogue is said to its end. */
static struct next come_back(struct session *session)
{
    session->effects->spoke = true;
    session_new_topic(session);
    return next_tell();
}

static struct next take(struct session *session, const struct event *event)
{
    switch (event->kind) {
    case EVENT_START:
        return session_start(session);
    case EVENT_COME_BACK:
        return come_back(session);
    case EVENT_COMMAND:
        session->misses = 0;
        return next_run(event->command, event->argument);
    case EVENT_DOUBTFUL:
        return doubt(session, event);
    case EVENT_PAUSE_OVER:
        if (session->scan.on)
            session_scan_tick(session);
        /* Whoever speaks just now is not silent: the pause begins anew. */
        else if (session_awaits_answer(session) && !event->is_hearing)
            session_meet_silence(session);
        break;
    case EVENT_NOT_UNDERSTOOD:
        return not_understood(session, event->text);
    case EVENT_TYPED:
        session->misses = 0;
        return session_take_text(session, event->text);
    case EVENT_SECRET:
        session_say(session, session_text(session, MSG_PRIVATE_ELSEWHERE));
        break;
    case EVENT_TOLD:
        session_new_topic(session);
        session_tell(session, xstrdup(event->text));
        break;
    case EVENT_PAGE:
        session_take_page(session, event->page);
        break;
    case EVENT_SAVED:
    case EVENT_UNSAVED:
        return session_saved(session);
    case EVENT_SAVE_FAILED:
        session_save_failed(session, event->text);
        break;
    default:
        break;
    }
    return next_stay();
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

void session_set_place_kept(struct session *session, bool kept)
{
    session->place_lost = !kept;
}

/* --- as a dialogue ---------------------------------------------------------------------------- */

/* True if the learner has said something; the rest belongs to what was said before, as does a
 * switch that only moves on. */
static bool is_turn(const struct event *event)
{
    if (event->kind == EVENT_COMMAND)
        return !(command_flags((enum command)event->command) & COMMAND_KEEPS_SCAN);
    return event->kind == EVENT_DOUBTFUL || event->kind == EVENT_TYPED ||
           event->kind == EVENT_NOT_UNDERSTOOD;
}

static void handle(void *state, const struct event *event, struct effects *effects)
{
    struct session *session = state;
    session->effects = effects;
    session->today = event->today;
    session->at = event->at;
    session->open = session->question;
    if (event->kind != EVENT_PAUSE_OVER)
        session->met_silence = false;
    session->turns += is_turn(event);
    apply(session, take(session, event));
    session_watch_page(session);
    session_effect(session, EFFECT_VOCABULARY);
    session->effects = NULL;
}

static void vocabulary(const void *state, enum channel channel, struct vocabulary *vocabulary)
{
    session_vocabulary(state, channel, vocabulary);
}

/* Choices are told one after the other; a question that nobody answers is asked once more. */
static int pause_ms(const void *state)
{
    const struct session *session = state;
    if (session->scan.on)
        return session->settings.scan_pause * 1000;
    return session_awaits_answer(session) ? session->settings.ask_again * 1000 : 0;
}

static int numbers(const void *state)
{
    const struct choice_rule *choices = session_choices(state);
    return choices ? (int)choices->count(state) : 0;
}

static bool is_private(const void *state)
{
    return session_is_secret(state);
}

static bool wants_line(const void *state)
{
    return session_is_naming(state);
}

static bool takes_text(const void *state, const char *text)
{
    return session_takes_text(state, text);
}

static void glance(const void *state, struct glance *ret_glance)
{
    session_glance(state, ret_glance);
}

struct dialogue session_dialogue(struct session *session)
{
    static const struct dialogue_methods methods = {
        .handle = handle,
        .vocabulary = vocabulary,
        .pause_ms = pause_ms,
        .numbers = numbers,
        .is_private = is_private,
        .wants_line = wants_line,
        .takes_text = takes_text,
        .glance = glance,
        .asks_back = true,
        .takes_turns = true,
    };
    return (struct dialogue){&methods, session};
}
