#include "model/settings.h"

#include "base/diag.h"
#include "base/durable.h"
#include "base/mem.h"
#include "base/paths.h"
#include "base/strbuf.h"
#include "base/text.h"
#include "base/ydoc.h"
#include "base/yschema.h"
#include "base/ywriter.h"
#include "listen/pacing.h"
#include "model/keymap.h"
#include "speech/synth.h"
#include "store/learner_store.h"

#include <errno.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define DEVICE_MAX 200 /* characters */

#define VARIANT_MAX (SYNTH_VARIANT_SIZE - 1) /* characters */

/* A key for each command, by the command's id. */
static const struct yfield key_fields[] = {
#define COMMAND(id, name, ...)                                                                     \
    YSCHEMA_TEXT(name, YFIELD_ONE_LINE | YFIELD_EMPTY_OK, 1, struct settings_keys,                 \
                 of[COMMAND_##id]),
#include "model/command.def"
#undef COMMAND
};

static const struct yschema keys_schema = YSCHEMA(key_fields, struct settings_keys);

static const struct yfield pair_fields[] = {
    YSCHEMA_TEXT("output", YFIELD_REQUIRED | YFIELD_ONE_LINE, DEVICE_MAX, struct settings_pair,
                 output),
    YSCHEMA_TEXT("input", YFIELD_REQUIRED | YFIELD_ONE_LINE, DEVICE_MAX, struct settings_pair,
                 input),
    YSCHEMA_CHOICE("duplex", YFIELD_REQUIRED, "auto headphones echo half", struct settings_pair,
                   duplex),
    YSCHEMA_INT("delay", 0, 0, 1000, struct settings_pair, delay),
    YSCHEMA_INT("tail", 0, 0, 2000, struct settings_pair, tail),
};

static const struct yschema pair_schema = YSCHEMA(pair_fields, struct settings_pair);

/* The one table: names and ranges here, defaults below. */
static const struct yfield fields[] = {
    YSCHEMA_INT("rate", 0, 80, 450, struct settings, rate),
    YSCHEMA_INT("pitch", 0, 0, 100, struct settings, pitch),
    YSCHEMA_INT("volume", 0, 0, 200, struct settings, volume),
    YSCHEMA_BOOL("simple", 0, struct settings, simple),
    YSCHEMA_BOOL("earcons", 0, struct settings, earcons),
    YSCHEMA_BOOL("reminders", 0, struct settings, reminders),
    YSCHEMA_BOOL("log", 0, struct settings, log),
    YSCHEMA_BOOL("single-keys", 0, struct settings, single_keys),
    YSCHEMA_CHOICE("listen", 0, "free tap none", struct settings, listen),
    YSCHEMA_CHOICE("duplex", 0, "auto headphones echo half", struct settings, duplex),
    YSCHEMA_CHOICE("speech", 0, "espeak speechd none", struct settings, speech),
    YSCHEMA_CHOICE("punctuation", 0, "none some all", struct settings, punctuation),
    YSCHEMA_INT("listen-pause", 0, 0, PACING_MOST, struct settings, listen_pause),
    YSCHEMA_INT("listen-pause-learned", 0, PACING_LEAST, PACING_MOST, struct settings,
                listen_pause_learned),
    YSCHEMA_INT("sentence-pause", 0, 0, SENTENCE_PAUSE_MAX, struct settings, sentence_pause),
    YSCHEMA_TEXT("voice-variant", YFIELD_ONE_LINE, VARIANT_MAX, struct settings, voice_variant),
    YSCHEMA_CHOICE("scan", 0, "off one two", struct settings, scan),
    YSCHEMA_INT("scan-pause", 0, SCAN_PAUSE_MIN, SCAN_PAUSE_MAX, struct settings, scan_pause),
    YSCHEMA_MAP("keys", 0, &keys_schema, struct settings, keys),
    YSCHEMA_TEXT("input-device", YFIELD_ONE_LINE, DEVICE_MAX, struct settings, input_device),
    YSCHEMA_TEXT("output-device", YFIELD_ONE_LINE, DEVICE_MAX, struct settings, output_device),
    YSCHEMA_LIST("sound-checks", 0, SETTINGS_PAIRS, &pair_schema, struct settings, pairs,
                 pair_count),
};

static const struct yschema schema = YSCHEMA(fields, struct settings);

static const struct settings defaults = {
    .pitch = 50,
    .volume = 100,
    .earcons = true,
    .single_keys = true,
    .punctuation = PUNCTUATION_SOME,
    .listen_pause_learned = PACING_USUAL,
    .sentence_pause = SENTENCE_PAUSE_DEFAULT,
    .scan_pause = SCAN_PAUSE_DEFAULT,
    .listen = LISTEN_FREE,
    .duplex = DUPLEX_AUTO,
    .speech = SPEECH_ESPEAK,
};

char *settings_path(const char *learner)
{
    char *config = paths_config(), *name = learner_store_folder_name(learner);
    char *path = xasprintf("%s/%s/settings.yaml", config, name);
    free(config);
    free(name);
    return path;
}

void settings_init(struct settings *settings)
{
    *settings = defaults;
}

void settings_free(struct settings *settings)
{
    if (settings)
        yschema_free(&schema, settings);
}

static struct settings_pair copy_pair(const struct settings_pair *from)
{
    struct settings_pair pair = *from;
    pair.output = from->output ? xstrdup(from->output) : NULL;
    pair.input = from->input ? xstrdup(from->input) : NULL;
    return pair;
}

static void free_pair(struct settings_pair *pair)
{
    free(pair->output);
    free(pair->input);
}

static bool is_pair(const struct settings_pair *pair, const char *output, const char *input)
{
    return pair->output && pair->input && !strcmp(pair->output, output) &&
           !strcmp(pair->input, input);
}

const struct settings_pair *settings_find_pair(const struct settings *settings, const char *output,
                                               const char *input)
{
    for (size_t i = 0; i < settings->pair_count; i++)
        if (is_pair(&settings->pairs[i], output, input))
            return &settings->pairs[i];
    return NULL;
}

void settings_set_pair(struct settings *settings, const struct settings_pair *pair)
{
    struct settings_pair *pairs = xcalloc(SETTINGS_PAIRS, sizeof *pairs);
    const size_t most = SETTINGS_PAIRS - 1;
    size_t count = 0, others = 0;
    for (size_t i = 0; i < settings->pair_count; i++)
        others += !is_pair(&settings->pairs[i], pair->output, pair->input);
    for (size_t i = 0; i < settings->pair_count; i++) {
        const bool other = !is_pair(&settings->pairs[i], pair->output, pair->input);
        if (other && others-- <= most)
            pairs[count++] = copy_pair(&settings->pairs[i]);
    }
    pairs[count++] = copy_pair(pair);
    for (size_t i = 0; i < settings->pair_count; i++)
        free_pair(&settings->pairs[i]);
    free(settings->pairs);
    settings->pairs = pairs;
    settings->pair_count = count;
}

static struct settings_keys *copy_keys(const struct settings_keys *from)
{
    struct settings_keys *keys = xcalloc(1, sizeof *keys);
    for (int i = 0; i < COMMAND_COUNT; i++)
        keys->of[i] = from->of[i] ? xstrdup(from->of[i]) : NULL;
    return keys;
}

void settings_copy(struct settings *settings, const struct settings *from)
{
    *settings = *from;
    settings->voice_variant = from->voice_variant ? xstrdup(from->voice_variant) : NULL;
    settings->keys = from->keys ? copy_keys(from->keys) : NULL;
    settings->input_device = from->input_device ? xstrdup(from->input_device) : NULL;
    settings->output_device = from->output_device ? xstrdup(from->output_device) : NULL;
    settings->pairs = NULL;
    settings->pair_count = 0;
    for (size_t i = 0; i < from->pair_count; i++)
        settings_set_pair(settings, &from->pairs[i]);
}

/* The key is not the learner's; the pack's holds again. */
static void drop_key(struct settings *settings, int command)
{
    free(settings->keys->of[command]);
    settings->keys->of[command] = NULL;
}

/* The command before this one that has the same key, or COMMAND_NONE. */
static int owner_of_key(const struct settings_keys *keys, int command)
{
    for (int i = 0; i < command; i++)
        if (keys->of[i] && *keys->of[i] && keymap_same(keys->of[i], keys->of[command]))
            return i;
    return COMMAND_NONE;
}

static int check_key(const struct ynode *map, int command, struct diags *diags,
                     struct settings *settings)
{
    const struct ynode *node = ynode_get(map, command_name((enum command)command));
    const char *key = settings->keys->of[command];
    if (!node || !key || !*key)
        return 0;
    int owner = owner_of_key(settings->keys, command);
    char line[16] = "";
    if (!keymap_is_key(key)) {
        diags_add(diags, DIAG_ERROR, node->line, node->column, MSG_VOICE_KEY, "name", key);
    } else if (owner != COMMAND_NONE) {
        const char *name = command_name((enum command)owner);
        const struct ynode *before = ynode_get(map, name);
        snprintf(line, sizeof line, "%d", before ? (int)before->line : 0);
        diags_add(diags, DIAG_ERROR, node->line, node->column, MSG_VOICE_DUPLICATE_KEY, "name", key,
                  "line", line, "owner", name);
    } else {
        return 0;
    }
    drop_key(settings, command);
    return -1;
}

/* One key, one command. */
static int check_keys(const struct ynode *map, struct diags *diags, struct settings *settings)
{
    int result = 0;
    for (int i = 0; settings->keys && i < COMMAND_COUNT; i++)
        if (check_key(map, i, diags, settings))
            result = -1;
    return result;
}

static int read_doc(struct ydoc *doc, struct diags *diags, struct settings *settings)
{
    int result = yschema_read(&schema, ydoc_root(doc), diags, settings);
    if (check_keys(ynode_get(ydoc_root(doc), "keys"), diags, settings))
        result = -1;
    ydoc_free(doc);
    return result;
}

int settings_parse(const char *bytes, size_t length, struct diags *diags, struct settings *settings)
{
    struct ydoc *doc;
    return ydoc_parse(bytes, length, diags, &doc) ? -1 : read_doc(doc, diags, settings);
}

int settings_load(const char *path, struct diags *diags, struct settings *settings)
{
    /* Asked first, so that a missing file is the only thing that goes unreported. */
    if (access(path, F_OK) && (errno == ENOENT || errno == ENOTDIR))
        return 0;
    struct ydoc *doc;
    return ydoc_load(path, diags, &doc) ? -1 : read_doc(doc, diags, settings);
}

/* --- saving ------------------------------------------------------------------------------- */

static bool can_be_kept(const char *text)
{
    size_t length = strlen(text);
    return text_utf8_error(text, length) == length && text_control_error(text, length) == length &&
           text_length(text) <= DEVICE_MAX;
}

static char *take_word(const char *words, int position)
{
    for (; position > 0; position--)
        words = strchr(words, ' ') + 1;
    return xstrndup(words, strcspn(words, " "));
}

/* A member as it stands in the file, to be freed; NULL if it has its default. */
static char *text_of(const struct yfield *field, const struct settings *settings)
{
    const char *value = (const char *)settings + field->offset;
    const char *normal = (const char *)&defaults + field->offset;
    char *text = NULL;
    int number, normal_number;
    bool truth;
    switch (field->kind) {
    case YFIELD_TEXT:
        memcpy(&text, value, sizeof text);
        return text && can_be_kept(text) ? xstrdup(text) : NULL;
    case YFIELD_BOOL:
        memcpy(&truth, value, sizeof truth);
        return memcmp(value, normal, sizeof truth) ? xstrdup(truth ? "true" : "false") : NULL;
    default:
        memcpy(&number, value, sizeof number);
        memcpy(&normal_number, normal, sizeof normal_number);
        if (number == normal_number)
            return NULL;
        return field->kind == YFIELD_INT ? xasprintf("%d", number)
                                         : take_word(field->choices, number);
    }
}

static void write_keys(const struct settings_keys *keys, struct ywriter *writer)
{
    if (!keys)
        return;
    ywriter_text(writer, "keys");
    ywriter_start_map(writer);
    for (int i = 0; i < COMMAND_COUNT; i++)
        ywriter_pair(writer, command_name((enum command)i), keys->of[i]);
    ywriter_end_map(writer);
}

static void write_number(struct ywriter *writer, const char *key, int number)
{
    char *text = xasprintf("%d", number);
    ywriter_pair(writer, key, text);
    free(text);
}

static void write_pairs(const struct settings *settings, struct ywriter *writer)
{
    if (!settings->pair_count)
        return;
    ywriter_start_list(writer, "sound-checks");
    for (size_t i = 0; i < settings->pair_count; i++) {
        const struct settings_pair *pair = &settings->pairs[i];
        char *duplex = take_word("auto headphones echo half", (int)pair->duplex);
        if (!pair->output || !pair->input || !can_be_kept(pair->output) ||
            !can_be_kept(pair->input)) {
            free(duplex);
            continue;
        }
        ywriter_start_map(writer);
        ywriter_pair(writer, "output", pair->output);
        ywriter_pair(writer, "input", pair->input);
        ywriter_pair(writer, "duplex", duplex);
        write_number(writer, "delay", pair->delay);
        write_number(writer, "tail", pair->tail);
        ywriter_end_map(writer);
        free(duplex);
    }
    ywriter_end_list(writer);
}

static void write_settings(const struct settings *settings, struct strbuf *bytes)
{
    struct ywriter *writer = ywriter_new(bytes);
    for (size_t i = 0; i < COUNT_OF(fields); i++) {
        if (fields[i].kind == YFIELD_MAP || fields[i].kind == YFIELD_LIST)
            continue;
        char *text = text_of(&fields[i], settings);
        ywriter_pair(writer, fields[i].name, text);
        free(text);
    }
    write_keys(settings->keys, writer);
    write_pairs(settings, writer);
    /* All texts are UTF-8, so this cannot fail. */
    (void)ywriter_finish(writer);
}

int settings_save(const char *path, const struct settings *settings)
{
    char *copy = xstrdup(path), *other = xstrdup(path);
    const char *name = basename(copy), *parent = dirname(other);
    struct strbuf bytes = {0};
    int result = -1, folder = -1;
    if (!durable_make(parent))
        folder = durable_open(parent);
    if (folder >= 0) {
        write_settings(settings, &bytes);
        result = durable_replace(folder, name, bytes.text, bytes.length);
    }
    int saved = errno;
    if (folder >= 0)
        close(folder);
    strbuf_free(&bytes);
    free(copy);
    free(other);
    errno = saved;
    return result;
}

/* --- learners who are renamed or deleted --------------------------------------------------- */

int settings_delete(const char *learner)
{
    char *config = paths_config(), *form = learner_store_folder_name(learner);
    int folder = durable_open(config);
    int result = folder < 0 ? (errno == ENOENT ? 0 : -1) : durable_remove(folder, form);
    int saved = errno;
    if (folder >= 0)
        close(folder);
    free(config);
    free(form);
    errno = saved;
    return result;
}

int settings_rename(const char *learner, const char *name)
{
    char *config = paths_config();
    char *from = learner_store_folder_name(learner), *to = learner_store_folder_name(name);
    int folder = durable_open(config);
    int result = folder < 0 && errno != ENOENT ? -1 : 0;
    if (folder >= 0 && strcmp(from, to)) {
        result = durable_remove(folder, to);
        if (!result && renameat(folder, from, folder, to) && errno != ENOENT)
            result = -1;
        if (!result)
            result = durable_sync(folder);
    }
    int saved = errno;
    if (folder >= 0)
        close(folder);
    free(config);
    free(from);
    free(to);
    errno = saved;
    return result;
}
