/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/pack.h"

#include "base/diag.h"
#include "base/mem.h"
#include "base/messages_load.h"
#include "base/paths.h"
#include "base/text.h"
#include "base/unique.h"
#include "base/voice_range.h"
#include "base/ydoc.h"
#include "base/yschema.h"
#include "model/key.h"
#include "reading/reading.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* --- voice.yaml ------------------------------------------------------------------------------ */

struct pack_synth {
    char *voice;
    char *language;
    int rate;
    char **variants;
    size_t variant_count;
    char **command;
    size_t command_count;
    int command_rate;
};

struct pack_head {
    char *name;
    struct pack_synth *synth;
    struct pack_model *models;
    size_t model_count;
};

#define LINE (YFIELD_REQUIRED | YFIELD_ONE_LINE)

static const struct yfield synth_fields[] = {
    YSCHEMA_TEXT("voice", LINE, 64, struct pack_synth, voice),
    YSCHEMA_TEXT("language", LINE, 35, struct pack_synth, language),
    YSCHEMA_INT("rate", 0, VOICE_RATE_MIN, VOICE_RATE_MAX, struct pack_synth, rate),
    YSCHEMA_TEXTS("variants", YFIELD_ONE_LINE | YFIELD_EMPTY_OK, VOICE_VARIANT_MAX,
                  PACK_VARIANTS_MAX, struct pack_synth, variants, variant_count),
    YSCHEMA_TEXTS("command", YFIELD_ONE_LINE, PACK_COMMAND_WORD_MAX, PACK_COMMAND_WORDS_MAX,
                  struct pack_synth, command, command_count),
    YSCHEMA_INT("command_rate", 0, PACK_COMMAND_RATE_MIN, PACK_COMMAND_RATE_MAX, struct pack_synth,
                command_rate),
};
static const struct yschema synth_schema = YSCHEMA(synth_fields, struct pack_synth);

static const struct yfield model_fields[] = {
    YSCHEMA_TEXT("name", LINE, 100, struct pack_model, name),
    YSCHEMA_TEXT("folder", LINE, 0, struct pack_model, folder),
    YSCHEMA_TEXT("phones", YFIELD_REQUIRED | YFIELD_ID, 0, struct pack_model, phones),
    YSCHEMA_INT("strictness", 0, 1, PACK_STRICTNESS_MAX, struct pack_model, strictness),
    YSCHEMA_INT("weight", 0, 1, PACK_WEIGHT_MAX, struct pack_model, weight),
    YSCHEMA_INT("together", 0, 1, PACK_STRICTNESS_MAX, struct pack_model, together),
    YSCHEMA_BOOL("denoise", 0, struct pack_model, denoise),
    YSCHEMA_INT("net_weight", 0, 1, 100, struct pack_model, net_weight),
    YSCHEMA_INT("scale", 0, 1, PACK_SCALE_MAX, struct pack_model, scale),
};
static const struct yschema model_schema = YSCHEMA(model_fields, struct pack_model);

static const struct yfield head_fields[] = {
    YSCHEMA_FORMAT,
    YSCHEMA_TEXT("name", LINE, 60, struct pack_head, name),
    YSCHEMA_MAP("synth", YFIELD_REQUIRED, &synth_schema, struct pack_head, synth),
    YSCHEMA_LIST("models", YFIELD_EMPTY_OK, PACK_MODELS_MAX, &model_schema, struct pack_head,
                 models, model_count),
};
static const struct yschema head_schema = YSCHEMA(head_fields, struct pack_head);

static char *below_data(const char *path)
{
    char *data = paths_data();
    char *joined = xasprintf("%s/%s", data, path);
    free(data);
    return joined;
}

/* Where a model's folder is: "@en-us@", below "@data@", an absolute path, or one below the pack. */
static void resolve_folder(const char *pack, char **folder)
{
    char *resolved;
    static const char data[] = "@data@/";
    if (!strcmp(*folder, "@en-us@"))
        resolved = xstrdup(EN_US_MODEL);
    else if (!strncmp(*folder, data, strlen(data)))
        resolved = below_data(*folder + strlen(data));
    else if ((*folder)[0] == '/')
        return;
    else
        resolved = xasprintf("%s/%s", pack, *folder);
    free(*folder);
    *folder = resolved;
}

static void take_head(struct pack *pack, struct pack_head *head)
{
    pack->name = head->name;
    if (head->synth) {
        pack->synth_voice = head->synth->voice;
        pack->synth_language = head->synth->language;
        pack->rate = head->synth->rate;
        pack->variants = head->synth->variants;
        pack->variant_count = head->synth->variant_count;
        pack->command = head->synth->command;
        pack->command_count = head->synth->command_count;
        pack->command_rate = head->synth->command_rate;
        head->synth->voice = head->synth->language = NULL;
        head->synth->variants = head->synth->command = NULL;
        head->synth->variant_count = head->synth->command_count = 0;
    }
    if (!pack->command_rate)
        pack->command_rate = PACK_COMMAND_RATE_DEFAULT;
    if (!pack->rate)
        pack->rate = PACK_RATE_DEFAULT;
    pack->models = head->models;
    pack->model_count = head->model_count;
    for (size_t i = 0; i < pack->model_count; i++) {
        struct pack_model *model = &pack->models[i];
        model->weight = model->weight ? model->weight : 100;
        if (model->folder)
            resolve_folder(pack->folder, &model->folder);
    }
    head->name = NULL;
    head->models = NULL;
    head->model_count = 0;
}

/* In braces only what a voice can be told. */
static bool has_unknown_name(const char *word)
{
    static const char *const names[] = {"{rate}", "{length}", "{pitch}"};
    while ((word = strchr(word, '{'))) {
        size_t i = 0;
        while (i < COUNT_OF(names) && strncmp(word, names[i], strlen(names[i])))
            i++;
        if (i == COUNT_OF(names))
            return true;
        word++;
    }
    return false;
}

/* A program that is installed, by its name or its whole path: nothing that lies beside the pack. */
static int check_command(const struct ynode *root, struct diags *diags)
{
    const struct ynode *list = ynode_get(ynode_get(root, "synth"), "command");
    const size_t before = diags->errors;
    for (size_t i = 0; list && list->kind == YNODE_LIST && i < list->count; i++) {
        const struct ynode *word = &list->items[i];
        if (!i && strchr(word->text, '/') && word->text[0] != '/')
            diags_add(diags, DIAG_ERROR, word->line, word->column, MSG_VOICE_COMMAND, "name",
                      word->text);
        else if (has_unknown_name(word->text))
            diags_add(diags, DIAG_ERROR, word->line, word->column, MSG_VOICE_COMMAND_NAME, "name",
                      word->text);
    }
    return diags->errors > before ? -1 : 0;
}

int pack_read_head(struct pack *pack, const struct ynode *root, struct diags *diags)
{
    if (yschema_check_format(root, PACK_FORMAT, diags))
        return -1;
    struct pack_head head = {0};
    int result = yschema_read(&head_schema, root, diags, &head);
    if (!result)
        result = check_command(root, diags);
    take_head(pack, &head);
    yschema_free(&head_schema, &head);
    return result;
}

/* --- commands.yaml ---------------------------------------------------------------------------- */

static const struct yfield command_fields[] = {
    YSCHEMA_TEXT("key", YFIELD_ONE_LINE, 0, struct pack_command, key),
    YSCHEMA_TEXTS("say", LINE | YFIELD_EMPTY_OK, PACK_PHRASE_MAX, PACK_PHRASES_MAX,
                  struct pack_command, phrases, phrase_count),
    YSCHEMA_TEXTS("typed", YFIELD_ONE_LINE, PACK_PHRASE_MAX, PACK_PHRASES_MAX, struct pack_command,
                  typed, typed_count),
    YSCHEMA_TEXT("help", YFIELD_ONE_LINE, PACK_HELP_MAX, struct pack_command, help),
};
static const struct yschema command_schema = YSCHEMA(command_fields, struct pack_command);

/* One pointer per command, NULL for those the file leaves out. */
struct command_map {
    struct pack_command *items[COMMAND_COUNT];
};

static const struct yfield command_map_fields[] = {
#define COMMAND(id, name, ...)                                                                     \
    YSCHEMA_MAP(name, 0, &command_schema, struct command_map, items[COMMAND_##id]),
#include "model/command.def"
#undef COMMAND
};
static const struct yschema command_map_schema = YSCHEMA(command_map_fields, struct command_map);

/* A phrase that is kept although it is short, or sounds like another; see listen/soundalike.h. */
struct allowance {
    char *phrase;
    char *reason;
};

static const struct yfield allowance_fields[] = {
    YSCHEMA_TEXT("phrase", LINE, PACK_PHRASE_MAX, struct allowance, phrase),
    YSCHEMA_TEXT("reason", YFIELD_REQUIRED, 0, struct allowance, reason),
};
static const struct yschema allowance_schema = YSCHEMA(allowance_fields, struct allowance);

struct commands {
    struct command_map *map;
    char **numbers;
    size_t number_count;
    char **asking;
    size_t asking_count;
    struct allowance *allowances;
    size_t allowance_count;
};

static const struct yfield commands_fields[] = {
    YSCHEMA_FORMAT,
    YSCHEMA_MAP("commands", YFIELD_REQUIRED, &command_map_schema, struct commands, map),
    YSCHEMA_TEXTS("numbers", YFIELD_ONE_LINE, PACK_PHRASE_MAX, PACK_NUMBERS_MAX, struct commands,
                  numbers, number_count),
    YSCHEMA_TEXTS("asking", YFIELD_ONE_LINE, PACK_PHRASE_MAX, PACK_ASKING_MAX, struct commands,
                  asking, asking_count),
    YSCHEMA_LIST("allow", YFIELD_EMPTY_OK, PACK_ALLOW_MAX, &allowance_schema, struct commands,
                 allowances, allowance_count),
};
static const struct yschema commands_schema = YSCHEMA(commands_fields, struct commands);

static void claim_phrases(struct unique *phrases, const struct ynode *list, const char *owner,
                          struct diags *diags)
{
    for (size_t i = 0; list && list->kind == YNODE_LIST && i < list->count; i++) {
        const struct ynode *node = &list->items[i];
        if (node->kind != YNODE_TEXT || !*node->text)
            continue;
        char *folded = text_fold(node->text);
        if (*folded)
            unique_add(phrases, folded, 1, node, owner);
        else
            diags_add(diags, DIAG_ERROR, node->line, node->column, MSG_VOICE_PHRASE_MUTE, "name",
                      node->text);
        free(folded);
    }
}

/* "S" and "s" are one key; a sign such as "?" is compared as it is. */
static void claim_key(struct unique *keys, const struct ynode *node, const char *owner,
                      struct diags *diags)
{
    if (!node || node->kind != YNODE_TEXT || !*node->text)
        return;
    if (!key_is_valid(node->text)) {
        diags_add(diags, DIAG_ERROR, node->line, node->column, MSG_VOICE_KEY, "name", node->text);
        return;
    }
    char *folded = text_fold(node->text);
    unique_add(keys, *folded ? folded : node->text, 1, node, owner);
    free(folded);
}

/* One phrase, one meaning: else a learner would get what they did not ask for. */
static int check_commands(const struct ynode *root, struct diags *diags)
{
    const struct ynode *map = ynode_get(root, "commands");
    struct unique phrases = {0}, keys = {0};
    size_t errors_before = diags->errors;
    for (int i = 0; i < COMMAND_COUNT; i++) {
        const char *name = command_name((enum command)i);
        const struct ynode *node = ynode_get(map, name);
        claim_phrases(&phrases, ynode_get(node, "say"), name, diags);
        claim_phrases(&phrases, ynode_get(node, "typed"), name, diags);
        claim_key(&keys, ynode_get(node, "key"), name, diags);
    }
    claim_phrases(&phrases, ynode_get(root, "numbers"), command_name(COMMAND_CHOOSE), diags);
    unique_report(&phrases, diags, MSG_VOICE_DUPLICATE_PHRASE);
    unique_report(&keys, diags, MSG_VOICE_DUPLICATE_KEY);
    return diags->errors > errors_before ? -1 : 0;
}

static void take_commands(struct pack *pack, struct commands *commands)
{
    for (int i = 0; commands->map && i < COMMAND_COUNT; i++) {
        struct pack_command *command = commands->map->items[i];
        if (!command)
            continue;
        pack->commands[i] = *command;
        *command = (struct pack_command){0};
    }
    pack->numbers = commands->numbers;
    pack->number_count = commands->number_count;
    pack->asking = commands->asking;
    pack->asking_count = commands->asking_count;
    commands->numbers = commands->asking = NULL;
    commands->number_count = commands->asking_count = 0;
}

/* Without a file the ids are what can be typed. */
static void name_commands_by_id(struct pack *pack)
{
    for (int i = 0; i < COMMAND_COUNT; i++) {
        struct pack_command *command = &pack->commands[i];
        command->phrases = xcalloc(1, sizeof *command->phrases);
        command->phrases[0] = xstrdup(command_name((enum command)i));
        command->phrase_count = 1;
    }
}

int pack_read_commands(struct pack *pack, const struct ynode *root, struct diags *diags)
{
    if (yschema_check_format(root, PACK_FORMAT, diags))
        return -1;
    struct commands commands = {0};
    int result = yschema_read(&commands_schema, root, diags, &commands);
    if (check_commands(root, diags))
        result = -1;
    take_commands(pack, &commands);
    yschema_free(&commands_schema, &commands);
    return result;
}

/* --- the folder ------------------------------------------------------------------------------ */

/* Parses a file of the pack. Stores NULL for a file that is not there, if it may be left out. */
static int load_file(const char *folder, const char *name, bool required, struct diags *diags,
                     struct ydoc **ret_doc)
{
    char *path = xasprintf("%s/%s", folder, name);
    int result = 0;
    *ret_doc = NULL;
    if (required || !access(path, F_OK))
        result = ydoc_load(path, diags, ret_doc);
    free(path);
    return result;
}

static int load_head(struct pack *pack, struct diags *diags)
{
    struct ydoc *doc;
    if (load_file(pack->folder, "voice.yaml", true, diags, &doc))
        return -1;
    int result = pack_read_head(pack, ydoc_root(doc), diags);
    ydoc_free(doc);
    return result;
}

static int load_messages(struct pack *pack, struct diags *diags)
{
    struct ydoc *doc;
    pack->messages = messages_load_builtin();
    if (load_file(pack->folder, "messages.yaml", false, diags, &doc))
        return -1;
    int result = doc ? messages_load_overlay(pack->messages, ydoc_root(doc), diags) : 0;
    ydoc_free(doc);
    return result;
}

static int load_commands(struct pack *pack, struct diags *diags)
{
    struct ydoc *doc;
    if (load_file(pack->folder, "commands.yaml", false, diags, &doc))
        return -1;
    if (!doc) {
        name_commands_by_id(pack);
        return 0;
    }
    int result = pack_read_commands(pack, ydoc_root(doc), diags);
    ydoc_free(doc);
    return result;
}

static int load_reading(struct pack *pack, struct diags *diags)
{
    struct ydoc *doc;
    if (load_file(pack->folder, "speech.yaml", false, diags, &doc))
        return -1;
    int result = reading_rules_parse(doc ? ydoc_root(doc) : NULL, diags, &pack->reading);
    ydoc_free(doc);
    return result;
}

/* "fr" of "voices/fr/"; "." and "/" name no language, but are kept as they are. */
static char *base_name(const char *folder)
{
    size_t end = strlen(folder);
    while (end > 1 && folder[end - 1] == '/')
        end--;
    size_t start = end;
    while (start > 0 && folder[start - 1] != '/')
        start--;
    return xstrndup(folder + start, end - start);
}

int pack_load(const char *folder, struct diags *diags, struct pack **ret_pack)
{
    struct pack *pack = xcalloc(1, sizeof *pack);
    pack->id = base_name(folder);
    pack->folder = xstrdup(folder);
    int result = load_head(pack, diags);
    /* Every file is looked at, so that all mistakes come at once. */
    result |= load_messages(pack, diags);
    result |= load_commands(pack, diags);
    result |= load_reading(pack, diags);
    if (result) {
        pack_free(pack);
        return -1;
    }
    *ret_pack = pack;
    return 0;
}

void pack_clear(struct pack *pack)
{
    for (int i = 0; i < COMMAND_COUNT; i++)
        yschema_free(&command_schema, &pack->commands[i]);
    for (size_t i = 0; i < pack->model_count; i++)
        yschema_free(&model_schema, &pack->models[i]);
    free(pack->models);
    mem_free_texts(pack->numbers, pack->number_count);
    mem_free_texts(pack->asking, pack->asking_count);
    mem_free_texts(pack->variants, pack->variant_count);
    mem_free_texts(pack->command, pack->command_count);
    messages_free(pack->messages);
    reading_rules_free(pack->reading);
    free(pack->synth_voice);
    free(pack->synth_language);
    free(pack->name);
    free(pack->folder);
    free(pack->id);
    *pack = (struct pack){0};
}

void pack_free(struct pack *pack)
{
    if (!pack)
        return;
    pack_clear(pack);
    free(pack);
}

/* --- models ----------------------------------------------------------------------------------- */

bool pack_model_is_there(const struct pack_model *model)
{
    char *path = xasprintf("%s/mdef", model->folder);
    bool there = !access(path, R_OK);
    free(path);
    return there;
}

size_t pack_choose_models(const struct pack *pack, pack_model_test can_be_used, void *context,
                          const struct pack_model *ret_models[PACK_MODELS_USED_MAX])
{
    size_t used = 0;
    for (size_t i = 0; i < pack->model_count && used < PACK_MODELS_USED_MAX; i++) {
        const struct pack_model *model = &pack->models[i];
        if ((!used || model->together) && can_be_used(context, model))
            ret_models[used++] = model;
    }
    return used;
}

static bool is_there(void *context, const struct pack_model *model)
{
    (void)context;
    return pack_model_is_there(model);
}

const struct pack_model *pack_best_model(const struct pack *pack)
{
    const struct pack_model *used[PACK_MODELS_USED_MAX];
    return pack_choose_models(pack, is_there, NULL, used) ? used[0] : NULL;
}

bool pack_model_is_used(const struct pack *pack, const struct pack_model *model)
{
    const struct pack_model *used[PACK_MODELS_USED_MAX];
    const size_t count = pack_choose_models(pack, is_there, NULL, used);
    for (size_t i = 0; i < count; i++)
        if (used[i] == model)
            return true;
    return false;
}

const char *pack_command_phrase(const struct pack *pack, enum command command)
{
    const struct pack_command *words = &pack->commands[command];
    return words->phrase_count ? words->phrases[0] : command_name(command);
}
