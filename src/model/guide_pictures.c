/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/guide_pictures.h"

#include "base/mem.h"
#include "model/guide.h"

#include <stdlib.h>
#include <string.h>

static void report(const struct guide_step *step, enum diag_severity severity,
                   enum picture_trouble trouble, const char *refused, struct diags *diags)
{
    static const enum message told[] = {
        [PICTURE_MISSING] = MSG_GUIDE_IMAGE_MISSING,
        [PICTURE_TOO_BIG] = MSG_GUIDE_IMAGE_TOO_BIG,
        [PICTURE_BROKEN] = MSG_GUIDE_IMAGE_BROKEN,
        [PICTURE_REFUSED] = MSG_GUIDE_IMAGE_REFUSED,
    };
    diags_add(diags, severity, step->image_line, step->image_column, told[trouble], "name",
              step->image, "what", refused ? refused : "");
}

static void add(struct guide_pictures *pictures, const struct guide *guide,
                const struct guide_step *step, enum diag_severity severity, struct diags *diags)
{
    struct guide_picture found = {.name = step->image};
    char *refused = NULL;
    const enum picture_trouble trouble =
        picture_load(guide->file, step->image, &found.picture, &refused);
    if (trouble) {
        report(step, severity, trouble, refused, diags);
        free(refused);
        return;
    }
    pictures->items = mem_grow(pictures->items, &pictures->capacity, pictures->count + 1,
                               sizeof *pictures->items);
    pictures->items[pictures->count++] = found;
}

void guide_pictures_load(const struct guide *guide, enum diag_severity severity,
                         struct diags *diags, struct guide_pictures *ret_pictures)
{
    struct guide_pictures pictures = {0};
    diags_set_file(diags, guide->file);
    for (size_t i = 0; i < guide->section_count; i++)
        for (size_t s = 0; s < guide->sections[i].step_count; s++) {
            const struct guide_step *step = &guide->sections[i].steps[s];
            if (step->image && guide_pictures_find(&pictures, step->image) < 0)
                add(&pictures, guide, step, severity, diags);
        }
    *ret_pictures = pictures;
}

void guide_pictures_free(struct guide_pictures *pictures)
{
    for (size_t i = 0; i < pictures->count; i++)
        picture_free(&pictures->items[i].picture);
    free(pictures->items);
    *pictures = (struct guide_pictures){0};
}

int guide_pictures_find(const struct guide_pictures *pictures, const char *name)
{
    for (size_t i = 0; name && i < pictures->count; i++)
        if (!strcmp(pictures->items[i].name, name))
            return (int)i;
    return -1;
}
