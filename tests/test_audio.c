/* SPDX-License-Identifier: GPL-3.0-or-later */
/* audio_null, audio_wav: exact samples in and out, mistakes told, a file that survives a kill. */
#include "audio/audio.h"
#include "base/mem.h"
#include "base/messages.h"
#include "base/messages_load.h"
#include "dsp/resample.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <sched.h>
#include <setjmp.h>
#include <signal.h>
#include <sndfile.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

struct fixture {
    struct messages *messages;
    char folder[64];
    char in[80];
    char out[80];
    struct audio *audio;
    struct audio_format format;
    /* The callbacks' side: */
    atomic_size_t rendered;
    atomic_size_t captured;
    struct samples heard;
};

static int set_up(void **state)
{
    struct fixture *fixture = xcalloc(1, sizeof *fixture);
    fixture->messages = messages_load_builtin();
    strcpy(fixture->folder, "/tmp/test_audio_XXXXXX");
    if (!mkdtemp(fixture->folder))
        return -1;
    snprintf(fixture->in, sizeof fixture->in, "%s/in.wav", fixture->folder);
    snprintf(fixture->out, sizeof fixture->out, "%s/out.wav", fixture->folder);
    *state = fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    unlink(fixture->in);
    unlink(fixture->out);
    rmdir(fixture->folder);
    messages_free(fixture->messages);
    samples_free(&fixture->heard);
    free(fixture);
    return 0;
}

/* What is played: numbers that go up and around. */
static int16_t played_sample(size_t number)
{
    return (int16_t)(number % 30011 - 15000);
}

static void render(void *context, int16_t *samples, size_t count)
{
    struct fixture *fixture = context;
    size_t from = atomic_load(&fixture->rendered);
    for (size_t i = 0; i < count; i++)
        samples[i] = played_sample(from + i);
    atomic_store(&fixture->rendered, from + count);
}

static void capture(void *context, const int16_t *samples, size_t count)
{
    struct fixture *fixture = context;
    samples_add(&fixture->heard, samples, count);
    atomic_fetch_add(&fixture->captured, count);
}

static int open_driver(struct fixture *fixture, const struct audio_driver *driver, const char *in,
                       const char *out, bool simulated, char **ret_error)
{
    const struct audio_callbacks callbacks = {fixture, render, capture};
    const struct audio_config config = {
        .input = in,
        .output = out,
        .want_input = driver == &audio_null || in,
        .want_output = driver == &audio_null || out,
        .preferred_output_rate = 22050,
        .simulated = simulated,
        .messages = fixture->messages,
    };
    return driver->open(&config, &callbacks, &fixture->audio, &fixture->format, ret_error);
}

static void write_sound(const char *path, int rate, int channels, int format, const float *frames,
                        size_t count)
{
    SF_INFO info = {.samplerate = rate, .channels = channels, .format = format};
    SNDFILE *file = sf_open(path, SFM_WRITE, &info);
    assert_non_null(file);
    assert_int_equal(sf_writef_float(file, frames, (sf_count_t)count), count);
    sf_close(file);
}

static void assert_written(const struct fixture *fixture, size_t frames)
{
    SF_INFO info = {0};
    SNDFILE *file = sf_open(fixture->out, SFM_READ, &info);
    assert_non_null(file);
    assert_int_equal(info.samplerate, 22050);
    assert_int_equal(info.channels, 1);
    assert_int_equal(info.format, SF_FORMAT_WAV | SF_FORMAT_PCM_16);
    assert_int_equal(info.frames, frames);
    int16_t *samples = xcalloc(frames, sizeof *samples);
    assert_int_equal(sf_read_short(file, samples, (sf_count_t)frames), frames);
    for (size_t i = 0; i < frames; i++)
        assert_int_equal(samples[i], played_sample(i));
    free(samples);
    sf_close(file);
}

static void what_is_played_is_written(void **state)
{
    struct fixture *fixture = *state;
    char *error = NULL;
    assert_int_equal(open_driver(fixture, &audio_wav, NULL, fixture->out, true, &error), 0);
    assert_int_equal(fixture->format.output_rate, 22050);
    assert_int_equal(fixture->format.input_rate, 0);
    assert_string_equal(fixture->format.output_name, fixture->out);
    for (int i = 0; i < 150; i++)
        assert_int_equal(audio_wav.step(fixture->audio), 10);
    assert_int_equal(fixture->rendered, 22050 * 3 / 2);
    audio_wav.stop(fixture->audio);
    assert_null(audio_wav.take_error(fixture->audio));
    assert_written(fixture, 22050 * 3 / 2); /* before close */
    audio_wav.close(fixture->audio);
    assert_written(fixture, 22050 * 3 / 2);
    assert_int_equal(fixture->captured, 0);
}

static void any_recording_comes_in_as_mono(void **state)
{
    struct fixture *fixture = *state;
    const int formats[] = {SF_FORMAT_WAV | SF_FORMAT_FLOAT, SF_FORMAT_WAV | SF_FORMAT_PCM_24,
                           SF_FORMAT_WAV | SF_FORMAT_PCM_16, SF_FORMAT_FLAC | SF_FORMAT_PCM_16};
    for (size_t f = 0; f < COUNT_OF(formats); f++) {
        float frames[1000][2];
        char *error = NULL;
        for (size_t i = 0; i < COUNT_OF(frames); i++) {
            frames[i][0] = 0.5f;
            frames[i][1] = i < 500 ? 0.25f : -0.25f;
        }
        write_sound(fixture->in, 44100, 2, formats[f], frames[0], COUNT_OF(frames));
        fixture->heard.count = 0;
        assert_int_equal(open_driver(fixture, &audio_wav, fixture->in, NULL, true, &error), 0);
        assert_int_equal(fixture->format.input_rate, 44100);
        assert_int_equal(fixture->format.block, 441);
        int steps = 0;
        for (; !audio_wav.input_ended(fixture->audio); steps++)
            audio_wav.step(fixture->audio);
        assert_int_equal(steps, 3);
        audio_wav.step(fixture->audio);
        assert_int_equal(fixture->heard.count, 4 * 441);
        for (size_t i = 0; i < fixture->heard.count; i++) {
            int expected = i < 500 ? 32768 * 3 / 8 : i < 1000 ? 32768 / 8 : 0;
            assert_in_range(fixture->heard.items[i] + 10, expected + 8, expected + 12);
        }
        audio_wav.close(fixture->audio);
    }
}

static void too_loud_is_clipped_not_wrapped(void **state)
{
    struct fixture *fixture = *state;
    const float frames[] = {1.5f, -1.5f, 1.0f, 0};
    char *error = NULL;
    write_sound(fixture->in, 8000, 1, SF_FORMAT_WAV | SF_FORMAT_FLOAT, frames, 4);
    assert_int_equal(open_driver(fixture, &audio_wav, fixture->in, NULL, true, &error), 0);
    audio_wav.step(fixture->audio);
    assert_true(fixture->heard.items[0] > 32000);
    assert_true(fixture->heard.items[1] < -32000);
    audio_wav.close(fixture->audio);
}

static void assert_refused(struct fixture *fixture, const char *in, const char *out,
                           const char *named, const char *words)
{
    char *error = NULL;
    assert_int_equal(open_driver(fixture, &audio_wav, in, out, true, &error), -1);
    assert_non_null(error);
    assert_int_equal(strncmp(error, "Erreur : ", strlen("Erreur : ")), 0);
    if (named)
        assert_non_null(strstr(error, named));
    if (!strstr(error, words))
        fail_msg("« %s » does not say « %s »", error, words);
    free(error);
}

static void what_cannot_be_opened_is_named(void **state)
{
    struct fixture *fixture = *state;
    FILE *file = fopen(fixture->in, "w");
    const float frames[100] = {0};
    struct stat info;
    assert_non_null(file);
    fputs("RIFF, but no more than that", file);
    fclose(file);
    assert_refused(fixture, "/no/such/in.wav", NULL, "/no/such/in.wav", "ne peut pas être lu");
    assert_refused(fixture, fixture->folder, NULL, fixture->folder, "n'est pas un enregistrement");
    assert_refused(fixture, fixture->in, NULL, fixture->in, "n'est pas un enregistrement");
    /* A bad recording leaves what is to be written alone. */
    assert_refused(fixture, fixture->in, fixture->out, fixture->in, "n'est pas un enregistrement");
    assert_int_equal(stat(fixture->out, &info), -1);
    write_sound(fixture->in, 8000, 1, SF_FORMAT_WAV | SF_FORMAT_PCM_16, frames, 100);
    assert_refused(fixture, fixture->in, "/no/such/out.wav", "/no/such/out.wav",
                   "ne peut pas être écrit");
    assert_refused(fixture, fixture->in, fixture->in, fixture->in, "déjà celui que je lis");
    assert_int_equal(stat(fixture->in, &info), 0);
    assert_true(info.st_size > 200);
    assert_refused(fixture, NULL, NULL, NULL, "ni haut-parleur ni micro");
    audio_wav.close(NULL);
    audio_null.close(NULL);
}

/* The limit on a file's size stands for a disk that fills up while something is said. */
static void a_full_disk_is_told_once(void **state)
{
    struct fixture *fixture = *state;
    struct rlimit before;
    char *error = NULL;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    const struct rlimit small = {.rlim_cur = 30000, .rlim_max = before.rlim_max};
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(open_driver(fixture, &audio_wav, NULL, fixture->out, true, &error), 0);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    for (int i = 0; i < 300; i++)
        audio_wav.step(fixture->audio);
    audio_wav.stop(fixture->audio);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    error = audio_wav.take_error(fixture->audio);
    assert_non_null(error);
    assert_non_null(strstr(error, fixture->out));
    assert_non_null(strstr(error, "incomplet"));
    free(error);
    assert_null(audio_wav.take_error(fixture->audio));
    assert_int_equal(fixture->rendered, 3 * 22050); /* the sound went on */
    audio_wav.close(fixture->audio);
}

static void what_was_said_survives_a_kill(void **state)
{
    struct fixture *fixture = *state;
    pid_t child = fork();
    assert_true(child >= 0);
    if (!child) {
        char *error = NULL;
        if (open_driver(fixture, &audio_wav, NULL, fixture->out, true, &error))
            _exit(1);
        for (int i = 0; i < 250; i++)
            audio_wav.step(fixture->audio);
        raise(SIGKILL);
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status));
    assert_written(fixture, 2 * 22050);
}

/* Until `wanted` samples went by; a machine that is slow only makes it longer. */
static void wait_for(atomic_size_t *count, size_t wanted)
{
    while (atomic_load(count) < wanted)
        usleep(1000);
}

static void a_thread_paces_a_recording(void **state)
{
    struct fixture *fixture = *state;
    float frames[2000];
    char *error = NULL;
    struct audio_health health;
    for (size_t i = 0; i < COUNT_OF(frames); i++)
        frames[i] = (float)i / 4000;
    write_sound(fixture->in, 16000, 1, SF_FORMAT_WAV | SF_FORMAT_PCM_16, frames, COUNT_OF(frames));
    assert_int_equal(open_driver(fixture, &audio_wav, fixture->in, fixture->out, false, &error), 0);
    assert_int_equal(audio_wav.start(fixture->audio, &error), 0);
    wait_for(&fixture->captured, 2100);
    assert_true(audio_wav.input_ended(fixture->audio));
    audio_wav.health(fixture->audio, &health);
    assert_true(health.input_beats >= 13 && health.output_beats >= 13);
    audio_wav.stop(fixture->audio);
    size_t before = atomic_load(&fixture->captured);
    assert_int_equal(audio_wav.start(fixture->audio, &error), 0);
    wait_for(&fixture->captured, before + 160);
    audio_wav.stop(fixture->audio);
    audio_wav.close(fixture->audio);
    assert_written(fixture, fixture->rendered);
    for (size_t i = 0; i < COUNT_OF(frames); i++)
        assert_in_range(fixture->heard.items[i] + 1, lrintf(frames[i] * 32768),
                        lrintf(frames[i] * 32768) + 2);
    assert_int_equal(fixture->heard.items[2050], 0);
}

static void null_hears_silence(void **state)
{
    struct fixture *fixture = *state;
    char *error = NULL;
    assert_int_equal(open_driver(fixture, &audio_null, NULL, NULL, true, &error), 0);
    assert_int_equal(fixture->format.input_rate, 16000);
    for (int i = 0; i < 100; i++)
        audio_null.step(fixture->audio);
    assert_int_equal(fixture->rendered, fixture->format.output_rate);
    assert_int_equal(fixture->captured, 16000);
    assert_string_equal(fixture->format.output_name, "null");
    assert_string_equal(fixture->format.input_name, "null");
    for (size_t i = 0; i < fixture->heard.count; i++)
        assert_int_equal(fixture->heard.items[i], 0);
    audio_null.close(fixture->audio);
}

static void null_runs_on_its_own(void **state)
{
    struct fixture *fixture = *state;
    char *error = NULL;
    struct audio_health health;
    assert_int_equal(open_driver(fixture, &audio_null, NULL, NULL, false, &error), 0);
    assert_int_equal(audio_null.start(fixture->audio, &error), 0);
    wait_for(&fixture->rendered, 2000);
    audio_null.health(fixture->audio, &health);
    assert_true(health.output_beats > 0);
    audio_null.close(fixture->audio); /* without stop */
}

static const struct audio_driver *driver_of(const char *text)
{
    const struct audio_backend *backend = audio_find(text);
    return backend ? backend->driver : NULL;
}

static void a_back_end_is_found_by_its_word(void **state)
{
    (void)state;
    assert_ptr_equal(driver_of(NULL), &audio_portaudio);
    assert_ptr_equal(driver_of("portaudio"), &audio_portaudio);
    assert_ptr_equal(driver_of("null"), &audio_null);
    const char *const with_files[] = {"wav:a", "wav:a,b", "wav:,b", "wav:a,", "wav:a:b,c,d"};
    for (size_t i = 0; i < COUNT_OF(with_files); i++)
        assert_ptr_equal(driver_of(with_files[i]), &audio_wav);
    const char *const none[] = {"",     "nul",    "nulll",    "NULL",        ":", "wav",
                                "wav:", "wav:,",  "null:",    "portaudio:x", ",", "wave:a",
                                " wav", "wav,:a", "null:a,b", "portaudio "};
    for (size_t i = 0; i < COUNT_OF(none); i++)
        assert_null(driver_of(none[i]));
}

static void assert_files(const char *text, const char *expected_input, const char *expected_output)
{
    char *input = NULL, *output = NULL;
    audio_files(text, &input, &output);
    assert_string_equal(input ? input : "-", expected_input);
    assert_string_equal(output ? output : "-", expected_output);
    free(input);
    free(output);
}

static void the_files_stand_around_the_last_comma(void **state)
{
    (void)state;
    assert_files("wav:a.wav", "a.wav", "-");
    assert_files("wav:a.wav,", "a.wav", "-");
    assert_files("wav:,b.wav", "-", "b.wav");
    assert_files("wav:x:a, one.wav,b.wav", "x:a, one.wav", "b.wav");
    assert_files("wav:", "-", "-");
    assert_files("null", "-", "-");
    assert_files("none:a,b", "-", "-");
    assert_files(NULL, "-", "-");
}

/* What a driver may leave out goes with its row's flags, and so does its word. */
static void every_back_end_has_what_its_flags_promise(void **state)
{
    (void)state;
    const struct {
        struct audio_backend row;
        bool is_silent;
    } rows[] = {
#define AUDIO_BACKEND(name, word, flags, meaning)        {{word, flags, &audio_##name}, false},
#define AUDIO_SILENT_BACKEND(name, word, flags, meaning) {{word, flags, &audio_##name}, true},
#include "audio/backends.def"
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        const struct audio_backend *row = &rows[i].row;
        const struct audio_driver *driver = row->driver;
        assert_true(driver->open && driver->start && driver->stop && driver->close &&
                    driver->health);
        assert_int_equal(driver->step == NULL, (row->flags & AUDIO_LIVE) != 0);
        assert_int_equal(driver->input_ended != NULL, (row->flags & AUDIO_ENDS) != 0);
        assert_int_equal(rows[i].is_silent, !(row->flags & AUDIO_VOICE));
        assert_int_equal(row->word[strcspn(row->word, ":")] != 0, (row->flags & AUDIO_FILES) != 0);
        char *text = xasprintf("%s%s", row->word, row->flags & AUDIO_FILES ? "a,b" : "");
        assert_ptr_equal(driver_of(text), driver);
        free(text);
        driver->close(NULL);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_is_played_is_written),
        TEST(any_recording_comes_in_as_mono),
        TEST(too_loud_is_clipped_not_wrapped),
        TEST(what_cannot_be_opened_is_named),
        TEST(a_full_disk_is_told_once),
        TEST(what_was_said_survives_a_kill),
        TEST(a_thread_paces_a_recording),
        TEST(null_hears_silence),
        TEST(null_runs_on_its_own),
        TEST(a_back_end_is_found_by_its_word),
        TEST(the_files_stand_around_the_last_comma),
        TEST(every_back_end_has_what_its_flags_promise),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
