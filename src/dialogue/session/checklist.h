/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * checklist: marks, needs and what is left of a section, and until when. Facts of the record, and
 * what is said of them.
 */
#ifndef PASAPAS_DIALOGUE_SESSION_CHECKLIST_H
#define PASAPAS_DIALOGUE_SESSION_CHECKLIST_H

#include "dialogue/session/state.h"
#include "model/window.h"

/* The window of a section, or state WINDOW_WRONG_CLOCK and month 0 if it has none. */
struct window session_window(const struct session *session, const struct guide_section *section);
/* The list a section is marked in today: the open month's, else the one without a month. */
struct month session_list_month(const struct session *session, const struct guide_section *section);
/* The mark of the present step in it, or of any of a section; NULL: open. */
const struct learner_record_mark *session_mark_here(const struct session *session);
const struct learner_record_mark *session_mark_of(const struct session *session,
                                                  const struct guide_section *section, int step);
/* True if the present section is only practised: it has a window, and that is not open. */
bool session_is_practice(const struct session *session);
/* Says so, if it is. */
void session_say_practice(struct session *session);
/* How many steps of a section are marked in the list of today, or of a month, and how many are not.
 */
void session_count(const struct session *session, const struct guide_section *section,
                   int *ret_marked, int *ret_left);
void session_count_in(const struct session *session, const struct guide_section *section,
                      struct month month, int *ret_marked, int *ret_left);
/* The same for the steps that the list counts: those with `check`, or all where no step has it. */
void session_count_listed(const struct session *session, const struct guide_section *section,
                          struct month month, int *ret_marked, int *ret_left);
/* Of those, the ones that are left today. */
int session_count_left(const struct session *session, const struct guide_section *section);
/* True if some of its steps are to be ticked off. */
bool session_is_checklist(const struct guide_section *section);
/* True if it is a monthly section whose window is open, with steps left to mark. */
bool session_is_open_list(const struct session *session, const struct guide_section *section);
/* True if the learner is in such a section. */
bool session_is_unfinished(const struct session *session);

/* How many steps of the path are not marked, in any of its sections. */
int session_count_path_left(const struct session *session);

/* Goes to the first step of a section that is left (of one that is no checklist, to the first):
 * asks before what is not known to be at hand. */
struct next session_go_to_list(struct session *session, int section);
/* Goes on at the step where the learner was: asks before what a stop left unasked. */
struct next session_go_on_in_list(struct session *session);
/* Asks for the first need, from a position on, that is to be asked (session->asking_needs); tells
 * the place if there is none. */
struct next session_ask_needs(struct session *session, int from);
/* What was answered about a need of a section for today's list; keeping an answer of the present
 * section. */
enum need_state session_need(const struct session *session, const struct guide_section *section,
                             int need);
void session_set_need(struct session *session, int need, enum need_state state);

char *session_counts_text(const struct session *session, int marked, int left);
/* "Vous avez jusqu'au ..."; NULL if there is no open window. */
char *session_deadline_text(const struct session *session, const struct guide_section *section);

/* Notes that the state of the months is told now. */
void session_note_months_told(struct session *session);
/* True if it was told so lately that it would only be heard twice: in this answer or the one
 * before, or, where it is spoken, a few seconds ago. */
bool session_months_were_told(const struct session *session);

/* Says which steps are left to do, if the list is unfinished. */
void session_say_left(struct session *session);
/* Says which needs of the present section were missing, if any. */
void session_say_missing(struct session *session);
#endif
