/* SPDX-License-Identifier: GPL-3.0-or-later */
/* device_news: what is written beside ALSA's file is no news, and where nothing can be watched
 * there is none. Devices themselves come and go in tests/devices-pulse.sh. */
#include "audio/device_news.h"
#include "base/mem.h"
#include "support/store.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static char *home;

static int set_up(void **state)
{
    (void)state;
    home = store_make();
    char *pulse = xasprintf("%s/pulse", home);
    const int result = mkdir(pulse, 0700);
    free(pulse);
    setenv("HOME", home, 1);
    setenv("XDG_RUNTIME_DIR", home, 1);
    return result;
}

static int tear_down(void **state)
{
    (void)state;
    store_remove(home);
    return 0;
}

/* Writes or renames a file below the home; what is told of it. */
static int news_of(int fd, const char *name)
{
    char *path = xasprintf("%s/%s", home, name);
    store_write(path, "x", 1);
    free(path);
    return device_news_take(fd);
}

static void the_default_may_be_another_one(void **state)
{
    (void)state;
    const int fd = device_news_open();
    assert_true(fd >= 0);
    assert_int_equal(device_news_take(fd), 0);
    assert_int_equal(news_of(fd, "notes"), 0);
    assert_int_equal(news_of(fd, ".asoundrc"), DEVICE_NEWS_DEFAULT);
    assert_int_equal(device_news_take(fd), 0);
    /* As an editor does it. */
    char *from = xasprintf("%s/.asoundrc.new", home), *to = xasprintf("%s/.asoundrc", home);
    assert_int_equal(news_of(fd, ".asoundrc.new"), 0);
    assert_int_equal(rename(from, to), 0);
    assert_int_equal(device_news_take(fd), DEVICE_NEWS_DEFAULT);
    free(from);
    free(to);
    close(fd);
}

static void a_server_comes_and_goes(void **state)
{
    (void)state;
    char *path = xasprintf("%s/pulse/native", home);
    const int fd = device_news_open();
    assert_int_equal(news_of(fd, "pulse/native"), DEVICE_NEWS_DEVICES);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(device_news_take(fd), DEVICE_NEWS_DEVICES);
    /* Both at once are told as one. */
    store_write(path, "x", 1);
    assert_int_equal(news_of(fd, ".asoundrc"), DEVICE_NEWS_DEVICES | DEVICE_NEWS_DEFAULT);
    free(path);
    close(fd);
}

static void without_a_home_the_rest_is_watched(void **state)
{
    (void)state;
    unsetenv("HOME");
    const int homeless = device_news_open();
    setenv("HOME", home, 1);
    unsetenv("XDG_RUNTIME_DIR");
    const int serverless = device_news_open();
    char *path = xasprintf("%s/pulse/native", home);
    store_write(path, "x", 1);
    assert_int_equal(news_of(serverless, ".asoundrc"), DEVICE_NEWS_DEFAULT);
    assert_int_equal(device_news_take(homeless), DEVICE_NEWS_DEVICES);
    free(path);
    close(homeless);
    close(serverless);
}

static void without_a_descriptor_there_is_no_news(void **state)
{
    (void)state;
    struct rlimit before, none;
    assert_int_equal(getrlimit(RLIMIT_NOFILE, &before), 0);
    none = before;
    none.rlim_cur = 0;
    setrlimit(RLIMIT_NOFILE, &none);
    const int fd = device_news_open();
    setrlimit(RLIMIT_NOFILE, &before);
    assert_int_equal(fd, -1);
    assert_int_equal(device_news_take(fd), 0);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(the_default_may_be_another_one),
        TEST(a_server_comes_and_goes),
        TEST(without_a_home_the_rest_is_watched),
        TEST(without_a_descriptor_there_is_no_news),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
