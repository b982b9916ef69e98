/* SPDX-License-Identifier: GPL-3.0-or-later */
/* event_loop: calls what is ready, however much is watched; functions may watch and unwatch. */
#include "app/event_loop.h"
#include "base/mem.h"
#include "base/timer.h"

#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cmocka.h>

#define MANY  100
#define LOOKS 1000 /* more than are needed */

struct fixture;

struct watched {
    struct fixture *fixture;
    int fd;
    int calls;
};

struct fixture {
    struct event_loop *loop;
    struct watched watched[MANY];
    int expected; /* calls of them all, then the loop stops */
    int calls;
    int signal;
    int steps;
};

static void on_signal(void *context, int signal)
{
    struct fixture *fixture = context;
    fixture->signal = signal;
    event_loop_stop(fixture->loop);
}

static int set_up(void **state)
{
    struct fixture *fixture = xcalloc(1, sizeof *fixture);
    fixture->loop = event_loop_new(on_signal, fixture);
    for (size_t i = 0; i < MANY; i++)
        fixture->watched[i] = (struct watched){fixture, eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK), 0};
    *state = fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    for (size_t i = 0; i < MANY; i++)
        close(fixture->watched[i].fd);
    event_loop_free(fixture->loop);
    free(fixture);
    return 0;
}

static void ring_bell(int fd)
{
    const uint64_t one = 1;
    assert_int_equal(write(fd, &one, sizeof one), sizeof one);
}

static void take(void *context)
{
    struct watched *watched = context;
    uint64_t count;
    assert_int_equal(read(watched->fd, &count, sizeof count), sizeof count);
    watched->calls++;
    if (++watched->fixture->calls == watched->fixture->expected)
        event_loop_stop(watched->fixture->loop);
}

/* Ends a loop whose functions are not called, where it would wait for ever. */
static void give_up(void *context)
{
    struct fixture *fixture = context;
    if (++fixture->steps == LOOKS)
        event_loop_stop(fixture->loop);
}

static void all_of_many_are_called(void **state)
{
    struct fixture *fixture = *state;
    for (size_t i = 0; i < MANY; i++) {
        event_loop_watch(fixture->loop, fixture->watched[i].fd, take, &fixture->watched[i]);
        ring_bell(fixture->watched[i].fd);
    }
    event_loop_watch(fixture->loop, -1, take, NULL); /* nothing */
    fixture->expected = MANY;
    event_loop_set_step(fixture->loop, give_up, fixture);
    event_loop_run(fixture->loop);
    for (size_t i = 0; i < MANY; i++)
        assert_int_equal(fixture->watched[i].calls, 1);
}

/* Takes the place of all others. */
static void take_over(void *context)
{
    struct watched *watched = context;
    struct fixture *fixture = watched->fixture;
    take(watched);
    for (size_t i = 0; i < MANY / 2; i++)
        event_loop_unwatch(fixture->loop, fixture->watched[i].fd);
    for (size_t i = MANY / 2; i < MANY; i++) {
        event_loop_watch(fixture->loop, fixture->watched[i].fd, take, &fixture->watched[i]);
        ring_bell(fixture->watched[i].fd);
    }
}

static void a_function_may_watch_and_unwatch(void **state)
{
    struct fixture *fixture = *state;
    event_loop_watch(fixture->loop, fixture->watched[0].fd, take_over, &fixture->watched[0]);
    for (size_t i = 1; i < MANY / 2; i++)
        event_loop_watch(fixture->loop, fixture->watched[i].fd, take, &fixture->watched[i]);
    for (size_t i = 0; i < MANY / 2; i++)
        ring_bell(fixture->watched[i].fd);
    fixture->expected = 1 + MANY / 2;
    event_loop_set_step(fixture->loop, give_up, fixture);
    event_loop_run(fixture->loop);
    for (size_t i = 0; i < MANY; i++)
        assert_int_equal(fixture->watched[i].calls, i == 0 || i >= MANY / 2);
}

static void a_signal_is_told(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(raise(SIGTERM), 0);
    event_loop_run(fixture->loop);
    assert_int_equal(fixture->signal, SIGTERM);
}

static void step(void *context)
{
    struct fixture *fixture = context;
    if (++fixture->steps == 10)
        event_loop_stop(fixture->loop);
}

static void steps_do_not_wait(void **state)
{
    struct fixture *fixture = *state;
    const int timer = timer_open();
    event_loop_watch(fixture->loop, timer, take, NULL);
    event_loop_set_step(fixture->loop, step, fixture);
    event_loop_run(fixture->loop);
    assert_int_equal(fixture->steps, 10);
    timer_close(timer);
}

static void no_descriptor_is_an_error(void **state)
{
    (void)state;
    struct rlimit limit, none;
    assert_int_equal(getrlimit(RLIMIT_NOFILE, &limit), 0);
    none = limit;
    none.rlim_cur = 0;
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &none), 0);
    errno = 0;
    struct event_loop *loop = event_loop_new(on_signal, NULL);
    const int error = errno, timer = timer_open();
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &limit), 0);
    assert_null(loop);
    assert_int_equal(error, EMFILE);
    assert_int_equal(timer, -1);
}

/* Stops what would wait for ever. */
static void stop_at_the_first(void *context)
{
    struct fixture *fixture = context;
    fixture->steps++;
    if (fixture->steps == 1)
        ring_bell(fixture->watched[0].fd);
    else
        event_loop_stop(fixture->loop);
}

static void take_bell(void *context)
{
    const struct watched *watched = context;
    uint64_t count;
    assert_int_equal(read(watched->fd, &count, sizeof count), sizeof count);
    assert_int_equal(watched->fixture->steps, 1);
}

/* Before anything happens, too: nothing may happen for a long while. */
static void after_is_called_before_the_first_wait(void **state)
{
    struct fixture *fixture = *state;
    event_loop_watch(fixture->loop, fixture->watched[0].fd, take_bell, &fixture->watched[0]);
    event_loop_set_after(fixture->loop, stop_at_the_first, fixture);
    alarm(20);
    event_loop_run(fixture->loop);
    alarm(0);
    assert_int_equal(fixture->steps, 2);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(all_of_many_are_called),
        TEST(a_function_may_watch_and_unwatch),
        TEST(a_signal_is_told),
        TEST(steps_do_not_wait),
        TEST(after_is_called_before_the_first_wait),
        cmocka_unit_test(no_descriptor_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
