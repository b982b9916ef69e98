/*
 * bench_echo SPEECH.wav WORDS.tsv SECONDS [short]: how well the assistant is kept from hearing
 * itself.
 *
 * SPEECH is the assistant's own voice reading a guide; WORDS are recordings of people, one
 * "file<tab>text" a line, the near voice; SECONDS of its own speech are played for each of the
 * conditions of the second table. `short` takes
 * two rooms, fewer levels and half of the words. The echo canceller, the listener and the
 * recogniser are those of the program; the rest is simulated, as documented at each step below:
 *
 *   speech -> soft clipping -> clock drift -> delay of the devices -> room -> level -> + noise
 *
 * Levels are those of the near voice's words, NEAR_DB under full scale; the echo is so many dB
 * below it. Prints three tables, and one "sample" line for each figure (see scripts/bench).
 */
#include "command.h"
#include "diag.h"
#include "echo.h"
#include "listener.h"
#include "listening.h"
#include "mem.h"
#include "messages.h"
#include "paths.h"
#include "resample.h"
#include "room.h"
#include "voice.h"

#include <math.h>
#include <sndfile.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define RATE       16000
#define BLOCK      160
#define NEAR_DB    (-26.0) /* root mean square of a word */
#define NOISE_DB   (-61.0) /* white, 35 dB below */
#define DELAY_MS   60      /* of loudspeaker and microphone, with their buffers */
#define LEARN_S    10      /* what the filter is given before its reduction is measured */
#define WORD_EVERY 4       /* seconds */
#define WORDS_MAX  30

/* --- the way of the sound --------------------------------------------------------------------- */

struct sound {
    float *items;
    size_t count;
};

static double level(const float *items, size_t count)
{
    double power = 1e-12;
    for (size_t i = 0; i < count; i++)
        power += (double)items[i] * items[i] / (double)count;
    return sqrt(power);
}

/* A small loudspeaker: x to tanh(2 x) / tanh(2), of the peak. */
static void clip_softly(struct sound *sound)
{
    double peak = 1e-9;
    for (size_t i = 0; i < sound->count; i++)
        peak = fmax(peak, fabs((double)sound->items[i]));
    for (size_t i = 0; i < sound->count; i++)
        sound->items[i] = (float)(peak * tanh(2 * sound->items[i] / peak) / tanh(2));
}

/* The loudspeaker's clock runs faster by so many millionths: cubic interpolation. */
static void drift(struct sound *sound, double ppm)
{
    float *out = xcalloc(sound->count, sizeof *out);
    for (size_t i = 0; i < sound->count; i++) {
        const double at = (double)i * (1 + ppm * 1e-6);
        const size_t k = (size_t)at;
        if (k < 1 || k + 2 >= sound->count)
            continue;
        const double t = at - (double)k, a = sound->items[k - 1], b = sound->items[k],
                     c = sound->items[k + 1], d = sound->items[k + 2];
        out[i] =
            (float)(b + 0.5 * t *
                            (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a))));
    }
    free(sound->items);
    sound->items = out;
}

struct condition {
    size_t room;
    double echo_db; /* under the near voice, negative */
    bool clipped, noisy;
    double ppm;
};

static double noise(unsigned *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return (double)(*seed >> 8) / (1 << 23) - 1;
}

/* What the microphone hears of the speech. */
static struct sound make_echo(const struct sound *speech, const struct condition *condition)
{
    const struct room *room = &rooms[condition->room];
    struct sound echo = {xcalloc(speech->count, sizeof *echo.items), speech->count};
    size_t length;
    unsigned seed = 3;
    memcpy(echo.items, speech->items, speech->count * sizeof *echo.items);
    if (condition->clipped)
        clip_softly(&echo);
    if (condition->ppm != 0)
        drift(&echo, condition->ppm);
    float *response = room_response(room, room->speaker, RATE, &length);
    room_convolve(echo.items, echo.count, response, length, DELAY_MS * RATE / 1000);
    free(response);
    const double gain =
        32768 * pow(10, (NEAR_DB + condition->echo_db) / 20) / level(echo.items, echo.count);
    const double hiss = 32768 * pow(10, NOISE_DB / 20) * sqrt(3);
    for (size_t i = 0; i < echo.count; i++)
        echo.items[i] =
            (float)(echo.items[i] * gain + (condition->noisy ? hiss * noise(&seed) : 0));
    return echo;
}

static int16_t to_sample(double value)
{
    return (int16_t)lrint(fmax(-32768, fmin(32767, value)));
}

static void to_samples(const float *items, size_t count, int16_t *ret)
{
    for (size_t i = 0; i < count; i++)
        ret[i] = to_sample(items[i]);
}

/* How many samples of the speech were played when the microphone has recorded so many. */
static size_t played_until(size_t recorded, double ppm, const struct sound *speech)
{
    const size_t played = (size_t)((double)recorded * (1 + ppm * 1e-6));
    return played < speech->count ? played : speech->count;
}

/* --- 1: how much of the echo is taken out ----------------------------------------------------- */

static double reduction_db(const struct sound *speech, const struct condition *condition)
{
    const struct echo_config config = {.frame = BLOCK, .played_rate = RATE, .tail_ms = 250};
    struct echo *echo = echo_new(&config);
    struct sound heard = make_echo(speech, condition);
    double before = 1e-9, after = 1e-9;
    size_t given = 0;
    for (size_t at = 0; at + BLOCK <= heard.count; at += BLOCK) {
        int16_t microphone[BLOCK], played[BLOCK + 2], clean[BLOCK];
        const size_t count = played_until(at + BLOCK, condition->ppm, speech) - given;
        to_samples(heard.items + at, BLOCK, microphone);
        to_samples(speech->items + given, count, played);
        given += count;
        echo_played(echo, played, count);
        echo_process(echo, microphone, clean);
        for (size_t i = 0; at >= LEARN_S * RATE && i < BLOCK; i++) {
            before += microphone[i] * microphone[i];
            after += clean[i] * clean[i];
        }
    }
    echo_free(echo);
    free(heard.items);
    return 10 * log10(before / after);
}

struct word {
    char *text;
    struct sound sound;
};

struct bench {
    struct voice *voice;
    struct sound speech;
    struct word words[WORDS_MAX];
    size_t word_count;
    bool is_short;
    size_t first, step; /* of the rooms */
};

/* True for a level that is taken. */
static bool is_taken(const struct bench *bench, double echo_db)
{
    return !bench->is_short || echo_db == 0 || echo_db == -12 || echo_db == -24;
}

static void print_reductions(const struct bench *bench, const struct sound *speech)
{
    static const struct {
        const char *name;
        struct condition condition;
    } columns[] = {
        {"filter alone", {0, -12, false, false, 0}}, {"clipping", {0, -12, true, false, 0}},
        {"+50 ppm", {0, -12, false, false, 50}},     {"-50 ppm", {0, -12, false, false, -50}},
        {"noise", {0, -12, false, true, 0}},         {"all, -6 dB", {0, -6, true, true, 50}},
        {"all, -12 dB", {0, -12, true, true, 50}},   {"all, -30 dB", {0, -30, true, true, 50}},
    };
    printf("## Echo reduction, dB\n\n| room (RT60) |");
    for (size_t c = 0; c < COUNT_OF(columns); c++)
        printf(" %s |", columns[c].name);
    printf("\n|---|");
    for (size_t c = 0; c < COUNT_OF(columns); c++)
        printf("---|");
    printf("\n");
    for (size_t r = bench->first; r < ROOM_COUNT; r += bench->step) {
        printf("| %s (%.2f s) |", rooms[r].name, rooms[r].rt60);
        for (size_t c = 0; c < COUNT_OF(columns); c++) {
            struct condition condition = columns[c].condition;
            condition.room = r;
            printf(" %.1f |", reduction_db(speech, &condition));
            fflush(stdout);
        }
        printf("\n");
    }
    printf("\n");
}

/* --- a listener ------------------------------------------------------------------------------- */

static struct listener *open_listener(const struct bench *bench, enum listener_mode mode)
{
    const struct listener_config config = {
        .driver = &recog_sphinx,
        .voice = bench->voice,
        .input_rate = RATE,
        .output_rate = RATE,
        .mode = mode,
        .endpoint = endpoint_default_config(),
        .simulated = true,
    };
    struct listener *listener = NULL;
    struct heard heard;
    if (listener_open(&config, &listener))
        exit(1);
    while (listener_next(listener, &heard)) {
        if (heard.kind == HEARD_FAILED) {
            fprintf(stderr, "bench_echo: %s\n", heard.error);
            exit(1);
        }
        heard_free(&heard);
    }
    return listener;
}

typedef void (*on_phrase)(void *context, const struct heard *heard);

/* Plays `speech` (NULL: nothing) while the microphone hears `heard`. */
static void play(struct listener *listener, const struct sound *speech, double ppm,
                 const struct sound *heard, on_phrase tell, void *context)
{
    struct heard event;
    size_t given = 0;
    for (size_t at = 0; at + BLOCK <= heard->count; at += BLOCK) {
        int16_t block[BLOCK + 2] = {0};
        size_t count = BLOCK;
        if (speech) {
            count = played_until(at + BLOCK, ppm, speech) - given;
            to_samples(speech->items + given, count, block);
            given += count;
        }
        listener_played(listener, block, count, speech != NULL);
        to_samples(heard->items + at, BLOCK, block);
        listener_capture(listener, block, BLOCK);
        listener_work(listener);
        while (listener_next(listener, &event)) {
            if (event.kind == HEARD_PHRASE)
                tell(context, &event);
            heard_free(&event);
        }
    }
}

/* --- 2: commands it gives itself -------------------------------------------------------------- */

static void count_obeyed(void *context, const struct heard *heard)
{
    size_t *counts = context;
    counts[0] += heard->verdict == RECOG_ACCEPTED;
    counts[1]++;
}

static size_t false_commands(const struct bench *bench, const struct condition *condition,
                             enum listener_mode mode, double seconds, size_t *ret_utterances)
{
    struct vocabulary vocabulary = {0};
    struct listener *listener = open_listener(bench, mode);
    size_t counts[2] = {0};
    listening_add_commands(bench->voice, &vocabulary);
    listener_set_vocabulary(listener, &vocabulary);
    vocabulary_free(&vocabulary);
    struct sound heard = make_echo(&bench->speech, condition);
    for (double done = 0; done + 1 < seconds;) {
        struct sound part = heard;
        const double left = (seconds - done) * RATE;
        part.count = left < (double)part.count ? (size_t)left : part.count;
        play(listener, &bench->speech, condition->ppm, &part, count_obeyed, counts);
        done += (double)part.count / RATE;
    }
    listener_close(listener);
    free(heard.items);
    *ret_utterances = counts[1];
    return counts[0];
}

static void print_false_commands(const struct bench *bench, double seconds)
{
    static const double levels[] = {-6, -12, -18, -24, -30};
    static const struct {
        const char *name;
        enum listener_mode mode;
    } modes[] = {{"echo cancelled", LISTENER_ECHO},
                 {"half-duplex", LISTENER_HALF},
                 {"full (headphones), for comparison", LISTENER_FULL}};
    printf("## False commands from its own voice\n\nClipping, noise and ±50 ppm throughout; %.0f s "
           "for each room and level (the comparison: -12 dB only).\n\n"
           "| mode | hours | utterances | false commands | an hour |\n|---|---|---|---|---|\n",
           seconds);
    for (size_t m = 0; m < COUNT_OF(modes); m++) {
        size_t obeyed = 0, utterances = 0, runs = 0;
        for (size_t r = bench->first; r < ROOM_COUNT; r += bench->step)
            for (size_t l = 0; l < COUNT_OF(levels); l++) {
                const struct condition condition = {r, levels[l], true, true,
                                                    (r + l) % 2 ? 50 : -50};
                size_t some;
                if (m > 0 ? levels[l] != -12 : !is_taken(bench, levels[l]))
                    continue;
                obeyed += false_commands(bench, &condition, modes[m].mode, seconds, &some);
                utterances += some;
                runs++;
            }
        const double hours = (double)runs * seconds / 3600;
        printf("| %s | %.2f | %zu | %zu | %.1f |\n", modes[m].name, hours, utterances, obeyed,
               (double)obeyed / hours);
        if (m == 0)
            printf("sample\tfalse commands by its own voice, echo cancelled\tan hour\t0\t%.2f\n",
                   (double)obeyed / hours);
        fflush(stdout);
    }
    printf("\n");
}

/* --- 3: commands of the learner --------------------------------------------------------------- */

struct trial {
    const struct bench *bench;
    bool right[WORDS_MAX];
    size_t wrong;
};

static size_t word_at(double seconds)
{
    return (size_t)((seconds + 0.5 - LEARN_S) / WORD_EVERY);
}

static void check_word(void *context, const struct heard *heard)
{
    struct trial *trial = context;
    const size_t word = heard->start_s + 0.5 < LEARN_S ? WORDS_MAX : word_at(heard->start_s);
    if (heard->verdict != RECOG_ACCEPTED)
        return;
    if (word < trial->bench->word_count && heard->phrase &&
        !strcmp(heard->phrase, trial->bench->words[word].text))
        trial->right[word] = true;
    else
        trial->wrong++;
}

/* Every word stops speech, so that each is one of those obeyed while it speaks. */
static void set_words(const struct bench *bench, struct listener *listener)
{
    struct vocabulary vocabulary = {0};
    for (size_t i = 0; i < bench->word_count; i++)
        vocabulary_add(&vocabulary, bench->words[i].text, COMMAND_STOP, 0, false);
    listener_set_vocabulary(listener, &vocabulary);
    vocabulary_free(&vocabulary);
}

static void recognise(const struct bench *bench, const struct condition *condition, bool speaking,
                      size_t *ret_right, size_t *ret_wrong)
{
    struct listener *listener = open_listener(bench, LISTENER_ECHO);
    struct trial trial = {.bench = bench};
    struct condition quiet = *condition;
    quiet.echo_db = speaking ? condition->echo_db : -120;
    struct sound heard = make_echo(&bench->speech, &quiet);
    set_words(bench, listener);
    size_t most = (LEARN_S + bench->word_count * WORD_EVERY) * RATE;
    for (size_t w = 0; w < bench->word_count; w++) {
        const struct sound *word = &bench->words[w].sound;
        const size_t from = (LEARN_S + w * WORD_EVERY) * RATE;
        for (size_t i = 0; i < word->count && from + i < heard.count; i++)
            heard.items[from + i] += word->items[i];
    }
    heard.count = most < heard.count ? most : heard.count;
    play(listener, speaking ? &bench->speech : NULL, condition->ppm, &heard, check_word, &trial);
    listener_close(listener);
    free(heard.items);
    for (size_t w = 0; w < bench->word_count; w++)
        *ret_right += trial.right[w];
    *ret_wrong += trial.wrong;
}

static void print_recognised(const struct bench *bench)
{
    static const double levels[] = {0, -6, -12, -18, -24, -30};
    double silent = 0;
    printf("## Words of people while it speaks\n\n%zu words, each in every room, in echo-cancelled "
           "mode; clipping, noise, ±50 ppm.\n\n| echo under the voice | understood | wrong |\n"
           "|---|---|---|\n",
           bench->word_count);
    for (size_t l = 0; l < COUNT_OF(levels); l++) {
        size_t right = 0, wrong = 0, all = 0;
        if (!is_taken(bench, levels[l]))
            continue;
        for (size_t r = bench->first; r < ROOM_COUNT; r += bench->step) {
            const struct condition condition = {r, levels[l], true, true, r % 2 ? 50 : -50};
            recognise(bench, &condition, l > 0, &right, &wrong);
            all += bench->word_count;
        }
        const double share = 100.0 * (double)right / (double)all;
        if (l == 0) {
            silent = share;
            printf("| (silence) | %.1f %% | %zu |\n", share, wrong);
        } else {
            printf("| %.0f dB | %.1f %% | %zu |\n", levels[l], share, wrong);
        }
        if (levels[l] == -12)
            printf("sample\tunderstood while it speaks, echo -12 dB, less than in silence by"
                   "\tpoints\t10\t%.1f\n",
                   silent - share);
        fflush(stdout);
    }
}

/* --- what is read ----------------------------------------------------------------------------- */

static struct sound read_sound(const char *file, double rms_db)
{
    SF_INFO info = {0};
    SNDFILE *stream = sf_open(file, SFM_READ, &info);
    if (!stream || info.channels != 1) {
        fprintf(stderr, "bench_echo: %s cannot be read\n", file);
        exit(1);
    }
    int16_t *items = xcalloc((size_t)info.frames + 1, sizeof *items);
    struct samples samples = {0};
    const sf_count_t count = sf_read_short(stream, items, info.frames);
    struct resample *resample = resample_new(info.samplerate, RATE);
    resample_add(resample, items, (size_t)count, &samples);
    resample_end(resample, &samples);
    resample_free(resample);
    sf_close(stream);
    free(items);
    struct sound sound = {xcalloc(samples.count + 1, sizeof *sound.items), samples.count};
    for (size_t i = 0; i < samples.count; i++)
        sound.items[i] = samples.items[i];
    samples_free(&samples);
    const double gain = 32768 * pow(10, rms_db / 20) / level(sound.items, sound.count);
    for (size_t i = 0; i < sound.count; i++)
        sound.items[i] = (float)(sound.items[i] * gain);
    return sound;
}

static void read_words(const char *file, struct bench *bench)
{
    FILE *list = fopen(file, "r");
    char line[1024];
    const size_t most = bench->is_short ? WORDS_MAX / 2 : WORDS_MAX;
    while (list && bench->word_count < most && fgets(line, sizeof line, list)) {
        char *text = strchr(line, '\t');
        if (!text)
            continue;
        *text++ = '\0';
        text[strcspn(text, "\n")] = '\0';
        bench->words[bench->word_count++] = (struct word){xstrdup(text), read_sound(line, NEAR_DB)};
    }
    if (list)
        fclose(list);
}

static struct voice *load_voice(void)
{
    struct messages *messages = messages_new();
    struct voice *voice = NULL;
    struct diags diags;
    char *folder = paths_voice("fr");
    diags_init(&diags, messages);
    if (!folder || voice_load(folder, &diags, &voice)) {
        diags_print(&diags, stderr);
        exit(1);
    }
    diags_free(&diags);
    free(folder);
    messages_free(messages);
    return voice;
}

int main(int argc, char **argv)
{
    struct bench bench = {0};
    if (argc < 4 || atof(argv[3]) <= 0)
        return 2;
    bench.is_short = argc > 4;
    bench.first = bench.is_short ? 1 : 0; /* bedroom, classroom */
    bench.step = bench.is_short ? 3 : 1;
    bench.voice = load_voice();
    bench.speech = read_sound(argv[1], -20);
    read_words(argv[2], &bench);
    struct sound minute = bench.speech; /* is enough for the first table */
    minute.count = minute.count < 60 * RATE ? minute.count : 60 * RATE;
    print_reductions(&bench, &minute);
    print_false_commands(&bench, atof(argv[3]));
    if (bench.word_count > 0)
        print_recognised(&bench);
    else
        printf("No recordings of people: the third table is left out.\n");
    for (size_t w = 0; w < bench.word_count; w++) {
        free(bench.words[w].text);
        free(bench.words[w].sound.items);
    }
    free(bench.speech.items);
    voice_free(bench.voice);
    return 0;
}
