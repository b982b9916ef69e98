/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * recog_sphinx: recognition with pocketsphinx.
 *
 * What a pack listens with: its pronunciations, decoys.txt, and one or two models, which are asked
 * together (listen/model_panel.h).
 */
#include "base/diag.h"
#include "base/lines.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "base/text.h"
#include "base/tokens.h"
#include "listen/model_panel.h"
#include "listen/phrase_model.h"
#include "listen/pronounce.h"
#include "listen/recog.h"
#include "model/calibration.h"
#include "model/pack.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct recog {
    struct pronouncer *pronouncer;
    struct tokens decoys; /* texts */
    struct model_panel panel;
    struct strbuf told; /* of models that cannot be used */
    struct vocabulary vocabulary;
    struct calibration calibration; /* of whoever speaks; empty if nothing is known */
};

static void sphinx_close(struct recog *recog)
{
    if (!recog)
        return;
    model_panel_close(&recog->panel);
    pronouncer_free(recog->pronouncer);
    tokens_free(&recog->decoys);
    strbuf_free(&recog->told);
    vocabulary_free(&recog->vocabulary);
    calibration_free(&recog->calibration);
    free(recog);
}

/* --- loading ---------------------------------------------------------------------------------- */

/* One text a line; a pack without the file has none. */
static void read_decoys(struct tokens *decoys, const char *folder)
{
    char *path = xasprintf("%s/decoys.txt", folder);
    struct lines lines;
    if (!lines_read(path, LINES_BYTES_MAX, &lines)) {
        for (char *line; (line = lines_next(&lines));)
            if (*line && *line != '#' && text_utf8_error(line, strlen(line)) == strlen(line))
                tokens_add(decoys, line);
        lines_free(&lines);
    }
    free(path);
}

static char *all_lines(const struct messages *messages, const struct diags *diags)
{
    struct strbuf lines = {0};
    for (size_t i = 0; i < diags->count; i++) {
        char *line = diag_line(messages, &diags->items[i]);
        strbuf_addf(&lines, "%s%s", i ? "\n" : "", line);
        free(line);
    }
    if (!diags->count) {
        char *line = messages_format(messages, MSG_PRONOUNCE_NO_ENGINE);
        strbuf_add(&lines, line);
        free(line);
    }
    return strbuf_take(&lines);
}

static int sphinx_open(const struct pack *pack, struct recog **ret_recog, char **ret_error)
{
    struct diags diags;
    diags_init(&diags, pack->messages);
    struct recog *recog = xcalloc(1, sizeof *recog);
    char *error = NULL;
    if (pronouncer_load(pack->folder, &diags, &recog->pronouncer)) {
        error = all_lines(pack->messages, &diags);
    } else {
        read_decoys(&recog->decoys, pack->folder);
        model_panel_open(&recog->panel, recog->pronouncer, pack, &recog->told);
        if (!recog->panel.count)
            error = recog->told.length ? xstrdup(recog->told.text)
                                       : messages_format(pack->messages, MSG_RECOG_NO_MODEL);
    }
    diags_free(&diags);
    if (error) {
        sphinx_close(recog);
        *ret_error = error;
        return -1;
    }
    *ret_recog = recog;
    return 0;
}

static char *sphinx_take_notice(struct recog *recog)
{
    return recog->told.length ? strbuf_take(&recog->told) : NULL;
}

/* --- listening -------------------------------------------------------------------------------- */

static int sphinx_set_vocabulary(struct recog *recog, const struct vocabulary *vocabulary)
{
    vocabulary_free(&recog->vocabulary);
    vocabulary_copy(&recog->vocabulary, vocabulary);
    return model_panel_set_vocabulary(&recog->panel, &recog->vocabulary, &recog->calibration,
                                      &recog->decoys);
}

static void sphinx_set_calibration(struct recog *recog, const struct calibration *calibration)
{
    calibration_free(&recog->calibration);
    calibration_copy(&recog->calibration, calibration, false, -1);
}

/* Without any sound every phone fits as well as any other, and so does any phrase. */
static bool is_flat(const int16_t *samples, size_t count)
{
    for (size_t i = 1; i < count; i++)
        if (samples[i] != samples[0])
            return false;
    return true;
}

static int sphinx_decode(struct recog *recog, const int16_t *samples, size_t count,
                         struct recog_result *ret_result)
{
    if (is_flat(samples, count)) {
        *ret_result = (struct recog_result){.phrase = -1};
        return 0;
    }
    return model_panel_judge(&recog->panel, recog->vocabulary.count, recog->calibration.ease,
                             samples, count, ret_result);
}

static int write_down(struct phrase_model *model, const int16_t *samples, size_t count,
                      struct calibration_token *token)
{
    double score;
    int16_t *heard = phrase_model_hear(model, samples, count);
    int result = phrase_model_find_phones(model, heard, count, &score);
    free(heard);
    if (result)
        return -1;
    char *phones = phrase_model_phones(model);
    if (*phones)
        calibration_add_sound(token, phrase_model_set(model), phones);
    free(phones);
    return 0;
}

static int sphinx_transcribe(struct recog *recog, const int16_t *samples, size_t count,
                             struct calibration_token *ret_token)
{
    int result = 0;
    for (size_t i = 0; i < recog->panel.count && !is_flat(samples, count); i++)
        result |= write_down(recog->panel.models[i], samples, count, ret_token);
    return result;
}

const struct recog_driver recog_sphinx = {
    .name = "pocketsphinx",
    .open = sphinx_open,
    .set_vocabulary = sphinx_set_vocabulary,
    .decode = sphinx_decode,
    .close = sphinx_close,
    .take_notice = sphinx_take_notice,
    .set_calibration = sphinx_set_calibration,
    .transcribe = sphinx_transcribe,
};
