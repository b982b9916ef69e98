/* SPDX-License-Identifier: GPL-3.0-or-later */
/* practice_style: how practice pages look; one style sheet for all of them. Thread: any. */
#ifndef PASAPAS_PRACTICE_PRACTICE_STYLE_H
#define PASAPAS_PRACTICE_PRACTICE_STYLE_H

/* The text of the style sheet, and its name beside the pages. */
extern const char practice_style[];
#define PRACTICE_STYLE_NAME "style.css"

#endif
