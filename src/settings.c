#include "settings.h"

#include "diag.h"
#include "durable.h"
#include "mem.h"
#include "paths.h"
#include "progress.h"
#include "strbuf.h"
#include "text.h"
#include "ydoc.h"
#include "yschema.h"
#include "ywriter.h"

#include <errno.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define DEVICE_MAX 200 /* characters */

/* The one table: names and ranges here, defaults below. */
static const struct yfield fields[] = {
    YSCHEMA_INT("rate", 0, 80, 450, struct settings, rate),
    YSCHEMA_INT("pitch", 0, 0, 100, struct settings, pitch),
    YSCHEMA_INT("volume", 0, 0, 200, struct settings, volume),
    YSCHEMA_BOOL("simple", 0, struct settings, simple),
    YSCHEMA_BOOL("earcons", 0, struct settings, earcons),
    YSCHEMA_BOOL("reminders", 0, struct settings, reminders),
    YSCHEMA_BOOL("single-keys", 0, struct settings, single_keys),
    YSCHEMA_CHOICE("listen", 0, "free tap none", struct settings, listen),
    YSCHEMA_CHOICE("duplex", 0, "auto headphones echo half", struct settings, duplex),
    YSCHEMA_CHOICE("speech", 0, "espeak speechd none", struct settings, speech),
    YSCHEMA_TEXT("input-device", YFIELD_ONE_LINE, DEVICE_MAX, struct settings, input_device),
    YSCHEMA_TEXT("output-device", YFIELD_ONE_LINE, DEVICE_MAX, struct settings, output_device),
};

static const struct yschema schema = YSCHEMA(fields, struct settings);

static const struct settings defaults = {
    .pitch = 50,
    .volume = 100,
    .earcons = true,
    .single_keys = true,
    .listen = LISTEN_FREE,
    .duplex = DUPLEX_AUTO,
    .speech = SPEECH_ESPEAK,
};

char *settings_path(const char *learner)
{
    char *config = paths_config(), *name = progress_folder_name(learner);
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

void settings_copy(struct settings *settings, const struct settings *from)
{
    *settings = *from;
    settings->input_device = from->input_device ? xstrdup(from->input_device) : NULL;
    settings->output_device = from->output_device ? xstrdup(from->output_device) : NULL;
}

static int read_doc(struct ydoc *doc, struct diags *diags, struct settings *settings)
{
    int result = yschema_read(&schema, ydoc_root(doc), diags, settings);
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

static void write_settings(const struct settings *settings, struct strbuf *bytes)
{
    struct ywriter *writer = ywriter_new(bytes);
    for (size_t i = 0; i < COUNT_OF(fields); i++) {
        char *text = text_of(&fields[i], settings);
        ywriter_pair(writer, fields[i].name, text);
        free(text);
    }
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
