/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "listen/model_panel.h"

#include "base/mem.h"
#include "base/messages.h"
#include "base/strbuf.h"
#include "dsp/listening_rate.h"
#include "listen/confidence.h"
#include "listen/evidence.h"
#include "listen/model_seal.h"
#include "listen/model_trial.h"
#include "listen/phone_fit.h"
#include "listen/phrase_model.h"
#include "listen/verdict.h"

#include <stdlib.h>
#include <string.h>

/* Without any other word nothing is known of how far it would be. */
#define MARGIN_ALONE 20.0

/* Nobody commands for so long, seconds: not worth weighing. */
#define COMMAND_MAX 5.0

/* --- loading ---------------------------------------------------------------------------------- */

/* What is being loaded. */
struct loading {
    struct model_panel *panel;
    const struct pronouncer *pronouncer;
    const struct messages *messages;
    struct strbuf *told;
};

/* A model that is tried. */
struct trial {
    const struct pronouncer *pronouncer;
    const struct pack_model *model;
};

/* Loads it, and lets it hear a quarter of a second of noise: then every file has been used. */
static int try_model(void *context)
{
    const struct trial *trial = context;
    struct phrase_model *model;
    int16_t noise[LISTENING_RATE / 4];
    double score;
    if (phrase_model_open(trial->pronouncer, trial->model, &model))
        return -1;
    for (size_t i = 0; i < COUNT_OF(noise); i++)
        noise[i] = (int16_t)((int)(i * i * 7919 % 4001) - 2000);
    return phrase_model_find_phones(model, noise, COUNT_OF(noise), &score);
}

/* `file`: which of its files is damaged, or NULL: it is not known what is wrong. */
static void tell(const struct loading *loading, const struct pack_model *model, const char *file)
{
    char *text = file ? messages_format(loading->messages, MSG_MODEL_DAMAGED, "name", model->name,
                                        "file", file)
                      : messages_format(loading->messages, MSG_MODEL_UNUSABLE, "name", model->name);
    strbuf_addf(loading->told, "%s%s", loading->told->length ? " " : "", text);
    free(text);
}

/* True if reading it ends nothing but, at worst, in a refusal. */
static bool is_safe(const struct loading *loading, const struct pack_model *model)
{
    struct trial trial = {loading->pronouncer, model};
    char *file = NULL;
    const enum model_seal seal = model_seal_check(model->folder, &file);
    const bool safe =
        seal == MODEL_SEAL_GOOD ||
        (seal == MODEL_SEAL_NONE && model_trial_passes(model->folder, try_model, &trial));
    if (!safe)
        tell(loading, model, file);
    free(file);
    return safe;
}

/* Loads one model more, if it can be used: the next one is better than none. */
static bool add(void *context, const struct pack_model *model)
{
    const struct loading *loading = context;
    struct model_panel *panel = loading->panel;
    if (!pack_model_is_there(model) || !is_safe(loading, model))
        return false;
    if (phrase_model_open(loading->pronouncer, model, &panel->models[panel->count])) {
        tell(loading, model, NULL);
        return false;
    }
    panel->count++;
    return true;
}

void model_panel_open(struct model_panel *panel, const struct pronouncer *pronouncer,
                      const struct pack *pack, struct strbuf *told)
{
    const struct pack_model *models[PACK_MODELS_USED_MAX];
    struct loading loading = {panel, pronouncer, pack->messages, told};
    const size_t count = pack_choose_models(pack, add, &loading, models);
    for (size_t i = 0; i < count; i++) {
        const int alone = models[0]->strictness > 0 ? models[0]->strictness : CONFIDENCE_STRICTNESS;
        panel->weights[i] = i ? models[i]->weight / 100.0 : 1;
        panel->strictness = i ? models[i]->together : alone;
    }
}

void model_panel_close(struct model_panel *panel)
{
    for (size_t i = 0; i < panel->count; i++)
        phrase_model_free(panel->models[i]);
    *panel = (struct model_panel){0};
}

int model_panel_set_vocabulary(struct model_panel *panel, const struct vocabulary *vocabulary,
                               const struct calibration *calibration, const struct tokens *decoys)
{
    int result = 0;
    for (size_t i = 0; i < panel->count; i++)
        result |= phrase_model_set_vocabulary(panel->models[i], vocabulary, calibration, decoys);
    return result;
}

/* --- which phrase it is ----------------------------------------------------------------------- */

/* What one model says of an utterance. */
struct opinion {
    int16_t *samples;          /* as the model was made to hear it; owned */
    struct phrase_found found; /* .phrase: -1 for none */
    struct phone_fit fit;      /* owned */
};

/* An utterance before the panel. */
struct hearing {
    const struct model_panel *panel;
    size_t phrases;
    int ease;
    size_t count; /* samples */
    struct opinion opinions[PACK_MODELS_USED_MAX];
};

static int ask(const struct hearing *hearing, size_t at, enum phrase_choice choice,
               const struct opinion *opinion, struct phrase_found *ret_found)
{
    return phrase_model_find(hearing->panel->models[at], choice, opinion->samples, hearing->count,
                             ret_found);
}

/* The opinion about `phrase`, whatever it was about. -1 if the model has none. */
static int ask_about(const struct hearing *hearing, size_t at, int phrase,
                     struct phrase_found *found)
{
    if (found->phrase == phrase)
        return 0;
    if (phrase_model_choose(hearing->panel->models[at], CHOICE_PHRASE, phrase) ||
        ask(hearing, at, CHOICE_PHRASE, &hearing->opinions[at], found))
        return -1;
    return found->phrase == phrase ? 0 : -1;
}

/* What all models say about `phrase`, and the weighted sum of their scores. */
static int ask_all(const struct hearing *hearing, int phrase,
                   struct phrase_found found[PACK_MODELS_USED_MAX], double *ret_total)
{
    double total = 0;
    for (size_t i = 0; i < hearing->panel->count; i++) {
        found[i] = hearing->opinions[i].found;
        if (ask_about(hearing, i, phrase, &found[i]))
            return -1;
        total += hearing->panel->weights[i] * found[i].score;
    }
    *ret_total = total;
    return 0;
}

/* Each model has named a phrase: from now on all opinions are about the best of them. -1 if there
 * is none that every model can judge. */
static int agree(struct hearing *hearing)
{
    struct phrase_found best[PACK_MODELS_USED_MAX];
    double best_total = 0;
    bool is_found = false;
    for (size_t i = 0; i < hearing->panel->count; i++) {
        struct phrase_found tried[PACK_MODELS_USED_MAX];
        const int phrase = hearing->opinions[i].found.phrase;
        double total;
        if (phrase < 0 || ask_all(hearing, phrase, tried, &total) ||
            (is_found && total <= best_total))
            continue;
        memcpy(best, tried, sizeof best);
        best_total = total;
        is_found = true;
    }
    for (size_t i = 0; i < hearing->panel->count && is_found; i++)
        hearing->opinions[i].found = best[i];
    return is_found ? 0 : -1;
}

/* --- how sure that is ------------------------------------------------------------------------- */

/* What was heard as the learner taught it counts less, unless it is as good as the pack has it. */
static int weaken(struct hearing *hearing, size_t at)
{
    struct phrase_found *found = &hearing->opinions[at].found, plain;
    if (!found->own)
        return 0;
    found->score -= confidence_handicap(found->frames / 100.0, verdict_own_handicap());
    /* The pack may have no way to say it. */
    if (phrase_model_choose(hearing->panel->models[at], CHOICE_PLAIN, found->phrase))
        return 0;
    if (ask(hearing, at, CHOICE_PLAIN, &hearing->opinions[at], &plain))
        return -1;
    if (plain.phrase == found->phrase && plain.score > found->score)
        *found = plain;
    return 0;
}

/* Of a text with single spaces between them. */
static size_t count_phones(const char *phones)
{
    size_t count = phones && *phones;
    for (; phones && *phones; phones++)
        count += *phones == ' ';
    return count;
}

static int find_loop(struct hearing *hearing, size_t at, struct evidence *ret_evidence)
{
    struct opinion *opinion = &hearing->opinions[at];
    if (phone_fit_open(hearing->panel->models[at], opinion->samples, hearing->count, &opinion->fit))
        return -1;
    *ret_evidence = (struct evidence){
        .phrase = opinion->found.score,
        .rival = opinion->found.score,
        .loop = opinion->fit.score,
        .seconds = opinion->found.frames / 100.0,
        .whole = (double)hearing->count / LISTENING_RATE,
        .phones = count_phones(opinion->found.phones),
    };
    return 0;
}

/* Adds the best other word to the evidence. */
static int find_rival(const struct hearing *hearing, size_t at, struct evidence *evidence)
{
    const struct opinion *opinion = &hearing->opinions[at];
    struct phrase_found rival = {.score = evidence->phrase - MARGIN_ALONE};
    if (!phrase_model_choose(hearing->panel->models[at], CHOICE_RIVALS, opinion->found.phrase) &&
        ask(hearing, at, CHOICE_RIVALS, opinion, &rival))
        return -1;
    evidence->rival = rival.score;
    return 0;
}

/* What the other models, and the number of phrases, add to the first one's evidence. */
static double add_up(const struct hearing *hearing, const struct evidence *evidence,
                     double (*sum)(const struct evidence *))
{
    const double crowd = confidence_crowd(hearing->phrases);
    double total = crowd;
    for (size_t i = 1; i < hearing->panel->count; i++)
        total += hearing->panel->weights[i] * (sum(&evidence[i]) + crowd);
    return total;
}

/* Whether it is speech at all: the first model's net is enough to tell. */
static int find_speech(const struct hearing *hearing, struct evidence *evidence)
{
    return phrase_model_detect_speech(hearing->panel->models[0], hearing->opinions[0].samples,
                                      hearing->count, &evidence->speech);
}

/* The evidence of all models, in the first one's. */
static int gather(struct hearing *hearing, struct evidence *ret_evidence)
{
    const struct model_panel *panel = hearing->panel;
    struct evidence evidence[PACK_MODELS_USED_MAX];
    for (size_t i = 0; i < panel->count; i++)
        if (find_loop(hearing, i, &evidence[i]))
            return -1;
    if (find_speech(hearing, &evidence[0]))
        return -1;
    evidence[0].other = add_up(hearing, evidence, confidence_most);
    const bool hopeless = confidence_is_hopeless(&evidence[0], panel->strictness);
    for (size_t i = 0; i < panel->count && !hopeless; i++)
        if (find_rival(hearing, i, &evidence[i]))
            return -1;
    evidence[0].other = add_up(hearing, evidence, confidence_sum);
    *ret_evidence = evidence[0];
    return 0;
}

/* Phone by phone. */
static int look_closely(const struct hearing *hearing, struct evidence *evidence)
{
    double total = 0;
    for (size_t i = 0; i < hearing->panel->count; i++) {
        const struct opinion *opinion = &hearing->opinions[i];
        double worst;
        if (phone_fit_second_worst(&opinion->fit, hearing->panel->models[i], opinion->found.phones,
                                   opinion->samples, hearing->count, &worst))
            return -1;
        total += hearing->panel->weights[i] * worst;
    }
    evidence->worst = total;
    return 0;
}

static double believe(const struct hearing *hearing, const struct evidence *evidence)
{
    return confidence_eased(confidence_of(evidence, hearing->panel->strictness), hearing->ease);
}

static int weigh(struct hearing *hearing, struct recog_result *ret_result)
{
    struct evidence evidence;
    for (size_t i = 0; i < hearing->panel->count; i++)
        if (weaken(hearing, i))
            return -1;
    if (gather(hearing, &evidence))
        return -1;
    if (!verdict_is_nothing(believe(hearing, &evidence)) && look_closely(hearing, &evidence))
        return -1;
    ret_result->evidence = evidence;
    ret_result->confidence = believe(hearing, &evidence);
    return 0;
}

/* --- both ------------------------------------------------------------------------------------- */

static int decide(struct hearing *hearing, struct recog_result *ret_result)
{
    struct recog_result result = {.phrase = -1};
    for (size_t i = 0; i < hearing->panel->count; i++) {
        struct opinion *opinion = &hearing->opinions[i];
        if (ask(hearing, i, CHOICE_ALL, opinion, &opinion->found))
            return -1;
    }
    if (!agree(hearing)) {
        result.phrase = hearing->opinions[0].found.phrase;
        if ((double)hearing->count / LISTENING_RATE < COMMAND_MAX && weigh(hearing, &result))
            return -1;
    }
    *ret_result = result;
    return 0;
}

int model_panel_judge(const struct model_panel *panel, size_t phrases, int ease,
                      const int16_t *samples, size_t count, struct recog_result *ret_result)
{
    struct hearing hearing = {.panel = panel, .phrases = phrases, .ease = ease, .count = count};
    for (size_t i = 0; i < panel->count; i++)
        hearing.opinions[i].samples = phrase_model_hear(panel->models[i], samples, count);
    int result = decide(&hearing, ret_result);
    for (size_t i = 0; i < panel->count; i++) {
        free(hearing.opinions[i].samples);
        phone_fit_free(&hearing.opinions[i].fit);
    }
    return result;
}
