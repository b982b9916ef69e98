/* SPDX-License-Identifier: GPL-3.0-or-later */
/* journal: what is written where: the transcript always, the log with consent and no secret. */
#include "app/journal.h"
#include "base/mem.h"
#include "support/store.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct fixture {
    char *root;
    struct clock clock;
    struct journal journal;
    FILE *screen;
    char *shown; /* what is on the screen */
    size_t length;
    char *log; /* what is in the log */
};

static int set_up(void **state)
{
    struct fixture *fixture = xcalloc(1, sizeof *fixture);
    fixture->root = store_make();
    fixture->screen = open_memstream(&fixture->shown, &fixture->length);
    clock_init_simulated(&fixture->clock, 1796083200);
    assert_int_equal(journal_open(&fixture->journal, &fixture->clock, fixture->screen, NULL), 0);
    *state = fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    (void)journal_close(&fixture->journal);
    fclose(fixture->screen);
    store_remove(fixture->root);
    free(fixture->shown);
    free(fixture->log);
    free(fixture);
    return 0;
}

static const char *screen(struct fixture *fixture)
{
    fflush(fixture->screen);
    return fixture->shown;
}

/* The only log there is, without its times. */
static const char *log_text(struct fixture *fixture)
{
    char *name = NULL;
    assert_int_equal(store_count(fixture->root, "log-", &name), 1);
    char *path = xasprintf("%s/%s", fixture->root, name);
    free(fixture->log);
    fixture->log = store_read(path, NULL);
    free(path);
    free(name);
    return fixture->log;
}

static void assert_logged(struct fixture *fixture, const char *line)
{
    if (!strstr(log_text(fixture), line))
        fail_msg("« %s » is not in « %s »", line, fixture->log);
}

static void without_consent_there_is_the_transcript_only(void **state)
{
    struct fixture *fixture = *state;
    journal_said(&fixture->journal, "Bonjour.");
    journal_heard(&fixture->journal, "suivant", false);
    journal_heard(&fixture->journal, "typed", true);
    journal_note(&fixture->journal, "doubtful", "quitter");
    assert_string_equal(screen(fixture), "Bonjour.\n> suivant\n");
    assert_int_equal(store_count(fixture->root, "log-", NULL), 0);
}

static void the_log_has_the_place_and_how_long_it_took(void **state)
{
    struct fixture *fixture = *state;
    journal_log_in(&fixture->journal, fixture->root);
    journal_set_place(&fixture->journal, "un/s1", false);
    journal_log_place(&fixture->journal);
    journal_said(&fixture->journal, "Bonjour.");
    journal_note(&fixture->journal, "not-understood", "euh");
    clock_advance(&fixture->clock, 2500);
    journal_set_place(&fixture->journal, "un/s2", false);
    journal_log_place(&fixture->journal);
    assert_logged(fixture, "\tsaid\tun/s1\tBonjour.\n");
    assert_logged(fixture, "\tnot-understood\tun/s1\teuh\n");
    assert_logged(fixture, "\tstep\tun/s1\t2500\n");
}

static void of_a_private_place_nothing_is_logged(void **state)
{
    struct fixture *fixture = *state;
    journal_log_in(&fixture->journal, fixture->root);
    journal_set_place(&fixture->journal, "un/secret", true);
    journal_log_place(&fixture->journal);
    journal_said(&fixture->journal, "Tapez votre mot de passe.");
    journal_heard(&fixture->journal, "suivant", false);
    clock_advance(&fixture->clock, 1000);
    journal_set_place(&fixture->journal, "un/s2", false);
    journal_log_place(&fixture->journal);
    assert_null(strstr(log_text(fixture), "secret"));
    assert_null(strstr(log_text(fixture), "said"));
    assert_null(strstr(log_text(fixture), "heard"));
    assert_non_null(strstr(screen(fixture), "> suivant"));
}

static void it_ends_with_the_consent(void **state)
{
    struct fixture *fixture = *state;
    journal_log_in(&fixture->journal, fixture->root);
    journal_log_in(&fixture->journal, fixture->root);
    journal_said(&fixture->journal, "Avant.");
    journal_log_in(&fixture->journal, NULL);
    journal_said(&fixture->journal, "Après.");
    assert_logged(fixture, "Avant.");
    assert_null(strstr(log_text(fixture), "Après."));
}

static void a_log_that_cannot_be_written_is_told_of_once(void **state)
{
    struct fixture *fixture = *state;
    journal_log_in(&fixture->journal, "/dev/null/nowhere");
    assert_int_not_equal(journal_take_log_error(&fixture->journal), 0);
    assert_int_equal(journal_take_log_error(&fixture->journal), 0);
    journal_said(&fixture->journal, "Bonjour.");
    assert_string_equal(screen(fixture), "Bonjour.\n");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(without_consent_there_is_the_transcript_only),
        TEST(the_log_has_the_place_and_how_long_it_took),
        TEST(of_a_private_place_nothing_is_logged),
        TEST(it_ends_with_the_consent),
        TEST(a_log_that_cannot_be_written_is_told_of_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
