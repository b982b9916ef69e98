/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * pandoc: documents of other formats as Markdown, by the program of that name where it is
 * installed. It is started without a shell and may neither read another file nor use the network.
 * Thread: main.
 */
#ifndef PASAPAS_CMD_PANDOC_H
#define PASAPAS_CMD_PANDOC_H

#include <stddef.h>

struct strbuf;

/*
 * Appends the file, which is in `format` as pandoc names it, as CommonMark; `limit` bytes at most.
 * 0, or -1 with errno: ENOENT if there is no pandoc, EFBIG if it is too long, EINVAL if pandoc
 * refused.
 */
int pandoc_read(const char *file, const char *format, size_t limit, struct strbuf *markdown);

#endif
