/* SPDX-License-Identifier: GPL-3.0-or-later */
/* errno_words: each reason has its own words, and whatever the system comes up with has some. */
#include "base/errno_words.h"
#include "base/mem.h"
#include "base/messages.h"
#include "base/messages_load.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static void each_reason_has_its_own_words(void **state)
{
    const struct messages *messages = *state;
    static const int reasons[] = {ENOENT, EACCES, EISDIR,       ENOSPC, EDQUOT, EROFS,
                                  EIO,    EMFILE, ENAMETOOLONG, EAGAIN, ENXIO,  EFBIG};
    for (size_t i = 0; i < COUNT_OF(reasons); i++)
        for (size_t j = 0; j < i; j++)
            assert_string_not_equal(errno_words(messages, reasons[i]),
                                    errno_words(messages, reasons[j]));
}

static void alike_reasons_have_the_same_words(void **state)
{
    const struct messages *messages = *state;
    static const int alike[][2] = {
        {ENOENT, ENOTDIR}, {EACCES, EPERM}, {EMFILE, ENFILE}, {EAGAIN, EADDRINUSE}};
    for (size_t i = 0; i < COUNT_OF(alike); i++)
        assert_string_equal(errno_words(messages, alike[i][0]), errno_words(messages, alike[i][1]));
}

static void what_nobody_thought_of_is_a_refusal(void **state)
{
    const struct messages *messages = *state;
    const char *other = errno_words(messages, 0);
    assert_true(strlen(other) > 0);
    assert_string_equal(errno_words(messages, EXDEV), other);
    assert_string_equal(errno_words(messages, 99999), other);
    assert_string_not_equal(errno_words(messages, EIO), other);
}

static int set_up(void **state)
{
    *state = messages_load_builtin();
    return *state ? 0 : -1;
}

static int tear_down(void **state)
{
    messages_free(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_reason_has_its_own_words),
        cmocka_unit_test(alike_reasons_have_the_same_words),
        cmocka_unit_test(what_nobody_thought_of_is_a_refusal),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
