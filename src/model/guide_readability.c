/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/guide_readability.h"

#include "base/diag.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/unique.h"
#include "base/ydoc.h"
#include "model/guide.h"

#include <stdlib.h>
#include <string.h>

static const struct yfield allowance_fields[] = {
    YSCHEMA_TEXT("step", YFIELD_ID, 0, struct guide_allowance, step),
    YSCHEMA_TEXT("section", YFIELD_ID, 0, struct guide_allowance, section),
    YSCHEMA_TEXT("word", 0, 0, struct guide_allowance, word),
    {.name = "rule",
     .kind = YFIELD_CHOICE,
     .flags = YFIELD_REQUIRED,
     .choices = "long-sentence",
     .offset = YFIELD_UNSTORED},
    YSCHEMA_TEXT("reason", YFIELD_REQUIRED, 0, struct guide_allowance, reason),
};
const struct yschema guide_allowance_schema = YSCHEMA(allowance_fields, struct guide_allowance);

/* --- sentences ----------------------------------------------------------------------------- */

static bool is_space(int32_t c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == 0xa0 || c == 0x202f || c == 0x2009;
}

/* Letters and digits of any script; what is above Latin-1 and no punctuation counts as one. */
static bool is_letter(int32_t c)
{
    if (c < 0x80)
        return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
    return c >= 0xc0 && c != 0xd7 && c != 0xf7 && !(c >= 0x2000 && c < 0x2c00);
}

static bool is_stop(int32_t c)
{
    return c == '.' || c == '!' || c == '?' || c == 0x2026;
}

int guide_sentence_words(const char **text)
{
    int words = 0;
    bool in_word = false, has_letter = false, quoted = false;
    int32_t c, before = 0;
    while ((c = text_next(text))) {
        if (is_space(c)) {
            words += in_word && has_letter;
            in_word = has_letter = false;
            if (is_stop(before) && words && !quoted)
                return words;
        } else {
            in_word = true;
            has_letter |= is_letter(c);
            quoted = c == 0xab || (quoted && c != 0xbb);
        }
        before = c;
    }
    return words + (in_word && has_letter);
}

/* --- allowances ------------------------------------------------------------------------------ */

enum target { TARGET_STEP, TARGET_SECTION, TARGET_WORD };

static const char *const target_keys[] = {"step", "section", "word"};

struct guide_excuse {
    enum target target;
    const char *name;
    const struct ynode *node; /* where it is named */
    bool named;               /* something has that name */
    bool used;
};

struct readability {
    struct diags *diags;
    struct guide_excuse *excuses; /* sorted */
    size_t excuse_count;
};

static int compare_excuses(const void *a, const void *b)
{
    const struct guide_excuse *left = a, *right = b;
    if (left->target != right->target)
        return left->target < right->target ? -1 : 1;
    return strcmp(left->name, right->name);
}

/* Stores the excuse that an entry makes; -1 if it names nothing, or several things. */
static int take_excuse(const struct guide_allowance *allowance, const struct ynode *node,
                       struct diags *diags, struct guide_excuse *ret_excuse)
{
    const char *names[] = {allowance->step, allowance->section, allowance->word};
    const struct ynode *found = NULL;
    size_t given = 0;
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        const struct ynode *child = ynode_get(node, target_keys[i]);
        given += child != NULL;
        if (!child || !names[i])
            continue;
        found = child;
        *ret_excuse = (struct guide_excuse){(enum target)i, names[i], child, false, false};
    }
    if (node->kind == YNODE_MAP && given != 1)
        diags_add(diags, DIAG_ERROR, node->line, node->column, MSG_GUIDE_ALLOW_TARGET);
    return given == 1 && found ? 0 : -1;
}

static void report_twice(const struct guide_excuse *excuses, size_t count, struct diags *diags)
{
    struct unique unique = {0};
    for (size_t i = 0; i < count; i++)
        unique_add(&unique, excuses[i].name, UINT32_C(1) << excuses[i].target, excuses[i].node,
                   NULL);
    unique_report(&unique, diags, MSG_GUIDE_ALLOW_TWICE);
}

static void take_excuses(struct readability *check, const struct guide_allowance *allowances,
                         const struct ynode *list)
{
    size_t count = list && list->kind == YNODE_LIST && allowances ? list->count : 0;
    check->excuses = xcalloc(count + 1, sizeof *check->excuses);
    for (size_t i = 0; i < count; i++)
        if (!take_excuse(&allowances[i], &list->items[i], check->diags,
                         &check->excuses[check->excuse_count]))
            check->excuse_count++;
    report_twice(check->excuses, check->excuse_count, check->diags);
    qsort(check->excuses, check->excuse_count, sizeof *check->excuses, compare_excuses);
}

static struct guide_excuse *find_excuse(struct readability *check, enum target target,
                                        const char *name)
{
    if (!name || !check->excuse_count)
        return NULL;
    struct guide_excuse wanted = {.target = target, .name = name};
    struct guide_excuse *found = bsearch(&wanted, check->excuses, check->excuse_count,
                                         sizeof *check->excuses, compare_excuses);
    if (found)
        found->named = true;
    return found;
}

static void report_excuses(const struct readability *check)
{
    for (size_t i = 0; i < check->excuse_count; i++) {
        const struct guide_excuse *excuse = &check->excuses[i];
        /* Of two for the same thing only one is ever found; that mistake has been told. */
        if ((i && !compare_excuses(excuse, excuse - 1)) ||
            (i + 1 < check->excuse_count && !compare_excuses(excuse, excuse + 1)))
            continue;
        if (!excuse->named)
            diags_add(check->diags, DIAG_ERROR, excuse->node->line, excuse->node->column,
                      MSG_GUIDE_ALLOW_UNKNOWN, "name", excuse->name);
        else if (!excuse->used)
            diags_add(check->diags, DIAG_WARNING, excuse->node->line, excuse->node->column,
                      MSG_GUIDE_ALLOW_UNUSED, "name", excuse->name);
    }
}

/* --- texts ----------------------------------------------------------------------------------- */

static void report_sentence(struct diags *diags, const struct ynode *node, const char *start,
                            const char *end, int words, int limit)
{
    char count[16], most[16];
    snprintf(count, sizeof count, "%d", words);
    snprintf(most, sizeof most, "%d", limit);
    char *sentence = xstrndup(start, (size_t)(end - start));
    char *shown = text_trim(sentence);
    diags_add(diags, DIAG_WARNING, node->line, node->column, MSG_GUIDE_LONG_SENTENCE, "sentence",
              shown, "words", count, "limit", most);
    free(shown);
    free(sentence);
}

/* `map` is where the text stands, under `key`. */
static void check_text(struct readability *check, const struct ynode *map, const char *key,
                       const char *text, int limit, struct guide_excuse *excuse)
{
    if (!text)
        return;
    const char *start = text, *at = text;
    for (int words; (words = guide_sentence_words(&at)); start = at) {
        const struct ynode *node = words > limit ? ynode_get(map, key) : NULL;
        if (!node)
            continue;
        if (excuse)
            excuse->used = true;
        else
            report_sentence(check->diags, node, start, at, words, limit);
    }
}

static void check_step(struct readability *check, const struct guide_step *step,
                       const struct ynode *node)
{
    struct guide_excuse *excuse = find_excuse(check, TARGET_STEP, step->id);
    const int most = GUIDE_SENTENCE_WORDS;
    check_text(check, node, "say", step->say, most, excuse);
    check_text(check, node, "simple", step->simple, GUIDE_SIMPLE_SENTENCE_WORDS, excuse);
    check_text(check, node, "more", step->more, most, excuse);
    check_text(check, node, "simple_more", step->simple_more, GUIDE_SIMPLE_SENTENCE_WORDS, excuse);
    check_text(check, node, "where", step->where, most, excuse);
    check_text(check, node, "warning", step->warning, most, excuse);
    check_text(check, node, "read_back", step->read_back, most, excuse);
    for (size_t i = 0; i < step->question_count; i++) {
        const struct ynode *question = &ynode_get(node, "questions")->items[i];
        check_text(check, question, "ask", step->questions[i].ask, most, excuse);
        check_text(check, question, "why", step->questions[i].why, most, excuse);
    }
}

static void check_section(struct readability *check, const struct guide_section *section,
                          const struct ynode *node)
{
    struct guide_excuse *excuse = find_excuse(check, TARGET_SECTION, section->id);
    const int most = GUIDE_SENTENCE_WORDS;
    check_text(check, node, "intro", section->intro, most, excuse);
    check_text(check, node, "story", section->story, most, excuse);
    for (size_t i = 0; i < section->need_count; i++) {
        const struct ynode *need = &ynode_get(node, "needs")->items[i];
        check_text(check, need, "ask", section->needs[i].ask, most, excuse);
        check_text(check, need, "if_no", section->needs[i].if_no, most, excuse);
        check_text(check, need, "more", section->needs[i].more, most, excuse);
        check_text(check, need, "simple_more", section->needs[i].simple_more,
                   GUIDE_SIMPLE_SENTENCE_WORDS, excuse);
    }
    if (section->period) {
        const struct ynode *period = ynode_get(node, "period");
        check_text(check, period, "missed", section->period->missed, most, excuse);
        check_text(check, period, "done", section->period->done, most, excuse);
    }
    for (size_t i = 0; i < section->step_count; i++)
        check_step(check, &section->steps[i], &ynode_get(node, "steps")->items[i]);
}

int guide_readability_check(const struct guide *guide, const struct ynode *root,
                            const struct guide_allowance *allowances, struct diags *diags)
{
    struct readability check = {.diags = diags};
    size_t errors_before = diags->errors;
    take_excuses(&check, allowances, ynode_get(root, "allow"));
    const int most = GUIDE_SENTENCE_WORDS;
    check_text(&check, root, "welcome", guide->welcome, most, NULL);
    check_text(&check, root, "closing", guide->closing, most, NULL);
    for (size_t i = 0; i < guide->section_count; i++)
        check_section(&check, &guide->sections[i], &ynode_get(root, "sections")->items[i]);
    for (size_t i = 0; i < guide->word_count; i++)
        check_text(&check, &ynode_get(root, "glossary")->items[i], "say", guide->words[i].say, most,
                   find_excuse(&check, TARGET_WORD, guide->words[i].word));
    report_excuses(&check);
    free(check.excuses);
    return diags->errors > errors_before ? -1 : 0;
}
