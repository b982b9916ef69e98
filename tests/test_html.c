/* SPDX-License-Identifier: GPL-3.0-or-later */
/* html: nothing from outside becomes a tag, an attribute or what XML refuses. */
#include "base/html.h"
#include "base/mem.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void assert_text(const char *text, const char *wanted)
{
    struct strbuf page = {0};
    strbuf_add(&page, "");
    html_text(&page, text);
    assert_string_equal(page.text, wanted);
    strbuf_free(&page);
}

static void what_has_a_meaning_is_escaped(void **state)
{
    (void)state;
    assert_text("Cliquez sur « Valider ».", "Cliquez sur « Valider ».");
    assert_text("<script>alert('a & b')</script>",
                "&lt;script&gt;alert(&#39;a &amp; b&#39;)&lt;/script&gt;");
    assert_text("\" onload=\"x", "&quot; onload=&quot;x");
    assert_text("&amp;", "&amp;amp;");
    assert_text("", "");
}

static void what_xml_refuses_is_replaced(void **state)
{
    (void)state;
    assert_text("a\x1b[31mb", "a\xef\xbf\xbd[31mb");
    assert_text("a\xff"
                "b",
                "a\xef\xbf\xbd"
                "b");
    assert_text("a\xef\xbf\xbe"
                "b",
                "a\xef\xbf\xbd"
                "b");
    /* A mark that would turn the direction of what follows. */
    assert_text("a\xe2\x80\xae"
                "b",
                "a\xef\xbf\xbd"
                "b");
    assert_text("a\n\tb", "a\n\tb");
}

static void elements_are_html_and_xml(void **state)
{
    (void)state;
    struct strbuf page = {0};
    html_open(&page, "section", "id", "a\"b", "class", (const char *)NULL, "lang", "fr");
    html_element(&page, "h2", "Les échanges & vous", "id", "t");
    html_element(&page, "p", (const char *)NULL);
    html_empty(&page, "br");
    html_empty(&page, "input", "type", "checkbox");
    html_close(&page, "section");
    assert_string_equal(page.text, "<section id=\"a&quot;b\" lang=\"fr\">"
                                   "<h2 id=\"t\">Les échanges &amp; vous</h2>\n"
                                   "<br/><input type=\"checkbox\"/></section>\n");
    strbuf_free(&page);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_has_a_meaning_is_escaped),
        cmocka_unit_test(what_xml_refuses_is_replaced),
        cmocka_unit_test(elements_are_html_and_xml),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
