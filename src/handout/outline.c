/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "handout/outline.h"

#include "base/mem.h"
#include "base/messages.h"
#include "base/number.h"
#include "base/strbuf.h"
#include "model/date_words.h"
#include "model/guide.h"
#include "model/guide_pictures.h"
#include "model/window.h"

#include <stdlib.h>
#include <string.h>

/* --- parts and blocks ------------------------------------------------------------------------- */

static struct outline_part *add_part(struct outline *outline, enum outline_part_kind kind,
                                     char *title)
{
    outline->parts = mem_grow(outline->parts, &outline->part_capacity, outline->part_count + 1,
                              sizeof *outline->parts);
    struct outline_part *part = &outline->parts[outline->part_count++];
    *part = (struct outline_part){.kind = kind, .title = title};
    return part;
}

/* Takes the texts over; nothing is added without a text. */
static void add_block(struct outline_part *part, enum outline_kind kind, char *text, char *spoken)
{
    if (!text)
        return;
    part->blocks =
        mem_grow(part->blocks, &part->block_capacity, part->block_count + 1, sizeof *part->blocks);
    part->blocks[part->block_count++] =
        (struct outline_block){.kind = kind, .text = text, .spoken = spoken};
}

static void add_text(struct outline_part *part, enum outline_kind kind, const char *text)
{
    add_block(part, kind, text ? xstrdup(text) : NULL, NULL);
}

/* A text inside a sentence of ours: "Explication : …". */
static void add_named(const struct outline *outline, struct outline_part *part,
                      enum outline_kind kind, enum message id, const char *text)
{
    if (text)
        add_block(part, kind, messages_format(outline->options->messages, id, "text", text), NULL);
}

/* --- the opening and the end ------------------------------------------------------------------ */

static void add_opening(struct outline *outline)
{
    const struct outline_options *options = outline->options;
    const struct guide *guide = options->guide;
    struct outline_part *part = add_part(outline, OUTLINE_OPENING, xstrdup(guide->title));
    if (options->path)
        add_text(part, OUTLINE_TEXT, options->path->title);
    add_text(part, OUTLINE_TEXT, guide->welcome);
    if (options->to_tick)
        add_text(part, OUTLINE_TEXT, messages_text(options->messages, MSG_HANDOUT_TICK));
}

static void add_closing(struct outline *outline)
{
    const struct outline_options *options = outline->options;
    const struct guide *guide = options->guide;
    const struct messages *messages = options->messages;
    struct outline_part *part =
        add_part(outline, OUTLINE_CLOSING, xstrdup(messages_text(messages, MSG_HANDOUT_END)));
    add_text(part, OUTLINE_TEXT, guide->closing);
    add_text(part, OUTLINE_TEXT, guide->source);
    char *updated = date_words_date(messages, guide->updated);
    add_block(part, OUTLINE_TEXT, messages_format(messages, MSG_HANDOUT_UPDATED, "date", updated),
              NULL);
    free(updated);
}

static void add_glossary(struct outline *outline)
{
    const struct guide *guide = outline->options->guide;
    if (!guide->word_count)
        return;
    struct outline_part *part =
        add_part(outline, OUTLINE_GLOSSARY,
                 xstrdup(messages_text(outline->options->messages, MSG_HANDOUT_GLOSSARY)));
    for (size_t i = 0; i < guide->word_count; i++) {
        add_text(part, OUTLINE_WORD, guide->words[i].word);
        add_text(part, OUTLINE_MEANING, guide->words[i].say);
    }
}

/* --- a section -------------------------------------------------------------------------------- */

/* Takes the message's words for the month, its first and its last day. */
static char *period_text(const struct outline_options *options, enum message id, struct month month,
                         const struct guide_period *period)
{
    const struct messages *messages = options->messages;
    char *name = date_words_month(messages, month);
    char *opens = date_words_date(messages, window_opens(period, month));
    char *closes = date_words_date(messages, window_closes(period, month));
    char *text = messages_format(messages, id, "month", name, "opens", opens, "closes", closes);
    free(name);
    free(opens);
    free(closes);
    return text;
}

static void add_period(const struct outline *outline, struct outline_part *part,
                       const struct guide_period *period)
{
    const struct outline_options *options = outline->options;
    const struct window window = window_on(period, options->guide->updated, options->today);
    char *text;
    if (options->month.year)
        text = period_text(options, MSG_HANDOUT_MONTH_COMING, options->month, period);
    else if (window.state == WINDOW_OPEN)
        text = period_text(options, MSG_HANDOUT_MONTH, window.month, period);
    else if (window.state == WINDOW_CLOSED)
        text = period_text(options, MSG_HANDOUT_MONTH_COMING, window.next_month, period);
    else /* The clock is wrong: it is written by hand. */
        text = xstrdup(messages_text(options->messages, MSG_HANDOUT_MONTH_BLANK));
    add_block(part, OUTLINE_PERIOD, text, NULL);
}

static void add_needs(const struct outline *outline, struct outline_part *part,
                      const struct guide_section *section)
{
    const bool simple = outline->options->simple;
    if (section->need_count)
        add_text(part, OUTLINE_TEXT, messages_text(outline->options->messages, MSG_HANDOUT_NEEDS));
    for (size_t i = 0; i < section->need_count; i++) {
        const struct guide_need *need = &section->needs[i];
        add_text(part, OUTLINE_NEED, need->label);
        add_text(part, OUTLINE_MORE, simple && need->simple_more ? need->simple_more : need->more);
    }
}

/* "Étape 2 sur 5. …" is for the ear; on paper the number stands before it. */
static char *spoken_step(const struct outline *outline, const struct guide_section *section,
                         size_t index, const char *text)
{
    const struct messages *messages = outline->options->messages;
    char number[NUMBER_TEXT_SIZE], count[NUMBER_TEXT_SIZE];
    char *position =
        messages_format(messages, MSG_POSITION, "step", number_text(number, (long)index + 1),
                        "steps", number_text(count, (long)section->step_count));
    char *spoken = messages_format(messages, MSG_STEP, "position", position, "text", text);
    free(position);
    return spoken;
}

/* Aloud it is said that there is one, and what can be seen. */
static void add_picture(const struct outline *outline, struct outline_part *part,
                        const struct guide_step *step)
{
    const struct outline_options *options = outline->options;
    const int found = options->pictures ? guide_pictures_find(options->pictures, step->image) : -1;
    if (found < 0)
        return;
    add_block(part, OUTLINE_PICTURE, xstrdup(step->alt),
              messages_format(options->messages, MSG_HANDOUT_PICTURE, "text", step->alt));
    part->blocks[part->block_count - 1].picture = (size_t)found;
}

static void add_step(const struct outline *outline, struct outline_part *part,
                     const struct guide_section *section, size_t index)
{
    const struct outline_options *options = outline->options;
    const struct guide_step *step = &section->steps[index];
    const char *text = options->simple ? step->simple : step->say;
    add_block(part, OUTLINE_STEP, xstrdup(text), spoken_step(outline, section, index, text));
    add_text(part, OUTLINE_WARNING, step->warning);
    if (step->is_private) {
        add_text(part, OUTLINE_WARNING, messages_text(options->messages, MSG_HANDOUT_PRIVATE));
        return;
    }
    add_picture(outline, part, step);
    add_named(outline, part, OUTLINE_MORE, MSG_HANDOUT_MORE,
              options->simple && step->simple_more ? step->simple_more : step->more);
    add_named(outline, part, OUTLINE_WHERE, MSG_HANDOUT_WHERE, step->where);
    add_text(part, OUTLINE_LINK, step->link);
}

static bool has_section(const struct guide_path *path, const struct guide_section *section)
{
    for (size_t i = 0; i < path->section_count; i++)
        if (path->sections[i] == section)
            return true;
    return false;
}

/* Where all paths are in one handout: which ones have this part, if not all. To be freed, or NULL.
 */
static char *places_of(const struct guide *guide, const struct guide_section *section)
{
    struct strbuf places = {0};
    size_t found = 0;
    for (size_t i = 0; i < guide->path_count; i++)
        if (has_section(&guide->paths[i], section))
            strbuf_addf(&places, "%s%s", found++ ? ", " : "", guide->paths[i].place);
    if (found && found < guide->path_count)
        return strbuf_take(&places);
    strbuf_free(&places);
    return NULL;
}

static void add_section(struct outline *outline, const struct guide_section *section)
{
    const struct outline_options *options = outline->options;
    char *places = options->path ? NULL : places_of(options->guide, section);
    char *title = places ? messages_format(options->messages, MSG_HANDOUT_SECTION, "title",
                                           section->title, "places", places)
                         : xstrdup(section->title);
    free(places);
    struct outline_part *part =
        add_part(outline, section->period ? OUTLINE_MONTHLY : OUTLINE_SECTION, title);
    if (section->period)
        add_period(outline, part, section->period);
    add_text(part, OUTLINE_TEXT, section->intro);
    add_needs(outline, part, section);
    for (size_t i = 0; i < section->step_count; i++)
        add_step(outline, part, section, i);
}

void outline_init(struct outline *outline, const struct outline_options *options)
{
    const struct guide *guide = options->guide;
    *outline = (struct outline){.options = options};
    add_opening(outline);
    if (options->path)
        for (size_t i = 0; i < options->path->section_count; i++)
            add_section(outline, options->path->sections[i]);
    else
        for (size_t i = 0; i < guide->section_count; i++)
            add_section(outline, &guide->sections[i]);
    add_glossary(outline);
    add_closing(outline);
}

void outline_free(struct outline *outline)
{
    for (size_t i = 0; i < outline->part_count; i++) {
        struct outline_part *part = &outline->parts[i];
        for (size_t j = 0; j < part->block_count; j++) {
            free(part->blocks[j].text);
            free(part->blocks[j].spoken);
        }
        free(part->blocks);
        free(part->title);
    }
    free(outline->parts);
    *outline = (struct outline){0};
}

bool outline_has_picture(const struct outline *outline, size_t picture)
{
    for (size_t i = 0; i < outline->part_count; i++)
        for (size_t j = 0; j < outline->parts[i].block_count; j++) {
            const struct outline_block *block = &outline->parts[i].blocks[j];
            if (block->kind == OUTLINE_PICTURE && block->picture == picture)
                return true;
        }
    return false;
}
