/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * features: the functions that the rows of the tables name, declared from the tables, and the few
 * that session.c calls itself. Each is defined in the one file of this folder that its feature has.
 *
 * Only rules.c and session.c use them: a feature reaches another one by what it returns.
 * scripts/check-layers watches over it.
 */
#ifndef PASAPAS_DIALOGUE_SESSION_FEATURES_H
#define PASAPAS_DIALOGUE_SESSION_FEATURES_H

#include "dialogue/session/state.h"

/* Carries a command out; what is "next" and "previous" of a place or a question does the same. */
typedef struct next command_handler(struct session *session, const struct request *request);
/* Asks a question; tells a place. */
typedef void teller(struct session *session);
/* Yes or no to a question, which is no longer open then. */
typedef struct next answer_handler(struct session *session, enum question asked, bool yes);
/* "Where am I?" at a place; to be freed. */
typedef char *where_teller(const struct session *session);
/* What a question is about, for its other words; to be freed. */
typedef char *topic_teller(const struct session *session);
/* Of a kind of choice: how many, what one is called (to be freed), what to say for the first one,
 * taking one. */
typedef size_t choice_counter(const struct session *session);
typedef char *choice_namer(const struct session *session, size_t position);
typedef const char *choice_sayer(const struct session *session);
typedef struct next choice_taker(struct session *session, size_t position);
/* Whether a command is possible here. */
typedef bool fact(const struct session *session);

#define COMMAND(id, name, flags, possible, run, value, help)                                       \
    fact possible;                                                                                 \
    command_handler run;
#include "model/command.def"
#undef COMMAND

#define PLACE(id, tell, where, next, previous, choices, names, asked, first, second)               \
    teller tell;                                                                                   \
    where_teller where;                                                                            \
    command_handler next, previous;
#define QUESTION(id, ask, asked, about, answer, yes, no, next, choices, names, flags)              \
    teller ask;                                                                                    \
    topic_teller about;                                                                            \
    answer_handler answer;
#define CHOICE(id, first, count, title, phrase, take, help)                                        \
    choice_counter count;                                                                          \
    choice_namer title;                                                                            \
    choice_sayer phrase;                                                                           \
    choice_taker take;
#include "dialogue/session/tables.def"
#undef PLACE
#undef QUESTION
#undef CHOICE

/* What "next" does at a question (the column may hold NULL, so it is not declared from there). */
command_handler session_leave_need, session_leave_it;

struct page_seen;
/* page.c: has the label of the step watched for, where that is allowed. */
void session_watch_page(struct session *session);
/* What was seen of the page. */
void session_take_page(struct session *session, const struct page_seen *seen);

/* visit.c: the beginning, and what comes after a question of the start. */
struct next session_start(struct session *session);
struct next session_go_on_starting(struct session *session);

/* marks.c: the record is on the disk, or could not be saved. */
struct next session_saved(struct session *session);
void session_save_failed(struct session *session, const char *reason);

/* asked.c: something was said or typed that is nothing here, or that cannot be done here; or
 * nothing at all was said for a while. */
void session_say_not_understood(struct session *session, bool typed);
void session_say_cannot(struct session *session, enum command command);
bool session_awaits_answer(const struct session *session);
void session_meet_silence(struct session *session);

/* typed.c: what was typed and is no phrase: whether it means something all the same, and doing it.
 */
bool session_takes_text(const struct session *session, const char *text);
struct next session_take_text(struct session *session, const char *text);

/* scan.c: the pause after a choice is over: the next one, and an end after two rounds. */
void session_scan_tick(struct session *session);

/* learner.c: what was typed where a name is asked for. */
struct next session_take_name(struct session *session, const char *text);

#endif
