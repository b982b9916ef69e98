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

static struct output open_output(const struct model *model, const char *folder)
{
    FILE *phones = open_in(folder, "phones.tsv", "wb");
    fprintf(phones, "phone\tfirst state\n");
    for (size_t p = 0; p < model->phones; p++) {
        fprintf(phones, "%s\t%zu\n", model->name[p], p * STATES);
    }
    close_written(phones, folder);
    struct output output = {.folder = folder,
                            .cepstra = open_in(folder, "cepstra.f32", "wb"),
                            .utterances = open_in(folder, "utterances.tsv", "wb")};
    fprintf(output.utterances, "first\tframes\tspeaker\ttext\n");
    return output;
}

static void close_output(struct output *output)
{
    close_written(output->cepstra, output->folder);
    close_written(output->states, output->folder);
    close_written(output->scores, output->folder);
    close_written(output->utterances, output->folder);
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
    output.states = open_in(folder, "states.u8", "wb");
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

void data_judge(const struct model *model, const struct recordings *recordings, double ratio_db,
                uint64_t seed, const char *folder)
{
    struct output output = open_output(model, folder);
    output.scores = open_in(folder, "scores.f32", "wb");
    for (size_t i = 0; i < recordings->count; i++) {
        const struct recording *one = &recordings->item[i];
        struct chance chance;
        chance_seed(&chance, seed * 1000003 + i);
        augment_to_judge(one, recordings, ratio_db, &chance, sound);
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
