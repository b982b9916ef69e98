/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * errno_words: why the system refused something, in words of the voice pack (not the C library's,
 * whose language depends on the machine). Pure. Thread: any.
 */
#ifndef PASAPAS_BASE_ERRNO_WORDS_H
#define PASAPAS_BASE_ERRNO_WORDS_H

struct messages;

/* The words for an errno: "le disque est plein". Valid as long as `messages`. */
const char *errno_words(const struct messages *messages, int error);

#endif
