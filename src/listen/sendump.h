/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * sendump: whether the mixture weights of an acoustic model are all there.
 *
 * pocketsphinx maps the file `sendump` of a model into memory and looks up weights by what the head
 * of the file says. It does not see that the file is shorter: what is behind its end is read when
 * somebody says what these weights are of, and then the process ends, or does not, by what happens
 * to lie there. No trial finds that, so the length is compared with the head here. Thread: any.
 */
#ifndef PASAPAS_LISTEN_SENDUMP_H
#define PASAPAS_LISTEN_SENDUMP_H

#include <stdbool.h>

/* False if the file's head cannot be read, or if the file is not as long as its head says. True for
 * a model without the file: it has its weights elsewhere, and they are read, not mapped. */
bool sendump_is_whole(const char *model);

#endif
