/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * html: elements of a page, with everything from outside escaped in one place. Pure.
 *
 * What is written is HTML and XML alike (empty elements end with "/>", attributes have quotes), so
 * that a page can go into an EPUB too. Names of elements and attributes are ours; texts and values
 * may come from anywhere: & < > " ' become references, and what XML cannot hold (control
 * characters, bytes that are not UTF-8) and direction marks become U+FFFD.
 *
 *     html_open(&page, "section", "id", section->id);
 *     html_element(&page, "h2", section->title);
 *     html_empty(&page, "input", "type", "checkbox");
 *     html_close(&page, "section");
 *
 * Attributes are pairs of `const char *name, const char *value`; one whose value is NULL is left
 * out. Thread: any.
 */
#ifndef PASAPAS_BASE_HTML_H
#define PASAPAS_BASE_HTML_H

#include "base/strbuf.h"

/* A text between tags. */
void html_text(struct strbuf *page, const char *text);

/* <name attributes>, </name> and <name attributes/>. A line ends after a closing tag. */
#define html_open(...) html_open_pairs(__VA_ARGS__, (const char *)NULL)
void html_open_pairs(struct strbuf *page, const char *name, ...) __attribute__((sentinel));
void html_close(struct strbuf *page, const char *name);
#define html_empty(...) html_empty_pairs(__VA_ARGS__, (const char *)NULL)
void html_empty_pairs(struct strbuf *page, const char *name, ...) __attribute__((sentinel));

/* <name attributes>text</name>; nothing at all if `text` is NULL. */
#define html_element(...) html_element_pairs(__VA_ARGS__, (const char *)NULL)
void html_element_pairs(struct strbuf *page, const char *name, const char *text, ...)
    __attribute__((sentinel));

#endif
