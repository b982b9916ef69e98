#include "base/messages.h"

#include "base/diag.h"
#include "base/mem.h"
#include "base/messages_builtin.h"
#include "base/strbuf.h"
#include "base/ydoc.h"

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

/* --- loading ----------------------------------------------------------------------------- */

static int check_text(enum message id, const struct ynode *node, struct diags *diags)
{
    const char *at = node->text;
    while ((at = strpbrk(at, "{}"))) {
        struct placeholder piece;
        if (*at == '}' || parse_placeholder(at, &piece)) {
            diags_add(diags, DIAG_ERROR, node->line, node->column, MSG_MESSAGES_BRACES, "key",
                      node->key);
            return -1;
        }
        if (!has_word(table[id].arguments, piece.name, piece.name_length)) {
            char *name = xstrndup(piece.name, piece.name_length);
            diags_add(diags, DIAG_ERROR, node->line, node->column, MSG_MESSAGES_ARGUMENT, "key",
                      node->key, "argument", name);
            free(name);
            return -1;
        }
        at = piece.end + 1;
    }
    return 0;
}

static int find_key(const char *key, enum message *ret_id)
{
    for (size_t i = 0; i < MSG_COUNT; i++) {
        if (strcmp(table[i].key, key))
            continue;
        *ret_id = (enum message)i;
        return 0;
    }
    return -1;
}

static void take(char **slot, char *text)
{
    free(*slot);
    *slot = text;
}

static int overlay_one(struct messages *messages, const struct ynode *node, struct diags *diags)
{
    if (node->kind != YNODE_TEXT) {
        diags_add(diags, DIAG_ERROR, node->key_line, node->key_column, MSG_MESSAGES_NOT_TEXT, "key",
                  node->key);
        return -1;
    }
    if (!*node->text) {
        diags_add(diags, DIAG_ERROR, node->line, node->column, MSG_SCHEMA_EMPTY, "key", node->key);
        return -1;
    }
    if (!strcmp(node->key, "singular")) {
        take(&messages->singular, xasprintf(" %s ", node->text));
        return 0;
    }
    enum message id;
    if (find_key(node->key, &id)) {
        diags_add(diags, DIAG_ERROR, node->key_line, node->key_column, MSG_MESSAGES_UNKNOWN, "key",
                  node->key);
        return -1;
    }
    if (check_text(id, node, diags))
        return -1;
    take(&messages->texts[id], xstrdup(node->text));
    return 0;
}

int messages_overlay(struct messages *messages, const struct ynode *root, struct diags *diags)
{
    if (root->kind != YNODE_MAP) {
        diags_add(diags, DIAG_ERROR, root->line, root->column, MSG_SCHEMA_NOT_KEYS);
        return -1;
    }
    int result = 0;
    for (size_t i = 0; i < root->count; i++)
        if (overlay_one(messages, &root->items[i], diags))
            result = -1;
    return result;
}

struct messages *messages_new(void)
{
    struct messages *messages = xcalloc(1, sizeof *messages);
    messages->singular = xstrdup(" 0 1 ");
    struct diags diags;
    struct ydoc *doc;
    diags_init(&diags, messages);
    /* The built-in file is tested when the program is built, so it cannot fail here. */
    if (!ydoc_parse((const char *)messages_builtin, messages_builtin_size, &diags, &doc)) {
        messages_overlay(messages, ydoc_root(doc), &diags);
        ydoc_free(doc);
    }
    diags_free(&diags);
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

static void add_piece(const struct messages *messages, struct strbuf *out,
                      const struct placeholder *piece, const char *value)
{
    if (!piece->one)
        strbuf_add(out, value);
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

char *messages_vformat(const struct messages *messages, enum message id, va_list pairs)
{
    struct strbuf out = {0};
    const char *at = messages_text(messages, id);
    struct placeholder piece;
    for (const char *brace; (brace = strchr(at, '{')) && !parse_placeholder(brace, &piece);) {
        strbuf_add_bytes(&out, at, (size_t)(brace - at));
        add_piece(messages, &out, &piece, find_value(&piece, pairs));
        at = piece.end + 1;
    }
    strbuf_add(&out, at);
    return strbuf_take(&out);
}

char *messages_format_pairs(const struct messages *messages, enum message id, ...)
{
    va_list pairs;
    va_start(pairs, id);
    char *text = messages_vformat(messages, id, pairs);
    va_end(pairs);
    return text;
}
