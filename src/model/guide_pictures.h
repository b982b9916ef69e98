/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * guide_pictures: the pictures of a guide, read from its folder, each once. Thread: any.
 */
#ifndef PASAPAS_MODEL_GUIDE_PICTURES_H
#define PASAPAS_MODEL_GUIDE_PICTURES_H

#include "base/diag.h"
#include "model/picture.h"

struct guide;

struct guide_picture {
    const char *name; /* the guide's */
    struct picture picture;
};

/* Empty: {0}. */
struct guide_pictures {
    struct guide_picture *items;
    size_t count, capacity;
};

/* Reads all that can be used; what cannot be is told with the place of the step that wants it. The
 * guide outlives them. To be emptied with guide_pictures_free(). */
void guide_pictures_load(const struct guide *guide, enum diag_severity severity,
                         struct diags *diags, struct guide_pictures *ret_pictures);
void guide_pictures_free(struct guide_pictures *pictures);

/* Its position, or -1: there is none of this name, or it cannot be used. */
int guide_pictures_find(const struct guide_pictures *pictures, const char *name);

#endif
