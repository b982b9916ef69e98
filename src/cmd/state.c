/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pasapas state [--json]: where the running session is, and what it is saying. */
#include "app/cli.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "base/text.h"
#include "cmd/open_session.h"
#include "cmd/options.h"
#include "cmd/print_json.h"
#include "cmd/subcommands.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>

struct state {
    bool json;
};

static const struct option_row rows[] = {
    OPTION_FLAG("json", struct state, json, MSG_OPTION_STATE_JSON),
    OPTION_END,
};

const struct option_table cmd_state_options = {.help = MSG_HELP_STATE, .rows = rows};

/* One fact, a line of its own; nothing where there is none. */
static void print_text(const cJSON *value)
{
    if (!cJSON_IsString(value))
        return;
    char *line = text_shown(value->valuestring);
    puts(line);
    free(line);
}

static void print_each(const cJSON *list, const char *key)
{
    const cJSON *item;
    cJSON_ArrayForEach(item, list) print_text(key ? cJSON_GetObjectItem(item, key) : item);
}

static void print_phrases(const struct cli *cli, const cJSON *list)
{
    struct strbuf phrases = {0};
    const cJSON *item;
    cJSON_ArrayForEach(item, list)
    {
        const cJSON *phrase = cJSON_GetObjectItem(item, "phrase");
        if (cJSON_IsString(phrase))
            strbuf_addf(&phrases, phrases.length ? ", %s" : "%s", phrase->valuestring);
    }
    if (phrases.length)
        cli_print(cli, MSG_STATE_PHRASES, "list", phrases.text);
    strbuf_free(&phrases);
}

static void print_facts(const struct cli *cli, const cJSON *root)
{
    const cJSON *heard = cJSON_GetObjectItem(root, "heard");
    print_text(cJSON_GetObjectItem(root, "where"));
    print_text(cJSON_GetObjectItem(root, "position"));
    print_each(cJSON_GetObjectItem(root, "months"), "text");
    print_each(cJSON_GetObjectItem(root, "said"), NULL);
    print_phrases(cli, cJSON_GetObjectItem(root, "phrases"));
    if (cJSON_IsString(heard))
        cli_print(cli, MSG_STATE_HEARD, "text", heard->valuestring);
    if (cJSON_IsTrue(cJSON_GetObjectItem(root, "paused")))
        cli_print(cli, MSG_STATE_PAUSED);
}

int cmd_state(const struct cli *cli, int argc, char **argv)
{
    struct state state = {0};
    char *text = NULL;
    int code = options_parse(cli, &cmd_state_options, argc, argv, &state, NULL);
    if (code != OPTIONS_GO_ON)
        return code;
    code = open_session_ask(cli, "", &text);
    if (code)
        return code;
    if (state.json) {
        print_json_text(text);
    } else {
        cJSON_InitHooks(&(cJSON_Hooks){.malloc_fn = xmalloc, .free_fn = free});
        cJSON *root = cJSON_Parse(text);
        print_facts(cli, root);
        cJSON_Delete(root);
    }
    free(text);
    return CLI_OK;
}
