/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * book: an outline as an EPUB 3 with media overlays: text and voice together, for telephones and
 * DAISY readers. Each part is a chapter: a page, a recording, and which text is heard when.
 *
 * Thread: the narration's.
 */
#ifndef PASAPAS_HANDOUT_BOOK_H
#define PASAPAS_HANDOUT_BOOK_H

struct narration;
struct outline;
struct strbuf;

/* Appends the file to `bytes`. 0, or -1 if the voice, the encoder or the archive failed. */
int book_write(struct strbuf *bytes, const struct outline *outline, struct narration *narration);

#endif
