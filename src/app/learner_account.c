/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/learner_account.h"

#include "base/errno_words.h"
#include "base/mem.h"
#include "base/messages.h"
#include "base/strbuf.h"
#include "model/calibration.h"
#include "store/calibration_file.h"
#include "store/export.h"
#include "store/learner_folder.h"
#include "store/learners.h"
#include "store/settings_file.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static bool is_nameless(const struct learner_account *account)
{
    return !strcmp(account->learner, LEARNER_STORE_DEFAULT);
}

void learner_account_open(struct learner_account *account, const struct messages *messages,
                          const char *learner, bool guest, struct learner_store_report *ret_report)
{
    *account = (struct learner_account){.messages = messages, .guest = guest};
    account->learner = learners_called(learner ? learner : LEARNER_STORE_DEFAULT);
    learner_store_open(account->learner, guest, messages, &account->store, &account->record,
                       ret_report);
}

static void close_store(struct learner_account *account)
{
    learner_store_close(account->store);
    account->store = NULL;
}

void learner_account_close(struct learner_account *account)
{
    close_store(account);
    learner_record_free(&account->record);
    free(account->learner);
    *account = (struct learner_account){0};
}

const char *learner_account_name(const struct learner_account *account)
{
    return account->guest || is_nameless(account) ? NULL : account->record.name;
}

char *learner_account_folder(const struct learner_account *account)
{
    return learner_folder_path(account->learner);
}

size_t learner_account_others(char ***ret_names)
{
    char **names = NULL;
    size_t kept = 0;
    const size_t count = learners_list(&names);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(names[i], LEARNER_STORE_DEFAULT))
            names[kept++] = names[i];
        else
            free(names[i]);
    }
    *ret_names = names;
    return kept;
}

char *learner_account_tell(const struct learner_account *account,
                           const struct learner_store_report *report, bool asks)
{
    const struct messages *messages = account->messages;
    switch (report->state) {
    case LEARNER_STORE_DAMAGED:
        return messages_format(messages, report->restored ? MSG_STORE_RESTORED : MSG_STORE_DAMAGED,
                               "file", report->aside ? report->aside : "");
    case LEARNER_STORE_NEWER:
        return messages_format(messages, MSG_STORE_NEWER);
    case LEARNER_STORE_BUSY:
        return asks ? NULL : messages_format(messages, MSG_STORE_BUSY);
    case LEARNER_STORE_UNWRITABLE:
        return messages_format(messages, MSG_STORE_UNWRITABLE, "reason",
                               errno_words(messages, report->error));
    case LEARNER_STORE_FRESH:
    case LEARNER_STORE_LOADED:
        break;
    }
    return NULL;
}

/* --- changes ---------------------------------------------------------------------------------- */

void learner_change_free(struct learner_change *change)
{
    free(change->told);
    free(change->learner);
}

/* Nothing was changed: the same learner goes on. */
static struct learner_change failed(const struct learner_account *account, const char *name,
                                    int error)
{
    const struct messages *messages = account->messages;
    return (struct learner_change){
        .told = error == EEXIST ? messages_format(messages, MSG_LEARNER_TAKEN, "name", name)
                                : messages_format(messages, MSG_LEARNER_FAILED, "reason",
                                                  errno_words(messages, error)),
        .learner = xstrdup(account->learner),
    };
}

struct learner_change learner_account_rename(struct learner_account *account, const char *called,
                                             const char *name)
{
    close_store(account);
    if (learners_rename(account->learner, name))
        return failed(account, name, errno);
    if (settings_rename(account->learner, name)) {
        const int error = errno;
        /* Nobody is called otherwise without what is known of their voice. */
        if (!learners_rename(name, account->learner))
            return failed(account, name, error);
    }
    return (struct learner_change){
        .told =
            messages_format(account->messages, MSG_LEARNER_RENAMED, "name", called, "new", name),
        .learner = xstrdup(name),
    };
}

/* Some of it is gone: it cannot be said that nothing was changed. */
static char *tell_partly(const struct learner_account *account, int error)
{
    return messages_format(account->messages, MSG_LEARNER_PARTLY, "reason",
                           errno_words(account->messages, error));
}

struct learner_change learner_account_reset(struct learner_account *account, const char *called)
{
    char *aside = NULL;
    struct learner_change change;
    close_store(account);
    if (learner_store_reset(account->learner, &aside))
        change = failed(account, account->learner, errno);
    else if (calibration_forget_learner(account->learner))
        change = (struct learner_change){.told = tell_partly(account, errno),
                                         .learner = xstrdup(account->learner)};
    else
        change = (struct learner_change){
            .told = messages_format(account->messages, MSG_LEARNER_IS_RESET, "name", called, "file",
                                    aside ? aside : ""),
            .learner = xstrdup(account->learner),
        };
    free(aside);
    return change;
}

struct learner_change learner_account_delete(struct learner_account *account, const char *called)
{
    close_store(account);
    const int left = learners_delete(account->learner);
    if (left < 0)
        return failed(account, account->learner, errno);
    const int error = left ? errno : 0;
    if (settings_delete(account->learner) || error)
        return (struct learner_change){.told = tell_partly(account, error ? error : errno)};
    return (struct learner_change){
        .told = messages_format(account->messages, MSG_LEARNER_DELETED, "name", called),
    };
}

/* --- a copy ----------------------------------------------------------------------------------- */

/* Each NULL if it was not written. */
static char *tell_copies(const struct messages *messages, const char *record, const char *voice,
                         int error)
{
    struct strbuf all = {0};
    char *lines[3] = {
        record ? messages_format(messages, MSG_LEARNER_EXPORTED, "file", record) : NULL,
        voice ? messages_format(messages, MSG_LEARNER_EXPORTED_VOICE, "file", voice) : NULL,
        error ? messages_format(messages, record ? MSG_LEARNER_COPIED_PARTLY : MSG_LEARNER_FAILED,
                                "reason", errno_words(messages, error))
              : NULL,
    };
    for (size_t i = 0; i < COUNT_OF(lines); i++) {
        if (lines[i])
            strbuf_addf(&all, "%s%s", all.length ? " " : "", lines[i]);
        free(lines[i]);
    }
    return strbuf_take(&all);
}

char *learner_account_export(const struct learner_account *account,
                             const struct learner_record *record, const struct calibration *taught,
                             int64_t now)
{
    const char *name = is_nameless(account) ? NULL : account->record.name;
    char *record_file = NULL, *voice_file = NULL;
    int failed = export_record(record, name, now, &record_file);
    if (!failed && taught->phrase_count)
        failed = export_calibration(taught, name, now, &voice_file);
    char *told = tell_copies(account->messages, record_file, voice_file, failed ? errno : 0);
    free(record_file);
    free(voice_file);
    return told;
}
