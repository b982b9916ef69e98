/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * person_name: names of people as they are typed: spaces that nobody sees or hears make no other
 * person, and nothing in a name may be invisible. Pure. Thread: any.
 */
#ifndef PASAPAS_BASE_PERSON_NAME_H
#define PASAPAS_BASE_PERSON_NAME_H

#include <stdbool.h>

/* The name without spaces at its ends; spaces inside, also no-break ones and those of any width,
 * are one each. Bytes that are not UTF-8 are kept; a name of spaces alone is "". To be freed with
 * free(). */
char *person_name_tidy(const char *name);

/* False if it holds a control character, a line end, a mark of direction or a character without
 * width (but the joiners, which some scripts need). */
bool person_name_is_clean(const char *name);

#endif
