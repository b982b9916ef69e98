/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * train-acoustic: the steps of scripts/train-model and scripts/train-net that no other tool has.
 *
 * clone ENGLISH MAP MODEL: a French model of English Gaussians
 *
 * draw MODEL RECORDINGS COUNT SEED FOLDER: augmented recordings, aligned, for sphinxtrain's bw
 *
 * refine MODEL RECORDINGS WORDS TO STEPS SEED RATE KAPPA: discriminative training
 *
 * average TO MODEL MODEL MODEL: the middle of three
 *
 * ship MODEL TO: without the phones of other languages
 *
 * measure MODEL RECORDINGS WORDS SEED: per cent right among 43 phrases, by speaker
 *
 * lend ENGLISH MAP SHIPPED TO: the clone, with a shipped model's phones in place of its own
 *
 * data MODEL RECORDINGS COUNT SEED FOLDER: augmented recordings with their states, for
 * scripts/train-net
 *
 * judge MODEL RECORDINGS RATIO SEED FOLDER: recordings with the model's scores, for the same
 *
 * MODEL, ENGLISH, SHIPPED, FOLDER and TO are existing folders; see the headers for the tables.
 */
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sphinxbase/err.h>

#include "augment.h"
#include "common.h"
#include "data.h"
#include "frontend.h"
#include "model.h"
#include "refine.h"
#include "score.h"
#include "words.h"

static float cepstra[MAX_FRAMES][CEPSTRA];
static float vectors[MAX_FRAMES * FEATURE_SIZE];
static float scores[MAX_FRAMES * MAX_PHONES * STATES];

static size_t number(const char *text)
{
    char *end;
    unsigned long value = strtoul(text, &end, 10);
    if (*text == '\0' || *end != '\0') {
        stop("not a number:", text);
    }
    return value;
}

/* --- draw ----------------------------------------------------------------------------------- */

/* Sphinx's feature file: how many numbers, then the cepstra, with their mean. */
static void write_cepstra(const char *folder, const char *name, size_t frames)
{
    char file[64];
    snprintf(file, sizeof file, "%s.mfc", name);
    FILE *stream = open_in(folder, file, "wb");
    int32_t numbers = (int32_t)(frames * CEPSTRA);
    fwrite(&numbers, sizeof numbers, 1, stream);
    fwrite(cepstra, sizeof(float) * CEPSTRA, frames, stream);
    close_written(stream, folder);
}

static void write_pronunciation(FILE *dictionary, const struct model *model, const char *name,
                                const struct pronunciation *pronunciation)
{
    fprintf(dictionary, "%s", name);
    for (size_t i = 0; i < pronunciation->length; i++) {
        fprintf(dictionary, " %s", model->name[pronunciation->phone[i]]);
    }
    fputc('\n', dictionary);
}

/* Each draw is a word of its own, said as the model finds that it was said. */
static int draw(char **argument)
{
    static int16_t sound[MAX_SAMPLES];
    struct model *model = model_read(argument[0]);
    struct recordings recordings = recordings_read(model, argument[1]);
    const char *folder = argument[4];
    FILE *list = open_in(folder, "files", "wb");
    FILE *transcript = open_in(folder, "transcripts", "wb");
    FILE *dictionary = open_in(folder, "dictionary", "wb");
    struct chance chance;
    chance_seed(&chance, number(argument[3]));
    for (size_t i = 0; i < number(argument[2]); i++) {
        const struct recording *one = recordings_pick(&recordings, &chance);
        double warp;
        char name[32];
        size_t best = 0;
        size_t samples = augment_draw(one, &recordings, &chance, sound, &warp);
        size_t frames = frontend_cepstra(sound, samples, warp, cepstra);
        if (frames == 0) {
            continue;
        }
        snprintf(name, sizeof name, "d%06zu", i);
        write_cepstra(folder, name, frames);
        frontend_vectors(cepstra, frames, vectors);
        score_states(model, vectors, frames, scores);
        score_word(model, scores, frames, &one->word, &best);
        fprintf(list, "%s\n", name);
        fprintf(transcript, "<s> %s </s> (%s)\n", name, name);
        write_pronunciation(dictionary, model, name, &one->word.pronunciation[best]);
    }
    close_written(list, folder);
    close_written(transcript, folder);
    close_written(dictionary, folder);
    return 0;
}

/* --- measure -------------------------------------------------------------------------------- */

#define PHRASES       43 /* in each vocabulary, the right one among them */
#define VOCABULARIES  60 /* drawn for each recording */
#define CONDITIONS    3
#define MOST_SPEAKERS 64
static const double RATIO_DB[CONDITIONS] = {AUGMENT_CLEAN, 12, 6};

/* Scores of all words for one recording in one condition; returns that of the right word. */
static float score_all(const struct model *model, const struct recordings *recordings, size_t index,
                       size_t condition, const struct words *words, float *ret,
                       struct chance *chance)
{
    static int16_t sound[MAX_SAMPLES];
    const struct recording *one = &recordings->item[index];
    augment_to_judge(one, recordings, RATIO_DB[condition], chance, sound);
    size_t frames = frontend_denoised(sound, one->samples, 1, cepstra);
    if (frames == 0) {
        return -INFINITY;
    }
    frontend_vectors(cepstra, frames, vectors);
    score_states(model, vectors, frames, scores);
    for (size_t i = 0; i < words->count; i++) {
        bool same = words_alike(&one->word, &words->item[i]);
        ret[i] = same ? -INFINITY : score_word(model, scores, frames, &words->item[i], NULL);
    }
    return score_word(model, scores, frames, &one->word, NULL);
}

/* Share of the vocabularies in which the right word wins. */
static double share_right(float right, const float *score, size_t words, struct chance *chance)
{
    size_t won = 0;
    for (size_t v = 0; v < VOCABULARIES; v++) {
        bool best = true;
        for (size_t i = 0; i < PHRASES - 1; i++) {
            best = score[chance_bits(chance) % words] < right && best;
        }
        won += best;
    }
    return (double)won / VOCABULARIES;
}

static int measure(char **argument)
{
    struct model *model = model_read(argument[0]);
    struct recordings recordings = recordings_read(model, argument[1]);
    struct words words = words_read(model, argument[2]);
    float *score = take(words.count * sizeof *score);
    const char *speaker[MOST_SPEAKERS];
    double right[MOST_SPEAKERS][CONDITIONS] = {{0}};
    size_t clips[MOST_SPEAKERS] = {0};
    size_t speakers = 0;
    for (size_t i = 0; i < recordings.count; i++) {
        size_t s = 0;
        while (s < speakers && strcmp(speaker[s], recordings.item[i].speaker) != 0) {
            s++;
        }
        if (s == MOST_SPEAKERS) {
            stop("too many speakers", NULL);
        }
        if (s == speakers) {
            speaker[speakers++] = recordings.item[i].speaker;
        }
        clips[s]++;
        for (size_t c = 0; c < CONDITIONS; c++) {
            struct chance chance;
            chance_seed(&chance, (number(argument[3]) * 1000003 + i) * CONDITIONS + c);
            float true_score = score_all(model, &recordings, i, c, &words, score, &chance);
            right[s][c] += share_right(true_score, score, words.count, &chance);
        }
    }
    printf("speaker\tclips\tclean\t12 dB\t6 dB\n");
    for (size_t s = 0; s < speakers; s++) {
        printf("%s\t%zu", speaker[s], clips[s]);
        for (size_t c = 0; c < CONDITIONS; c++) {
            printf("\t%.1f", 100 * right[s][c] / (double)clips[s]);
        }
        printf("\n");
    }
    return 0;
}

/* --- the other commands --------------------------------------------------------------------- */

static int clone(char **argument)
{
    model_write(model_clone(argument[0], argument[1]), argument[2], 0);
    return 0;
}

static int ship(char **argument)
{
    model_write(model_read(argument[0]), argument[1], 1);
    return 0;
}

static int lend(char **argument)
{
    struct model *model = model_clone(argument[0], argument[1]);
    model_lend(model, model_read(argument[2]));
    model_write(model, argument[3], 0);
    return 0;
}

static double real(const char *text)
{
    char *end;
    double value = strtod(text, &end);
    if (*text == '\0' || *end != '\0' || !(value > 0)) {
        stop("not a number above 0:", text);
    }
    return value;
}

static int refine_command(char **argument)
{
    struct model *model = model_read(argument[0]);
    struct recordings recordings = recordings_read(model, argument[1]);
    struct words words = words_read(model, argument[2]);
    struct refine_options options = {.steps = number(argument[4]),
                                     .batch = 32,
                                     .competitors = 60,
                                     .seed = number(argument[5]),
                                     .rate = real(argument[6]),
                                     .kappa = real(argument[7])};
    refine(model, &recordings, &words, &options);
    model_write(model, argument[3], 0);
    return 0;
}

static int average(char **argument)
{
    struct model *models[3];
    for (size_t i = 0; i < 3; i++) {
        models[i] = model_read(argument[i + 1]);
    }
    model_average(models, 3);
    model_write(models[0], argument[0], 0);
    return 0;
}

static int data(char **argument)
{
    struct model *model = model_read(argument[0]);
    struct recordings recordings = recordings_read(model, argument[1]);
    data_draw(model, &recordings, number(argument[2]), number(argument[3]), argument[4]);
    return 0;
}

static int judge(char **argument)
{
    struct model *model = model_read(argument[0]);
    struct recordings recordings = recordings_read(model, argument[1]);
    data_judge(model, &recordings, real(argument[2]), number(argument[3]), argument[4]);
    return 0;
}

int main(int argc, char **argv)
{
    static const struct {
        const char *name;
        int arguments;
        int (*run)(char **argument);
    } command[] = {{"clone", 3, clone},     {"draw", 5, draw}, {"refine", 8, refine_command},
                   {"average", 4, average}, {"ship", 2, ship}, {"measure", 4, measure},
                   {"lend", 4, lend},       {"data", 5, data}, {"judge", 5, judge}};
    err_set_logfp(NULL);
    for (size_t i = 0; argc > 1 && i < sizeof command / sizeof command[0]; i++) {
        if (strcmp(argv[1], command[i].name) == 0 && argc == command[i].arguments + 2) {
            return command[i].run(argv + 2);
        }
    }
    fprintf(stderr, "train-acoustic: wrong use, see the head of train-acoustic.c\n");
    return 2;
}
