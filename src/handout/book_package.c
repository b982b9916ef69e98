/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "handout/book_package.h"

#include "base/html.h"
#include "base/mem.h"
#include "base/messages.h"
#include "handout/markup.h"
#include "model/guide.h"
#include "model/guide_pictures.h"

#include <stdlib.h>

static const struct {
    const char *type, *role;
} part_kinds[] = {
    [OUTLINE_OPENING] = {"introduction", "doc-introduction"},
    [OUTLINE_SECTION] = {"chapter", "doc-chapter"},
    [OUTLINE_MONTHLY] = {"chapter", "doc-chapter"},
    [OUTLINE_GLOSSARY] = {"glossary", "doc-glossary"},
    [OUTLINE_CLOSING] = {"conclusion", "doc-conclusion"},
};

const char *book_part_type(enum outline_part_kind kind)
{
    return part_kinds[kind].type;
}

const char *book_part_role(enum outline_part_kind kind)
{
    return part_kinds[kind].role;
}

char *book_time(long ms)
{
    return xasprintf("%ld.%03lds", ms / 1000, ms % 1000);
}

/* --- what it is ------------------------------------------------------------------------------- */

/* Whom it suits, in the words of schema.org that catalogues look for. */
static const char *const accessibility[][2] = {
    {"schema:accessMode", "textual"},
    {"schema:accessMode", "auditory"},
    {"schema:accessModeSufficient", "textual"},
    {"schema:accessModeSufficient", "auditory"},
    {"schema:accessibilityFeature", "synchronizedAudioText"},
    {"schema:accessibilityFeature", "structuralNavigation"},
    {"schema:accessibilityFeature", "tableOfContents"},
    {"schema:accessibilityFeature", "readingOrder"},
    {"schema:accessibilityFeature", "displayTransformability"},
    {"schema:accessibilityHazard", "none"},
};

static void add_meta(struct strbuf *package, const char *property, const char *refines,
                     const char *value)
{
    html_element(package, "meta", value, "property", property, "refines", refines);
}

static bool has_pictures(const struct outline *outline)
{
    const struct guide_pictures *pictures = outline->options->pictures;
    for (size_t i = 0; pictures && i < pictures->count; i++)
        if (outline_has_picture(outline, i))
            return true;
    return false;
}

/* Pictures help, and are not needed. */
static void add_accessibility(struct strbuf *package, const struct outline *outline)
{
    const bool pictures = has_pictures(outline);
    for (size_t i = 0; i < COUNT_OF(accessibility); i++)
        add_meta(package, accessibility[i][0], NULL, accessibility[i][1]);
    if (pictures) {
        add_meta(package, "schema:accessMode", NULL, "visual");
        add_meta(package, "schema:accessibilityFeature", NULL, "alternativeText");
    }
    add_meta(package, "schema:accessibilitySummary", NULL,
             messages_text(outline->options->messages, pictures ? MSG_HANDOUT_ACCESSIBILITY_PICTURES
                                                                : MSG_HANDOUT_ACCESSIBILITY));
}

static char *identifier(const struct outline_options *options)
{
    char updated[11];
    date_format(options->guide->updated, updated);
    return xasprintf("urn:pasapas:%s:%s%s%s%s", options->guide->id, updated,
                     options->path ? ":" : "", options->path ? options->path->id : "",
                     options->simple ? ":simple" : "");
}

static void add_durations(struct strbuf *package, const struct outline *outline,
                          const long *durations)
{
    long total = 0;
    for (size_t i = 0; i < outline->part_count; i++) {
        char id[MARKUP_ID_SIZE];
        char *refines = xasprintf("#smil-%s", markup_part_id(i, id));
        char *time = book_time(durations[i]);
        add_meta(package, "media:duration", refines, time);
        total += durations[i];
        free(refines);
        free(time);
    }
    char *time = book_time(total);
    add_meta(package, "media:duration", NULL, time);
    free(time);
}

static void add_metadata(struct strbuf *package, const struct outline *outline,
                         const long *durations)
{
    const struct outline_options *options = outline->options;
    char today[11], *name = identifier(options);
    date_format(options->today, today);
    char *modified = xasprintf("%sT00:00:00Z", today);
    html_open(package, "metadata", "xmlns:dc", "http://purl.org/dc/elements/1.1/");
    html_element(package, "dc:identifier", name, "id", "id");
    html_element(package, "dc:title", outline->parts[0].title);
    html_element(package, "dc:language", options->language);
    html_element(package, "dc:source", options->guide->source);
    add_meta(package, "dcterms:modified", NULL, modified);
    add_accessibility(package, outline);
    add_meta(package, "media:active-class", NULL, BOOK_ACTIVE_CLASS);
    add_durations(package, outline, durations);
    html_close(package, "metadata");
    free(modified);
    free(name);
}

/* --- its files -------------------------------------------------------------------------------- */

/* A file of a part. `kind`: before its id; `overlay`: what is heard with it, or NULL. */
static void add_item(struct strbuf *package, size_t part, const char *kind, const char *ending,
                     const char *type, const char *overlay)
{
    char name[MARKUP_ID_SIZE];
    markup_part_id(part, name);
    char *id = xasprintf("%s-%s", kind, name), *file = xasprintf("%s.%s", name, ending);
    char *heard = overlay ? xasprintf("%s-%s", overlay, name) : NULL;
    html_empty(package, "item", "id", id, "href", file, "media-type", type, "media-overlay", heard);
    free(heard);
    free(file);
    free(id);
}

static void add_pictures(struct strbuf *package, const struct outline *outline)
{
    const struct guide_pictures *pictures = outline->options->pictures;
    for (size_t i = 0; pictures && i < pictures->count; i++) {
        char *file = markup_picture_file(outline, i), *id = xasprintf("image-%zu", i + 1);
        if (outline_has_picture(outline, i))
            html_empty(package, "item", "id", id, "href", file, "media-type",
                       picture_media_type(pictures->items[i].picture.type));
        free(id);
        free(file);
    }
}

static void add_manifest(struct strbuf *package, const struct outline *outline)
{
    html_open(package, "manifest");
    html_empty(package, "item", "id", "nav", "href", "nav.xhtml", "media-type",
               "application/xhtml+xml", "properties", "nav");
    html_empty(package, "item", "id", "style", "href", "style.css", "media-type", "text/css");
    add_pictures(package, outline);
    for (size_t i = 0; i < outline->part_count; i++) {
        add_item(package, i, "page", "xhtml", "application/xhtml+xml", "smil");
        add_item(package, i, "smil", "smil", "application/smil+xml", NULL);
        add_item(package, i, "voice", "mp3", "audio/mpeg", NULL);
    }
    html_close(package, "manifest");
}

static void add_spine(struct strbuf *package, const struct outline *outline)
{
    html_open(package, "spine");
    for (size_t i = 0; i < outline->part_count; i++) {
        char name[MARKUP_ID_SIZE];
        char *id = xasprintf("page-%s", markup_part_id(i, name));
        html_empty(package, "itemref", "idref", id);
        free(id);
    }
    html_close(package, "spine");
}

void book_package_write(struct strbuf *package, const struct outline *outline,
                        const long *durations)
{
    strbuf_add(package, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    html_open(package, "package", "xmlns", "http://www.idpf.org/2007/opf", "version", "3.0",
              "unique-identifier", "id", "xml:lang", outline->options->language);
    add_metadata(package, outline, durations);
    add_manifest(package, outline);
    add_spine(package, outline);
    html_close(package, "package");
}
