/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "data.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "augment.h"
#include "common.h"
#include "frontend.h"
#include "score.h"

static float cepstra[MAX_FRAMES][CEPSTRA];
static float vectors[MAX_FRAMES * FEATURE_SIZE];
static float scores[MAX_FRAMES * MAX_PHONES * STATES];
static int16_t sound[MAX_SAMPLES];

struct output {
    const char *folder;
    FILE *cepstra, *states, *scores, *utterances;
    size_t frames;
};

static FILE *create(const char *folder, const char *name)
{
    char path[1024];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *stream = fopen(path, "wb");
    if (stream == NULL) {
        stop("cannot write", path);
    }
    return stream;
}

static void finish(FILE *stream, const char *folder)
{
    if (stream != NULL && (ferror(stream) != 0 || fclose(stream) != 0)) {
        stop("cannot write in", folder);
    }
}

static struct output open_output(const struct model *model, const char *folder)
{
    FILE *phones = create(folder, "phones.tsv");
    fprintf(phones, "phone\tfirst state\n");
    for (size_t p = 0; p < model->phones; p++) {
        fprintf(phones, "%s\t%zu\n", model->name[p], p * STATES);
    }
    finish(phones, folder);
    struct output output = {.folder = folder,
                            .cepstra = create(folder, "cepstra.f32"),
                            .utterances = create(folder, "utterances.tsv")};
    fprintf(output.utterances, "first\tframes\tspeaker\ttext\n");
    return output;
}

static void close_output(struct output *output)
{
    finish(output->cepstra, output->folder);
    finish(output->states, output->folder);
    finish(output->scores, output->folder);
    finish(output->utterances, output->folder);
}

static void write_utterance(struct output *output, const struct recording *recording, size_t frames)
{
    fprintf(output->utterances, "%zu\t%zu\t%s\t%s\n", output->frames, frames, recording->speaker,
            recording->word.text);
    fwrite(cepstra, sizeof cepstra[0], frames, output->cepstra);
    output->frames += frames;
}

/* What is said when, from a sound that is nothing but the voice. */
static void align(const struct model *model, const int16_t *voice, size_t samples,
                  const struct word *word, uint16_t *ret_path)
{
    size_t best = 0;
    size_t frames = frontend_cepstra(voice, samples, 1, cepstra);
    frontend_vectors(cepstra, frames, vectors);
    score_states_of(model, vectors, frames, word, scores);
    score_word(model, scores, frames, word, &best);
    score_pronunciation(model, scores, frames, &word->pronunciation[best], ret_path);
}

/* Mostly as the program hears it; the rest keeps its noise, from which more is learnt. */
#define DENOISED 0.6

void data_draw(const struct model *model, const struct recordings *recordings, size_t count,
               uint64_t seed, const char *folder)
{
    static int16_t voice[MAX_SAMPLES];
    static uint16_t path[MAX_FRAMES];
    struct output output = open_output(model, folder);
    struct chance chance;
    chance_seed(&chance, seed);
    output.states = create(folder, "states.u8");
    for (size_t i = 0; i < count; i++) {
        const struct recording *one = recordings_pick(recordings, &chance);
        double warp;
        size_t samples = augment_harsh(one, recordings, &chance, sound, voice, &warp);
        size_t frames = frontend_cepstra(voice, samples, 1, cepstra);
        if (frames == 0) {
            continue;
        }
        align(model, voice, samples, &one->word, path);
        if (chance_unit(&chance) < DENOISED) {
            frontend_denoised(sound, samples, warp, cepstra);
        } else {
            frontend_cepstra(sound, samples, warp, cepstra);
        }
        write_utterance(&output, one, frames);
        for (size_t t = 0; t < frames; t++) {
            fputc(path[t], output.states);
        }
    }
    close_output(&output);
}

#define LOUDEST 30000
void data_judge(const struct model *model, const struct recordings *recordings, double ratio_db,
                uint64_t seed, const char *folder)
{
    static float noisy[MAX_SAMPLES];
    struct output output = open_output(model, folder);
    output.scores = create(folder, "scores.f32");
    for (size_t i = 0; i < recordings->count; i++) {
        const struct recording *one = &recordings->item[i];
        struct chance chance;
        chance_seed(&chance, seed * 1000003 + i);
        double peak = LOUDEST;
        for (size_t k = 0; k < one->samples; k++) {
            noisy[k] = one->sound[k];
        }
        if (ratio_db < 100) {
            enum noise kind = (enum noise)(chance_bits(&chance) % NOISE_CLICKS);
            augment_noise(noisy, one->samples, kind, ratio_db, recordings, &chance);
        }
        for (size_t k = 0; k < one->samples; k++) {
            peak = fmax(peak, fabs(noisy[k]));
        }
        for (size_t k = 0; k < one->samples; k++) {
            sound[k] = (int16_t)lrint(noisy[k] * (LOUDEST / peak));
        }
        size_t frames = frontend_denoised(sound, one->samples, 1, cepstra);
        if (frames == 0) {
            continue;
        }
        write_utterance(&output, one, frames);
        frontend_vectors(cepstra, frames, vectors);
        score_states(model, vectors, frames, scores);
        fwrite(scores, model->phones * STATES * sizeof scores[0], frames, output.scores);
    }
    close_output(&output);
}
