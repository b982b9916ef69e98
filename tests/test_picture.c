/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pictures of guides: what is drawn is taken, what loads, runs or is broken is refused and named.
 */
#include "base/base64.h"
#include "base/mem.h"
#include "model/picture.h"
#include "model/svg.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#define HEAD "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\">"

/* --- drawings --------------------------------------------------------------------------------- */

/* What is refused of it: "" for nothing, "?" for what is no SVG. To be freed with free(). */
static char *refused(const char *text)
{
    char *what = NULL;
    if (svg_is_harmless(text, strlen(text), &what)) {
        assert_null(what);
        return xstrdup("");
    }
    return what ? what : xstrdup("?");
}

static void check(const char *text, const char *wanted)
{
    char *what = refused(text);
    if (strcmp(what, wanted) != 0)
        fail_msg("%s: refused is \"%s\", wanted \"%s\"", text, what, wanted);
    free(what);
}

static void inside(const char *text, const char *wanted)
{
    char *whole = xasprintf(HEAD "%s</svg>", text);
    check(whole, wanted);
    free(whole);
}

static void test_drawings(void **state)
{
    (void)state;
    inside("<path d='M0 0L9 9' fill=\"#fff\"/>", "");
    inside("<g><text x='1'>Fin &amp; suite&#160;; url(http://a.b)</text></g><!-- a note -->", "");
    inside("<defs><linearGradient id='a'><stop offset='1'/></linearGradient></defs>"
           "<rect fill='url(#a)' style='fill:url(#a)'/>",
           "");
    inside("<style>rect{fill:red}</style><title>Un titre</title>", "");
    check("\xef\xbb\xbf<?xml version='1.0'?>\r\n<!-- x -->\n" HEAD "</svg>\n", "");
    check("<svg viewBox='0 0 1 1' xmlns='http://www.w3.org/2000/svg' "
          "xmlns:xlink='http://www.w3.org/1999/xlink'>"
          "<linearGradient xlink:href='#b'/></svg>",
          "");
}

static void test_what_runs_or_loads(void **state)
{
    (void)state;
    inside("<script>x</script>", "script");
    inside("<SCRIPT/>", "SCRIPT");
    inside("<path onclick='x'/>", "onclick");
    inside("<path ONLOAD='x'/>", "ONLOAD");
    inside("<image href='a.png'/>", "image");
    inside("<foreignObject/>", "foreignObject");
    inside("<use href='#a'/>", "use");
    inside("<a href='#a'>x</a>", "a");
    inside("<set attributeName='href'/>", "set");
    inside("<svg:script/>", "svg:script");
    inside("<linearGradient href='http://a.b/c'/>", "href");
    inside("<linearGradient href='&#35;a'/>", "href");
    inside("<path fill='url(http://a.b/c)'/>", "url(http://a.b/c)");
    inside("<path fill='URL( #a)'/>", "URL( #a)");
    inside("<path fill='u&#114;l(http://a.b)'/>", "u&#114;l(http://a.b)");
    inside("<path style='fill:\\75rl(http://a.b)'/>", "fill:\\75rl(http://a.b)");
    inside("<style>@import 'a'</style>", "@import 'a'");
    inside("<style>a{b:url(c)}</style>", "a{b:url(c)}");
    inside("<style>a{b:ur&#108;(c)}</style>", "a{b:ur&#108;(c)}");
    inside("<path style='a:image-set(\"b\" 1x)'/>", "a:image-set(\"b\" 1x)");
    inside("<g xmlns='http://www.w3.org/1999/xhtml'/>", "xmlns");
    inside("<g xml:base='http://a.b/'/>", "xml:base");
    inside("<text>&a;</text>", "&a;");
    inside("<?xml-stylesheet href='a'?>", "?xml-stylesheet");
    inside("<![CDATA[<script/>]]>", "!");
    check("<!DOCTYPE svg [<!ENTITY a 'b'>]>" HEAD "</svg>", "!DOCTYPE");
}

static void test_what_is_no_svg(void **state)
{
    (void)state;
    char *what = NULL;
    check("", "?");
    check("GIF89a", "?");
    check("<html xmlns='http://www.w3.org/2000/svg' viewBox='0'></html>", "?");
    check("<svg viewBox='0 0 1 1'></svg>", "?");
    check("<svg xmlns='http://www.w3.org/2000/svg'></svg>", "?");
    check(HEAD, "?");
    check(HEAD "</svg></svg>", "?");
    check(HEAD "</svg>" HEAD "</svg>", "?");
    check(HEAD "</svg>text", "?");
    inside("<g>", "?");
    inside("<g></path>", "?");
    inside("<path d='1' d='2'/>", "?");
    inside("<path d=1/>", "?");
    inside("<path d='1'e='2'/>", "?");
    inside("<path d='<'/>", "?");
    inside("<path d='1", "?");
    inside("<!-- a -- b -->", "?");
    inside("<text>\x01</text>", "?");
    inside("<text>\xff</text>", "?");
    assert_false(svg_is_harmless(NULL, 0, &what));
    assert_false(svg_is_harmless(HEAD "\0</svg>", sizeof HEAD "\0</svg>" - 1, &what));
}

/* Elements within elements without an end. */
static void test_depth(void **state)
{
    (void)state;
    struct strbuf text = {0};
    strbuf_add(&text, HEAD);
    for (int i = 0; i < 100000; i++)
        strbuf_add(&text, "<g>");
    check(text.text, "?");
    strbuf_free(&text);
}

/* --- files ------------------------------------------------------------------------------------ */

/* The smallest PNG there is: one grey point. */
static const unsigned char png[] = {0x89, 'P', 'N', 'G',  '\r', '\n', 0x1a, '\n', 0,    0, 0, 13,
                                    'I',  'H', 'D', 'R',  0,    0,    0,    1,    0,    0, 0, 1,
                                    8,    0,   0,   0,    0,    0x3a, 0x7e, 0x9b, 0x55, 0, 0, 0,
                                    10,   'I', 'D', 'A',  'T',  0x78, 0x9c, 0x63, 0x60, 0, 0, 0,
                                    2,    0,   1,   0x48, 0xaf, 0xa4, 0x71, 0,    0,    0, 0, 'I',
                                    'E',  'N', 'D', 0xae, 0x42, 0x60, 0x82};

static char folder[] = "/tmp/pasapas-picture-XXXXXX";

static void write_file(const char *name, const void *bytes, size_t length)
{
    char *path = xasprintf("%s/%s", folder, name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, length, file), length);
    assert_int_equal(fclose(file), 0);
    free(path);
}

static void check_file(const char *name, enum picture_trouble wanted)
{
    struct picture picture;
    char *what = NULL, *guide = xasprintf("%s/guide/g.yaml", folder);
    const enum picture_trouble trouble = picture_load(guide, name, &picture, &what);
    if (trouble != wanted)
        fail_msg("%s: %d, wanted %d", name, (int)trouble, (int)wanted);
    if (!trouble)
        picture_free(&picture);
    free(what);
    free(guide);
}

static void test_files(void **state)
{
    (void)state;
    static char big[PICTURE_BYTES_MAX + 1];
    unsigned char other[sizeof png];
    assert_non_null(mkdtemp(folder));
    char *path = xasprintf("%s/guide", folder), *link = xasprintf("%s/link.svg", path),
         *way = xasprintf("%s/way", path);
    assert_int_equal(mkdir(path, 0700), 0);
    write_file("out.svg", HEAD "</svg>", sizeof HEAD "</svg>" - 1);
    write_file("guide/in.svg", HEAD "</svg>", sizeof HEAD "</svg>" - 1);
    write_file("guide/in.png", png, sizeof png);
    assert_int_equal(symlink("../out.svg", link), 0);
    assert_int_equal(symlink("..", way), 0);
    check_file("in.svg", PICTURE_FINE);
    check_file("in.png", PICTURE_FINE);
    check_file("none.svg", PICTURE_MISSING);
    check_file("../out.svg", PICTURE_MISSING);
    check_file("link.svg", PICTURE_MISSING);
    check_file("way/out.svg", PICTURE_MISSING);
    check_file("way", PICTURE_BROKEN);
    write_file("guide/big.png", big, sizeof big);
    check_file("big.png", PICTURE_TOO_BIG);
    write_file("guide/word.png", HEAD "</svg>", sizeof HEAD "</svg>" - 1);
    check_file("word.png", PICTURE_BROKEN);
    write_file("guide/word.svg", png, sizeof png);
    check_file("word.svg", PICTURE_BROKEN);
    write_file("guide/empty.svg", "", 0);
    check_file("empty.svg", PICTURE_BROKEN);
    write_file("guide/bad.svg", HEAD "<script/></svg>", sizeof HEAD "<script/></svg>" - 1);
    check_file("bad.svg", PICTURE_REFUSED);
    /* A PNG of which anything is otherwise is none. */
    for (size_t i = 0; i < sizeof png; i++) {
        memcpy(other, png, sizeof png);
        other[i] ^= 1;
        write_file("guide/other.png", other, sizeof other);
        check_file("other.png", PICTURE_BROKEN);
        write_file("guide/other.png", png, i);
        check_file("other.png", PICTURE_BROKEN);
    }
    free(path);
    free(link);
    free(way);
    char *command = xasprintf("rm -r '%s'", folder);
    assert_int_equal(system(command), 0);
    free(command);
}

static void test_names(void **state)
{
    (void)state;
    enum picture_type type;
    static const char *const inside[] = {"a.svg", "b/a.svg", "b/c/d.png", "é à.svg"};
    static const char *const outside[] = {"",   "/a.svg", "../a.svg", "b/../a.svg", "b//a.svg",
                                          "b/", "./a",    ".a.svg",   "b\\a.svg"};
    for (size_t i = 0; i < COUNT_OF(inside); i++)
        assert_true(picture_name_is_inside(inside[i]));
    for (size_t i = 0; i < COUNT_OF(outside); i++)
        assert_false(picture_name_is_inside(outside[i]));
    assert_true(picture_name_type("a.PNG", &type));
    assert_int_equal(type, PICTURE_PNG);
    assert_false(picture_name_type("a.svgz", &type));
    assert_false(picture_name_type("png", &type));
}

static void test_base64(void **state)
{
    (void)state;
    static const char *const wanted[] = {"", "Zg==", "Zm8=", "Zm9v", "Zm9vYg==", "Zm9vYmE="};
    for (size_t i = 0; i < COUNT_OF(wanted); i++) {
        struct strbuf text = {0};
        base64_add(&text, "fooba", i);
        char *taken = strbuf_take(&text);
        assert_string_equal(taken, wanted[i]);
        free(taken);
    }
    struct strbuf text = {0};
    base64_add(&text, "\xff\xfe\xfd", 3);
    assert_string_equal(text.text, "//79");
    strbuf_free(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_drawings),       cmocka_unit_test(test_what_runs_or_loads),
        cmocka_unit_test(test_what_is_no_svg), cmocka_unit_test(test_depth),
        cmocka_unit_test(test_files),          cmocka_unit_test(test_names),
        cmocka_unit_test(test_base64),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
