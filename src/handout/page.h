/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * page: an outline as one page of HTML, in large print, with everything in it, pictures too: no
 * other file, no address but the guide's links, no script. Printed, it is a checklist with boxes:
 * the steps with their warnings, without explanations, each monthly list on a sheet of its own.
 * Pure. Thread: any.
 */
#ifndef PASAPAS_HANDOUT_PAGE_H
#define PASAPAS_HANDOUT_PAGE_H

struct outline;
struct strbuf;

void page_write(struct strbuf *page, const struct outline *outline);

#endif
