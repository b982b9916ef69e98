/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/guide.h"

#include "base/text.h"

#include <string.h>

int guide_find_path(const struct guide *guide, const char *id)
{
    for (size_t i = 0; i < guide->path_count; i++)
        if (guide->paths[i].id && !strcmp(guide->paths[i].id, id))
            return (int)i;
    return -1;
}

int guide_find_section(const struct guide_path *path, const char *id)
{
    for (size_t i = 0; i < path->section_count; i++)
        if (!strcmp(path->sections[i]->id, id))
            return (int)i;
    return -1;
}

int guide_find_step(const struct guide_section *section, const char *id)
{
    for (size_t i = 0; i < section->step_count; i++)
        if (!strcmp(section->steps[i].id, id))
            return (int)i;
    return -1;
}

const struct guide_word *guide_find_word(const struct guide *guide, const char *word)
{
    for (size_t i = 0; i < guide->word_count; i++) {
        const struct guide_word *entry = &guide->words[i];
        if (text_same(entry->word, word))
            return entry;
        for (size_t f = 0; f < entry->forms.count; f++)
            if (text_same(entry->forms.items[f], word))
                return entry;
    }
    return NULL;
}
