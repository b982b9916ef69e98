/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/svg.h"

#include "base/mem.h"
#include "base/strbuf.h"
#include "base/text.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define DEPTH_MAX       64
#define ATTRIBUTES_MAX  64
#define NAMESPACE       "http://www.w3.org/2000/svg"
#define BYTE_ORDER_MARK "\xef\xbb\xbf"
#define BLANKS          " \t\r\n"

static const char *const elements[] = {
    "svg",     "g",     "path",     "rect",           "circle",
    "ellipse", "line",  "polyline", "polygon",        "text",
    "tspan",   "title", "desc",     "linearGradient", "radialGradient",
    "defs",    "stop",  "clipPath", "style",
};

/* A part of the file. */
struct span {
    const char *text;
    size_t length;
};

struct scan {
    const char *at;
    struct span open[DEPTH_MAX]; /* the elements around `at` */
    size_t depth;
    bool has_root, has_view_box, has_xlink;
    char *refused;
};

static bool refuse(struct scan *scan, struct span what)
{
    char *text = xstrndup(what.text, what.length < 40 ? what.length : 40);
    scan->refused = text_shown(text);
    free(text);
    return false;
}

static bool is(struct span span, const char *text)
{
    return span.length == strlen(text) && !memcmp(span.text, text, span.length);
}

static bool same(struct span a, struct span b)
{
    return a.length == b.length && !memcmp(a.text, b.text, a.length);
}

static bool skip(struct scan *scan, const char *text)
{
    const size_t length = strlen(text);
    if (strncmp(scan->at, text, length) != 0)
        return false;
    scan->at += length;
    return true;
}

static void skip_blanks(struct scan *scan)
{
    scan->at += strspn(scan->at, BLANKS);
}

static struct span read_name(struct scan *scan)
{
    struct span name = {.text = scan->at};
    if (!isalpha((unsigned char)*scan->at) && *scan->at != '_')
        return name;
    while (isalnum((unsigned char)*scan->at) || (*scan->at && strchr("_:.-", *scan->at)))
        scan->at++;
    name.length = (size_t)(scan->at - name.text);
    return name;
}

/* The part behind its prefix. */
static struct span local_name(struct span name)
{
    const char *colon = memchr(name.text, ':', name.length);
    if (!colon)
        return name;
    return (struct span){colon + 1, name.length - (size_t)(colon + 1 - name.text)};
}

/* --- values ----------------------------------------------------------------------------------- */

/* &amp; and its like; nothing that stands for a text from elsewhere. Numbers only in what is shown:
 * in a value they could hide an address. */
static bool references_are_known(struct span span, bool shown)
{
    static const char *const known[] = {"&amp;", "&lt;", "&gt;", "&quot;", "&apos;"};
    const char *end = span.text + span.length;
    for (const char *at = span.text; (at = memchr(at, '&', (size_t)(end - at))); at++) {
        bool found =
            shown && at[1] == '#' && at[2 + strspn(at + 2, "0123456789abcdefABCDEFx")] == ';';
        for (size_t i = 0; i < COUNT_OF(known); i++)
            found |= !strncmp(at, known[i], strlen(known[i]));
        if (!found)
            return false;
    }
    return true;
}

/* A style, or any value that may be one: no address but "#name", and nothing by which one can be
 * written otherwise. */
static bool loads_nothing(struct span value)
{
    static const char *const loading[] = {"image(", "image-set(", "src(", "element("};
    bool good = true;
    char *text = xstrndup(value.text, value.length);
    for (size_t i = 0; i < COUNT_OF(loading); i++)
        good &= !strcasestr(text, loading[i]);
    for (const char *at = text; (at = strcasestr(at, "url(")); at++)
        good &= at[4] == '#';
    free(text);
    return good && !memchr(value.text, '\\', value.length) &&
           !memchr(value.text, '@', value.length);
}

/* --- elements --------------------------------------------------------------------------------- */

static bool name_is_allowed(const struct scan *scan, struct span name, struct span value)
{
    const struct span local = local_name(name);
    const bool prefixed = local.text != name.text;
    if (is(name, "xmlns"))
        return is(value, NAMESPACE);
    if (prefixed && !strncmp(name.text, "xmlns:", 6))
        return true;
    if (local.length >= 2 && !strncasecmp(local.text, "on", 2))
        return false;
    if (is(local, "href"))
        return *value.text == '#' &&
               (!prefixed || (scan->has_xlink && !strncmp(name.text, "xlink:", 6)));
    return !prefixed || is(name, "xml:space") || is(name, "xml:lang");
}

static bool read_attribute(struct scan *scan, struct span *ret_name)
{
    const struct span name = read_name(scan);
    skip_blanks(scan);
    if (!name.length || !skip(scan, "="))
        return false;
    skip_blanks(scan);
    const char quote = *scan->at;
    const char *end = quote == '"' || quote == '\'' ? strchr(scan->at + 1, quote) : NULL;
    if (!end)
        return false;
    const struct span value = {scan->at + 1, (size_t)(end - scan->at) - 1};
    scan->at = end + 1;
    scan->has_view_box |= is(name, "viewBox");
    scan->has_xlink |= is(name, "xmlns:xlink");
    *ret_name = name;
    if (memchr(value.text, '<', value.length))
        return false;
    if (!name_is_allowed(scan, name, value))
        return refuse(scan, name);
    return (references_are_known(value, false) && loads_nothing(value)) || refuse(scan, value);
}

static bool read_attributes(struct scan *scan)
{
    struct span names[ATTRIBUTES_MAX];
    size_t count = 0;
    for (;;) {
        const char *before = scan->at;
        skip_blanks(scan);
        if (*scan->at == '>' || *scan->at == '/')
            return true;
        if (scan->at == before || count == ATTRIBUTES_MAX || !read_attribute(scan, &names[count]))
            return false;
        for (size_t i = 0; i < count; i++)
            if (same(names[i], names[count]))
                return false;
        count++;
    }
}

static bool has_namespace(const char *tag, const char *end)
{
    const char *found = strstr(tag, "xmlns=");
    return found && found < end;
}

static bool read_element(struct scan *scan)
{
    const char *tag = scan->at;
    const struct span name = read_name(scan);
    bool known = false;
    if (!name.length || scan->depth == DEPTH_MAX || (!scan->depth && scan->has_root))
        return false;
    for (size_t i = 0; i < COUNT_OF(elements); i++)
        known |= is(name, elements[i]);
    if (!known)
        return scan->has_root ? refuse(scan, name) : false;
    if (!read_attributes(scan))
        return false;
    if (!scan->has_root &&
        (!is(name, "svg") || !has_namespace(tag, scan->at) || !scan->has_view_box))
        return false;
    scan->has_root = true;
    const bool empty = skip(scan, "/");
    if (!empty)
        scan->open[scan->depth++] = name;
    return skip(scan, ">");
}

static bool read_end(struct scan *scan)
{
    const struct span name = read_name(scan);
    skip_blanks(scan);
    return scan->depth && same(name, scan->open[--scan->depth]) && skip(scan, ">");
}

/* --- the rest --------------------------------------------------------------------------------- */

static bool read_text(struct scan *scan)
{
    const struct span text = {scan->at, strcspn(scan->at, "<")};
    scan->at += text.length;
    if (!scan->depth)
        return strspn(text.text, BLANKS) >= text.length;
    if (is(scan->open[scan->depth - 1], "style"))
        return (!memchr(text.text, '&', text.length) && loads_nothing(text)) || refuse(scan, text);
    return references_are_known(text, true) || refuse(scan, text);
}

static bool read_comment(struct scan *scan)
{
    const char *end = strstr(scan->at, "--");
    if (!end || end[2] != '>')
        return false;
    scan->at = end + 3;
    return true;
}

static bool read_next(struct scan *scan)
{
    if (*scan->at != '<')
        return read_text(scan);
    if (skip(scan, "<!--"))
        return read_comment(scan);
    if (scan->at[1] == '!' || scan->at[1] == '?')
        return refuse(scan, (struct span){scan->at + 1, strcspn(scan->at + 1, BLANKS "[<>")});
    if (skip(scan, "</"))
        return read_end(scan);
    scan->at++;
    return read_element(scan);
}

/* No NUL, no control character but those that end lines. */
static bool is_text(const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if ((unsigned char)bytes[i] < ' ' && !strchr("\t\n\r", bytes[i] ? bytes[i] : 1))
            return false;
    return text_utf8_error(bytes, length) == length;
}

bool svg_is_harmless(const char *bytes, size_t length, char **ret_refused)
{
    struct scan scan = {.at = bytes};
    bool good = bytes && is_text(bytes, length);
    if (good)
        (void)skip(&scan, BYTE_ORDER_MARK);
    if (good && skip(&scan, "<?xml ")) {
        const char *end = strstr(scan.at, "?>");
        good = end != NULL;
        scan.at = end ? end + 2 : scan.at;
    }
    while (good && *scan.at)
        good = read_next(&scan);
    *ret_refused = scan.refused;
    return good && scan.has_root && !scan.depth;
}
