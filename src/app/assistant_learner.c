#include "app/assistant_parts.h"

#include "base/errno_words.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "model/guide_load.h"
#include "store/calibration_file.h"
#include "store/export.h"
#include "store/learners.h"
#include "store/settings_file.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* --- the store --- */

/* Somebody is there to be asked: not a pipe, a recording or silence. */
static bool can_answer(const struct assistant *assistant)
{
    return keyboard_is_terminal(assistant->input) || (assistant->hears && !assistant->recording);
}

void assistant_free_learners(struct assistant *assistant)
{
    for (size_t i = 0; i < assistant->learner_count; i++)
        free(assistant->learners[i]);
    free(assistant->learners);
    assistant->learners = NULL;
    assistant->learner_count = 0;
}

/* Those with a name; the one without is always there. */
static void list_learners(struct assistant *assistant)
{
    assistant_free_learners(assistant);
    char **names = NULL;
    size_t count = learners_list(&names), kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (strcmp(names[i], LEARNER_STORE_DEFAULT))
            names[kept++] = names[i];
        else
            free(names[i]);
    }
    assistant->learners = names;
    assistant->learner_count = kept;
}

void assistant_open_record(struct assistant *assistant, const char *learner, bool guest,
                           struct learner_store_report *ret_report)
{
    assistant->learner = xstrdup(learner ? learner : LEARNER_STORE_DEFAULT);
    assistant->guest = guest;
    learner_store_open(assistant->learner, guest, assistant->pack->messages, &assistant->store,
                       &assistant->record, ret_report);
}

void assistant_close_record(struct assistant *assistant)
{
    assistant_close_log(assistant);
    /* What was learned of their pauses, too. */
    if (assistant->settings.listen_pause_learned != assistant->kept.listen_pause_learned)
        assistant_save_settings(assistant);
    assistant_close_learning(assistant);
    sound_setup_free(assistant->setup);
    assistant->setup = NULL;
    session_free(assistant->session);
    assistant->session = NULL;
    assistant->begun = false;
    learner_store_close(assistant->store);
    assistant->store = NULL;
    learner_record_free(&assistant->record);
    settings_free(&assistant->settings);
    settings_init(&assistant->settings);
    settings_free(&assistant->kept);
    settings_init(&assistant->kept);
    free(assistant->learner);
    assistant->learner = NULL;
}

void assistant_say_report(struct assistant *assistant, const struct learner_store_report *report)
{
    const struct messages *messages = assistant->pack->messages;
    switch (report->state) {
    case LEARNER_STORE_DAMAGED:
        assistant_say_notice(
            assistant,
            messages_format(messages, report->restored ? MSG_STORE_RESTORED : MSG_STORE_DAMAGED,
                            "file", report->aside ? report->aside : ""));
        break;
    case LEARNER_STORE_NEWER:
        assistant_say_notice(assistant, messages_format(messages, MSG_STORE_NEWER));
        break;
    case LEARNER_STORE_BUSY:
        /* Whoever can answer is asked instead: QUESTION_UNSAVED. */
        if (!can_answer(assistant))
            assistant_say_notice(assistant, messages_format(messages, MSG_STORE_BUSY));
        break;
    case LEARNER_STORE_UNWRITABLE:
        assistant_say_notice(
            assistant, messages_format(messages, MSG_STORE_UNWRITABLE, "reason",
                                       errno_words(assistant->pack->messages, report->error)));
        break;
    case LEARNER_STORE_FRESH:
    case LEARNER_STORE_LOADED:
        break;
    }
}

bool assistant_is_fresh(const struct assistant *assistant,
                        const struct learner_store_report *report)
{
    return report->state == LEARNER_STORE_FRESH && !assistant->guest &&
           access(assistant->settings_file, F_OK);
}

bool assistant_is_first_start(const struct assistant *assistant,
                              const struct learner_store_report *report)
{
    const struct assistant_options *options = assistant->options;
    const struct settings *settings = &assistant->settings;
    bool sound = settings->speech != SPEECH_NONE || settings->listen != LISTEN_NONE;
    return assistant_is_fresh(assistant, report) && sound &&
           keyboard_is_terminal(assistant->input) && !options->section &&
           settings->scan == SCAN_OFF && assistant_sound_is(assistant, AUDIO_LIVE);
}

void assistant_open_session(struct assistant *assistant, bool busy, bool continues)
{
    const struct assistant_options *options = assistant->options;
    bool nameless = !strcmp(assistant->learner, LEARNER_STORE_DEFAULT);
    bool named = options->learner || options->guest || options->section;
    list_learners(assistant);
    struct session_config config = {
        .guide = assistant->guide,
        .pack = assistant->pack,
        .record = &assistant->record,
        .settings = &assistant->settings,
        .announce_day = !continues && options->today.year != 0,
        .speaks = assistant->speech != NULL,
        .saves = learner_store_is_writable(assistant->store),
        .name = nameless || assistant->guest ? NULL : assistant->record.name,
        .guest = assistant->guest,
        .learners = (const char *const *)assistant->learners,
        .learner_count = assistant->learner_count,
        .choose_learner =
            !continues && !named && assistant->learner_count > 0 && can_answer(assistant),
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
}

/* --- another learner --- */

/* Another learner may be in another guide; without it, it is the one that is open. */
static void change_guide(struct assistant *assistant)
{
    struct guide *before = assistant->guide;
    if (assistant_load_guide(assistant))
        assistant->guide = before;
    else
        guide_free(before);
}

/* Closes the present session and opens one for a learner. */
static void open_learner(struct assistant *assistant, const char *learner, bool guest)
{
    struct learner_store_report report = {0};
    struct listener *listener = sound_listener(assistant->sound);
    assistant_close_record(assistant);
    assistant_open_record(assistant, learner, guest, &report);
    assistant_load_settings(assistant);
    change_guide(assistant);
    assistant_apply_settings(assistant, &assistant->settings);
    if (listener)
        listener_set_mode(listener, assistant_listener_mode(assistant));
    assistant_tell_listener_who(assistant);
    assistant_use_pair(assistant);
    assistant_begin_pacing(assistant);
    keyboard_set_keys(assistant->input, assistant->settings.single_keys);
    keyboard_set_enter_key(assistant->input, assistant->settings.scan != SCAN_OFF);
    assistant->tapped = assistant->ears_shut = false;
    assistant->place_warned = false;
    assistant_say_report(assistant, &report);
    /* A new learner is known from now on, whatever they do next. */
    if (learner && report.state == LEARNER_STORE_FRESH)
        assistant_save_record(assistant, &assistant->record);
    assistant_open_session(assistant, report.state == LEARNER_STORE_BUSY, true);
    assistant_open_log(assistant);
    if (assistant_is_first_start(assistant, &report))
        assistant_start_setup(assistant, true);
    else
        assistant_begin_session(assistant);
    learner_store_report_free(&report);
}

static void say_failure(struct assistant *assistant, const char *name, int error)
{
    const struct messages *messages = assistant->pack->messages;
    assistant_say_notice(assistant, error == EEXIST
                                        ? messages_format(messages, MSG_LEARNER_TAKEN, "name", name)
                                        : messages_format(messages, MSG_LEARNER_FAILED, "reason",
                                                          errno_words(messages, error)));
}

static void rename_learner(struct assistant *assistant, const char *old, const char *name)
{
    learner_store_close(assistant->store);
    assistant->store = NULL;
    int error = learners_rename(old, name) ? errno : 0;
    if (error) {
        say_failure(assistant, name, error);
        open_learner(assistant, old, false);
        return;
    }
    /* Settings that stay behind are only defaults again. */
    (void)settings_rename(old, name);
    char *called = session_learner_name(assistant->session);
    assistant_say_notice(assistant, messages_format(assistant->pack->messages, MSG_LEARNER_RENAMED,
                                                    "name", called, "new", name));
    free(called);
    open_learner(assistant, name, false);
}

static void reset_learner(struct assistant *assistant, const char *learner)
{
    char *aside = NULL, *called = session_learner_name(assistant->session);
    learner_store_close(assistant->store);
    assistant->store = NULL;
    if (learner_store_reset(learner, &aside) || calibration_forget_learner(learner))
        say_failure(assistant, learner, errno);
    else
        assistant_say_notice(assistant,
                             messages_format(assistant->pack->messages, MSG_LEARNER_IS_RESET,
                                             "name", called, "file", aside ? aside : ""));
    free(called);
    free(aside);
    open_learner(assistant, learner, false);
}

static void delete_learner(struct assistant *assistant, const char *learner)
{
    char *called = session_learner_name(assistant->session);
    assistant_close_log(assistant);
    learner_store_close(assistant->store);
    assistant->store = NULL;
    int error = learners_delete(learner) ? errno : 0;
    if (!error && settings_delete(learner))
        error = errno;
    if (error)
        say_failure(assistant, learner, error);
    else
        assistant_say_notice(assistant, messages_format(assistant->pack->messages,
                                                        MSG_LEARNER_DELETED, "name", called));
    free(called);
    open_learner(assistant, error ? learner : NULL, false);
}

/* Each NULL if it was not written. */
static void tell_copies(struct assistant *assistant, const char *path, const char *pack, int error)
{
    const struct messages *messages = assistant->pack->messages;
    struct strbuf all = {0};
    char *lines[3] = {
        path ? messages_format(messages, MSG_LEARNER_EXPORTED, "file", path) : NULL,
        pack ? messages_format(messages, MSG_LEARNER_EXPORTED_VOICE, "file", pack) : NULL,
        error
            ? messages_format(messages, MSG_LEARNER_FAILED, "reason", errno_words(messages, error))
            : NULL,
    };
    for (size_t i = 0; i < COUNT_OF(lines); i++) {
        if (lines[i])
            strbuf_addf(&all, "%s%s", all.length ? " " : "", lines[i]);
        free(lines[i]);
    }
    assistant_send(assistant, (struct event){.kind = EVENT_TOLD, .text = all.text});
    strbuf_free(&all);
}

static void export_learner(struct assistant *assistant)
{
    const int64_t now = clock_seconds(&assistant->clock);
    const char *name =
        strcmp(assistant->learner, LEARNER_STORE_DEFAULT) ? assistant->record.name : NULL;
    char *path = NULL, *pack = NULL;
    int failed = export_record(session_record(assistant->session), name, now, &path);
    if (!failed && assistant->taught.phrase_count)
        failed = export_calibration(&assistant->taught, name, now, &pack);
    tell_copies(assistant, path, pack, failed ? errno : 0);
    free(path);
    free(pack);
}

void assistant_change_learner(struct assistant *assistant)
{
    char *name = assistant->wish.name, *learner = xstrdup(assistant->learner);
    assistant->wish.name = NULL;
    assistant->wish.due = false;
    switch (assistant->wish.request) {
    case LEARNER_OPEN:
        open_learner(assistant, name, false);
        break;
    case LEARNER_GUEST:
        open_learner(assistant, NULL, true);
        break;
    case LEARNER_RENAME:
        rename_learner(assistant, learner, name);
        break;
    case LEARNER_EXPORT:
        export_learner(assistant);
        break;
    case LEARNER_RESET:
        reset_learner(assistant, learner);
        break;
    case LEARNER_DELETE:
        delete_learner(assistant, learner);
        break;
    }
    free(name);
    free(learner);
}
