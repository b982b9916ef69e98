/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * learners: all learners who have a store: their names, and renaming or deleting one.
 *
 * Thread: main.
 */
#ifndef PASAPAS_STORE_LEARNERS_H
#define PASAPAS_STORE_LEARNERS_H

#include <stddef.h>

/* All learners with a store, by name. Stores an array of names, each and itself to be freed with
 * free() (NULL when empty), and returns its length. */
size_t learners_list(char ***ret_names);

/*
 * The name of the learner whom `name` means: of just that name (learner_folder_name()), else of the
 * one learner whose name differs by no more than accents, case or punctuation, as "Zoe" means Zoé;
 * the name itself if there is nobody, or more than one. To be freed with free().
 */
char *learners_called(const char *name);

/*
 * Gives a learner another name; the store goes along, whole. 0 or -1 with errno: EEXIST if there is
 * a store of that name, ENOENT if there is none to rename, EWOULDBLOCK while another instance has
 * it. A program killed in between leaves the store under one of the two names, one that fails under
 * the first.
 */
int learners_rename(const char *learner, const char *name);

/* Forgets a learner: the folder with all that is in it, logs and files kept aside too. 0; 1 with
 * errno: they are no more, but files of theirs may be left; or -1 with errno: EWOULDBLOCK while
 * another instance has it. A learner that is not there is no mistake. */
int learners_delete(const char *learner);

#endif
