/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Any bytes of a terminal, cut where reads may cut them: no byte is read twice or left out, a
 * character is one that can be shown, and where the cuts are makes no difference to what was
 * pressed.
 */
#include "fuzz/support/fuzz.h"

#include "app/keystroke.h"
#include "base/text.h"

#include <string.h>

static void check(const struct keystroke *stroke, const char *bytes, size_t count)
{
    demand(stroke->length > 0 && stroke->length <= count);
    demand((stroke->kind == KEYSTROKE_KEY) == (stroke->name != NULL));
    if (stroke->kind == KEYSTROKE_CHARACTER) {
        demand(text_utf8_error(bytes, stroke->length) == stroke->length);
        demand(text_control_error(bytes, stroke->length) == stroke->length);
    }
}

/* What the first of the bytes are when they come one after the other, with no pause between. */
static struct keystroke read_slowly(const char *bytes, size_t count)
{
    for (size_t have = 1; have < count; have++) {
        const struct keystroke stroke = keystroke_read(bytes, have, false);
        if (stroke.kind != KEYSTROKE_NONE)
            return stroke;
    }
    return keystroke_read(bytes, count, true);
}

int LLVMFuzzerTestOneInput(const uint8_t *input, size_t length)
{
    const char *bytes = (const char *)input;
    for (size_t at = 0; at < length;) {
        const struct keystroke slow = read_slowly(bytes + at, length - at);
        const struct keystroke whole = keystroke_read(bytes + at, length - at, true);
        check(&slow, bytes + at, length - at);
        check(&whole, bytes + at, length - at);
        demand(slow.kind == whole.kind && slow.length == whole.length);
        demand(!slow.name || !strcmp(slow.name, whole.name));
        at += slow.length;
    }
    return 0;
}
