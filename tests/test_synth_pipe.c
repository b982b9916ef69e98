/* SPDX-License-Identifier: GPL-3.0-or-later */
/* synth_pipe: a program that speaks, by stand-ins that are slow, die, hang and flood. None of them
 * is left behind, and each sentence is said by somebody. */
#include "base/mem.h"
#include "base/timer.h"
#include "speech/synth.h"

#include <dirent.h>
#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#define RATE 16000

static const struct synth_params normal = {.rate = 175, .pitch = 50, .volume = 100};

struct take {
    size_t samples, most; /* more are not wanted; 0: all are */
    int first, peak;
    int64_t until; /* after that nothing is wanted; 0: always */
};

static bool take(void *context, const int16_t *samples, size_t count)
{
    struct take *taken = context;
    if (count && !taken->samples)
        taken->first = samples[0];
    for (size_t i = 0; i < count; i++)
        taken->peak = abs(samples[i]) > taken->peak ? abs(samples[i]) : taken->peak;
    taken->samples += count;
    return !(taken->most && taken->samples > taken->most) &&
           !(taken->until && timer_now() > taken->until);
}

/* A synth whose program is a shell script: here a shell is asked, by the test alone. */
static struct synth *open_script(const char *script)
{
    static char *words[4];
    static char name[] = "sh", option[] = "-c";
    free(words[2]);
    words[0] = name;
    words[1] = option;
    words[2] = xstrdup(script);
    const struct synth_config config = {.voice = "fr",
                                        .language = "fr",
                                        .command = words,
                                        .command_count = 3,
                                        .command_rate = RATE};
    struct synth *synth = NULL;
    assert_ptr_equal(synth_choose(&config), &synth_pipe);
    assert_int_equal(synth_pipe.open(&config, &synth), 0);
    assert_int_equal(synth_pipe.rate(synth), RATE);
    return synth;
}

static void say(struct synth *synth, const struct synth_params *params, struct take *taken)
{
    assert_int_equal(synth_pipe.say(synth, "Bonjour à tous.", params, take, NULL, taken), 0);
}

/* No process of ours is left, ended or not. */
static void close_all(struct synth *synth)
{
    synth_pipe.close(synth);
    assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
    assert_int_equal(errno, ECHILD);
}

/* Of espeak-ng's speech there is something, and it is no stand-in's constant. */
static void assert_said_instead(const struct take *taken)
{
    assert_in_range(taken->samples, RATE / 2, RATE * 4);
    assert_in_range(taken->peak, 2000, 32767);
}

/* 1000 samples of the value 0x0101. */
#define SAMPLES "head -c 2000 /dev/zero | tr '\\0' '\\001'"

static void what_it_writes_is_what_is_heard(void **state)
{
    (void)state;
    struct synth *synth =
        open_script("read line; [ \"$line\" = 'Bonjour à tous.' ] || exit 1; " SAMPLES);
    for (int i = 0; i < 3; i++) {
        struct take taken = {0};
        say(synth, &normal, &taken);
        assert_int_equal(taken.samples, 1000);
        assert_int_equal(taken.first, 0x0101);
    }
    close_all(synth);
}

static void the_volume_is_done_here(void **state)
{
    (void)state;
    struct synth *synth = open_script("cat >/dev/null; " SAMPLES);
    struct synth_params soft = normal;
    struct take taken = {0};
    soft.volume = 50;
    say(synth, &soft, &taken);
    assert_int_equal(taken.first, 0x0101 / 2);
    close_all(synth);
}

/* The one that waits was started for another rate: it is not used. */
static void each_rate_is_its_own_process(void **state)
{
    (void)state;
    struct synth *synth = open_script(
        "cat >/dev/null; head -c $(({rate} * 2)) /dev/zero | tr '\\0' '\\001'; : {length} {pitch}");
    struct synth_params fast = normal;
    struct take taken = {0}, again = {0};
    say(synth, &normal, &taken);
    assert_int_equal(taken.samples, 175);
    fast.rate = 300;
    say(synth, &fast, &again);
    assert_int_equal(again.samples, 300);
    close_all(synth);
}

/* Slowly, and a byte at a time: samples come as they are made, none is torn. */
static void one_that_streams_slowly_is_heard(void **state)
{
    (void)state;
    struct synth *synth =
        open_script("cat >/dev/null; for i in 1 2 3 4 5 6; do printf '\\001'; sleep 0.03; done");
    struct take taken = {0};
    say(synth, &normal, &taken);
    assert_int_equal(taken.samples, 3);
    assert_int_equal(taken.peak, 0x0101);
    close_all(synth);
}

/* Not wanted any more while nothing comes: within some looks, whatever it started. */
static void one_that_hangs_is_interrupted_at_once(void **state)
{
    (void)state;
    struct synth *synth = open_script("cat >/dev/null; " SAMPLES "; sleep 1000 & wait");
    const int64_t begin = timer_now();
    struct take taken = {.until = begin + 100};
    say(synth, &normal, &taken);
    assert_in_range(timer_now() - begin, 100, 1000);
    assert_int_equal(taken.samples, 1000);
    close_all(synth);
}

static void one_that_floods_is_stopped(void **state)
{
    (void)state;
    struct synth *synth = open_script("cat >/dev/null; exec cat /dev/zero");
    struct take wanted = {.most = 5000}, all = {0};
    say(synth, &normal, &wanted);
    assert_in_range(wanted.samples, 5000, 5000 + 4096);
    say(synth, &normal, &all);
    assert_in_range(all.samples, 180 * RATE, 180 * RATE + 4096);
    close_all(synth);
}

static void one_that_dies_is_spoken_for(void **state)
{
    (void)state;
    static const char *const scripts[] = {"exit 3", "cat >/dev/null; kill -9 $$", "cat >/dev/null",
                                          "exec no-such-program"};
    for (size_t i = 0; i < COUNT_OF(scripts); i++) {
        struct synth *synth = open_script(scripts[i]);
        for (int turn = 0; turn < 3; turn++) {
            struct take taken = {0};
            say(synth, &normal, &taken);
            assert_said_instead(&taken);
        }
        close_all(synth);
    }
}

/* It said something of it: the rest is lost, but it is not begun once more. */
static void one_that_dies_in_the_middle_is_not_said_twice(void **state)
{
    (void)state;
    struct synth *synth = open_script("cat >/dev/null; " SAMPLES "; exit 1");
    struct take taken = {0};
    say(synth, &normal, &taken);
    assert_int_equal(taken.samples, 1000);
    close_all(synth);
}

static void a_program_that_is_not_there_is_spoken_for(void **state)
{
    (void)state;
    static char name[] = "no-such-synthesiser";
    static char *words[] = {name};
    const struct synth_config config = {.voice = "fr",
                                        .language = "fr",
                                        .command = words,
                                        .command_count = 1,
                                        .command_rate = RATE};
    struct synth *synth = NULL;
    struct take taken = {0};
    assert_int_equal(synth_pipe.open(&config, &synth), 0);
    say(synth, &normal, &taken);
    assert_said_instead(&taken);
    close_all(synth);
}

static void without_a_command_it_is_espeak(void **state)
{
    (void)state;
    assert_ptr_equal(synth_choose(&(struct synth_config){.voice = "fr"}), &synth_espeak);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_it_writes_is_what_is_heard),
        cmocka_unit_test(the_volume_is_done_here),
        cmocka_unit_test(each_rate_is_its_own_process),
        cmocka_unit_test(one_that_streams_slowly_is_heard),
        cmocka_unit_test(one_that_hangs_is_interrupted_at_once),
        cmocka_unit_test(one_that_floods_is_stopped),
        cmocka_unit_test(one_that_dies_is_spoken_for),
        cmocka_unit_test(one_that_dies_in_the_middle_is_not_said_twice),
        cmocka_unit_test(a_program_that_is_not_there_is_spoken_for),
        cmocka_unit_test(without_a_command_it_is_espeak),
    };
    /* As the program does. */
    signal(SIGPIPE, SIG_IGN);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
