/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "handout/plain.h"

#include "base/messages.h"
#include "base/strbuf.h"
#include "handout/outline.h"

#include <stdbool.h>
#include <stdlib.h>

/* A new line for what stands alone; the rest goes on after a space. */
static void begin(struct strbuf *text, bool alone)
{
    strbuf_add_char(text, alone ? '\n' : ' ');
}

static void write_word(struct strbuf *text, const struct messages *messages, const char *word,
                       const char *meaning)
{
    char *line = messages_format(messages, MSG_HANDOUT_WORD, "word", word, "text", meaning);
    begin(text, true);
    strbuf_add(text, line);
    free(line);
}

static void write_part(struct strbuf *text, const struct messages *messages,
                       const struct outline_part *part)
{
    size_t step = 0;
    strbuf_add(text, part->title);
    for (size_t i = 0; i < part->block_count; i++) {
        const struct outline_block *block = &part->blocks[i];
        switch (block->kind) {
        case OUTLINE_MORE:
        case OUTLINE_WHERE:
        case OUTLINE_LINK:
        case OUTLINE_PICTURE:
        case OUTLINE_WORD: /* stands with its meaning */
            continue;
        case OUTLINE_STEP:
            begin(text, true);
            strbuf_addf(text, "%zu. ", ++step);
            break;
        case OUTLINE_NEED:
            begin(text, true);
            strbuf_add(text, "- ");
            break;
        case OUTLINE_MEANING:
            write_word(text, messages, block[-1].text, block->text);
            continue;
        default:
            begin(text, block->kind != OUTLINE_WARNING);
        }
        strbuf_add(text, block->text);
    }
    strbuf_add_char(text, '\n');
}

void plain_write(struct strbuf *text, const struct outline *outline)
{
    for (size_t i = 0; i < outline->part_count; i++) {
        if (i)
            strbuf_add_char(text, '\n');
        write_part(text, outline->options->messages, &outline->parts[i]);
    }
}
