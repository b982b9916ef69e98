/* SPDX-License-Identifier: GPL-3.0-or-later */
/* guide: paths, sections, steps and words are found by what they are called. */
#include "base/mem.h"
#include "model/guide.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static struct guide_step steps[] = {{.id = "e1"}, {.id = "e2"}};
static struct guide_section sections[] = {
    {.id = "s1", .steps = steps, .step_count = COUNT_OF(steps)},
    {.id = "s2"},
};
static const struct guide_section *of_a[] = {&sections[0]}, *of_b[] = {&sections[0], &sections[1]};
static struct guide_path paths[] = {
    {.id = "a", .sections = of_a, .section_count = COUNT_OF(of_a)},
    {.id = "b", .sections = of_b, .section_count = COUNT_OF(of_b)},
};
static char *forms[] = {"identifiants", "mes codes"};
static struct guide_word words[] = {{.word = "identifiant", .forms = {forms, COUNT_OF(forms)}}};

static const struct guide guide = {
    .paths = paths,
    .path_count = COUNT_OF(paths),
    .sections = sections,
    .section_count = COUNT_OF(sections),
    .words = words,
    .word_count = COUNT_OF(words),
};

static void places_are_found_by_id(void **state)
{
    (void)state;
    assert_int_equal(guide_find_path(&guide, "b"), 1);
    assert_int_equal(guide_find_path(&guide, "c"), -1);
    assert_int_equal(guide_find_section(&paths[0], "s2"), -1);
    assert_int_equal(guide_find_section(&paths[1], "s2"), 1);
    assert_int_equal(guide_find_step(&sections[0], "e2"), 1);
    assert_int_equal(guide_find_step(&sections[0], "e3"), -1);
}

static void words_are_found_in_any_form(void **state)
{
    (void)state;
    assert_ptr_equal(guide_find_word(&guide, " Identifiants ! "), &words[0]);
    assert_ptr_equal(guide_find_word(&guide, "mes codes"), &words[0]);
    assert_null(guide_find_word(&guide, "code"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(places_are_found_by_id),
        cmocka_unit_test(words_are_found_in_any_form),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
