/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dialogue/effect.h"

#include "base/mem.h"

#include <stdlib.h>

struct effect *effects_add(struct effects *effects, enum effect_kind kind)
{
    effects->items =
        mem_grow(effects->items, &effects->capacity, effects->count + 1, sizeof *effects->items);
    effects->items[effects->count] = (struct effect){.kind = kind};
    return &effects->items[effects->count++];
}

void effects_say(struct effects *effects, struct utterance utterance)
{
    utterance.rule = effects->spoke ? UTTERANCE_QUEUE : UTTERANCE_REPLACE;
    effects_add(effects, EFFECT_SAY)->utterance = utterance;
    effects->spoke = true;
}

void effects_print(struct effects *effects, char *text)
{
    effects_add(effects, EFFECT_PRINT)->utterance.text = text;
}

void effects_free(struct effects *effects)
{
    for (size_t i = 0; i < effects->count; i++) {
        utterance_free(&effects->items[i].utterance);
        free(effects->items[i].name);
    }
    free(effects->items);
    *effects = (struct effects){0};
}
