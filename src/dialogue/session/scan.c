/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Scanning: the choices of the moment are told one after the other, and one is taken. With it a
 * whole guide can be gone through by one switch (choices come by themselves) or by two.
 *
 * Choices come in pages of a few, the most useful first; the last of a page leads to the next one.
 * With one switch scanning rests until the switch is pressed, and rests again after two rounds in
 * which nothing was taken: nobody is hurried.
 */
#include "base/mem.h"
#include "dialogue/session/features.h"
#include "dialogue/session/phrases.h"
#include "dialogue/session/rules.h"
#include "dialogue/session/say.h"

#include <stdlib.h>

#define CHOICES_PER_PAGE 6
#define ROUNDS_MAX       2

/* A command with its argument and how it is told. */
struct choice {
    int command; /* COMMAND_NONE: the next page */
    int argument;
    char *label;
};

struct choices {
    struct choice *items;
    size_t count, capacity;
};

static void add(struct choices *choices, int command, int argument, char *label)
{
    choices->items =
        mem_grow(choices->items, &choices->capacity, choices->count + 1, sizeof *choices->items);
    choices->items[choices->count++] = (struct choice){command, argument, label};
}

static void free_choices(struct choices *choices)
{
    for (size_t i = 0; i < choices->count; i++)
        free(choices->items[i].label);
    free(choices->items);
}

static void add_names(const struct session *session, struct choices *choices)
{
    const struct choice_rule *names = session_choices(session);
    for (size_t i = 0; names && i < names->count(session); i++)
        add(choices, COMMAND_CHOOSE, (int)names->kind + (int)i, names->title(session, i));
}

static void add_all(const struct session *session, struct choices *choices)
{
    enum command commands[COMMAND_COUNT];
    size_t count = session_help_commands(session, commands);
    for (size_t i = 0; i < count; i++) {
        if (commands[i] == COMMAND_CHOOSE)
            add_names(session, choices);
        else
            add(choices, (int)commands[i], 0, xstrdup(session_phrase(session, commands[i])));
    }
}

/* The choices of the present page, behind them the way to the next one if there are more. */
static void add_page(struct session *session, struct choices *page)
{
    struct choices all = {0};
    add_all(session, &all);
    size_t from = (size_t)session->scan.page * CHOICES_PER_PAGE;
    if (from >= all.count)
        from = 0, session->scan.page = 0;
    for (size_t i = from; i < all.count && i < from + CHOICES_PER_PAGE; i++) {
        add(page, all.items[i].command, all.items[i].argument, all.items[i].label);
        all.items[i].label = NULL;
    }
    if (all.count > CHOICES_PER_PAGE)
        add(page, COMMAND_NONE, 0, session_text(session, MSG_SCAN_MORE));
    free_choices(&all);
}

static void tell_choice(struct session *session)
{
    struct choices page = {0};
    add_page(session, &page);
    if ((size_t)session->scan.at >= page.count) {
        session->scan.at = 0;
        session->scan.rounds++;
    }
    session_say(session, session_text(session, MSG_SCAN_CHOICE, "choice",
                                      page.items[session->scan.at].label));
    free_choices(&page);
}

static void begin(struct session *session, int page)
{
    session->scan.on = true;
    session->scan.page = page;
    session->scan.at = 0;
    session->scan.rounds = 0;
    tell_choice(session);
}

static void tell_next(struct session *session)
{
    if (!session->scan.on) {
        begin(session, 0);
        return;
    }
    session->scan.at++;
    tell_choice(session);
}

struct next session_scan_next(struct session *session, const struct request *request)
{
    (void)request;
    tell_next(session);
    return next_stay();
}

void session_scan_tick(struct session *session)
{
    if (!session->scan.on)
        return;
    tell_next(session);
    if (session->scan.rounds < ROUNDS_MAX)
        return;
    session->scan.on = false;
    session_say(session, session_text(session, MSG_SCAN_REST));
}

/* Takes the choice told last; begins where none was told. */
struct next session_scan_take(struct session *session, const struct request *request)
{
    struct choices page = {0};
    struct next next = next_stay();
    (void)request;
    if (!session->scan.on) {
        begin(session, 0);
        return next;
    }
    add_page(session, &page);
    /* What can be done may have changed since the choice was told: it is then told anew. */
    if ((size_t)session->scan.at >= page.count)
        session->scan.at = (int)page.count - 1;
    const struct choice *taken = &page.items[session->scan.at];
    if (taken->command == COMMAND_NONE) {
        begin(session, session->scan.page + 1);
    } else {
        session_print(session, session_text(session, MSG_SCAN_TAKEN, "choice", taken->label));
        session->turns++;
        next = next_run(taken->command, taken->argument);
    }
    free_choices(&page);
    return next;
}
