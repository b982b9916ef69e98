/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/calibration_file.h"

#include "base/diag.h"
#include "base/durable.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "base/ydoc.h"
#include "base/yschema.h"
#include "base/ywriter.h"
#include "model/pack.h"
#include "store/config_file.h"
#include "store/learner_folder.h"

#include <errno.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SET_MAX    64   /* characters */
#define PHONES_MAX 1000 /* characters: ten seconds of the shortest phones */

static const struct yfield sound_fields[] = {
    YSCHEMA_TEXT("set", YFIELD_REQUIRED | YFIELD_ONE_LINE, SET_MAX, struct calibration_sound, set),
    YSCHEMA_TEXT("phones", YFIELD_REQUIRED | YFIELD_ONE_LINE, PHONES_MAX, struct calibration_sound,
                 phones),
};
static const struct yschema sound_schema = YSCHEMA(sound_fields, struct calibration_sound);

#define CLEARANCE(name)                                                                            \
    YSCHEMA_INT(#name, YFIELD_REQUIRED, CALIBRATION_WRONG, CALIBRATION_CLEAR,                      \
                struct calibration_token, name)

static const struct yfield token_fields[] = {
    YSCHEMA_LIST("sounds", YFIELD_REQUIRED, CALIBRATION_SOUNDS, &sound_schema,
                 struct calibration_token, sounds, sound_count),
    CLEARANCE(before),
    CLEARANCE(after),
    CLEARANCE(other),
};
static const struct yschema token_schema = YSCHEMA(token_fields, struct calibration_token);

static const struct yfield phrase_fields[] = {
    YSCHEMA_TEXT("text", YFIELD_REQUIRED | YFIELD_ONE_LINE, PACK_PHRASE_MAX,
                 struct calibration_phrase, text),
    YSCHEMA_BOOL("kept", 0, struct calibration_phrase, kept),
    YSCHEMA_LIST("tokens", YFIELD_REQUIRED, CALIBRATION_TOKENS, &token_schema,
                 struct calibration_phrase, tokens, token_count),
};
static const struct yschema phrase_schema = YSCHEMA(phrase_fields, struct calibration_phrase);

static const struct yfield fields[] = {
    YSCHEMA_FORMAT,
    YSCHEMA_INT("ease", 0, CALIBRATION_EASE_MIN, CALIBRATION_EASE_MAX, struct calibration, ease),
    YSCHEMA_LIST("phrases", YFIELD_EMPTY_OK, CALIBRATION_PHRASES_MAX, &phrase_schema,
                 struct calibration, phrases, phrase_count),
};
static const struct yschema schema = YSCHEMA(fields, struct calibration);

char *calibration_path(const char *learner)
{
    return learner_folder_config(learner, "calibration.yaml");
}

/* --- reading ---------------------------------------------------------------------------------- */

static int read_doc(struct ydoc *doc, struct diags *diags, struct calibration *ret_calibration)
{
    const struct ynode *root = ydoc_root(doc);
    struct calibration calibration = {0};
    int result = yschema_check_format(root, CALIBRATION_FORMAT, diags);
    if (!result)
        result = yschema_read(&schema, root, diags, &calibration);
    ydoc_free(doc);
    if (result) {
        yschema_free(&schema, &calibration);
        calibration = (struct calibration){0};
    }
    *ret_calibration = calibration;
    return result;
}

int calibration_parse(const char *bytes, size_t length, struct diags *diags,
                      struct calibration *ret_calibration)
{
    struct ydoc *doc;
    *ret_calibration = (struct calibration){0};
    return ydoc_parse(bytes, length, diags, &doc) ? -1 : read_doc(doc, diags, ret_calibration);
}

int calibration_load(const char *path, struct diags *diags, struct calibration *ret_calibration)
{
    struct ydoc *doc;
    *ret_calibration = (struct calibration){0};
    /* Asked first, so that a missing file is the only thing that goes unreported. */
    if (access(path, F_OK) && (errno == ENOENT || errno == ENOTDIR))
        return 0;
    if (!ydoc_load(path, diags, &doc))
        return read_doc(doc, diags, ret_calibration);
    ret_calibration->unread = errno;
    return -1;
}

/* --- writing ---------------------------------------------------------------------------------- */

static void write_number(struct ywriter *writer, const char *key, int number)
{
    char digits[16];
    snprintf(digits, sizeof digits, "%d", number);
    ywriter_pair(writer, key, digits);
}

static void write_token(struct ywriter *writer, const struct calibration_token *token)
{
    ywriter_start_map(writer);
    write_number(writer, "before", token->before);
    write_number(writer, "after", token->after);
    write_number(writer, "other", token->other);
    ywriter_start_list(writer, "sounds");
    for (size_t i = 0; i < token->sound_count; i++) {
        ywriter_start_map(writer);
        ywriter_pair(writer, "set", token->sounds[i].set);
        ywriter_pair(writer, "phones", token->sounds[i].phones);
        ywriter_end_map(writer);
    }
    ywriter_end_list(writer);
    ywriter_end_map(writer);
}

static void write_phrase(struct ywriter *writer, const struct calibration_phrase *phrase)
{
    ywriter_start_map(writer);
    ywriter_pair(writer, "text", phrase->text);
    ywriter_pair(writer, "kept", phrase->kept ? "true" : "false");
    ywriter_start_list(writer, "tokens");
    for (size_t i = 0; i < phrase->token_count; i++)
        write_token(writer, &phrase->tokens[i]);
    ywriter_end_list(writer);
    ywriter_end_map(writer);
}

int calibration_write(const struct calibration *calibration, struct strbuf *bytes)
{
    struct ywriter *writer = ywriter_new(bytes);
    write_number(writer, "format", CALIBRATION_FORMAT);
    write_number(writer, "ease", calibration->ease);
    ywriter_start_list(writer, "phrases");
    for (size_t i = 0; i < calibration->phrase_count; i++)
        if (calibration->phrases[i].token_count > 0)
            write_phrase(writer, &calibration->phrases[i]);
    ywriter_end_list(writer);
    return ywriter_finish(writer);
}

/* 1: what stands there is not understood; 0: it is, or nothing is there; -1 with errno: it cannot
 * be read. */
static int is_foreign(const char *path, const struct messages *messages)
{
    struct calibration scratch;
    struct diags diags;
    diags_init(&diags, messages);
    const bool foreign = calibration_load(path, &diags, &scratch);
    const int unread = scratch.unread;
    diags_free(&diags);
    calibration_free(&scratch);
    errno = unread;
    return unread ? -1 : foreign;
}

static int replace(const char *path, const struct calibration *calibration,
                   const struct messages *messages, const struct strbuf *bytes, char **ret_aside)
{
    const int foreign = is_foreign(path, messages);
    if (calibration->unread)
        errno = calibration->unread;
    if (calibration->unread || foreign < 0)
        return -1;
    return config_file_replace(path, foreign, bytes, ret_aside);
}

int calibration_save(const char *path, const struct calibration *calibration,
                     const struct messages *messages, char **ret_aside)
{
    struct strbuf bytes = {0};
    int result = -1;
    *ret_aside = NULL;
    if (calibration_write(calibration, &bytes))
        errno = EILSEQ;
    else
        result = replace(path, calibration, messages, &bytes, ret_aside);
    int saved = errno;
    strbuf_free(&bytes);
    errno = saved;
    return result;
}

int calibration_forget(const char *path)
{
    if (!unlink(path)) {
        char *copy = xstrdup(path);
        int folder = durable_open(dirname(copy));
        int result = folder < 0 ? -1 : durable_sync(folder);
        if (folder >= 0)
            close(folder);
        free(copy);
        return result;
    }
    return errno == ENOENT || errno == ENOTDIR ? 1 : -1;
}

int calibration_forget_learner(const char *learner)
{
    char *path = calibration_path(learner);
    int result = calibration_forget(path);
    free(path);
    return result < 0 ? -1 : 0;
}
