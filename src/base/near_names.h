/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * near_names: the names that somebody may have meant by one that is not there. Pure. Thread: any.
 */
#ifndef PASAPAS_BASE_NEAR_NAMES_H
#define PASAPAS_BASE_NEAR_NAMES_H

#include "base/messages.h"

#include <stddef.h>

/* More than this cannot be kept in mind. */
#define NEAR_NAMES_MAX 3

/*
 * The nearest of `names` in quotes, "« ouvrir-site » ou « site »", the nearest first; NULL if none
 * is near. Near is what differs by a few letters (base/edit_distance.h), by case or accents, or
 * what holds the other. To be freed with free().
 */
char *near_names(const struct messages *messages, const char *wanted, const char *const *names,
                 size_t count);

#endif
