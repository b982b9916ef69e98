/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * acoustic_net: a small neural net that says which sound of a model each frame of an utterance is:
 * convolutions over time, one on the other. Pure.
 *
 * scripts/train/net makes one, as one file, little-endian:
 *
 *   8 bytes         "pasnet1\n"
 *   u32             inputs: cepstra of a frame
 *   u32             outputs: sounds (senones) of the model, in the order of its mdef
 *   u32             layers, 1 to ACOUSTIC_NET_LAYERS_MAX
 *   f32 [inputs]    mean, and
 *   f32 [inputs]    scale: the first layer gets (c - mean of c over the utterance - mean) * scale
 *   per layer:
 *     u32           in: inputs of the net, or out of the layer before
 *     u32           out: of the last layer the outputs of the net
 *     u32           width: frames that it looks at, odd
 *     u32           dilation: frames from one of them to the next, 1 or more
 *     u32           relu: 1 if what is less than 0 becomes 0, else 0
 *     f32 [out]     bias, and
 *     f32 [out]     scale of the weights
 *     i8 [out][width][in]  weights
 *   u64             bytes_sum() of all bytes before it (base/bytes.h)
 *
 *   y[t][o] = bias[o] + scale[o] * sum over k, i of weight[o][k][i] * x[t + (k - width / 2) *
 *   dilation][i]
 *
 * where frames outside the utterance are zeros, in every layer. What comes out are logarithms
 * (natural) of how much likelier than usual each sound is, up to a constant of the frame: the
 * trainer has subtracted the logarithms of how frequent they are.
 *
 * Cost: a multiplication for each weight and frame (100 frames a second); memory: 4 bytes a weight,
 * and while it runs 8 bytes for each frame and the widest layer's `out`.
 *
 * Thread: any once it is made; nothing is kept between calls.
 */
#ifndef PASAPAS_LISTEN_ACOUSTIC_NET_H
#define PASAPAS_LISTEN_ACOUSTIC_NET_H

#include <stddef.h>
#include <stdint.h>

/* What a net may have at most; more is a mistake. */
#define ACOUSTIC_NET_LAYERS_MAX  32
#define ACOUSTIC_NET_SIZE_MAX    4096    /* in, out */
#define ACOUSTIC_NET_REACH_MAX   500     /* frames that a layer looks at to each side */
#define ACOUSTIC_NET_WEIGHTS_MAX 4000000 /* of all layers, `out` of each rounded up to eights */
#define ACOUSTIC_NET_BYTES_MAX   6000000 /* more than any net has */

enum acoustic_net_fault {
    ACOUSTIC_NET_SOUND,   /* it is one */
    ACOUSTIC_NET_OTHER,   /* it does not begin as one, or is of a later format */
    ACOUSTIC_NET_CUT,     /* it ends too early */
    ACOUSTIC_NET_LONGER,  /* bytes behind its end */
    ACOUSTIC_NET_CHANGED, /* the sum is wrong */
    ACOUSTIC_NET_SHAPE,   /* a size is out of its range, or layers do not fit */
    ACOUSTIC_NET_NUMBER   /* a number that is none, or infinite */
};

struct acoustic_net;

/* Reads a net from bytes, which may be freed afterwards. ACOUSTIC_NET_SOUND and a net to be freed,
 * or what is wrong with them. */
enum acoustic_net_fault acoustic_net_parse(const uint8_t *bytes, size_t size,
                                           struct acoustic_net **ret_net);
void acoustic_net_free(struct acoustic_net *net); /* accepts NULL */

size_t acoustic_net_inputs(const struct acoustic_net *net);
size_t acoustic_net_outputs(const struct acoustic_net *net);
size_t acoustic_net_weights(const struct acoustic_net *net);

/* A whole utterance: cepstra, [count][inputs], to `ret_outputs`, [count][outputs]. */
void acoustic_net_run(const struct acoustic_net *net, const float *cepstra, size_t count,
                      float *ret_outputs);

#endif
