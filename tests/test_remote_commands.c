/* SPDX-License-Identifier: GPL-3.0-or-later */
/* remote_commands: what is told from outside arrives, once, whole and clean; and nobody else
 * listens. */
#include "app/remote_commands.h"
#include "base/mem.h"
#include "support/store.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cmocka.h>

struct fixture {
    char *root;
    char *folder;
    struct remote_commands *remote;
};

static int set_up(void **state)
{
    struct fixture *fixture = xcalloc(1, sizeof *fixture);
    fixture->root = store_make();
    fixture->folder = xasprintf("%s/pasapas", fixture->root);
    setenv("XDG_RUNTIME_DIR", fixture->root, 1);
    *state = fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    remote_commands_close(fixture->remote);
    store_remove(fixture->root);
    free(fixture->folder);
    free(fixture);
    return 0;
}

static void assert_received(struct fixture *fixture, const char *expected)
{
    struct remote_command command;
    struct pollfd wait = {.fd = remote_commands_fd(fixture->remote), .events = POLLIN};
    assert_int_equal(poll(&wait, 1, 10000), 1);
    assert_int_equal(remote_commands_receive(fixture->remote, &command), 0);
    assert_string_equal(command.line, expected);
    assert_false(command.asks);
}

static void what_is_told_arrives(void **state)
{
    struct fixture *fixture = *state;
    struct remote_command command = {.line = "as before"};
    assert_int_equal(remote_commands_open(&fixture->remote), 0);
    assert_int_equal(remote_commands_receive(fixture->remote, &command), -1);
    assert_string_equal(command.line, "as before");
    assert_int_equal(remote_commands_send("suivant"), 0);
    assert_int_equal(remote_commands_send("où suis-je"), 0);
    assert_received(fixture, "suivant");
    assert_received(fixture, "où suis-je");
    assert_int_equal(remote_commands_receive(fixture->remote, &command), -1);
}

static void only_its_owner_can_reach_it(void **state)
{
    struct fixture *fixture = *state;
    struct stat status;
    char *path = xasprintf("%s/session", fixture->folder);
    const mode_t before = umask(0);
    assert_int_equal(remote_commands_open(&fixture->remote), 0);
    assert_int_equal(umask(before), 0); /* it is as it was */
    assert_int_equal(stat(path, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0700); /* of a socket */
    assert_int_equal(stat(fixture->folder, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0700);
    free(path);
}

static void a_folder_that_others_can_look_into_is_not_used(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(mkdir(fixture->folder, 0700), 0);
    assert_int_equal(chmod(fixture->folder, 0755), 0);
    assert_int_equal(remote_commands_open(&fixture->remote), -1);
    assert_int_equal(errno, EACCES);
    assert_int_equal(remote_commands_send("suivant"), -1);
    assert_int_equal(errno, EACCES);
}

static void nobody_is_there(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(remote_commands_send("suivant"), -1);
    assert_int_equal(errno, ENOENT);
    assert_int_equal(remote_commands_open(&fixture->remote), 0);
    remote_commands_close(fixture->remote);
    fixture->remote = NULL;
    assert_int_equal(remote_commands_send("suivant"), -1);
    assert_int_equal(errno, ENOENT);
}

static void there_is_one_session(void **state)
{
    struct fixture *fixture = *state;
    struct remote_commands *second = NULL;
    assert_int_equal(remote_commands_open(&fixture->remote), 0);
    assert_int_equal(remote_commands_open(&second), -1);
    assert_int_equal(errno, EADDRINUSE);
    /* The first is not disturbed. */
    struct remote_command command;
    while (!remote_commands_receive(fixture->remote, &command)) {
    }
    assert_int_equal(remote_commands_send("aide"), 0);
    assert_received(fixture, "aide");
}

static void what_a_killed_session_left_is_taken_over(void **state)
{
    struct fixture *fixture = *state;
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    assert_int_equal(mkdir(fixture->folder, 0700), 0);
    snprintf(address.sun_path, sizeof address.sun_path, "%.90s/session", fixture->folder);
    const int fd = socket(AF_UNIX, SOCK_DGRAM, 0);
    assert_int_equal(bind(fd, (const struct sockaddr *)&address, sizeof address), 0);
    close(fd);
    assert_int_equal(remote_commands_send("aide"), -1);
    assert_int_equal(errno, ECONNREFUSED);
    assert_int_equal(remote_commands_open(&fixture->remote), 0);
    assert_int_equal(remote_commands_send("aide"), 0);
    assert_received(fixture, "aide");
}

static void what_has_its_name_and_is_no_socket_stays(void **state)
{
    struct fixture *fixture = *state;
    char *path = xasprintf("%s/session", fixture->folder);
    assert_int_equal(mkdir(fixture->folder, 0700), 0);
    assert_int_equal(mkdir(path, 0700), 0);
    assert_int_equal(remote_commands_open(&fixture->remote), -1);
    assert_int_equal(errno, EADDRINUSE);
    assert_int_equal(access(path, F_OK), 0);
    free(path);
}

static void a_line_has_its_limit(void **state)
{
    struct fixture *fixture = *state;
    char line[REMOTE_COMMANDS_LINE_MAX + 1];
    memset(line, 'a', sizeof line);
    line[REMOTE_COMMANDS_LINE_MAX] = '\0';
    assert_int_equal(remote_commands_open(&fixture->remote), 0);
    assert_int_equal(remote_commands_send(line), -1);
    assert_int_equal(errno, EMSGSIZE);
    line[REMOTE_COMMANDS_LINE_MAX - 1] = '\0';
    assert_int_equal(remote_commands_send(line), 0);
    assert_received(fixture, line);
}

static void what_is_no_text_is_dropped(void **state)
{
    struct fixture *fixture = *state;
    struct remote_command command = {.line = "as before"};
    assert_int_equal(remote_commands_open(&fixture->remote), 0);
    assert_int_equal(remote_commands_send("a\x1b[31m"), 0);
    assert_int_equal(remote_commands_receive(fixture->remote, &command), -1);
    assert_int_equal(remote_commands_send("\xff"), 0);
    assert_int_equal(remote_commands_receive(fixture->remote, &command), -1);
    assert_string_equal(command.line, "as before");
    assert_int_equal(remote_commands_send("aide"), 0);
    assert_received(fixture, "aide");
}

struct answering {
    struct remote_commands *remote;
    struct remote_command command;
};

static void *answer_one(void *context)
{
    struct answering *answering = context;
    struct pollfd wait = {.fd = remote_commands_fd(answering->remote), .events = POLLIN};
    if (poll(&wait, 1, 10000) == 1 &&
        !remote_commands_receive(answering->remote, &answering->command))
        remote_commands_answer(answering->remote, &answering->command, "étape 2");
    return NULL;
}

static void who_asks_is_answered(void **state)
{
    struct fixture *fixture = *state;
    static const char *const lines[] = {"suivant", ""};
    assert_int_equal(remote_commands_open(&fixture->remote), 0);
    for (size_t i = 0; i < COUNT_OF(lines); i++) {
        struct answering answering = {.remote = fixture->remote};
        pthread_t thread;
        char *answer = NULL;
        assert_int_equal(pthread_create(&thread, NULL, answer_one, &answering), 0);
        assert_int_equal(remote_commands_ask(lines[i], &answer), 0);
        pthread_join(thread, NULL);
        assert_string_equal(answer, "étape 2");
        assert_string_equal(answering.command.line, lines[i]);
        assert_true(answering.command.asks);
        free(answer);
    }
}

static void who_is_not_answered_is_told(void **state)
{
    struct fixture *fixture = *state;
    char *answer = NULL;
    assert_int_equal(remote_commands_ask("aide", &answer), -1);
    assert_int_equal(errno, ENOENT);
    assert_int_equal(remote_commands_open(&fixture->remote), 0);
    assert_int_equal(remote_commands_ask("aide", &answer), -1);
    assert_int_equal(errno, EAGAIN);
    assert_null(answer);
}

static void a_path_that_is_too_long_for_a_socket_is_told(void **state)
{
    struct fixture *fixture = *state;
    char name[100];
    memset(name, 'x', sizeof name);
    name[sizeof name - 1] = '\0';
    char *deep = xasprintf("%s/%s", fixture->root, name);
    setenv("XDG_RUNTIME_DIR", deep, 1);
    assert_int_equal(remote_commands_open(&fixture->remote), -1);
    assert_int_equal(errno, ENAMETOOLONG);
    free(deep);
}

static void a_folder_that_cannot_be_made_is_told(void **state)
{
    struct fixture *fixture = *state;
    store_write(fixture->folder, "", 0);
    assert_int_equal(remote_commands_open(&fixture->remote), -1);
    assert_int_equal(errno, EACCES);
    setenv("XDG_RUNTIME_DIR", "/dev/null", 1);
    assert_int_equal(remote_commands_send("aide"), -1);
    assert_int_equal(errno, ENOTDIR);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(what_is_told_arrives),
        TEST(only_its_owner_can_reach_it),
        TEST(a_folder_that_others_can_look_into_is_not_used),
        TEST(nobody_is_there),
        TEST(there_is_one_session),
        TEST(what_a_killed_session_left_is_taken_over),
        TEST(what_has_its_name_and_is_no_socket_stays),
        TEST(a_line_has_its_limit),
        TEST(what_is_no_text_is_dropped),
        TEST(who_asks_is_answered),
        TEST(who_is_not_answered_is_told),
        TEST(a_path_that_is_too_long_for_a_socket_is_told),
        TEST(a_folder_that_cannot_be_made_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
