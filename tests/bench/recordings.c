/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * recordings: what the benches of recognition do to recordings before they are listened to.
 *
 *   recordings spoil [--noise KIND --snr DB [--babble LIST]] [--room NAME] [--telephone] [--seed N]
 *       Each line "FROM<tab>TO" of standard input: FROM as a microphone in that room would hear it,
 *       with a second of the room before and after, goes to TO. Noises: white, pink, babble (six of
 *       the recordings that the file LIST names, at once), hum (50 Hz and its multiples), clicks.
 *   recordings join [--seed N] TO
 *       The recordings that standard input names, one a line, one after the other with the pauses
 *       of people who go on, over a faint hiss, go to TO. Prints for each "FROM<tab>START<tab>END",
 *       in seconds of TO.
 *   recordings seconds
 *       Prints how long all recordings that standard input names are together.
 *   recordings cost TO PROGRAM ARGUMENT...
 *       Runs PROGRAM; one more line in the file TO: its processor time in seconds, and the most
 *       memory that it had, in KiB. Ends as it did.
 *
 * Recordings are mono, 16 kHz; what is written has 16 bits, and 8 kHz after a telephone. The same
 * seed and recordings give the same bytes, whatever else is in the list.
 */
#include "base/bytes.h"
#include "base/mem.h"
#include "bench/room.h"

#include <errno.h>
#include <getopt.h>
#include <math.h>
#include <sndfile.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#define RATE   16000
#define AROUND RATE /* samples of the room alone, before and after */

static _Noreturn void fail(const char *what, const char *about)
{
    fprintf(stderr, "recordings: %s%s%s\n", what, about ? ": " : "", about ? about : "");
    exit(1);
}

/* --- sounds ----------------------------------------------------------------------------------- */

struct sound {
    float *items;
    size_t count;
};

static struct sound read_sound(const char *path)
{
    SF_INFO info = {0};
    SNDFILE *file = sf_open(path, SFM_READ, &info);
    if (!file)
        fail("cannot be read", path);
    if (info.samplerate != RATE || info.channels != 1)
        fail("not mono at 16 kHz", path);
    struct sound sound = {xcalloc((size_t)info.frames + 1, sizeof *sound.items), 0};
    sound.count = (size_t)sf_readf_float(file, sound.items, info.frames);
    sf_close(file);
    return sound;
}

/* What would be clipped is made softer as a whole. */
static void write_sound(const char *path, const struct sound *sound, int rate)
{
    SF_INFO info = {.samplerate = rate, .channels = 1, .format = SF_FORMAT_WAV | SF_FORMAT_PCM_16};
    SNDFILE *file = sf_open(path, SFM_WRITE, &info);
    float peak = 0;
    if (!file)
        fail("cannot be written", path);
    for (size_t i = 0; i < sound->count; i++)
        peak = fmaxf(peak, fabsf(sound->items[i]));
    for (size_t i = 0; peak > 0.99f && i < sound->count; i++)
        sound->items[i] *= 0.99f / peak;
    const bool whole =
        sf_writef_float(file, sound->items, (sf_count_t)sound->count) == (sf_count_t)sound->count;
    if (sf_close(file) || !whole)
        fail("cannot be written", path);
}

static double power(const float *items, size_t count)
{
    double sum = 1e-12;
    for (size_t i = 0; i < count; i++)
        sum += (double)items[i] * items[i];
    return count ? sum / (double)count : sum;
}

/* The power of speech: of the frames of 20 ms within 20 dB of the loudest, so that the silence
 * around a word does not count. */
static double speech_power(const struct sound *sound)
{
    const size_t frame = RATE / 50;
    double most = 0, sum = 0;
    size_t count = 0;
    for (size_t at = 0; at + frame <= sound->count; at += frame)
        most = fmax(most, power(sound->items + at, frame));
    for (size_t at = 0; at + frame <= sound->count; at += frame) {
        const double here = power(sound->items + at, frame);
        if (here >= most / 100) {
            sum += here;
            count++;
        }
    }
    return count ? sum / (double)count : 1e-12;
}

/* --- noises ----------------------------------------------------------------------------------- */

/* xorshift64* (Vigna, ACM TOMS 42, 2016): -1 to 1. */
static double draw(uint64_t *state)
{
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    return (double)((*state * UINT64_C(2685821657736338717)) >> 11) / (double)(UINT64_C(1) << 52) -
           1;
}

static void make_white(float *noise, size_t count, uint64_t *state)
{
    for (size_t i = 0; i < count; i++)
        noise[i] = (float)draw(state);
}

/* Voss's way (Gardner, Scientific American, April 1978): the sum of white noises, each renewed half
 * as often as the one before. */
static void make_pink(float *noise, size_t count, uint64_t *state)
{
    double rows[12] = {0}, sum = 0;
    for (size_t i = 0; i < count; i++) {
        const int row = i ? __builtin_ctzll(i) : 0;
        if (row < 12) {
            const double next = draw(state);
            sum += next - rows[row];
            rows[row] = next;
        }
        noise[i] = (float)(sum + draw(state));
    }
}

static void make_hum(float *noise, size_t count, uint64_t *state)
{
    double phase[10];
    for (int k = 0; k < 10; k++)
        phase[k] = M_PI * draw(state);
    for (size_t i = 0; i < count; i++)
        for (int k = 0; k < 10; k++)
            noise[i] +=
                (float)(sin(2 * M_PI * 50 * (k + 1) * (double)i / RATE + phase[k]) / (k + 1));
}

/* Keys, dishes: four a second at any time, each a burst that rings for 1 to 9 ms, of any loudness
 * within 20 dB. */
static void make_clicks(float *noise, size_t count, uint64_t *state)
{
    const size_t clicks = 4 * count / RATE + 1;
    for (size_t k = 0; k < clicks; k++) {
        const size_t at = (size_t)((draw(state) + 1) / 2 * (double)count);
        const double decay = 0.005 + 0.004 * draw(state), loud = pow(10, draw(state) / 2);
        for (size_t i = 0; i < RATE / 20 && at + i < count; i++)
            noise[at + i] += (float)(loud * draw(state) * exp(-(double)i / (decay * RATE)));
    }
}

#define BABBLE_VOICES 6

/* Voices, all as loud; each says one recording after the other, beginning anywhere. */
static void make_babble(float *noise, size_t count, uint64_t *state, const struct sound *voices,
                        size_t voice_count)
{
    for (int k = 0; k < BABBLE_VOICES; k++)
        for (size_t at = 0; at < count;) {
            const struct sound *pack =
                &voices[(size_t)((draw(state) + 1) / 2 * (double)voice_count)];
            const size_t first = at ? 0 : (size_t)((draw(state) + 1) / 4 * (double)pack->count);
            const double gain = 1 / sqrt(speech_power(pack));
            for (size_t i = first; i < pack->count && at < count; i++)
                noise[at++] += (float)(gain * pack->items[i]);
            at++;
        }
}

/* --- spoiling --------------------------------------------------------------------------------- */

struct spoiling {
    const char *noise;
    double snr_db;
    const struct room *room;
    bool telephone;
    uint64_t seed;
    struct sound *voices;
    size_t voice_count, voice_capacity;
};

static const struct room *find_room(const char *name)
{
    for (size_t i = 0; i < ROOM_COUNT; i++)
        if (!strcmp(rooms[i].name, name))
            return &rooms[i];
    fail("no such room", name);
}

static char *next_line(FILE *file, char **line, size_t *capacity)
{
    if (getline(line, capacity, file) < 0)
        return NULL;
    (*line)[strcspn(*line, "\n")] = '\0';
    return *line;
}

static void read_voices(struct spoiling *spoiling, const char *path)
{
    FILE *list = fopen(path, "re");
    char *line = NULL;
    size_t capacity = 0;
    if (!list)
        fail("cannot be read", path);
    while (next_line(list, &line, &capacity)) {
        spoiling->voices = mem_grow(spoiling->voices, &spoiling->voice_capacity,
                                    spoiling->voice_count + 1, sizeof *spoiling->voices);
        const struct sound pack = read_sound(line);
        if (pack.count >= RATE / 2)
            spoiling->voices[spoiling->voice_count++] = pack;
        else
            free(pack.items);
    }
    free(line);
    fclose(list);
    if (!spoiling->voice_count)
        fail("no recording of half a second or more in", path);
}

static void make_noise(const struct spoiling *spoiling, float *noise, size_t count, uint64_t state)
{
    if (!strcmp(spoiling->noise, "white"))
        make_white(noise, count, &state);
    else if (!strcmp(spoiling->noise, "pink"))
        make_pink(noise, count, &state);
    else if (!strcmp(spoiling->noise, "hum"))
        make_hum(noise, count, &state);
    else if (!strcmp(spoiling->noise, "clicks"))
        make_clicks(noise, count, &state);
    else if (strcmp(spoiling->noise, "babble"))
        fail("no such noise", spoiling->noise);
    else if (!spoiling->voice_count)
        fail("babble needs --babble LIST", NULL);
    else
        make_babble(noise, count, &state, spoiling->voices, spoiling->voice_count);
}

static void add_noise(const struct spoiling *spoiling, struct sound *sound, uint64_t state)
{
    const double speech = speech_power(sound);
    float *noise = xcalloc(sound->count, sizeof *noise);
    make_noise(spoiling, noise, sound->count, state);
    const double gain = sqrt(speech / power(noise, sound->count)) * pow(10, -spoiling->snr_db / 20);
    for (size_t i = 0; i < sound->count; i++)
        sound->items[i] += (float)(gain * noise[i]);
    free(noise);
}

static void add_room(const struct room *room, struct sound *sound)
{
    size_t length;
    float *response = room_response(room, room->person, RATE, &length);
    room_convolve(sound->items, sound->count, response, length, 0);
    free(response);
}

/* What a telephone line lets through, 300 to 3400 Hz, 8000 samples a second: the difference of two
 * windowed low passes. */
static void through_telephone(struct sound *sound)
{
    enum { HALF = 256 };
    float taps[2 * HALF + 1];
    for (int i = -HALF; i <= HALF; i++) {
        const double window = 0.54 + 0.46 * cos(M_PI * i / HALF), t = M_PI * i / (RATE / 2.0);
        const double band =
            i ? (sin(3400 * t) - sin(300 * t)) / (M_PI * i) : (3400 - 300) / (RATE / 2.0);
        taps[i + HALF] = (float)(window * band);
    }
    sound->items = xrealloc(sound->items, (sound->count + HALF) * sizeof *sound->items);
    memset(sound->items + sound->count, 0, HALF * sizeof *sound->items);
    room_convolve(sound->items, sound->count + HALF, taps, COUNT_OF(taps), 0);
    sound->count /= 2;
    for (size_t i = 0; i < sound->count; i++)
        sound->items[i] = sound->items[2 * i + HALF];
}

/* Each recording has its own noise. */
static uint64_t hash(const char *text, uint64_t seed)
{
    const uint64_t start = BYTES_SUM_OF_NONE ^ (seed * UINT64_C(0x9e3779b97f4a7c15));
    return bytes_sum_on(start, text, strlen(text)) | 1;
}

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static void spoil(const struct spoiling *spoiling, const char *from, const char *to)
{
    struct sound read = read_sound(from);
    struct sound sound = {xcalloc(read.count + 2 * AROUND, sizeof *sound.items),
                          read.count + 2 * AROUND};
    memcpy(sound.items + AROUND, read.items, read.count * sizeof *read.items);
    free(read.items);
    if (spoiling->room)
        add_room(spoiling->room, &sound);
    if (spoiling->noise)
        add_noise(spoiling, &sound, hash(base_name(from), spoiling->seed));
    if (spoiling->telephone)
        through_telephone(&sound);
    write_sound(to, &sound, spoiling->telephone ? RATE / 2 : RATE);
    free(sound.items);
}

static int main_spoil(int argc, char **argv)
{
    static const struct option options[] = {
        {"babble", required_argument, NULL, 'b'},
        {"noise", required_argument, NULL, 'n'},
        {"room", required_argument, NULL, 'r'},
        {"seed", required_argument, NULL, 's'},
        {"snr", required_argument, NULL, 'd'},
        {"telephone", no_argument, NULL, 't'},
        {0},
    };
    struct spoiling spoiling = {.seed = 1};
    for (int option; (option = getopt_long(argc, argv, "", options, NULL)) != -1;) {
        if (option == 'b')
            read_voices(&spoiling, optarg);
        else if (option == 'n')
            spoiling.noise = optarg;
        else if (option == 'r')
            spoiling.room = find_room(optarg);
        else if (option == 's')
            spoiling.seed = strtoull(optarg, NULL, 10);
        else if (option == 'd')
            spoiling.snr_db = strtod(optarg, NULL);
        else if (option == 't')
            spoiling.telephone = true;
        else
            exit(2);
    }
    char *line = NULL;
    size_t capacity = 0;
    while (next_line(stdin, &line, &capacity)) {
        char *to = strchr(line, '\t');
        if (!to)
            fail("no tab in", line);
        *to++ = '\0';
        spoil(&spoiling, line, to);
    }
    free(line);
    for (size_t i = 0; i < spoiling.voice_count; i++)
        free(spoiling.voices[i].items);
    free(spoiling.voices);
    return 0;
}

/* --- joining ---------------------------------------------------------------------------------- */

/* Seconds of silence behind an utterance: whoever goes on waits 0.3 to 1.3 s; one time in seven
 * there is more to think, or somebody else begins: 2 to 6 s. */
static double pause_length(uint64_t *state)
{
    const double x = (draw(state) + 1) / 2;
    return x < 1 / 7.0 ? 2 + 28 * x : 0.3 + (x - 1 / 7.0) * 7 / 6;
}

#define HISS 0.0005 /* of full scale, at most */

static void write_part(SNDFILE *file, const float *items, size_t count, uint64_t *state)
{
    float block[1024];
    while (count) {
        const size_t now = count < COUNT_OF(block) ? count : COUNT_OF(block);
        for (size_t i = 0; i < now; i++)
            block[i] = (items ? items[i] : 0) + (float)(HISS * draw(state));
        if (sf_writef_float(file, block, (sf_count_t)now) != (sf_count_t)now)
            fail("cannot write", sf_strerror(file));
        items = items ? items + now : NULL;
        count -= now;
    }
}

static int main_join(int argc, char **argv)
{
    uint64_t state =
        hash("join", argc == 4 && !strcmp(argv[1], "--seed") ? strtoull(argv[2], NULL, 10) : 1);
    SF_INFO info = {.samplerate = RATE, .channels = 1, .format = SF_FORMAT_WAV | SF_FORMAT_PCM_16};
    SNDFILE *file = argc == 2 || argc == 4 ? sf_open(argv[argc - 1], SFM_WRITE, &info) : NULL;
    if (!file)
        fail("use: recordings join [--seed N] TO", NULL);
    char *line = NULL;
    size_t capacity = 0, at = 0;
    while (next_line(stdin, &line, &capacity)) {
        struct sound sound = read_sound(line);
        const size_t silence = (size_t)(pause_length(&state) * RATE);
        write_part(file, sound.items, sound.count, &state);
        write_part(file, NULL, silence, &state);
        printf("%s\t%.2f\t%.2f\n", line, (double)at / RATE, (double)(at + sound.count) / RATE);
        at += sound.count + silence;
        free(sound.items);
    }
    free(line);
    return sf_close(file) ? 1 : 0;
}

static int main_seconds(void)
{
    char *line = NULL;
    size_t capacity = 0;
    double total = 0;
    while (next_line(stdin, &line, &capacity)) {
        SF_INFO info = {0};
        SNDFILE *file = sf_open(line, SFM_READ, &info);
        if (!file)
            fail("cannot be read", line);
        total += (double)info.frames / info.samplerate;
        sf_close(file);
    }
    free(line);
    printf("%.2f\n", total);
    return 0;
}

/* --- what it costs ---------------------------------------------------------------------------- */

static double seconds(const struct timeval *time)
{
    return (double)time->tv_sec + (double)time->tv_usec / 1e6;
}

static int main_cost(int argc, char **argv)
{
    if (argc < 3)
        fail("use: recordings cost TO PROGRAM ARGUMENT...", NULL);
    const pid_t child = fork();
    int status;
    struct rusage used;
    if (child == 0) {
        execvp(argv[2], argv + 2);
        fail(strerror(errno), argv[2]);
    }
    if (child < 0 || wait4(child, &status, 0, &used) != child)
        fail("cannot run", argv[2]);
    FILE *file = fopen(argv[1], "ae");
    if (!file)
        fail("cannot be written", argv[1]);
    fprintf(file, "%.3f\t%ld\n", seconds(&used.ru_utime) + seconds(&used.ru_stime), used.ru_maxrss);
    fclose(file);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}

int main(int argc, char **argv)
{
    const char *what = argc > 1 ? argv[1] : "";
    if (!strcmp(what, "spoil"))
        return main_spoil(argc - 1, argv + 1);
    if (!strcmp(what, "join"))
        return main_join(argc - 1, argv + 1);
    if (!strcmp(what, "seconds"))
        return main_seconds();
    if (!strcmp(what, "cost"))
        return main_cost(argc - 1, argv + 1);
    fail("use: recordings spoil | join | seconds | cost", NULL);
}
