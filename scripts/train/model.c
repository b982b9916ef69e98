/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model.h"

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common.h"

#define BYTE_ORDER_MARK   0x11223344u
#define SMALLEST_VARIANCE 1e-4f
#define SMALLEST_WEIGHT   1e-7
#define LOG_TWO_PI        1.8378770664093453

struct model *model_new(size_t phones, size_t densities)
{
    if (phones > MAX_PHONES || densities > MAX_DENSITIES) {
        stop("too many phones or densities", NULL);
    }
    struct model *model = take(sizeof *model);
    size_t gaussians = phones * STREAMS * densities;
    model->phones = phones;
    model->densities = densities;
    model->mean = take(gaussians * STREAM_ROOM * sizeof(float));
    model->variance = take(gaussians * STREAM_ROOM * sizeof(float));
    model->half_precision = take(gaussians * STREAM_ROOM * sizeof(float));
    model->log_norm = take(gaussians * sizeof(float));
    model->weight = take(gaussians * STATES * sizeof(float));
    model->log_weight = take(gaussians * STATES * sizeof(float));
    return model;
}

void model_free(struct model *model)
{
    if (model == NULL) {
        return;
    }
    free(model->mean);
    free(model->variance);
    free(model->half_precision);
    free(model->log_norm);
    free(model->weight);
    free(model->log_weight);
    free(model);
}

int model_phone(const struct model *model, const char *name)
{
    for (size_t i = 0; i < model->phones; i++) {
        if (strcmp(model->name[i], name) == 0) {
            return (int)i;
        }
    }
    return -1;
}

void model_prepare(struct model *model)
{
    size_t gaussians = model->phones * STREAMS * model->densities;
    for (size_t i = 0; i < gaussians; i++) {
        double log_norm = 0;
        for (size_t k = i * STREAM_ROOM; k < i * STREAM_ROOM + STREAM_SIZE; k++) {
            if (!(model->variance[k] > SMALLEST_VARIANCE)) {
                model->variance[k] = SMALLEST_VARIANCE;
            }
            log_norm -= 0.5 * (LOG_TWO_PI + log(model->variance[k]));
            model->half_precision[k] = 0.5f / model->variance[k];
        }
        model->log_norm[i] = (float)log_norm;
    }
    for (size_t i = 0; i < gaussians * STATES; i++) {
        model->log_weight[i] = logf(model->weight[i] + 1e-10f);
    }
}

static void normalise_weights(struct model *model)
{
    for (size_t i = 0; i < model->phones * STATES * STREAMS; i++) {
        float *weight = model->weight + i * model->densities;
        double sum = 0;
        for (size_t d = 0; d < model->densities; d++) {
            sum += weight[d];
        }
        for (size_t d = 0; d < model->densities; d++) {
            weight[d] = (float)fmax(weight[d] / sum, SMALLEST_WEIGHT);
        }
    }
}

void model_average(struct model **models, size_t count)
{
    struct model *first = models[0];
    size_t numbers = first->phones * STREAMS * first->densities * STREAM_ROOM;
    size_t weights = first->phones * STATES * STREAMS * first->densities;
    for (size_t m = 1; m < count; m++) {
        if (models[m]->phones != first->phones || models[m]->densities != first->densities) {
            stop("models of different sizes", NULL);
        }
    }
    for (size_t i = 0; i < numbers; i++) {
        double mean = 0;
        double log_variance = 0;
        for (size_t m = 0; m < count; m++) {
            mean += models[m]->mean[i] / (double)count;
            log_variance += log(models[m]->variance[i] + 1e-30) / (double)count;
        }
        first->mean[i] = (float)mean;
        first->variance[i] = i % STREAM_ROOM < STREAM_SIZE ? (float)exp(log_variance) : 0;
    }
    for (size_t i = 0; i < weights; i++) {
        double log_weight = 0;
        for (size_t m = 0; m < count; m++) {
            log_weight += log(models[m]->weight[i] + 1e-10) / (double)count;
        }
        first->weight[i] = (float)exp(log_weight);
    }
    normalise_weights(first);
    model_prepare(first);
}

/* --- reading -------------------------------------------------------------------------------- */

static void read_exactly(FILE *stream, void *to, size_t size, size_t count)
{
    if (fread(to, size, count, stream) != count) {
        stop("file too short", NULL);
    }
}

static uint32_t read_u32(FILE *stream)
{
    uint32_t value;
    read_exactly(stream, &value, sizeof value, 1);
    return value;
}

static bool has(const char *folder, const char *file)
{
    char path[1024];
    snprintf(path, sizeof path, "%s/%s", folder, file);
    return access(path, R_OK) == 0;
}

static FILE *open_s3(const char *folder, const char *file)
{
    FILE *stream = open_in(folder, file, "rb");
    char line[256];
    while (fgets(line, sizeof line, stream) != NULL) {
        if (strcmp(line + strspn(line, " "), "endhdr\n") == 0) {
            if (read_u32(stream) != BYTE_ORDER_MARK) {
                stop("other byte order:", file);
            }
            return stream;
        }
    }
    stop("not an s3 file:", file);
}

/* Reads the sizes that begin a file of means or variances. */
static void read_gaussian_sizes(FILE *stream, size_t *ret_codebooks, size_t *ret_densities)
{
    *ret_codebooks = read_u32(stream);
    if (read_u32(stream) != STREAMS) {
        stop("model does not have three streams", NULL);
    }
    *ret_densities = read_u32(stream);
    for (size_t i = 0; i < STREAMS; i++) {
        if (read_u32(stream) != STREAM_SIZE) {
            stop("streams do not have 13 numbers", NULL);
        }
    }
    read_u32(stream); /* how many numbers follow */
}

static void read_gaussians(const char *folder, const char *file, struct model *model, float *to)
{
    FILE *stream = open_s3(folder, file);
    size_t codebooks;
    size_t densities;
    read_gaussian_sizes(stream, &codebooks, &densities);
    if (codebooks != model->phones || densities != model->densities) {
        stop("sizes differ from mdef:", file);
    }
    for (size_t i = 0; i < codebooks * STREAMS * densities; i++) {
        read_exactly(stream, to + i * STREAM_ROOM, sizeof(float), STREAM_SIZE);
    }
    fclose(stream);
}

static void read_transitions(const char *folder, struct model *model)
{
    FILE *stream = open_s3(folder, "transition_matrices");
    if (read_u32(stream) != model->phones || read_u32(stream) != STATES ||
        read_u32(stream) != STATES + 1) {
        stop("unexpected sizes in transition_matrices", NULL);
    }
    read_u32(stream);
    for (size_t p = 0; p < model->phones; p++) {
        for (size_t s = 0; s < STATES; s++) {
            float row[STATES + 1];
            read_exactly(stream, row, sizeof(float), STATES + 1);
            float sum = row[s] + row[s + 1];
            model->log_stay[p][s] = logf(row[s] / sum);
            model->log_move[p][s] = logf(row[s + 1] / sum);
        }
    }
    fclose(stream);
}

static void read_weights(const char *folder, struct model *model)
{
    FILE *stream = open_s3(folder, "mixture_weights");
    if (read_u32(stream) != model->phones * STATES || read_u32(stream) != STREAMS ||
        read_u32(stream) != model->densities) {
        stop("unexpected sizes in mixture_weights", NULL);
    }
    read_u32(stream);
    read_exactly(stream, model->weight, sizeof(float),
                 model->phones * STATES * STREAMS * model->densities);
    fclose(stream);
    normalise_weights(model);
}

/*
 * pocketsphinx's compressed mixture weights: headers, each preceded by its length, up to a length
 * of 0; then for each stream and density a row with one byte for each state. A byte b is the
 * weight 1.0001^(-1024 b) (pocketsphinx's logarithms, shifted right by ten bits).
 */
static void read_sendump(const char *folder, struct model *model)
{
    FILE *stream = open_in(folder, "sendump", "rb");
    char header[1024];
    for (uint32_t length = read_u32(stream); length != 0; length = read_u32(stream)) {
        if (length > sizeof header) {
            stop("unexpected sendump in", folder);
        }
        read_exactly(stream, header, 1, length);
    }
    size_t rows = read_u32(stream);
    size_t states = read_u32(stream);
    if ((rows != 0 && rows != model->densities) || states < model->phones * STATES) {
        stop("unexpected sendump in", folder);
    }
    unsigned char *row = take(states);
    for (size_t s = 0; s < STREAMS; s++) {
        for (size_t d = 0; d < model->densities; d++) {
            read_exactly(stream, row, 1, states);
            for (size_t state = 0; state < model->phones * STATES; state++) {
                model->weight[weight_index(model, state, s) + d] =
                    (float)exp(-row[state] * 1024.0 * log(1.0001));
            }
        }
    }
    free(row);
    fclose(stream);
    normalise_weights(model);
}

/* Names of the phones, in order, from a text mdef; returns how many. */
static size_t read_names(const char *folder, char name[MAX_PHONES][8])
{
    FILE *stream = open_in(folder, "mdef", "r");
    char line[256];
    size_t count = 0;
    while (fgets(line, sizeof line, stream) != NULL) {
        char phone[8];
        size_t first;
        if (line[0] != '#' && sscanf(line, " %7s - - - %*s %*u %zu", phone, &first) == 2) {
            if (count == MAX_PHONES || first != count * STATES) {
                stop("unexpected mdef in", folder);
            }
            strcpy(name[count++], phone);
        }
    }
    fclose(stream);
    return count;
}

static void find_silence(struct model *model)
{
    int silence = model_phone(model, "SIL");
    if (silence < 0) {
        stop("no phone SIL", NULL);
    }
    model->silence = (size_t)silence;
}

struct model *model_read(const char *folder)
{
    char name[MAX_PHONES][8];
    size_t phones = read_names(folder, name);
    size_t codebooks;
    size_t densities;
    FILE *stream = open_s3(folder, "means");
    read_gaussian_sizes(stream, &codebooks, &densities);
    fclose(stream);
    struct model *model = model_new(phones, densities);
    memcpy(model->name, name, sizeof name);
    find_silence(model);
    read_gaussians(folder, "means", model, model->mean);
    read_gaussians(folder, "variances", model, model->variance);
    if (has(folder, "mixture_weights")) {
        read_weights(folder, model);
    } else {
        read_sendump(folder, model);
    }
    read_transitions(folder, model);
    model_prepare(model);
    return model;
}

/* --- writing -------------------------------------------------------------------------------- */

static void write_exactly(FILE *stream, const void *from, size_t size, size_t count)
{
    if (fwrite(from, size, count, stream) != count) {
        stop("cannot write", NULL);
    }
}

static void write_u32(FILE *stream, size_t value)
{
    uint32_t word = (uint32_t)value;
    write_exactly(stream, &word, sizeof word, 1);
}

static FILE *create_s3(const char *folder, const char *file)
{
    FILE *stream = open_in(folder, file, "wb");
    fputs("s3\nversion 1.0\nendhdr\n", stream);
    write_u32(stream, BYTE_ORDER_MARK);
    return stream;
}

static void write_gaussians(const struct model *model, const char *folder, const char *file,
                            const float *from, const size_t *order, size_t phones)
{
    FILE *stream = create_s3(folder, file);
    write_u32(stream, phones);
    write_u32(stream, STREAMS);
    write_u32(stream, model->densities);
    for (size_t i = 0; i < STREAMS; i++) {
        write_u32(stream, STREAM_SIZE);
    }
    write_u32(stream, phones * STREAMS * model->densities * STREAM_SIZE);
    for (size_t p = 0; p < phones; p++) {
        const float *codebook = from + gaussian_index(model, order[p], 0, 0) * STREAM_ROOM;
        for (size_t i = 0; i < STREAMS * model->densities; i++) {
            write_exactly(stream, codebook + i * STREAM_ROOM, sizeof(float), STREAM_SIZE);
        }
    }
    close_written(stream, folder);
}

static void write_weights(const struct model *model, const char *folder, const size_t *order,
                          size_t phones)
{
    FILE *stream = create_s3(folder, "mixture_weights");
    size_t of_phone = STATES * STREAMS * model->densities;
    write_u32(stream, phones * STATES);
    write_u32(stream, STREAMS);
    write_u32(stream, model->densities);
    write_u32(stream, phones * of_phone);
    for (size_t p = 0; p < phones; p++) {
        write_exactly(stream, model->weight + order[p] * of_phone, sizeof(float), of_phone);
    }
    close_written(stream, folder);
}

static void write_transitions(const struct model *model, const char *folder, const size_t *order,
                              size_t phones)
{
    FILE *stream = create_s3(folder, "transition_matrices");
    write_u32(stream, phones);
    write_u32(stream, STATES);
    write_u32(stream, STATES + 1);
    write_u32(stream, phones * STATES * (STATES + 1));
    for (size_t p = 0; p < phones; p++) {
        for (size_t s = 0; s < STATES; s++) {
            float row[STATES + 1] = {0};
            row[s] = expf(model->log_stay[order[p]][s]);
            row[s + 1] = expf(model->log_move[order[p]][s]);
            write_exactly(stream, row, sizeof(float), STATES + 1);
        }
    }
    close_written(stream, folder);
}

static void write_mdef(const struct model *model, const char *folder, const size_t *order,
                       size_t phones)
{
    FILE *stream = open_in(folder, "mdef", "w");
    fprintf(stream,
            "0.3\n%zu n_base\n0 n_tri\n%zu n_state_map\n%zu n_tied_state\n"
            "%zu n_tied_ci_state\n%zu n_tied_tmat\n#\n# Columns definitions\n"
            "#base lft  rt p attrib tmat      ... state id's ...\n",
            phones, phones * (STATES + 1), phones * STATES, phones * STATES, phones);
    for (size_t p = 0; p < phones; p++) {
        fprintf(stream, "%4s   -   - - %s %zu %zu %zu %zu N\n", model->name[order[p]],
                order[p] == model->silence ? "filler" : "n/a", p, p * STATES, p * STATES + 1,
                p * STATES + 2);
    }
    close_written(stream, folder);
}

static size_t sorted_phones(const struct model *model, bool shipped, size_t order[MAX_PHONES])
{
    size_t count = 0;
    for (size_t p = 0; p < model->phones; p++) {
        if (shipped && model->name[p][0] == 'x') {
            continue;
        }
        size_t at = count++;
        while (at > 0 && strcmp(model->name[order[at - 1]], model->name[p]) > 0) {
            order[at] = order[at - 1];
            at--;
        }
        order[at] = p;
    }
    return count;
}

void model_write(const struct model *model, const char *folder, int shipped)
{
    size_t order[MAX_PHONES];
    size_t phones = sorted_phones(model, shipped != 0, order);
    write_mdef(model, folder, order, phones);
    write_gaussians(model, folder, "means", model->mean, order, phones);
    write_gaussians(model, folder, "variances", model->variance, order, phones);
    write_weights(model, folder, order, phones);
    write_transitions(model, folder, order, phones);
}

void model_lend(struct model *to, const struct model *from)
{
    size_t gaussians = STREAMS * from->densities * STREAM_ROOM;
    size_t weights = STATES * STREAMS * from->densities;
    if (to->densities != from->densities) {
        stop("models of different sizes", NULL);
    }
    for (size_t p = 0; p < from->phones; p++) {
        int found = model_phone(to, from->name[p]);
        if (found < 0) {
            continue;
        }
        size_t q = (size_t)found;
        memcpy(to->mean + q * gaussians, from->mean + p * gaussians, gaussians * sizeof(float));
        memcpy(to->variance + q * gaussians, from->variance + p * gaussians,
               gaussians * sizeof(float));
        memcpy(to->weight + q * weights, from->weight + p * weights, weights * sizeof(float));
        memcpy(to->log_stay[q], from->log_stay[p], sizeof to->log_stay[q]);
        memcpy(to->log_move[q], from->log_move[p], sizeof to->log_move[q]);
    }
    model_prepare(to);
}

/* --- cloning -------------------------------------------------------------------------------- */

/* The phones of pocketsphinx-en-us, in the order of its mdef. */
static const char *const ENGLISH[] = {
    "+NSN+", "+SPN+", "AA", "AE", "AH",  "AO", "AW", "AY", "B",  "CH", "D", "DH", "EH", "ER",
    "EY",    "F",     "G",  "HH", "IH",  "IY", "JH", "K",  "L",  "M",  "N", "NG", "OW", "OY",
    "P",     "R",     "S",  "SH", "SIL", "T",  "TH", "UH", "UW", "V",  "W", "Y",  "Z",  "ZH"};
#define ENGLISH_PHONES (sizeof ENGLISH / sizeof ENGLISH[0])
#define MAX_SOURCES    4

static struct model *read_english(const char *folder)
{
    struct model *english = model_new(ENGLISH_PHONES, 128);
    for (size_t p = 0; p < ENGLISH_PHONES; p++) {
        snprintf(english->name[p], sizeof english->name[p], "%s", ENGLISH[p]);
    }
    find_silence(english);
    read_gaussians(folder, "means", english, english->mean);
    read_gaussians(folder, "variances", english, english->variance);
    read_sendump(folder, english);
    read_transitions(folder, english);
    return english;
}

struct candidate {
    size_t phone, density;
    double weight; /* over the three states */
};

static int heavier_first(const void *left, const void *right)
{
    const struct candidate *a = left;
    const struct candidate *b = right;
    if (a->weight != b->weight) {
        return a->weight > b->weight ? -1 : 1;
    }
    size_t x = a->phone * MAX_DENSITIES + a->density;
    size_t y = b->phone * MAX_DENSITIES + b->density;
    return (x > y) - (x < y);
}

/* Fills one stream of one phone with the heaviest Gaussians of its English sources. */
static void clone_stream(struct model *french, size_t phone, size_t stream,
                         const struct model *english, const size_t *source, size_t sources)
{
    struct candidate all[MAX_SOURCES * MAX_DENSITIES];
    size_t count = 0;
    for (size_t i = 0; i < sources; i++) {
        for (size_t d = 0; d < english->densities; d++) {
            double weight = 0;
            for (size_t s = 0; s < STATES; s++) {
                weight +=
                    english->weight[weight_index(english, source[i] * STATES + s, stream) + d];
            }
            all[count++] = (struct candidate){source[i], d, weight};
        }
    }
    qsort(all, count, sizeof all[0], heavier_first);
    for (size_t d = 0; d < french->densities; d++) {
        size_t to = gaussian_index(french, phone, stream, d) * STREAM_ROOM;
        size_t from = gaussian_index(english, all[d].phone, stream, all[d].density) * STREAM_ROOM;
        memcpy(french->mean + to, english->mean + from, STREAM_ROOM * sizeof(float));
        memcpy(french->variance + to, english->variance + from, STREAM_ROOM * sizeof(float));
        for (size_t s = 0; s < STATES; s++) {
            french->weight[weight_index(french, phone * STATES + s, stream) + d] =
                english->weight[weight_index(english, all[d].phone * STATES + s, stream) +
                                all[d].density];
        }
    }
}

static void clone_phone(struct model *french, const struct model *english, char *line)
{
    size_t source[MAX_SOURCES];
    size_t sources = 0;
    char *name = strtok(line, " \t\n");
    if (name == NULL || name[0] == '#') {
        return;
    }
    for (char *word = strtok(NULL, " \t\n"); word != NULL; word = strtok(NULL, " \t\n")) {
        int phone = model_phone(english, word);
        if (phone < 0 || sources == MAX_SOURCES) {
            stop("unknown English phone, or too many:", word);
        }
        source[sources++] = (size_t)phone;
    }
    if (sources == 0 || french->phones == MAX_PHONES || strlen(name) > 7) {
        stop("no English phones, or no more room for", name);
    }
    size_t phone = french->phones++;
    strcpy(french->name[phone], name);
    for (size_t stream = 0; stream < STREAMS; stream++) {
        clone_stream(french, phone, stream, english, source, sources);
    }
    memcpy(french->log_stay[phone], english->log_stay[source[0]], sizeof french->log_stay[0]);
    memcpy(french->log_move[phone], english->log_move[source[0]], sizeof french->log_move[0]);
}

struct model *model_clone(const char *english_folder, const char *map)
{
    struct model *english = read_english(english_folder);
    struct model *french = model_new(MAX_PHONES, english->densities);
    FILE *stream = fopen(map, "r");
    if (stream == NULL) {
        stop("cannot open", map);
    }
    char line[256];
    french->phones = 0;
    while (fgets(line, sizeof line, stream) != NULL) {
        clone_phone(french, english, line);
    }
    fclose(stream);
    find_silence(french);
    normalise_weights(french);
    model_prepare(french);
    model_free(english);
    return french;
}
