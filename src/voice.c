#include "voice.h"

#include "diag.h"
#include "keymap.h"
#include "mem.h"
#include "paths.h"
#include "reading.h"
#include "synth.h"
#include "text.h"
#include "unique.h"
#include "ydoc.h"
#include "yschema.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* --- voice.yaml ------------------------------------------------------------------------------ */

struct synth {
    char *voice;
    char *language;
    int rate;
    char **variants;
    size_t variant_count;
};

struct head {
    char *name;
    struct synth *synth;
    struct voice_model *models;
    size_t model_count;
};

#define LINE (YFIELD_REQUIRED | YFIELD_ONE_LINE)

static const struct yfield synth_fields[] = {
    YSCHEMA_TEXT("voice", LINE, 64, struct synth, voice),
    YSCHEMA_TEXT("language", LINE, 35, struct synth, language),
    YSCHEMA_INT("rate", 0, VOICE_RATE_MIN, VOICE_RATE_MAX, struct synth, rate),
    YSCHEMA_TEXTS("variants", YFIELD_ONE_LINE, SYNTH_VARIANT_SIZE - 1, VOICE_MAX_VARIANTS,
                  struct synth, variants, variant_count),
};
static const struct yschema synth_schema = YSCHEMA(synth_fields, struct synth);

static const struct yfield model_fields[] = {
    YSCHEMA_TEXT("name", LINE, 100, struct voice_model, name),
    YSCHEMA_TEXT("folder", LINE, 0, struct voice_model, folder),
    YSCHEMA_TEXT("phones", YFIELD_REQUIRED | YFIELD_ID, 0, struct voice_model, phones),
    YSCHEMA_INT("strictness", 0, 1, VOICE_STRICTNESS_MAX, struct voice_model, strictness),
    YSCHEMA_INT("weight", 0, 1, VOICE_WEIGHT_MAX, struct voice_model, weight),
    YSCHEMA_INT("together", 0, 1, VOICE_STRICTNESS_MAX, struct voice_model, together),
    YSCHEMA_BOOL("denoise", 0, struct voice_model, denoise),
};
static const struct yschema model_schema = YSCHEMA(model_fields, struct voice_model);

static const struct yfield head_fields[] = {
    YSCHEMA_FORMAT,
    YSCHEMA_TEXT("name", LINE, 60, struct head, name),
    YSCHEMA_MAP("synth", YFIELD_REQUIRED, &synth_schema, struct head, synth),
    YSCHEMA_LIST("models", YFIELD_EMPTY_OK, VOICE_MAX_MODELS, &model_schema, struct head, models,
                 model_count),
};
static const struct yschema head_schema = YSCHEMA(head_fields, struct head);

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

static void take_head(struct voice *voice, struct head *head)
{
    voice->name = head->name;
    if (head->synth) {
        voice->synth_voice = head->synth->voice;
        voice->synth_language = head->synth->language;
        voice->rate = head->synth->rate;
        voice->variants = head->synth->variants;
        voice->variant_count = head->synth->variant_count;
        head->synth->voice = head->synth->language = NULL;
        head->synth->variants = NULL;
        head->synth->variant_count = 0;
    }
    if (!voice->rate)
        voice->rate = VOICE_RATE_DEFAULT;
    voice->models = head->models;
    voice->model_count = head->model_count;
    for (size_t i = 0; i < voice->model_count; i++) {
        struct voice_model *model = &voice->models[i];
        model->weight = model->weight ? model->weight : 100;
        if (model->folder)
            resolve_folder(voice->folder, &model->folder);
    }
    head->name = NULL;
    head->models = NULL;
    head->model_count = 0;
}

int voice_read_head(struct voice *voice, const struct ynode *root, struct diags *diags)
{
    if (yschema_check_format(root, VOICE_FORMAT, diags))
        return -1;
    struct head head = {0};
    int result = yschema_read(&head_schema, root, diags, &head);
    take_head(voice, &head);
    yschema_free(&head_schema, &head);
    return result;
}

/* --- commands.yaml ------------------------------------------------------------------------------
 */

static const struct yfield command_fields[] = {
    YSCHEMA_TEXT("key", YFIELD_ONE_LINE, 0, struct voice_command, key),
    YSCHEMA_TEXTS("say", LINE | YFIELD_EMPTY_OK, VOICE_MAX_PHRASE, VOICE_MAX_PHRASES,
                  struct voice_command, phrases, phrase_count),
    YSCHEMA_TEXT("help", YFIELD_ONE_LINE, VOICE_MAX_HELP, struct voice_command, help),
};
static const struct yschema command_schema = YSCHEMA(command_fields, struct voice_command);

/* One pointer per command, NULL for those the file leaves out. */
struct command_map {
    struct voice_command *items[COMMAND_COUNT];
};

static const struct yfield command_map_fields[] = {
#define COMMAND(id, name, flags)                                                                   \
    YSCHEMA_MAP(name, 0, &command_schema, struct command_map, items[COMMAND_##id]),
#include "command.def"
#undef COMMAND
};
static const struct yschema command_map_schema = YSCHEMA(command_map_fields, struct command_map);

/* A phrase that is kept although it is short, or sounds like another; see soundalike.h. */
struct allowance {
    char *phrase;
    char *reason;
};

static const struct yfield allowance_fields[] = {
    YSCHEMA_TEXT("phrase", LINE, VOICE_MAX_PHRASE, struct allowance, phrase),
    YSCHEMA_TEXT("reason", YFIELD_REQUIRED, 0, struct allowance, reason),
};
static const struct yschema allowance_schema = YSCHEMA(allowance_fields, struct allowance);

struct commands {
    struct command_map *map;
    char **numbers;
    size_t number_count;
    struct allowance *allowances;
    size_t allowance_count;
};

static const struct yfield commands_fields[] = {
    YSCHEMA_FORMAT,
    YSCHEMA_MAP("commands", YFIELD_REQUIRED, &command_map_schema, struct commands, map),
    YSCHEMA_TEXTS("numbers", YFIELD_ONE_LINE, VOICE_MAX_PHRASE, VOICE_MAX_NUMBERS, struct commands,
                  numbers, number_count),
    YSCHEMA_LIST("allow", YFIELD_EMPTY_OK, VOICE_MAX_ALLOW, &allowance_schema, struct commands,
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
    if (!keymap_is_key(node->text)) {
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
        claim_key(&keys, ynode_get(node, "key"), name, diags);
    }
    claim_phrases(&phrases, ynode_get(root, "numbers"), command_name(COMMAND_CHOOSE), diags);
    unique_report(&phrases, diags, MSG_VOICE_DUPLICATE_PHRASE);
    unique_report(&keys, diags, MSG_VOICE_DUPLICATE_KEY);
    return diags->errors > errors_before ? -1 : 0;
}

static void take_commands(struct voice *voice, struct commands *commands)
{
    for (int i = 0; commands->map && i < COMMAND_COUNT; i++) {
        struct voice_command *command = commands->map->items[i];
        if (!command)
            continue;
        voice->commands[i] = *command;
        *command = (struct voice_command){0};
    }
    voice->numbers = commands->numbers;
    voice->number_count = commands->number_count;
    commands->numbers = NULL;
    commands->number_count = 0;
}

/* Without a file the ids are what can be typed. */
static void name_commands_by_id(struct voice *voice)
{
    for (int i = 0; i < COMMAND_COUNT; i++) {
        struct voice_command *command = &voice->commands[i];
        command->phrases = xcalloc(1, sizeof *command->phrases);
        command->phrases[0] = xstrdup(command_name((enum command)i));
        command->phrase_count = 1;
    }
}

int voice_read_commands(struct voice *voice, const struct ynode *root, struct diags *diags)
{
    if (yschema_check_format(root, VOICE_FORMAT, diags))
        return -1;
    struct commands commands = {0};
    int result = yschema_read(&commands_schema, root, diags, &commands);
    if (check_commands(root, diags))
        result = -1;
    take_commands(voice, &commands);
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

static int load_head(struct voice *voice, struct diags *diags)
{
    struct ydoc *doc;
    if (load_file(voice->folder, "voice.yaml", true, diags, &doc))
        return -1;
    int result = voice_read_head(voice, ydoc_root(doc), diags);
    ydoc_free(doc);
    return result;
}

static int load_messages(struct voice *voice, struct diags *diags)
{
    struct ydoc *doc;
    voice->messages = messages_new();
    if (load_file(voice->folder, "messages.yaml", false, diags, &doc))
        return -1;
    int result = doc ? messages_overlay(voice->messages, ydoc_root(doc), diags) : 0;
    ydoc_free(doc);
    return result;
}

static int load_commands(struct voice *voice, struct diags *diags)
{
    struct ydoc *doc;
    if (load_file(voice->folder, "commands.yaml", false, diags, &doc))
        return -1;
    if (!doc) {
        name_commands_by_id(voice);
        return 0;
    }
    int result = voice_read_commands(voice, ydoc_root(doc), diags);
    ydoc_free(doc);
    return result;
}

static int load_reading(struct voice *voice, struct diags *diags)
{
    struct ydoc *doc;
    if (load_file(voice->folder, "speech.yaml", false, diags, &doc))
        return -1;
    int result = reading_rules_parse(doc ? ydoc_root(doc) : NULL, diags, &voice->reading);
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

int voice_load(const char *folder, struct diags *diags, struct voice **ret_voice)
{
    struct voice *voice = xcalloc(1, sizeof *voice);
    voice->id = base_name(folder);
    voice->folder = xstrdup(folder);
    int result = load_head(voice, diags);
    /* Every file is looked at, so that all mistakes come at once. */
    result |= load_messages(voice, diags);
    result |= load_commands(voice, diags);
    result |= load_reading(voice, diags);
    if (result) {
        voice_free(voice);
        return -1;
    }
    *ret_voice = voice;
    return 0;
}

static void free_texts(char **items, size_t count)
{
    for (size_t i = 0; i < count; i++)
        free(items[i]);
    free(items);
}

void voice_clear(struct voice *voice)
{
    for (int i = 0; i < COMMAND_COUNT; i++)
        yschema_free(&command_schema, &voice->commands[i]);
    for (size_t i = 0; i < voice->model_count; i++)
        yschema_free(&model_schema, &voice->models[i]);
    free(voice->models);
    free_texts(voice->numbers, voice->number_count);
    free_texts(voice->variants, voice->variant_count);
    messages_free(voice->messages);
    reading_rules_free(voice->reading);
    free(voice->synth_voice);
    free(voice->synth_language);
    free(voice->name);
    free(voice->folder);
    free(voice->id);
    *voice = (struct voice){0};
}

void voice_free(struct voice *voice)
{
    if (!voice)
        return;
    voice_clear(voice);
    free(voice);
}

/* --- models --------------------------------------------------------------------------------------
 */

bool voice_model_is_there(const struct voice_model *model)
{
    char *path = xasprintf("%s/mdef", model->folder);
    bool there = !access(path, R_OK);
    free(path);
    return there;
}

const struct voice_model *voice_best_model(const struct voice *voice)
{
    for (size_t i = 0; i < voice->model_count; i++)
        if (voice_model_is_there(&voice->models[i]))
            return &voice->models[i];
    return NULL;
}

bool voice_model_is_used(const struct voice *voice, const struct voice_model *model)
{
    const struct voice_model *best = voice_best_model(voice), *second = best;
    if (!best || model == best || !model->together || !voice_model_is_there(model))
        return best && model == best;
    do
        second++;
    while (!second->together || !voice_model_is_there(second));
    return second == model;
}
