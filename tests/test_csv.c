/* SPDX-License-Identifier: GPL-3.0-or-later */
/* csv: cells as RFC 4180 has them, and nothing that a spreadsheet would carry out. */
#include "base/csv.h"
#include "base/mem.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void assert_cell(const char *cell, const char *wanted)
{
    struct strbuf table = {0};
    csv_add_line(&table, &cell, 1);
    assert_string_equal(table.text, wanted);
    strbuf_free(&table);
}

static void lines_have_commas_and_their_end(void **state)
{
    (void)state;
    static const char *const cells[] = {"Zoé", NULL, "3", ""};
    struct strbuf table = {0};
    csv_add_line(&table, cells, COUNT_OF(cells));
    csv_add_line(&table, cells, 1);
    assert_string_equal(table.text, "Zoé,,3,\r\nZoé\r\n");
    strbuf_free(&table);
}

static void what_would_end_a_cell_is_quoted(void **state)
{
    (void)state;
    assert_cell("Martin, Zoé", "\"Martin, Zoé\"\r\n");
    assert_cell("Zoé \"la grande\"", "\"Zoé \"\"la grande\"\"\"\r\n");
    assert_cell("deux\nlignes", "\"deux\nlignes\"\r\n");
    /* Not what would write over it in a terminal. */
    assert_cell("deux\rlignes", "deux\xef\xbf\xbdlignes\r\n");
    assert_cell("\x1b[31m", "\xef\xbf\xbd[31m\r\n");
}

static void no_cell_is_a_formula(void **state)
{
    (void)state;
    assert_cell("=1+1", "'=1+1\r\n");
    assert_cell("+33", "'+33\r\n");
    assert_cell("-Zoé", "'-Zoé\r\n");
    assert_cell("@SUM(A1)", "'@SUM(A1)\r\n");
    assert_cell("\t=1", "'\t=1\r\n");
    assert_cell("＝1", "'＝1\r\n");
    assert_cell("=a,\"b\"", "\"'=a,\"\"b\"\"\"\r\n");
    assert_cell("Anne-Marie", "Anne-Marie\r\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_have_commas_and_their_end),
        cmocka_unit_test(what_would_end_a_cell_is_quoted),
        cmocka_unit_test(no_cell_is_a_formula),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
