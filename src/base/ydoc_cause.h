/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ydoc_cause: what the author of a YAML text did that keeps it from being read.
 *
 * libyaml says where it could not go on, often far behind the mistake. Authors make few mistakes,
 * and each can be seen on its line: quotes inside quotes, quotes that are not straight, quotes that
 * are not closed, a dash or a colon without its space, other dashes, tabs and no-break spaces, a
 * line that does not stand below its neighbours. Pure. Thread: one at a time.
 */
#ifndef PASAPAS_BASE_YDOC_CAUSE_H
#define PASAPAS_BASE_YDOC_CAUSE_H

#include <stdbool.h>
#include <stddef.h>

struct diags;

/*
 * Adds what is wrong in a text (valid UTF-8 without control characters) that libyaml could not read
 * further than `line`, from 1. False if nothing was found down to that line: the cause is another.
 */
bool ydoc_cause_report(const char *bytes, size_t length, int line, struct diags *diags);

/*
 * What a key that libyaml took shows: "-id", "– id", a no-break space in it. Adds that and returns
 * true; false for any other key.
 */
bool ydoc_cause_report_key(const char *key, int line, int column, struct diags *diags);

/* True for "title:Sur": a key and a text without the space between them. */
bool ydoc_cause_lacks_space(const char *text);

/* True if a text without quotes stands between quotes that are not straight. */
bool ydoc_cause_has_curly_quotes(const char *text);

#endif
