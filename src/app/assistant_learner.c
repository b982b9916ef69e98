/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/assistant_parts.h"

#include "audio/audio.h"
#include "base/diag.h"
#include "base/mem.h"
#include "model/guide.h"
#include "model/pack.h"
#include "store/calibration_file.h"

#include <stdlib.h>

void assistant_load_voice(struct assistant *assistant, const char *path)
{
    struct diags diags;
    calibration_free(&assistant->taught);
    diags_init(&diags, assistant->pack->messages);
    if (path && calibration_load(path, &diags, &assistant->taught)) {
        diags_print(&diags, stderr);
        cli_error(assistant->cli, MSG_CALIBRATE_DAMAGED);
    }
    diags_free(&diags);
    ears_know_voice(&assistant->ears, &assistant->taught, true);
}

/* --- a session -------------------------------------------------------------------------------- */

/* Somebody is there to be asked: not a pipe, a recording or silence. */
static bool can_answer(const struct assistant *assistant)
{
    return keyboard_is_terminal(assistant->keyboard) ||
           (assistant->ears.hears && !assistant->recording);
}

/* Several are known, and nothing says who is there: they are asked. */
static bool must_choose_learner(const struct assistant *assistant)
{
    const struct assistant_options *options = assistant->options;
    return !options->learner && !options->guest && !options->section &&
           assistant->learner_count > 0 && can_answer(assistant);
}

/* Nobody has been here, nor chosen anything. Who says at the start who they are may have been
 * prepared for by a trainer: their place is known, how they want to hear and to be heard is not. */
static bool is_fresh(const struct assistant *assistant, const struct learner_store_report *report,
                     bool continues)
{
    const bool unknown = report->state == LEARNER_STORE_FRESH ||
                         (continues && report->state == LEARNER_STORE_LOADED);
    return unknown && !assistant->account.guest && preferences_are_new(&assistant->preferences);
}

/* Somebody new, on a terminal with real sound, who was not sent to a place. Pipes, recordings and
 * scripts are never asked; nor is who uses a switch: somebody has set it up for them. */
static bool is_first_start(const struct assistant *assistant,
                           const struct learner_store_report *report, bool continues)
{
    const struct assistant_options *options = assistant->options;
    const struct settings *settings = &assistant->preferences.now;
    const bool sound = settings->speech != SPEECH_NONE || settings->listen != LISTEN_NONE;
    return is_fresh(assistant, report, continues) && sound &&
           keyboard_is_terminal(assistant->keyboard) && !options->section &&
           settings->scan == SCAN_OFF && audio_find(options->audio)->flags & AUDIO_LIVE;
}

static void end_session(void *context)
{
    struct assistant *assistant = context;
    session_free(assistant->session);
    assistant->session = NULL;
}

/* The place where the learner was last, if its guide can be opened. */
static const struct guide *latest_guide(const struct assistant *assistant)
{
    const struct learner_record_place *latest =
        learner_record_latest_place(&assistant->account.record);
    return latest ? guide_list_find(&assistant->guides, latest->guide) : NULL;
}

void assistant_find_guide(struct assistant *assistant)
{
    const struct guide *latest = latest_guide(assistant);
    if (assistant->options->guide) {
        if (!assistant->guide)
            assistant->guide = assistant->guides.items[0];
    } else {
        assistant->guide = latest ? latest : assistant->guides.usual;
    }
}

/* Somebody can be asked, and nothing says which guide they want. */
static bool must_choose_guide(const struct assistant *assistant)
{
    const struct assistant_options *options = assistant->options;
    return assistant->guides.count > 1 && !options->guide && !options->path && !options->section &&
           !latest_guide(assistant) && can_answer(assistant);
}

/* What comes before a session. */
enum before { NOTHING_BEFORE, OTHER_LEARNER_BEFORE, OTHER_GUIDE_BEFORE };

/* Makes the session of the learner who is there. */
static void open_session(struct assistant *assistant, bool busy, enum before before)
{
    const struct assistant_options *options = assistant->options;
    const bool continues = before != NOTHING_BEFORE;
    struct session_config config = {
        .guide = assistant->guide,
        .pack = assistant->pack,
        .record = &assistant->account.record,
        .settings = &assistant->preferences.now,
        .announce_day = !continues && options->today.year != 0,
        .speaks = assistant->voice.speech != NULL,
        .voices = &assistant->voice.voices,
        .saves = assistant_saves(assistant),
        .terminal = keyboard_is_terminal(assistant->keyboard),
        .name = learner_account_name(&assistant->account),
        .guest = assistant->account.guest,
        .learners = (const char *const *)assistant->learners,
        .learner_count = assistant->learner_count,
        .guides = (const struct guide *const *)assistant->guides.items,
        .guide_count = assistant->guides.count,
        .choose_guide = before != OTHER_GUIDE_BEFORE && must_choose_guide(assistant),
        .other_guide = before == OTHER_GUIDE_BEFORE,
        .choose_learner = !continues && must_choose_learner(assistant),
        .offer_unsaved = busy && can_answer(assistant),
        .continues = continues,
    };
    /* Where to begin was said for the first learner only. */
    if (!continues) {
        config.path = options->path;
        config.section = options->section;
        config.step = options->step;
        config.restart = options->restart;
    }
    assistant->session = session_new(&config);
    dialogue_stack_push(&assistant->dialogues, &(struct held_dialogue){
                                                   .dialogue = session_dialogue(assistant->session),
                                                   .context = assistant,
                                                   .end = end_session,
                                               });
}

static void list_others(struct assistant *assistant)
{
    mem_free_texts(assistant->learners, assistant->learner_count);
    assistant->learner_count = learner_account_others(&assistant->learners);
}

/* What happened when the store was opened. */
static void say_report(struct assistant *assistant, const struct learner_store_report *report)
{
    char *told = learner_account_tell(&assistant->account, report, can_answer(assistant));
    if (told)
        assistant_say_notice(assistant, told);
}

/* All is open but the session. `setup`: it begins with the sound check, whoever is there. */
static void begin(struct assistant *assistant, const struct learner_store_report *report,
                  bool continues, bool setup)
{
    list_others(assistant);
    open_session(assistant, report->state == LEARNER_STORE_BUSY,
                 continues ? OTHER_LEARNER_BEFORE : NOTHING_BEFORE);
    assistant_open_log(assistant);
    say_report(assistant, report);
    /* Who is there comes first: the sound is theirs. */
    const bool asks = !continues && must_choose_learner(assistant);
    if (setup || (!asks && is_first_start(assistant, report, continues)))
        assistant_begin_setup(assistant, is_fresh(assistant, report, continues));
    else
        assistant_go_on(assistant);
}

void assistant_begin_session(struct assistant *assistant, const struct learner_store_report *report)
{
    begin(assistant, report, false, assistant->options->setup);
}

static void end_dialogues(struct assistant *assistant)
{
    while (assistant->dialogues.count)
        dialogue_stack_pop(&assistant->dialogues);
    journal_set_place(&assistant->journal, NULL, false);
    if (assistant->companion)
        page_companion_end(assistant->companion);
    if (assistant->keyboard)
        keyboard_set_private(assistant->keyboard, false);
}

void assistant_close_learner(struct assistant *assistant)
{
    struct preferences *preferences = &assistant->preferences;
    journal_log_in(&assistant->journal, NULL);
    /* What was learned of their pauses, too. */
    if (preferences->now.listen_pause_learned != preferences->kept.listen_pause_learned &&
        !preferences->damaged)
        assistant_save_preferences(assistant, false);
    end_dialogues(assistant);
    learner_account_close(&assistant->account);
}

/* --- another learner -------------------------------------------------------------------------- */

/* How they like it, and how they speak. */
static void meet_learner(struct assistant *assistant)
{
    const struct learner_account *account = &assistant->account;
    char *path = account->guest ? NULL : calibration_path(account->learner);
    preferences_load(&assistant->preferences, account->learner, account->guest,
                     assistant->pack->messages);
    voice_out_set_params(&assistant->voice, &assistant->preferences.now);
    ears_meet_learner(&assistant->ears);
    assistant_load_voice(assistant, path);
    assistant->place_warned = assistant->settings_warned = false;
    free(path);
}

/* Closes the present session and opens one for a learner. */
static void open_learner(struct assistant *assistant, const char *learner, bool guest)
{
    struct learner_store_report report = {0};
    assistant_close_learner(assistant);
    learner_account_open(&assistant->account, assistant->pack->messages, learner, guest, &report);
    meet_learner(assistant);
    assistant_find_guide(assistant);
    /* A new learner is known from now on, whatever they do next. */
    if (learner && report.state == LEARNER_STORE_FRESH)
        assistant_save_record(assistant, &assistant->account.record);
    begin(assistant, &report, true, false);
    learner_store_report_free(&report);
}

static void export_learner(struct assistant *assistant)
{
    char *told = learner_account_export(&assistant->account, session_record(assistant->session),
                                        &assistant->taught, clock_seconds(&assistant->clock));
    assistant_send(assistant, (struct event){.kind = EVENT_TOLD, .text = told});
    free(told);
}

/* Renamed, begun anew or forgotten. */
static void change_account(struct assistant *assistant, const char *name)
{
    struct learner_account *account = &assistant->account;
    char *called = session_learner_name(assistant->session);
    struct learner_change change = {0};
    if (assistant->wish.request == LEARNER_RENAME) {
        change = learner_account_rename(account, called, name);
    } else if (assistant->wish.request == LEARNER_RESET) {
        change = learner_account_reset(account, called);
    } else {
        journal_log_in(&assistant->journal, NULL);
        change = learner_account_delete(account, called);
    }
    assistant_say_notice(assistant, change.told);
    open_learner(assistant, change.learner, false);
    free(change.learner);
    free(called);
}

void assistant_change_learner(struct assistant *assistant)
{
    char *name = assistant->wish.name;
    assistant->wish.name = NULL;
    assistant->wish.due = false;
    switch (assistant->wish.request) {
    case LEARNER_OPEN:
        open_learner(assistant, name, false);
        break;
    case LEARNER_GUEST:
        open_learner(assistant, NULL, true);
        break;
    case LEARNER_EXPORT:
        export_learner(assistant);
        break;
    case LEARNER_RENAME:
    case LEARNER_RESET:
    case LEARNER_DELETE:
        change_account(assistant, name);
        break;
    }
    free(name);
}

/* --- another guide ---------------------------------------------------------------------------- */

void assistant_change_guide(struct assistant *assistant)
{
    struct learner_record record;
    const struct guide *guide = guide_list_find(&assistant->guides, assistant->other_guide);
    free(assistant->other_guide);
    assistant->other_guide = NULL;
    if (!guide)
        return;
    /* What a guest did is nowhere else. */
    learner_record_copy(&record, session_record(assistant->session));
    learner_record_free(&assistant->account.record);
    assistant->account.record = record;
    end_dialogues(assistant);
    assistant->guide = guide;
    open_session(assistant, false, OTHER_GUIDE_BEFORE);
    assistant_go_on(assistant);
}
