/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "refine.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "augment.h"
#include "common.h"
#include "frontend.h"
#include "score.h"

/* Found by trial, see doc/recognition-experiments.md. */
#define VARIANCE_RATE      0.3 /* times the rate, for the log of the variances */
#define WEIGHT_RATE        2.0 /* times the rate, for the log of the weights */
#define DECAY              0.1 /* towards the model we began with, times the rate, each step */
#define BETA_1             0.9
#define BETA_2             0.98
#define SMALL              1e-3f
#define SURE               0.995 /* nothing to learn from a word that is this likely already */
#define UNLIKELY           0.003 /* rivals that may be forgotten */
#define CONSTANT_UNTIL     0.6   /* of the steps; then the rate falls to a fifth */
#define AVERAGE_FROM       0.5 /* of the steps: the result is the mean of the models from there on */
#define MOST_LOG_VARIANCE  1.2f
#define LEAST_LOG_VARIANCE (-0.7f)
#define REPORT_EVERY       50

/* Offsets from the model that we began with, and what Adam remembers. */
struct parameter {
    size_t count;
    double rate;
    float *offset, *gradient, *first, *second, *sum;
};

struct rival {
    size_t word, best;
    float score;
    double posterior;
};

struct trainer {
    struct model *model;
    float *mean, *variance, *log_weight; /* of the model we began with */
    struct parameter of_mean, of_variance, of_weight;
    struct chance chance;
    const struct recordings *recordings;
    const struct words *words;
    const struct refine_options *options;
    double *cumulated; /* of the recordings' shares */
    float *vectors, *scores, *blame;
    uint16_t *path;
    struct rival *rival;
    double loss;
    size_t wrong, seen;
};

static float *copy(const float *from, size_t count)
{
    float *to = take(count * sizeof *to);
    memcpy(to, from, count * sizeof *to);
    return to;
}

static void parameter_start(struct parameter *parameter, size_t count, double rate)
{
    parameter->count = count;
    parameter->rate = rate;
    parameter->offset = take(count * sizeof(float));
    parameter->gradient = take(count * sizeof(float));
    parameter->first = take(count * sizeof(float));
    parameter->second = take(count * sizeof(float));
    parameter->sum = take(count * sizeof(float));
}

static void parameter_end(struct parameter *parameter)
{
    free(parameter->offset);
    free(parameter->gradient);
    free(parameter->first);
    free(parameter->second);
    free(parameter->sum);
}

/* Kingma and Ba's Adam, with the decay kept out of the moments. */
static void parameter_step(struct parameter *p, size_t step, double factor, bool sum)
{
    float rate = (float)(p->rate * factor);
    float keep = (float)(1 - DECAY * p->rate * factor);
    float first_scale = (float)(1 / (1 - pow(BETA_1, (double)step)));
    float second_scale = (float)(1 / (1 - pow(BETA_2, (double)step)));
    for (size_t i = 0; i < p->count; i++) {
        float gradient = p->gradient[i];
        p->first[i] = (float)BETA_1 * p->first[i] + (float)(1 - BETA_1) * gradient;
        p->second[i] = (float)BETA_2 * p->second[i] + (float)(1 - BETA_2) * gradient * gradient;
        p->offset[i] -=
            rate * (p->first[i] * first_scale) / (sqrtf(p->second[i] * second_scale) + SMALL);
        p->offset[i] *= keep;
        p->gradient[i] = 0;
        p->sum[i] += sum ? p->offset[i] : 0;
    }
}

/* Sets the model to the start plus the offsets. */
static void apply(struct trainer *t)
{
    struct model *model = t->model;
    for (size_t i = 0; i < t->of_mean.count; i++) {
        float *log_variance = &t->of_variance.offset[i];
        *log_variance = fminf(fmaxf(*log_variance, LEAST_LOG_VARIANCE), MOST_LOG_VARIANCE);
        model->mean[i] = t->mean[i] + t->of_mean.offset[i] * sqrtf(t->variance[i]);
        model->variance[i] = t->variance[i] * expf(*log_variance);
    }
    for (size_t i = 0; i < t->of_weight.count; i += model->densities) {
        double sum = 0;
        for (size_t d = i; d < i + model->densities; d++) {
            model->weight[d] = expf(t->log_weight[d] + t->of_weight.offset[d]);
            sum += model->weight[d];
        }
        for (size_t d = i; d < i + model->densities; d++) {
            model->weight[d] = (float)fmax(model->weight[d] / sum, 1e-7);
        }
    }
    model_prepare(model);
}

/* Gradient of one state's score at one frame, times `blame`. */
static void add_gradient(struct trainer *t, size_t state, const float *vector, float blame)
{
    static float share[MAX_DENSITIES];
    const struct model *model = t->model;
    for (size_t s = 0; s < STREAMS; s++) {
        const float *x = vector + s * STREAM_ROOM;
        size_t weights = weight_index(model, state, s);
        size_t first = gaussian_index(model, state / STATES, s, 0);
        score_densities(model, state, s, x, share);
        for (size_t d = 0; d < model->densities; d++) {
            t->of_weight.gradient[weights + d] += blame * (share[d] - model->weight[weights + d]);
            if (share[d] < 0.005f) {
                continue;
            }
            size_t at = (first + d) * STREAM_ROOM;
            float amount = blame * share[d];
            for (size_t k = at; k < at + STREAM_SIZE; k++) {
                float u = (x[k - at] - model->mean[k]) / sqrtf(model->variance[k]);
                t->of_mean.gradient[k] += amount * u;
                t->of_variance.gradient[k] += amount * 0.5f * (u * u - 1);
            }
        }
    }
}

static size_t draw_recording(struct trainer *t)
{
    double place = chance_unit(&t->chance) * t->cumulated[t->recordings->count - 1];
    size_t low = 0;
    size_t high = t->recordings->count - 1;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (t->cumulated[middle] < place) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static size_t draw_rivals(struct trainer *t, const struct word *said, size_t frames)
{
    size_t count = 0;
    for (size_t i = 0; i < t->options->competitors; i++) {
        struct rival *rival = &t->rival[count];
        rival->word = chance_bits(&t->chance) % t->words->count;
        const struct word *word = &t->words->item[rival->word];
        if (!words_alike(said, word)) {
            rival->score = score_word(t->model, t->scores, frames, word, &rival->best);
            count++;
        }
    }
    return count;
}

/* Posteriors of the rivals; returns that of the right word, and counts. */
static double set_posteriors(struct trainer *t, float right, size_t rivals)
{
    float best = right;
    bool wrong = false;
    for (size_t i = 0; i < rivals; i++) {
        wrong = wrong || t->rival[i].score > right;
        best = fmaxf(best, t->rival[i].score);
    }
    double kappa = t->options->kappa;
    double posterior = exp(kappa * (right - best));
    double sum = posterior;
    for (size_t i = 0; i < rivals; i++) {
        t->rival[i].posterior = exp(kappa * (t->rival[i].score - best));
        sum += t->rival[i].posterior;
    }
    for (size_t i = 0; i < rivals; i++) {
        t->rival[i].posterior /= sum;
    }
    posterior /= sum;
    t->loss -= log(posterior + 1e-12);
    t->wrong += wrong;
    t->seen++;
    return posterior;
}

static void add_blame(struct trainer *t, size_t frames, const struct pronunciation *pronunciation,
                      double amount)
{
    size_t states = t->model->phones * STATES;
    score_pronunciation(t->model, t->scores, frames, pronunciation, t->path);
    for (size_t f = 0; f < frames; f++) {
        t->blame[f * states + t->path[f]] += (float)(t->options->kappa * amount);
    }
}

static void learn_from(struct trainer *t, const struct recording *recording)
{
    static int16_t sound[MAX_SAMPLES];
    static float cepstra[MAX_FRAMES][CEPSTRA];
    double warp;
    size_t states = t->model->phones * STATES;
    size_t samples = augment_draw(recording, t->recordings, &t->chance, sound, &warp);
    /* With its noise, though the program takes steady noise out: the better training of the two. */
    size_t frames = frontend_cepstra(sound, samples, warp, cepstra);
    if (frames == 0) {
        return;
    }
    frontend_vectors(cepstra, frames, t->vectors);
    score_states(t->model, t->vectors, frames, t->scores);
    size_t best = 0;
    float right = score_word(t->model, t->scores, frames, &recording->word, &best);
    size_t rivals = draw_rivals(t, &recording->word, frames);
    double posterior = set_posteriors(t, right, rivals);
    if (posterior > SURE) {
        return;
    }
    memset(t->blame, 0, frames * states * sizeof *t->blame);
    add_blame(t, frames, &recording->word.pronunciation[best], posterior - 1);
    for (size_t i = 0; i < rivals; i++) {
        const struct rival *rival = &t->rival[i];
        if (rival->posterior > UNLIKELY) {
            const struct word *word = &t->words->item[rival->word];
            add_blame(t, frames, &word->pronunciation[rival->best], rival->posterior);
        }
    }
    for (size_t i = 0; i < frames * states; i++) {
        if (fabsf(t->blame[i]) > 1e-3f * (float)t->options->kappa) {
            add_gradient(t, i % states, t->vectors + i / states * FEATURE_SIZE, t->blame[i]);
        }
    }
}

static double rate_factor(size_t step, size_t steps)
{
    double done = (double)step / (double)steps;
    return done < CONSTANT_UNTIL ? 1 : 0.2 + 0.8 * (1 - done) / (1 - CONSTANT_UNTIL);
}

static void report(struct trainer *t, size_t step)
{
    fprintf(stderr, "step %zu: loss %.3f, wrong %.1f %%\n", step, t->loss / (double)t->seen,
            100.0 * (double)t->wrong / (double)t->seen);
    t->loss = 0;
    t->wrong = t->seen = 0;
}

static void run(struct trainer *t)
{
    size_t steps = t->options->steps;
    size_t averaged = 0;
    for (size_t step = 1; step <= steps; step++) {
        for (size_t i = 0; i < t->options->batch; i++) {
            learn_from(t, &t->recordings->item[draw_recording(t)]);
        }
        bool average = (double)step > AVERAGE_FROM * (double)steps;
        double factor = rate_factor(step, steps);
        parameter_step(&t->of_mean, step, factor, average);
        parameter_step(&t->of_variance, step, factor, average);
        parameter_step(&t->of_weight, step, factor, average);
        averaged += average;
        apply(t);
        if (step % REPORT_EVERY == 0) {
            report(t, step);
        }
    }
    struct parameter *parameter[] = {&t->of_mean, &t->of_variance, &t->of_weight};
    for (size_t p = 0; p < 3 && averaged > 0; p++) {
        for (size_t i = 0; i < parameter[p]->count; i++) {
            parameter[p]->offset[i] = parameter[p]->sum[i] / (float)averaged;
        }
    }
    apply(t);
}

void refine(struct model *model, const struct recordings *recordings, const struct words *words,
            const struct refine_options *options)
{
    size_t gaussians = model->phones * STREAMS * model->densities;
    size_t states = model->phones * STATES;
    struct trainer t = {
        .model = model, .recordings = recordings, .words = words, .options = options};
    if (words->count == 0) {
        stop("no words to compete with", NULL);
    }
    t.mean = copy(model->mean, gaussians * STREAM_ROOM);
    t.variance = copy(model->variance, gaussians * STREAM_ROOM);
    t.log_weight = copy(model->log_weight, gaussians * STATES);
    parameter_start(&t.of_mean, gaussians * STREAM_ROOM, options->rate);
    parameter_start(&t.of_variance, gaussians * STREAM_ROOM, options->rate * VARIANCE_RATE);
    parameter_start(&t.of_weight, gaussians * STATES, options->rate * WEIGHT_RATE);
    chance_seed(&t.chance, options->seed);
    t.cumulated = take(recordings->count * sizeof *t.cumulated);
    double sum = 0;
    for (size_t i = 0; i < recordings->count; i++) {
        t.cumulated[i] = sum += recordings->item[i].share;
    }
    t.vectors = take(MAX_FRAMES * FEATURE_SIZE * sizeof(float));
    t.scores = take(MAX_FRAMES * states * sizeof(float));
    t.blame = take(MAX_FRAMES * states * sizeof(float));
    t.path = take(MAX_FRAMES * sizeof *t.path);
    t.rival = take((options->competitors + 1) * sizeof *t.rival);
    run(&t);
    parameter_end(&t.of_mean);
    parameter_end(&t.of_variance);
    parameter_end(&t.of_weight);
    free(t.mean);
    free(t.variance);
    free(t.log_weight);
    free(t.cumulated);
    free(t.vectors);
    free(t.scores);
    free(t.blame);
    free(t.path);
    free(t.rival);
}
