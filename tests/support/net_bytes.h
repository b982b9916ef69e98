/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * net_bytes: makes files of listen/acoustic_net.h, by hand or at random.
 */
#ifndef PASAPAS_TESTS_NET_BYTES_H
#define PASAPAS_TESTS_NET_BYTES_H

#include "base/strbuf.h"

#include <stddef.h>
#include <stdint.h>

struct net_shape {
    uint32_t in, out, width, dilation, relu;
};

void net_bytes_add_u32(struct strbuf *file, uint32_t value);
void net_bytes_add_f32(struct strbuf *file, const float *values, size_t count);

/* The beginning, up to the number of layers. */
void net_bytes_begin(struct strbuf *file, uint32_t inputs, uint32_t outputs, uint32_t layers);

/* Adds a layer: [out], [out], [out][width][in]. */
void net_bytes_add_layer(struct strbuf *file, const struct net_shape *shape, const float *bias,
                         const float *scale, const int8_t *weights);

/* Adds the sum of all bytes. */
void net_bytes_seal(struct strbuf *file);

/* A whole net of small random numbers, the same for the same seed. */
void net_bytes_random(struct strbuf *file, const struct net_shape *shapes, size_t count,
                      uint32_t seed);

/*
 * The largest difference between what a net makes of an example and what the trainer says; infinite
 * if one of them is not whole or they do not fit. An example, as scripts/train/net writes it: u32
 * frames, inputs, outputs; f32 cepstra [frames][inputs] and scores [frames][outputs].
 */
double net_bytes_compare(const struct strbuf *net, const struct strbuf *example);

/* The shape of a real net, with `width` channels: convolutions 5, 3, 3, 3, 1 frames wide, and one
 * that gives the outputs. */
#define NET_BYTES_USUAL 6
void net_bytes_usual_shape(uint32_t width, uint32_t outputs,
                           struct net_shape ret_shapes[NET_BYTES_USUAL]);

#endif
