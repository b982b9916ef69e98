/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * pasapas-page: which control of the browser's page has the focus, and where a label is. A program
 * of its own, as the browser can make it wait or hang.
 *
 *     pasapas-page focus          ROLE TAB NAME
 *     pasapas-page find LABEL     ROLE TAB NAME TAB here|forward|backward
 *     pasapas-page go LABEL       the same, once the focus is there; nothing is pressed
 *     pasapas-page serve          reads such commands, a line each, and answers each with a line:
 *                                 "found" and the above, "absent" or "silent", with tabs between
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

#include <errno.h>
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

/* Longest command: a label of a guide and its verb. */
#define LINE_MAX_BYTES 2048

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
static void obey(struct atspi *bus, char *line)
{
    line[strcspn(line, "\n")] = '\0';
    char *label = strchr(line, ' ');
    if (label)
        *label++ = '\0';
    if (is_command(line, label) && (!label || text_is_clean(label)))
        carry_out(bus, line, label, true);
    else
        puts("wrong");
    fflush(stdout);
}

/* The bus, or NULL. */
static struct atspi *open_bus(void)
{
    alarm(LIMIT_S);
    struct atspi *bus = atspi_open();
    alarm(0);
    return bus;
}

/* Until the session closes its end. Tells whoever watches over it what is to be put back. */
static int obey_all(int told)
{
    char line[LINE_MAX_BYTES];
    bool before = true;
    struct atspi *bus = open_bus();
    if (!bus)
        return SILENT;
    const bool changes = !atspi_get_enabled(&before) && !before;
    const char byte = changes ? 'x' : '-';
    if (write(told, &byte, 1) != 1)
        return SILENT;
    if (changes)
        atspi_set_enabled(true);
    while (fgets(line, sizeof line, stdin))
        obey(bus, line);
    atspi_close(bus);
    return FOUND;
}

static volatile sig_atomic_t worker;

static void end_worker(int signal_number)
{
    (void)signal_number;
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

/* Puts back what was changed for browsers, however the worker ended. */
static int watch_over(int told)
{
    static const int ends[] = {SIGTERM, SIGINT, SIGHUP};
    char byte = '-';
    for (size_t i = 0; i < COUNT_OF(ends); i++)
        signal(ends[i], end_worker);
    const int code = wait_for_worker();
    alarm(LIMIT_S);
    if (read(told, &byte, 1) == 1 && byte == 'x')
        atspi_set_enabled(false);
    return code;
}

static int serve(void)
{
    int told[2];
    if (pipe(told))
        return SILENT;
    worker = fork();
    if (worker < 0)
        return SILENT;
    const int code = worker ? (close(told[1]), watch_over(told[0])) : obey_all(told[1]);
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
