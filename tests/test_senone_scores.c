/* SPDX-License-Identifier: GPL-3.0-or-later */
/* senone_scores: the file as pocketsphinx reads it, byte by byte; mixing; the size of a model. */
#include "base/mem.h"
#include "base/strbuf.h"
#include "listen/senone_scores.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define BASE   1.0001
#define SOUNDS 4
#define HEAD   "s3\nversion 0.1\nn_sen 4\nlogbase 1.000100\nendhdr\n"

/* The scores of frame `t` of a file with HEAD. */
static void read_frame(const struct strbuf *file, size_t t, int16_t ret_scores[SOUNDS])
{
    int16_t count;
    const char *frame = file->text + strlen(HEAD) + 4 + t * 2 * (SOUNDS + 1);
    assert_true(file->length >= strlen(HEAD) + 4 + (t + 1) * 2 * (SOUNDS + 1));
    memcpy(&count, frame, 2);
    assert_int_equal(count, SOUNDS);
    memcpy(ret_scores, frame + 2, 2 * SOUNDS);
}

static void assert_frame(const struct strbuf *file, size_t t, const int16_t expected[SOUNDS])
{
    int16_t scores[SOUNDS];
    read_frame(file, t, scores);
    for (size_t i = 0; i < SOUNDS; i++)
        assert_int_equal(scores[i], expected[i]);
}

static void add(struct strbuf *file, float a, float b, float c, float d, double scale)
{
    const float outputs[SOUNDS] = {a, b, c, d};
    senone_scores_add_frame(file, outputs, SOUNDS, scale, BASE);
}

static void a_file_is_what_pocketsphinx_reads(void **state)
{
    (void)state;
    /* A natural logarithm is 9.766 units of 1024 logarithms to the base of 1.0001. */
    static const int16_t first[] = {10, 0, 20, 977}, second[] = {5, 0, 10, 488};
    struct strbuf file = {0};
    senone_scores_add_head(&file, SOUNDS, BASE);
    assert_int_equal(file.length, strlen(HEAD) + 4);
    assert_memory_equal(file.text, HEAD, strlen(HEAD));
    assert_memory_equal(file.text + strlen(HEAD), "\x44\x33\x22\x11", 4);
    add(&file, 1, 2, 0, -98, 1);
    add(&file, 1, 2, 0, -98, 0.5);
    assert_frame(&file, 0, first);
    assert_frame(&file, 1, second);
    strbuf_free(&file);
}

static void what_is_out_of_range_is_as_bad_as_can_be(void **state)
{
    (void)state;
    static const int16_t far[] = {0, 32767, 32767, 0}, none[] = {32767, 32767, 32767, 32767};
    struct strbuf file = {0};
    senone_scores_add_head(&file, SOUNDS, BASE);
    add(&file, 0, -1e9f, -INFINITY, 0, 1);
    add(&file, 0, NAN, -1e30f, 0, 1);
    add(&file, NAN, NAN, NAN, NAN, 1);
    assert_frame(&file, 0, far);
    assert_frame(&file, 1, far);
    assert_frame(&file, 2, none);
    strbuf_free(&file);
}

static int mix(struct strbuf *file, const struct strbuf *other, double weight)
{
    return senone_scores_mix(file, (const uint8_t *)other->text, other->length, SOUNDS, weight);
}

/* pocketsphinx's own file has a longer head. */
static void make_other(struct strbuf *file)
{
    static const int16_t frame[] = {SOUNDS, 0, 100, 40, 8};
    strbuf_add(file, "s3\nversion 0.1\nmdef_file /a/b/mdef\nn_sen 4\nlogbase 1.000100\nendhdr\n");
    strbuf_add_bytes(file, "\x44\x33\x22\x11", 4);
    strbuf_add_bytes(file, (const char *)frame, sizeof frame);
}

static void scores_are_mixed_frame_by_frame(void **state)
{
    (void)state;
    /* 100, 0, 20, 40 beside 0, 100, 40, 8: three quarters and one quarter, less the best. */
    static const int16_t expected[] = {50, 0, 0, 7};
    struct strbuf file = {0}, other = {0};
    const double unit = log(BASE) * SENONE_SCORES_UNIT;
    senone_scores_add_head(&file, SOUNDS, BASE);
    add(&file, (float)(-100 * unit), 0, (float)(-20 * unit), (float)(-40 * unit), 1);
    make_other(&other);
    assert_int_equal(mix(&file, &other, 0.75), 0);
    assert_frame(&file, 0, expected);
    strbuf_free(&file);
    strbuf_free(&other);
}

static void what_does_not_fit_is_not_mixed(void **state)
{
    (void)state;
    struct strbuf file = {0}, other = {0};
    senone_scores_add_head(&file, SOUNDS, BASE);
    add(&file, 0, 0, 0, 0, 1);
    make_other(&other);
    for (size_t length = 0; length < other.length; length++) {
        struct strbuf part = {0};
        strbuf_add_bytes(&part, other.text, length);
        assert_int_equal(mix(&file, &part, 0.5), -1);
        strbuf_free(&part);
    }
    other.text[other.length - 2 * (SOUNDS + 1)]--; /* of other sounds */
    assert_int_equal(mix(&file, &other, 0.5), -1);
    other.text[other.length - 2 * (SOUNDS + 1)]++;
    assert_int_equal(mix(&file, &other, 0.5), 0);
    add(&file, 0, 0, 0, 0, 1); /* one frame more */
    assert_int_equal(mix(&file, &other, 0.5), -1);
    strbuf_free(&file);
    strbuf_free(&other);
}

static size_t count_text(const char *mdef)
{
    return senone_scores_count((const uint8_t *)mdef, strlen(mdef));
}

static void the_size_of_a_model_is_found(void **state)
{
    (void)state;
    static const char binary[] = "BMDF\1\0\0\0\5\0\0\0abcd\0\x24\0\0\0\x24\0\0\0\3\0\0\0\x6c\0\0\0"
                                 "\x6d\1\0\0";
    const size_t size = sizeof binary - 1;
    assert_int_equal(senone_scores_count((const uint8_t *)binary, size), 0x16d);
    for (size_t length = 0; length < size; length++)
        assert_int_equal(senone_scores_count((const uint8_t *)binary, length), 0);
    assert_int_equal(count_text("0.3\n36 n_base\n0 n_tri\n144 n_state_map\n108 n_tied_state\n"),
                     108);
    assert_int_equal(count_text("108 n_tied_state"), 108);
    assert_int_equal(count_text(" n_tied_state"), 0);
    assert_int_equal(count_text(""), 0);
    assert_int_equal(senone_scores_count((const uint8_t *)"BMDF\1\0\0\0\xff\xff\xff\xff"
                                                          "abcdefghijklmnopqrstuvwxyz",
                                         38),
                     0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_is_what_pocketsphinx_reads),
        cmocka_unit_test(what_is_out_of_range_is_as_bad_as_can_be),
        cmocka_unit_test(scores_are_mixed_frame_by_frame),
        cmocka_unit_test(what_does_not_fit_is_not_mixed),
        cmocka_unit_test(the_size_of_a_model_is_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
