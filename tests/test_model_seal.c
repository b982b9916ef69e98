/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * model_seal: whatever happens to a file of a sealed model is seen. model_trial: whatever an
 * attempt ends with, this process goes on, and what passed is tried once.
 */
#include "base/mem.h"
#include "listen/model_seal.h"
#include "listen/model_trial.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

struct fixture {
    char *folder;
    char *cache;
};

static char *path_of(const struct fixture *fixture, const char *name)
{
    return xasprintf("%s/%s", fixture->folder, name);
}

static void put(const struct fixture *fixture, const char *name, const char *bytes, size_t length)
{
    char *path = path_of(fixture, name);
    unlink(path);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, length, file), length);
    assert_int_equal(fclose(file), 0);
    free(path);
}

static void put_all(const struct fixture *fixture)
{
    char many[1000];
    memset(many, 'x', sizeof many);
    put(fixture, "empty", "", 0);
    put(fixture, "a", "a", 1);
    put(fixture, "figures", "123456789", 9);
    put(fixture, "long", many, sizeof many);
}

/* cksum(1) itself makes the seal. */
static void seal(const struct fixture *fixture)
{
    char *command = xasprintf("'%s/scripts/seal-model' '%s'", getenv("srcdir"), fixture->folder);
    assert_int_equal(system(command), 0);
    free(command);
}

static void assert_seal(const struct fixture *fixture, enum model_seal expected, const char *file)
{
    char *broken = NULL;
    assert_int_equal(model_seal_check(fixture->folder, &broken), expected);
    if (file)
        assert_string_equal(broken, file);
    else
        assert_null(broken);
    free(broken);
}

static int set_up(void **state)
{
    struct fixture *fixture = xcalloc(1, sizeof *fixture);
    fixture->folder = xstrdup("/tmp/pasapas-seal-XXXXXX");
    assert_non_null(mkdtemp(fixture->folder));
    fixture->cache = xasprintf("%s-cache", fixture->folder);
    setenv("XDG_CACHE_HOME", fixture->cache, 1);
    put(fixture, "mdef", "m", 1);
    put_all(fixture);
    *state = fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    char *command = xasprintf("rm -rf '%s' '%s'", fixture->folder, fixture->cache);
    const int result = system(command);
    free(command);
    free(fixture->folder);
    free(fixture->cache);
    free(fixture);
    return result;
}

static void a_whole_model_is_good(void **state)
{
    const struct fixture *fixture = *state;
    assert_seal(fixture, MODEL_SEAL_NONE, NULL);
    seal(fixture);
    assert_seal(fixture, MODEL_SEAL_GOOD, NULL);
    put(fixture, "LICENSE", "x", 1);
    put(fixture, "speakers.tsv", "x", 1);
    assert_seal(fixture, MODEL_SEAL_GOOD, NULL);
    put(fixture, "net", "x", 1);
    assert_seal(fixture, MODEL_SEAL_NONE, NULL);
    seal(fixture);
    assert_seal(fixture, MODEL_SEAL_GOOD, NULL);
}

static void every_wrong_bit_is_seen(void **state)
{
    const struct fixture *fixture = *state;
    char many[1000];
    memset(many, 'x', sizeof many);
    seal(fixture);
    for (size_t at = 0; at < sizeof many; at++) {
        many[at] ^= 1 << at % 8;
        put(fixture, "long", many, sizeof many);
        assert_seal(fixture, MODEL_SEAL_BROKEN, "long");
        many[at] ^= 1 << at % 8;
    }
    put(fixture, "long", many, sizeof many);
    assert_seal(fixture, MODEL_SEAL_GOOD, NULL);
}

static void every_other_harm_is_seen(void **state)
{
    const struct fixture *fixture = *state;
    static const char *const names[] = {"mdef", "a", "figures", "long"};
    seal(fixture);
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        char *path = path_of(fixture, names[i]);
        assert_int_equal(truncate(path, 0), 0);
        assert_seal(fixture, MODEL_SEAL_BROKEN, names[i]);
        assert_int_equal(unlink(path), 0);
        assert_seal(fixture, MODEL_SEAL_BROKEN, names[i]);
        assert_int_equal(mkfifo(path, 0600), 0);
        assert_seal(fixture, MODEL_SEAL_BROKEN, names[i]);
        assert_int_equal(unlink(path), 0);
        assert_int_equal(mkdir(path, 0700), 0);
        assert_seal(fixture, MODEL_SEAL_BROKEN, names[i]);
        assert_int_equal(rmdir(path), 0);
        free(path);
        put(fixture, "mdef", "m", 1);
        put_all(fixture);
        assert_seal(fixture, MODEL_SEAL_GOOD, NULL);
    }
}

static void a_seal_of_other_words_is_broken(void **state)
{
    const struct fixture *fixture = *state;
    static const char *const wrong[] = {
        "empty a figures long mdef\n", "1 1 ../a\n2 2 empty\n3 3 figures\n4 4 long\n5 5 mdef\n",
        "99999999999 1 a\n2 0 empty\n3 9 figures\n4 1000 long\n5 1 mdef\n"};
    for (size_t i = 0; i < COUNT_OF(wrong); i++) {
        char *broken = NULL;
        put(fixture, "sums", wrong[i], strlen(wrong[i]));
        assert_int_not_equal(model_seal_check(fixture->folder, &broken), MODEL_SEAL_GOOD);
        free(broken);
    }
}

static void the_model_of_the_tree_is_sealed(void **state)
{
    (void)state;
    char *folder = xasprintf("%s/voices/fr/model", getenv("srcdir")), *broken = NULL;
    if (model_seal_check(folder, &broken) != MODEL_SEAL_GOOD)
        fail_msg("%s has changed: run scripts/seal-model voices/fr/model", broken ? broken : "it");
    free(folder);
}

/* --- trials ----------------------------------------------------------------------------------- */

static int crash(void *context)
{
    (void)context;
    raise(SIGSEGV);
    return 0;
}

static int leave(void *context)
{
    (void)context;
    exit(0);
}

static int refuse(void *context)
{
    (void)context;
    return -1;
}

static int pass(void *context)
{
    (void)context;
    return 0;
}

static int chat(void *context)
{
    FILE *file = context;
    fputs("-agc none", file);
    return 0;
}

/* stderr itself, whoever has put a filter in its place. */
static int chat_by_error(void *context)
{
    return chat(context ? context : stderr);
}

static void whatever_it_ends_with_this_goes_on(void **state)
{
    const struct fixture *fixture = *state;
    assert_false(model_trial_passes(fixture->folder, crash, NULL));
    assert_false(model_trial_passes(fixture->folder, refuse, NULL));
    assert_false(model_trial_passes(fixture->folder, leave, NULL));
    assert_true(model_trial_passes(fixture->folder, pass, NULL));
}

static void what_a_library_prints_is_not_passed(void **state)
{
    const struct fixture *fixture = *state;
    FILE *real = stderr;
    assert_false(model_trial_passes(fixture->folder, chat, stdout));
    assert_false(model_trial_passes(fixture->folder, chat_by_error, NULL));
    /* As while PortAudio is open: what it drops is seen all the same. */
    stderr = fopen("/dev/null", "w");
    const bool passes = model_trial_passes(fixture->folder, chat_by_error, NULL);
    fclose(stderr);
    stderr = real;
    assert_false(passes);
    /* What this process is about to print is not the library's. */
    printf("half a line");
    assert_true(model_trial_passes(fixture->folder, pass, NULL));
    printf("\n");
}

static void what_passed_is_not_tried_again(void **state)
{
    const struct fixture *fixture = *state;
    assert_true(model_trial_passes(fixture->folder, pass, NULL));
    assert_true(model_trial_passes(fixture->folder, crash, NULL));
    put(fixture, "long", "x", 1);
    assert_false(model_trial_passes(fixture->folder, crash, NULL));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(a_whole_model_is_good),
        TEST(every_wrong_bit_is_seen),
        TEST(every_other_harm_is_seen),
        TEST(a_seal_of_other_words_is_broken),
        TEST(the_model_of_the_tree_is_sealed),
        TEST(whatever_it_ends_with_this_goes_on),
        TEST(what_a_library_prints_is_not_passed),
        TEST(what_passed_is_not_tried_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
