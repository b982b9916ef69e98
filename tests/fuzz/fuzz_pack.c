/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as each of the YAML files of a voice pack: no crash, every mistake told. */
#include "fuzz/support/fuzz.h"

#include "base/mem.h"
#include "base/messages_load.h"
#include "base/text.h"
#include "base/voice_range.h"
#include "base/ydoc.h"
#include "model/pack.h"
#include "reading/reading.h"

#include <stdlib.h>

static void check_head(const struct ynode *root, struct diags *diags)
{
    struct pack pack = {.folder = xstrdup("pack")};
    int result = pack_read_head(&pack, root, diags);
    fuzz_check_diags(diags, result);
    if (!result) {
        demand(pack.name && pack.synth_voice && pack.synth_language);
        demand(pack.rate >= VOICE_RATE_MIN && pack.rate <= VOICE_RATE_MAX);
        for (size_t i = 0; i < pack.model_count; i++)
            demand(pack.models[i].name && pack.models[i].folder && pack.models[i].phones);
    }
    pack_clear(&pack);
}

static void check_typed(const struct pack_command *typed, const struct pack_command *said)
{
    for (size_t i = 0; i < typed->typed_count; i++)
        for (size_t j = 0; j < said->phrase_count; j++)
            demand(!text_same(typed->typed[i], said->phrases[j]));
}

/* No phrase may stand for two commands. */
static void check_phrases(const struct pack *pack)
{
    for (int a = 0; a < COMMAND_COUNT; a++)
        for (int b = 0; b < COMMAND_COUNT; b++)
            check_typed(&pack->commands[a], &pack->commands[b]);
    for (int a = 0; a < COMMAND_COUNT; a++)
        for (int b = 0; b < a; b++)
            for (size_t i = 0; i < pack->commands[a].phrase_count; i++)
                for (size_t j = 0; j < pack->commands[b].phrase_count; j++)
                    demand(!text_same(pack->commands[a].phrases[i], pack->commands[b].phrases[j]));
}

static void check_commands(const struct ynode *root, struct diags *diags)
{
    struct pack pack = {.folder = xstrdup("pack")};
    int result = pack_read_commands(&pack, root, diags);
    fuzz_check_diags(diags, result);
    if (!result)
        check_phrases(&pack);
    pack_clear(&pack);
}

static void check_messages(const struct ynode *root, struct diags *diags)
{
    struct messages *messages = messages_load_builtin();
    fuzz_check_diags(diags, messages_load_overlay(messages, root, diags));
    for (int i = 0; i < MSG_COUNT; i++)
        free(messages_format(messages, (enum message)i, "limit", "1", "line", "0"));
    messages_free(messages);
}

static void check_speech(const struct ynode *root, struct diags *diags)
{
    struct reading_rules *rules = NULL;
    int result = reading_rules_parse(root, diags, &rules);
    fuzz_check_diags(diags, result);
    if (!result)
        free(reading_words(rules, "Le 3/10 à 9h05, 21 % et 1 000 € : appelez le 39 49, SVP !"));
    reading_rules_free(rules);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    static void (*const checks[])(const struct ynode *, struct diags *) = {
        check_head, check_commands, check_messages, check_speech};
    for (size_t i = 0; i < COUNT_OF(checks); i++) {
        struct diags diags;
        struct ydoc *doc;
        diags_init(&diags, fuzz_messages());
        diags_set_file(&diags, "fuzz.yaml");
        if (ydoc_parse((const char *)bytes, length, &diags, &doc)) {
            fuzz_check_diags(&diags, -1);
            diags_free(&diags);
            break;
        }
        checks[i](ydoc_root(doc), &diags);
        ydoc_free(doc);
        diags_free(&diags);
    }
    return 0;
}
