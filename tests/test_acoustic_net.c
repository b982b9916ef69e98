/* SPDX-License-Identifier: GPL-3.0-or-later */
/* acoustic_net: what it computes, by hand and against plain loops; every kind of damage. */
#include "base/durable.h"
#include "base/mem.h"
#include "listen/acoustic_net.h"
#include "support/net_bytes.h"

#include <fcntl.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static enum acoustic_net_fault parse(const struct strbuf *file, struct acoustic_net **ret_net)
{
    return acoustic_net_parse((const uint8_t *)file->text, file->length, ret_net);
}

static struct acoustic_net *open_net(const struct strbuf *file)
{
    struct acoustic_net *net = NULL;
    assert_int_equal(parse(file, &net), ACOUSTIC_NET_SOUND);
    return net;
}

/* --- what it computes ------------------------------------------------------------------------- */

/* One input, two outputs; the first layer looks two frames away, the second one. */
static void make_small(struct strbuf *file)
{
    static const struct net_shape shapes[] = {{1, 2, 3, 2, 1}, {2, 2, 3, 1, 0}};
    static const float mean = 0.5f, scale = 2;
    static const float bias1[] = {1, -1}, scale1[] = {0.5f, 1};
    static const int8_t weights1[] = {2, 4, -2, 0, -1, 1};
    static const float bias2[] = {0, 10}, scale2[] = {1, 0.25f};
    static const int8_t weights2[] = {1, 2, 0, -1, 3, 0, 0, 4, 8, 0, 0, -4};
    net_bytes_begin(file, 1, 2, 2);
    net_bytes_add_f32(file, &mean, 1);
    net_bytes_add_f32(file, &scale, 1);
    net_bytes_add_layer(file, &shapes[0], bias1, scale1, weights1);
    net_bytes_add_layer(file, &shapes[1], bias2, scale2, weights2);
    net_bytes_seal(file);
}

static void assert_near(float value, float expected, float most)
{
    if (!(fabsf(value - expected) <= most))
        fail_msg("%g instead of %g", (double)value, (double)expected);
}

static void a_small_net_is_computed(void **state)
{
    (void)state;
    /* Normalised: -5 -3 -1 1 3. After the first layer: 0 0 0 0 6, and 3 3 3 0 0. */
    static const float cepstra[] = {1, 2, 3, 4, 5};
    static const float expected[] = {-3, 7, 3, 10, 3, 13, 24, 13, 0, 22};
    struct strbuf file = {0};
    float outputs[COUNT_OF(expected)];
    make_small(&file);
    struct acoustic_net *net = open_net(&file);
    strbuf_free(&file);
    assert_int_equal(acoustic_net_inputs(net), 1);
    assert_int_equal(acoustic_net_outputs(net), 2);
    assert_int_equal(acoustic_net_weights(net), 18);
    acoustic_net_run(net, cepstra, COUNT_OF(cepstra), outputs);
    for (size_t i = 0; i < COUNT_OF(expected); i++)
        assert_near(outputs[i], expected[i], 1e-5f);
    acoustic_net_run(net, cepstra, 0, NULL);
    acoustic_net_free(net);
}

/* The same as the header says it, frame by frame. */
struct plain {
    const uint8_t *at; /* in the file */
    float *rows;
    size_t frames, width;
};

static float number_at(const uint8_t *bytes, size_t index)
{
    float value;
    memcpy(&value, bytes + 4 * index, sizeof value); /* tests run on little-endian machines */
    return value;
}

static uint32_t size_at(const uint8_t *bytes, size_t index)
{
    uint32_t value;
    memcpy(&value, bytes + 4 * index, sizeof value);
    return value;
}

static void plain_begin(struct plain *plain, const float *cepstra, size_t inputs)
{
    plain->rows = xcalloc(plain->frames * inputs, sizeof *plain->rows);
    plain->width = inputs;
    for (size_t i = 0; i < inputs; i++) {
        double sum = 0;
        for (size_t t = 0; t < plain->frames; t++)
            sum += (double)cepstra[t * inputs + i];
        for (size_t t = 0; t < plain->frames; t++)
            plain->rows[t * inputs + i] =
                (cepstra[t * inputs + i] - (float)(sum / (double)plain->frames) -
                 number_at(plain->at, i)) *
                number_at(plain->at, inputs + i);
    }
    plain->at += 8 * inputs;
}

static double plain_sum(const struct plain *plain, const struct net_shape *shape,
                        const int8_t *weights, long t)
{
    double sum = 0;
    for (long k = 0; k < (long)shape->width; k++) {
        const long from = t + (k - (long)shape->width / 2) * (long)shape->dilation;
        for (size_t i = 0; i < shape->in && from >= 0 && from < (long)plain->frames; i++)
            sum += weights[(size_t)k * shape->in + i] *
                   (double)plain->rows[(size_t)from * shape->in + i];
    }
    return sum;
}

static void plain_layer(struct plain *plain)
{
    const struct net_shape shape = {size_at(plain->at, 0), size_at(plain->at, 1),
                                    size_at(plain->at, 2), size_at(plain->at, 3),
                                    size_at(plain->at, 4)};
    const uint8_t *bias = plain->at + 20, *scale = bias + 4 * shape.out;
    const int8_t *weights = (const int8_t *)(scale + 4 * shape.out);
    const size_t terms = (size_t)shape.width * shape.in;
    float *rows = xcalloc(plain->frames * shape.out, sizeof *rows);
    for (size_t t = 0; t < plain->frames; t++)
        for (size_t o = 0; o < shape.out; o++) {
            const double sum = (double)number_at(bias, o) +
                               (double)number_at(scale, o) *
                                   plain_sum(plain, &shape, weights + o * terms, (long)t);
            rows[t * shape.out + o] = shape.relu && sum < 0 ? 0 : (float)sum;
        }
    free(plain->rows);
    plain->rows = rows;
    plain->width = shape.out;
    plain->at = (const uint8_t *)weights + terms * shape.out;
}

static void compare(const struct net_shape *shapes, size_t layers, size_t frames)
{
    struct strbuf file = {0};
    net_bytes_random(&file, shapes, layers, (uint32_t)frames);
    struct acoustic_net *net = open_net(&file);
    const size_t inputs = acoustic_net_inputs(net), outputs = acoustic_net_outputs(net);
    float *cepstra = xcalloc(frames * inputs, sizeof *cepstra);
    float *scores = xcalloc(frames * outputs, sizeof *scores);
    for (size_t i = 0; i < frames * inputs; i++)
        cepstra[i] = (float)((int)(i * 7919 % 1000) - 500) / 40;
    acoustic_net_run(net, cepstra, frames, scores);
    struct plain plain = {.at = (const uint8_t *)file.text + 20, .frames = frames};
    plain_begin(&plain, cepstra, inputs);
    for (size_t i = 0; i < layers; i++)
        plain_layer(&plain);
    assert_int_equal(plain.width, outputs);
    for (size_t i = 0; i < frames * outputs; i++)
        assert_near(scores[i], plain.rows[i], 1e-4f + 1e-4f * fabsf(plain.rows[i]));
    acoustic_net_free(net);
    free(plain.rows);
    free(cepstra);
    free(scores);
    strbuf_free(&file);
}

static void nets_of_all_shapes_are_computed(void **state)
{
    (void)state;
    static const struct net_shape odd[] = {{13, 11, 5, 1, 1}, {11, 17, 3, 4, 1}, {17, 3, 1, 1, 0}};
    static const struct net_shape one[] = {{3, 8, 7, 3, 0}};
    static const struct net_shape narrowing[] = {{2, 33, 1, 1, 0}, {33, 1, 9, 2, 1}};
    struct net_shape usual[NET_BYTES_USUAL];
    net_bytes_usual_shape(40, 108, usual);
    for (size_t frames = 1; frames <= 21; frames += frames < 9 ? 1 : 4) {
        compare(odd, COUNT_OF(odd), frames);
        compare(one, COUNT_OF(one), frames);
        compare(narrowing, COUNT_OF(narrowing), frames);
    }
    compare(usual, COUNT_OF(usual), 90);
}

/* tests/data/net was written by scripts/train/net, which computes with other means. */
static void it_agrees_with_the_trainer(void **state)
{
    (void)state;
    static const char *const names[] = {"net", "example"};
    struct strbuf files[COUNT_OF(names)] = {{0}};
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        char *path = xasprintf("%s/tests/data/net/%s", getenv("srcdir"), names[i]);
        assert_int_equal(durable_read(AT_FDCWD, path, SIZE_MAX, &files[i]), 0);
        free(path);
    }
    const double most = net_bytes_compare(&files[0], &files[1]);
    if (!(most <= 1e-3))
        fail_msg("a difference of %g", most);
    /* And it would be seen if it did not. */
    files[1].text[files[1].length - 1] ^= 1;
    assert_true(net_bytes_compare(&files[0], &files[1]) > 1e-3);
    for (size_t i = 0; i < COUNT_OF(files); i++)
        strbuf_free(&files[i]);
}

/* --- damage ----------------------------------------------------------------------------------- */

static void assert_fault(struct strbuf *file, enum acoustic_net_fault fault)
{
    struct acoustic_net *net = NULL;
    assert_int_equal(parse(file, &net), fault);
    assert_null(net);
    strbuf_free(file);
}

static void what_is_cut_or_longer_is_refused(void **state)
{
    (void)state;
    struct strbuf whole = {0};
    make_small(&whole);
    for (size_t length = 0; length < whole.length; length++) {
        /* Of exactly this size, so that a byte more that is read is seen. */
        uint8_t *part = xmalloc(length + !length);
        struct acoustic_net *net = NULL;
        memcpy(part, whole.text, length);
        const enum acoustic_net_fault fault = acoustic_net_parse(part, length, &net);
        assert_int_equal(fault, length < 8 ? ACOUSTIC_NET_OTHER : ACOUSTIC_NET_CUT);
        assert_null(net);
        free(part);
    }
    strbuf_add_char(&whole, 'x');
    assert_fault(&whole, ACOUSTIC_NET_LONGER);
}

static void every_changed_byte_is_seen(void **state)
{
    (void)state;
    struct strbuf file = {0};
    make_small(&file);
    for (size_t i = 0; i < file.length; i++) {
        struct acoustic_net *net = NULL;
        file.text[i] ^= 1;
        assert_int_not_equal(parse(&file, &net), ACOUSTIC_NET_SOUND);
        assert_null(net);
        file.text[i] ^= 1;
    }
    file.text[file.length - 9] ^= 1; /* a weight */
    assert_fault(&file, ACOUSTIC_NET_CHANGED);
    strbuf_add(&file, "pasnet2\n0123456789012345678901234567890");
    assert_fault(&file, ACOUSTIC_NET_OTHER);
    strbuf_add(&file, "");
    assert_fault(&file, ACOUSTIC_NET_OTHER);
}

/* A net of layers of zeros, with a right sum. */
static void make_zeros(struct strbuf *file, uint32_t inputs, uint32_t outputs,
                       const struct net_shape *shapes, size_t count)
{
    static const float zeros[8192];
    static const int8_t weights[70000];
    net_bytes_begin(file, inputs, outputs, (uint32_t)count);
    net_bytes_add_f32(file, zeros, inputs <= COUNT_OF(zeros) ? inputs : 0);
    net_bytes_add_f32(file, zeros, inputs <= COUNT_OF(zeros) ? inputs : 0);
    for (size_t i = 0; i < count; i++) {
        struct net_shape shape = shapes[i];
        if ((uint64_t)shape.in * shape.out * shape.width > COUNT_OF(weights) ||
            shape.out > COUNT_OF(zeros))
            shape.in = shape.out = 0;
        net_bytes_add_layer(file, &shape, zeros, zeros, weights);
        memcpy(file->text + file->length - (size_t)shape.in * shape.out * shape.width -
                   8 * shape.out - 20,
               &shapes[i], sizeof shapes[i]);
    }
    net_bytes_seal(file);
}

static void assert_shape(uint32_t inputs, uint32_t outputs, struct net_shape shape,
                         enum acoustic_net_fault fault)
{
    struct strbuf file = {0};
    struct acoustic_net *net = NULL;
    make_zeros(&file, inputs, outputs, &shape, 1);
    assert_int_equal(parse(&file, &net), fault);
    assert_true(!net == (fault != ACOUSTIC_NET_SOUND));
    acoustic_net_free(net);
    strbuf_free(&file);
}

static void sizes_out_of_range_are_refused(void **state)
{
    (void)state;
    assert_shape(2, 3, (struct net_shape){2, 3, 3, 1, 0}, ACOUSTIC_NET_SOUND);
    assert_shape(0, 3, (struct net_shape){0, 3, 3, 1, 0}, ACOUSTIC_NET_SHAPE);
    assert_shape(2, 0, (struct net_shape){2, 0, 3, 1, 0}, ACOUSTIC_NET_SHAPE);
    assert_shape(3, 3, (struct net_shape){2, 3, 3, 1, 0}, ACOUSTIC_NET_SHAPE);
    assert_shape(2, 4, (struct net_shape){2, 3, 3, 1, 0}, ACOUSTIC_NET_SHAPE);
    assert_shape(2, 3, (struct net_shape){2, 3, 2, 1, 0}, ACOUSTIC_NET_SHAPE);
    assert_shape(2, 3, (struct net_shape){2, 3, 0, 1, 0}, ACOUSTIC_NET_SHAPE);
    assert_shape(2, 3, (struct net_shape){2, 3, 3, 0, 0}, ACOUSTIC_NET_SHAPE);
    assert_shape(2, 3, (struct net_shape){2, 3, 3, 1, 2}, ACOUSTIC_NET_SHAPE);
    assert_shape(2, 3, (struct net_shape){2, 3, 3, ACOUSTIC_NET_REACH_MAX, 0}, ACOUSTIC_NET_SOUND);
    assert_shape(2, 3, (struct net_shape){2, 3, 5, ACOUSTIC_NET_REACH_MAX, 0}, ACOUSTIC_NET_SHAPE);
    assert_shape(2, 3, (struct net_shape){2, 3, 2 * ACOUSTIC_NET_REACH_MAX + 1, 1, 0},
                 ACOUSTIC_NET_SOUND);
    assert_shape(2, 3, (struct net_shape){2, 3, 2 * ACOUSTIC_NET_REACH_MAX + 3, 1, 0},
                 ACOUSTIC_NET_SHAPE);
    assert_shape(2, 3, (struct net_shape){2, 3, UINT32_MAX, UINT32_MAX, 0}, ACOUSTIC_NET_SHAPE);
    assert_shape(1, ACOUSTIC_NET_SIZE_MAX, (struct net_shape){1, ACOUSTIC_NET_SIZE_MAX, 1, 1, 0},
                 ACOUSTIC_NET_SOUND);
    assert_shape(1, ACOUSTIC_NET_SIZE_MAX + 1,
                 (struct net_shape){1, ACOUSTIC_NET_SIZE_MAX + 1, 1, 1, 0}, ACOUSTIC_NET_SHAPE);
    /* Each size is right, but there would be four thousand million weights. */
    assert_shape(ACOUSTIC_NET_SIZE_MAX, ACOUSTIC_NET_SIZE_MAX,
                 (struct net_shape){ACOUSTIC_NET_SIZE_MAX, ACOUSTIC_NET_SIZE_MAX, 1001, 1, 0},
                 ACOUSTIC_NET_SHAPE);
}

static void layers_fit_each_other(void **state)
{
    (void)state;
    static const struct net_shape good[] = {{2, 3, 1, 1, 0}, {3, 4, 1, 1, 0}};
    static const struct net_shape bad[] = {{2, 3, 1, 1, 0}, {4, 4, 1, 1, 0}};
    struct net_shape many[ACOUSTIC_NET_LAYERS_MAX + 1];
    struct strbuf file = {0};
    make_zeros(&file, 2, 4, good, 2);
    acoustic_net_free(open_net(&file));
    strbuf_free(&file);
    make_zeros(&file, 2, 4, bad, 2);
    assert_fault(&file, ACOUSTIC_NET_SHAPE);
    make_zeros(&file, 2, 2, NULL, 0);
    assert_fault(&file, ACOUSTIC_NET_SHAPE);
    for (size_t i = 0; i < COUNT_OF(many); i++)
        many[i] = (struct net_shape){2, 2, 1, 1, 1};
    make_zeros(&file, 2, 2, many, COUNT_OF(many));
    assert_fault(&file, ACOUSTIC_NET_SHAPE);
    make_zeros(&file, 2, 2, many, COUNT_OF(many) - 1);
    acoustic_net_free(open_net(&file));
    strbuf_free(&file);
}

static void numbers_are_numbers(void **state)
{
    (void)state;
    const float bad[] = {NAN, INFINITY, -INFINITY};
    const size_t places[] = {20, 24, 48, 56}; /* mean, scale, a bias, a weight's scale */
    for (size_t i = 0; i < COUNT_OF(bad); i++)
        for (size_t j = 0; j < COUNT_OF(places); j++) {
            struct strbuf file = {0};
            make_small(&file);
            strbuf_truncate(&file, file.length - 8);
            memcpy(file.text + places[j], &bad[i], sizeof bad[i]);
            net_bytes_seal(&file);
            assert_fault(&file, ACOUSTIC_NET_NUMBER);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_small_net_is_computed),
        cmocka_unit_test(nets_of_all_shapes_are_computed),
        cmocka_unit_test(it_agrees_with_the_trainer),
        cmocka_unit_test(what_is_cut_or_longer_is_refused),
        cmocka_unit_test(every_changed_byte_is_seen),
        cmocka_unit_test(sizes_out_of_range_are_refused),
        cmocka_unit_test(layers_fit_each_other),
        cmocka_unit_test(numbers_are_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
