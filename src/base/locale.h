/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * locale: the language that the system is set to. Thread: main, at the start.
 */
#ifndef PASAPAS_BASE_LOCALE_H
#define PASAPAS_BASE_LOCALE_H

#include <stdbool.h>

/*
 * The language of LC_ALL, else LC_MESSAGES, else LANG (the order of POSIX), as a name of a voice
 * pack: "fr" of "fr_BE.UTF-8". To be freed with free(); NULL if none is set ("C", "POSIX").
 */
char *locale_language(void);

/* True if "fr" is the language of "fr", "fr-FR" or "fr_FR". */
bool locale_is(const char *language, const char *name);

#endif
