/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "Changer de guide": which one it is, another one, the same again, and where there is only one. */
#include "base/mem.h"
#include "model/guide_load.h"
#include "support/visit.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct fixture {
    struct visit *visit;
    struct guide *other;
    const struct guide *guides[2];
};

static int set_up(void **state)
{
    struct fixture *fixture = xcalloc(1, sizeof *fixture);
    static const char text[] =
        "format: 1\nid: autre\ntitle: Autre guide\nupdated: 2024-01-01\nwelcome: W.\nclosing: C.\n"
        "paths:\n  - {id: a, title: T, place: ici, phrases: [chemin]}\n"
        "sections:\n  - {id: s, title: T, phrases: [partie], steps: [{id: e, say: S., simple: S., "
        "more: M.}]}\n";
    void *visit = NULL;
    if (visit_set_up(&visit))
        return -1;
    fixture->visit = visit;
    *state = fixture;
    return guide_parse(text, strlen(text), &fixture->visit->words.diags, &fixture->other);
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    void *visit = fixture->visit;
    visit_tear_down(&visit);
    guide_free(fixture->other);
    free(fixture);
    return 0;
}

/* At the contents, with so many guides. */
static struct visit *begin(struct fixture *fixture, size_t guides, bool at_start)
{
    struct visit *visit = fixture->visit;
    fixture->guides[0] = visit->guide;
    fixture->guides[1] = fixture->other;
    const struct session_config config = {
        .guide = visit->guide,
        .pack = visit->pack,
        .record = &visit->record,
        .settings = &visit->settings,
        .path = at_start ? NULL : "a",
        .guides = fixture->guides,
        .guide_count = guides,
        .saves = true,
    };
    visit->session = session_new(&config);
    visit->dialogue = session_dialogue(visit->session);
    visit_send(visit, (struct event){.kind = EVENT_START});
    return visit;
}

static void another_one_is_opened(void **state)
{
    struct visit *visit = begin(*state, 2, false);
    visit_command(visit, COMMAND_GUIDE);
    assert_true(visit_says(visit, "Guide : Guide."));
    assert_true(visit_says(visit, "Quel guide ?"));
    assert_true(visit_hears(visit, "Autre guide"));
    visit_say(visit, "Autre guide");
    const int at = visit_position(visit, EFFECT_GUIDE);
    assert_true(at >= 0);
    assert_string_equal(visit->effects.items[at].name, "autre");
}

static void the_same_one_is_told(void **state)
{
    struct visit *visit = begin(*state, 2, false);
    visit_command(visit, COMMAND_GUIDE);
    visit_say(visit, "Guide");
    assert_int_equal(visit_position(visit, EFFECT_GUIDE), -1);
    assert_true(visit_says(visit, "C'est déjà ce guide."));
    /* And it goes on where it was. */
    visit_command(visit, COMMAND_CONTENTS);
    assert_true(visit_says(visit, "Partie une"));
}

static void where_there_is_one_there_is_no_choice(void **state)
{
    struct visit *visit = begin(*state, 1, false);
    visit_command(visit, COMMAND_GUIDE);
    assert_false(visit_says(visit, "Quel guide ?"));
    assert_int_equal(visit_position(visit, EFFECT_GUIDE), -1);
    assert_false(visit_hears(visit, "changer de guide"));
}

static void it_can_be_left_as_it_is(void **state)
{
    struct visit *visit = begin(*state, 2, false);
    visit_command(visit, COMMAND_GUIDE);
    visit_command(visit, COMMAND_NO);
    assert_int_equal(visit_position(visit, EFFECT_GUIDE), -1);
    assert_false(visit_hears(visit, "Autre guide"));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(another_one_is_opened),
        TEST(the_same_one_is_told),
        TEST(where_there_is_one_there_is_no_choice),
        TEST(it_can_be_left_as_it_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
