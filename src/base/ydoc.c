/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/ydoc.h"

#include "base/diag.h"
#include "base/durable.h"
#include "base/errno_words.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "base/text.h"
#include "base/ydoc_cause.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <yaml.h>

struct ydoc {
    struct ynode root;
};

struct builder {
    yaml_parser_t parser;
    struct diags *diags;
    const char *bytes;
    size_t length;
    const char *line; /* the one that was looked at last, and its number from 0 */
    size_t line_number;
    size_t nodes;
    bool stopped; /* a mistake after which nothing more can be read */
};

static void node_free(struct ynode *node)
{
    for (size_t i = 0; i < node->count; i++)
        node_free(&node->items[i]);
    free(node->items);
    free(node->text);
    free(node->key);
}

void ydoc_free(struct ydoc *doc)
{
    if (!doc)
        return;
    node_free(&doc->root);
    free(doc);
}

const struct ynode *ydoc_root(const struct ydoc *doc)
{
    return &doc->root;
}

const struct ynode *ynode_get(const struct ynode *map, const char *key)
{
    if (!map || map->kind != YNODE_MAP)
        return NULL;
    for (size_t i = 0; i < map->count; i++)
        if (!strcmp(map->items[i].key, key))
            return &map->items[i];
    return NULL;
}

const char *ynode_text(const struct ynode *map, const char *key)
{
    const struct ynode *node = ynode_get(map, key);
    return node && node->kind == YNODE_TEXT ? node->text : NULL;
}

/* --- bytes ------------------------------------------------------------------------------- */

static void place_of(const char *bytes, size_t offset, int *ret_line, int *ret_column)
{
    int line = 1, column = 1;
    for (size_t i = 0; i < offset; i++) {
        if (bytes[i] == '\n') {
            line++;
            column = 1;
        } else if (((unsigned char)bytes[i] & 0xc0) != 0x80) {
            column++;
        }
    }
    *ret_line = line;
    *ret_column = column;
}

static int check_bytes(const char *bytes, size_t length, struct diags *diags)
{
    int line, column;
    char number[32];
    if (length > YDOC_BYTES_MAX) {
        snprintf(number, sizeof number, "%u", YDOC_BYTES_MAX >> 20);
        diags_add(diags, DIAG_ERROR, 1, 1, MSG_YAML_SIZE, "limit", number);
        return -1;
    }
    size_t at = text_utf8_error(bytes, length);
    if (at < length) {
        place_of(bytes, at, &line, &column);
        diags_add(diags, DIAG_ERROR, line, column, MSG_YAML_NOT_UTF8);
        return -1;
    }
    size_t start = 0;
    while ((at = start + text_control_error(bytes + start, length - start)) < length) {
        /* A file saved on Windows ends its lines with CR LF: that is no mistake. */
        if (bytes[at] == '\r' && at + 1 < length && bytes[at + 1] == '\n') {
            start = at + 1;
            continue;
        }
        const char *character = bytes + at;
        snprintf(number, sizeof number, "U+%04X", (unsigned)text_next(&character));
        place_of(bytes, at, &line, &column);
        diags_add(diags, DIAG_ERROR, line, column, MSG_YAML_CONTROL, "code", number);
        return -1;
    }
    return 0;
}

/* --- events ------------------------------------------------------------------------------ */

static void report(struct builder *builder, yaml_mark_t mark, enum message id, const char *name,
                   const char *value)
{
    diags_add(builder->diags, DIAG_ERROR, (int)mark.line + 1, (int)mark.column + 1, id, name,
              value);
}

static void report_limit(struct builder *builder, yaml_mark_t mark, enum message id, unsigned limit)
{
    char number[16];
    snprintf(number, sizeof number, "%u", limit);
    report(builder, mark, id, "limit", number);
    builder->stopped = true;
}

/* What libyaml's scanner and parser say (0.2.5), and what that means to an author. */
static const struct {
    const char *problem;
    const char *context; /* or NULL for any */
    enum message id;
    bool at_context; /* told where the thing began, not where the file ended */
} syntax[] = {
    /* By far the commonest mistake of authors: `key: some text: more text` without quotes. */
    {"mapping values are not allowed", NULL, MSG_YAML_COLON, false},
    {"found a tab character", NULL, MSG_YAML_TAB, false},
    {"", "while scanning a quoted scalar", MSG_YAML_QUOTE, true},
    {"", "while parsing a quoted scalar", MSG_YAML_QUOTE, true},
    {"", "while parsing a flow sequence", MSG_YAML_BRACKET, true},
    {"", "while parsing a flow mapping", MSG_YAML_BRACKET, true},
    {"found character that cannot start any token", NULL, MSG_YAML_START, false},
    {"could not find expected ':'", NULL, MSG_YAML_NO_COLON, true},
    {"did not find expected", "while parsing a block", MSG_YAML_INDENT, false},
};

static void report_syntax(struct builder *builder)
{
    const yaml_parser_t *parser = &builder->parser;
    const char *problem = parser->problem ? parser->problem : "";
    const char *context = parser->context ? parser->context : "";
    builder->stopped = true;
    if (ydoc_cause_report(builder->bytes, builder->length, (int)parser->problem_mark.line + 1,
                          builder->diags))
        return;
    for (size_t i = 0; i < COUNT_OF(syntax); i++) {
        if (!strstr(problem, syntax[i].problem) ||
            (syntax[i].context && !strstr(context, syntax[i].context)))
            continue;
        yaml_mark_t mark = syntax[i].at_context ? parser->context_mark : parser->problem_mark;
        report(builder, mark, syntax[i].id, "", "");
        return;
    }
    report(builder, parser->problem_mark, MSG_YAML_SYNTAX, "detail", problem);
}

static int next_event(struct builder *builder, yaml_event_t *event)
{
    if (yaml_parser_parse(&builder->parser, event))
        return 0;
    /* Nothing is wrong with the text: nobody may take it for damaged. */
    if (builder->parser.error == YAML_MEMORY_ERROR)
        mem_is_out();
    report_syntax(builder);
    return -1;
}

static int build_node(struct builder *builder, yaml_event_t *event, unsigned depth,
                      struct ynode *node);

static struct ynode *add_child(struct ynode *parent, size_t *capacity)
{
    parent->items = mem_grow(parent->items, capacity, parent->count + 1, sizeof *parent->items);
    struct ynode *child = &parent->items[parent->count++];
    *child = (struct ynode){0};
    return child;
}

static int build_list(struct builder *builder, unsigned depth, struct ynode *node)
{
    size_t capacity = 0;
    yaml_event_t event;
    while (!next_event(builder, &event)) {
        if (event.type == YAML_SEQUENCE_END_EVENT) {
            yaml_event_delete(&event);
            return 0;
        }
        int built = build_node(builder, &event, depth, add_child(node, &capacity));
        yaml_event_delete(&event);
        if (built)
            return -1;
    }
    return -1;
}

static int compare_keys(const void *a, const void *b)
{
    const struct ynode *left = *(const struct ynode *const *)a;
    const struct ynode *right = *(const struct ynode *const *)b;
    int order = strcmp(left->key, right->key);
    if (order)
        return order;
    return left->key_line != right->key_line ? left->key_line - right->key_line
                                             : left->key_column - right->key_column;
}

static void report_duplicate_keys(struct builder *builder, const struct ynode *map)
{
    if (map->count < 2)
        return;
    const struct ynode **sorted = xcalloc(map->count, sizeof *sorted);
    for (size_t i = 0; i < map->count; i++)
        sorted[i] = &map->items[i];
    qsort(sorted, map->count, sizeof *sorted, compare_keys);
    for (size_t i = 1; i < map->count; i++) {
        if (strcmp(sorted[i - 1]->key, sorted[i]->key))
            continue;
        char line[16];
        snprintf(line, sizeof line, "%d", sorted[i - 1]->key_line);
        diags_add(builder->diags, DIAG_ERROR, sorted[i]->key_line, sorted[i]->key_column,
                  MSG_YAML_DUPLICATE_KEY, "key", sorted[i]->key, "line", line);
    }
    free(sorted);
}

/* A key is a word on one line; quotes could smuggle in anything else. */
static bool is_key(const yaml_event_t *event)
{
    if (event->type != YAML_SCALAR_EVENT || event->data.scalar.anchor || event->data.scalar.tag)
        return false;
    const char *key = (const char *)event->data.scalar.value;
    size_t length = event->data.scalar.length;
    return length && length <= YDOC_KEY_MAX && text_control_error(key, length) == length &&
           !memchr(key, '\n', length) && !memchr(key, '\t', length);
}

static int take_key(struct builder *builder, const yaml_event_t *event, struct ynode *child)
{
    const bool plain =
        event->type == YAML_SCALAR_EVENT && event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
    if (plain && ydoc_cause_report_key((const char *)event->data.scalar.value,
                                       (int)event->start_mark.line + 1,
                                       (int)event->start_mark.column + 1, builder->diags)) {
        builder->stopped = true;
        return -1;
    }
    if (!is_key(event)) {
        report(builder, event->start_mark, MSG_YAML_KEY_NOT_TEXT, "", "");
        builder->stopped = true;
        return -1;
    }
    child->key = xstrdup((const char *)event->data.scalar.value);
    child->key_line = (int)event->start_mark.line + 1;
    child->key_column = (int)event->start_mark.column + 1;
    return 0;
}

static int build_map(struct builder *builder, unsigned depth, struct ynode *node)
{
    size_t capacity = 0;
    yaml_event_t event;
    while (!next_event(builder, &event)) {
        if (event.type == YAML_MAPPING_END_EVENT) {
            yaml_event_delete(&event);
            report_duplicate_keys(builder, node);
            return 0;
        }
        struct ynode *child = add_child(node, &capacity);
        int taken = take_key(builder, &event, child);
        yaml_event_delete(&event);
        if (taken) {
            node->count--;
            return -1;
        }
        if (next_event(builder, &event))
            return -1;
        int built = build_node(builder, &event, depth, child);
        yaml_event_delete(&event);
        if (built)
            return -1;
    }
    return -1;
}

/* --- texts -------------------------------------------------------------------------------- */

/* The rest of a line behind a mark; marks come in the order of the file. */
static const char *behind(struct builder *builder, yaml_mark_t mark)
{
    const char *end = builder->bytes + builder->length;
    if (mark.line < builder->line_number)
        return end;
    for (; builder->line_number < mark.line; builder->line_number++) {
        const char *stop = memchr(builder->line, '\n', (size_t)(end - builder->line));
        if (!stop)
            return end;
        builder->line = stop + 1;
    }
    const char *at = builder->line;
    for (size_t i = 0; i < mark.column && at < end && *at != '\n'; i++)
        do
            at++;
        while (at < end && ((unsigned char)*at & 0xc0) == 0x80);
    return at;
}

/* A note behind a sentence without quotes is often a part of it: "touche #" or "#5". */
static void warn_of_note(struct builder *builder, const yaml_event_t *event)
{
    const char *text = (const char *)event->data.scalar.value;
    const yaml_mark_t mark = event->end_mark;
    if (event->data.scalar.style != YAML_PLAIN_SCALAR_STYLE || !strchr(text, ' '))
        return;
    const char *end = builder->bytes + builder->length, *at = behind(builder, mark);
    const char *note = at;
    while (note < end && *note == ' ')
        note++;
    if (note > at && note < end && *note == '#')
        diags_add(builder->diags, DIAG_WARNING, (int)mark.line + 1,
                  (int)mark.column + 1 + (int)(note - at), MSG_YAML_NOTE_IN_TEXT);
}

/* Quotes that are not straight are said and shown as a part of the text. */
static void warn_of_quotes(struct builder *builder, const yaml_event_t *event)
{
    if (event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE &&
        ydoc_cause_has_curly_quotes((const char *)event->data.scalar.value))
        diags_add(builder->diags, DIAG_WARNING, (int)event->start_mark.line + 1,
                  (int)event->start_mark.column + 1, MSG_YAML_CURLY_QUOTE);
}

static int build_text(struct builder *builder, const yaml_event_t *event, struct ynode *node)
{
    const char *value = (const char *)event->data.scalar.value;
    size_t length = event->data.scalar.length;
    node->kind = YNODE_TEXT;
    node->text = xstrndup(value, length);
    warn_of_note(builder, event);
    warn_of_quotes(builder, event);
    if (length > YDOC_TEXT_MAX) {
        char number[16];
        snprintf(number, sizeof number, "%u", YDOC_TEXT_MAX);
        report(builder, event->start_mark, MSG_YAML_LONG_TEXT, "limit", number);
    }
    /* Double quotes can smuggle in, as \x1b, what the bytes of the file may not hold. */
    size_t at = text_control_error(value, length);
    if (at < length) {
        char code[16];
        const char *character = value + at;
        snprintf(code, sizeof code, "U+%04X", (unsigned)text_next(&character));
        report(builder, event->start_mark, MSG_YAML_CONTROL, "code", code);
    }
    return 0;
}

static void refuse_anchor_and_tag(struct builder *builder, const yaml_event_t *event)
{
    const yaml_char_t *anchor = NULL, *tag = NULL;
    if (event->type == YAML_SCALAR_EVENT) {
        anchor = event->data.scalar.anchor;
        tag = event->data.scalar.tag;
    } else if (event->type == YAML_SEQUENCE_START_EVENT) {
        anchor = event->data.sequence_start.anchor;
        tag = event->data.sequence_start.tag;
    } else if (event->type == YAML_MAPPING_START_EVENT) {
        anchor = event->data.mapping_start.anchor;
        tag = event->data.mapping_start.tag;
    }
    if (anchor)
        report(builder, event->start_mark, MSG_YAML_ALIAS, "", "");
    if (tag)
        report(builder, event->start_mark, MSG_YAML_TAG, "", "");
}

static int build_node(struct builder *builder, yaml_event_t *event, unsigned depth,
                      struct ynode *node)
{
    node->line = (int)event->start_mark.line + 1;
    node->column = (int)event->start_mark.column + 1;
    if (++builder->nodes > YDOC_NODES_MAX) {
        report_limit(builder, event->start_mark, MSG_YAML_NODES, YDOC_NODES_MAX);
        return -1;
    }
    if (depth > YDOC_DEPTH_MAX) {
        report_limit(builder, event->start_mark, MSG_YAML_DEPTH, YDOC_DEPTH_MAX);
        return -1;
    }
    refuse_anchor_and_tag(builder, event);
    switch (event->type) {
    case YAML_SCALAR_EVENT:
        return build_text(builder, event, node);
    case YAML_SEQUENCE_START_EVENT:
        node->kind = YNODE_LIST;
        return build_list(builder, depth + 1, node);
    case YAML_MAPPING_START_EVENT:
        node->kind = YNODE_MAP;
        return build_map(builder, depth + 1, node);
    case YAML_ALIAS_EVENT:
        report(builder, event->start_mark, MSG_YAML_ALIAS, "", "");
        node->kind = YNODE_TEXT;
        node->text = xstrdup("");
        return 0;
    default:
        return -1;
    }
}

/* Reads up to the root; an empty file has none. */
static int read_root(struct builder *builder, struct ynode *root)
{
    yaml_event_t event;
    for (;;) {
        if (next_event(builder, &event))
            return -1;
        if (event.type == YAML_STREAM_START_EVENT || event.type == YAML_DOCUMENT_START_EVENT) {
            yaml_event_delete(&event);
            continue;
        }
        int built = -1;
        if (event.type == YAML_STREAM_END_EVENT)
            report(builder, (yaml_mark_t){0}, MSG_YAML_EMPTY, "", "");
        else
            built = build_node(builder, &event, 1, root);
        yaml_event_delete(&event);
        return built;
    }
}

static int read_end(struct builder *builder)
{
    yaml_event_t event;
    for (;;) {
        if (next_event(builder, &event))
            return -1;
        yaml_event_type_t type = event.type;
        if (type == YAML_DOCUMENT_START_EVENT)
            report(builder, event.start_mark, MSG_YAML_SECOND_DOCUMENT, "", "");
        yaml_event_delete(&event);
        if (type == YAML_DOCUMENT_START_EVENT)
            return -1;
        if (type == YAML_STREAM_END_EVENT)
            return 0;
    }
}

int ydoc_parse(const char *bytes, size_t length, struct diags *diags, struct ydoc **ret_doc)
{
    if (check_bytes(bytes, length, diags))
        return -1;
    struct builder builder = {.diags = diags, .bytes = bytes, .length = length, .line = bytes};
    if (!yaml_parser_initialize(&builder.parser))
        mem_is_out();
    yaml_parser_set_encoding(&builder.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&builder.parser, (const unsigned char *)bytes, length);

    size_t errors_before = diags->errors;
    struct ydoc *doc = xcalloc(1, sizeof *doc);
    int result = read_root(&builder, &doc->root);
    if (!result)
        result = read_end(&builder);
    yaml_parser_delete(&builder.parser);
    if (result || diags->errors > errors_before) {
        ydoc_free(doc);
        return -1;
    }
    *ret_doc = doc;
    return 0;
}

/* --- files ------------------------------------------------------------------------------- */

/* What is too long is told with its limit by check_bytes(). */
static int read_file(const char *path, struct strbuf *bytes)
{
    struct stat status;
    if (!durable_read(AT_FDCWD, path, YDOC_BYTES_MAX, bytes) || errno == EFBIG)
        return 0;
    if (errno == EINVAL && !stat(path, &status) && S_ISDIR(status.st_mode))
        errno = EISDIR;
    return -1;
}

static void report_unreadable(const char *path, int error, struct diags *diags)
{
    enum message id = error == ENOENT   ? MSG_FILE_ABSENT
                      : error == EACCES ? MSG_FILE_FORBIDDEN
                      : error == EISDIR ? MSG_FILE_IS_FOLDER
                      : error == EINVAL ? MSG_FILE_IS_SPECIAL
                                        : MSG_FILE_UNREADABLE;
    diags_add(diags, DIAG_ERROR, 0, 0, id, "file", path, "reason",
              errno_words(diags->messages, error));
}

int ydoc_load(const char *path, struct diags *diags, struct ydoc **ret_doc)
{
    struct strbuf bytes = {0};
    diags_set_file(diags, path);
    int result = -1, unread = 0;
    if (read_file(path, &bytes)) {
        unread = errno;
        report_unreadable(path, unread, diags);
    } else {
        result = ydoc_parse(bytes.text ? bytes.text : "", bytes.length, diags, ret_doc);
    }
    strbuf_free(&bytes);
    errno = unread;
    return result;
}
