/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "handout/page.h"

#include "base/html.h"
#include "base/mem.h"
#include "base/messages.h"
#include "handout/markup.h"
#include "handout/outline.h"

#include <stdlib.h>

/*
 * Letters of 18 points on paper (large print) and of 1.4 times the reader's own on a screen; black
 * on white or the other way round, as the reader has it; every colour at 7:1 at least.
 */
static const char style[] =
    ":root{color-scheme:light dark;--ink:#000;--paper:#fff;--link:#00369c;--rule:#595959}\n"
    "@media screen and (prefers-color-scheme:dark){"
    ":root{--ink:#fff;--paper:#000;--link:#9cc4ff;--rule:#a6a6a6}}\n"
    "body{margin:0 auto;padding:1em;max-width:38em;background:var(--paper);color:var(--ink);"
    "font:1.4em/1.5 Verdana,\"DejaVu Sans\",sans-serif;overflow-wrap:break-word}\n"
    "h1{font-size:1.7em;line-height:1.2}\n"
    "h2{font-size:1.35em;line-height:1.2;margin-top:2em;border-top:.15em solid var(--rule);"
    "padding-top:.6em}\n"
    "a{color:var(--link)}\n"
    "a:focus{outline:.2em solid var(--link);outline-offset:.15em}\n"
    "li{margin:0 0 1em;padding-left:.4em}\n"
    "nav li{margin:0 0 .5em}\n"
    ".needs{list-style:none;padding-left:0}\n"
    ".box{float:left;box-sizing:border-box;width:1.1em;height:1.1em;margin:.2em .6em 0 0;"
    "border:.15em solid currentColor}\n"
    "li p{margin:0 0 .4em 1.7em}\n"
    ".step,.need,.month,.warning,dt{font-weight:bold}\n"
    ".month{border:.15em solid currentColor;padding:.6em}\n"
    "dd{margin:0 0 1em}\n"
    ".picture img{width:10em;max-width:100%;height:auto;background:#fff}\n"
    "@page{size:A4;margin:18mm}\n"
    "@media print{:root{--ink:#000;--paper:#fff;--link:#000}\n"
    "body{font-size:18pt;max-width:none;padding:0}\n"
    "nav,.glossary,.more,.where,.link{display:none}\n"
    ".monthly{break-before:page}\n"
    "h2{break-after:avoid}\n"
    "li,.month{break-inside:avoid}}\n";

/* Nothing may be loaded or run but the pictures that are in the page, whatever a guide holds. */
#define POLICY "default-src 'none'; style-src 'unsafe-inline'; img-src data:"

static void write_title(struct strbuf *page, const char *element, const char *title, const char *id)
{
    char *text = markup_typography(title);
    html_element(page, element, text, "id", id);
    free(text);
}

static void write_head(struct strbuf *page, const struct outline *outline)
{
    const struct outline_options *options = outline->options;
    strbuf_add(page, "<!DOCTYPE html>\n");
    html_open(page, "html", "lang", options->language);
    strbuf_add(page, "\n");
    html_open(page, "head");
    html_empty(page, "meta", "charset", "UTF-8");
    html_empty(page, "meta", "name", "viewport", "content", "width=device-width");
    html_empty(page, "meta", "http-equiv", "Content-Security-Policy", "content", POLICY);
    html_empty(page, "meta", "name", "generator", "content", "pasapas " PACKAGE_VERSION);
    html_element(page, "title", outline->parts[0].title);
    html_open(page, "style");
    strbuf_add(page, style);
    html_close(page, "style");
    html_close(page, "head");
}

static void write_contents(struct strbuf *page, const struct outline *outline)
{
    const struct messages *messages = outline->options->messages;
    html_open(page, "nav", "aria-labelledby", "contents");
    html_element(page, "h2", messages_text(messages, MSG_HANDOUT_CONTENTS), "id", "contents");
    html_open(page, "ol");
    for (size_t i = 1; i < outline->part_count; i++) {
        char id[MARKUP_ID_SIZE];
        char *target = xasprintf("#%s", markup_part_id(i, id));
        char *title = markup_typography(outline->parts[i].title);
        html_open(page, "li");
        html_element(page, "a", title, "href", target);
        html_close(page, "li");
        free(title);
        free(target);
    }
    html_close(page, "ol");
    html_close(page, "nav");
}

/* What is printed otherwise. */
static const char *class_of(enum outline_part_kind kind)
{
    return kind == OUTLINE_MONTHLY ? "monthly" : kind == OUTLINE_GLOSSARY ? "glossary" : NULL;
}

static void write_part(struct strbuf *page, const struct outline *outline, size_t index)
{
    char id[MARKUP_ID_SIZE], title_id[MARKUP_ID_SIZE];
    markup_part_id(index, id);
    markup_title_id(index, title_id);
    html_open(page, "section", "id", id, "class", class_of(outline->parts[index].kind),
              "aria-labelledby", title_id);
    write_title(page, "h2", outline->parts[index].title, title_id);
    markup_blocks(page, outline, index, true);
    html_close(page, "section");
}

void page_write(struct strbuf *page, const struct outline *outline)
{
    char id[MARKUP_ID_SIZE];
    write_head(page, outline);
    html_open(page, "body");
    html_open(page, "header");
    write_title(page, "h1", outline->parts[0].title, markup_title_id(0, id));
    markup_blocks(page, outline, 0, true);
    html_close(page, "header");
    write_contents(page, outline);
    html_open(page, "main");
    for (size_t i = 1; i < outline->part_count; i++)
        write_part(page, outline, i);
    html_close(page, "main");
    html_open(page, "footer");
    html_element(page, "p", messages_text(outline->options->messages, MSG_HANDOUT_MADE_BY));
    html_close(page, "footer");
    html_close(page, "body");
    html_close(page, "html");
}
