/* SPDX-License-Identifier: GPL-3.0-or-later */
/* near_names: which names are told of for one that is not there. */
#include "base/mem.h"
#include "base/messages_load.h"
#include "base/near_names.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

static const char *const names[] = {"Zoé",     "Zoé Martin",   "Ali", "valider",
                                    "valeurs", "m-actualiser", "Bo"};

static void assert_near(const char *wanted, const char *list)
{
    struct messages *messages = messages_load_builtin();
    char *near = near_names(messages, wanted, names, COUNT_OF(names));
    if (list)
        assert_string_equal(near, list);
    else
        assert_null(near);
    free(near);
    messages_free(messages);
}

static void the_nearest_come_first(void **state)
{
    (void)state;
    assert_near("zoe", "« Zoé » ou « Zoé Martin »");
    assert_near("valide", "« valider »");
    assert_near("valeur", "« valeurs »");
    assert_near("actualiser", "« m-actualiser »");
    /* As many as can be told at once, however many there are. */
    assert_near("Bo", "« Bo »");
}

static void what_is_far_is_not_told(void **state)
{
    (void)state;
    assert_near("quelqu'un", NULL);
    assert_near("", NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_nearest_come_first),
        cmocka_unit_test(what_is_far_is_not_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
