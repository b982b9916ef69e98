/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/net_bytes.h"

#include "base/bytes.h"
#include "base/mem.h"
#include "listen/acoustic_net.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CEPSTRA 13

static void add_little_endian(struct strbuf *file, uint64_t value, int bytes)
{
    for (int i = 0; i < bytes; i++)
        strbuf_add_char(file, (char)(unsigned char)(value >> (8 * i)));
}

void net_bytes_add_u32(struct strbuf *file, uint32_t value)
{
    add_little_endian(file, value, 4);
}

void net_bytes_add_f32(struct strbuf *file, const float *values, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        uint32_t bits;
        memcpy(&bits, &values[i], sizeof bits);
        net_bytes_add_u32(file, bits);
    }
}

void net_bytes_begin(struct strbuf *file, uint32_t inputs, uint32_t outputs, uint32_t layers)
{
    strbuf_add(file, "pasnet1\n");
    net_bytes_add_u32(file, inputs);
    net_bytes_add_u32(file, outputs);
    net_bytes_add_u32(file, layers);
}

static void add_shape(struct strbuf *file, const struct net_shape *shape)
{
    net_bytes_add_u32(file, shape->in);
    net_bytes_add_u32(file, shape->out);
    net_bytes_add_u32(file, shape->width);
    net_bytes_add_u32(file, shape->dilation);
    net_bytes_add_u32(file, shape->relu);
}

void net_bytes_add_layer(struct strbuf *file, const struct net_shape *shape, const float *bias,
                         const float *scale, const int8_t *weights)
{
    add_shape(file, shape);
    net_bytes_add_f32(file, bias, shape->out);
    net_bytes_add_f32(file, scale, shape->out);
    strbuf_add_bytes(file, (const char *)weights, (size_t)shape->out * shape->width * shape->in);
}

void net_bytes_seal(struct strbuf *file)
{
    add_little_endian(file, bytes_sum(file->text, file->length), 8);
}

/* --- at random -------------------------------------------------------------------------------- */

/* -1 to 1. */
static float random_number(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return (float)(*seed >> 8) / (1 << 23) - 1;
}

static float *random_numbers(uint32_t *seed, size_t count, float about, float spread)
{
    float *numbers = xcalloc(count, sizeof *numbers);
    for (size_t i = 0; i < count; i++)
        numbers[i] = about + spread * random_number(seed);
    return numbers;
}

/* Such a scale that what comes out is about as large as what goes in. */
static void add_random_layer(struct strbuf *file, const struct net_shape *shape, uint32_t *seed)
{
    const size_t terms = (size_t)shape->width * shape->in, count = terms * shape->out;
    float *bias = random_numbers(seed, shape->out, 0, 0.1f);
    float *scale = random_numbers(seed, shape->out, 0.025f / sqrtf((float)terms), 0.001f);
    int8_t *weights = xcalloc(count, sizeof *weights);
    for (size_t i = 0; i < count; i++)
        weights[i] = (int8_t)(127 * random_number(seed));
    net_bytes_add_layer(file, shape, bias, scale, weights);
    free(bias);
    free(scale);
    free(weights);
}

void net_bytes_random(struct strbuf *file, const struct net_shape *shapes, size_t count,
                      uint32_t seed)
{
    const uint32_t inputs = shapes[0].in;
    float *mean = random_numbers(&seed, inputs, 0, 0.1f);
    float *scale = random_numbers(&seed, inputs, 0.15f, 0.05f);
    net_bytes_begin(file, inputs, shapes[count - 1].out, (uint32_t)count);
    net_bytes_add_f32(file, mean, inputs);
    net_bytes_add_f32(file, scale, inputs);
    for (size_t i = 0; i < count; i++)
        add_random_layer(file, &shapes[i], &seed);
    net_bytes_seal(file);
    free(mean);
    free(scale);
}

/* --- beside the trainer ----------------------------------------------------------------------- */

/* `numbers` of the machine, as the file's are: nobody trains on one of the other kind. */
static double difference(const struct acoustic_net *net, const float *numbers, size_t frames)
{
    const size_t inputs = acoustic_net_inputs(net), count = frames * acoustic_net_outputs(net);
    const float *expected = numbers + frames * inputs;
    float *outputs = xcalloc(count + 1, sizeof *outputs);
    double most = 0;
    acoustic_net_run(net, numbers, frames, outputs);
    for (size_t i = 0; i < count; i++)
        most = fmax(most, fabs((double)outputs[i] - (double)expected[i]));
    free(outputs);
    return most;
}

double net_bytes_compare(const struct strbuf *file, const struct strbuf *example)
{
    struct acoustic_net *net = NULL;
    uint32_t head[3] = {0};
    double most = INFINITY;
    if (acoustic_net_parse((const uint8_t *)file->text, file->length, &net) != ACOUSTIC_NET_SOUND)
        return most;
    const size_t width = acoustic_net_inputs(net) + acoustic_net_outputs(net);
    if (example->length >= sizeof head)
        memcpy(head, example->text, sizeof head);
    const size_t bytes = head[0] * width * sizeof(float);
    if (head[1] == acoustic_net_inputs(net) && head[2] == acoustic_net_outputs(net) &&
        example->length == sizeof head + bytes) {
        float *numbers = xmalloc(bytes + 1);
        memcpy(numbers, example->text + sizeof head, bytes);
        most = difference(net, numbers, head[0]);
        free(numbers);
    }
    acoustic_net_free(net);
    return most;
}

void net_bytes_usual_shape(uint32_t width, uint32_t outputs,
                           struct net_shape ret_shapes[NET_BYTES_USUAL])
{
    const struct net_shape shapes[NET_BYTES_USUAL] = {
        {CEPSTRA, width, 5, 1, 1}, {width, width, 3, 2, 1}, {width, width, 3, 3, 1},
        {width, width, 3, 3, 1},   {width, width, 1, 1, 1}, {width, outputs, 1, 1, 0},
    };
    memcpy(ret_shapes, shapes, sizeof shapes);
}
