/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/yschema.h"

#include "base/diag.h"
#include "base/edit_distance.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "base/text.h"
#include "base/ydoc.h"
#include "base/ydoc_cause.h"

#include <errno.h>
#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* --- hints ------------------------------------------------------------------------------- */

static void report_unknown_key(const struct yschema *schema, const struct ynode *child,
                               struct diags *diags)
{
    const char **names = xcalloc(schema->field_count + 1, sizeof *names);
    struct strbuf all = {0};
    for (size_t i = 0; i < schema->field_count; i++) {
        names[i] = schema->fields[i].name;
        strbuf_addf(&all, "%s%s", i ? ", " : "", names[i]);
    }
    const char *nearest = edit_nearest(child->key, names);
    if (nearest)
        diags_add(diags, DIAG_ERROR, child->key_line, child->key_column, MSG_SCHEMA_UNKNOWN_KEY,
                  "key", child->key, "nearest", nearest);
    else
        diags_add(diags, DIAG_ERROR, child->key_line, child->key_column,
                  MSG_SCHEMA_UNKNOWN_KEY_LIST, "key", child->key, "keys", all.text ? all.text : "");
    strbuf_free(&all);
    free(names);
}

/* --- one value --------------------------------------------------------------------------- */

static int report(const struct yfield *field, const struct ynode *node, struct diags *diags,
                  enum message id)
{
    diags_add(diags, DIAG_ERROR, node->line, node->column, id, "key", field->name);
    return -1;
}

static int report_value(const struct yfield *field, const struct ynode *node, struct diags *diags,
                        enum message id)
{
    char least_text[16], most_text[16];
    snprintf(least_text, sizeof least_text, "%d", field->min);
    snprintf(most_text, sizeof most_text, "%d", field->max);
    diags_add(diags, DIAG_ERROR, node->line, node->column, id, "key", field->name, "value",
              node->text, "min", least_text, "max", most_text, "choices",
              field->choices ? field->choices : "");
    return -1;
}

static bool is_id(const char *text)
{
    size_t length = strlen(text);
    return length && length <= YFIELD_ID_MAX && text[0] != '-' && text[length - 1] != '-' &&
           strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789-") == length;
}

/* True for text that shows and says nothing: spaces of any width, and invisible characters. */
static bool is_blank(const char *text)
{
    for (int32_t c; (c = text_next(&text));) {
        bool blank = c == ' ' || c == '\t' || c == '\n' || c == 0xa0 || c == 0x1680 ||
                     (c >= 0x2000 && c <= 0x200f) || c == 0x2028 || c == 0x2029 || c == 0x202f ||
                     c == 0x205f || c == 0x2060 || c == 0x3000 || c == 0xfeff;
        if (!blank)
            return false;
    }
    return true;
}

static int report_long(const struct yfield *field, const struct ynode *node, struct diags *diags,
                       size_t length)
{
    char count[24], limit[16];
    snprintf(count, sizeof count, "%zu", length);
    snprintf(limit, sizeof limit, "%d", field->max);
    diags_add(diags, DIAG_ERROR, node->line, node->column, MSG_SCHEMA_LONG, "key", field->name,
              "length", count, "limit", limit);
    return -1;
}

static void join_lines(char *text)
{
    for (; *text; text++)
        if (*text == '\n' || *text == '\t')
            *text = ' ';
}

/* The text of a node as the field wants it, to be freed; NULL if it is wrong. */
static char *take_text(const struct yfield *field, const struct ynode *node, struct diags *diags)
{
    if (node->kind != YNODE_TEXT) {
        report(field, node, diags, MSG_SCHEMA_NOT_TEXT);
        return NULL;
    }
    /* A list may be empty; an empty text in it never says anything. */
    bool empty_ok = (field->flags & YFIELD_EMPTY_OK) && field->kind == YFIELD_TEXT;
    if (is_blank(node->text) && !empty_ok) {
        report(field, node, diags, MSG_SCHEMA_EMPTY);
        return NULL;
    }
    int wrong = 0;
    char *text = text_trim(node->text);
    if ((field->flags & YFIELD_ONE_LINE) && strpbrk(text, "\n\t"))
        wrong = report(field, node, diags, MSG_SCHEMA_ONE_LINE);
    else if ((field->flags & YFIELD_ID) && !is_id(node->text))
        wrong = report_value(field, node, diags, MSG_SCHEMA_ID);
    /* Bytes first: there are never more characters than bytes. */
    else if (field->max && strlen(text) > (size_t)field->max &&
             text_length(text) > (size_t)field->max)
        wrong = report_long(field, node, diags, text_length(text));
    if (wrong) {
        free(text);
        return NULL;
    }
    join_lines(text);
    return text;
}

static int take_int(const struct yfield *field, const struct ynode *node, struct diags *diags,
                    int *ret_value)
{
    if (node->kind != YNODE_TEXT)
        return report(field, node, diags, MSG_SCHEMA_NOT_TEXT);
    if (!*node->text)
        return report(field, node, diags, MSG_SCHEMA_EMPTY);
    const char *digits = node->text + (node->text[0] == '-');
    size_t length = strspn(digits, "0123456789");
    bool is_number = length && !digits[length] && (length == 1 || digits[0] != '0');
    errno = 0;
    long value = is_number ? strtol(node->text, NULL, 10) : 0;
    if (!is_number || errno || value < field->min || value > field->max)
        return report_value(field, node, diags, MSG_SCHEMA_INTEGER);
    *ret_value = (int)value;
    return 0;
}

static int take_bool(const struct yfield *field, const struct ynode *node, struct diags *diags,
                     bool *ret_value)
{
    if (node->kind != YNODE_TEXT)
        return report(field, node, diags, MSG_SCHEMA_NOT_TEXT);
    bool yes = !strcmp(node->text, "true");
    if (!yes && strcmp(node->text, "false"))
        return report_value(field, node, diags, MSG_SCHEMA_BOOLEAN);
    *ret_value = yes;
    return 0;
}

static int take_choice(const struct yfield *field, const struct ynode *node, struct diags *diags,
                       int *ret_value)
{
    if (node->kind != YNODE_TEXT)
        return report(field, node, diags, MSG_SCHEMA_NOT_TEXT);
    size_t length = strlen(node->text);
    int position = 0;
    for (const char *at = field->choices; length && *at; position++) {
        size_t word = strcspn(at, " ");
        if (word == length && !strncmp(at, node->text, word)) {
            *ret_value = position;
            return 0;
        }
        at += word + (at[word] == ' ');
    }
    return report_value(field, node, diags, MSG_SCHEMA_CHOICE);
}

/* --- members ------------------------------------------------------------------------------- */

/* Members of any pointer type are set by their bytes: all of them look alike here. */
static void set_pointer(void *base, size_t offset, const void *pointer)
{
    memcpy((char *)base + offset, &pointer, sizeof pointer);
}

static void *get_pointer(const void *base, size_t offset)
{
    void *pointer;
    memcpy(&pointer, (const char *)base + offset, sizeof pointer);
    return pointer;
}

static void set_count(void *base, size_t offset, size_t count)
{
    memcpy((char *)base + offset, &count, sizeof count);
}

static size_t get_count(const void *base, size_t offset)
{
    size_t count;
    memcpy(&count, (const char *)base + offset, sizeof count);
    return count;
}

static void free_member(const struct yfield *field, void *base)
{
    bool owns = field->kind == YFIELD_TEXT || field->kind == YFIELD_TEXTS ||
                field->kind == YFIELD_MAP || field->kind == YFIELD_LIST;
    if (!owns || field->offset == YFIELD_UNSTORED)
        return;
    char *block = get_pointer(base, field->offset);
    bool many = field->kind == YFIELD_TEXTS || field->kind == YFIELD_LIST;
    size_t count = many ? get_count(base, field->count_offset) : 1;
    for (size_t i = 0; block && i < count; i++) {
        if (field->kind == YFIELD_TEXTS)
            free(((char **)(void *)block)[i]);
        else if (field->schema)
            yschema_free(field->schema, block + i * field->schema->size);
    }
    free(block);
    set_pointer(base, field->offset, NULL);
    if (many)
        set_count(base, field->count_offset, 0);
}

void yschema_free(const struct yschema *schema, void *base)
{
    for (size_t i = 0; i < schema->field_count; i++)
        free_member(&schema->fields[i], base);
}

static int read_text(const struct yfield *field, const struct ynode *node, struct diags *diags,
                     void *base)
{
    char *text = take_text(field, node, diags);
    if (!text)
        return -1;
    if (field->offset == YFIELD_UNSTORED) {
        free(text);
        return 0;
    }
    free_member(field, base);
    set_pointer(base, field->offset, text);
    return 0;
}

static int read_number(const struct yfield *field, const struct ynode *node, struct diags *diags,
                       void *base)
{
    int value = 0;
    bool truth = false;
    if (field->kind == YFIELD_BOOL) {
        if (take_bool(field, node, diags, &truth))
            return -1;
        if (field->offset != YFIELD_UNSTORED)
            memcpy((char *)base + field->offset, &truth, sizeof truth);
        return 0;
    }
    if (field->kind == YFIELD_INT ? take_int(field, node, diags, &value)
                                  : take_choice(field, node, diags, &value))
        return -1;
    if (field->offset != YFIELD_UNSTORED)
        memcpy((char *)base + field->offset, &value, sizeof value);
    return 0;
}

/* Checks that a node is a list of a good length. */
static int check_list(const struct yfield *field, const struct ynode *node, struct diags *diags)
{
    /* `phrases:` with nothing behind it is an empty text in YAML. */
    bool nothing = node->kind == YNODE_TEXT && !*node->text;
    if (nothing || (node->kind == YNODE_LIST && !node->count))
        return field->flags & YFIELD_EMPTY_OK ? 0
                                              : report(field, node, diags, MSG_SCHEMA_EMPTY_LIST);
    if (node->kind != YNODE_LIST)
        return report(field, node, diags, MSG_SCHEMA_NOT_LIST);
    if (field->max_items && node->count > field->max_items) {
        char count[24], limit[24];
        snprintf(count, sizeof count, "%zu", node->count);
        snprintf(limit, sizeof limit, "%zu", field->max_items);
        diags_add(diags, DIAG_ERROR, node->line, node->column, MSG_SCHEMA_MANY, "key", field->name,
                  "count", count, "limit", limit);
        return -1;
    }
    return 0;
}

static int read_texts(const struct yfield *field, const struct ynode *node, struct diags *diags,
                      void *base)
{
    if (check_list(field, node, diags))
        return -1;
    char **items = xcalloc(node->count + 1, sizeof *items);
    int result = 0;
    for (size_t i = 0; i < node->count; i++) {
        items[i] = take_text(field, &node->items[i], diags);
        if (!items[i])
            result = -1;
    }
    if (result || field->offset == YFIELD_UNSTORED) {
        mem_free_texts(items, node->count);
        return result;
    }
    free_member(field, base);
    set_pointer(base, field->offset, items);
    set_count(base, field->count_offset, node->count);
    return 0;
}

/* `count` maps, each into its own item of a new array. */
static int read_maps(const struct yfield *field, const struct ynode *nodes, size_t count,
                     struct diags *diags, void *base)
{
    size_t size = field->schema->size;
    char *items = xcalloc(count, size);
    int result = 0;
    for (size_t i = 0; i < count; i++)
        if (yschema_read(field->schema, &nodes[i], diags, items + i * size))
            result = -1;
    free_member(field, base);
    set_pointer(base, field->offset, items);
    return result;
}

static int read_list(const struct yfield *field, const struct ynode *node, struct diags *diags,
                     void *base)
{
    if (check_list(field, node, diags))
        return -1;
    if (field->offset == YFIELD_UNSTORED)
        return 0;
    int result = read_maps(field, node->items, node->count, diags, base);
    set_count(base, field->count_offset, node->count);
    return result;
}

static int read_member(const struct yfield *field, const struct ynode *node, struct diags *diags,
                       void *base)
{
    switch (field->kind) {
    case YFIELD_TEXT:
        return read_text(field, node, diags, base);
    case YFIELD_INT:
    case YFIELD_BOOL:
    case YFIELD_CHOICE:
        return read_number(field, node, diags, base);
    case YFIELD_TEXTS:
        return read_texts(field, node, diags, base);
    case YFIELD_MAP:
        return field->offset == YFIELD_UNSTORED ? 0 : read_maps(field, node, 1, diags, base);
    case YFIELD_LIST:
        return read_list(field, node, diags, base);
    case YFIELD_ANY:
        break;
    }
    return 0;
}

/* --- a map --------------------------------------------------------------------------------- */

static int find_field(const struct yschema *schema, const char *key)
{
    for (size_t i = 0; i < schema->field_count; i++)
        if (!strcmp(schema->fields[i].name, key))
            return (int)i;
    return -1;
}

static int report_no_map(const struct ynode *node, struct diags *diags)
{
    if (node->kind == YNODE_TEXT && ydoc_cause_lacks_space(node->text))
        diags_add(diags, DIAG_ERROR, node->line, node->column + (int)strcspn(node->text, ":"),
                  MSG_YAML_COLON_SPACE);
    else if (node->key)
        diags_add(diags, DIAG_ERROR, node->line, node->column, MSG_SCHEMA_NOT_MAP, "key",
                  node->key);
    else
        diags_add(diags, DIAG_ERROR, node->line, node->column, MSG_SCHEMA_NOT_KEYS);
    return -1;
}

int yschema_read(const struct yschema *schema, const struct ynode *node, struct diags *diags,
                 void *ret_struct)
{
    if (node->kind != YNODE_MAP)
        return report_no_map(node, diags);
    uint64_t seen = 0;
    int result = 0;
    for (size_t i = 0; i < node->count; i++) {
        const struct ynode *child = &node->items[i];
        int at = find_field(schema, child->key);
        if (at < 0) {
            report_unknown_key(schema, child, diags);
            result = -1;
            continue;
        }
        seen |= UINT64_C(1) << at;
        if (read_member(&schema->fields[at], child, diags, ret_struct))
            result = -1;
    }
    for (size_t i = 0; i < schema->field_count; i++) {
        const struct yfield *field = &schema->fields[i];
        if (!(field->flags & YFIELD_REQUIRED) || seen >> i & 1)
            continue;
        report(field, node, diags, MSG_SCHEMA_MISSING);
        result = -1;
    }
    return result;
}

int yschema_check_format(const struct ynode *root, int version, struct diags *diags)
{
    const struct ynode *node = ynode_get(root, "format");
    if (!node || node->kind != YNODE_TEXT || is_blank(node->text))
        return 0;
    char known[16];
    snprintf(known, sizeof known, "%d", version);
    if (!strcmp(node->text, known))
        return 0;
    diags_add(diags, DIAG_ERROR, node->line, node->column, MSG_SCHEMA_FORMAT, "value", node->text,
              "version", known);
    return -1;
}
