/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/settings_file.h"

#include "base/diag.h"
#include "base/durable.h"
#include "base/mem.h"
#include "base/paths.h"
#include "base/strbuf.h"
#include "base/text.h"
#include "base/voice_range.h"
#include "base/ydoc.h"
#include "base/yschema.h"
#include "base/ywriter.h"
#include "model/key.h"
#include "model/settings.h"
#include "store/config_file.h"
#include "store/learner_folder.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define DEVICE_MAX 200 /* characters */

/* In the order of enum settings_duplex. */
#define DUPLEX_WORDS "auto headphones echo half"

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
    YSCHEMA_CHOICE("duplex", YFIELD_REQUIRED, DUPLEX_WORDS, struct settings_pair, duplex),
    YSCHEMA_INT("delay", 0, 0, 1000, struct settings_pair, delay),
    YSCHEMA_INT("tail", 0, 0, 2000, struct settings_pair, tail),
};

static const struct yschema pair_schema = YSCHEMA(pair_fields, struct settings_pair);

/* The one table of names and ranges; the defaults are in model/settings.c. */
static const struct yfield fields[] = {
    YSCHEMA_INT("rate", 0, VOICE_RATE_MIN, VOICE_RATE_MAX, struct settings, rate),
    YSCHEMA_INT("pitch", 0, VOICE_PITCH_MIN, VOICE_PITCH_MAX, struct settings, pitch),
    YSCHEMA_INT("volume", 0, VOICE_VOLUME_MIN, VOICE_VOLUME_MAX, struct settings, volume),
    YSCHEMA_BOOL("simple", 0, struct settings, simple),
    YSCHEMA_BOOL("earcons", 0, struct settings, earcons),
    YSCHEMA_BOOL("reminders", 0, struct settings, reminders),
    YSCHEMA_BOOL("page", 0, struct settings, page),
    YSCHEMA_BOOL("page-names", 0, struct settings, page_names),
    YSCHEMA_BOOL("log", 0, struct settings, log),
    YSCHEMA_BOOL("single-keys", 0, struct settings, single_keys),
    YSCHEMA_CHOICE("listen", 0, "free tap none", struct settings, listen),
    YSCHEMA_CHOICE("duplex", 0, DUPLEX_WORDS, struct settings, duplex),
    YSCHEMA_CHOICE("speech", 0, "espeak speechd none", struct settings, speech),
    YSCHEMA_CHOICE("punctuation", 0, "none some all", struct settings, punctuation),
    YSCHEMA_INT("listen-pause", 0, 0, LISTEN_PAUSE_MAX, struct settings, listen_pause),
    YSCHEMA_INT("listen-pause-learned", 0, LISTEN_PAUSE_MIN, LISTEN_PAUSE_MAX, struct settings,
                listen_pause_learned),
    YSCHEMA_INT("sentence-pause", 0, 0, SENTENCE_PAUSE_MAX, struct settings, sentence_pause),
    YSCHEMA_TEXT("voice-variant", YFIELD_ONE_LINE, VOICE_VARIANT_MAX, struct settings,
                 voice_variant),
    YSCHEMA_TEXT("speechd-voice", YFIELD_ONE_LINE, DEVICE_MAX, struct settings, speechd_voice),
    YSCHEMA_CHOICE("scan", 0, "off one two", struct settings, scan),
    YSCHEMA_INT("scan-pause", 0, SCAN_PAUSE_MIN, SCAN_PAUSE_MAX, struct settings, scan_pause),
    YSCHEMA_INT("ask-again", 0, 0, ASK_AGAIN_MAX, struct settings, ask_again),
    YSCHEMA_MAP("keys", 0, &keys_schema, struct settings, keys),
    YSCHEMA_TEXT("input-device", YFIELD_ONE_LINE, DEVICE_MAX, struct settings, input_device),
    YSCHEMA_TEXT("output-device", YFIELD_ONE_LINE, DEVICE_MAX, struct settings, output_device),
    YSCHEMA_LIST("sound-checks", 0, SETTINGS_PAIRS, &pair_schema, struct settings, pairs,
                 pair_count),
};

static const struct yschema schema = YSCHEMA(fields, struct settings);

char *settings_path(const char *learner)
{
    return learner_folder_config(learner, "settings.yaml");
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
        if (keys->of[i] && *keys->of[i] && key_same(keys->of[i], keys->of[command]))
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
    if (!key_is_valid(key)) {
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
    if (!ydoc_load(path, diags, &doc))
        return read_doc(doc, diags, settings);
    settings->unread = errno;
    return -1;
}

/* --- saving ------------------------------------------------------------------------------- */

static bool can_be_kept(const char *text)
{
    return text_is_clean(text) && text_length(text) <= DEVICE_MAX;
}

static char *take_word(const char *words, int position)
{
    for (; position > 0; position--)
        words = strchr(words, ' ') + 1;
    return xstrndup(words, strcspn(words, " "));
}

/* A member as it stands in the file, to be freed; NULL if it has its default. */
static char *text_of(const struct yfield *field, const struct settings *settings,
                     const struct settings *defaults)
{
    const char *value = (const char *)settings + field->offset;
    const char *normal = (const char *)defaults + field->offset;
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

static bool is_known(const struct yschema *known, const char *key)
{
    for (size_t i = 0; i < known->field_count; i++)
        if (!strcmp(known->fields[i].name, key))
            return true;
    return false;
}

/* How many keys of a map this version does not know. */
static size_t count_unknown(const struct yschema *known, const struct ynode *map)
{
    size_t count = 0;
    for (size_t i = 0; map && map->kind == YNODE_MAP && i < map->count; i++)
        count += !is_known(known, map->items[i].key);
    return count;
}

/* Those keys, with what they hold: a newer version, or somebody, wrote them. */
static void write_unknown(const struct yschema *known, const struct ynode *map,
                          struct ywriter *writer)
{
    for (size_t i = 0; map && map->kind == YNODE_MAP && i < map->count; i++)
        if (!is_known(known, map->items[i].key))
            ywriter_node(writer, &map->items[i]);
}

/* `old`: the map that stands in the file, or NULL. */
static void write_keys(const struct settings_keys *keys, const struct ynode *old,
                       struct ywriter *writer)
{
    if (!keys && !count_unknown(&keys_schema, old))
        return;
    ywriter_text(writer, "keys");
    ywriter_start_map(writer);
    for (int i = 0; keys && i < COMMAND_COUNT; i++)
        ywriter_pair(writer, command_name((enum command)i), keys->of[i]);
    write_unknown(&keys_schema, old, writer);
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
        char *duplex = take_word(DUPLEX_WORDS, (int)pair->duplex);
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

static void write_settings(const struct settings *settings, const struct ynode *old,
                           struct strbuf *bytes)
{
    struct ywriter *writer = ywriter_new(bytes);
    struct settings defaults;
    settings_init(&defaults);
    for (size_t i = 0; i < COUNT_OF(fields); i++) {
        if (fields[i].kind == YFIELD_MAP || fields[i].kind == YFIELD_LIST)
            continue;
        char *text = text_of(&fields[i], settings, &defaults);
        ywriter_pair(writer, fields[i].name, text);
        free(text);
    }
    write_keys(settings->keys, old ? ynode_get(old, "keys") : NULL, writer);
    write_pairs(settings, writer);
    write_unknown(&schema, old, writer);
    /* All texts are UTF-8, so this cannot fail. */
    (void)ywriter_finish(writer);
}

/* Stores the file as it stands, or NULL: there is none, or it is not understood. `ret_foreign`: it
 * holds what this version cannot write again: more than keys that it does not know. 0, or -1 with
 * errno: it cannot be read. */
static int read_back(const char *path, const struct messages *messages, struct ydoc **ret_doc,
                     bool *ret_foreign)
{
    struct ydoc *doc = NULL;
    struct diags diags;
    struct settings scratch;
    int unread = 0;
    *ret_foreign = false;
    *ret_doc = NULL;
    if (access(path, F_OK) && (errno == ENOENT || errno == ENOTDIR))
        return 0;
    diags_init(&diags, messages);
    settings_init(&scratch);
    if (ydoc_load(path, &diags, &doc)) {
        unread = errno;
        *ret_foreign = true;
    } else {
        const struct ynode *root = ydoc_root(doc), *keys = ynode_get(root, "keys");
        (void)yschema_read(&schema, root, &diags, &scratch);
        (void)check_keys(keys, &diags, &scratch);
        *ret_foreign =
            diags.errors > count_unknown(&schema, root) + count_unknown(&keys_schema, keys);
    }
    settings_free(&scratch);
    diags_free(&diags);
    *ret_doc = doc;
    errno = unread;
    return unread ? -1 : 0;
}

int settings_save(const char *path, const struct settings *settings,
                  const struct messages *messages, char **ret_aside)
{
    struct strbuf bytes = {0};
    struct ydoc *old;
    bool foreign;
    *ret_aside = NULL;
    if (settings->unread) {
        errno = settings->unread;
        return -1;
    }
    if (read_back(path, messages, &old, &foreign))
        return -1;
    write_settings(settings, old ? ydoc_root(old) : NULL, &bytes);
    int result = config_file_replace(path, foreign, &bytes, ret_aside);
    int saved = errno;
    strbuf_free(&bytes);
    ydoc_free(old);
    errno = saved;
    return result;
}

bool settings_are_written_alike(const struct settings *one, const struct settings *other)
{
    struct strbuf bytes = {0}, others = {0};
    write_settings(one, NULL, &bytes);
    write_settings(other, NULL, &others);
    const bool alike =
        bytes.length == others.length && !memcmp(bytes.text, others.text, bytes.length);
    strbuf_free(&bytes);
    strbuf_free(&others);
    return alike;
}

/* --- learners who are renamed or deleted --------------------------------------------------- */

int settings_delete(const char *learner)
{
    char *config = paths_config(), *form = learner_folder_form(learner);
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

/* True with EEXIST if there are settings of that form, or with what kept it from being seen. */
static bool is_taken(int folder, const char *form)
{
    if (!faccessat(folder, form, F_OK, AT_SYMLINK_NOFOLLOW))
        errno = EEXIST;
    return errno != ENOENT;
}

int settings_rename(const char *learner, const char *name)
{
    char *config = paths_config();
    char *from = learner_folder_form(learner), *to = learner_folder_form(name);
    int folder = durable_open(config);
    int result = folder < 0 && errno != ENOENT ? -1 : 0;
    if (folder >= 0 && strcmp(from, to)) {
        /* Who only taught their voice, or was prepared for, has no store; it is theirs all the
         * same. */
        result = is_taken(folder, to) ? -1 : 0;
        if (!result && renameat(folder, from, folder, to) && errno != ENOENT)
            result = -1;
        /* They have moved already. */
        if (!result)
            (void)durable_sync(folder);
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
