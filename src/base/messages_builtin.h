/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * messages_builtin: the bytes of voices/fr/messages.yaml, put into the program by the build (see
 * Makefile.am).
 */
#ifndef PASAPAS_BASE_MESSAGES_BUILTIN_H
#define PASAPAS_BASE_MESSAGES_BUILTIN_H

#include <stddef.h>

extern const unsigned char messages_builtin[];
extern const size_t messages_builtin_size;

#endif
