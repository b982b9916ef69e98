/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "listen/phones.h"

#include "base/diag.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "base/tokens.h"
#include "base/ydoc.h"

#include <stdlib.h>
#include <string.h>

struct rule {
    struct tokens from; /* at least one */
    struct tokens to; /* the alternatives, each a text of phones with single spaces, at least one */
};

struct phone_set {
    char *name;
    const struct phone_set *base;
    bool together; /* the first alternatives all together, then the second ones */
    struct rule *rules;
    size_t rule_count;
    struct tokens all; /* every phone that a rule can give */
};

struct phones {
    char *espeak;
    struct phone_set *sets;
    size_t set_count;
    struct tokens *alike; /* phones of the first set that are easily taken for one another */
    size_t alike_count;
};

static void set_free(struct phone_set *set)
{
    for (size_t i = 0; i < set->rule_count; i++) {
        tokens_free(&set->rules[i].from);
        tokens_free(&set->rules[i].to);
    }
    free(set->rules);
    tokens_free(&set->all);
    free(set->name);
}

void phones_free(struct phones *phones)
{
    if (!phones)
        return;
    for (size_t i = 0; i < phones->set_count; i++)
        set_free(&phones->sets[i]);
    for (size_t i = 0; i < phones->alike_count; i++)
        tokens_free(&phones->alike[i]);
    free(phones->alike);
    free(phones->sets);
    free(phones->espeak);
    free(phones);
}

const char *phones_espeak_voice(const struct phones *phones)
{
    return phones->espeak;
}

const struct phone_set *phones_set(const struct phones *phones, const char *name)
{
    for (size_t i = 0; i < phones->set_count; i++)
        if (!name || !strcmp(phones->sets[i].name, name))
            return &phones->sets[i];
    return NULL;
}

const struct phone_set *phone_set_base(const struct phone_set *set)
{
    return set->base;
}

const struct tokens *phone_set_phones(const struct phone_set *set)
{
    return &set->all;
}

static bool has_token(const struct tokens *tokens, const char *wanted)
{
    for (size_t i = 0; i < tokens->count; i++)
        if (!strcmp(tokens->items[i], wanted))
            return true;
    return false;
}

bool phone_set_has(const struct phone_set *set, const char *phone)
{
    return has_token(&set->all, phone);
}

bool phones_alike(const struct phones *phones, const char *left, const char *right)
{
    for (size_t i = 0; i < phones->alike_count; i++)
        if (has_token(&phones->alike[i], left) && has_token(&phones->alike[i], right))
            return true;
    return false;
}

/* --- loading ---------------------------------------------------------------------------------- */

static void add_alternative(struct phone_set *set, struct rule *rule, const char *text)
{
    struct tokens cut = {0};
    struct strbuf clean = {0};
    tokens_split(&cut, text, " \t");
    for (size_t i = 0; i < cut.count; i++) {
        strbuf_addf(&clean, "%s%s", i ? " " : "", cut.items[i]);
        if (!phone_set_has(set, cut.items[i]))
            tokens_add(&set->all, cut.items[i]);
    }
    tokens_add(&rule->to, clean.text ? clean.text : "");
    strbuf_free(&clean);
    tokens_free(&cut);
}

static int load_rule(struct phone_set *set, const struct ynode *node, struct diags *diags)
{
    struct rule *rule = &set->rules[set->rule_count++];
    tokens_split(&rule->from, node->key, " \t");
    bool right = rule->from.count > 0 && node->kind != YNODE_MAP;
    if (node->kind == YNODE_TEXT)
        add_alternative(set, rule, node->text);
    for (size_t i = 0; node->kind == YNODE_LIST && i < node->count; i++) {
        if (node->items[i].kind == YNODE_TEXT)
            add_alternative(set, rule, node->items[i].text);
        else
            right = false;
    }
    if (right && rule->to.count > 0)
        return 0;
    diags_add(diags, DIAG_ERROR, node->key_line, node->key_column, MSG_PHONES_RULE, "key",
              node->key);
    return -1;
}

static int unknown_key(const struct ynode *node, struct diags *diags)
{
    diags_add(diags, DIAG_ERROR, node->key_line, node->key_column, MSG_PHONES_KEY, "key",
              node->key);
    return -1;
}

static int load_base(const struct phones *phones, struct phone_set *set, const struct ynode *node,
                     struct diags *diags)
{
    if (node->kind == YNODE_TEXT && !strcmp(node->text, "espeak"))
        return 0;
    set->base =
        node->kind == YNODE_TEXT && phones->set_count ? phones_set(phones, node->text) : NULL;
    if (set->base)
        return 0;
    diags_add(diags, DIAG_ERROR, node->line, node->column, MSG_PHONES_FROM);
    return -1;
}

static int load_alternatives(struct phone_set *set, const struct ynode *node, struct diags *diags)
{
    set->together = node->kind == YNODE_TEXT && !strcmp(node->text, "together");
    if (set->together || (node->kind == YNODE_TEXT && !strcmp(node->text, "each")))
        return 0;
    diags_add(diags, DIAG_ERROR, node->line, node->column, MSG_PHONES_ALTERNATIVES);
    return -1;
}

static int load_rules(struct phone_set *set, const struct ynode *node, struct diags *diags)
{
    if (node->kind != YNODE_MAP || set->rules)
        return unknown_key(node, diags);
    int result = 0;
    set->rules = xcalloc(node->count, sizeof *set->rules);
    for (size_t i = 0; i < node->count; i++)
        result |= load_rule(set, &node->items[i], diags);
    return result;
}

/* The sets loaded so far are in `phones`; this one joins them only afterwards. */
static int load_set(const struct phones *phones, struct phone_set *set, const struct ynode *node,
                    struct diags *diags)
{
    int result = 0;
    set->name = xstrdup(node->key);
    if (node->kind != YNODE_MAP || !ynode_get(node, "phones"))
        return unknown_key(node, diags);
    for (size_t i = 0; i < node->count; i++) {
        const struct ynode *child = &node->items[i];
        if (!strcmp(child->key, "from"))
            result |= load_base(phones, set, child, diags);
        else if (!strcmp(child->key, "alternatives"))
            result |= load_alternatives(set, child, diags);
        else if (!strcmp(child->key, "phones"))
            result |= load_rules(set, child, diags);
        else
            result |= unknown_key(child, diags);
    }
    return result;
}

static int load_sets(struct phones *phones, const struct ynode *node, struct diags *diags)
{
    if (node->kind != YNODE_MAP || !node->count)
        return unknown_key(node, diags);
    int result = 0;
    phones->sets = xcalloc(node->count, sizeof *phones->sets);
    for (size_t i = 0; i < node->count; i++) {
        result |= load_set(phones, &phones->sets[i], &node->items[i], diags);
        phones->set_count++;
    }
    return result;
}

/* Each line is a group: phones between spaces. */
static int load_alike(struct phones *phones, const struct ynode *node, struct diags *diags)
{
    if (node->kind != YNODE_LIST || phones->alike)
        return unknown_key(node, diags);
    phones->alike = xcalloc(node->count + 1, sizeof *phones->alike);
    for (size_t i = 0; i < node->count; i++) {
        if (node->items[i].kind != YNODE_TEXT)
            return unknown_key(node, diags);
        tokens_split(&phones->alike[phones->alike_count++], node->items[i].text, " \t");
    }
    return 0;
}

/* `alike` may stand before the sets that have its phones. */
static int check_alike(const struct phones *phones, const struct ynode *node, struct diags *diags)
{
    int result = 0;
    for (size_t i = 0; i < phones->alike_count; i++)
        for (size_t j = 0; j < phones->alike[i].count; j++) {
            const char *phone = phones->alike[i].items[j];
            if (phone_set_has(&phones->sets[0], phone))
                continue;
            diags_add(diags, DIAG_ERROR, node->items[i].line, node->items[i].column,
                      MSG_PHONES_ALIKE, "phone", phone);
            result = -1;
        }
    return result;
}

static int load_espeak(struct phones *phones, const struct ynode *node, struct diags *diags)
{
    if (node->kind != YNODE_TEXT)
        return unknown_key(node, diags);
    phones->espeak = xstrdup(node->text);
    return 0;
}

static int load_root(struct phones *phones, const struct ynode *root, struct diags *diags)
{
    int result = 0;
    for (size_t i = 0; root->kind == YNODE_MAP && i < root->count; i++) {
        const struct ynode *node = &root->items[i];
        if (!strcmp(node->key, "espeak"))
            result |= load_espeak(phones, node, diags);
        else if (!strcmp(node->key, "sets"))
            result |= load_sets(phones, node, diags);
        else if (!strcmp(node->key, "alike"))
            result |= load_alike(phones, node, diags);
        else
            result |= unknown_key(node, diags);
    }
    if (result == 0 && (!phones->espeak || !phones->set_count)) {
        diags_add(diags, DIAG_ERROR, root->line, root->column, MSG_PHONES_MISSING);
        result = -1;
    }
    return result ? -1 : check_alike(phones, ynode_get(root, "alike"), diags);
}

int phones_load(const char *path, struct diags *diags, struct phones **ret_phones)
{
    struct ydoc *doc = NULL;
    if (ydoc_load(path, diags, &doc))
        return -1;
    struct phones *phones = xcalloc(1, sizeof *phones);
    int result = load_root(phones, ydoc_root(doc), diags);
    ydoc_free(doc);
    if (result) {
        phones_free(phones);
        return -1;
    }
    *ret_phones = phones;
    return 0;
}

/* --- rewriting -------------------------------------------------------------------------------- */

static bool has_stress(const char *token)
{
    return strchr("',%=", token[0]) != NULL && token[1];
}

/* A stressed phoneme matches a rule for it alone, or the rule for any stress. */
static bool token_fits(const char *wanted, const char *token, bool strict)
{
    if (!strcmp(wanted, token))
        return true;
    if (strict)
        return false;
    if (has_stress(token))
        token++;
    size_t length = strlen(token);
    if (length > 1 && token[length - 1] == '-') /* espeak-ng: a phoneme made shorter */
        length--;
    return strlen(wanted) == length && !strncmp(wanted, token, length);
}

static bool rule_fits(const struct rule *rule, char *const *tokens, size_t count, bool strict)
{
    if (rule->from.count > count)
        return false;
    for (size_t i = 0; i < rule->from.count; i++)
        if (!token_fits(rule->from.items[i], tokens[i], strict))
            return false;
    return true;
}

/* The longest rule that fits; of equals one that names the stress. */
static const struct rule *find_rule(const struct phone_set *set, char *const *tokens, size_t count)
{
    const struct rule *best = NULL;
    for (int strict = 1; strict >= 0; strict--)
        for (size_t i = 0; i < set->rule_count; i++)
            if ((!best || set->rules[i].from.count > best->from.count) &&
                rule_fits(&set->rules[i], tokens, count, strict))
                best = &set->rules[i];
    return best;
}

/* One result: of each rule the alternative that `choice` names. */
static char *assemble(const struct rule *const *rules, const size_t *choice, size_t count)
{
    struct strbuf text = {0};
    for (size_t i = 0; i < count; i++) {
        const char *part = rules[i]->to.items[choice[i]];
        if (*part)
            strbuf_addf(&text, "%s%s", text.length ? " " : "", part);
    }
    return strbuf_take(&text);
}

/* The next choice: counting, the last rule fastest; or all rules one further. */
static bool advance(const struct phone_set *set, const struct rule *const *rules, size_t *choice,
                    size_t count)
{
    bool changed = false;
    for (size_t i = count; i-- > 0;) {
        bool more = choice[i] + 1 < rules[i]->to.count;
        choice[i] = more ? choice[i] + 1 : set->together ? choice[i] : 0;
        changed = changed || more;
        if (more && !set->together)
            return true;
    }
    return changed;
}

static size_t add_result(char **results, size_t count, char *result)
{
    for (size_t i = 0; i < count; i++) {
        if (!strcmp(results[i], result)) {
            free(result);
            return count;
        }
    }
    results[count] = result;
    return count + 1;
}

size_t phone_set_rewrite(const struct phone_set *set, char *const *tokens, size_t count,
                         char **ret_results, size_t most)
{
    const struct rule **rules = xcalloc(count, sizeof(struct rule *));
    size_t *choice = xcalloc(count, sizeof *choice);
    size_t used = 0;
    for (size_t at = 0; at < count;) {
        const struct rule *rule = find_rule(set, tokens + at, count - at);
        if (rule)
            rules[used++] = rule;
        at += rule ? rule->from.count : 1;
    }
    size_t results = 0;
    do
        results = add_result(ret_results, results, assemble(rules, choice, used));
    while (results < most && advance(set, rules, choice, used));
    free(rules);
    free(choice);
    return results;
}
