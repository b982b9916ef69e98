/* SPDX-License-Identifier: GPL-3.0-or-later */
/* settings_file: what a learner chose comes back from disk, and mistakes in the file are told. */
#include "base/diag.h"
#include "base/mem.h"
#include "base/messages_load.h"
#include "model/settings.h"
#include "store/settings_file.h"
#include "support/store.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

struct fixture {
    struct messages *messages;
    char *root;
    struct diags diags;
    struct settings settings;
    char *path;
};

static int set_up(void **state)
{
    struct fixture *fixture = xcalloc(1, sizeof *fixture);
    fixture->messages = messages_load_builtin();
    fixture->root = store_make();
    diags_init(&fixture->diags, fixture->messages);
    settings_init(&fixture->settings);
    fixture->path = settings_path("Zoé");
    *state = fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    settings_free(&fixture->settings);
    diags_free(&fixture->diags);
    store_remove(fixture->root);
    messages_free(fixture->messages);
    free(fixture->path);
    free(fixture);
    return 0;
}

static void assert_same(const struct settings *a, const struct settings *b)
{
    assert_int_equal(a->rate, b->rate);
    assert_int_equal(a->pitch, b->pitch);
    assert_int_equal(a->volume, b->volume);
    assert_int_equal(a->simple, b->simple);
    assert_int_equal(a->earcons, b->earcons);
    assert_int_equal(a->reminders, b->reminders);
    assert_int_equal(a->single_keys, b->single_keys);
    assert_int_equal(a->listen, b->listen);
    assert_int_equal(a->duplex, b->duplex);
    assert_int_equal(a->speech, b->speech);
    assert_int_equal(a->punctuation, b->punctuation);
    assert_int_equal(a->listen_pause, b->listen_pause);
    assert_int_equal(a->listen_pause_learned, b->listen_pause_learned);
    assert_int_equal(a->sentence_pause, b->sentence_pause);
    assert_int_equal(a->scan, b->scan);
    assert_int_equal(a->scan_pause, b->scan_pause);
    assert_string_equal(a->voice_variant ? a->voice_variant : "-",
                        b->voice_variant ? b->voice_variant : "-");
    assert_string_equal(a->speechd_voice ? a->speechd_voice : "-",
                        b->speechd_voice ? b->speechd_voice : "-");
    for (int i = 0; i < COMMAND_COUNT; i++)
        assert_string_equal(a->keys && a->keys->of[i] ? a->keys->of[i] : "-",
                            b->keys && b->keys->of[i] ? b->keys->of[i] : "-");
    assert_string_equal(a->input_device ? a->input_device : "-",
                        b->input_device ? b->input_device : "-");
    assert_string_equal(a->output_device ? a->output_device : "-",
                        b->output_device ? b->output_device : "-");
}

/* Nothing is kept aside. */
static int save(struct fixture *fixture, const struct settings *settings)
{
    char *aside = NULL;
    int result = settings_save(fixture->path, settings, fixture->diags.messages, &aside);
    assert_null(aside);
    return result;
}

/* Reads a text as the learner's file over the fixture's settings. */
static int load(struct fixture *fixture, const char *text)
{
    struct settings none;
    settings_init(&none);
    remove(fixture->path);
    assert_int_equal(save(fixture, &none), 0); /* makes the folder */
    store_write(fixture->path, text, strlen(text));
    return settings_load(fixture->path, &fixture->diags, &fixture->settings);
}

static void the_file_is_the_learners_own(void **state)
{
    struct fixture *fixture = *state;
    char *expected = xasprintf("%s/config/pasapas/zo%%C3%%A9/settings.yaml", fixture->root);
    assert_string_equal(fixture->path, expected);
    free(expected);
}

static void a_missing_file_is_no_mistake(void **state)
{
    struct fixture *fixture = *state;
    struct settings before = fixture->settings;
    assert_int_equal(settings_load(fixture->path, &fixture->diags, &fixture->settings), 0);
    assert_int_equal(fixture->diags.count, 0);
    assert_same(&before, &fixture->settings);
    assert_int_equal(before.pitch, 50);
    assert_int_equal(before.volume, 100);
    assert_false(before.reminders);
}

static void what_is_saved_comes_back(void **state)
{
    struct fixture *fixture = *state;
    struct settings chosen = {
        .rate = 120,
        .pitch = 0,
        .volume = 200,
        .simple = true,
        .earcons = false,
        .reminders = true,
        .single_keys = false,
        .listen = LISTEN_TAP,
        .duplex = DUPLEX_HALF,
        .speech = SPEECH_SPEECHD,
        .punctuation = PUNCTUATION_ALL,
        .listen_pause = 400,
        .listen_pause_learned = 700,
        .sentence_pause = 0,
        .voice_variant = xstrdup("f3"),
        .speechd_voice = xstrdup("French (France)+female1"),
        .scan = SCAN_TWO,
        .scan_pause = 60,
        .keys = xcalloc(1, sizeof *chosen.keys),
        .input_device = xstrdup("USB: micro # é"),
        .output_device = xstrdup("null"),
    };
    chosen.keys->of[COMMAND_NEXT] = xstrdup("é");
    chosen.keys->of[COMMAND_QUIT] = xstrdup("");
    assert_int_equal(save(fixture, &chosen), 0);
    assert_int_equal(settings_load(fixture->path, &fixture->diags, &fixture->settings), 0);
    assert_same(&chosen, &fixture->settings);
    settings_free(&chosen);
    struct stat status;
    assert_int_equal(stat(fixture->path, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
    char *folder = xstrndup(fixture->path, strlen(fixture->path) - strlen("/settings.yaml"));
    assert_int_equal(stat(folder, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0700);
    free(folder);
}

static void only_what_was_chosen_is_written(void **state)
{
    struct fixture *fixture = *state;
    fixture->settings.rate = 90;
    assert_int_equal(save(fixture, &fixture->settings), 0);
    char *bytes = store_read(fixture->path, NULL);
    assert_string_equal(bytes, "rate: 90\n");
    free(bytes);
    fixture->settings.rate = 0;
    assert_int_equal(save(fixture, &fixture->settings), 0);
    assert_int_equal(settings_load(fixture->path, &fixture->diags, &fixture->settings), 0);
    assert_int_equal(fixture->settings.rate, 0);
}

static void each_mistake_is_told_and_the_rest_is_taken(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(load(fixture, "rate: 79\npitch: 101\nvolume: -1\nsimple: oui\n"
                                   "listen: always\nnope: 1\nearcons: false\n"),
                     -1);
    assert_int_equal(fixture->diags.errors, 6);
    for (int i = 0; i < 6; i++)
        assert_int_equal(fixture->diags.items[i].line, i + 1);
    char *line = diag_line(fixture->messages, &fixture->diags.items[0]);
    char *begin = xasprintf("Erreur : %s:1:7 : ", fixture->path);
    assert_memory_equal(line, begin, strlen(begin));
    assert_non_null(strstr(line, "450"));
    struct settings expected;
    settings_init(&expected);
    expected.earcons = false;
    assert_same(&expected, &fixture->settings);
    free(begin);
    free(line);
}

static void the_ends_of_the_ranges_are_inside(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(load(fixture, "rate: 80\npitch: 0\nvolume: 0\n"), 0);
    assert_int_equal(load(fixture, "rate: 450\npitch: 100\nvolume: 200\n"), 0);
    assert_int_equal(fixture->settings.rate, 450);
    assert_int_equal(load(fixture, "rate: 451\n"), -1);
    assert_int_equal(load(fixture, "pitch: 101\n"), -1);
    assert_int_equal(load(fixture, "volume: 201\n"), -1);
    assert_int_equal(fixture->settings.rate, 450);
}

static void a_damaged_file_changes_nothing(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(load(fixture, "rate: [\n"), -1);
    assert_int_equal(load(fixture, "- rate\n"), -1);
    assert_int_equal(load(fixture, "\xff"), -1);
    assert_int_equal(fixture->settings.rate, 0);
    assert_true(fixture->diags.errors >= 3);
}

static void a_devices_odd_name_spoils_nothing(void **state)
{
    struct fixture *fixture = *state;
    fixture->settings.rate = 100;
    fixture->settings.input_device = xstrdup("a\x1b[2J");
    fixture->settings.output_device = xstrdup("\xff");
    assert_int_equal(save(fixture, &fixture->settings), 0);
    struct settings read;
    settings_init(&read);
    assert_int_equal(settings_load(fixture->path, &fixture->diags, &read), 0);
    assert_int_equal(read.rate, 100);
    assert_null(read.input_device);
    assert_null(read.output_device);
    settings_free(&read);
}

static void a_pair_of_devices_is_remembered(void **state)
{
    struct fixture *fixture = *state;
    struct settings loaded;
    char output[] = "Casque 5", input[] = "Micro: USB";
    const struct settings_pair pair = {output, input, DUPLEX_HALF, 7, 450};
    settings_set_pair(&fixture->settings, &pair);
    assert_int_equal(save(fixture, &fixture->settings), 0);
    settings_init(&loaded);
    assert_int_equal(settings_load(fixture->path, &fixture->diags, &loaded), 0);
    assert_int_equal(loaded.pair_count, 1);
    const struct settings_pair *found = settings_find_pair(&loaded, "Casque 5", "Micro: USB");
    assert_non_null(found);
    assert_int_equal(found->duplex, DUPLEX_HALF);
    assert_int_equal(found->delay, 7);
    assert_int_equal(found->tail, 450);
    settings_free(&loaded);
}

static void a_failure_is_told(void **state)
{
    struct fixture *fixture = *state;
    char *path = xasprintf("%s/config", fixture->root);
    store_write(path, "", 0);
    assert_int_equal(save(fixture, &fixture->settings), -1);
    assert_int_equal(errno, ENOTDIR);
    free(path);
}

static char *read_file(const char *path)
{
    size_t length;
    char *bytes = store_read(path, &length);
    char *text = xstrndup(bytes, length);
    free(bytes);
    return text;
}

/* A forgotten brace, a value that is none, a key twice: all of it stays, under another name. */
static void what_is_not_understood_is_kept_aside(void **state)
{
    struct fixture *fixture = *state;
    static const char *const texts[] = {"keys: {next: s\nvolume: 150\n",
                                        "rate: 9999\nvolume: 150\n", "keys: {next: s, repeat: s}\n",
                                        "sound-checks: [{output: a}]\n", "\xff"};
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        char *aside = NULL;
        assert_int_equal(load(fixture, texts[i]), -1);
        assert_int_equal(
            settings_save(fixture->path, &fixture->settings, fixture->diags.messages, &aside), 0);
        assert_non_null(aside);
        assert_memory_equal(aside, "settings.yaml.damaged-", 22);
        char *folder = xstrndup(fixture->path, strlen(fixture->path) - strlen("settings.yaml"));
        char *path = xasprintf("%s%s", folder, aside), *kept = read_file(path);
        assert_string_equal(kept, texts[i]);
        free(kept);
        free(path);
        free(folder);
        free(aside);
        settings_free(&fixture->settings);
        settings_init(&fixture->settings);
    }
}

/* What only a newer version knows survives a save of this one. */
static void unknown_keys_survive(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(load(fixture, "volume: 60\nkeys: {next: s, dance: d}\n"
                                   "future: {deep: [a, {b: 'c: d'}], on: \"true\"}\n"),
                     -1);
    fixture->settings.volume = 70;
    assert_int_equal(save(fixture, &fixture->settings), 0);
    char *text = read_file(fixture->path);
    assert_string_equal(text, "volume: 70\nkeys:\n  next: s\n  dance: d\n"
                              "future:\n  deep:\n  - a\n  - b: 'c: d'\n  on: true\n");
    free(text);
}

/* Who keeps their files elsewhere and links to them finds the link there, and the new text behind.
 */
static void a_link_stays_a_link(void **state)
{
    struct fixture *fixture = *state;
    char *target = xasprintf("%s/dotfiles.yaml", fixture->root);
    struct stat status;
    load(fixture, "");
    store_write(target, "volume: 60\n", 11);
    assert_int_equal(remove(fixture->path), 0);
    assert_int_equal(symlink(target, fixture->path), 0);
    fixture->settings.volume = 80;
    assert_int_equal(save(fixture, &fixture->settings), 0);
    assert_int_equal(lstat(fixture->path, &status), 0);
    assert_true(S_ISLNK(status.st_mode));
    char *text = read_file(target);
    assert_string_equal(text, "volume: 80\n");
    free(text);
    free(target);
}

/* A pipe or a device in the place of the file is no file to be replaced. */
static void what_is_no_file_is_refused(void **state)
{
    struct fixture *fixture = *state;
    struct stat status;
    load(fixture, "");
    assert_int_equal(remove(fixture->path), 0);
    assert_int_equal(mkfifo(fixture->path, 0600), 0);
    assert_int_equal(save(fixture, &fixture->settings), -1);
    assert_int_equal(errno, EINVAL);
    assert_int_equal(lstat(fixture->path, &status), 0);
    assert_true(S_ISFIFO(status.st_mode));
}

/* One key, one command, and what cannot be a key is none: the pack's holds instead. */
/* They may be whole: what could not be read then is not written over later. */
static void what_could_not_be_read_is_left_alone(void **state)
{
    struct fixture *fixture = *state;
    struct settings others;
    fixture->settings.rate = 200;
    assert_int_equal(save(fixture, &fixture->settings), 0);
    char *away = xasprintf("%s.away", fixture->path);
    assert_int_equal(rename(fixture->path, away), 0);
    assert_int_equal(mkdir(fixture->path, 0700), 0); /* as good as a disk that does not answer */
    settings_init(&others);
    assert_int_equal(settings_load(fixture->path, &fixture->diags, &others), -1);
    assert_int_equal(save(fixture, &fixture->settings), -1);
    assert_int_equal(errno, EISDIR);
    assert_int_equal(rmdir(fixture->path), 0);
    assert_int_equal(rename(away, fixture->path), 0);
    others.volume = 120;
    assert_int_equal(save(fixture, &others), -1);
    assert_int_equal(errno, EISDIR);
    settings_free(&others);
    settings_init(&others);
    assert_int_equal(settings_load(fixture->path, &fixture->diags, &others), 0);
    assert_int_equal(others.rate, 200);
    settings_free(&others);
    free(away);
}

static void wrong_keys_are_reported_and_left(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(load(fixture, "keys: {next: N, repeat: n, stop: '5', done: w, nex: a}\n"), -1);
    assert_int_equal(fixture->diags.errors, 3);
    const struct settings_keys *keys = fixture->settings.keys;
    assert_string_equal(keys->of[COMMAND_NEXT], "N");
    assert_null(keys->of[COMMAND_REPEAT]);
    assert_null(keys->of[COMMAND_STOP]);
    assert_string_equal(keys->of[COMMAND_DONE], "w");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(the_file_is_the_learners_own),
        TEST(a_missing_file_is_no_mistake),
        TEST(what_is_saved_comes_back),
        TEST(wrong_keys_are_reported_and_left),
        TEST(only_what_was_chosen_is_written),
        TEST(each_mistake_is_told_and_the_rest_is_taken),
        TEST(the_ends_of_the_ranges_are_inside),
        TEST(a_damaged_file_changes_nothing),
        TEST(a_devices_odd_name_spoils_nothing),
        TEST(a_failure_is_told),
        TEST(a_pair_of_devices_is_remembered),
        TEST(what_is_not_understood_is_kept_aside),
        TEST(what_could_not_be_read_is_left_alone),
        TEST(unknown_keys_survive),
        TEST(a_link_stays_a_link),
        TEST(what_is_no_file_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
