/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "handout/markup.h"

#include "base/html.h"
#include "base/mem.h"
#include "base/text.h"
#include "handout/outline.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NO_BREAK        "\xc2\xa0"     /* U+00A0 */
#define NO_BREAK_NARROW "\xe2\x80\xaf" /* U+202F */
#define OPENING_QUOTE   "\xc2\xab"     /* « */
#define CLOSING_QUOTE   "\xc2\xbb"     /* » */

/* --- names ------------------------------------------------------------------------------------ */

char *markup_part_id(size_t part, char ret_id[MARKUP_ID_SIZE])
{
    snprintf(ret_id, MARKUP_ID_SIZE, "p%zu", part);
    return ret_id;
}

char *markup_title_id(size_t part, char ret_id[MARKUP_ID_SIZE])
{
    snprintf(ret_id, MARKUP_ID_SIZE, "p%zu-title", part);
    return ret_id;
}

char *markup_block_id(size_t part, size_t block, char ret_id[MARKUP_ID_SIZE])
{
    snprintf(ret_id, MARKUP_ID_SIZE, "p%zu-%zu", part, block);
    return ret_id;
}

/* --- spaces ----------------------------------------------------------------------------------- */

static const char *space_before(const char *rest)
{
    if (*rest && strchr(";?!%", *rest))
        return NO_BREAK_NARROW;
    if (*rest == ':' || !strncmp(rest, CLOSING_QUOTE, strlen(CLOSING_QUOTE)))
        return NO_BREAK;
    return " ";
}

char *markup_typography(const char *text)
{
    struct strbuf out = {0};
    const size_t quote = strlen(OPENING_QUOTE);
    for (const char *at = text; *at; at++) {
        const bool quoted =
            at - text >= (ptrdiff_t)quote && !strncmp(at - quote, OPENING_QUOTE, quote);
        if (*at != ' ')
            strbuf_add_char(&out, *at);
        else
            strbuf_add(&out, quoted ? NO_BREAK : space_before(at + 1));
    }
    return strbuf_take(&out);
}

/* --- blocks ----------------------------------------------------------------------------------- */

/* What a run of blocks stands in. */
enum list { LIST_NONE, LIST_NEEDS, LIST_STEPS, LIST_WORDS, LIST_COUNT };

struct block_form {
    const char *element, *class;
    enum list list;
    bool begins_item; /* an item that those behind it belong to */
    bool in_item;     /* belongs to the item before it, if there is one */
};

static const struct block_form forms[] = {
    [OUTLINE_TEXT] = {.element = "p"},
    [OUTLINE_PERIOD] = {.element = "p", .class = "month"},
    [OUTLINE_NEED] = {"p", "need", LIST_NEEDS, .begins_item = true},
    [OUTLINE_STEP] = {"p", "step", LIST_STEPS, .begins_item = true},
    [OUTLINE_WARNING] = {"p", "warning", .in_item = true},
    [OUTLINE_MORE] = {"p", "more", .in_item = true},
    [OUTLINE_WHERE] = {"p", "where", .in_item = true},
    [OUTLINE_LINK] = {"p", "link", .in_item = true},
    [OUTLINE_WORD] = {"dt", .list = LIST_WORDS},
    [OUTLINE_MEANING] = {"dd", .list = LIST_WORDS},
};

static const struct {
    const char *element, *class;
} lists[LIST_COUNT] = {
    [LIST_NEEDS] = {"ul", "needs"},
    [LIST_STEPS] = {"ol", "steps"},
    [LIST_WORDS] = {"dl", NULL},
};

struct writing {
    struct strbuf *page;
    enum list list;
    bool in_item;
};

static void end_item(struct writing *writing)
{
    if (writing->in_item)
        html_close(writing->page, "li");
    writing->in_item = false;
}

static void go_to_list(struct writing *writing, enum list list)
{
    if (writing->list == list)
        return;
    end_item(writing);
    if (writing->list)
        html_close(writing->page, lists[writing->list].element);
    if (list)
        html_open(writing->page, lists[list].element, "class", lists[list].class);
    writing->list = list;
}

static void write_block(struct writing *writing, const struct outline_block *block, const char *id)
{
    const struct block_form *form = &forms[block->kind];
    struct strbuf *page = writing->page;
    if (!form->in_item || !writing->in_item)
        go_to_list(writing, form->list);
    if (form->begins_item) {
        end_item(writing);
        html_open(page, "li");
        writing->in_item = true;
        /* For a pen; who does not see it hears a list. */
        html_open(page, "span", "class", "box", "aria-hidden", "true");
        html_close(page, "span");
    }
    char *text = markup_typography(block->text);
    html_open(page, form->element, "class", form->class, "id", id);
    if (block->kind == OUTLINE_LINK)
        html_element(page, "a", block->text, "href", block->text);
    else
        html_text(page, text);
    html_close(page, form->element);
    free(text);
}

void markup_blocks(struct strbuf *page, const struct outline *outline, size_t part)
{
    struct writing writing = {.page = page};
    char id[MARKUP_ID_SIZE];
    for (size_t i = 0; i < outline->parts[part].block_count; i++)
        write_block(&writing, &outline->parts[part].blocks[i], markup_block_id(part, i, id));
    go_to_list(&writing, LIST_NONE);
}
