/* SPDX-License-Identifier: GPL-3.0-or-later */
/* page_control: names are compared as they are heard, and the right one of several is chosen. */
#include "base/mem.h"
#include "base/text.h"
#include "page/page_control.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void names_are_compared_as_they_are_heard(void **state)
{
    (void)state;
    assert_true(page_name_is("SE CONNECTER", "Se connecter"));
    assert_true(page_name_is("  J’ai oublié\tmon mot de passe ! ", "J'ai oublie mon mot de passe"));
    assert_true(page_name_is("Télécharger\u00a0(PDF. 120Ko)", "télécharger (PDF 120Ko)"));
    assert_true(page_name_is("Nom d'utilisateur *", "Nom d’utilisateur"));
    assert_true(page_name_is("ENVOYER", "Valider\tEnvoyer\tTerminer"));
    assert_false(page_name_is("Valider Envoyer", "Valider\tEnvoyer"));
    assert_false(page_name_is("…", "Valider\t?"));
    assert_false(page_name_is("Valider et continuer", "Valider"));
    assert_false(page_name_is("Valider", "Validez"));
    /* What has no letter bears no name. */
    assert_false(page_name_is("…", "?"));
    assert_false(page_name_is("", ""));
    assert_false(page_name_is(NULL, "Valider"));
}

struct expected {
    long found;
    enum page_direction direction;
};

static void assert_found(const struct page_control *controls, size_t count, size_t focus,
                         bool focused, const char *label, struct expected wanted)
{
    enum page_direction direction = PAGE_HERE;
    assert_int_equal(page_find(controls, count, focus, focused, label, &direction), wanted.found);
    if (wanted.found >= 0)
        assert_int_equal(direction, wanted.direction);
}

static void the_nearest_is_found(void **state)
{
    (void)state;
    static const struct page_control controls[] = {
        {PAGE_BUTTON, "Suite", true},    {PAGE_LINK, "Aide", true},
        {PAGE_BUTTON, "Suite", true},    {PAGE_FIELD, "Nom", true},
        {PAGE_BUTTON, "SUITE", true},    {PAGE_PASSWORD, "Code", true},
        {PAGE_BUTTON, "Envoyer", false}, {PAGE_OTHER, "Titre", true},
    };
    const size_t count = COUNT_OF(controls);
    assert_found(controls, count, 0, false, "suite", (struct expected){0, PAGE_FORWARD});
    assert_found(controls, count, 0, true, "suite", (struct expected){0, PAGE_HERE});
    assert_found(controls, count, 1, true, "suite", (struct expected){2, PAGE_FORWARD});
    assert_found(controls, count, 3, true, "suite", (struct expected){4, PAGE_FORWARD});
    assert_found(controls, count, 4, true, "suite", (struct expected){4, PAGE_HERE});
    /* All are before: the last of them. */
    assert_found(controls, count, 6, true, "suite", (struct expected){4, PAGE_BACKWARD});
    assert_found(controls, count, 8, false, "aide", (struct expected){1, PAGE_BACKWARD});
    /* Something without a name of its own has the focus, between two controls. */
    assert_found(controls, count, 2, false, "suite", (struct expected){2, PAGE_FORWARD});
    assert_found(controls, count, 0, false, "envoyer", (struct expected){6, PAGE_FORWARD});
    /* Passwords and what has no role of ours are never found. */
    assert_found(controls, count, 0, false, "code", (struct expected){-1, PAGE_HERE});
    assert_found(controls, count, 0, false, "titre", (struct expected){-1, PAGE_HERE});
    assert_found(controls, 0, 0, false, "suite", (struct expected){-1, PAGE_HERE});
}

static void one_that_can_be_used_goes_first(void **state)
{
    (void)state;
    static const struct page_control controls[] = {
        {PAGE_BUTTON, "Valider", true},
        {PAGE_BUTTON, "Valider", false},
        {PAGE_BUTTON, "Valider", false},
    };
    assert_found(controls, 3, 1, true, "valider", (struct expected){0, PAGE_BACKWARD});
    assert_found(controls + 1, 2, 1, true, "valider", (struct expected){1, PAGE_HERE});
}

static void a_line_is_one_line(void **state)
{
    (void)state;
    char *line = page_line((const char *const[]){"button", "Va\tli\nder\x1b[2J", "here", NULL});
    assert_string_equal(line, "button\tVa li der\xef\xbf\xbd[2J\there");
    free(line);
    char name[PAGE_NAME_MAX * 3];
    memset(name, 'x', sizeof name);
    name[sizeof name - 1] = '\0';
    line = page_line((const char *const[]){name, NULL});
    assert_int_equal(text_length(line), PAGE_NAME_MAX);
    free(line);
}

static void roles_have_words(void **state)
{
    (void)state;
    for (int role = 0; role < PAGE_ROLE_COUNT; role++)
        assert_non_null(page_role_word((enum page_role)role));
    assert_true(page_role_has_name(PAGE_MENU));
    assert_false(page_role_has_name(PAGE_PASSWORD));
    assert_false(page_role_has_name(PAGE_DOCUMENT));
    assert_false(page_role_has_name(PAGE_OTHER));
    assert_string_equal(page_direction_word(PAGE_BACKWARD), "backward");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_compared_as_they_are_heard),
        cmocka_unit_test(the_nearest_is_found),
        cmocka_unit_test(one_that_can_be_used_goes_first),
        cmocka_unit_test(a_line_is_one_line),
        cmocka_unit_test(roles_have_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
