/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What those who look on see: `pasapas state`. */
#include "app/assistant_parts.h"

#include "model/guide.h"

#include <stdlib.h>

char *assistant_state(struct assistant *assistant)
{
    const struct held_dialogue *held = dialogue_stack_top(&assistant->dialogues);
    struct glance glance = {0};
    if (held->begun)
        dialogue_glance(&held->dialogue, &glance);
    const struct live_moment moment = {
        .glance = &glance,
        .guide = assistant->guide ? assistant->guide->id : NULL,
        .speaking =
            voice_out_is_heard(&assistant->voice) && voice_out_is_speaking(&assistant->voice),
        .listening = assistant->ears.hears && sound_has_input(assistant->sound),
        .is_private = dialogue_stack_is_private(&assistant->dialogues),
    };
    char *text = live_state_json(&assistant->live, &moment);
    glance_free(&glance);
    return text;
}
