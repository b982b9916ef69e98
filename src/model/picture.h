/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * picture: a picture of a guide, from a file of its folder: a drawing that runs and loads nothing
 * (model/svg.h), or a PNG. Nothing from elsewhere. Thread: any.
 */
#ifndef PASAPAS_MODEL_PICTURE_H
#define PASAPAS_MODEL_PICTURE_H

#include "base/strbuf.h"

#include <stdbool.h>

#define PICTURE_BYTES_MAX ((size_t)512 * 1024)
#define PICTURE_SIDE_MAX  4096 /* pixels of a PNG */

enum picture_type { PICTURE_SVG, PICTURE_PNG };

struct picture {
    enum picture_type type;
    struct strbuf bytes;
};

enum picture_trouble {
    PICTURE_FINE,
    PICTURE_MISSING, /* or not to be read, or no file, or behind a link */
    PICTURE_TOO_BIG,
    PICTURE_BROKEN, /* not what its name says */
    PICTURE_REFUSED /* it could run or load something */
};

/* True for a name that stays inside a folder: parts between slashes, none of which is empty or
 * begins with a dot. */
bool picture_name_is_inside(const char *name);
/* By the end of the name; false if it is neither. */
bool picture_name_type(const char *name, enum picture_type *ret_type);

const char *picture_media_type(enum picture_type type); /* "image/png" */
const char *picture_ending(enum picture_type type);     /* "png" */

/*
 * Reads the file of that name in the folder of the file `beside`, or below it; links there are not
 * followed. Stores a picture, to be emptied with picture_free(), or returns what is wrong; with
 * PICTURE_REFUSED stores in `ret_refused` what is refused, to be freed with free().
 */
enum picture_trouble picture_load(const char *beside, const char *name, struct picture *ret_picture,
                                  char **ret_refused);
void picture_free(struct picture *picture);

#endif
