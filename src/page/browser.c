/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "page/browser.h"

#ifdef HAVE_ATSPI

#include "base/mem.h"
#include "page/atspi.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Between two tries of one search. */
#define AGAIN_MS 100

/* Deeper pages are cut: a browser that answers in circles would never end. */
#define DEPTH_MAX 100

/* --- time ------------------------------------------------------------------------------------- */

struct search {
    struct atspi *bus;
    long deadline; /* when it is over, whatever was found */
    bool failed;   /* something had no answer: what was not found may be there */
    size_t seen;   /* how many controls the page had */
};

static long now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000L + now.tv_nsec / 1000000;
}

static void rest_ms(long duration)
{
    nanosleep(&(struct timespec){duration / 1000, duration % 1000 * 1000000}, NULL);
}

static bool is_over(const struct search *search)
{
    return now_ms() >= search->deadline;
}

/* --- roles ------------------------------------------------------------------------------------ */

static const struct {
    int theirs;
    enum page_role ours;
} roles[] = {
    {ATSPI_PUSH_BUTTON, PAGE_BUTTON},
    {ATSPI_TOGGLE_BUTTON, PAGE_BUTTON},
    {ATSPI_LINK, PAGE_LINK},
    {ATSPI_ENTRY, PAGE_FIELD},
    {ATSPI_SPIN_BUTTON, PAGE_FIELD},
    {ATSPI_DATE_EDITOR, PAGE_FIELD},
    {ATSPI_CHECK_BOX, PAGE_CHECK},
    {ATSPI_RADIO_BUTTON, PAGE_CHOICE},
    {ATSPI_COMBO_BOX, PAGE_LIST},
    {ATSPI_LIST_BOX, PAGE_LIST},
    {ATSPI_PAGE_TAB, PAGE_TAB},
    {ATSPI_MENU_ITEM, PAGE_MENU},
    {ATSPI_CHECK_MENU_ITEM, PAGE_MENU},
    {ATSPI_RADIO_MENU_ITEM, PAGE_MENU},
};

static enum page_role our_role(int role)
{
    for (size_t i = 0; i < COUNT_OF(roles); i++)
        if (roles[i].theirs == role)
            return roles[i].ours;
    if (role == ATSPI_PASSWORD_TEXT)
        return PAGE_PASSWORD;
    return role == ATSPI_DOCUMENT_WEB || role == ATSPI_DOCUMENT_FRAME ? PAGE_DOCUMENT : PAGE_OTHER;
}

static enum page_role role_of(struct search *search, const struct atspi_ref *control)
{
    int role = 0;
    if (atspi_role(search->bus, control, &role))
        search->failed = true;
    return our_role(role);
}

/* "" for one that has none or that is not to be asked. To be freed with free(). */
static char *name_of(struct search *search, const struct atspi_ref *control, enum page_role role)
{
    char *name = NULL;
    if (page_role_has_name(role) && atspi_name(search->bus, control, &name))
        search->failed = true;
    return name ? name : xstrdup("");
}

/* --- the page that is shown ------------------------------------------------------------------- */

/* The first that is below, to be cleared. 1: there is one; 0: there is none; -1: no answer. */
static int first_below(struct atspi *bus, const struct atspi_ref *top, const int *wanted,
                       size_t count, enum atspi_state state, struct atspi_ref *ret_first)
{
    struct atspi_list list;
    if (atspi_below(bus, top, wanted, count, state, 1, &list))
        return -1;
    const int found = list.count > 0;
    if (found)
        *ret_first = atspi_ref_copy(&list.items[0]);
    atspi_list_clear(&list);
    return found;
}

static bool is_browser(struct atspi *bus, const struct atspi_ref *program)
{
    char *toolkit = NULL;
    const bool is = !atspi_toolkit(bus, program, &toolkit) &&
                    (!strcmp(toolkit, "Gecko") || !strcmp(toolkit, "Chromium") ||
                     !strncmp(toolkit, "WebKit", 6));
    free(toolkit);
    return is;
}

static bool is_empty(struct atspi *bus, const struct atspi_ref *page)
{
    struct atspi_list children = {0};
    const bool is = !atspi_children(bus, page, &children) && !children.count;
    atspi_list_clear(&children);
    return is;
}

/* A page, and how likely it is the one that somebody works on; 0: there is none. */
struct candidate {
    struct atspi_ref page;
    int worth;
};

/* The page in a window, if it is better than what was found. Pages of other tabs are not shown;
 * bubbles of the browser's own are pages without anything. */
static void offer(struct search *search, struct candidate *best, const struct atspi_ref *window)
{
    static const int document[] = {ATSPI_DOCUMENT_WEB, ATSPI_DOCUMENT_FRAME};
    struct atspi_ref page;
    bool active = false;
    if (first_below(search->bus, window, document, COUNT_OF(document), ATSPI_SHOWING, &page) != 1)
        return;
    (void)atspi_has_state(search->bus, window, ATSPI_ACTIVE, &active);
    const int worth = 1 + 2 * active + 4 * !is_empty(search->bus, &page);
    if (worth <= best->worth) {
        atspi_ref_clear(&page);
        return;
    }
    if (best->worth)
        atspi_ref_clear(&best->page);
    *best = (struct candidate){page, worth};
}

/* The page of the active window, else of any, to be cleared. Is there one? */
static bool find_page(struct search *search, struct atspi_ref *ret_page)
{
    struct candidate best = {0};
    struct atspi_list programs = {0};
    if (atspi_programs(search->bus, &programs))
        return false;
    for (size_t i = 0; i < programs.count && !is_over(search); i++) {
        struct atspi_list windows = {0};
        if (is_browser(search->bus, &programs.items[i]) &&
            !atspi_children(search->bus, &programs.items[i], &windows))
            for (size_t w = 0; w < windows.count && !is_over(search); w++)
                offer(search, &best, &windows.items[w]);
        atspi_list_clear(&windows);
    }
    atspi_list_clear(&programs);
    *ret_page = best.page;
    return best.worth > 0;
}

/* --- the focus -------------------------------------------------------------------------------- */

/* What has the focus on the page: the innermost, or the page itself; to be cleared. Is it known? */
static bool find_focus(struct search *search, const struct atspi_ref *page,
                       struct atspi_ref *ret_focus)
{
    struct atspi_ref at = atspi_ref_copy(page), below;
    bool focused = false;
    int role = ATSPI_DOCUMENT_WEB, found = 0;
    /* A page that has the focus itself has it nowhere below. */
    if (!atspi_has_state(search->bus, page, ATSPI_FOCUSED, &focused) && focused)
        role = 0;
    /* In a frame, what has the focus is below what has it. */
    while (role == ATSPI_DOCUMENT_WEB || role == ATSPI_DOCUMENT_FRAME ||
           role == ATSPI_INTERNAL_FRAME) {
        found = first_below(search->bus, &at, NULL, 0, ATSPI_FOCUSED, &below);
        if (found != 1)
            break;
        atspi_ref_clear(&at);
        at = below;
        found = atspi_role(search->bus, &at, &role);
        if (found)
            break;
    }
    if (found >= 0)
        *ret_focus = at;
    else
        atspi_ref_clear(&at);
    return found >= 0;
}

enum browser_answer browser_focus(struct atspi *bus, struct browser_control *ret_control)
{
    struct search search = {.bus = bus, .deadline = now_ms() + BROWSER_SEARCH_MS};
    struct atspi_ref page, focus;
    if (!find_page(&search, &page))
        return BROWSER_SILENT;
    const bool known = find_focus(&search, &page, &focus);
    atspi_ref_clear(&page);
    if (!known)
        return BROWSER_SILENT;
    const enum page_role role = role_of(&search, &focus);
    char *name = name_of(&search, &focus, role);
    atspi_ref_clear(&focus);
    if (search.failed) {
        free(name);
        return BROWSER_SILENT;
    }
    *ret_control = (struct browser_control){role, name, PAGE_HERE};
    return BROWSER_FOUND;
}

enum browser_answer browser_look_at(struct atspi *bus, const struct atspi_ref *source,
                                    struct browser_control *ret_control)
{
    struct search search = {.bus = bus, .deadline = now_ms() + BROWSER_SEARCH_MS};
    char program_path[] = "/org/a11y/atspi/accessible/root";
    const struct atspi_ref program = {source->owner, program_path};
    if (!is_browser(bus, &program))
        return BROWSER_SILENT;
    enum page_role role = role_of(&search, source);
    bool written = false;
    /* Inside a text that is being written even a link is text. */
    if (role != PAGE_FIELD && page_role_has_name(role) &&
        (atspi_has_state(bus, source, ATSPI_EDITABLE, &written) || written))
        role = PAGE_OTHER;
    char *name = name_of(&search, source, role);
    if (search.failed) {
        free(name);
        return BROWSER_SILENT;
    }
    *ret_control = (struct browser_control){role, name, PAGE_HERE};
    return BROWSER_FOUND;
}

/* --- in reading order ------------------------------------------------------------------------- */

/* Positions below their parents, from something up to the page. */
struct way {
    int steps[DEPTH_MAX];
    size_t count;
};

static struct way way_from(struct atspi *bus, const struct atspi_ref *page,
                           const struct atspi_ref *control)
{
    struct way way = {.count = 0};
    struct atspi_ref at = atspi_ref_copy(control), parent;
    while (way.count < DEPTH_MAX && !atspi_same(&at, page)) {
        int index = 0;
        if (atspi_index(bus, &at, &index) || atspi_parent(bus, &at, &parent))
            break;
        way.steps[way.count++] = index;
        atspi_ref_clear(&at);
        at = parent;
    }
    atspi_ref_clear(&at);
    return way;
}

/* Is what the first leads to read before the other? */
static bool is_before(const struct way *a, const struct way *b)
{
    for (size_t i = 1; i <= a->count && i <= b->count; i++) {
        const int left = a->steps[a->count - i], right = b->steps[b->count - i];
        if (left != right)
            return left < right;
    }
    return a->count < b->count;
}

/* --- a label ---------------------------------------------------------------------------------- */

/* The controls of a page, in reading order, with what is asked of each. */
struct listing {
    struct atspi_list items;
    struct page_control *controls;
    char **names;
    size_t focus; /* as page_find() wants it */
    bool focused;
};

/* Something that is no control has the focus: the controls before it are counted by halves. */
static size_t count_before(struct search *search, const struct listing *listing,
                           const struct atspi_ref *page, const struct atspi_ref *focus)
{
    size_t low = 0, high = listing->items.count;
    const struct way wanted = way_from(search->bus, page, focus);
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        const struct way way = way_from(search->bus, page, &listing->items.items[middle]);
        if (is_before(&way, &wanted))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void place_focus(struct search *search, struct listing *listing,
                        const struct atspi_ref *page)
{
    struct atspi_ref focus;
    if (!find_focus(search, page, &focus))
        return;
    for (size_t i = 0; i < listing->items.count && !listing->focused; i++)
        if (atspi_same(&listing->items.items[i], &focus)) {
            listing->focus = i;
            listing->focused = true;
        }
    if (!listing->focused && !atspi_same(&focus, page))
        listing->focus = count_before(search, listing, page, &focus);
    atspi_ref_clear(&focus);
}

/* What stands in a text that is being written (a link in a letter, say) is that person's text: it
 * is not asked for its name. Both lists are in reading order. */
static void leave_out_written(struct search *search, struct listing *listing,
                              const struct atspi_ref *page)
{
    int inner[COUNT_OF(roles)];
    size_t count = 0, i = 0;
    for (size_t r = 0; r < COUNT_OF(roles); r++)
        if (roles[r].ours != PAGE_FIELD && roles[r].ours != PAGE_LIST)
            inner[count++] = roles[r].theirs;
    struct atspi_list written = {0};
    if (atspi_below(search->bus, page, inner, count, ATSPI_EDITABLE, 0, &written)) {
        search->failed = true;
        for (i = 0; i < listing->items.count; i++)
            listing->controls[i].role = PAGE_OTHER;
    }
    for (size_t w = 0; w < written.count; w++)
        for (size_t at = i; at < listing->items.count; at++)
            if (atspi_same(&listing->items.items[at], &written.items[w])) {
                listing->controls[at].role = PAGE_OTHER;
                i = at + 1;
                break;
            }
    atspi_list_clear(&written);
}

/* Asks for the names of the next few, from `first` on. Returns how many. */
static size_t ask_some(struct search *search, struct listing *listing, size_t first)
{
    const struct atspi_ref *asked[ATSPI_NAMES_MAX] = {NULL};
    const size_t left = listing->items.count - first;
    const size_t count = left < ATSPI_NAMES_MAX ? left : ATSPI_NAMES_MAX;
    for (size_t i = 0; i < count; i++)
        if (page_role_has_name(listing->controls[first + i].role))
            asked[i] = &listing->items.items[first + i];
    atspi_names(search->bus, asked, count, &listing->names[first]);
    for (size_t i = 0; i < count; i++) {
        listing->controls[first + i].name = listing->names[first + i];
        search->failed |= asked[i] && !listing->names[first + i];
    }
    return count;
}

/* A search that is cut has seen what it has seen. `failed` says that it was not all, also where one
 * went away while the page changed. */
static void ask_names(struct search *search, struct listing *listing, const char *label)
{
    for (size_t first = 0; first < listing->items.count;) {
        if (is_over(search)) {
            search->failed = true;
            return;
        }
        const size_t end = first + ask_some(search, listing, first);
        for (; first < end; first++) {
            struct page_control *control = &listing->controls[first];
            if (!page_name_is(control->name, label))
                continue;
            control->role = role_of(search, &listing->items.items[first]);
            (void)atspi_has_state(search->bus, &listing->items.items[first], ATSPI_ENABLED,
                                  &control->usable);
        }
    }
}

static int list_controls(struct search *search, const struct atspi_ref *page,
                         struct listing *ret_listing)
{
    int wanted[COUNT_OF(roles)];
    struct listing listing = {.focus = 0};
    for (size_t i = 0; i < COUNT_OF(roles); i++)
        wanted[i] = roles[i].theirs;
    if (atspi_below(search->bus, page, wanted, COUNT_OF(wanted), ATSPI_ANY_STATE, 0,
                    &listing.items))
        return -1;
    listing.controls = xcalloc(listing.items.count + 1, sizeof *listing.controls);
    listing.names = xcalloc(listing.items.count + 1, sizeof *listing.names);
    *ret_listing = listing;
    return 0;
}

static void listing_clear(struct listing *listing)
{
    mem_free_texts(listing->names, listing->items.count);
    free(listing->controls);
    atspi_list_clear(&listing->items);
}

/* Moves the focus, and waits until it is there: a browser does it when it comes to it. */
static bool move_focus(const struct search *search, const struct atspi_ref *control)
{
    bool there = false;
    if (atspi_grab_focus(search->bus, control))
        return false;
    while (!atspi_has_state(search->bus, control, ATSPI_FOCUSED, &there) && !there &&
           !is_over(search))
        rest_ms(AGAIN_MS / 2);
    return there;
}

static enum browser_answer search_page(struct search *search, const struct atspi_ref *page,
                                       const char *label, bool grab,
                                       struct browser_control *ret_control)
{
    struct listing listing;
    if (list_controls(search, page, &listing))
        return BROWSER_SILENT;
    search->seen = listing.items.count;
    place_focus(search, &listing, page);
    leave_out_written(search, &listing, page);
    ask_names(search, &listing, label);
    enum page_direction direction;
    const long found = page_find(listing.controls, listing.items.count, listing.focus,
                                 listing.focused, label, &direction);
    enum browser_answer answer = search->failed ? BROWSER_SILENT : BROWSER_ABSENT;
    if (found >= 0 && grab && !move_focus(search, &listing.items.items[found])) {
        answer = BROWSER_SILENT;
    } else if (found >= 0) {
        *ret_control = (struct browser_control){listing.controls[found].role,
                                                xstrdup(listing.controls[found].name), direction};
        answer = BROWSER_FOUND;
    }
    listing_clear(&listing);
    return answer;
}

static enum browser_answer search_once(struct search *search, const char *label, bool grab,
                                       struct browser_control *ret_control)
{
    struct atspi_ref page;
    search->failed = false;
    if (!find_page(search, &page))
        return BROWSER_SILENT;
    const enum browser_answer answer = search_page(search, &page, label, grab, ret_control);
    atspi_ref_clear(&page);
    return answer;
}

enum browser_answer browser_find(struct atspi *bus, const char *label, bool grab,
                                 struct browser_control *ret_control)
{
    struct search search = {.bus = bus, .deadline = now_ms() + BROWSER_SEARCH_MS};
    enum browser_answer answer = search_once(&search, label, grab, ret_control);
    bool whole = false;
    /* A page that is being made, or that changed meanwhile, answers a moment later. What is absent
     * is believed once the page has stayed as long as it was. */
    while ((answer == BROWSER_SILENT || (answer == BROWSER_ABSENT && !whole)) &&
           now_ms() + AGAIN_MS < search.deadline) {
        const size_t before = search.seen;
        rest_ms(AGAIN_MS);
        answer = search_once(&search, label, grab, ret_control);
        whole = search.seen == before;
    }
    return answer;
}

#endif
