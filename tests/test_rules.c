/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * rules: no row of the dialogue's tables is missing or contradicts another one, and doc/dialogue.md
 * is what they say. PASAPAS_WRITE_DIALOGUE=FILE writes it anew.
 */
#include "base/mem.h"
#include "base/strbuf.h"
#include "dialogue/session/rules.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* --- the tables as text ----------------------------------------------------------------------- */

/* A row's columns as they stand in the file. */
struct row {
    const char *columns[8];
};

static const struct row commands[] = {
#define COMMAND(id, name, flags, possible, run, value, help)                                       \
    {{#id, name, #flags, #possible, #run, #value, #help}},
#include "model/command.def"
#undef COMMAND
};

static const struct row places[] = {
#define PLACE(id, tell, where, next, previous, choices, names, asked, first, second)               \
    {{#id, #tell, #where, #next, #previous, #choices, #names}},
#define QUESTION(...)
#define CHOICE(...)
#include "dialogue/session/tables.def"
#undef PLACE
#undef QUESTION
#undef CHOICE
};

static const struct row questions[] = {
#define QUESTION(id, ask, asked, about, answer, yes, no, next, choices, names, flags)              \
    {{#id, #answer, #yes, #no, #next, #choices, #names, #flags}},
#define PLACE(...)
#define CHOICE(...)
#include "dialogue/session/tables.def"
#undef PLACE
#undef QUESTION
#undef CHOICE
};

static const struct row choices[] = {
#define CHOICE(id, first, count, title, phrase, take, help) {{#id, #first, #count, #take, #help}},
#define PLACE(...)
#define QUESTION(...)
#include "dialogue/session/tables.def"
#undef PLACE
#undef QUESTION
#undef CHOICE
};

/* Names without what all of them begin with; what says nothing is left empty. */
static void add_cell(struct strbuf *text, const char *cell)
{
    static const char *const prefixes[] = {"session_", "COMMAND_", "NAMES_", "CHOICE_", "MSG_"};
    static const char *const nothing[] = {"0", "NULL", "NONE"};
    struct strbuf shown = {0};
    for (const char *at = cell; *at;) {
        size_t skip = 0;
        for (size_t i = 0; i < COUNT_OF(prefixes); i++)
            if (!strncmp(at, prefixes[i], strlen(prefixes[i])))
                skip = strlen(prefixes[i]);
        at += skip;
        /* A bar would end the cell. */
        if (!strncmp(at, " | ", 3)) {
            strbuf_add(&shown, ", ");
            at += 3;
        } else {
            strbuf_add_char(&shown, *at++);
        }
    }
    char *word = strbuf_take(&shown);
    for (size_t i = 0; i < COUNT_OF(nothing); i++)
        if (!strcmp(word, nothing[i]))
            *word = '\0';
    strbuf_addf(text, " %s |", word);
    free(word);
}

static void add_table(struct strbuf *text, const char *head, const struct row *rows, size_t count,
                      size_t columns)
{
    strbuf_addf(text, "%s|", head);
    for (size_t i = 0; i < columns; i++)
        strbuf_add(text, "---|");
    strbuf_add(text, "\n");
    for (size_t i = 0; i < count; i++) {
        strbuf_add(text, "|");
        for (size_t j = 0; j < columns; j++)
            add_cell(text, rows[i].columns[j]);
        strbuf_add(text, "\n");
    }
    strbuf_add(text, "\n");
}

static char *dialogue_text(void)
{
    struct strbuf text = {0};
    strbuf_add(
        &text,
        "# The dialogue, table by table\n\n"
        "Written by `tests/test_rules.c` from `src/model/command.def` and\n"
        "`src/dialogue/session/tables.def`; it fails where they differ from this page.\n\n"
        "A command is carried out by its function where it is possible. BESIDE: it leaves an "
        "open question\nopen, others put it aside. INSISTING: it is carried out beside a "
        "question that insists, too. COSTLY:\nmore certainty is asked of a voice. TYPED: it "
        "is not listened for. PAGE: it is listened for\nwhere the browser's page may be looked "
        "at. EVERYDAY: it is listened for in every state but a private\nstep; where it is not "
        "possible, what is asked is said anew, with the words that answer it. Help tells\nthe "
        "commands in the order of the last column.\n\n"
        "## Commands\n\n");
    add_table(&text, "| command | id | flags | possible | function | value | help |\n", commands,
              COUNT_OF(commands), 7);
    strbuf_add(&text, "## Places\n\n");
    add_table(&text, "| place | told | where am I | next | previous | numbers | names |\n", places,
              COUNT_OF(places), 7);
    strbuf_add(&text, "## Questions\n\n");
    add_table(&text,
              "| question | yes and no | another yes | another no | next | numbers | names | "
              "flags |\n",
              questions, COUNT_OF(questions), 8);
    strbuf_add(&text, "## Choices\n\n");
    add_table(&text, "| choice | first | count | taken | help |\n", choices, COUNT_OF(choices), 5);
    strbuf_truncate(&text, text.length - 1);
    return strbuf_take(&text);
}

static char *read_file(const char *path)
{
    struct strbuf text = {0};
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    for (int c; (c = fgetc(file)) != EOF;)
        strbuf_add_char(&text, (char)c);
    fclose(file);
    return strbuf_take(&text);
}

static void test_page_is_what_the_tables_say(void **state)
{
    (void)state;
    const char *write_to = getenv("PASAPAS_WRITE_DIALOGUE");
    char *text = dialogue_text(), path[4096];
    if (write_to) {
        FILE *file = fopen(write_to, "w");
        assert_non_null(file);
        fputs(text, file);
        assert_int_equal(fclose(file), 0);
    }
    snprintf(path, sizeof path, "%s/doc/dialogue.md", getenv("srcdir"));
    char *page = read_file(path);
    assert_string_equal(page, text);
    free(page);
    free(text);
}

/* --- rows ------------------------------------------------------------------------------------- */

/* What a row says in words, as a set of enum command_flag. */
static unsigned flags_as_written(const char *words)
{
    static const struct {
        const char *word;
        unsigned flags;
    } known[] = {{"COSTLY", COMMAND_COSTLY},
                 {"PRIVATE", COMMAND_PRIVATE},
                 {"TYPED", COMMAND_TYPED},
                 {"BESIDE", COMMAND_BESIDE},
                 {"INSISTING", COMMAND_INSISTING},
                 {"KEEPS_HELP", COMMAND_KEEPS_HELP},
                 {"KEEPS_SPELLING", COMMAND_KEEPS_SPELLING},
                 {"KEEPS_DOUBT", COMMAND_KEEPS_DOUBT},
                 {"EVERYDAY", COMMAND_EVERYDAY},
                 {"PAGE", COMMAND_PAGE},
                 {"SWITCH", COMMAND_SWITCH},
                 {"0", 0}};
    unsigned flags = 0;
    for (const char *at = words; *at; at += strspn(at, " |")) {
        const size_t length = strcspn(at, " |");
        size_t i = 0;
        while (i < COUNT_OF(known) &&
               (strlen(known[i].word) != length || strncmp(at, known[i].word, length)))
            i++;
        assert_in_range(i, 0, COUNT_OF(known) - 1);
        flags |= known[i].flags;
        at += length;
    }
    return flags;
}

static void test_each_command_has_a_whole_row(void **state)
{
    (void)state;
    for (int i = 0; i < COMMAND_COUNT; i++) {
        assert_non_null(command_rule(i)->possible);
        assert_non_null(command_rule(i)->run);
        assert_int_equal(flags_as_written(commands[i].columns[2]), command_flags((enum command)i));
        assert_int_equal(command_by_name(command_name((enum command)i)), i);
    }
}

static void test_help_tells_each_command_in_a_place_of_its_own(void **state)
{
    (void)state;
    int told = 0;
    for (int i = 0; i < COMMAND_COUNT; i++) {
        const int place = command_rule(i)->help;
        told += place > 0;
        for (int j = 0; place && j < i; j++)
            assert_int_not_equal(command_rule(j)->help, place);
    }
    for (int i = 0; i < COMMAND_COUNT; i++)
        assert_in_range(command_rule(i)->help, 0, told);
}

static void test_each_place_has_a_whole_row(void **state)
{
    (void)state;
    for (int i = 0; i < PLACE_COUNT; i++) {
        const struct place_rule *rule = place_rule((enum place)i);
        assert_non_null(rule->tell);
        assert_non_null(rule->where);
        assert_non_null(rule->next);
        assert_non_null(rule->previous);
        assert_int_not_equal(rule->names, 0);
    }
}

static void test_each_question_has_a_whole_row(void **state)
{
    (void)state;
    for (int i = 0; i < QUESTION_COUNT; i++) {
        const struct question_rule *rule = question_rule((enum question)i);
        assert_non_null(rule->ask);
        assert_non_null(rule->answer);
        /* A question that insists has no way around it. */
        if (rule->flags & QUESTION_INSISTS) {
            assert_null(rule->next);
            assert_int_equal(rule->names, 0);
            assert_true(rule->flags & QUESTION_ONLY_NAMES);
        }
    }
}

/* Whoever is asked something that insists can still answer, stop the voice and hear it again. */
static void test_questions_that_insist_can_be_answered(void **state)
{
    (void)state;
    static const enum command needed[] = {COMMAND_YES,   COMMAND_NO,    COMMAND_STOP,
                                          COMMAND_HELP,  COMMAND_PAUSE, COMMAND_REPEAT,
                                          COMMAND_WHERE, COMMAND_QUIT,  COMMAND_SAYABLE};
    for (size_t i = 0; i < COUNT_OF(needed); i++)
        assert_true(command_flags(needed[i]) & COMMAND_INSISTING);
    /* What leads elsewhere, or loses something, waits for the answer. */
    assert_false(command_flags(COMMAND_CALIBRATE) & COMMAND_INSISTING);
    assert_false(command_flags(COMMAND_HISTORY) & COMMAND_INSISTING);
    assert_false(command_flags(COMMAND_UNDO) & COMMAND_INSISTING);
}

/* Arguments of one kind of choice must not reach into those of the next. */
static void test_choices_are_far_apart(void **state)
{
    (void)state;
    static const int first[] = {CHOICE_SECTION, CHOICE_PATH,  CHOICE_STEP,
                                CHOICE_LEARNER, CHOICE_FOUND, CHOICE_GO_SECTION,
                                CHOICE_GO_PATH, CHOICE_LATER, CHOICE_GUIDE};
    for (size_t i = 1; i < COUNT_OF(first); i++)
        assert_in_range(first[i], first[i - 1] + 1000, 10000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_page_is_what_the_tables_say),
        cmocka_unit_test(test_each_command_has_a_whole_row),
        cmocka_unit_test(test_help_tells_each_command_in_a_place_of_its_own),
        cmocka_unit_test(test_each_place_has_a_whole_row),
        cmocka_unit_test(test_each_question_has_a_whole_row),
        cmocka_unit_test(test_questions_that_insist_can_be_answered),
        cmocka_unit_test(test_choices_are_far_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
