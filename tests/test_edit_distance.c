/* SPDX-License-Identifier: GPL-3.0-or-later */
/* edit_distance: what each edit costs, that the cheapest way is found, and which word is meant. */
#include "base/edit_distance.h"
#include "base/mem.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

struct pair {
    const char *left, *right;
};

/* A vowel in the place of a vowel costs half. */
static unsigned cost_of(const void *context, size_t left, size_t right)
{
    const struct pair *pair = context;
    const char a = pair->left[left], b = pair->right[right];
    if (a == b)
        return 0;
    return strchr("aeiou", a) && strchr("aeiou", b) ? 1 : 2;
}

static unsigned distance(const char *left, const char *right, unsigned swap)
{
    const struct pair pair = {left, right};
    const struct edit_costs costs = {2, swap, cost_of, &pair};
    return edit_distance(strlen(left), strlen(right), &costs);
}

static void every_edit_has_its_cost(void **state)
{
    (void)state;
    assert_int_equal(distance("", "", 0), 0);
    assert_int_equal(distance("", "abc", 0), 6);
    assert_int_equal(distance("abc", "", 0), 6);
    assert_int_equal(distance("abc", "abc", 0), 0);
    assert_int_equal(distance("abc", "ebc", 0), 1);
    assert_int_equal(distance("abc", "xbc", 0), 2);
    assert_int_equal(distance("kitten", "sitting", 0), 5); /* s for k, i for e, and a g */
    assert_int_equal(distance("sitting", "kitten", 0), 5);
}

static void neighbours_may_change_places(void **state)
{
    (void)state;
    assert_int_equal(distance("abcd", "acbd", 0), 4);
    assert_int_equal(distance("abcd", "acbd", 2), 2);
    assert_int_equal(distance("abcd", "acbd", 3), 3);
    assert_int_equal(distance("ca", "abc", 2), 6); /* what was swapped is not edited again */
}

/* Beyond what fits into the rows on the stack. */
static void long_sequences_are_compared_too(void **state)
{
    (void)state;
    char left[701] = "", right[601] = "";
    memset(left, 'x', 700);
    memset(right, 'x', 600);
    left[300] = 'y';
    assert_int_equal(distance(left, right, 2), 2 * 100);
    assert_int_equal(distance(right, left, 2), 2 * 100);
    left[350] = 'y';
    right[10] = 'z';
    assert_int_equal(distance(left, right, 2), 2 * 101);
}

static void the_nearest_word_is_found(void **state)
{
    (void)state;
    static const char *const words[] = {"say", "simple", "more", "where", "warning", NULL};
    assert_string_equal(edit_nearest("simpel", words), "simple");
    assert_string_equal(edit_nearest("wherre", words), "where");
    assert_string_equal(edit_nearest("mroe", words), "more");
    assert_string_equal(edit_nearest("warnings", words), "warning");
    assert_null(edit_nearest("glossary", words));
    assert_null(edit_nearest("", words));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_edit_has_its_cost),
        cmocka_unit_test(neighbours_may_change_places),
        cmocka_unit_test(long_sequences_are_compared_too),
        cmocka_unit_test(the_nearest_word_is_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
