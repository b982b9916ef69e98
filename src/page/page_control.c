/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "page/page_control.h"

#include "base/mem.h"
#include "base/strbuf.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

static const char *const role_words[PAGE_ROLE_COUNT] = {
    [PAGE_BUTTON] = "button",     [PAGE_LINK] = "link",     [PAGE_FIELD] = "field",
    [PAGE_CHECK] = "check",       [PAGE_CHOICE] = "choice", [PAGE_LIST] = "list",
    [PAGE_TAB] = "tab",           [PAGE_MENU] = "menu",     [PAGE_PASSWORD] = "password",
    [PAGE_DOCUMENT] = "document", [PAGE_OTHER] = "other",
};

const char *page_role_word(enum page_role role)
{
    return role_words[role];
}

int page_role_find(const char *word, enum page_role *ret_role)
{
    for (int i = 0; i < PAGE_ROLE_COUNT; i++)
        if (!strcmp(word, role_words[i])) {
            *ret_role = (enum page_role)i;
            return 0;
        }
    return -1;
}

bool page_role_has_name(enum page_role role)
{
    return role < PAGE_PASSWORD;
}

static const char *const direction_words[] = {"here", "forward", "backward"};

const char *page_direction_word(enum page_direction direction)
{
    return direction_words[direction];
}

int page_direction_find(const char *word, enum page_direction *ret_direction)
{
    for (int i = 0; i < 3; i++)
        if (!strcmp(word, direction_words[i])) {
            *ret_direction = (enum page_direction)i;
            return 0;
        }
    return -1;
}

/* A label that nobody hears means nothing. */
static bool is_label(const char *name, const char *label)
{
    char *folded = text_fold(label);
    const bool heard = *folded != '\0';
    free(folded);
    return heard && text_same(name, label);
}

bool page_name_is(const char *name, const char *label)
{
    bool is = false;
    char *labels = xstrdup(label), *rest = labels;
    for (char *one; name && !is && (one = strsep(&rest, "\t"));)
        is = is_label(name, one);
    free(labels);
    return is;
}

/* How good a control is, the more the better. */
static int worth(const struct page_control *control, size_t index, size_t focus, bool focused)
{
    const int place = focused && index == focus ? 3 : index >= focus ? 2 : 1;
    return (control->usable ? 10 : 0) + place;
}

long page_find(const struct page_control *controls, size_t count, size_t focus, bool focused,
               const char *label, enum page_direction *ret_direction)
{
    long found = -1;
    int best = 0;
    for (size_t i = 0; i < count; i++) {
        if (!page_role_has_name(controls[i].role) || !page_name_is(controls[i].name, label))
            continue;
        const int value = worth(&controls[i], i, focus, focused);
        /* The first one after the focus, the last one before it. */
        if (value > best || (value == best && i < focus)) {
            best = value;
            found = (long)i;
        }
    }
    if (found >= 0)
        *ret_direction = focused && (size_t)found == focus ? PAGE_HERE
                         : (size_t)found >= focus          ? PAGE_FORWARD
                                                           : PAGE_BACKWARD;
    return found;
}

/* The name as it may be shown, cut. */
static void add_part(struct strbuf *line, const char *part)
{
    char *shown = text_shown(part);
    const char *end = shown;
    for (int i = 0; i < PAGE_NAME_MAX && *end; i++)
        text_next(&end);
    strbuf_add_bytes(line, shown, (size_t)(end - shown));
    free(shown);
}

char *page_line(const char *const *parts)
{
    struct strbuf line = {0};
    for (size_t i = 0; parts[i]; i++) {
        if (i)
            strbuf_add_char(&line, '\t');
        add_part(&line, parts[i]);
    }
    return strbuf_take(&line);
}
