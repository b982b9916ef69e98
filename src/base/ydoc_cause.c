/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/ydoc_cause.h"

#include "base/diag.h"
#include "base/mem.h"
#include "base/number.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

/* One line, without its end. */
struct line {
    char *text;
    int number;        /* from 1 */
    size_t indent;     /* spaces, bytes too, before the first dash or key */
    size_t key_column; /* of its key, behind dashes; from 0 */
    size_t key_length; /* 0: it has none */
};

struct causes {
    struct diags *diags;
    int last;       /* the line that libyaml came to */
    bool explained; /* something was found down to it */
    char quote;     /* of the text that goes on over lines, or 0 */
    int quote_line; /* where it was opened */
    int quote_column;
    size_t block; /* the text below a "key: |" stands deeper than this; 0: there is none */
    bool in_block;
    size_t *columns; /* those of the keys that a next line may stand below, the outermost first */
    size_t depth, capacity;
    bool opens; /* the line above ends with its colon: the next one may be deeper */
};

/* --- saying --------------------------------------------------------------------------------- */

/* The column of a place in a line, in characters, from 1. */
static int column_at(const char *text, const char *at)
{
    int column = 1;
    for (; text < at; text++)
        column += ((unsigned char)*text & 0xc0) != 0x80;
    return column;
}

static void found(struct causes *causes, int line, int column, enum message id)
{
    diags_add(causes->diags, DIAG_ERROR, line, column, id);
    causes->explained |= line <= causes->last;
}

static void found_at(struct causes *causes, const struct line *line, const char *at,
                     enum message id)
{
    found(causes, line->number, column_at(line->text, at), id);
}

/* --- what stands there ------------------------------------------------------------------------ */

/* Bytes of the sign at `text` that is one of these, all beyond ASCII; 0 if it is none. */
static size_t sign_length(const char *text, const char *const *signs, size_t count)
{
    /* Each key of each file is looked at: nearly all are ASCII. */
    for (size_t i = 0; (unsigned char)*text >= 0x80 && i < count; i++)
        if (!strncmp(text, signs[i], strlen(signs[i])))
            return strlen(signs[i]);
    return 0;
}

/* Of a space that looks like one and is none to YAML. */
static size_t odd_space(const char *text)
{
    static const char *const spaces[] = {"\u00a0", "\u2000", "\u2001", "\u2002", "\u2003",
                                         "\u2004", "\u2005", "\u2006", "\u2007", "\u2008",
                                         "\u2009", "\u200a", "\u202f", "\u3000"};
    return sign_length(text, spaces, COUNT_OF(spaces));
}

/* Of a sign that looks like a dash of a list. */
static size_t odd_dash(const char *text)
{
    static const char *const dashes[] = {"–", "—", "−", "‐", "‑", "•", "·"};
    return sign_length(text, dashes, COUNT_OF(dashes));
}

/* Of a quote that is not straight. */
static size_t odd_quote(const char *text)
{
    static const char *const quotes[] = {"“", "”", "„", "‟", "‘", "‚", "‛"};
    return sign_length(text, quotes, COUNT_OF(quotes));
}

/* Bytes of the word at `text` that a key may be. */
static size_t word_length(const char *text)
{
    return strspn(text, "abcdefghijklmnopqrstuvwxyz_ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");
}

static const char *skip_spaces(const char *text)
{
    return text + strspn(text, " ");
}

/* Finds the key of a line, behind its dashes. */
static void find_key(struct line *line)
{
    const char *at = skip_spaces(line->text);
    line->indent = (size_t)(at - line->text);
    while (at[0] == '-' && (at[1] == ' ' || !at[1]))
        at = skip_spaces(at + 1);
    size_t length = word_length(at);
    const char *colon = skip_spaces(at + length);
    line->key_column = (size_t)(at - line->text);
    line->key_length =
        length && *colon == ':' && (colon[1] == ' ' || !colon[1]) ? (size_t)(colon + 1 - at) : 0;
}

/* --- the beginning of a line --------------------------------------------------------------- */

/* Tabs and odd spaces that should place a line. True if there is one: the rest is not looked at. */
static bool check_indent(struct causes *causes, const struct line *line)
{
    for (const char *at = line->text; *at; at++) {
        if (*at == '\t') {
            found_at(causes, line, at, MSG_YAML_TAB);
            return true;
        }
        if (odd_space(at)) {
            found_at(causes, line, at, MSG_YAML_NO_BREAK_SPACE);
            return true;
        }
        if (*at != ' ')
            break;
    }
    return false;
}

/* "-id:" and "– id:". True if it was that. */
static bool check_dash(struct causes *causes, const struct line *line)
{
    const char *at = line->text + line->indent;
    const size_t odd = odd_dash(at);
    const size_t word = *at == '-' ? word_length(at + 1) : 0;
    if (odd && (at[odd] == ' ' || odd_space(at + odd) || word_length(at + odd)))
        found_at(causes, line, at, MSG_YAML_OTHER_DASH);
    else if (word && at[1 + word] == ':')
        found_at(causes, line, at, MSG_YAML_DASH_SPACE);
    else
        return false;
    return true;
}

/* "title:Sur", and a no-break space around the colon. True if it was that. */
static bool check_colon(struct causes *causes, const struct line *line)
{
    const char *at = line->text + line->key_column;
    const size_t length = word_length(at);
    if (line->key_length || !length)
        return false;
    const char *behind = skip_spaces(at + length);
    const size_t before = odd_space(behind);
    if (before && behind[before] == ':')
        found_at(causes, line, behind, MSG_YAML_NO_BREAK_SPACE);
    else if (*behind == ':' && odd_space(behind + 1))
        found_at(causes, line, behind + 1, MSG_YAML_NO_BREAK_SPACE);
    else if (ydoc_cause_lacks_space(at))
        found_at(causes, line, behind, MSG_YAML_COLON_SPACE);
    else
        return false;
    return true;
}

/* --- where it stands -------------------------------------------------------------------------- */

static size_t nearest_column(const struct causes *causes, size_t column)
{
    size_t nearest = 0, distance = (size_t)-1;
    for (size_t i = 0; i < causes->depth; i++) {
        const size_t other = causes->columns[i];
        const size_t apart = other > column ? other - column : column - other;
        if (apart <= distance) {
            distance = apart;
            nearest = other;
        }
    }
    return nearest;
}

static bool is_column(const struct causes *causes, size_t column)
{
    for (size_t i = 0; i < causes->depth; i++)
        if (causes->columns[i] == column)
            return true;
    return false;
}

/* From here on a line may stand below this column, and below those further out. */
static void push_column(struct causes *causes, size_t column)
{
    while (causes->depth && causes->columns[causes->depth - 1] >= column)
        causes->depth--;
    causes->columns =
        mem_grow(causes->columns, &causes->capacity, causes->depth + 1, sizeof *causes->columns);
    causes->columns[causes->depth++] = column;
}

static void check_column(struct causes *causes, const struct line *line)
{
    const size_t column = line->indent;
    if (causes->depth && !causes->opens && !is_column(causes, column) &&
        line->number <= causes->last) {
        char have[NUMBER_TEXT_SIZE], want[NUMBER_TEXT_SIZE];
        diags_add(causes->diags, DIAG_ERROR, line->number, (int)column + 1, MSG_YAML_SPACES, "have",
                  number_text(have, (long)column), "want",
                  number_text(want, (long)nearest_column(causes, column)));
        causes->explained = true;
        return;
    }
    push_column(causes, line->indent);
    push_column(causes, line->key_column);
}

/* --- texts in quotes ---------------------------------------------------------------------- */

/* Behind the quote that closes a text, or NULL if it goes on in the next line. `at` is inside it.
 */
static const char *find_end(const char *at, char quote)
{
    for (; *at; at++) {
        if (quote == '"' && at[0] == '\\' && at[1])
            at++;
        else if (quote == '\'' && at[0] == '\'' && at[1] == '\'')
            at++;
        else if (*at == quote)
            return at + 1;
    }
    return NULL;
}

/* Nothing more may follow a text in quotes, but what goes on with a list in brackets. */
static bool ends_there(const char *at, bool in_brackets)
{
    const char *behind = skip_spaces(at);
    return !*behind || *behind == ':' || (*behind == '#' && behind > at) ||
           (in_brackets && strchr(",]}", *behind));
}

/* From the quote at `at` on. False if something was wrong with it. */
static bool check_quoted(struct causes *causes, const struct line *line, const char **at,
                         bool in_brackets)
{
    const char quote = **at;
    const char *end = find_end(*at + 1, quote);
    if (!end) {
        causes->quote = quote;
        causes->quote_line = line->number;
        causes->quote_column = column_at(line->text, *at);
        *at += strlen(*at);
        return true;
    }
    if (odd_space(skip_spaces(end))) {
        found_at(causes, line, skip_spaces(end), MSG_YAML_NO_BREAK_SPACE);
        return false;
    }
    if (!ends_there(end, in_brackets)) {
        found_at(causes, line, end - 1, quote == '"' ? MSG_YAML_INNER_QUOTE : MSG_YAML_APOSTROPHE);
        return false;
    }
    *at = end;
    return true;
}

/* A value, up to the end of the line. */
static void check_value(struct causes *causes, const struct line *line, const char *at)
{
    const bool in_brackets = *at && strchr("[{", *at);
    if (odd_quote(at)) {
        found_at(causes, line, at, MSG_YAML_CURLY_QUOTE);
        return;
    }
    if (*at == '"' || *at == '\'') {
        (void)check_quoted(causes, line, &at, false);
        return;
    }
    /* In brackets a text in quotes begins behind a bracket, a comma or a colon. */
    for (char before = ' '; in_brackets && *at; at++) {
        if ((*at == '"' || *at == '\'') && strchr("[{,:", before)) {
            if (!check_quoted(causes, line, &at, true) || !*at)
                return;
            at--;
        } else if (odd_quote(at) && strchr("[{,:", before)) {
            found_at(causes, line, at, MSG_YAML_CURLY_QUOTE);
            return;
        }
        if (*at != ' ')
            before = *at;
    }
}

/* A line inside a text in quotes that goes on: a key there shows that it was never closed. */
static bool goes_on(struct causes *causes, const struct line *line)
{
    const char *end = find_end(line->text, causes->quote);
    const bool closed = end && ends_there(end, false) && !line->key_length;
    if (line->key_length) {
        found(causes, causes->quote_line, causes->quote_column, MSG_YAML_QUOTE_OPEN);
        causes->quote = 0;
        return false;
    }
    if (end && !closed)
        found_at(causes, line, end - 1,
                 causes->quote == '"' ? MSG_YAML_INNER_QUOTE : MSG_YAML_APOSTROPHE);
    if (end)
        causes->quote = 0;
    return true;
}

/* --- a line ----------------------------------------------------------------------------------- */

/* "key: |": what stands deeper is a text. */
static bool is_in_block(struct causes *causes, const struct line *line)
{
    if (causes->in_block && line->indent <= causes->block)
        causes->in_block = false;
    return causes->in_block;
}

static void check_line(struct causes *causes, const struct line *line)
{
    const char *first = skip_spaces(line->text);
    if (!*first || is_in_block(causes, line) || (causes->quote && goes_on(causes, line)))
        return;
    if (*first == '#' || check_indent(causes, line) || check_dash(causes, line) ||
        check_colon(causes, line)) {
        causes->opens |= *first != '#';
        return;
    }
    const char *value = skip_spaces(line->text + line->key_column + line->key_length);
    if (line->key_length || *first == '-')
        check_column(causes, line);
    if (!line->key_length && *first != '-')
        return; /* the text of the line above goes on */
    causes->opens = !*value || *value == '#';
    causes->in_block = *value == '|' || *value == '>';
    causes->block = line->indent;
    check_value(causes, line, value);
}

bool ydoc_cause_report(const char *bytes, size_t length, int line, struct diags *diags)
{
    struct causes causes = {.diags = diags, .last = line};
    const char *end = bytes + length;
    struct line now = {.number = 1};
    for (const char *at = bytes; at < end; now.number++) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        size_t count = (size_t)((stop ? stop : end) - at);
        if (count && at[count - 1] == '\r')
            count--;
        now.text = xstrndup(at, count);
        find_key(&now);
        check_line(&causes, &now);
        free(now.text);
        at = stop ? stop + 1 : end;
    }
    if (causes.quote)
        found(&causes, causes.quote_line, causes.quote_column, MSG_YAML_QUOTE_OPEN);
    free(causes.columns);
    return causes.explained;
}

/* --- what libyaml took ------------------------------------------------------------------------ */

bool ydoc_cause_report_key(const char *key, int line, int column, struct diags *diags)
{
    const char *space = key;
    while (*space && !odd_space(space))
        space++;
    if (odd_dash(key))
        diags_add(diags, DIAG_ERROR, line, column, MSG_YAML_OTHER_DASH);
    else if (*key == '-')
        diags_add(diags, DIAG_ERROR, line, column, MSG_YAML_DASH_SPACE);
    else if (*space)
        diags_add(diags, DIAG_ERROR, line, column + column_at(key, space) - 1,
                  MSG_YAML_NO_BREAK_SPACE);
    else
        return false;
    return true;
}

bool ydoc_cause_lacks_space(const char *text)
{
    const size_t length = word_length(text);
    const char *behind = text + length;
    return length && behind[0] == ':' && behind[1] && behind[1] != ' ' &&
           strncmp(behind, "://", 3) && strspn(text, "0123456789") < length;
}

bool ydoc_cause_has_curly_quotes(const char *text)
{
    const size_t length = strlen(text);
    const size_t first = odd_quote(text);
    /* Those that are no apostrophe: each is as long as the other. */
    const char *last = length > first ? text + length - first : text;
    return first && odd_quote(last) == first && !strstr(text + first, "“");
}
