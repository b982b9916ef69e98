/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * html_fill: HTML from patterns of ours and texts from anywhere (html_text() escapes them). Pure.
 * Thread: any.
 */
#ifndef PASAPAS_PRACTICE_HTML_FILL_H
#define PASAPAS_PRACTICE_HTML_FILL_H

struct strbuf;

/*
 * Appends `pattern`, a literal of ours, each % of which is replaced by one of the texts that
 * follow, escaped for an element as for a quoted attribute. There are as many as the pattern has %;
 * the macro adds the sentinel.
 */
#define html_fill(...) html_fill_texts(__VA_ARGS__, (const char *)0)
void html_fill_texts(struct strbuf *html, const char *pattern, ...) __attribute__((sentinel));

#endif
