/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/learner_yaml.h"

#include "base/bytes.h"
#include "base/clock.h"
#include "base/diag.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "base/ydoc.h"
#include "base/ywriter.h"
#include "model/learner_record.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FORMAT_KEY "format: "
#define SUM_KEY    "sum: "
#define SUM_LINE   (sizeof SUM_KEY - 1 + 16 + 1) /* with its line end */
#define HISTORY    "\nhistory:\n"
#define LIST       "\n- "

/* What was answered about a need, by enum need_state. */
static const char *const need_words[] = {NULL, "at-hand", "missing", "not-needed", "left"};

/* --- lists: the marks and needs that belong together -------------------------------------- */

struct list {
    const char *guide, *path, *section;
    struct month month;
    const struct learner_record_mark **marks;
    size_t mark_count, mark_capacity;
    const struct learner_record_need **needs;
    size_t need_count, need_capacity;
};

struct lists {
    struct list *items;
    size_t count, capacity;
};

static void lists_free(struct lists *lists)
{
    for (size_t i = 0; i < lists->count; i++) {
        free(lists->items[i].marks);
        free(lists->items[i].needs);
    }
    free(lists->items);
}

static struct list *find_list(struct lists *lists, const char *guide, const char *path,
                              const char *section, struct month month)
{
    for (size_t i = lists->count; i-- > 0;) {
        struct list *list = &lists->items[i];
        if (!month_compare(list->month, month) && !strcmp(list->section, section) &&
            !strcmp(list->path, path) && !strcmp(list->guide, guide))
            return list;
    }
    lists->items = mem_grow(lists->items, &lists->capacity, lists->count + 1, sizeof *lists->items);
    struct list *list = &lists->items[lists->count++];
    *list = (struct list){.guide = guide, .path = path, .section = section, .month = month};
    return list;
}

static void add_mark(struct lists *lists, const struct learner_record_mark *mark)
{
    struct list *list = find_list(lists, mark->guide, mark->path, mark->section, mark->month);
    list->marks =
        mem_grow(list->marks, &list->mark_capacity, list->mark_count + 1, sizeof *list->marks);
    list->marks[list->mark_count++] = mark;
}

static void add_need(struct lists *lists, const struct learner_record_need *need)
{
    struct list *list = find_list(lists, need->guide, need->path, need->section, need->month);
    list->needs =
        mem_grow(list->needs, &list->need_capacity, list->need_count + 1, sizeof *list->needs);
    list->needs[list->need_count++] = need;
}

/* Newest month first, those without a month (year 0) last; else by name, so that the same record
 * always gives the same bytes. */
static int compare_lists(const void *a, const void *b)
{
    const struct list *left = a, *right = b;
    int order = month_compare(right->month, left->month);
    if (!order)
        order = strcmp(left->guide, right->guide);
    if (!order)
        order = strcmp(left->path, right->path);
    return order ? order : strcmp(left->section, right->section);
}

static struct lists gather(const struct learner_record *record)
{
    struct lists lists = {0};
    for (size_t i = 0; i < record->mark_count; i++)
        add_mark(&lists, &record->marks[i]);
    for (size_t i = 0; i < record->need_count; i++)
        add_need(&lists, &record->needs[i]);
    if (lists.count)
        qsort(lists.items, lists.count, sizeof *lists.items, compare_lists);
    return lists;
}

/* --- writing ------------------------------------------------------------------------------ */

static void write_place(struct ywriter *writer, const struct learner_record_place *place)
{
    ywriter_start_map(writer);
    ywriter_pair(writer, "guide", place->guide);
    ywriter_pair(writer, "path", place->path);
    ywriter_pair(writer, "section", place->section);
    ywriter_pair(writer, "step", place->step);
    ywriter_pair(writer, "finished", place->finished ? "true" : NULL);
    ywriter_time(writer, "at", place->at);
    ywriter_end_map(writer);
}

static void write_marks(struct ywriter *writer, const char *key, const struct list *list,
                        enum mark_state state)
{
    bool any = false;
    for (size_t i = 0; i < list->mark_count; i++) {
        if (list->marks[i]->state != state)
            continue;
        if (!any) {
            ywriter_text(writer, key);
            ywriter_start_map(writer);
        }
        any = true;
        ywriter_time(writer, list->marks[i]->step, list->marks[i]->at);
    }
    if (any)
        ywriter_end_map(writer);
}

static void write_needs(struct ywriter *writer, const struct list *list)
{
    if (!list->need_count)
        return;
    ywriter_text(writer, "needs");
    ywriter_start_map(writer);
    for (size_t i = 0; i < list->need_count; i++)
        ywriter_pair(writer, list->needs[i]->need, need_words[list->needs[i]->state]);
    ywriter_end_map(writer);
}

static void write_list(struct ywriter *writer, const struct list *list)
{
    char month[8];
    month_format(list->month, month);
    ywriter_start_map(writer);
    ywriter_pair(writer, "guide", list->guide);
    ywriter_pair(writer, "path", list->path);
    ywriter_pair(writer, "section", list->section);
    ywriter_pair(writer, "month", list->month.year ? month : NULL);
    write_marks(writer, "done", list, MARK_DONE);
    write_marks(writer, "not-needed", list, MARK_NOT_NEEDED);
    write_needs(writer, list);
    ywriter_end_map(writer);
}

static bool is_recent(const struct lists *lists, const struct list *list)
{
    return !list->month.year || !month_compare(list->month, lists->items[0].month);
}

static void write_lists(struct ywriter *writer, const char *key, const struct lists *lists,
                        bool recent)
{
    bool any = false;
    for (size_t i = 0; i < lists->count; i++) {
        if (is_recent(lists, &lists->items[i]) != recent)
            continue;
        if (!any)
            ywriter_start_list(writer, key);
        any = true;
        write_list(writer, &lists->items[i]);
    }
    if (any)
        ywriter_end_list(writer);
}

static void write_places(struct ywriter *writer, const struct learner_record *record)
{
    if (!record->place_count)
        return;
    ywriter_start_list(writer, "places");
    for (size_t i = 0; i < record->place_count; i++)
        write_place(writer, &record->places[i]);
    ywriter_end_list(writer);
}

int learner_yaml_write(const struct learner_record *record, struct strbuf *bytes)
{
    size_t start = bytes->length;
    char format[16];
    snprintf(format, sizeof format, "%d", LEARNER_YAML_FORMAT);
    struct lists lists = gather(record);
    struct ywriter *writer = ywriter_new(bytes);
    ywriter_pair(writer, "format", format);
    write_places(writer, record);
    write_lists(writer, "lists", &lists, true);
    write_lists(writer, "history", &lists, false);
    int failed = ywriter_finish(writer);
    lists_free(&lists);
    if (failed || bytes->length - start > LEARNER_YAML_BYTES_MAX - SUM_LINE)
        return -1;
    uint64_t sum = bytes_sum(bytes->text + start, bytes->length - start);
    strbuf_addf(bytes, SUM_KEY "%016" PRIx64 "\n", sum);
    return 0;
}

/* --- reading ------------------------------------------------------------------------------ */

/* True if a map has only these keys, given between spaces. */
static bool has_only(const struct ynode *map, const char *keys)
{
    if (map->kind != YNODE_MAP)
        return false;
    for (size_t i = 0; i < map->count; i++) {
        char *word = xasprintf(" %s ", map->items[i].key);
        bool known = strstr(keys, word) != NULL;
        free(word);
        if (!known)
            return false;
    }
    return true;
}

/* A text that may be left out. */
static int optional_text(const struct ynode *map, const char *key, const char **ret_text)
{
    const struct ynode *node = ynode_get(map, key);
    if (node && node->kind != YNODE_TEXT)
        return -1;
    *ret_text = node ? node->text : NULL;
    return 0;
}

static int read_place(const struct ynode *node, struct learner_record *record)
{
    const char *guide, *path, *section, *step, *finished, *at;
    int64_t seconds;
    if (!has_only(node, " guide path section step finished at ") ||
        optional_text(node, "guide", &guide) || optional_text(node, "path", &path) ||
        optional_text(node, "section", &section) || optional_text(node, "step", &step) ||
        optional_text(node, "finished", &finished) || optional_text(node, "at", &at))
        return -1;
    if (!guide || !path || !at || clock_parse(at, &seconds) ||
        (finished && strcmp(finished, "true")))
        return -1;
    learner_record_set_place(record, guide, path, section, step, finished != NULL, seconds);
    return 0;
}

/* What the marks and needs of one list share. */
struct heading {
    const char *guide, *path, *section;
    struct month month;
};

static int read_marks(const struct ynode *node, const struct heading *heading,
                      enum mark_state state, struct learner_record *record)
{
    if (!node)
        return 0;
    if (node->kind != YNODE_MAP)
        return -1;
    for (size_t i = 0; i < node->count; i++) {
        const struct ynode *mark = &node->items[i];
        int64_t at;
        if (mark->kind != YNODE_TEXT || clock_parse(mark->text, &at))
            return -1;
        learner_record_set_mark(record, heading->guide, heading->path, heading->section, mark->key,
                                heading->month, state, at);
    }
    return 0;
}

/* Up to format 2 only what was missing was kept. */
static int read_missing(const struct ynode *node, const struct heading *heading,
                        struct learner_record *record)
{
    if (!node)
        return 0;
    if (node->kind != YNODE_LIST)
        return -1;
    for (size_t i = 0; i < node->count; i++) {
        if (node->items[i].kind != YNODE_TEXT)
            return -1;
        learner_record_set_need(record, heading->guide, heading->path, heading->section,
                                node->items[i].text, heading->month, NEED_MISSING);
    }
    return 0;
}

static enum need_state need_state_of(const char *word)
{
    size_t state = COUNT_OF(need_words);
    while (--state && strcmp(need_words[state], word))
        ;
    return (enum need_state)state;
}

static int read_needs(const struct ynode *node, const struct heading *heading,
                      struct learner_record *record)
{
    if (!node)
        return 0;
    if (node->kind != YNODE_MAP)
        return -1;
    for (size_t i = 0; i < node->count; i++) {
        const struct ynode *need = &node->items[i];
        const enum need_state state =
            need->kind == YNODE_TEXT ? need_state_of(need->text) : NEED_OPEN;
        if (state == NEED_OPEN)
            return -1;
        learner_record_set_need(record, heading->guide, heading->path, heading->section, need->key,
                                heading->month, state);
    }
    return 0;
}

static int read_list(const struct ynode *node, struct learner_record *record)
{
    struct heading heading = {0};
    const char *month;
    if (!has_only(node, " guide path section month done not-needed missing needs ") ||
        optional_text(node, "guide", &heading.guide) ||
        optional_text(node, "path", &heading.path) ||
        optional_text(node, "section", &heading.section) || optional_text(node, "month", &month))
        return -1;
    if (!heading.guide || !heading.path || !heading.section ||
        (month && month_parse(month, &heading.month)))
        return -1;
    if (read_marks(ynode_get(node, "done"), &heading, MARK_DONE, record) ||
        read_marks(ynode_get(node, "not-needed"), &heading, MARK_NOT_NEEDED, record))
        return -1;
    if (read_missing(ynode_get(node, "missing"), &heading, record))
        return -1;
    return read_needs(ynode_get(node, "needs"), &heading, record);
}

static int read_each(const struct ynode *node, struct learner_record *record,
                     int (*read)(const struct ynode *node, struct learner_record *record))
{
    if (!node)
        return 0;
    if (node->kind != YNODE_LIST)
        return -1;
    for (size_t i = 0; i < node->count; i++)
        if (read(&node->items[i], record))
            return -1;
    return 0;
}

static int read_root(const struct ynode *root, struct learner_record *record)
{
    if (!has_only(root, " format places lists history sum "))
        return -1;
    /* The past first: marks are looked for from the newest. */
    if (read_each(ynode_get(root, "places"), record, read_place) ||
        read_each(ynode_get(root, "history"), record, read_list))
        return -1;
    return read_each(ynode_get(root, "lists"), record, read_list);
}

/* The number in the first line, or 0. */
static int read_format(const char *bytes, size_t length)
{
    size_t at = sizeof FORMAT_KEY - 1;
    if (length < at || memcmp(bytes, FORMAT_KEY, at))
        return 0;
    int number = 0, digits = 0;
    for (; at < length && bytes[at] >= '0' && bytes[at] <= '9' && digits < 6; at++, digits++)
        number = number * 10 + (bytes[at] - '0');
    if (at < length && bytes[at] == '\r')
        at++;
    return at < length && bytes[at] == '\n' ? number : 0;
}

static bool sum_is_right(const char *bytes, size_t length)
{
    if (length < SUM_LINE)
        return false;
    size_t body = length - SUM_LINE;
    char *line = xasprintf(SUM_KEY "%016" PRIx64 "\n", bytes_sum(bytes, body));
    bool right = !memcmp(bytes + body, line, SUM_LINE);
    free(line);
    return right;
}

static const char *find_text(const char *bytes, const char *end, const char *text)
{
    const char *found = memmem(bytes, (size_t)(end - bytes), text, strlen(text));
    return found ? found : end;
}

/* Copies a file that this program wrote, without the lists of its past but those of one month:
 * reading it as YAML takes far longer than finding them. */
static void cut_history(const char *bytes, size_t length, struct month month, struct strbuf *out)
{
    const char *end = bytes + length, *history = find_text(bytes, end, HISTORY);
    strbuf_add_bytes(out, bytes, (size_t)(history - bytes));
    strbuf_add_char(out, '\n');
    if (history == end || !month.year)
        return;
    char name[8], line[24];
    month_format(month, name);
    snprintf(line, sizeof line, "\n  month: %s\n", name);
    bool any = false;
    const char *list = history + sizeof HISTORY - 1, *next;
    for (; list < end && *list == '-'; list = next) {
        next = find_text(list, end, LIST);
        next = next < end ? next + 1 : find_text(list, end, "\n" SUM_KEY) + 1;
        if (find_text(list, next, line) == next)
            continue;
        strbuf_add(out, any ? "" : HISTORY + 1);
        strbuf_add_bytes(out, list, (size_t)(next - list));
        any = true;
    }
}

static int read_bytes(const char *bytes, size_t length, const struct messages *messages,
                      struct learner_record *record)
{
    struct diags diags;
    struct ydoc *doc = NULL;
    struct learner_record fresh;
    diags_init(&diags, messages);
    learner_record_init(&fresh, record->name);
    int result = ydoc_parse(bytes, length, &diags, &doc);
    if (!result)
        result = read_root(ydoc_root(doc), &fresh);
    if (!result) {
        struct learner_record old = *record;
        *record = fresh;
        fresh = old;
    }
    learner_record_free(&fresh);
    ydoc_free(doc);
    diags_free(&diags);
    return result;
}

enum learner_yaml_result learner_yaml_parse(const char *bytes, size_t length,
                                            const struct month *past,
                                            const struct messages *messages,
                                            struct learner_record *record)
{
    int format = read_format(bytes, length);
    if (format > LEARNER_YAML_FORMAT)
        return LEARNER_YAML_NEWER;
    if (format < 1 || length > LEARNER_YAML_BYTES_MAX)
        return LEARNER_YAML_DAMAGED;
    if (format > 1 && !sum_is_right(bytes, length))
        return LEARNER_YAML_DAMAGED;
    /* Only what this program wrote is sure to have its past at the end. */
    struct strbuf part = {0};
    if (format > 1 && past) {
        cut_history(bytes, length, *past, &part);
        bytes = part.text;
        length = part.length;
    }
    int result = read_bytes(bytes, length, messages, record);
    strbuf_free(&part);
    if (!result)
        return LEARNER_YAML_READ;
    return format > 1 ? LEARNER_YAML_UNKNOWN : LEARNER_YAML_DAMAGED;
}
