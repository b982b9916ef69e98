/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/messages.h"

#include "base/mem.h"
#include "base/strbuf.h"
#include "base/text.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

struct messages {
    char *texts[MSG_COUNT];
    char *singular; /* the numbers that take the singular, between spaces: " 0 1 " */
};

static const struct {
    const char *key;
    const char *arguments; /* names between spaces */
} table[MSG_COUNT] = {
#define MESSAGE(id, key, arguments) [MSG_##id] = {key, " " arguments " "},
#include "base/messages.def"
#undef MESSAGE
};

const char *messages_key(enum message id)
{
    return table[id].key;
}

static bool has_word(const char *words, const char *word, size_t length)
{
    for (const char *at = words; (at = strchr(at, ' ')); at++)
        if (!strncmp(at + 1, word, length) && at[1 + length] == ' ')
            return true;
    return false;
}

/* One piece in braces: {name} or {name:one|many}. */
struct placeholder {
    const char *name;
    size_t name_length;
    const char *one, *bar, *end; /* `one` is NULL without a choice; `end` is the closing brace */
};

static int parse_placeholder(const char *at, struct placeholder *ret_piece)
{
    const char *end = strchr(at, '}');
    if (!end)
        return -1;
    struct placeholder piece = {.name = at + 1, .end = end};
    piece.name_length = strcspn(piece.name, ":}");
    if (!piece.name_length || memchr(at + 1, '{', (size_t)(end - at - 1)))
        return -1;
    if (piece.name[piece.name_length] == ':') {
        piece.one = piece.name + piece.name_length + 1;
        piece.bar = memchr(piece.one, '|', (size_t)(end - piece.one));
        if (!piece.bar)
            return -1;
    }
    *ret_piece = piece;
    return 0;
}

/* --- texts ------------------------------------------------------------------------------- */

struct messages *messages_new_empty(void)
{
    struct messages *messages = xcalloc(1, sizeof *messages);
    messages_set_singular(messages, "0 1");
    return messages;
}

void messages_free(struct messages *messages)
{
    if (!messages)
        return;
    for (size_t i = 0; i < MSG_COUNT; i++)
        free(messages->texts[i]);
    free(messages->singular);
    free(messages);
}

int messages_find(const char *key, enum message *ret_id)
{
    for (size_t i = 0; i < MSG_COUNT; i++) {
        if (strcmp(table[i].key, key))
            continue;
        *ret_id = (enum message)i;
        return 0;
    }
    return -1;
}

int messages_check(enum message id, const char *text, char **ret_argument)
{
    for (const char *at = text; (at = strpbrk(at, "{}"));) {
        struct placeholder piece;
        if (*at == '}' || parse_placeholder(at, &piece)) {
            *ret_argument = NULL;
            return -1;
        }
        if (!has_word(table[id].arguments, piece.name, piece.name_length)) {
            *ret_argument = xstrndup(piece.name, piece.name_length);
            return -1;
        }
        at = piece.end + 1;
    }
    return 0;
}

void messages_set(struct messages *messages, enum message id, const char *text)
{
    char *copy = xstrdup(text);
    free(messages->texts[id]);
    messages->texts[id] = copy;
}

void messages_set_singular(struct messages *messages, const char *numbers)
{
    char *copy = xasprintf(" %s ", numbers);
    free(messages->singular);
    messages->singular = copy;
}

/* --- filling in -------------------------------------------------------------------------- */

static const char *find_value(const struct placeholder *piece, va_list pairs)
{
    va_list walk;
    va_copy(walk, pairs);
    const char *name, *value, *found = "";
    while ((name = va_arg(walk, const char *)) && (value = va_arg(walk, const char *))) {
        if (strlen(name) == piece->name_length && !strncmp(name, piece->name, piece->name_length)) {
            found = value;
            break;
        }
    }
    va_end(walk);
    return found;
}

static void add_value(struct strbuf *out, const char *value, bool shown)
{
    const size_t length = strlen(value);
    if (!shown && text_control_error(value, length) == length) {
        strbuf_add(out, value);
        return;
    }
    char *safe = text_shown(value);
    strbuf_add(out, safe);
    free(safe);
}

static void add_piece(const struct messages *messages, struct strbuf *out,
                      const struct placeholder *piece, const char *value, bool shown)
{
    if (!piece->one)
        add_value(out, value, shown);
    else if (has_word(messages->singular, value, strlen(value)))
        strbuf_add_bytes(out, piece->one, (size_t)(piece->bar - piece->one));
    else
        strbuf_add_bytes(out, piece->bar + 1, (size_t)(piece->end - piece->bar - 1));
}

const char *messages_text(const struct messages *messages, enum message id)
{
    /* An id without text is a fault of the program; its key is better than silence. */
    return messages->texts[id] ? messages->texts[id] : table[id].key;
}

static char *format(const struct messages *messages, enum message id, va_list pairs, bool shown)
{
    struct strbuf out = {0};
    const char *at = messages_text(messages, id);
    struct placeholder piece;
    for (const char *brace; (brace = strchr(at, '{')) && !parse_placeholder(brace, &piece);) {
        strbuf_add_bytes(&out, at, (size_t)(brace - at));
        add_piece(messages, &out, &piece, find_value(&piece, pairs), shown);
        at = piece.end + 1;
    }
    strbuf_add(&out, at);
    return strbuf_take(&out);
}

char *messages_vformat(const struct messages *messages, enum message id, va_list pairs)
{
    return format(messages, id, pairs, false);
}

char *messages_vformat_shown(const struct messages *messages, enum message id, va_list pairs)
{
    return format(messages, id, pairs, true);
}

char *messages_format_pairs(const struct messages *messages, enum message id, ...)
{
    va_list pairs;
    va_start(pairs, id);
    char *text = messages_vformat(messages, id, pairs);
    va_end(pairs);
    return text;
}
