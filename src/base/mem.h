/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * mem: memory that is always there.
 *
 * Running out of memory is fatal for this program: everything worth keeping is on disk before it
 * is confirmed to the learner, so the honest answer is to stop. These functions therefore never
 * return NULL; they write one line with write(2) and call abort(). Callers free with free().
 *
 * Thread: any. None of them may be called from the audio callback.
 */
#ifndef PASAPAS_BASE_MEM_H
#define PASAPAS_BASE_MEM_H

#include <stdarg.h>
#include <stddef.h>

void *xmalloc(size_t size);
void *xcalloc(size_t count, size_t size);
void *xrealloc(void *block, size_t size);
char *xstrdup(const char *text);
/* What a library means that had no memory: the same end. */
_Noreturn void mem_is_out(void);

/* Copies at most `length` bytes of `text` and adds the final NUL. */
char *xstrndup(const char *text, size_t length);
char *xasprintf(const char *format, ...) __attribute__((format(printf, 1, 2)));
char *xvasprintf(const char *format, va_list args);

/*
 * Makes room for `needed` items of `item_size` bytes in the array `items` (NULL when empty) whose
 * room is `*capacity` items; grows by doubling. Returns the array, moved if need be.
 */
void *mem_grow(void *items, size_t *capacity, size_t needed, size_t item_size);

/* Frees an array of texts with the texts. Accepts NULL with a count of 0. */
void mem_free_texts(char **texts, size_t count);

/* Number of items of a real array (not of a pointer). */
#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

#endif
