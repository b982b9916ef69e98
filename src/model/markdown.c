/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/markdown.h"

#include "base/mem.h"
#include "base/strbuf.h"
#include "model/sketch.h"

#include <cmark.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* --- inlines ---------------------------------------------------------------------------------- */

struct inlines {
    struct strbuf text;
    const char *link; /* the first address of a site, or NULL */
};

static void add_inline(struct inlines *inlines, cmark_node *node)
{
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_TEXT:
    case CMARK_NODE_CODE:
    case CMARK_NODE_CODE_BLOCK:
        strbuf_add(&inlines->text, cmark_node_get_literal(node));
        break;
    case CMARK_NODE_SOFTBREAK:
    case CMARK_NODE_LINEBREAK:
        strbuf_add_char(&inlines->text, ' ');
        break;
    case CMARK_NODE_LINK:
        if (!inlines->link && !strncmp(cmark_node_get_url(node), "http", 4))
            inlines->link = cmark_node_get_url(node);
        break;
    default:
        break;
    }
}

/* The words of a block of text. `ret_link` may be NULL. To be freed. */
static char *words_of(cmark_node *block, const char **ret_link)
{
    struct inlines inlines = {0};
    cmark_iter *iter = cmark_iter_new(block);
    int pictures = 0;
    for (cmark_event_type event; (event = cmark_iter_next(iter)) != CMARK_EVENT_DONE;) {
        cmark_node *node = cmark_iter_get_node(iter);
        /* The words for a picture are no words of the text. */
        if (cmark_node_get_type(node) == CMARK_NODE_IMAGE)
            pictures += event == CMARK_EVENT_ENTER ? 1 : -1;
        else if (event == CMARK_EVENT_ENTER && !pictures)
            add_inline(&inlines, node);
    }
    cmark_iter_free(iter);
    if (ret_link)
        *ret_link = inlines.link;
    return strbuf_take(&inlines.text);
}

/* --- blocks ----------------------------------------------------------------------------------- */

struct reading {
    struct sketch *sketch;
    cmark_node *title; /* the heading that is the guide's title, or NULL */
    bool begins_item;  /* the next text is that of a step */
};

static void read_text(struct reading *reading, cmark_node *block)
{
    const char *link;
    char *text = words_of(block, &link);
    if (reading->begins_item)
        sketch_add_step(reading->sketch, text, link);
    else
        sketch_add_paragraph(reading->sketch, text);
    reading->begins_item = false;
    free(text);
}

static void read_heading(struct reading *reading, cmark_node *block)
{
    char *text = words_of(block, NULL);
    if (block == reading->title)
        sketch_set_title(reading->sketch, text);
    else
        sketch_add_section(reading->sketch, text);
    free(text);
}

/* The first heading, if none stands as high. */
static cmark_node *find_title(cmark_node *document)
{
    cmark_node *first = NULL;
    for (cmark_node *node = cmark_node_first_child(document); node; node = cmark_node_next(node)) {
        if (cmark_node_get_type(node) != CMARK_NODE_HEADING)
            continue;
        if (first && cmark_node_get_heading_level(node) <= cmark_node_get_heading_level(first))
            return NULL;
        first = first ? first : node;
    }
    return first;
}

static void read_blocks(struct reading *reading, cmark_node *document)
{
    cmark_iter *iter = cmark_iter_new(document);
    for (cmark_event_type event; (event = cmark_iter_next(iter)) != CMARK_EVENT_DONE;) {
        cmark_node *node = cmark_iter_get_node(iter);
        if (event != CMARK_EVENT_ENTER)
            continue;
        switch (cmark_node_get_type(node)) {
        case CMARK_NODE_HEADING:
            read_heading(reading, node);
            break;
        case CMARK_NODE_ITEM:
            reading->begins_item = true;
            break;
        case CMARK_NODE_PARAGRAPH:
        case CMARK_NODE_CODE_BLOCK:
            read_text(reading, node);
            break;
        default:
            break;
        }
    }
    cmark_iter_free(iter);
}

void markdown_read(const char *text, size_t length, struct sketch *sketch)
{
    cmark_node *document = cmark_parse_document(text, length, CMARK_OPT_VALIDATE_UTF8);
    struct reading reading = {.sketch = sketch, .title = find_title(document)};
    read_blocks(&reading, document);
    cmark_node_free(document);
}
