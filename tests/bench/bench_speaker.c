/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * bench_speaker [N] [VOICE]: how fast speech starts and stops, with espeak-ng and the French pack,
 * N times each (200). A line a sample: "sample", name, unit, goal, value.
 *
 *   cold start   a new process opens the speaker and says something: to the first sample
 *   say, ring    speaker_say() to the first sample in the ring, the callback always asking
 *   say, block   the same to the callback of the null driver that plays it: waits for its block
 *   stop         speaker_interrupt() while it speaks, to the end of the first silent callback
 */
#include "audio/audio.h"
#include "base/diag.h"
#include "base/mem.h"
#include "base/messages.h"
#include "base/messages_load.h"
#include "base/paths.h"
#include "model/pack.h"
#include "speech/speaker.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define RATE 22050

struct bench {
    struct messages *messages;
    struct pack *pack;
    struct speaker *speaker;
    size_t runs;
    /* Written by the callback, in microseconds of the monotonic clock; 0: not yet. */
    atomic_llong first_speech;
    atomic_llong first_silence;
};

static long long now_us(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000000LL + time.tv_nsec / 1000;
}

static void report(const char *name, const char *goal, const long long *times, size_t count)
{
    for (size_t i = 0; i < count; i++)
        printf("sample\t%s\tms\t%s\t%.3f\n", name, goal, (double)times[i] / 1000);
    fflush(stdout);
}

static void open_speaker(struct bench *bench)
{
    const struct speaker_config config = {
        .driver = &synth_espeak,
        .synth = {.voice = bench->pack->synth_voice, .language = bench->pack->synth_language},
        .reading = bench->pack->reading,
        .output_rate = RATE,
    };
    if (speaker_open(&config, &bench->speaker))
        abort();
}

static void say(struct bench *bench)
{
    static char text[] = "Étape 3 sur 5. Cliquez sur le bouton « Valider », en haut à droite.";
    const struct utterance utterance = {
        .text = text, .kind = UTTERANCE_TEXT, .rule = UTTERANCE_REPLACE};
    speaker_say(bench->speaker, &utterance);
}

/* Until there is a sample, asking all the time as no device would. */
static long long until_first_sample(struct bench *bench)
{
    int16_t sample;
    while (!speaker_render(bench->speaker, &sample, 1))
        ;
    return now_us();
}

static void nap(long long microseconds)
{
    usleep((useconds_t)microseconds);
}

static void bench_cold_start(struct bench *bench, long long *times)
{
    for (size_t i = 0; i < bench->runs; i++) {
        int ends[2];
        if (pipe(ends))
            abort();
        pid_t child = fork();
        if (!child) {
            long long start = now_us();
            open_speaker(bench);
            say(bench);
            long long took = until_first_sample(bench) - start;
            _exit(write(ends[1], &took, sizeof took) != sizeof took);
        }
        if (child < 0 || read(ends[0], &times[i], sizeof times[i]) != sizeof times[i])
            abort();
        waitpid(child, NULL, 0);
        close(ends[0]);
        close(ends[1]);
    }
    report("speaker alone: cold start", "<= 150", times, bench->runs);
}

static void bench_engine(struct bench *bench, long long *times)
{
    for (size_t i = 0; i < bench->runs; i++) {
        speaker_interrupt(bench->speaker);
        nap(3000);
        long long start = now_us();
        say(bench);
        times[i] = until_first_sample(bench) - start;
    }
    report("speaker alone: say to sample in the ring", "<= 10", times, bench->runs);
}

static void render(void *context, int16_t *samples, size_t count)
{
    struct bench *bench = context;
    bool speech = speaker_render(bench->speaker, samples, count);
    bool silent = true;
    for (size_t i = 0; i < count && silent; i++)
        silent = samples[i] == 0;
    long long none = 0;
    if (speech)
        atomic_compare_exchange_strong(&bench->first_speech, &none, now_us());
    else if (silent)
        atomic_compare_exchange_strong(&bench->first_silence, &none, now_us());
}

static long long wait_for(atomic_llong *moment)
{
    while (!atomic_load(moment))
        nap(200);
    return atomic_load(moment);
}

static void bench_null(struct bench *bench, long long *start_times, long long *stop_times)
{
    for (size_t i = 0; i < bench->runs; i++) {
        atomic_store(&bench->first_speech, 0);
        long long start = now_us();
        say(bench);
        start_times[i] = wait_for(&bench->first_speech) - start;
        nap(100000 + (long long)(i * 7919 % 10000)); /* in the middle of a word, at any phase */
        atomic_store(&bench->first_silence, 0);
        start = now_us();
        speaker_interrupt(bench->speaker);
        stop_times[i] = wait_for(&bench->first_silence) - start;
        nap(20000 + (long long)(i * 6113 % 10000));
    }
    report("speaker alone: say to block of the null driver", "<= 20", start_times, bench->runs);
    report("speaker alone: stop to silence of the null driver", "<= 50", stop_times, bench->runs);
}

static void run_null(struct bench *bench, long long *start_times, long long *stop_times)
{
    struct audio *audio = NULL;
    struct audio_format format;
    char *error = NULL;
    const struct audio_callbacks callbacks = {.context = bench, .render = render};
    const struct audio_config config = {
        .want_output = true, .preferred_output_rate = RATE, .messages = bench->messages};
    if (audio_null.open(&config, &callbacks, &audio, &format, &error) ||
        audio_null.start(audio, &error)) {
        fprintf(stderr, "%s\n", error);
        exit(1);
    }
    bench_null(bench, start_times, stop_times);
    audio_null.close(audio);
}

static void load_voice(struct bench *bench, const char *id)
{
    struct diags diags;
    char *folder = paths_pack(id);
    bench->messages = messages_load_builtin();
    diags_init(&diags, bench->messages);
    if (!folder || pack_load(folder, &diags, &bench->pack)) {
        diags_print(&diags, stderr);
        exit(1);
    }
    diags_free(&diags);
    free(folder);
}

int main(int argc, char **argv)
{
    struct bench bench = {.runs = argc > 1 ? (size_t)atoi(argv[1]) : 200};
    if (bench.runs < 1)
        return 2;
    load_voice(&bench, argc > 2 ? argv[2] : "fr");
    long long *times = xcalloc(bench.runs, sizeof *times);
    long long *stop_times = xcalloc(bench.runs, sizeof *stop_times);
    bench_cold_start(&bench, times); /* before this process has an engine or a thread */
    open_speaker(&bench);
    bench_engine(&bench, times);
    run_null(&bench, times, stop_times);
    speaker_close(bench.speaker);
    pack_free(bench.pack);
    messages_free(bench.messages);
    free(times);
    free(stop_times);
    return 0;
}
