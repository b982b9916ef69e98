/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * bench_progress: what a mark costs, and a look at a whole room. A line a sample: "sample", name,
 * unit, goal ("-" for none), value.
 *     bench_progress GUIDE.yaml PASAPAS
 * GUIDE must have a section with a period; PASAPAS is the program, asked for `progress --all`.
 * Stores are made in $TMPDIR, or /tmp: choose a real disk to measure a real sync.
 */
#include "base/clock.h"
#include "base/diag.h"
#include "base/mem.h"
#include "base/messages_load.h"
#include "model/guide.h"
#include "model/guide_load.h"
#include "store/learner_store.h"
#include "store/learners.h"
#include "support/store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#define LEARNERS 1000
#define MONTHS   60
#define MARKS    1000

static bool no_sync;

/* In place of libc's, so that both cases are measured in one program. */
int fsync(int fd)
{
    return no_sync ? 0 : (int)syscall(SYS_fsync, fd);
}

struct bench {
    struct messages *messages;
    struct guide *guide;
    const struct guide_path *path;
    const struct guide_section *section; /* the monthly one */
};

static double now_ms(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

/* Processor time of the programs run so far: what is left of a time on a busy machine. */
static double children_ms(void)
{
    struct rusage usage;
    getrusage(RUSAGE_CHILDREN, &usage);
    return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1e3 +
           (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e3;
}

/* A line a sample; `scripts/bench` makes a table of them. */
static void print_times(const char *what, const char *goal, const double *times, size_t count)
{
    for (size_t i = 0; i < count; i++)
        printf("sample\t%s\tms\t%s\t%.3f\n", what, goal, times[i]);
    fflush(stdout);
}

static int load(struct bench *bench, const char *file)
{
    struct diags diags;
    diags_init(&diags, bench->messages);
    int result = guide_load(file, &diags, &bench->guide);
    diags_print(&diags, stderr);
    diags_free(&diags);
    if (result)
        return -1;
    bench->path = &bench->guide->paths[0];
    for (size_t i = 0; i < bench->path->section_count; i++)
        if (bench->path->sections[i]->period)
            bench->section = bench->path->sections[i];
    return bench->section ? 0 : -1;
}

static void mark(const struct bench *bench, struct learner_record *record, size_t step,
                 struct month month, bool open)
{
    int64_t at = 1795000000 + (int64_t)month.year * 1000;
    learner_record_set_mark(record, bench->guide->id, bench->path->id, bench->section->id,
                            bench->section->steps[step].id, month, open ? MARK_OPEN : MARK_DONE,
                            at);
}

/* Five years of complete lists. */
static void live(const struct bench *bench, struct learner_record *record)
{
    struct month month = {2021, 12};
    for (int i = 0; i < MONTHS; i++, month = month_next(month))
        for (size_t step = 0; step < bench->section->step_count; step++)
            mark(bench, record, step, month, false);
    learner_record_set_place(record, bench->guide->id, bench->path->id, bench->section->id,
                             bench->section->steps[0].id, false, 1795000000);
}

static void save(struct learner_store *store, const struct learner_record *record)
{
    if (!learner_store_save(store, record))
        return;
    perror("learner_store_save");
    exit(1);
}

static void bench_marks(const struct bench *bench, const char *what, bool with_history, bool sync)
{
    struct learner_store *store;
    struct learner_record record;
    struct learner_store_report report;
    static double times[MARKS];
    char *root = store_make();
    learner_store_open("bench", false, bench->messages, &store, &record, &report);
    if (with_history)
        live(bench, &record);
    save(store, &record);
    no_sync = !sync;
    for (size_t i = 0; i < MARKS; i++) {
        double start = now_ms();
        mark(bench, &record, i / 2 % bench->section->step_count, (struct month){2027, 1}, i % 2);
        save(store, &record);
        times[i] = now_ms() - start;
    }
    no_sync = false;
    print_times(what, "-", times, MARKS);
    learner_store_close(store);
    learner_store_report_free(&report);
    learner_record_free(&record);
    store_remove(root);
}

static void fill_room(const struct bench *bench)
{
    no_sync = true;
    for (int i = 0; i < LEARNERS; i++) {
        struct learner_store *store;
        struct learner_record record;
        struct learner_store_report report;
        char *name = xasprintf("Élève %d", i);
        learner_store_open(name, false, bench->messages, &store, &record, &report);
        live(bench, &record);
        save(store, &record);
        learner_store_close(store);
        learner_store_report_free(&report);
        learner_record_free(&record);
        free(name);
    }
    no_sync = false;
}

static void time_command(const char *what, char **argv, const char *options)
{
    double times[11], cpu[11];
    char *command =
        xasprintf("'%s' progress --guide '%s' %s >/dev/null", argv[2], argv[1], options);
    for (size_t i = 0; i < COUNT_OF(times); i++) {
        double start = now_ms(), cpu_start = children_ms();
        if (system(command))
            printf("%s: the program failed\n", what);
        times[i] = now_ms() - start;
        cpu[i] = children_ms() - cpu_start;
    }
    print_times(what, "<= 200", times, COUNT_OF(times));
    char *processor = xasprintf("%s, of which processor", what);
    print_times(processor, "-", cpu, COUNT_OF(cpu));
    free(processor);
    free(command);
}

static void bench_room(const struct bench *bench, char **argv)
{
    char *root = store_make(), **names;
    double times[11];
    fill_room(bench);
    for (size_t i = 0; i < COUNT_OF(times); i++) {
        double start = now_ms();
        size_t count = learners_list(&names);
        times[i] = now_ms() - start;
        for (size_t j = 0; j < count; j++)
            free(names[j]);
        free(names);
    }
    print_times("names of 1000 learners", "-", times, COUNT_OF(times));
    time_command("progress --all, 1000 learners x 60 months", argv, "--all");
    time_command("progress --all --json, 1000 x 60", argv, "--all --json");
    time_command("progress --all --month 2022-01, 1000 x 60", argv, "--all --month 2022-01");
    store_remove(root);
}

int main(int argc, char **argv)
{
    struct bench bench = {.messages = messages_load_builtin()};
    if (argc != 3 || load(&bench, argv[1])) {
        fprintf(stderr, "usage: bench_progress GUIDE.yaml PASAPAS\n");
        return 2;
    }
    bench_marks(&bench, "mark, first month, with fsync", false, true);
    bench_marks(&bench, "mark, first month, without fsync", false, false);
    bench_marks(&bench, "mark, after 60 months, with fsync", true, true);
    bench_marks(&bench, "mark, after 60 months, without fsync", true, false);
    bench_room(&bench, argv);
    guide_free(bench.guide);
    messages_free(bench.messages);
    return 0;
}
