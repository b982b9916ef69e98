/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the tree of a speech.yaml to sorted tables, with every mistake told at its place. */
#include "reading/rules_loader.h"

#include "base/diag.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/ydoc.h"
#include "reading/rules.h"

#include <errno.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct loader {
    struct diags *diags;
    struct reading_rules *rules;
    bool failed;
};

static void complain(struct loader *loader, const struct ynode *node, enum message id,
                     const char *key)
{
    diags_add(loader->diags, DIAG_ERROR, node->line, node->column, id, "key", key ? key : "");
    loader->failed = true;
}

/* --- tables ------------------------------------------------------------------------------ */

static int compare_pairs(const void *a, const void *b)
{
    const struct reading_pair *left = a, *right = b;
    return strcmp(left->key, right->key);
}

static void table_add(struct reading_table *table, const char *key, const char *value)
{
    struct reading_pair *pair = &table->items[table->count++];
    pair->key = xstrdup(key);
    pair->value = xstrdup(value);
}

static void table_free(struct reading_table *table)
{
    for (size_t i = 0; i < table->count; i++) {
        free(table->items[i].key);
        free(table->items[i].value);
    }
    free(table->items);
}

static void sort_table(struct reading_table *table)
{
    if (table->count)
        qsort(table->items, table->count, sizeof *table->items, compare_pairs);
    size_t at = 0;
    for (unsigned byte = 0; byte <= 256; byte++) {
        while (at < table->count && (unsigned char)*table->items[at].key < byte)
            at++;
        table->first[byte] = (uint32_t)at;
    }
}

static void load_map(struct loader *loader, const struct ynode *node, struct reading_table *table)
{
    if (node->kind != YNODE_MAP) {
        complain(loader, node, MSG_READING_NOT_MAP, node->key);
        return;
    }
    table->items = xcalloc(node->count, sizeof *table->items);
    for (size_t i = 0; i < node->count; i++) {
        const struct ynode *item = &node->items[i];
        if (item->kind == YNODE_TEXT)
            table_add(table, item->key, item->text);
        else
            complain(loader, item, MSG_READING_NOT_TEXT, item->key);
    }
}

static void load_sorted_map(struct loader *loader, const struct ynode *node,
                            struct reading_table *table)
{
    load_map(loader, node, table);
    sort_table(table);
}

static void load_list(struct loader *loader, const struct ynode *node, struct reading_table *table)
{
    if (node->kind != YNODE_LIST) {
        complain(loader, node, MSG_READING_NOT_LIST, node->key);
        return;
    }
    table->items = xcalloc(node->count, sizeof *table->items);
    for (size_t i = 0; i < node->count; i++) {
        if (node->items[i].kind == YNODE_TEXT)
            table_add(table, node->items[i].text, "");
        else
            complain(loader, &node->items[i], MSG_READING_NOT_TEXT, node->key);
    }
    sort_table(table);
}

static void load_text(struct loader *loader, const struct ynode *node, char **slot)
{
    if (node->kind == YNODE_TEXT)
        *slot = xstrdup(node->text);
    else
        complain(loader, node, MSG_READING_NOT_TEXT, node->key);
}

/* --- numbers ----------------------------------------------------------------------------- */

static int parse_whole(const char *text, const char **ret_end, uint64_t *ret_number)
{
    if (*text < '0' || *text > '9')
        return -1;
    char *end;
    errno = 0;
    *ret_number = strtoull(text, &end, 10);
    *ret_end = end;
    return errno ? -1 : 0;
}

/* "60" or "60/20"; without a divisor: the largest power of ten that is not above the base. */
static int parse_base(const char *text, struct number_rule *rule)
{
    const char *end;
    if (parse_whole(text, &end, &rule->base) || rule->base > UINT64_MAX / 10)
        return -1;
    for (rule->divisor = 1; rule->divisor * 10 <= rule->base;)
        rule->divisor *= 10;
    if (*end == '/' && (parse_whole(end + 1, &end, &rule->divisor) || !rule->divisor))
        return -1;
    return *end || (rule->base && rule->divisor > rule->base) ? -1 : 0;
}

/* Brackets are closed and not one in the other, braces are known, and the number gets smaller. */
static bool template_is_good(const struct number_rule *rule)
{
    bool open = false;
    for (const char *at = rule->template; *at; at++) {
        if (*at == '[' || *at == ']') {
            if (open == (*at == '['))
                return false;
            open = !open;
        } else if (*at == '{') {
            if ((strncmp(at, "{r}", 3) && strncmp(at, "{q}", 3) && strncmp(at, "{m}", 3)) ||
                rule->divisor < 2)
                return false;
        }
    }
    return !open;
}

static int compare_rules(const void *a, const void *b)
{
    const struct number_rule *left = a, *right = b;
    return (left->base > right->base) - (left->base < right->base);
}

static void load_numbers(struct loader *loader, const struct ynode *node,
                         struct number_rules *numbers)
{
    if (node->kind != YNODE_MAP) {
        complain(loader, node, MSG_READING_NOT_MAP, node->key);
        return;
    }
    numbers->items = xcalloc(node->count, sizeof *numbers->items);
    for (size_t i = 0; i < node->count; i++) {
        const struct ynode *item = &node->items[i];
        struct number_rule rule = {.template = item->text};
        if (item->kind != YNODE_TEXT || parse_base(item->key, &rule) || !template_is_good(&rule)) {
            complain(loader, item, MSG_READING_NUMBER, item->key);
            continue;
        }
        rule.template = xstrdup(item->text);
        numbers->items[numbers->count++] = rule;
    }
    if (numbers->count)
        qsort(numbers->items, numbers->count, sizeof *numbers->items, compare_rules);
}

static void numbers_free(struct number_rules *numbers)
{
    for (size_t i = 0; i < numbers->count; i++)
        free(numbers->items[i].template);
    free(numbers->items);
}

/* --- lists of special shape -------------------------------------------------------------- */

static void load_months(struct loader *loader, const struct ynode *node)
{
    if (node->kind != YNODE_LIST || node->count != COUNT_OF(loader->rules->months)) {
        complain(loader, node, MSG_READING_MONTHS, node->key);
        return;
    }
    for (size_t i = 0; i < node->count; i++)
        load_text(loader, &node->items[i], &loader->rules->months[i]);
}

static void copy_text(const struct ynode *map, const char *key, char **slot)
{
    const char *text = ynode_text(map, key);
    if (text)
        *slot = xstrdup(text);
}

static void load_unit(struct loader *loader, const struct ynode *node)
{
    static const char *const known[] = {"symbols", "one",      "many",  "cent",
                                        "cents",   "feminine", "alone", "below_zero"};
    struct reading_rules *rules = loader->rules;
    struct reading_unit unit = {0};
    const struct ynode *symbols = ynode_get(node, "symbols");
    bool good = symbols && symbols->kind == YNODE_LIST && ynode_text(node, "one");
    for (size_t i = 0; good && i < node->count; i++) {
        bool found = false;
        for (size_t k = 0; k < COUNT_OF(known); k++)
            found = found || !strcmp(node->items[i].key, known[k]);
        good = found;
    }
    for (size_t i = 0; good && i < symbols->count; i++)
        good = symbols->items[i].kind == YNODE_TEXT;
    if (!good) {
        complain(loader, node, MSG_READING_UNIT, node->key);
        return;
    }
    copy_text(node, "one", &unit.one);
    copy_text(node, ynode_text(node, "many") ? "many" : "one", &unit.many);
    copy_text(node, "cent", &unit.cent);
    copy_text(node, unit.cent && ynode_text(node, "cents") ? "cents" : "cent", &unit.cents);
    unit.feminine = ynode_get(node, "feminine");
    unit.below_zero = ynode_get(node, "below_zero");
    copy_text(node, "alone", &unit.alone);
    char index[24];
    snprintf(index, sizeof index, "%zu", rules->unit_count);
    rules->units[rules->unit_count++] = unit;
    for (size_t i = 0; i < symbols->count; i++)
        table_add(&rules->unit_symbols, symbols->items[i].text, index);
}

static void load_units(struct loader *loader, const struct ynode *node)
{
    struct reading_rules *rules = loader->rules;
    if (node->kind != YNODE_LIST) {
        complain(loader, node, MSG_READING_NOT_LIST, node->key);
        return;
    }
    size_t symbols = 1;
    for (size_t i = 0; i < node->count; i++) {
        const struct ynode *list = ynode_get(&node->items[i], "symbols");
        symbols += list ? list->count : 0;
    }
    rules->units = xcalloc(node->count, sizeof *rules->units);
    rules->unit_symbols.items = xcalloc(symbols, sizeof *rules->unit_symbols.items);
    for (size_t i = 0; i < node->count; i++)
        load_unit(loader, &node->items[i]);
    sort_table(&rules->unit_symbols);
}

static int parse_code(const char *text, int32_t *ret_code)
{
    char *end;
    if (!text || !*text)
        return -1;
    long code = strtol(text, &end, 16);
    if (*end || code <= 0 || code > 0x10ffff)
        return -1;
    *ret_code = (int32_t)code;
    return 0;
}

static void load_scripts(struct loader *loader, const struct ynode *node)
{
    struct reading_rules *rules = loader->rules;
    if (node->kind != YNODE_LIST) {
        complain(loader, node, MSG_READING_NOT_LIST, node->key);
        return;
    }
    rules->scripts = xcalloc(node->count, sizeof *rules->scripts);
    for (size_t i = 0; i < node->count; i++) {
        const struct ynode *item = &node->items[i];
        struct reading_script script = {0};
        if (parse_code(ynode_text(item, "from"), &script.from) ||
            parse_code(ynode_text(item, "to"), &script.to) || !ynode_text(item, "name") ||
            item->count != 3) {
            complain(loader, item, MSG_READING_SCRIPT, NULL);
            continue;
        }
        script.name = xstrdup(ynode_text(item, "name"));
        rules->scripts[rules->script_count++] = script;
    }
}

/* --- the whole file ---------------------------------------------------------------------- */

enum slot_kind { SLOT_MAP, SLOT_ORDERED_MAP, SLOT_LIST, SLOT_TEXT, SLOT_NUMBERS };

struct slot {
    const char *group;
    const char *key;
    enum slot_kind kind;
    size_t offset;
};

/* Versions of clang-format lay such macros out differently. */
/* clang-format off */
#define SLOT(group, key, kind, field)                                                              \
    {                                                                                              \
        group, key, kind, offsetof(struct reading_rules, field)                                    \
    }
/* clang-format on */

static const struct slot slots[] = {
    SLOT("numbers", "cardinal", SLOT_NUMBERS, cardinal),
    SLOT("numbers", "multiplier", SLOT_NUMBERS, multiplier),
    SLOT("numbers", "decimal", SLOT_TEXT, word.decimal),
    SLOT("numbers", "point", SLOT_TEXT, word.point),
    SLOT("numbers", "minus", SLOT_TEXT, word.minus),
    SLOT("numbers", "plus", SLOT_TEXT, word.plus),
    SLOT("numbers", "range", SLOT_TEXT, word.range),
    SLOT("numbers", "range_after", SLOT_MAP, range_after),
    SLOT("numbers", "over", SLOT_TEXT, word.over),
    SLOT("numbers", "per", SLOT_TEXT, word.per),
    SLOT("numbers", "of", SLOT_TEXT, word.of),
    SLOT("numbers", "of_elided", SLOT_TEXT, word.of_elided),
    SLOT("numbers", "of_after", SLOT_LIST, of_after),
    SLOT("numbers", "thousand", SLOT_TEXT, word.thousand),
    SLOT("numbers", "ordinals", SLOT_MAP, ordinals),
    SLOT("numbers", "ordinal_endings", SLOT_ORDERED_MAP, ordinal_endings),
    SLOT("numbers", "feminine", SLOT_MAP, feminine),
    SLOT("numbers", "feminine_nouns", SLOT_LIST, feminine_nouns),
    SLOT("numbers", "fractions", SLOT_MAP, fractions),
    SLOT("numbers", "times", SLOT_TEXT, word.times),
    SLOT("numbers", "and_half", SLOT_TEXT, word.half),
    SLOT("numbers", "and_half_feminine", SLOT_TEXT, word.half_feminine),
    SLOT("numbers", "times_signs", SLOT_LIST, times_signs),
    SLOT("numbers", "per_words", SLOT_MAP, per),
    SLOT("numbers", "alternatives", SLOT_LIST, alternatives),
    SLOT("numbers", "not_grouped", SLOT_LIST, not_grouped),
    SLOT("numbers", "ordinal_nouns", SLOT_LIST, ordinal_nouns),
    SLOT("numbers", "ordinal_after", SLOT_LIST, ordinal_after),
    SLOT("numbers", "enumeration", SLOT_MAP, enumeration),
    SLOT("numbers", "enumeration_of", SLOT_LIST, enumeration_of),
    SLOT("numbers", "signed_letters", SLOT_LIST, signed_letters),
    SLOT("numbers", "counted_letters", SLOT_LIST, counted_letters),
    SLOT("numbers", "roman_after", SLOT_LIST, roman_after),
    SLOT("numbers", "roman_names", SLOT_LIST, roman_names),
    SLOT("numbers", "roman_before", SLOT_LIST, roman_before),
    SLOT("dates", "first", SLOT_TEXT, month_first),
    SLOT("dates", "after", SLOT_LIST, date_after),
    SLOT("dates", "between", SLOT_LIST, date_between),
    SLOT("dates", "not_after", SLOT_LIST, not_after),
    SLOT("times", "symbols", SLOT_LIST, time_symbols),
    SLOT("times", "hour", SLOT_TEXT, hour),
    SLOT("times", "hours", SLOT_TEXT, hours),
    SLOT("times", "minute", SLOT_TEXT, minute),
    SLOT("times", "minutes", SLOT_TEXT, minutes),
    SLOT("times", "second", SLOT_TEXT, second),
    SLOT("times", "seconds", SLOT_TEXT, seconds),
    SLOT("times", "half", SLOT_TEXT, half_hour),
    SLOT("telephone", "country", SLOT_TEXT, telephone_country),
    SLOT("telephone", "words", SLOT_LIST, telephone_words),
    SLOT("telephone", "articles", SLOT_LIST, telephone_articles),
    SLOT("telephone", "short", SLOT_LIST, telephone_short),
    SLOT("references", "words", SLOT_LIST, reference_words),
    SLOT("references", "not", SLOT_LIST, reference_end),
    SLOT("references", "groups", SLOT_MAP, reference_groups),
    SLOT("references", "shapes", SLOT_MAP, reference_shapes),
    SLOT("references", "law_letters", SLOT_LIST, law_letters),
    SLOT("references", "numbered", SLOT_LIST, numbered),
    SLOT("abbreviations", "anywhere", SLOT_MAP, abbreviations),
    SLOT("abbreviations", "inside", SLOT_MAP, inside),
    SLOT("abbreviations", "before_name", SLOT_MAP, before_name),
    SLOT("abbreviations", "before_number", SLOT_MAP, before_number),
    SLOT("abbreviations", "after_number", SLOT_MAP, after_number),
    SLOT("keys", "always", SLOT_MAP, keys_always),
    SLOT("keys", "combined", SLOT_MAP, keys_combined),
    SLOT("keys", "words", SLOT_LIST, key_words),
    SLOT("words", "as_words", SLOT_MAP, names),
    SLOT("words", "as_letters", SLOT_LIST, letters),
    SLOT("words", "in_capitals", SLOT_LIST, capitals),
    SLOT("words", "optional_endings", SLOT_LIST, optional_endings),
    SLOT("words", "onsets", SLOT_LIST, onsets),
    SLOT("words", "vowels", SLOT_TEXT, vowels),
    SLOT("spelling", "letters", SLOT_MAP, letter_names),
    SLOT("spelling", "examples", SLOT_MAP, examples),
    SLOT("spelling", "marks", SLOT_MAP, punctuation),
    SLOT("spelling", "capital", SLOT_TEXT, capital),
    SLOT("spelling", "all_capitals", SLOT_TEXT, all_capitals),
    SLOT("spelling", "space", SLOT_TEXT, space),
    SLOT("spelling", "example", SLOT_TEXT, example),
    SLOT("addresses", "schemes", SLOT_MAP, schemes),
    SLOT("addresses", "masks", SLOT_MAP, masks),
    SLOT("addresses", "domains", SLOT_MAP, domains),
    SLOT("addresses", "endings", SLOT_LIST, endings),
    SLOT("addresses", "extensions", SLOT_LIST, extensions),
    SLOT("symbols", "names", SLOT_MAP, symbols),
    SLOT("symbols", "unknown", SLOT_TEXT, unknown_symbol),
    SLOT("symbols", "unknown_emoji", SLOT_TEXT, unknown_emoji),
    SLOT("scripts", "text", SLOT_TEXT, script),
    SLOT("scripts", "unknown", SLOT_TEXT, unknown_script),
    SLOT("voice", "pronunciations", SLOT_MAP, pronunciations),
    SLOT("voice", "parts", SLOT_MAP, parts),
    SLOT("voice", "ends", SLOT_MAP, ends),
};

/* The keys that no slot can hold. */
static bool load_special(struct loader *loader, const char *group, const struct ynode *node)
{
    if (!strcmp(group, "dates") && !strcmp(node->key, "months"))
        load_months(loader, node);
    else if (!strcmp(group, "units") && !strcmp(node->key, "list"))
        load_units(loader, node);
    else if (!strcmp(group, "scripts") && !strcmp(node->key, "list"))
        load_scripts(loader, node);
    else
        return false;
    return true;
}

static void load_slot(struct loader *loader, const struct slot *slot, const struct ynode *node)
{
    void *field = (char *)loader->rules + slot->offset;
    switch (slot->kind) {
    case SLOT_MAP:
        load_sorted_map(loader, node, field);
        break;
    case SLOT_ORDERED_MAP:
        load_map(loader, node, field);
        break;
    case SLOT_LIST:
        load_list(loader, node, field);
        break;
    case SLOT_TEXT:
        load_text(loader, node, field);
        break;
    case SLOT_NUMBERS:
        load_numbers(loader, node, field);
        break;
    }
}

static void load_key(struct loader *loader, const char *group, const struct ynode *node)
{
    for (size_t i = 0; i < COUNT_OF(slots); i++) {
        if (strcmp(slots[i].group, group) || strcmp(slots[i].key, node->key))
            continue;
        load_slot(loader, &slots[i], node);
        return;
    }
    if (!load_special(loader, group, node))
        complain(loader, node, MSG_READING_UNKNOWN, node->key);
}

static bool is_group(const char *name)
{
    for (size_t i = 0; i < COUNT_OF(slots); i++)
        if (!strcmp(slots[i].group, name))
            return true;
    return !strcmp(name, "units");
}

static void load_group(struct loader *loader, const struct ynode *group)
{
    if (!is_group(group->key)) {
        complain(loader, group, MSG_READING_UNKNOWN, group->key);
        return;
    }
    if (group->kind != YNODE_MAP) {
        complain(loader, group, MSG_READING_NOT_MAP, group->key);
        return;
    }
    for (size_t i = 0; i < group->count; i++)
        load_key(loader, group->key, &group->items[i]);
}

int reading_rules_parse(const struct ynode *root, struct diags *diags,
                        struct reading_rules **ret_rules)
{
    struct loader loader = {diags, xcalloc(1, sizeof *loader.rules), false};
    loader.rules->empty = !root;
    if (root && root->kind != YNODE_MAP)
        complain(&loader, root, MSG_READING_NOT_MAP, NULL);
    for (size_t i = 0; root && root->kind == YNODE_MAP && i < root->count; i++)
        load_group(&loader, &root->items[i]);
    if (loader.failed) {
        reading_rules_free(loader.rules);
        return -1;
    }
    *ret_rules = loader.rules;
    return 0;
}

static void free_slot(struct reading_rules *rules, const struct slot *slot)
{
    void *field = (char *)rules + slot->offset;
    switch (slot->kind) {
    case SLOT_MAP:
    case SLOT_ORDERED_MAP:
    case SLOT_LIST:
        table_free(field);
        break;
    case SLOT_TEXT:
        free(*(char **)field);
        break;
    case SLOT_NUMBERS:
        numbers_free(field);
        break;
    }
}

void reading_rules_free(struct reading_rules *rules)
{
    if (!rules)
        return;
    for (size_t i = 0; i < COUNT_OF(slots); i++)
        free_slot(rules, &slots[i]);
    for (size_t i = 0; i < COUNT_OF(rules->months); i++)
        free(rules->months[i]);
    for (size_t i = 0; i < rules->unit_count; i++) {
        free(rules->units[i].one);
        free(rules->units[i].many);
        free(rules->units[i].cent);
        free(rules->units[i].cents);
        free(rules->units[i].alone);
    }
    free(rules->units);
    table_free(&rules->unit_symbols);
    for (size_t i = 0; i < rules->script_count; i++)
        free(rules->scripts[i].name);
    free(rules->scripts);
    free(rules);
}
