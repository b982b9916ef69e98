/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "listen/acoustic_net.h"

#include "base/bytes.h"
#include "base/mem.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define MAGIC "pasnet1\n"
#define SUM   8 /* bytes at the end */

/* What is computed at once: so many outputs of so many frames, as many as the registers of the
 * smallest processor (SSE2) hold. */
#define LANES  4
#define TILE   (2 * LANES)
#define FRAMES 4

typedef float lanes __attribute__((vector_size(LANES * sizeof(float))));

struct layer {
    uint32_t in, out, width, dilation;
    bool relu;
    size_t tiles;   /* of TILE outputs; those behind `out` are zeros */
    float *bias;    /* [tiles][TILE] */
    float *weights; /* [tiles][width][in][TILE], with the scale in them */
};

struct acoustic_net {
    uint32_t inputs, outputs;
    float *mean, *scale; /* [inputs] */
    struct layer layers[ACOUSTIC_NET_LAYERS_MAX];
    size_t layer_count, weight_count;
    size_t room; /* weights, with the zeros behind each layer's outputs */
};

/* --- reading ---------------------------------------------------------------------------------- */

/* The first fault stays; after it nothing more is read. */
struct reader {
    const uint8_t *at;
    size_t left;
    enum acoustic_net_fault fault;
};

static void fail(struct reader *reader, enum acoustic_net_fault fault)
{
    if (reader->fault == ACOUSTIC_NET_SOUND)
        reader->fault = fault;
}

/* NULL if there are not so many bytes any more. */
static const uint8_t *take(struct reader *reader, size_t size)
{
    if (reader->left < size)
        fail(reader, ACOUSTIC_NET_CUT);
    if (reader->fault != ACOUSTIC_NET_SOUND)
        return NULL;
    const uint8_t *taken = reader->at;
    reader->at += size;
    reader->left -= size;
    return taken;
}

static float read_f32(const uint8_t *bytes)
{
    const uint32_t bits = bytes_u32(bytes);
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static uint32_t take_size(struct reader *reader, uint32_t least, uint32_t most)
{
    const uint8_t *bytes = take(reader, 4);
    const uint32_t size = bytes ? bytes_u32(bytes) : least;
    if (size < least || size > most)
        fail(reader, ACOUSTIC_NET_SHAPE);
    return size;
}

/* `count` numbers, with zeros up to `room`; NULL on a fault. */
static float *take_numbers(struct reader *reader, size_t count, size_t room)
{
    const uint8_t *bytes = take(reader, 4 * count);
    if (!bytes)
        return NULL;
    float *numbers = xcalloc(room, sizeof *numbers);
    for (size_t i = 0; i < count; i++) {
        numbers[i] = read_f32(bytes + 4 * i);
        if (!isfinite(numbers[i]))
            fail(reader, ACOUSTIC_NET_NUMBER);
    }
    return numbers;
}

/* Eight outputs side by side, as they are computed. */
static void spread_weights(struct layer *layer, const int8_t *weights, const float *scale)
{
    const size_t terms = (size_t)layer->width * layer->in;
    layer->weights = xcalloc(layer->tiles * terms * TILE, sizeof *layer->weights);
    for (size_t o = 0; o < layer->out; o++) {
        float *column = layer->weights + o / TILE * terms * TILE + o % TILE;
        for (size_t i = 0; i < terms; i++)
            column[i * TILE] = scale[o] * (float)weights[o * terms + i];
    }
}

static void take_weights(struct reader *reader, struct acoustic_net *net, struct layer *layer)
{
    layer->tiles = (layer->out + TILE - 1) / TILE;
    /* At most 2^12 * 2^12 * 1001: no overflow. */
    const uint64_t terms = (uint64_t)layer->width * layer->in, count = terms * layer->out;
    const uint64_t room = terms * layer->tiles * TILE;
    if (room > ACOUSTIC_NET_WEIGHTS_MAX - net->room) {
        fail(reader, ACOUSTIC_NET_SHAPE);
        return;
    }
    net->room += (size_t)room;
    layer->bias = take_numbers(reader, layer->out, layer->tiles * TILE);
    float *scale = take_numbers(reader, layer->out, layer->out);
    const uint8_t *weights = take(reader, (size_t)count);
    if (weights)
        spread_weights(layer, (const int8_t *)weights, scale);
    net->weight_count += weights ? (size_t)count : 0;
    free(scale);
}

static void take_layer(struct reader *reader, struct acoustic_net *net, uint32_t expected)
{
    struct layer *layer = &net->layers[net->layer_count++];
    layer->in = take_size(reader, expected, expected);
    layer->out = take_size(reader, 1, ACOUSTIC_NET_SIZE_MAX);
    layer->width = take_size(reader, 1, 2 * ACOUSTIC_NET_REACH_MAX + 1);
    layer->dilation = take_size(reader, 1, ACOUSTIC_NET_REACH_MAX);
    layer->relu = take_size(reader, 0, 1);
    if (layer->width % 2 == 0 || layer->width / 2 * layer->dilation > ACOUSTIC_NET_REACH_MAX)
        fail(reader, ACOUSTIC_NET_SHAPE);
    if (reader->fault == ACOUSTIC_NET_SOUND)
        take_weights(reader, net, layer);
}

static void take_net(struct reader *reader, struct acoustic_net *net)
{
    net->inputs = take_size(reader, 1, ACOUSTIC_NET_SIZE_MAX);
    net->outputs = take_size(reader, 1, ACOUSTIC_NET_SIZE_MAX);
    const uint32_t layers = take_size(reader, 1, ACOUSTIC_NET_LAYERS_MAX);
    if (reader->fault != ACOUSTIC_NET_SOUND)
        return;
    net->mean = take_numbers(reader, net->inputs, net->inputs);
    net->scale = take_numbers(reader, net->inputs, net->inputs);
    uint32_t expected = net->inputs;
    for (uint32_t i = 0; i < layers && reader->fault == ACOUSTIC_NET_SOUND; i++) {
        take_layer(reader, net, expected);
        expected = net->layers[i].out;
    }
    if (expected != net->outputs)
        fail(reader, ACOUSTIC_NET_SHAPE);
    if (reader->left)
        fail(reader, ACOUSTIC_NET_LONGER);
}

static enum acoustic_net_fault check_frame(const uint8_t *bytes, size_t size)
{
    const size_t magic = strlen(MAGIC);
    if (size < magic || memcmp(bytes, MAGIC, magic) != 0)
        return ACOUSTIC_NET_OTHER;
    return size < magic + SUM ? ACOUSTIC_NET_CUT : ACOUSTIC_NET_SOUND;
}

static bool sum_is_right(const uint8_t *bytes, size_t size)
{
    const uint8_t *end = bytes + size - SUM;
    const uint64_t sum = bytes_u32(end) | (uint64_t)bytes_u32(end + 4) << 32;
    return sum == bytes_sum(bytes, size - SUM);
}

/* What is told is the shape's fault before the sum's: it says more. */
enum acoustic_net_fault acoustic_net_parse(const uint8_t *bytes, size_t size,
                                           struct acoustic_net **ret_net)
{
    const size_t magic = strlen(MAGIC);
    const enum acoustic_net_fault frame = check_frame(bytes, size);
    if (frame != ACOUSTIC_NET_SOUND)
        return frame;
    struct reader reader = {.at = bytes + magic, .left = size - magic - SUM};
    struct acoustic_net *net = xcalloc(1, sizeof *net);
    take_net(&reader, net);
    if (!sum_is_right(bytes, size))
        fail(&reader, ACOUSTIC_NET_CHANGED);
    if (reader.fault != ACOUSTIC_NET_SOUND) {
        acoustic_net_free(net);
        return reader.fault;
    }
    *ret_net = net;
    return ACOUSTIC_NET_SOUND;
}

void acoustic_net_free(struct acoustic_net *net)
{
    if (!net)
        return;
    for (size_t i = 0; i < net->layer_count; i++) {
        free(net->layers[i].bias);
        free(net->layers[i].weights);
    }
    free(net->mean);
    free(net->scale);
    free(net);
}

size_t acoustic_net_inputs(const struct acoustic_net *net)
{
    return net->inputs;
}

size_t acoustic_net_outputs(const struct acoustic_net *net)
{
    return net->outputs;
}

size_t acoustic_net_weights(const struct acoustic_net *net)
{
    return net->weight_count;
}

/* --- computing -------------------------------------------------------------------------------- */

/* The frames of one layer, with as many rows of zeros around as any layer looks at. */
struct frames {
    float *rows; /* owned */
    float *first;
    size_t stride; /* floats */
};

static struct frames frames_new(size_t count, size_t around, size_t stride)
{
    struct frames frames = {.stride = stride};
    /* Behind them the last group of FRAMES may go beyond `count`. */
    frames.rows = xcalloc((count + FRAMES + 2 * around) * stride, sizeof *frames.rows);
    frames.first = frames.rows + around * stride;
    return frames;
}

static lanes load(const float *from)
{
    lanes value;
    memcpy(&value, from, sizeof value);
    return value;
}

static void store(float *to, lanes value)
{
    memcpy(to, &value, sizeof value);
}

/* Adds to TILE outputs of FRAMES frames what `terms` inputs of each give. By hand rather than as
 * loops, so that all sums stay in registers without -O3. */
static void add_products(const float *weights, const float *x, size_t stride, size_t terms,
                         float sums[FRAMES][TILE])
{
    const float *x0 = x, *x1 = x + stride, *x2 = x1 + stride, *x3 = x2 + stride;
    lanes a0 = load(sums[0]), b0 = load(sums[0] + LANES);
    lanes a1 = load(sums[1]), b1 = load(sums[1] + LANES);
    lanes a2 = load(sums[2]), b2 = load(sums[2] + LANES);
    lanes a3 = load(sums[3]), b3 = load(sums[3] + LANES);
    for (size_t i = 0; i < terms; i++, weights += TILE) {
        const lanes a = load(weights), b = load(weights + LANES);
        a0 += a * x0[i];
        b0 += b * x0[i];
        a1 += a * x1[i];
        b1 += b * x1[i];
        a2 += a * x2[i];
        b2 += b * x2[i];
        a3 += a * x3[i];
        b3 += b * x3[i];
    }
    store(sums[0], a0), store(sums[0] + LANES, b0);
    store(sums[1], a1), store(sums[1] + LANES, b1);
    store(sums[2], a2), store(sums[2] + LANES, b2);
    store(sums[3], a3), store(sums[3] + LANES, b3);
}

/* Only frames of the utterance: those behind it are zeros to the next layer. */
static void put(const struct layer *layer, float sums[FRAMES][TILE], size_t frames, float *to,
                size_t stride)
{
    for (size_t t = 0; t < frames; t++, to += stride)
        for (size_t o = 0; o < TILE; o++)
            to[o] = layer->relu && sums[t][o] < 0 ? 0 : sums[t][o];
}

/* One tile of outputs of all frames: its weights stay in the processor's cache. */
static void run_tile(const struct layer *layer, size_t tile, const struct frames *from,
                     struct frames *to, size_t count)
{
    const size_t in = layer->in, stride = from->stride;
    const float *bias = layer->bias + tile * TILE;
    const float *weights = layer->weights + tile * layer->width * in * TILE;
    const size_t back = layer->width / 2 * layer->dilation;
    for (size_t t = 0; t < count; t += FRAMES) {
        const float *x = from->first + t * stride - back * stride;
        float sums[FRAMES][TILE];
        for (size_t i = 0; i < FRAMES; i++)
            memcpy(sums[i], bias, sizeof sums[i]);
        for (size_t k = 0; k < layer->width; k++)
            add_products(weights + k * in * TILE, x + k * layer->dilation * stride, stride, in,
                         sums);
        put(layer, sums, count - t < FRAMES ? count - t : FRAMES,
            to->first + t * to->stride + tile * TILE, to->stride);
    }
}

/* The mean of the utterance goes out first: microphones differ by it. */
static void normalise(const struct acoustic_net *net, const float *cepstra, size_t count,
                      struct frames *to)
{
    for (size_t i = 0; i < net->inputs; i++) {
        double sum = 0;
        for (size_t t = 0; t < count; t++)
            sum += cepstra[t * net->inputs + i];
        const float mean = (float)(sum / (double)count) + net->mean[i];
        for (size_t t = 0; t < count; t++)
            to->first[t * to->stride + i] = (cepstra[t * net->inputs + i] - mean) * net->scale[i];
    }
}

static size_t widest(const struct acoustic_net *net)
{
    size_t most = net->inputs;
    for (size_t i = 0; i < net->layer_count; i++)
        if (net->layers[i].tiles * TILE > most)
            most = net->layers[i].tiles * TILE;
    return most;
}

static size_t farthest(const struct acoustic_net *net)
{
    size_t most = 0;
    for (size_t i = 0; i < net->layer_count; i++)
        if (net->layers[i].width / 2 * net->layers[i].dilation > most)
            most = net->layers[i].width / 2 * net->layers[i].dilation;
    return most;
}

void acoustic_net_run(const struct acoustic_net *net, const float *cepstra, size_t count,
                      float *ret_outputs)
{
    const size_t stride = widest(net), around = farthest(net);
    struct frames from = frames_new(count, around, stride);
    struct frames to = frames_new(count, around, stride);
    normalise(net, cepstra, count, &from);
    for (size_t i = 0; i < net->layer_count; i++) {
        for (size_t tile = 0; tile < net->layers[i].tiles; tile++)
            run_tile(&net->layers[i], tile, &from, &to, count);
        const struct frames next = to;
        to = from;
        from = next;
    }
    for (size_t t = 0; t < count; t++)
        memcpy(ret_outputs + t * net->outputs, from.first + t * stride,
               net->outputs * sizeof *ret_outputs);
    free(from.rows);
    free(to.rows);
}
