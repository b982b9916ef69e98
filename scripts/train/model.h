/*
 * model: a phonetically tied mixture model in memory, read from and written in the formats of CMU
 * Sphinx ("s3" files, version 1.0, native byte order).
 *
 * Every phone has three states in a row, and one codebook of `densities` diagonal Gaussians in
 * each of STREAMS streams (cepstra, their differences, the differences of those). A state has a
 * weight for each Gaussian of its phone's codebook. A state's score is the sum over the streams of
 * the log of the weighted sum of densities.
 *
 * The first state depends on the class of the phone before (where the mouth comes from), the last
 * one on the class of the phone after, the middle one on neither: a phone has UNITS such units.
 * sphinxtrain adapts plain states; the classes are told apart by train-acoustic refine.
 */
#ifndef TRAIN_MODEL_H
#define TRAIN_MODEL_H

#include <stddef.h>

#define STATES       3
#define CLASSES      9 /* of neighbours; 0 is silence */
#define UNITS        (2 * CLASSES + 1)
#define STREAMS      3
#define STREAM_SIZE  13 /* numbers in a stream's vector */
#define STREAM_ROOM  16 /* the same, with zeros up to a multiple of a vector register */
#define FEATURE_SIZE (STREAMS * STREAM_ROOM)
#define MAX_PHONES   64
#define MAX_DENSITIES 256

struct model {
    size_t phones;
    size_t densities;
    size_t silence; /* index of "SIL" */
    char name[MAX_PHONES][8];
    /* [phone][stream][density][STREAM_ROOM]; zeros in the padding */
    float *mean, *variance;
    /* [phone][unit][stream][density]; sums to 1 over the densities */
    float *weight;
    size_t class[MAX_PHONES];
    /* log of the chance to stay in a state, and to go on to the next */
    float log_stay[MAX_PHONES][STATES], log_move[MAX_PHONES][STATES];
    /* computed by model_prepare: 1 / (2 variance), log of the normaliser, log weight */
    float *half_precision, *log_norm, *log_weight;
};

/* Start of a Gaussian's STREAM_ROOM numbers is gaussian_index(...) * STREAM_ROOM. */
static inline size_t gaussian_index(const struct model *model, size_t phone, size_t stream,
                                    size_t density)
{
    return (phone * STREAMS + stream) * model->densities + density;
}

/* A unit of all: phone * UNITS + unit of the phone. */
static inline size_t weight_index(const struct model *model, size_t unit, size_t stream)
{
    return (unit * STREAMS + stream) * model->densities;
}

/* The unit (of all) of a phone's state between two phones. */
static inline size_t model_unit(const struct model *model, size_t phone, size_t state,
                                size_t before, size_t after)
{
    size_t unit = state == 0   ? model->class[before]
                  : state == 1 ? CLASSES
                               : CLASSES + 1 + model->class[after];
    return phone * UNITS + unit;
}

/* The state (0 to 2) that a unit of a phone stands for. */
static inline size_t model_state(size_t unit)
{
    size_t of_phone = unit % UNITS;
    return of_phone < CLASSES ? 0 : of_phone == CLASSES ? 1 : 2;
}

/* Room for phones and densities; names, numbers and probabilities are zero. */
struct model *model_new(size_t phones, size_t densities);
void model_free(struct model *model);

/* Index of a phone by name, or -1. */
int model_phone(const struct model *model, const char *name);

/* Must follow every change of means, variances or weights, before scoring. */
void model_prepare(struct model *model);

/*
 * Reads the folder that model_write (or sphinxtrain after it) wrote, with the weights of the units
 * if there is a file of them (unit_weights), else with those of the plain states for all classes.
 * Stops on any mistake.
 */
struct model *model_read(const char *folder);

/*
 * Writes mdef (text), means, variances, mixture_weights, transition_matrices of plain states, for
 * sphinxtrain, and unit_weights. Phones are sorted by name, as pocketsphinx wants them.
 */
void model_write(const struct model *model, const char *folder);

/*
 * Writes what pocketsphinx is to read: every triphone with its units, and without the phones whose
 * name begins with "x" (sounds of other languages, only there to be trained beside the French
 * ones).
 */
void model_ship(const struct model *model, const char *folder);

/*
 * A French model from Debian's English one: each line of the file `map` is a phone and the English
 * phones whose Gaussians it starts with ("aa AA AE AH": the 128 heaviest of the three codebooks).
 */
struct model *model_clone(const char *english_folder, const char *map);

#endif
