/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "listen/phone_fit.h"

#include "base/mem.h"
#include "dsp/listening_rate.h"
#include "listen/phrase_model.h"

#include <math.h>
#include <stdlib.h>

/* More phones than these are not looked at, one by one. */
#define PARTS_MAX 200

/* The score of all of them, frame by frame. */
static void spread(struct phone_fit *fit, const struct decoder_part *parts, size_t part_count)
{
    for (size_t i = 0; i < part_count; i++)
        for (int at = parts[i].from; at <= parts[i].to && (size_t)at < fit->best_count; at++)
            fit->best[at] = parts[i].score / (parts[i].to - parts[i].from + 1);
}

int phone_fit_open(struct phrase_model *model, const int16_t *samples, size_t count,
                   struct phone_fit *ret_fit)
{
    struct decoder_part parts[PARTS_MAX];
    struct phone_fit fit = {.best_count = count * 100 / LISTENING_RATE + 1};
    if (phrase_model_find_phones(model, samples, count, &fit.score))
        return -1;
    fit.best = xcalloc(fit.best_count, sizeof *fit.best);
    spread(&fit, parts, phrase_model_parts(model, parts, PARTS_MAX));
    *ret_fit = fit;
    return 0;
}

void phone_fit_free(struct phone_fit *fit)
{
    free(fit->best);
    *fit = (struct phone_fit){0};
}

/* How far a phone is behind the likeliest ones in its frames, a frame. */
static double lag(const struct phone_fit *fit, const struct decoder_part *part)
{
    double best = 0;
    for (int at = part->from; at <= part->to && (size_t)at < fit->best_count; at++)
        best += fit->best[at];
    return fmin(0, (part->score - best) / (part->to - part->from + 1));
}

static double second_worst(const struct phone_fit *fit, const struct decoder_part *parts,
                           size_t count)
{
    double worst = 0, second = 0;
    for (size_t i = 0; i < count; i++) {
        const double here = lag(fit, &parts[i]);
        if (here < worst) {
            second = worst;
            worst = here;
        } else if (here < second) {
            second = here;
        }
    }
    return count == 1 ? worst : second;
}

int phone_fit_second_worst(const struct phone_fit *fit, struct phrase_model *model,
                           const char *phones, const int16_t *samples, size_t count,
                           double *ret_worst)
{
    struct decoder_part parts[PARTS_MAX];
    double score;
    if (phrase_model_follow_phones(model, phones, samples, count, &score))
        return -1;
    *ret_worst = second_worst(fit, parts, phrase_model_parts(model, parts, PARTS_MAX));
    return 0;
}
