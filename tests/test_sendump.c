/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sendump: a file of weights that is not as long as its head says is never let into memory. */
#include "base/mem.h"
#include "base/strbuf.h"
#include "listen/sendump.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

/* What a file is made of. */
struct shape {
    const char *head[4]; /* up to the first NULL */
    bool swapped;
    bool without_size;
    uint32_t rows, columns;
    size_t weights; /* bytes */
};

static char folder[] = "/tmp/pasapas-sendump-XXXXXX";

static void add_number(struct strbuf *file, uint32_t number, bool swapped)
{
    char bytes[4];
    for (int i = 0; i < 4; i++)
        bytes[i] = (char)(number >> 8 * (swapped ? 3 - i : i));
    strbuf_add_bytes(file, bytes, sizeof bytes);
}

static void add_text(struct strbuf *file, const char *text, bool swapped)
{
    add_number(file, (uint32_t)strlen(text) + 1, swapped);
    strbuf_add_bytes(file, text, strlen(text) + 1);
}

/* With numbers whose first byte is the least. */
static struct strbuf make(const struct shape *shape)
{
    struct strbuf file = {0};
    add_text(&file, "BEGIN FILE FORMAT DESCRIPTION", shape->swapped);
    add_text(&file, "a heading", shape->swapped);
    for (size_t i = 0; i < COUNT_OF(shape->head) && shape->head[i]; i++)
        add_text(&file, shape->head[i], shape->swapped);
    add_number(&file, 0, shape->swapped);
    if (!shape->without_size) {
        add_number(&file, shape->rows, shape->swapped);
        add_number(&file, shape->columns, shape->swapped);
    }
    for (size_t i = 0; i < shape->weights; i++)
        strbuf_add_bytes(&file, "w", 1);
    return file;
}

static bool is_whole(const char *bytes, size_t length)
{
    char *path = xasprintf("%s/sendump", folder);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, length, file), length);
    assert_int_equal(fclose(file), 0);
    const bool result = sendump_is_whole(folder);
    unlink(path);
    free(path);
    return result;
}

static bool shape_is_whole(const struct shape *shape)
{
    struct strbuf file = make(shape);
    const bool result = is_whole(file.text, file.length);
    strbuf_free(&file);
    return result;
}

static void it_is_whole_as_its_head_says(void **state)
{
    (void)state;
    const struct shape whole[] = {
        {{"cluster_count 0", "feature_count 3"}, .rows = 8, .columns = 6, .weights = 144},
        {{"cluster_count 0", "feature_count 3"},
         .swapped = true,
         .rows = 8,
         .columns = 6,
         .weights = 144},
        {{"!!!"}, .rows = 8, .columns = 6, .weights = 48},
        {{"!!!"}, .rows = 8, .columns = 6, .weights = 96},
        {{"feature_count 1", "mixture_count 8", "model_count 5", "cluster_count 16"},
         .without_size = true,
         .weights = 16 + 40},
        {{"mixture_count 8", "model_count 5", "cluster_count 15", "cluster_bits 4"},
         .without_size = true,
         .weights = 16 + 24},
        {{"cluster_count 16"}, .without_size = true, .weights = 16},
    };
    for (size_t i = 0; i < COUNT_OF(whole); i++)
        if (!shape_is_whole(&whole[i]))
            fail_msg("whole[%zu] is refused", i);
}

static void it_is_not_whole_otherwise(void **state)
{
    (void)state;
    const struct shape wrong[] = {
        {{"feature_count 3"}, .rows = 8, .columns = 6, .weights = 143},
        {{"feature_count 3"}, .rows = 8, .columns = 6, .weights = 145},
        {{"feature_count 3"}, .rows = 8, .columns = 6, .weights = 96},
        {{"feature_count 3"}, .rows = 8, .columns = 7, .weights = 144},
        {{"feature_count 3"}, .rows = 0, .columns = 6, .weights = 144},
        {{"feature_count 3"}, .rows = 8, .columns = 0, .weights = 144},
        /* Their product is 144 if it is counted in 32 bits. */
        {{"feature_count 1"}, .rows = 0x10000, .columns = 0x10000, .weights = 144},
        {{"feature_count 1"}, .rows = 0xffffffff, .columns = 0xffffffff, .weights = 1},
        {{"!!!"}, .rows = 8, .columns = 6, .weights = 49},
        {{"!!!"}, .rows = 8, .columns = 6, .weights = 0},
        {{"cluster_count 16"}, .without_size = true, .weights = 15},
        {{"mixture_count 8", "model_count 5", "cluster_count 15", "cluster_bits 4"},
         .without_size = true,
         .weights = 16 + 23},
    };
    for (size_t i = 0; i < COUNT_OF(wrong); i++)
        if (shape_is_whole(&wrong[i]))
            fail_msg("wrong[%zu] is taken", i);
}

static void no_cut_is_whole(void **state)
{
    (void)state;
    const struct shape shape = {
        {"cluster_count 0", "feature_count 3"}, .rows = 8, .columns = 6, .weights = 144};
    struct strbuf file = make(&shape);
    assert_true(is_whole(file.text, file.length));
    for (size_t length = 0; length < file.length; length++)
        if (is_whole(file.text, length))
            fail_msg("cut after %zu bytes it is taken", length);
    strbuf_free(&file);
}

/* pocketsphinx has a thousand bytes for a text. */
static void texts_are_not_too_long(void **state)
{
    (void)state;
    char text[1001];
    memset(text, 'x', sizeof text);
    text[998] = '\0';
    const struct shape shape = {{text}, .rows = 8, .columns = 6, .weights = 48};
    assert_true(shape_is_whole(&shape));
    text[998] = 'x';
    text[999] = '\0';
    assert_false(shape_is_whole(&shape));
}

static void a_title_and_a_heading_are_there(void **state)
{
    (void)state;
    const char open_title[] = "\x02\0\0\0ab\x02\0\0\0h\0\0\0\0\0\x01\0\0\0\x01\0\0\0w";
    const char no_heading[] = "\x02\0\0\0a\0\0\0\0\0\x01\0\0\0\x01\0\0\0w";
    const char good[] = "\x02\0\0\0a\0\x02\0\0\0h\0\0\0\0\0\x01\0\0\0\x01\0\0\0w";
    assert_true(is_whole(good, sizeof good - 1));
    assert_false(is_whole(open_title, sizeof open_title - 1));
    assert_false(is_whole(no_heading, sizeof no_heading - 1));
}

static void other_files(void **state)
{
    (void)state;
    char *path = xasprintf("%s/sendump", folder);
    assert_true(sendump_is_whole(folder));
    assert_int_equal(mkfifo(path, 0600), 0);
    assert_false(sendump_is_whole(folder));
    unlink(path);
    free(path);
}

static void the_model_of_the_tree_is_whole(void **state)
{
    (void)state;
    char *model = xasprintf("%s/voices/fr/model", getenv("srcdir"));
    assert_true(sendump_is_whole(model));
    free(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_is_whole_as_its_head_says),
        cmocka_unit_test(it_is_not_whole_otherwise),
        cmocka_unit_test(no_cut_is_whole),
        cmocka_unit_test(texts_are_not_too_long),
        cmocka_unit_test(a_title_and_a_heading_are_there),
        cmocka_unit_test(other_files),
        cmocka_unit_test(the_model_of_the_tree_is_whole),
    };
    if (!mkdtemp(folder))
        return 1;
    const int result = cmocka_run_group_tests(tests, NULL, NULL);
    rmdir(folder);
    return result;
}
