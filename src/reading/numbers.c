/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers to words by the rules of the pack: see "numbers" in doc/voice-format.md. */
#include "reading/numbers.h"

#include "base/mem.h"
#include "base/strbuf.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* Above this many digits a number is easier to follow digit by digit. */
#define CARDINAL_DIGITS 15

static const struct number_rule *last_rule(const struct number_rules *rules, uint64_t number)
{
    const struct number_rule *found = NULL;
    for (size_t i = 0; i < rules->count && rules->items[i].base <= number; i++)
        found = &rules->items[i];
    return found;
}

static const struct number_rule *rule_for(const struct reading_rules *rules, bool multiplier,
                                          uint64_t number)
{
    const struct number_rule *plain = last_rule(&rules->cardinal, number);
    const struct number_rule *special = multiplier ? last_rule(&rules->multiplier, number) : NULL;
    return special && (!plain || special->base >= plain->base) ? special : plain;
}

static void add_number(const struct reading_rules *rules, bool multiplier, uint64_t number,
                       struct strbuf *out);

/* [with a rest|without one] */
static const char *choose(const char *at, bool rest, const char **ret_end, const char **ret_next)
{
    const char *close = strchr(at, ']');
    const char *bar = memchr(at, '|', (size_t)(close - at));
    *ret_next = close + 1;
    *ret_end = rest && bar ? bar : close;
    if (rest)
        return at;
    return bar ? bar + 1 : close;
}

struct expansion {
    const struct reading_rules *rules;
    const struct number_rule *rule;
    bool multiplier;
    uint64_t number;
};

static void expand(const struct expansion *how, const char *at, const char *end, struct strbuf *out)
{
    uint64_t quotient = how->number / how->rule->divisor;
    uint64_t rest = how->number % how->rule->divisor;
    while (at < end) {
        if (!strncmp(at, "{r}", 3)) {
            add_number(how->rules, how->multiplier, rest, out);
            at += 3;
        } else if (!strncmp(at, "{q}", 3)) {
            add_number(how->rules, false, quotient, out);
            at += 3;
        } else if (!strncmp(at, "{m}", 3)) {
            add_number(how->rules, true, quotient, out);
            at += 3;
        } else if (*at == '[') {
            const char *part_end, *next;
            const char *part = choose(at + 1, rest != 0, &part_end, &next);
            expand(how, part, part_end, out);
            at = next;
        } else {
            strbuf_add_char(out, *at++);
        }
    }
}

static void add_number(const struct reading_rules *rules, bool multiplier, uint64_t number,
                       struct strbuf *out)
{
    const struct number_rule *rule = rule_for(rules, multiplier, number);
    /* A number that the pack's rules do not reach stays in digits. */
    if (!rule || (number != rule->base && !strchr(rule->template, '{'))) {
        strbuf_addf(out, "%" PRIu64, number);
        return;
    }
    struct expansion how = {rules, rule, multiplier, number};
    expand(&how, rule->template, rule->template + strlen(rule->template), out);
}

char *reading_cardinal(const struct reading_rules *rules, uint64_t number)
{
    struct strbuf out = {0};
    add_number(rules, false, number, &out);
    return strbuf_take(&out);
}

static void add_cardinal(const struct reading_rules *rules, uint64_t number, struct strbuf *out)
{
    add_number(rules, false, number, out);
}

char *reading_digits(const struct reading_rules *rules, const char *digits)
{
    struct strbuf out = {0};
    for (; *digits; digits++) {
        if (out.length)
            strbuf_add(&out, ", ");
        add_cardinal(rules, (uint64_t)(*digits - '0'), &out);
    }
    return strbuf_take(&out);
}

char *reading_group(const struct reading_rules *rules, const char *digits)
{
    if (strlen(digits) > CARDINAL_DIGITS)
        return reading_digits(rules, digits);
    struct strbuf out = {0};
    for (; *digits == '0' && digits[1]; digits++) {
        add_cardinal(rules, 0, &out);
        strbuf_add_char(&out, ' ');
    }
    add_cardinal(rules, strtoull(digits, NULL, 10), &out);
    return strbuf_take(&out);
}

static bool ends_with(const char *text, const char *end)
{
    size_t length = strlen(text), end_length = strlen(end);
    return length >= end_length && !strcmp(text + length - end_length, end);
}

static char *ordinal_stem(const struct reading_rules *rules, const char *digits)
{
    char *words = reading_group(rules, digits);
    for (size_t i = 0; i < rules->ordinal_endings.count; i++) {
        const struct reading_pair *ending = &rules->ordinal_endings.items[i];
        if (!ends_with(words, ending->key))
            continue;
        char *ordinal =
            xasprintf("%.*s%s", (int)(strlen(words) - strlen(ending->key)), words, ending->value);
        free(words);
        return ordinal;
    }
    return words;
}

char *reading_ordinal(const struct reading_rules *rules, const char *digits, const char *suffix)
{
    char *exact = xasprintf("%s%s", digits, suffix);
    char *any = xasprintf("*%s", suffix);
    const char *template = reading_table_find(&rules->ordinals, exact);
    if (!template && strlen(digits) <= CARDINAL_DIGITS)
        template = reading_table_find(&rules->ordinals, any);
    free(exact);
    free(any);
    if (!template)
        return NULL;
    const char *place = strstr(template, "{}");
    if (!place)
        return xstrdup(template);
    char *stem = ordinal_stem(rules, digits);
    char *ordinal = xasprintf("%.*s%s%s", (int)(place - template), template, stem, place + 2);
    free(stem);
    return ordinal;
}

char *reading_feminine(const struct reading_rules *rules, char *words)
{
    size_t start = strlen(words);
    while (start && words[start - 1] != ' ' && words[start - 1] != '-')
        start--;
    const char *feminine = reading_table_find(&rules->feminine, words + start);
    if (!feminine)
        return words;
    char *changed = xasprintf("%.*s%s", (int)start, words, feminine);
    free(words);
    return changed;
}

static unsigned roman_digit(char letter)
{
    switch (letter) {
    case 'I':
        return 1;
    case 'V':
        return 5;
    case 'X':
        return 10;
    case 'L':
        return 50;
    case 'C':
        return 100;
    default:
        return 0;
    }
}

static unsigned roman_sum(const char *letters)
{
    unsigned sum = 0;
    for (const char *at = letters; *at; at++) {
        unsigned digit = roman_digit(*at);
        if (!digit)
            return 0;
        if (digit < roman_digit(at[1]))
            sum -= digit;
        else
            sum += digit;
    }
    return sum;
}

/* Written again from its value, so that only the usual form is accepted. */
unsigned reading_roman(const char *letters)
{
    static const struct {
        unsigned value;
        const char *letters;
    } parts[] = {{100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"},
                 {9, "IX"},  {5, "V"},   {4, "IV"}, {1, "I"}};
    if (strlen(letters) > 12)
        return 0;
    unsigned sum = roman_sum(letters);
    if (!sum || sum > 399)
        return 0;
    struct strbuf usual = {0};
    unsigned left = sum;
    for (size_t i = 0; i < COUNT_OF(parts); i++)
        for (; left >= parts[i].value; left -= parts[i].value)
            strbuf_add(&usual, parts[i].letters);
    bool same = !strcmp(usual.text, letters);
    strbuf_free(&usual);
    return same ? sum : 0;
}
