/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/page_companion.h"

#include "app/event_loop.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "base/timer.h"

#include <errno.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

#define PROGRAM "pasapas-page"

/* Longer than any answer is wrong. */
#define ANSWER_MAX 4096

struct page_companion {
    struct event_loop *loop;
    page_companion_sink sink;
    void *context;
    int socket; /* to the process, or -1: there is none */
    pid_t process;
    pid_t *ended; /* told to end, not waited for yet: they put back what they changed first */
    size_t ended_count, ended_capacity;
    int timer;
    bool asked, moves, looking; /* looking: it was told that it takes a while */
    size_t lines;               /* how many are waited for */
    struct strbuf read;         /* what is no whole line yet */
    struct strbuf answer;       /* the lines of the answer that are there already */
    char *watched;              /* a label, or NULL */
};

static void on_answer(void *context);
static void on_timer(void *context);

struct page_companion *page_companion_open(struct event_loop *loop, page_companion_sink sink,
                                           void *context)
{
    struct page_companion *companion = xcalloc(1, sizeof *companion);
    *companion = (struct page_companion){
        .loop = loop, .sink = sink, .context = context, .socket = -1, .timer = timer_open()};
    event_loop_watch(loop, companion->timer, on_timer, companion);
    return companion;
}

/* --- the process ------------------------------------------------------------------------------ */

/* Beside this program, else wherever programs are. To be freed with free(). */
static char *find_program(void)
{
    char own[4096];
    const ssize_t length = readlink("/proc/self/exe", own, sizeof own - 1);
    if (length > 0) {
        own[length] = '\0';
        char *slash = strrchr(own, '/');
        char *beside = slash ? xasprintf("%.*s/" PROGRAM, (int)(slash - own), own) : NULL;
        if (beside && !access(beside, X_OK))
            return beside;
        free(beside);
    }
    return xstrdup(PROGRAM);
}

/* The signals that our loop takes are its own business, not the child's. */
static int spawn(pid_t *ret_process, int socket)
{
    char *program = find_program();
    char *arguments[] = {program, "serve", NULL};
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t none;
    sigemptyset(&none);
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, socket, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, socket, STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", 1, 0);
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setsigmask(&attributes, &none);
    /* Ctrl-C at our terminal is for us: our end is its end. */
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSID);
    const int error = posix_spawnp(ret_process, program, &actions, &attributes, arguments, environ);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    free(program);
    return error ? -1 : 0;
}

/* Waits for none that has not ended yet. */
static void reap(struct page_companion *companion)
{
    size_t left = 0;
    for (size_t i = 0; i < companion->ended_count; i++)
        if (!waitpid(companion->ended[i], NULL, WNOHANG))
            companion->ended[left++] = companion->ended[i];
    companion->ended_count = left;
}

/* Takes lines over. 0, or -1. */
static int tell_process(const struct page_companion *companion, char *lines)
{
    const ssize_t length = (ssize_t)strlen(lines);
    const bool sent =
        send(companion->socket, lines, (size_t)length, MSG_NOSIGNAL | MSG_DONTWAIT) == length;
    free(lines);
    return sent ? 0 : -1;
}

static int tell_watched(const struct page_companion *companion)
{
    return tell_process(companion, companion->watched ? xasprintf("watch %s\n", companion->watched)
                                                      : xstrdup("rest\n"));
}

/* Where there is none, starts one and tells it what is watched for. 0, or -1. */
static int start(struct page_companion *companion)
{
    int ends[2];
    if (companion->socket >= 0)
        return 0;
    reap(companion);
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends))
        return -1;
    const int failed = spawn(&companion->process, ends[1]);
    close(ends[1]);
    if (failed) {
        close(ends[0]);
        return -1;
    }
    companion->socket = ends[0];
    event_loop_watch(companion->loop, companion->socket, on_answer, companion);
    return companion->watched ? tell_watched(companion) : 0;
}

static void forget_question(struct page_companion *companion)
{
    companion->asked = companion->looking = false;
    timer_start(companion->timer, 0);
    strbuf_free(&companion->answer);
}

/* Ends the process; what was watched for is again, by the next one. */
static void end_process(struct page_companion *companion)
{
    forget_question(companion);
    strbuf_free(&companion->read);
    if (companion->socket < 0)
        return;
    event_loop_unwatch(companion->loop, companion->socket);
    close(companion->socket);
    companion->socket = -1;
    /* It puts back what it changed for browsers, in its own time. */
    kill(companion->process, SIGTERM);
    companion->ended = mem_grow(companion->ended, &companion->ended_capacity,
                                companion->ended_count + 1, sizeof *companion->ended);
    companion->ended[companion->ended_count++] = companion->process;
    companion->process = 0;
    reap(companion);
}

static void forget_watched(struct page_companion *companion)
{
    free(companion->watched);
    companion->watched = NULL;
}

void page_companion_end(struct page_companion *companion)
{
    forget_watched(companion);
    end_process(companion);
}

void page_companion_close(struct page_companion *companion)
{
    if (!companion)
        return;
    page_companion_end(companion);
    event_loop_unwatch(companion->loop, companion->timer);
    timer_close(companion->timer);
    free(companion->ended);
    free(companion);
}

/* --- asking ----------------------------------------------------------------------------------- */

/* No answer will come: the next question goes to a new process. */
static void give_up(struct page_companion *companion, enum page_seen_kind kind)
{
    const bool asked = companion->asked;
    const struct page_seen seen = {.kind = kind, .name = ""};
    end_process(companion);
    if (asked)
        companion->sink(companion->context, &seen);
}

void page_companion_ask(struct page_companion *companion, const char *label, bool moves)
{
    if (companion->asked)
        end_process(companion);
    companion->asked = true;
    companion->moves = moves;
    if (start(companion)) {
        give_up(companion, PAGE_SEEN_MISSING);
        return;
    }
    /* The search waits for a browser that was only just told that somebody looks: it goes first. */
    char *lines = moves   ? xasprintf("go %s\n", label)
                  : label ? xasprintf("find %s\nfocus\n", label)
                          : xstrdup("focus\n");
    companion->lines = label && !moves ? 2 : 1;
    if (!tell_process(companion, lines))
        timer_start(companion->timer, PAGE_COMPANION_SOON_MS);
    else
        give_up(companion, PAGE_SEEN_SILENT);
}

void page_companion_watch(struct page_companion *companion, const char *label)
{
    forget_watched(companion);
    if (label)
        companion->watched = xstrdup(label);
    if (companion->socket >= 0 ? tell_watched(companion) : label && start(companion))
        give_up(companion, PAGE_SEEN_SILENT);
}

static void on_timer(void *context)
{
    struct page_companion *companion = context;
    timer_clear(companion->timer);
    if (!companion->asked)
        return;
    if (companion->looking) {
        give_up(companion, PAGE_SEEN_SILENT);
        return;
    }
    companion->looking = true;
    timer_start(companion->timer, PAGE_COMPANION_LATE_MS - PAGE_COMPANION_SOON_MS);
    companion->sink(companion->context, &(struct page_seen){PAGE_SEEN_LOOKING, .name = ""});
}

/* --- answers ---------------------------------------------------------------------------------- */

/* Cuts the text at its next `end`; returns what comes behind, or NULL if there is none. */
static char *cut(char *text, char end)
{
    char *at = strchr(text, end);
    if (at)
        *at++ = '\0';
    return at;
}

/* A line of the companion's: "found", role, name and perhaps direction; or "absent". 0, or -1: it
 * is no answer. */
static int read_line(char *line, struct page_seen *seen)
{
    char *role = cut(line, '\t');
    if (!strcmp(line, "absent")) {
        seen->found = false;
        return 0;
    }
    char *name = role ? cut(role, '\t') : NULL;
    if (!name || strcmp(line, "found"))
        return -1;
    char *direction = cut(name, '\t');
    if (direction) {
        seen->found = true;
        return page_direction_find(direction, &seen->direction);
    }
    seen->name = name;
    return page_role_find(role, &seen->role);
}

/* All that was waited for, a line each, is there. */
static void tell(struct page_companion *companion)
{
    struct strbuf answer = companion->answer;
    companion->answer = (struct strbuf){0};
    struct page_seen seen = {.kind = PAGE_SEEN_ANSWER, .moved = companion->moves, .name = ""};
    int wrong = 0;
    char *line = answer.text;
    for (size_t i = 0; i < companion->lines; i++) {
        char *next = cut(line, '\n');
        wrong |= read_line(line, &seen);
        line = next;
    }
    if (wrong)
        seen = (struct page_seen){.kind = PAGE_SEEN_SILENT, .name = ""};
    forget_question(companion);
    companion->sink(companion->context, &seen);
    strbuf_free(&answer);
}

static size_t count_lines(const struct strbuf *text)
{
    size_t count = 0;
    for (size_t i = 0; i < text->length; i++)
        count += text->text[i] == '\n';
    return count;
}

/* What it tells by itself. Is it that? */
static bool take_news(const struct page_companion *companion, const char *line)
{
    static const struct {
        const char *word;
        enum page_seen_kind kind;
    } news[] = {{"reached", PAGE_SEEN_REACHED}, {"pressed", PAGE_SEEN_PRESSED}};
    for (size_t i = 0; i < COUNT_OF(news); i++)
        if (!strcmp(line, news[i].word)) {
            /* Whoever is told may have something else watched for. */
            char *label = xstrdup(companion->watched ? companion->watched : "");
            companion->sink(companion->context,
                            &(struct page_seen){.kind = news[i].kind, .name = label});
            free(label);
            return true;
        }
    return false;
}

/* A whole line. 0, or -1: nobody asked for it. */
static int take_line(struct page_companion *companion, const char *line)
{
    if (take_news(companion, line))
        return 0;
    if (!companion->asked)
        return -1;
    strbuf_add(&companion->answer, line);
    strbuf_add_char(&companion->answer, '\n');
    if (count_lines(&companion->answer) >= companion->lines)
        tell(companion);
    return 0;
}

/* The whole lines of what was read. */
static int take_lines(struct page_companion *companion)
{
    struct strbuf read = companion->read;
    companion->read = (struct strbuf){0};
    char *line = read.text;
    int result = 0;
    const pid_t process = companion->process;
    /* Whoever is told may end this process; the rest is of no use then. */
    for (char *next = cut(line, '\n'); next && !result && companion->process == process;
         next = cut(line, '\n')) {
        result = take_line(companion, line);
        line = next;
    }
    if (companion->process == process)
        strbuf_add(&companion->read, line);
    strbuf_free(&read);
    return result;
}

static void on_answer(void *context)
{
    struct page_companion *companion = context;
    char bytes[512];
    const ssize_t length = recv(companion->socket, bytes, sizeof bytes, MSG_DONTWAIT);
    if (length < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    /* It ended, or says what nobody asked for. */
    if (length <= 0 || companion->read.length > ANSWER_MAX || memchr(bytes, '\0', (size_t)length)) {
        give_up(companion, PAGE_SEEN_SILENT);
        return;
    }
    strbuf_add_bytes(&companion->read, bytes, (size_t)length);
    if (take_lines(companion))
        give_up(companion, PAGE_SEEN_SILENT);
}
