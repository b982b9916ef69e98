/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * learner_account: the learner who is there: whose record it is, where it is kept, and what can be
 * done with all that is kept of them. What happened comes back as a text to be said.
 *
 * Thread: main.
 */
#ifndef PASAPAS_APP_LEARNER_ACCOUNT_H
#define PASAPAS_APP_LEARNER_ACCOUNT_H

#include "model/learner_record.h"
#include "store/learner_store.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct calibration;
struct messages;

struct learner_account {
    const struct messages *messages; /* outlives it */
    char *learner;                   /* LEARNER_STORE_DEFAULT for one without a name */
    bool guest;                      /* nothing is read or kept */
    struct learner_store *store;
    struct learner_record record; /* as it was read */
};

/* Opens the record of a learner (NULL: the one without a name), or of nobody. */
void learner_account_open(struct learner_account *account, const struct messages *messages,
                          const char *learner, bool guest, struct learner_store_report *ret_report);
void learner_account_close(struct learner_account *account);

/* The name of the record, or NULL for a guest and for one without a name. */
const char *learner_account_name(const struct learner_account *account);
/* Their folder, to be freed. */
char *learner_account_folder(const struct learner_account *account);
/* The other learners that are known, by name, to be freed with
 * mem_free_texts(). */
size_t learner_account_others(char ***ret_names);

/* What is to be told of how the store was opened, to be freed; NULL if nothing is. `asks`: who can
 * answer is asked instead whether to go on beside another instance. */
char *learner_account_tell(const struct learner_account *account,
                           const struct learner_store_report *report, bool asks);

/* What came of a change of all that is kept. To be freed by learner_change_free(). */
struct learner_change {
    char *told;    /* to be said */
    char *learner; /* to be opened now (NULL: the one without a name) */
};

void learner_change_free(struct learner_change *change);

/* Each closes the store. `called`: the learner as they are called in what is said. */
struct learner_change learner_account_rename(struct learner_account *account, const char *called,
                                             const char *name);
struct learner_change learner_account_reset(struct learner_account *account, const char *called);
struct learner_change learner_account_delete(struct learner_account *account, const char *called);

/* Writes a copy to take along: the record, and how they speak, if they taught that. What is to be
 * said of it, to be freed. */
char *learner_account_export(const struct learner_account *account,
                             const struct learner_record *record, const struct calibration *taught,
                             int64_t now);

#endif
