/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * html: texts into HTML. Everything that is not a literal of ours goes through html_add_text(), in
 * an element as in a quoted attribute. Pure. Thread: any.
 */
#ifndef PASAPAS_PRACTICE_HTML_H
#define PASAPAS_PRACTICE_HTML_H

struct strbuf;

/* Appends a text (UTF-8) so that it stands for itself: & < > " ' become character references, and
 * what may not be shown (text_may_be_shown()) U+FFFD. */
void html_add_text(struct strbuf *html, const char *text);

/*
 * Appends `pattern`, a literal of ours, each % of which is replaced by one of the texts that
 * follow, as html_add_text() gives it. There are as many as the pattern has %; the macro adds the
 * sentinel.
 */
#define html_add(...) html_add_texts(__VA_ARGS__, (const char *)0)
void html_add_texts(struct strbuf *html, const char *pattern, ...) __attribute__((sentinel));

#endif
