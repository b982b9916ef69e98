/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * month: how far the lists of the months are: what is told of them at the start, on the way and at
 * the end. A list of the month is a section with a `period`; its words are the guide's.
 */
#ifndef PASAPAS_DIALOGUE_SESSION_MONTH_H
#define PASAPAS_DIALOGUE_SESSION_MONTH_H

#include "dialogue/session/state.h"

/* The position in the path of the first section whose window is open and has steps left; -1 if
 * there is none, or no path is chosen yet. */
int session_unfinished_month(const struct session *session);
/* Its state in one line, for a question: "Actualisation de novembre : 2 étapes faites sur 5. Il
 * reste 12 jours." To be freed. */
char *session_month_text(const struct session *session, const struct guide_section *section);
/* What the list of that month is called: "Actualisation de novembre". To be freed. */
char *session_month_name(const struct session *session, const struct guide_section *section);
/* True on the last day of the window of a list that has steps left. */
bool session_is_last_day(const struct session *session);

/* Says the state of each list in a line; `except` (a position in the path, or -1) is left out. */
void session_say_months(struct session *session, int except);
/* On entering a section: says in a line what is open and not done elsewhere, unless that was told
 * lately. */
void session_say_months_on_entry(struct session *session);
/* Tells all about a list: until when, or what to do if it was missed. Nothing for others. */
void session_tell_window(struct session *session, const struct guide_section *section);
/* The same for every list. */
void session_tell_windows(struct session *session);
/* At the end of a section: tells in a line that its list is done, or what is left of others. */
void session_tell_months_on_the_way(struct session *session);
/* Says what is open and not done; false if there is nothing. */
bool session_remind(struct session *session);

#endif
