/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "handout/markup.h"

#include "base/base64.h"
#include "base/html.h"
#include "base/mem.h"
#include "base/text.h"
#include "handout/outline.h"
#include "model/guide_pictures.h"

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
    [OUTLINE_PICTURE] = {"p", "picture", .in_item = true},
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
    const struct outline *outline;
    bool embedded;
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

char *markup_picture_file(const struct outline *outline, size_t picture)
{
    const struct guide_picture *item = &outline->options->pictures->items[picture];
    return xasprintf("image%zu.%s", picture + 1, picture_ending(item->picture.type));
}

static char *embedded_picture(const struct outline *outline, size_t picture)
{
    const struct picture *item = &outline->options->pictures->items[picture].picture;
    struct strbuf address = {0};
    strbuf_addf(&address, "data:%s;base64,", picture_media_type(item->type));
    base64_add(&address, item->bytes.text, item->bytes.length);
    return strbuf_take(&address);
}

static void write_picture(const struct writing *writing, const struct outline_block *block)
{
    char *address = writing->embedded ? embedded_picture(writing->outline, block->picture)
                                      : markup_picture_file(writing->outline, block->picture);
    html_empty(writing->page, "img", "src", address, "alt", block->text);
    free(address);
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
    else if (block->kind == OUTLINE_PICTURE)
        write_picture(writing, block);
    else
        html_text(page, text);
    html_close(page, form->element);
    free(text);
}

void markup_blocks(struct strbuf *page, const struct outline *outline, size_t part, bool embedded)
{
    struct writing writing = {.page = page, .outline = outline, .embedded = embedded};
    char id[MARKUP_ID_SIZE];
    for (size_t i = 0; i < outline->parts[part].block_count; i++)
        write_block(&writing, &outline->parts[part].blocks[i], markup_block_id(part, i, id));
    go_to_list(&writing, LIST_NONE);
}
