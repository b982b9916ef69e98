/*
 * features: what the rows of the tables name. Only rules.c and session.c call these; a feature
 * reaches another one by what it returns. scripts/check-layers watches over it.
 */
#ifndef PASAPAS_DIALOGUE_SESSION_FEATURES_H
#define PASAPAS_DIALOGUE_SESSION_FEATURES_H

#include "dialogue/session/state.h"

#define HANDLER(name) struct next name(struct session *session, const struct request *request)
#define ASK(name)     void name(struct session *session)
#define ANSWER(name)  struct next name(struct session *session, enum question asked, bool yes)
#define TELL(name)    void name(struct session *session)
#define WHERE(name)   char *name(const struct session *session)
#define COUNT(name)   size_t name(const struct session *session)
#define TITLE(name)   char *name(const struct session *session, size_t position)
#define PHRASE(name)  const char *name(const struct session *session)
#define TAKE(name)    struct next name(struct session *session, size_t position)

/* --- session.c: answering --- */
HANDLER(session_answer);
ASK(session_ask_nothing);
ANSWER(session_answer_nothing);
ASK(session_ask_doubt);
ANSWER(session_answer_doubt);

/* --- visit.c: beginning and ending --- */
struct next session_start(struct session *session);
/* What comes after a question of the start. */
struct next session_go_on_starting(struct session *session);
HANDLER(session_quit);
ASK(session_ask_resume);
ANSWER(session_answer_resume);
ASK(session_ask_leave);
ANSWER(session_answer_leave);
ASK(session_ask_unsaved);
ANSWER(session_answer_unsaved);

/* --- places.c: from place to place --- */
HANDLER(session_next);
HANDLER(session_previous);
HANDLER(session_contents);
HANDLER(session_choose);
HANDLER(session_where);
HANDLER(session_tell_again);
HANDLER(session_next_section);
HANDLER(session_next_step);
HANDLER(session_previous_step);
HANDLER(session_last_step);
TELL(session_tell_paths);
TELL(session_tell_contents);
TELL(session_tell_step);
TELL(session_tell_section_end);
TELL(session_tell_path_end);
WHERE(session_where_paths);
WHERE(session_where_contents);
WHERE(session_where_step);
WHERE(session_where_section_end);
WHERE(session_where_path_end);
COUNT(session_count_paths);
COUNT(session_count_sections);
COUNT(session_count_steps);
TITLE(session_path_title);
TITLE(session_section_title);
TITLE(session_step_title);
PHRASE(session_first_path);
PHRASE(session_first_section);
TAKE(session_take_path);
TAKE(session_take_section);
TAKE(session_take_step);

/* --- step.c: more about the step --- */
HANDLER(session_explain);
HANDLER(session_spell_step);
HANDLER(session_find);

/* --- needs.c: what to have at hand --- */
HANDLER(session_skip_needs);
ASK(session_ask_need);
ANSWER(session_answer_need);

/* --- marks.c --- */
HANDLER(session_mark_done);
HANDLER(session_mark_not_needed);
HANDLER(session_undo);
HANDLER(session_restart);
ASK(session_ask_read_back);
ANSWER(session_answer_read_back);
ASK(session_ask_clear);
ANSWER(session_answer_clear);
/* The record is on the disk, or it could not be saved. */
struct next session_saved(struct session *session);
void session_save_failed(struct session *session, const char *reason);

/* --- checklist.c --- */
HANDLER(session_history);

/* --- repeat.c: hearing again, and not hearing --- */
HANDLER(session_repeat);
HANDLER(session_repeat_last);
HANDLER(session_repeat_slower);
HANDLER(session_stop);
HANDLER(session_pause);
HANDLER(session_resume);

/* --- help.c --- */
HANDLER(session_help);
HANDLER(session_sayable);
HANDLER(session_phrasings);
void session_say_not_understood(struct session *session);

/* --- preferences.c --- */
HANDLER(session_rate);
HANDLER(session_volume);
HANDLER(session_pitch);
HANDLER(session_sentence_pause);
HANDLER(session_text_level);
HANDLER(session_punctuation);
HANDLER(session_keys);
HANDLER(session_next_variant);
HANDLER(session_sound_check);
HANDLER(session_calibrate);

/* --- scan.c: choices for a switch --- */
HANDLER(session_scan_next);
HANDLER(session_scan_take);
/* The pause after a choice is over: the next one, and an end after two rounds. */
void session_scan_tick(struct session *session);

/* --- learner.c --- */
HANDLER(session_learners);
HANDLER(session_leave_it);
HANDLER(session_reminders);
HANDLER(session_log);
ASK(session_ask_learner);
ANSWER(session_answer_choice);
ASK(session_ask_name);
ASK(session_ask_confirm);
ANSWER(session_answer_confirm);
ASK(session_ask_reminders);
ANSWER(session_answer_reminders);
ASK(session_ask_log);
ANSWER(session_answer_log);
COUNT(session_count_learners);
TITLE(session_learner_title);
PHRASE(session_first_learner);
TAKE(session_take_learner);
/* What was typed where a name is asked for. */
struct next session_take_name(struct session *session, const char *text);

#undef HANDLER
#undef ASK
#undef ANSWER
#undef TELL
#undef WHERE
#undef COUNT
#undef TITLE
#undef PHRASE
#undef TAKE

#endif
