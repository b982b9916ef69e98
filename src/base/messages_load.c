/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/messages_load.h"

#include "base/diag.h"
#include "base/messages.h"
#include "base/messages_builtin.h"
#include "base/ydoc.h"

#include <stdlib.h>
#include <string.h>

static int check_text(enum message id, const struct ynode *node, struct diags *diags)
{
    char *argument;
    if (!messages_check(id, node->text, &argument))
        return 0;
    if (argument)
        diags_add(diags, DIAG_ERROR, node->line, node->column, MSG_MESSAGES_ARGUMENT, "key",
                  node->key, "argument", argument);
    else
        diags_add(diags, DIAG_ERROR, node->line, node->column, MSG_MESSAGES_BRACES, "key",
                  node->key);
    free(argument);
    return -1;
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
        messages_set_singular(messages, node->text);
        return 0;
    }
    enum message id;
    if (messages_find(node->key, &id)) {
        diags_add(diags, DIAG_ERROR, node->key_line, node->key_column, MSG_MESSAGES_UNKNOWN, "key",
                  node->key);
        return -1;
    }
    if (check_text(id, node, diags))
        return -1;
    messages_set(messages, id, node->text);
    return 0;
}

int messages_load_overlay(struct messages *messages, const struct ynode *root, struct diags *diags)
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

struct messages *messages_load_builtin(void)
{
    struct messages *messages = messages_new_empty();
    struct diags diags;
    struct ydoc *doc;
    diags_init(&diags, messages);
    /* The built-in file is tested when the program is built, so it cannot fail here. */
    if (!ydoc_parse((const char *)messages_builtin, messages_builtin_size, &diags, &doc)) {
        messages_load_overlay(messages, ydoc_root(doc), &diags);
        ydoc_free(doc);
    }
    diags_free(&diags);
    return messages;
}
