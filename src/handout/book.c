/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "handout/book.h"

#include "base/html.h"
#include "base/mem.h"
#include "base/messages.h"
#include "handout/archive.h"
#include "handout/book_package.h"
#include "handout/markup.h"
#include "handout/narration.h"
#include "handout/outline.h"
#include "model/guide_pictures.h"

#include <stdlib.h>

/* Little: a reader of books has its own letters and colours. */
static const char style[] = "li{margin:0 0 1em}\n"
                            ".needs{list-style:none;padding-left:0}\n"
                            ".box{display:none}\n"
                            ".picture img{width:10em;max-width:100%;background:#fff}\n"
                            ".step,.need,.month,.warning,dt{font-weight:bold}\n"
                            "." BOOK_ACTIVE_CLASS "{background-color:#ffe680;color:#000}\n";

static const char container[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<container xmlns=\"urn:oasis:names:tc:opendocument:xmlns:container\" version=\"1.0\">"
    "<rootfiles><rootfile full-path=\"EPUB/package.opf\" "
    "media-type=\"application/oebps-package+xml\"/></rootfiles></container>\n";

struct book {
    const struct outline *outline;
    struct narration *narration;
    struct archive *archive;
    long *durations; /* of the parts, in ms */
};

static void add_file(struct book *book, const char *name, struct strbuf *bytes, bool stored)
{
    archive_add(book->archive, name, bytes, stored);
}

static void add_text(struct book *book, const char *name, const char *text, bool stored)
{
    struct strbuf bytes = {0};
    strbuf_add(&bytes, text);
    add_file(book, name, &bytes, stored);
}

/* A file of a part: "EPUB/p3.smil". */
static void add_part_file(struct book *book, size_t part, const char *ending, struct strbuf *bytes)
{
    char id[MARKUP_ID_SIZE];
    char *name = xasprintf("EPUB/%s.%s", markup_part_id(part, id), ending);
    /* MP3 cannot be made smaller. */
    add_file(book, name, bytes, ending[0] == 'm');
    free(name);
}

/* --- a page ----------------------------------------------------------------------------------- */

static void begin_page(struct strbuf *page, const struct outline *outline, const char *title)
{
    strbuf_add(page, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE html>\n");
    html_open(page, "html", "xmlns", "http://www.w3.org/1999/xhtml", "xmlns:epub",
              "http://www.idpf.org/2007/ops", "lang", outline->options->language, "xml:lang",
              outline->options->language);
    html_open(page, "head");
    html_element(page, "title", title);
    html_empty(page, "link", "rel", "stylesheet", "type", "text/css", "href", "style.css");
    html_close(page, "head");
    html_open(page, "body");
}

static void end_page(struct strbuf *page)
{
    html_close(page, "body");
    html_close(page, "html");
}

static void add_page(struct book *book, size_t index)
{
    const struct outline_part *part = &book->outline->parts[index];
    char id[MARKUP_ID_SIZE];
    struct strbuf page = {0};
    char *title = markup_typography(part->title);
    begin_page(&page, book->outline, title);
    markup_title_id(index, id);
    html_open(&page, "section", "epub:type", book_part_type(part->kind), "role",
              book_part_role(part->kind), "aria-labelledby", id);
    html_element(&page, "h1", title, "id", id);
    markup_blocks(&page, book->outline, index, false);
    html_close(&page, "section");
    end_page(&page);
    add_part_file(book, index, "xhtml", &page);
    free(title);
}

static void add_contents(struct book *book)
{
    const char *title = messages_text(book->outline->options->messages, MSG_HANDOUT_CONTENTS);
    struct strbuf page = {0};
    begin_page(&page, book->outline, title);
    html_open(&page, "nav", "epub:type", "toc", "role", "doc-toc", "aria-labelledby", "contents");
    html_element(&page, "h1", title, "id", "contents");
    html_open(&page, "ol");
    for (size_t i = 0; i < book->outline->part_count; i++) {
        char id[MARKUP_ID_SIZE];
        char *target = xasprintf("%s.xhtml", markup_part_id(i, id));
        html_open(&page, "li");
        html_element(&page, "a", book->outline->parts[i].title, "href", target);
        html_close(&page, "li");
        free(target);
    }
    html_close(&page, "ol");
    html_close(&page, "nav");
    end_page(&page);
    add_file(book, "EPUB/nav.xhtml", &page, false);
}

/* --- what is heard ---------------------------------------------------------------------------- */

/* A text of the page, and from when until when it is heard. */
static void add_par(struct strbuf *smil, size_t part, const char *id, struct narration_clip clip)
{
    char file[MARKUP_ID_SIZE];
    markup_part_id(part, file);
    char *text = xasprintf("%s.xhtml#%s", file, id), *audio = xasprintf("%s.mp3", file);
    char *begin = book_time(clip.begin), *end = book_time(clip.end);
    html_open(smil, "par");
    html_empty(smil, "text", "src", text);
    html_empty(smil, "audio", "src", audio, "clipBegin", begin, "clipEnd", end);
    html_close(smil, "par");
    free(text);
    free(audio);
    free(begin);
    free(end);
}

/* `clips`: that of the title, then those of the blocks. */
static void add_overlay(struct book *book, size_t index, const struct narration_clip *clips)
{
    const struct outline_part *part = &book->outline->parts[index];
    char id[MARKUP_ID_SIZE];
    struct strbuf smil = {0};
    strbuf_add(&smil, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    html_open(&smil, "smil", "xmlns", "http://www.w3.org/ns/SMIL", "version", "3.0");
    html_open(&smil, "body");
    for (size_t i = 0; i <= part->block_count; i++)
        if (clips[i].end)
            add_par(&smil, index,
                    i ? markup_block_id(index, i - 1, id) : markup_title_id(index, id), clips[i]);
    html_close(&smil, "body");
    html_close(&smil, "smil");
    add_part_file(book, index, "smil", &smil);
}

/* What is said of a block; an address is for the eye. */
static const char *spoken(const struct outline_block *block)
{
    if (block->kind == OUTLINE_LINK)
        return "";
    return block->spoken ? block->spoken : block->text;
}

static int add_narration(struct book *book, size_t index)
{
    const struct outline_part *part = &book->outline->parts[index];
    const size_t count = part->block_count + 1;
    const char **texts = xcalloc(count, sizeof *texts);
    struct narration_clip *clips = xcalloc(count, sizeof *clips);
    struct strbuf mp3 = {0};
    texts[0] = part->title;
    for (size_t i = 0; i < part->block_count; i++)
        texts[i + 1] = spoken(&part->blocks[i]);
    const long duration = narration_make(book->narration, texts, count, &mp3, clips);
    if (duration > 0) {
        book->durations[index] = duration;
        add_part_file(book, index, "mp3", &mp3);
        add_overlay(book, index, clips);
    }
    strbuf_free(&mp3);
    free(clips);
    free(texts);
    return duration > 0 ? 0 : -1;
}

/* --- the book --------------------------------------------------------------------------------- */

static int add_parts(struct book *book)
{
    for (size_t i = 0; i < book->outline->part_count; i++) {
        add_page(book, i);
        if (add_narration(book, i))
            return -1;
    }
    return 0;
}

/* Each once, however many steps have it. */
static void add_pictures(struct book *book)
{
    const struct guide_pictures *pictures = book->outline->options->pictures;
    for (size_t i = 0; pictures && i < pictures->count; i++) {
        const struct picture *picture = &pictures->items[i].picture;
        char *file = markup_picture_file(book->outline, i), *name = xasprintf("EPUB/%s", file);
        struct strbuf bytes = {0};
        if (outline_has_picture(book->outline, i)) {
            strbuf_add_bytes(&bytes, picture->bytes.text, picture->bytes.length);
            add_file(book, name, &bytes, picture->type == PICTURE_PNG);
        }
        free(name);
        free(file);
    }
}

static int add_all(struct book *book)
{
    struct strbuf package = {0};
    /* First, and as it is: a reader looks for it at its place in the file. */
    add_text(book, "mimetype", "application/epub+zip", true);
    add_text(book, "META-INF/container.xml", container, false);
    if (add_parts(book))
        return -1;
    book_package_write(&package, book->outline, book->durations);
    add_file(book, "EPUB/package.opf", &package, false);
    add_contents(book);
    add_pictures(book);
    add_text(book, "EPUB/style.css", style, false);
    return 0;
}

int book_write(struct strbuf *bytes, const struct outline *outline, struct narration *narration)
{
    struct book book = {
        .outline = outline,
        .narration = narration,
        .archive = archive_new(outline->options->today),
        .durations = xcalloc(outline->part_count, sizeof *book.durations),
    };
    const int result = add_all(&book) || archive_finish(book.archive, bytes) ? -1 : 0;
    archive_free(book.archive);
    free(book.durations);
    return result;
}
