/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "score.h"

#include <math.h>
#include <stdbool.h>

#include "common.h"

#define NEVER        (-1e30f)
#define LONGEST_PATH ((LONGEST_PRONUNCIATION + 2) * STATES)

/* Log densities of one codebook's stream; returns the largest. */
static float log_densities(const struct model *model, size_t phone, size_t stream,
                           const float *vector, float *ret)
{
    size_t first = gaussian_index(model, phone, stream, 0);
    for (size_t d = 0; d < model->densities; d++) {
        const float *mean = model->mean + (first + d) * STREAM_ROOM;
        const float *half = model->half_precision + (first + d) * STREAM_ROOM;
        float distance = 0;
        for (size_t k = 0; k < STREAM_ROOM; k++) {
            float difference = vector[k] - mean[k];
            distance += difference * difference * half[k];
        }
        ret[d] = model->log_norm[first + d] - distance;
    }
    float largest = NEVER;
    for (size_t d = 0; d < model->densities; d++) {
        largest = ret[d] > largest ? ret[d] : largest;
    }
    return largest;
}

/* The three states of a phone for one frame; `ret` begins with the first phone's. */
static void score_phone(const struct model *model, size_t phone, const float *vector, float *ret)
{
    static float density[MAX_DENSITIES];
    for (size_t state = phone * STATES; state < (phone + 1) * STATES; state++) {
        ret[state] = 0;
    }
    for (size_t s = 0; s < STREAMS; s++) {
        float largest = log_densities(model, phone, s, vector + s * STREAM_ROOM, density);
        for (size_t d = 0; d < model->densities; d++) {
            density[d] = expf(density[d] - largest);
        }
        for (size_t state = phone * STATES; state < (phone + 1) * STATES; state++) {
            const float *weight = model->weight + weight_index(model, state, s);
            float sum = 0;
            for (size_t d = 0; d < model->densities; d++) {
                sum += weight[d] * density[d];
            }
            ret[state] += largest + logf(sum + 1e-30f);
        }
    }
}

void score_states(const struct model *model, const float *vectors, size_t frames, float *ret_scores)
{
    for (size_t t = 0; t < frames; t++) {
        for (size_t p = 0; p < model->phones; p++) {
            score_phone(model, p, vectors + t * FEATURE_SIZE,
                        ret_scores + t * model->phones * STATES);
        }
    }
}

void score_states_of(const struct model *model, const float *vectors, size_t frames,
                     const struct word *word, float *ret_scores)
{
    bool wanted[MAX_PHONES] = {false};
    wanted[model->silence] = true;
    for (size_t i = 0; i < word->count; i++) {
        for (size_t k = 0; k < word->pronunciation[i].length; k++) {
            wanted[word->pronunciation[i].phone[k]] = true;
        }
    }
    for (size_t t = 0; t < frames; t++) {
        for (size_t p = 0; p < model->phones; p++) {
            if (wanted[p]) {
                score_phone(model, p, vectors + t * FEATURE_SIZE,
                            ret_scores + t * model->phones * STATES);
            }
        }
    }
}

struct chain {
    size_t length;
    uint16_t state[LONGEST_PATH];
    float stay[LONGEST_PATH], move[LONGEST_PATH];
};

static void add_phone(const struct model *model, struct chain *chain, size_t phone)
{
    for (size_t s = 0; s < STATES; s++) {
        chain->state[chain->length] = (uint16_t)(phone * STATES + s);
        chain->stay[chain->length] = model->log_stay[phone][s];
        chain->move[chain->length] = model->log_move[phone][s];
        chain->length++;
    }
}

static void make_chain(const struct model *model, const struct pronunciation *pronunciation,
                       struct chain *chain)
{
    chain->length = 0;
    add_phone(model, chain, model->silence);
    for (size_t i = 0; i < pronunciation->length; i++) {
        add_phone(model, chain, pronunciation->phone[i]);
    }
    add_phone(model, chain, model->silence);
}

/* One step of Viterbi; `from_left` (may be NULL) tells where each state's best path comes from. */
static void step(const struct chain *chain, const float *scores, const float *before, float *after,
                 uint8_t *from_left)
{
    for (size_t i = 0; i < chain->length; i++) {
        float best = before[i] + chain->stay[i];
        uint8_t moved = 0;
        if (i > 0 && before[i - 1] + chain->move[i - 1] > best) {
            best = before[i - 1] + chain->move[i - 1];
            moved = 1;
        }
        after[i] = best + scores[chain->state[i]];
        if (from_left != NULL) {
            from_left[i] = moved;
        }
    }
}

float score_pronunciation(const struct model *model, const float *scores, size_t frames,
                          const struct pronunciation *pronunciation, uint16_t *ret_path)
{
    static struct chain chain;
    static float column[2][LONGEST_PATH];
    static uint8_t *trace;
    static size_t trace_room;
    size_t states = model->phones * STATES;
    make_chain(model, pronunciation, &chain);
    if (ret_path != NULL && trace_room < frames * LONGEST_PATH) {
        trace_room = frames * LONGEST_PATH; /* the last one is left to the end of the program */
        trace = take(trace_room);
    }
    for (size_t i = 0; i < chain.length; i++) {
        column[0][i] = NEVER;
    }
    column[0][0] = scores[chain.state[0]]; /* both silences may be skipped */
    column[0][STATES] = scores[chain.state[STATES]];
    for (size_t t = 1; t < frames; t++) {
        step(&chain, scores + t * states, column[(t - 1) % 2], column[t % 2],
             ret_path != NULL ? trace + t * LONGEST_PATH : NULL);
    }
    const float *last = column[(frames - 1) % 2];
    size_t with = chain.length - 1;
    size_t without = chain.length - 1 - STATES;
    float score_with = last[with] + chain.move[with];
    float score_without = last[without] + chain.move[without];
    size_t at = score_with > score_without ? with : without;
    for (size_t t = frames; ret_path != NULL && t-- > 0;) {
        ret_path[t] = chain.state[at];
        at -= t > 0 ? trace[t * LONGEST_PATH + at] : 0;
    }
    return fmaxf(score_with, score_without);
}

float score_word(const struct model *model, const float *scores, size_t frames,
                 const struct word *word, size_t *ret_best)
{
    float best = NEVER;
    for (size_t i = 0; i < word->count; i++) {
        float score = score_pronunciation(model, scores, frames, &word->pronunciation[i], NULL);
        if (score > best) {
            best = score;
            if (ret_best != NULL) {
                *ret_best = i;
            }
        }
    }
    return best;
}

float score_densities(const struct model *model, size_t state, size_t stream, const float *vector,
                      float *ret_shares)
{
    float largest = log_densities(model, state / STATES, stream, vector, ret_shares);
    const float *log_weight = model->log_weight + weight_index(model, state, stream);
    float sum = 0;
    for (size_t d = 0; d < model->densities; d++) {
        ret_shares[d] = expf(ret_shares[d] + log_weight[d] - largest);
        sum += ret_shares[d];
    }
    for (size_t d = 0; d < model->densities; d++) {
        ret_shares[d] /= sum + 1e-30f;
    }
    return largest + logf(sum + 1e-30f);
}
