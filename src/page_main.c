/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * pasapas-page: which control of the browser's page has the focus, and where a label is. A program
 * of its own, as the browser can make it wait or hang.
 *
 *     pasapas-page focus          ROLE TAB NAME
 *     pasapas-page find LABEL     ROLE TAB NAME TAB here|forward|backward
 *     pasapas-page go LABEL       the same, once the focus is there; nothing is pressed
 *     pasapas-page serve          reads such commands, a line each, and answers each with a line:
 *                                 "found" and the above, "absent" or "silent", with tabs between;
 *                                 after "watch LABEL" it says "reached" when the focus comes there,
 *                                 and "pressed" when the page gives way then, until "rest"
 *
 * Ends with 0; 1: not on this page; 2: wrong use; 3: no browser, or no answer. No answer takes
 * longer than LIMIT_S.
 */
#include "base/mem.h"
#include "base/messages.h"
#include "base/messages_load.h"
#include "base/standard_fds.h"
#include "base/text.h"
#include "page/atspi.h"
#include "page/browser.h"
#include "page/enabling.h"
#include "page/watch.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

enum { FOUND = 0, ABSENT = 1, USAGE = 2, SILENT = 3 };

/* No answer takes longer, whatever the library waits for. */
#define LIMIT_S 3

/* Longest command: a label of a guide with its other names, and a verb. */
#define LINE_MAX_BYTES 32768

static void give_up(int signal_number)
{
    (void)signal_number;
    _exit(SILENT);
}

static void print_control(const struct browser_control *control, bool searched, const char *before)
{
    const char *parts[5];
    size_t count = 0;
    if (before)
        parts[count++] = before;
    parts[count++] = page_role_word(control->role);
    parts[count++] = control->name;
    if (searched)
        parts[count++] = page_direction_word(control->direction);
    parts[count] = NULL;
    char *line = page_line(parts);
    puts(line);
    free(line);
}

/* Carries a command out. An exit code; `label` is NULL for "focus". `serving`: the answer is told
 * in words. */
static int carry_out(struct atspi *bus, const char *verb, const char *label, bool serving)
{
    struct browser_control control = {0};
    static const char *const words[] = {"found", "absent", "silent"};
    alarm(LIMIT_S);
    const enum browser_answer answer = label
                                           ? browser_find(bus, label, !strcmp(verb, "go"), &control)
                                           : browser_focus(bus, &control);
    alarm(0);
    if (answer == BROWSER_FOUND)
        print_control(&control, label != NULL, serving ? words[0] : NULL);
    else if (serving)
        puts(words[answer]);
    free(control.name);
    return answer == BROWSER_FOUND ? FOUND : answer == BROWSER_ABSENT ? ABSENT : SILENT;
}

static bool is_command(const char *verb, const char *label)
{
    if (!strcmp(verb, "focus"))
        return !label;
    return (!strcmp(verb, "find") || !strcmp(verb, "go")) && label && *label;
}

/* A line of the session's. */
static void obey(struct atspi *bus, struct watch *watch, char *line)
{
    char *label = strchr(line, ' ');
    if (label)
        *label++ = '\0';
    const bool clean = !label || text_is_clean(label);
    if (is_command(line, label) && clean) {
        const bool found = carry_out(bus, line, label, true) == FOUND;
        /* Who was brought there knows it. */
        if (found && !strcmp(line, "go") && watch->label && !strcmp(watch->label, label))
            watch->there = true;
    } else if (clean &&
               (!strcmp(line, "rest") ? !label : !strcmp(line, "watch") && label && *label)) {
        (void)watch_for(watch, bus, label);
    } else {
        puts("wrong");
    }
    fflush(stdout);
}

/* What was read of the session and is no whole line yet. */
struct input {
    char bytes[LINE_MAX_BYTES];
    size_t length;
};

/* Reads what is there, and obeys its whole lines. -1: the session closed its end, or writes too
 * much. */
static int take_input(struct input *input, struct atspi *bus, struct watch *watch)
{
    const ssize_t got =
        read(STDIN_FILENO, input->bytes + input->length, sizeof input->bytes - input->length);
    if (got <= 0)
        return got < 0 && errno == EINTR ? 0 : -1;
    input->length += (size_t)got;
    char *end;
    while ((end = memchr(input->bytes, '\n', input->length))) {
        const size_t taken = (size_t)(end - input->bytes) + 1;
        *end = '\0';
        obey(bus, watch, input->bytes);
        input->length -= taken;
        memmove(input->bytes, input->bytes + taken, input->length);
    }
    return input->length < sizeof input->bytes ? 0 : -1;
}

/* Tells what came of the events that are there. -1: the bus is gone. */
static int take_events(struct atspi *bus, struct watch *watch)
{
    struct atspi_event event = {.kind = ATSPI_EVENT_NONE};
    alarm(LIMIT_S);
    int result = atspi_next_event(bus, &event);
    while (!result && event.kind) {
        const enum watch_news news = watch_take(watch, bus, &event);
        if (news)
            puts(news == WATCH_REACHED ? "reached" : "pressed");
        atspi_ref_clear(&event.source);
        result = atspi_next_event(bus, &event);
    }
    alarm(0);
    fflush(stdout);
    return result;
}

/* The bus, or NULL. */
static struct atspi *open_bus(void)
{
    alarm(LIMIT_S);
    struct atspi *bus = atspi_open();
    alarm(0);
    return bus;
}

/* Until the session closes its end. */
static int obey_all(void)
{
    struct atspi *bus = open_bus();
    struct input input = {.length = 0};
    struct watch watch = {.label = NULL};
    if (!bus)
        return SILENT;
    struct pollfd ends[] = {{.fd = STDIN_FILENO, .events = POLLIN},
                            {.fd = atspi_fd(bus), .events = POLLIN}};
    int result = 0;
    while (!result) {
        /* What came during a call waits in the library, not in the socket. */
        result = take_events(bus, &watch);
        if (!result && poll(ends, COUNT_OF(ends), -1) > 0 && ends[0].revents)
            result = take_input(&input, bus, &watch);
    }
    free(watch.label);
    atspi_close(bus);
    return FOUND;
}

static volatile sig_atomic_t worker, over;

static void end_worker(int signal_number)
{
    (void)signal_number;
    over = 1;
    if (worker > 0)
        kill((pid_t)worker, SIGKILL);
}

static int wait_for_worker(void)
{
    int status;
    while (waitpid((pid_t)worker, &status, 0) < 0)
        if (errno != EINTR)
            return SILENT;
    return WIFEXITED(status) ? WEXITSTATUS(status) : SILENT;
}

static void on_ends(void (*handler)(int))
{
    static const int ends[] = {SIGTERM, SIGINT, SIGHUP};
    for (size_t i = 0; i < COUNT_OF(ends); i++)
        signal(ends[i], handler);
}

/* Puts back what was changed for browsers, however the worker ends. */
static int serve(void)
{
    int code = SILENT;
    on_ends(end_worker);
    alarm(LIMIT_S);
    const int lock = enabling_begin();
    alarm(0);
    worker = over ? -1 : fork();
    if (!worker) {
        on_ends(SIG_DFL);
        return obey_all();
    }
    if (worker > 0 && over)
        kill((pid_t)worker, SIGKILL);
    if (worker > 0)
        code = wait_for_worker();
    alarm(LIMIT_S);
    enabling_end(lock);
    return code;
}

static int print_words(FILE *stream, enum message id, int code)
{
    struct messages *messages = messages_load_builtin();
    fprintf(stream, "%s\n", messages_text(messages, id));
    messages_free(messages);
    return code;
}

int main(int argc, char **argv)
{
    standard_fds_open();
    if (argc == 2 && !strcmp(argv[1], "--help"))
        return print_words(stdout, MSG_PAGE_HELP, FOUND);
    const bool serving = argc == 2 && !strcmp(argv[1], "serve");
    if (!serving && (argc < 2 || argc > 3 || !is_command(argv[1], argv[2])))
        return print_words(stderr, MSG_PAGE_USAGE, USAGE);
    signal(SIGALRM, give_up);
    if (serving)
        return serve();
    struct atspi *bus = open_bus();
    const int code = bus ? carry_out(bus, argv[1], argv[2], false) : SILENT;
    atspi_close(bus);
    return code == SILENT ? print_words(stderr, MSG_PAGE_SILENT, SILENT) : code;
}
