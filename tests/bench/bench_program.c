/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * bench_program: measures whole programs from outside, and pasapas with its sound tapped (taps.h).
 *
 *     cold N PROGRAM ARGUMENT...            start of the process to the first sample that sounds
 *     keys N PROGRAM ARGUMENT...            Enter to the first sample, Escape to silence
 *     single-keys N PROGRAM ARGUMENT...     the same with keys that act alone
 *     voice CLEAN.raw PROGRAM ARGUMENT...   spoken commands, alternately "répéter" and "silence"
 *     idle FROM SECONDS PROGRAM ARGUMENT... processor and memory, from FROM seconds after the start
 *     pipe N PROGRAM ARGUMENT...            start of the process to its first 2 KiB on stdout
 *     sink N PROGRAM ARGUMENT...            start of the process to sound at $BENCH_MONITOR, a
 * command that writes 16 bit mono 16 kHz to stdout, all the time fed CLEAN.raw FIFO NOISY.raw
 * PROGRAM ARGUMENT...  spoken commands to lines on stdout
 *
 * A line a sample: "sample", name, unit, goal, value, with tabs. The goal is "-" where there is
 * none. $TAPS_LIBRARY is taps.so and $PASAPAS_TAPS a file for it; without them nothing is tapped.
 * CLEAN.raw is the recording the program hears, without its noise, 16 bit mono 16 kHz: the ends of
 * the words are looked for in it.
 */
#include "base/mem.h"
#include "taps.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define RATE       16000
#define SOUNDING   300  /* ms of sound after which a key is pressed to stop it */
#define QUIET      200  /* ms without sound that are silence, not a pause between words */
#define QUIET_LONG 1200 /* the same, and not a pause between sentences */
#define WAIT_MS    60000

struct program {
    pid_t pid;
    int terminal; /* what it prints; keys go there too. -1: none */
    struct taps *taps;
};

struct line {
    long long us;
    bool heard; /* "> ..." */
};

/* What a program printed, by time. */
struct lines {
    struct line *items;
    size_t count, capacity;
    bool at_start;
};

static long long now_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000000LL + now.tv_nsec / 1000;
}

static void nap(long ms)
{
    nanosleep(&(struct timespec){ms / 1000, ms % 1000 * 1000000L}, NULL);
}

static void fail(const char *what)
{
    fprintf(stderr, "bench_program: %s: %s\n", what, strerror(errno));
    exit(1);
}

static void sample(const char *name, const char *unit, const char *goal, double value)
{
    printf("sample\t%s\t%s\t%s\t%.3f\n", name, unit, goal, value);
    fflush(stdout);
}

/* --- programs --------------------------------------------------------------------------------- */

static struct taps *map_taps(void)
{
    const char *path = getenv("PASAPAS_TAPS");
    if (!path || !getenv("TAPS_LIBRARY"))
        return NULL;
    unlink(path);
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0 || ftruncate(fd, sizeof(struct taps)))
        fail(path);
    void *map = mmap(NULL, sizeof(struct taps), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    close(fd);
    if (map == MAP_FAILED)
        fail(path);
    return map;
}

static void become(char **arguments, int input, int output)
{
    int nowhere = open("/dev/null", O_WRONLY);
    const char *library = getenv("TAPS_LIBRARY");
    dup2(input, 0);
    dup2(output, 1);
    dup2(nowhere, 2);
    if (library)
        setenv("LD_PRELOAD", library, 1);
    execvp(arguments[0], arguments);
    _exit(127);
}

/* With a terminal of its own, or with what it prints in a pipe and no input that ends. */
static struct program start(char **arguments, bool terminal)
{
    struct program program = {.taps = map_taps()};
    int input, output;
    if (terminal) {
        program.terminal = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
        if (program.terminal < 0 || grantpt(program.terminal) || unlockpt(program.terminal))
            fail("posix_openpt");
        input = output = open(ptsname(program.terminal), O_RDWR | O_NOCTTY);
    } else {
        int ends[2], never[2];
        if (pipe2(ends, O_CLOEXEC) || pipe2(never, O_CLOEXEC))
            fail("pipe");
        program.terminal = ends[0];
        input = never[0];
        output = ends[1];
    }
    program.pid = fork();
    if (program.pid < 0)
        fail("fork");
    if (!program.pid)
        become(arguments, input, output);
    close(output);
    fcntl(program.terminal, F_SETFL, O_NONBLOCK);
    return program;
}

/* Its end; what it used. */
static struct rusage finish(struct program *program, int signal)
{
    struct rusage used = {0};
    if (signal)
        kill(program->pid, signal);
    wait4(program->pid, NULL, 0, &used);
    close(program->terminal);
    if (program->taps)
        munmap(program->taps, sizeof *program->taps);
    return used;
}

/* Reads what was printed so far. False at the end. */
static bool read_lines(struct program *program, struct lines *lines)
{
    char bytes[4096];
    ssize_t got;
    while ((got = read(program->terminal, bytes, sizeof bytes)) > 0) {
        long long us = now_us();
        for (ssize_t i = 0; i < got; i++) {
            if (!lines || (i > 0 ? bytes[i - 1] != '\n' : !lines->at_start))
                continue;
            lines->items =
                mem_grow(lines->items, &lines->capacity, lines->count + 1, sizeof *lines->items);
            lines->items[lines->count++] = (struct line){us, bytes[i] == '>'};
        }
        if (lines)
            lines->at_start = bytes[got - 1] == '\n';
    }
    return got < 0 && errno == EAGAIN;
}

/* --- sound ------------------------------------------------------------------------------------ */

static unsigned count_of(const struct program *program)
{
    return atomic_load(&program->taps->count);
}

static bool is_out(const struct tap *tap)
{
    return tap->peak >= 0;
}

/* The first block after `us` that sounds; waits for it. 0: there was none. */
static long long first_sound(struct program *program, unsigned from, long long us)
{
    for (long long end = now_us() + WAIT_MS * 1000LL; now_us() < end; nap(1)) {
        for (unsigned count = count_of(program); from < count; from++) {
            const struct tap *tap = &program->taps->items[from];
            if (is_out(tap) && tap->us > us && tap->peak > 0)
                return tap->us;
        }
        if (!read_lines(program, NULL))
            break;
    }
    return 0;
}

/* The first block of silence after `us` that is followed by `ms` more of it; waits for it. */
static long long first_silence(struct program *program, unsigned from, long long us, int ms)
{
    long long since = 0;
    for (long long end = now_us() + WAIT_MS * 1000LL; now_us() < end; nap(1)) {
        for (unsigned count = count_of(program); from < count; from++) {
            const struct tap *tap = &program->taps->items[from];
            if (!is_out(tap) || tap->us <= us)
                continue;
            if (tap->peak > 0)
                since = 0;
            else if (!since)
                since = tap->us;
            if (since && tap->us - since > ms * 1000LL)
                return since;
        }
        if (!read_lines(program, NULL))
            break;
    }
    return 0;
}

/* Whether there was sound in the `ms` before `us`. */
static bool sounded(const struct program *program, long long us, int ms)
{
    for (unsigned i = count_of(program); i-- > 0;) {
        const struct tap *tap = &program->taps->items[i];
        if (is_out(tap) && tap->us < us && tap->peak > 0)
            return us - tap->us < ms * 1000LL;
    }
    return false;
}

/* --- the measurements ------------------------------------------------------------------------- */

static void cold(int n, char **arguments)
{
    for (int i = 0; i < n; i++) {
        long long begin = now_us();
        struct program program = start(arguments, false);
        long long sound = first_sound(&program, 0, begin);
        if (sound)
            sample("cold start to first sample", "ms", "<= 150", (double)(sound - begin) / 1000);
        finish(&program, SIGTERM);
    }
}

static long long press(struct program *program, const char *keys)
{
    long long us = now_us();
    const ssize_t length = (ssize_t)strlen(keys);
    if (write(program->terminal, keys, (size_t)length) != length)
        fail("a key");
    return us;
}

/* What is pressed to hear something and to stop it, and what that is called. */
struct pressed {
    const char *say, *stop, *said, *stopped;
};

static const struct pressed single_keys = {"r", "x", "single key to first sample",
                                           "single key to silence"};
static const struct pressed words = {"r\r", "\x1b", "Enter to first sample", "Escape to silence"};

/* At any phase of the blocks: one in silence, then the other while it speaks. */
static void keys(int n, const struct pressed *keys, char **arguments)
{
    struct program program = start(arguments, true);
    first_sound(&program, 0, 0);
    for (int i = 0; i < n; i++) {
        unsigned from = count_of(&program);
        first_silence(&program, from, 0, QUIET_LONG);
        nap(i * 7 % 11);
        from = count_of(&program);
        long long pressed = press(&program, keys->say);
        long long sound = first_sound(&program, from, pressed);
        if (!sound) {
            errno = ETIMEDOUT;
            fail("sound after a key");
        }
        sample(keys->said, "ms", "<= 20", (double)(sound - pressed) / 1000);
        nap(SOUNDING + i * 13 % 400);
        from = count_of(&program);
        bool speaking = sounded(&program, now_us(), 30);
        pressed = press(&program, keys->stop);
        long long silence = first_silence(&program, from, pressed, QUIET);
        if (silence && speaking)
            sample(keys->stopped, "ms", "<= 50", (double)(silence - pressed) / 1000);
    }
    finish(&program, SIGTERM);
}

/* Ends of words: the last loud sample before half a second without any. In samples. */
static size_t *word_ends(const char *path, size_t *ret_count)
{
    FILE *file = fopen(path, "re");
    size_t *ends = NULL, capacity = 0, count = 0, last = 0;
    if (!file)
        fail(path);
    int16_t value;
    for (size_t at = 1; fread(&value, sizeof value, 1, file) == 1; at++) {
        if (last && at - last == RATE / 2) {
            ends = mem_grow(ends, &capacity, count + 1, sizeof *ends);
            ends[count++] = last;
            last = 0;
        }
        if (abs(value) > 100) /* -50 dB */
            last = at;
    }
    fclose(file);
    *ret_count = count;
    return ends;
}

/* When this sample was recorded. */
static long long recorded(const struct program *program, size_t position)
{
    unsigned count = count_of(program);
    for (unsigned i = 0; i < count; i++) {
        const struct tap *tap = &program->taps->items[i];
        if (!is_out(tap) && (size_t)tap->total >= position)
            return tap->us;
    }
    return 0;
}

static const struct line *line_between(const struct lines *lines, long long from, long long to)
{
    for (size_t i = 0; i < lines->count; i++)
        if (lines->items[i].heard && lines->items[i].us > from && lines->items[i].us < to)
            return &lines->items[i];
    return NULL;
}

static void collect(struct program *program, struct lines *lines)
{
    struct pollfd wait = {.fd = program->terminal, .events = POLLIN};
    do
        poll(&wait, 1, 1000);
    while (read_lines(program, lines));
}

/* Of each word: to the line that obeys it; then to the answer, or to silence. */
static void judge_word(struct program *program, const struct lines *lines, size_t end, size_t next,
                       bool stops)
{
    long long ended = recorded(program, end);
    const struct line *line = line_between(lines, ended, recorded(program, next));
    sample("spoken commands obeyed", "%", "-", line ? 100 : 0);
    if (!line)
        return;
    sample("end of speech to action", "ms", "<= 400", (double)(line->us - ended) / 1000);
    if (!stops) {
        long long sound = first_sound(program, 0, line->us);
        sample("end of speech to answer", "ms", "-", (double)(sound - ended) / 1000);
    } else if (sounded(program, ended, 300)) {
        long long silence = first_silence(program, 0, ended, QUIET);
        if (silence > line->us - 50000) /* else it had come to its own end */
            sample("voice to silence", "ms", "<= 250", (double)(silence - ended) / 1000);
    }
}

static void pack(const char *clean, char **arguments)
{
    size_t count;
    size_t *ends = word_ends(clean, &count);
    struct lines lines = {.at_start = true};
    struct program program = start(arguments, false);
    collect(&program, &lines);
    for (size_t i = 0; i + 1 < count; i++)
        judge_word(&program, &lines, ends[i], ends[i + 1], i % 2 == 1);
    finish(&program, 0);
    free(lines.items);
    free(ends);
}

static double status_mib(pid_t pid, const char *name)
{
    char path[64], line[256];
    double kib = 0;
    snprintf(path, sizeof path, "/proc/%d/status", (int)pid);
    FILE *file = fopen(path, "re");
    while (file && fgets(line, sizeof line, file))
        if (!strncmp(line, name, strlen(name)))
            kib = atof(line + strlen(name));
    if (file)
        fclose(file);
    return kib / 1024;
}

static double cpu_s(pid_t pid)
{
    clockid_t clock;
    struct timespec used = {0};
    if (!clock_getcpuclockid(pid, &clock))
        clock_gettime(clock, &used);
    return (double)used.tv_sec + (double)used.tv_nsec / 1e9;
}

/* In parts of ten seconds, for the spread. $BENCH_NAME and $BENCH_GOAL name the figure. */
static void idle(int from, int seconds, char **arguments)
{
    const char *name = getenv("BENCH_NAME"), *goal = getenv("BENCH_GOAL");
    char text[128];
    struct program program = start(arguments, false);
    for (int i = 0; i < from * 10; i++) {
        nap(100);
        read_lines(&program, NULL);
    }
    for (int part = 0; part < seconds / 10; part++) {
        double used = cpu_s(program.pid);
        long long begin = now_us();
        nap(10000);
        if (!read_lines(&program, NULL))
            fail("it has ended");
        snprintf(text, sizeof text, "processor, %s", name);
        sample(text, "% of a core", goal,
               100 * (cpu_s(program.pid) - used) / ((double)(now_us() - begin) / 1e6));
    }
    snprintf(text, sizeof text, "memory, %s", name);
    sample(text, "MiB resident", "<= 40", status_mib(program.pid, "VmRSS:"));
    snprintf(text, sizeof text, "memory, most, %s", name);
    sample(text, "MiB resident", "<= 40", status_mib(program.pid, "VmHWM:"));
    finish(&program, SIGTERM);
}

static void first_bytes(int n, char **arguments)
{
    char bytes[2048];
    for (int i = 0; i < n; i++) {
        long long begin = now_us();
        struct program program = start(arguments, false);
        fcntl(program.terminal, F_SETFL, 0);
        size_t got = 0;
        ssize_t more = 1;
        while (more > 0 && got < sizeof bytes) {
            more = read(program.terminal, bytes + got, sizeof bytes - got);
            got += (size_t)(more < 0 ? 0 : more);
        }
        if (got == sizeof bytes)
            sample(getenv("BENCH_NAME"), "ms", "-", (double)(now_us() - begin) / 1000);
        finish(&program, SIGTERM);
    }
}

/* --- at a sound server ------------------------------------------------------------------------ */

/* The next sound of the monitor, or, with `silence`, the first of its silence that lasts as long as
 * a second. 0: nothing came. */
static long long watch_monitor(struct program *monitor, bool silence)
{
    int16_t samples[2048];
    struct pollfd wait = {.fd = monitor->terminal, .events = POLLIN};
    size_t silent = 0;
    for (long long end = now_us() + WAIT_MS * 1000LL; now_us() < end;) {
        ssize_t got =
            poll(&wait, 1, 1000) > 0 ? read(monitor->terminal, samples, sizeof samples) : -1;
        for (ssize_t i = 0; i < got / (ssize_t)sizeof *samples; i++) {
            bool sounds = samples[i] > 30 || samples[i] < -30;
            silent = sounds ? 0 : silent + 1;
            if (silence ? silent > RATE : sounds)
                return now_us();
        }
        if (got == 0)
            break;
    }
    return 0;
}

static void sink(int n, char **arguments)
{
    char *command[] = {"/bin/sh", "-c", getenv("BENCH_MONITOR"), NULL};
    struct program monitor = start(command, false);
    for (int i = 0; i < n; i++) {
        watch_monitor(&monitor, true);
        long long begin = now_us();
        struct program program = start(arguments, false);
        long long sound = watch_monitor(&monitor, false);
        if (!sound)
            break;
        sample(getenv("BENCH_NAME"), "ms", "-", (double)(sound - begin) / 1000);
        finish(&program, 0);
    }
    finish(&monitor, SIGTERM);
}

/* --- another recogniser ----------------------------------------------------------------------- */

/* Writes a recording into a pipe as a microphone would, 10 ms at a time. */
static void feed(const char *fifo, const char *path, long long *begin)
{
    char bytes[RATE / 100 * 2];
    FILE *file = fopen(path, "re");
    int fd = open(fifo, O_WRONLY);
    if (!file || fd < 0)
        fail(path);
    *begin = now_us();
    for (long block = 1; fread(bytes, sizeof bytes, 1, file) == 1; block++) {
        long long due = *begin + block * 10000;
        if (due > now_us())
            nap((long)(due - now_us()) / 1000);
        if (write(fd, bytes, sizeof bytes) != sizeof bytes)
            break;
    }
    _exit(0);
}

/* Every line that it prints is an answer. */
static void fed(const char *clean, const char *fifo, const char *noisy, char **arguments)
{
    size_t count;
    size_t *ends = word_ends(clean, &count);
    long long *begin =
        mmap(NULL, sizeof *begin, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    struct lines lines = {.at_start = true};
    struct program program = start(arguments, false);
    pid_t feeder = fork();
    if (!feeder)
        feed(fifo, noisy, begin);
    collect(&program, &lines);
    kill(feeder, SIGKILL); /* if the program ended early */
    waitpid(feeder, NULL, 0);
    for (size_t i = 0; i < lines.count; i++)
        lines.items[i].heard = true;
    for (size_t i = 0; i + 1 < count; i++) {
        long long ended = *begin + (long long)ends[i] * 1000000 / RATE;
        const struct line *line =
            line_between(&lines, ended, *begin + (long long)ends[i + 1] * 1000000 / RATE);
        if (line)
            sample("pocketsphinx_continuous: end of speech to line", "ms", "-",
                   (double)(line->us - ended) / 1000);
    }
    struct rusage used = finish(&program, 0);
    double cpu = (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
                 (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
    sample("pocketsphinx_continuous: processor, hearing commands", "% of a core", "-",
           100 * cpu / ((double)(now_us() - *begin) / 1e6));
    sample("pocketsphinx_continuous: memory, most", "MiB resident", "-",
           (double)used.ru_maxrss / 1024);
    free(lines.items);
    free(ends);
}

int main(int argc, char **argv)
{
    const char *what = argc > 3 ? argv[1] : "";
    signal(SIGPIPE, SIG_IGN);
    if (!strcmp(what, "cold"))
        cold(atoi(argv[2]), argv + 3);
    else if (!strcmp(what, "keys"))
        keys(atoi(argv[2]), &words, argv + 3);
    else if (!strcmp(what, "single-keys"))
        keys(atoi(argv[2]), &single_keys, argv + 3);
    else if (!strcmp(what, "voice"))
        pack(argv[2], argv + 3);
    else if (!strcmp(what, "idle") && argc > 4)
        idle(atoi(argv[2]), atoi(argv[3]), argv + 4);
    else if (!strcmp(what, "pipe"))
        first_bytes(atoi(argv[2]), argv + 3);
    else if (!strcmp(what, "sink") && getenv("BENCH_MONITOR"))
        sink(atoi(argv[2]), argv + 3);
    else if (!strcmp(what, "fed") && argc > 5)
        fed(argv[2], argv[3], argv[4], argv + 5);
    else
        return 2;
    return 0;
}
