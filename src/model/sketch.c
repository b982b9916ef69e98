/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/sketch.h"

#include "base/mem.h"
#include "base/messages.h"
#include "base/number.h"
#include "base/strbuf.h"
#include "base/text.h"
#include "base/yschema.h"
#include "model/guide.h"
#include "model/guide_readability.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* --- texts ------------------------------------------------------------------------------------ */

static bool is_space(int32_t c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == 0xa0 || c == 0x202f ||
           (c >= 0x2000 && c <= 0x200b) || c == 0xfeff;
}

/* On one line, with single spaces, and nothing that no guide may hold. To be freed. */
static char *cleaned(const char *text)
{
    struct strbuf out = {0};
    char bytes[5];
    bool space = false;
    for (int32_t c; (c = text_next(&text));) {
        if (is_space(c)) {
            space = out.length > 0;
            continue;
        }
        if (!text_may_be_shown(c))
            continue;
        if (space)
            strbuf_add_char(&out, ' ');
        space = false;
        text_encode(c, bytes);
        strbuf_add(&out, bytes);
    }
    return strbuf_take(&out);
}

/* Cut between two words where it is too long for a title. Takes it over. */
static char *shortened(char *title)
{
    if (text_length(title) <= GUIDE_TITLE_MAX)
        return title;
    const char *at = title;
    char *space = NULL;
    for (int i = 0; i < GUIDE_TITLE_MAX - 1; i++) {
        if (*at == ' ')
            space = title + (at - title);
        text_next(&at);
    }
    if (!space)
        space = title + (at - title);
    *space = '\0';
    return title;
}

static bool has_words(const char *text)
{
    char *folded = text_fold(text);
    const bool found = *folded;
    free(folded);
    return found;
}

/* "a b"; takes `text` over, which may be NULL. */
static char *joined(char *text, const char *more)
{
    char *both = text ? xasprintf("%s %s", text, more) : xstrdup(more);
    free(text);
    return both;
}

char *sketch_id(const char *title)
{
    char *id = text_fold(title);
    size_t length = 0;
    for (char *at = id; *at; at++) {
        const bool plain = (*at >= 'a' && *at <= 'z') || (*at >= '0' && *at <= '9');
        if (plain)
            id[length++] = *at;
        else if (length && id[length - 1] != '-')
            id[length++] = '-';
    }
    length = length > YFIELD_ID_MAX - 8 ? YFIELD_ID_MAX - 8 : length;
    while (length && id[length - 1] == '-')
        length--;
    id[length] = '\0';
    return id;
}

/* --- making it -------------------------------------------------------------------------------- */

static void section_free(struct sketch_section *section)
{
    mem_free_texts(section->paragraphs, section->paragraph_count);
    for (size_t i = 0; i < section->step_count; i++) {
        free(section->steps[i].say);
        free(section->steps[i].more);
        free(section->steps[i].link);
    }
    free(section->steps);
    free(section->title);
}

void sketch_free(struct sketch *sketch)
{
    for (size_t i = 0; i < sketch->section_count; i++)
        section_free(&sketch->sections[i]);
    free(sketch->sections);
    free(sketch->title);
    *sketch = (struct sketch){0};
}

static struct sketch_section *new_section(struct sketch *sketch, char *title)
{
    sketch->sections = mem_grow(sketch->sections, &sketch->section_capacity,
                                sketch->section_count + 1, sizeof *sketch->sections);
    struct sketch_section *section = &sketch->sections[sketch->section_count++];
    *section = (struct sketch_section){.title = title};
    return section;
}

static struct sketch_section *last_section(struct sketch *sketch)
{
    return sketch->section_count ? &sketch->sections[sketch->section_count - 1]
                                 : new_section(sketch, NULL);
}

void sketch_add_section(struct sketch *sketch, const char *title)
{
    last_section(sketch);
    if (has_words(title))
        new_section(sketch, shortened(cleaned(title)));
}

static void add_step(struct sketch_section *section, char *say, const char *link)
{
    section->steps = mem_grow(section->steps, &section->step_capacity, section->step_count + 1,
                              sizeof *section->steps);
    section->steps[section->step_count++] =
        (struct sketch_step){.say = say, .link = link ? cleaned(link) : NULL};
}

void sketch_set_title(struct sketch *sketch, const char *title)
{
    if (!sketch->title && has_words(title))
        sketch->title = shortened(cleaned(title));
}

void sketch_add_step(struct sketch *sketch, const char *say, const char *link)
{
    if (has_words(say))
        add_step(last_section(sketch), cleaned(say), link);
}

void sketch_add_paragraph(struct sketch *sketch, const char *text)
{
    struct sketch_section *section = last_section(sketch);
    if (!has_words(text))
        return;
    char *clean = cleaned(text);
    if (section->step_count) {
        struct sketch_step *step = &section->steps[section->step_count - 1];
        step->more = joined(step->more, clean);
        free(clean);
        return;
    }
    section->paragraphs = mem_grow(section->paragraphs, &section->paragraph_capacity,
                                   section->paragraph_count + 1, sizeof *section->paragraphs);
    section->paragraphs[section->paragraph_count++] = clean;
}

size_t sketch_finish(struct sketch *sketch)
{
    size_t steps = 0;
    for (size_t i = 0; i < sketch->section_count; i++) {
        struct sketch_section *section = &sketch->sections[i];
        /* Before the first title it is a welcome, unless there is nothing else. */
        if (!section->step_count && (i || sketch->section_count == 1)) {
            for (size_t j = 0; j < section->paragraph_count; j++)
                add_step(section, section->paragraphs[j], NULL);
            section->paragraph_count = 0;
        }
        steps += section->step_count;
    }
    return steps;
}

/* --- writing it ------------------------------------------------------------------------------- */

struct writing {
    struct strbuf *yaml;
    const struct messages *messages;
    char **ids, **titles; /* those given so far */
    size_t count, capacity, title_capacity;
};

/* A message as a note of its own line. */
static void write_note(struct writing *writing, const char *indent, char *text)
{
    strbuf_addf(writing->yaml, "%s# %s\n", indent, text);
    free(text);
}

static void write_quoted(struct strbuf *yaml, const char *text)
{
    strbuf_add_char(yaml, '"');
    for (; *text; text++) {
        if (*text == '"' || *text == '\\')
            strbuf_add_char(yaml, '\\');
        strbuf_add_char(yaml, *text);
    }
    strbuf_add_char(yaml, '"');
}

static void write_pair(struct writing *writing, const char *key, const char *text)
{
    if (!text)
        return;
    strbuf_add(writing->yaml, key);
    write_quoted(writing->yaml, text);
    strbuf_add_char(writing->yaml, '\n');
}

/* The sentences of a text that are too long for the ear stand in a note above it. */
static void write_marks(struct writing *writing, const char *indent, const char *text)
{
    char count[NUMBER_TEXT_SIZE], most[NUMBER_TEXT_SIZE];
    for (int words; text && (words = guide_sentence_words(&text));)
        if (words > GUIDE_SENTENCE_WORDS)
            write_note(writing, indent,
                       messages_format(writing->messages, MSG_IMPORT_LONG, "count",
                                       number_text(count, words), "most",
                                       number_text(most, GUIDE_SENTENCE_WORDS)));
}

static void write_text(struct writing *writing, const char *indent, const char *key,
                       const char *text)
{
    write_marks(writing, indent, text);
    if (text)
        strbuf_add(writing->yaml, indent);
    write_pair(writing, key, text);
}

static bool is_given(char *const *given, size_t count, const char *text)
{
    for (size_t i = 0; i < count; i++)
        if (text_same(given[i], text))
            return true;
    return false;
}

/* One that was not given yet: with a number behind it if need be. Takes it over. */
static char *unlike(char *const *given, size_t count, char *text, const char *between)
{
    char *other = xstrdup(text);
    for (int number = 2; is_given(given, count, other); number++) {
        free(other);
        other = xasprintf("%s%s%d", text, between, number);
    }
    free(text);
    return other;
}

static void name_section(struct writing *writing, const char *title)
{
    writing->ids =
        mem_grow(writing->ids, &writing->capacity, writing->count + 1, sizeof *writing->ids);
    writing->titles = mem_grow(writing->titles, &writing->title_capacity, writing->count + 1,
                               sizeof *writing->titles);
    char *id = sketch_id(title);
    if (!*id) {
        free(id);
        id = xasprintf("p%zu", writing->count + 1);
    }
    writing->ids[writing->count] = unlike(writing->ids, writing->count, id, "-");
    writing->titles[writing->count] = unlike(writing->titles, writing->count, xstrdup(title), " ");
    writing->count++;
}

static void write_step(struct writing *writing, const struct sketch_step *step)
{
    write_marks(writing, "      ", step->say);
    write_pair(writing, "      - say: ", step->say);
    write_text(writing, "        ", "more: ", step->more);
    if (step->link)
        write_pair(writing, "        link: ", step->link);
}

static char *paragraphs_text(const struct sketch_section *section)
{
    char *text = NULL;
    for (size_t i = 0; i < section->paragraph_count; i++)
        text = joined(text, section->paragraphs[i]);
    return text;
}

static void write_section(struct writing *writing, const struct sketch_section *section,
                          const char *title)
{
    if (!section->step_count)
        return;
    name_section(writing, title);
    const size_t last = writing->count - 1;
    char *intro = paragraphs_text(section);
    strbuf_addf(writing->yaml, "\n  - id: %s\n", writing->ids[last]);
    write_pair(writing, "    title: ", writing->titles[last]);
    strbuf_add(writing->yaml, "    phrases: [");
    write_quoted(writing->yaml, writing->titles[last]);
    strbuf_add(writing->yaml, "]\n");
    write_text(writing, "    ", "intro: ", intro);
    strbuf_add(writing->yaml, "    steps:\n");
    for (size_t i = 0; i < section->step_count; i++)
        write_step(writing, &section->steps[i]);
    free(intro);
}

/* All before the sections. */
static void write_head(struct writing *writing, const struct sketch *sketch, const char *id,
                       const char *source, struct date today)
{
    const struct messages *messages = writing->messages;
    const struct sketch_section *first = &sketch->sections[0];
    char date[11];
    char *from = messages_format(messages, MSG_IMPORT_SOURCE, "file", source);
    char *welcome = first->step_count ? NULL : paragraphs_text(first);
    const char *path = messages_text(messages, MSG_IMPORT_PATH);
    date_format(today, date);
    write_note(writing, "", messages_format(messages, MSG_IMPORT_NOTE));
    strbuf_addf(writing->yaml, "format: 1\nid: %s\n", id);
    write_pair(writing, "title: ", sketch->title);
    strbuf_addf(writing->yaml, "updated: %s\n", date);
    write_pair(writing, "source: ", from);
    write_text(writing, "",
               "welcome: ", welcome ? welcome : messages_text(messages, MSG_IMPORT_WELCOME));
    write_pair(writing, "closing: ", messages_text(messages, MSG_IMPORT_CLOSING));
    strbuf_add(writing->yaml, "\npaths:\n  - id: seul\n");
    write_pair(writing, "    title: ", sketch->title);
    write_pair(writing, "    place: ", messages_text(messages, MSG_IMPORT_PLACE));
    strbuf_add(writing->yaml, "    phrases: [");
    write_quoted(writing->yaml, path);
    strbuf_add(writing->yaml, "]\n\nsections:");
    free(welcome);
    free(from);
}

void sketch_write(const struct sketch *sketch, const struct messages *messages, const char *id,
                  const char *source, struct date today, struct strbuf *yaml)
{
    struct writing writing = {.yaml = yaml, .messages = messages};
    write_head(&writing, sketch, id, source, today);
    for (size_t i = 0; i < sketch->section_count; i++) {
        const struct sketch_section *section = &sketch->sections[i];
        write_section(&writing, section,
                      section->title ? section->title : messages_text(messages, MSG_IMPORT_BEGIN));
    }
    mem_free_texts(writing.ids, writing.count);
    mem_free_texts(writing.titles, writing.count);
}
