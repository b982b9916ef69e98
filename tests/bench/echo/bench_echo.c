/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * bench_echo SPEECH.wav WORDS.tsv OTHERS.tsv SECONDS [short | own | others]: how well the assistant
 * is kept from hearing itself, and another voice.
 *
 * SPEECH is the assistant's own voice reading a guide; WORDS are recordings of people, one
 * "file<tab>text" a line, the near voice; OTHERS are recordings of a screen reader, with its words
 * a minute; SECONDS of speech are played for each of the conditions of the second and fourth table.
 * `short` takes two rooms, fewer levels and half of the words; `own` leaves out the fourth table,
 * `others` all but that. The echo canceller, the listener and
 * the recogniser are those of the program; the rest is simulated, as documented at each step below:
 *
 *   speech -> soft clipping -> clock drift -> delay of the devices -> room -> level -> + noise
 *
 * Levels are those of the near voice's words, NEAR_DB under full scale; the echo is so many dB
 * below it. Prints four tables, and one "sample" line for each figure (see scripts/bench).
 */
#include "base/diag.h"
#include "base/mem.h"
#include "base/messages.h"
#include "base/messages_load.h"
#include "base/paths.h"
#include "bench/room.h"
#include "dsp/echo.h"
#include "dsp/resample.h"
#include "listen/listener.h"
#include "model/command.h"
#include "model/pack.h"
#include "model/pack_vocabulary.h"

#include <math.h>
#include <sndfile.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define RATE       LISTENING_RATE
#define BLOCK      LISTENING_FRAME
#define SPEECH_DB  (-20.0) /* root mean square of what is played, of full scale */
#define NEAR_DB    (-26.0) /* root mean square of a word */
#define NOISE_DB   (-61.0) /* white, 35 dB below */
#define DELAY_MS   60      /* of loudspeaker and microphone, with their buffers */
#define LEARN_S    10      /* what the filter is given before its reduction is measured */
#define WORD_EVERY 4       /* seconds */
#define WORDS_MAX  30
#define OTHERS_MAX 4

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
    const struct echo_config config = {.played_rate = RATE, .tail_ms = 250};
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
    struct pack *pack;
    struct sound speech;
    struct word words[WORDS_MAX];
    size_t word_count;
    struct word others[OTHERS_MAX]; /* another's voice, and its words a minute */
    size_t other_count;
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
        .pack = bench->pack,
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

/* What is played, and what is known of it. */
struct source {
    const struct sound *speech;
    double ppm;
    enum { OWN_VOICE, OTHER_MONITORED, OTHER_UNKNOWN, NO_VOICE } kind;
};

static void give_played(struct listener *listener, const struct source *source, size_t *given,
                        size_t until)
{
    int16_t block[BLOCK + 2] = {0};
    size_t count = BLOCK;
    if (source->kind == OWN_VOICE || source->kind == OTHER_MONITORED) {
        count = played_until(until, source->ppm, source->speech) - *given;
        to_samples(source->speech->items + *given, count, block);
        *given += count;
    }
    if (source->kind == OTHER_MONITORED)
        listener_monitored(listener, block, count);
    else
        listener_played(listener, block, count, source->kind == OWN_VOICE);
}

/* Plays while the microphone hears `heard`. */
static void play(struct listener *listener, const struct source *source, const struct sound *heard,
                 on_phrase tell, void *context)
{
    struct heard event;
    size_t given = 0;
    for (size_t at = 0; at + BLOCK <= heard->count; at += BLOCK) {
        int16_t block[BLOCK];
        give_played(listener, source, &given, at + BLOCK);
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
    counts[0] += heard->verdict == VERDICT_OBEY;
    counts[1]++;
}

static size_t false_commands(const struct bench *bench, const struct source *source,
                             const struct condition *condition, enum listener_mode mode,
                             double seconds, size_t *ret_utterances)
{
    struct vocabulary vocabulary = {0};
    struct listener *listener = open_listener(bench, mode);
    size_t counts[2] = {0};
    pack_vocabulary_add_spoken(bench->pack, &vocabulary);
    listener_set_vocabulary(listener, &vocabulary);
    vocabulary_free(&vocabulary);
    struct sound heard = make_echo(source->speech, condition);
    for (double done = 0; done + 1 < seconds;) {
        struct sound part = heard;
        const double left = (seconds - done) * RATE;
        part.count = left < (double)part.count ? (size_t)left : part.count;
        play(listener, source, &part, count_obeyed, counts);
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
                const struct source own = {&bench->speech, condition.ppm, OWN_VOICE};
                obeyed += false_commands(bench, &own, &condition, modes[m].mode, seconds, &some);
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
    if (heard->verdict != VERDICT_OBEY)
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
    const struct source source = {&bench->speech, condition->ppm, speaking ? OWN_VOICE : NO_VOICE};
    play(listener, &source, &heard, check_word, &trial);
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

/* --- 4: another voice in the room ------------------------------------------------------------- */

static void print_others(const struct bench *bench, double seconds)
{
    static const double levels[] = {0, -12};
    static const struct {
        const char *name;
        int kind;
    } ways[] = {{"not known", OTHER_UNKNOWN}, {"the sound server's monitor", OTHER_MONITORED}};
    printf(
        "\n## Another voice in the room\n\nReads the guide out of a loudspeaker, 0 and 12 dB under "
        "the near voice; clipping, noise, ±50 ppm; every command of the pack is obeyed; %.0f s for "
        "each room and level.\n\n| words a minute | what it plays is | hours | utterances | "
        "commands obeyed | an hour |\n|---|---|---|---|---|---|\n",
        seconds);
    for (size_t o = 0; o < bench->other_count; o++)
        for (size_t w = 0; w < COUNT_OF(ways); w++) {
            size_t obeyed = 0, utterances = 0, runs = 0;
            for (size_t r = bench->first; r < ROOM_COUNT; r += bench->step)
                for (size_t l = 0; l < COUNT_OF(levels); l++, runs++) {
                    const struct condition condition = {r, levels[l], true, true,
                                                        (r + l) % 2 ? 50 : -50};
                    const struct source source = {&bench->others[o].sound, condition.ppm,
                                                  ways[w].kind};
                    size_t some;
                    obeyed +=
                        false_commands(bench, &source, &condition, LISTENER_ECHO, seconds, &some);
                    utterances += some;
                }
            const double hours = (double)runs * seconds / 3600;
            printf("| %s | %s | %.2f | %zu | %zu | %.1f |\n", bench->others[o].text, ways[w].name,
                   hours, utterances, obeyed, (double)obeyed / hours);
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

/* Lines of "file<tab>text"; how many there are, `most` at most. */
static size_t read_list(const char *file, double rms_db, size_t most, struct word *ret_words)
{
    FILE *list = fopen(file, "r");
    char line[1024];
    size_t count = 0;
    while (list && count < most && fgets(line, sizeof line, list)) {
        char *text = strchr(line, '\t');
        if (!text)
            continue;
        *text++ = '\0';
        text[strcspn(text, "\n")] = '\0';
        ret_words[count++] = (struct word){xstrdup(text), read_sound(line, rms_db)};
    }
    if (list)
        fclose(list);
    return count;
}

static void free_words(struct word *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        free(words[i].text);
        free(words[i].sound.items);
    }
}

static struct pack *load_voice(void)
{
    struct messages *messages = messages_load_builtin();
    struct pack *pack = NULL;
    struct diags diags;
    char *folder = paths_pack("fr");
    diags_init(&diags, messages);
    if (!folder || pack_load(folder, &diags, &pack)) {
        diags_print(&diags, stderr);
        exit(1);
    }
    diags_free(&diags);
    free(folder);
    messages_free(messages);
    return pack;
}

static void print_own(const struct bench *bench, double seconds)
{
    struct sound minute = bench->speech; /* is enough for the first table */
    minute.count = minute.count < 60 * RATE ? minute.count : 60 * RATE;
    print_reductions(bench, &minute);
    print_false_commands(bench, seconds);
    if (bench->word_count > 0)
        print_recognised(bench);
    else
        printf("No recordings of people: the third table is left out.\n");
}

int main(int argc, char **argv)
{
    struct bench bench = {0};
    if (argc < 5 || atof(argv[4]) <= 0)
        return 2;
    const double seconds = atof(argv[4]);
    const char *part = argc > 5 ? argv[5] : "";
    bench.is_short = !strcmp(part, "short");
    bench.first = bench.is_short ? 1 : 0; /* bedroom, classroom */
    bench.step = bench.is_short ? 3 : 1;
    bench.pack = load_voice();
    bench.speech = read_sound(argv[1], SPEECH_DB);
    bench.word_count =
        read_list(argv[2], NEAR_DB, bench.is_short ? WORDS_MAX / 2 : WORDS_MAX, bench.words);
    bench.other_count = read_list(argv[3], SPEECH_DB, OTHERS_MAX, bench.others);
    if (strcmp(part, "others"))
        print_own(&bench, seconds);
    if (strcmp(part, "own"))
        print_others(&bench, seconds);
    free_words(bench.words, bench.word_count);
    free_words(bench.others, bench.other_count);
    free(bench.speech.items);
    pack_free(bench.pack);
    return 0;
}
