/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "page/watch.h"

#ifdef HAVE_ATSPI

#include "base/mem.h"
#include "page/atspi.h"
#include "page/browser.h"
#include "page/page_control.h"

#include <stdlib.h>

int watch_for(struct watch *watch, struct atspi *bus, const char *label)
{
    int result = 0;
    if (!watch->label != !label)
        result = atspi_listen(bus, label != NULL);
    free(watch->label);
    *watch = (struct watch){.label = label ? xstrdup(label) : NULL};
    return result;
}

enum watch_news watch_take(struct watch *watch, struct atspi *bus, const struct atspi_event *event)
{
    struct browser_control control;
    const bool was_there = watch->there;
    if (!watch->label)
        return WATCH_NOTHING;
    if (event->kind == ATSPI_EVENT_LOADED) {
        watch->there = false;
        return was_there ? WATCH_PRESSED : WATCH_NOTHING;
    }
    if (browser_look_at(bus, &event->source, &control) != BROWSER_FOUND)
        return WATCH_NOTHING;
    /* A page that gives way hands the focus to the next page first. */
    if (control.role != PAGE_DOCUMENT)
        watch->there = page_name_is(control.name, watch->label);
    free(control.name);
    return watch->there && !was_there ? WATCH_REACHED : WATCH_NOTHING;
}

#endif
