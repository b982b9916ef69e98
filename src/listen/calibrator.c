/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "listen/calibrator.h"

#include "base/mem.h"
#include "listen/verdict.h"
#include "model/command.h"

#include <stdlib.h>
#include <string.h>

/* Nine in ten doubles of one speaker differ by less, half of all other pairs by more
 * (doc/recognition-experiments.md). */
#define UNLIKE 0.9

/* Fewer phones are no command: a knock, a breath. */
#define PHONES_MIN 2

struct saying {
    char *text;
    size_t token; /* 0 or 1 */
    int16_t *samples;
    size_t count;
};

struct calibrator {
    const struct recog_driver *driver;
    struct recog *recog;
    const struct vocabulary *vocabulary;
    struct calibration *calibration;
    struct saying *sayings;
    size_t saying_count, saying_capacity;
};

static void use(struct calibrator *calibrator, const struct calibration *calibration,
                const struct vocabulary *vocabulary)
{
    calibrator->driver->set_calibration(calibrator->recog, calibration);
    (void)calibrator->driver->set_vocabulary(calibrator->recog, vocabulary);
}

static void use_nothing(struct calibrator *calibrator)
{
    const struct calibration nothing = {0};
    use(calibrator, &nothing, calibrator->vocabulary);
}

struct calibrator *calibrator_new(const struct recog_driver *driver, struct recog *recog,
                                  const struct vocabulary *vocabulary,
                                  struct calibration *calibration)
{
    struct calibrator *calibrator = xcalloc(1, sizeof *calibrator);
    calibrator->driver = driver;
    calibrator->recog = recog;
    calibrator->vocabulary = vocabulary;
    calibrator->calibration = calibration;
    use_nothing(calibrator);
    return calibrator;
}

static void saying_free(struct saying *saying)
{
    free(saying->text);
    free(saying->samples);
}

void calibrator_free(struct calibrator *calibrator)
{
    if (!calibrator)
        return;
    for (size_t i = 0; i < calibrator->saying_count; i++)
        saying_free(&calibrator->sayings[i]);
    free(calibrator->sayings);
    free(calibrator);
}

/* --- phrases ---------------------------------------------------------------------------------- */

static const struct phrase *phrase_of(const struct vocabulary *vocabulary, const char *text)
{
    for (size_t i = 0; i < vocabulary->count; i++)
        if (!strcmp(vocabulary->items[i].text, text))
            return &vocabulary->items[i];
    return NULL;
}

/* Two phrases for one command are as good as one. */
static bool means_the_same(const struct phrase *a, const struct phrase *b)
{
    if (!a || !b || a == b)
        return a == b;
    return a->command != COMMAND_NONE && a->command == b->command && a->argument == b->argument;
}

/* --- hearing ---------------------------------------------------------------------------------- */

static size_t count_phones(const char *phones)
{
    size_t count = *phones != '\0';
    for (; *phones; phones++)
        count += *phones == ' ';
    return count;
}

/* By the model that both have in common; alike if there is none. */
static bool is_unlike(const struct calibration_token *a, const struct calibration_token *b)
{
    for (size_t i = 0; i < a->sound_count; i++)
        for (size_t j = 0; j < b->sound_count; j++)
            if (!strcmp(a->sounds[i].set, b->sounds[j].set))
                return calibration_distance(a->sounds[i].phones, b->sounds[j].phones) > UNLIKE;
    return false;
}

/* The phrase that it clearly is, if that means something else, or NULL. */
static const char *other_phrase(struct calibrator *calibrator, const char *text,
                                const int16_t *samples, size_t count)
{
    const struct vocabulary *vocabulary = calibrator->vocabulary;
    struct recog_result result;
    if (calibrator->driver->decode(calibrator->recog, samples, count, &result) || result.phrase < 0)
        return NULL;
    const struct phrase *heard = &vocabulary->items[result.phrase];
    const struct hypothesis hypothesis = {heard->command, result.confidence, heard->costly};
    return verdict_is_other(&hypothesis) && !means_the_same(heard, phrase_of(vocabulary, text))
               ? heard->text
               : NULL;
}

static enum calibration_answer judge(struct calibrator *calibrator, const char *text,
                                     const struct calibration_token *token, const int16_t *samples,
                                     size_t count, const char **ret_other)
{
    const struct calibration_phrase *phrase = calibration_find(calibrator->calibration, text);
    if (count_phones(token->sounds[0].phones) < PHONES_MIN)
        return CALIBRATION_UNCLEAR;
    const char *other = other_phrase(calibrator, text, samples, count);
    if (other) {
        *ret_other = other;
        return CALIBRATION_OTHER;
    }
    if (phrase && phrase->token_count > 0 && is_unlike(&phrase->tokens[0], token))
        return CALIBRATION_UNLIKE;
    return CALIBRATION_TAKEN;
}

static void take(struct calibrator *calibrator, const char *text,
                 const struct calibration_token *token, const int16_t *samples, size_t count)
{
    if (!calibration_add(calibrator->calibration, text, token))
        return;
    calibrator->sayings = mem_grow(calibrator->sayings, &calibrator->saying_capacity,
                                   calibrator->saying_count + 1, sizeof *calibrator->sayings);
    struct saying *saying = &calibrator->sayings[calibrator->saying_count++];
    *saying = (struct saying){
        .text = xstrdup(text),
        .token = calibration_find(calibrator->calibration, text)->token_count - 1,
        .samples = xmalloc((count + 1) * sizeof *samples),
        .count = count,
    };
    memcpy(saying->samples, samples, count * sizeof *samples);
}

enum calibration_answer calibrator_hear(struct calibrator *calibrator, const char *text,
                                        const int16_t *samples, size_t count, bool strict,
                                        const char **ret_other)
{
    struct calibration_token token = {
        .before = CALIBRATION_WRONG, .after = CALIBRATION_WRONG, .other = CALIBRATION_WRONG};
    enum calibration_answer answer = CALIBRATION_UNCLEAR;
    if (!calibrator->driver->transcribe(calibrator->recog, samples, count, &token) &&
        token.sound_count > 0)
        answer =
            strict ? judge(calibrator, text, &token, samples, count, ret_other) : CALIBRATION_TAKEN;
    if (answer == CALIBRATION_TAKEN)
        take(calibrator, text, &token, samples, count);
    calibration_token_free(&token);
    return answer;
}

void calibrator_tidy(struct calibrator *calibrator)
{
    size_t left = 0;
    calibration_drop_halves(calibrator->calibration);
    for (size_t i = 0; i < calibrator->saying_count; i++) {
        struct saying *saying = &calibrator->sayings[i];
        if (calibration_find(calibrator->calibration, saying->text))
            calibrator->sayings[left++] = *saying;
        else
            saying_free(saying);
    }
    calibrator->saying_count = left;
}

/* --- measuring -------------------------------------------------------------------------------- */

/* CALIBRATION_WRONG if nothing, or not `wanted` (NULL: whatever it is), is heard. */
static int measure(struct calibrator *calibrator, const struct vocabulary *vocabulary,
                   const struct saying *saying, const struct phrase *wanted)
{
    struct recog_result result;
    if (calibrator->driver->decode(calibrator->recog, saying->samples, saying->count, &result) ||
        result.phrase < 0)
        return CALIBRATION_WRONG;
    const struct phrase *heard = &vocabulary->items[result.phrase];
    if (wanted && !means_the_same(heard, wanted))
        return CALIBRATION_WRONG;
    return verdict_clearance(result.confidence, heard->costly);
}

static struct calibration_token *token_of(const struct calibrator *calibrator,
                                          const struct saying *saying)
{
    return &calibration_find(calibrator->calibration, saying->text)->tokens[saying->token];
}

/* All that does not mean the same as `text`. */
static void without(const struct vocabulary *vocabulary, const char *text,
                    struct vocabulary *ret_vocabulary)
{
    const struct phrase *left_out = phrase_of(vocabulary, text);
    *ret_vocabulary = (struct vocabulary){0};
    for (size_t i = 0; i < vocabulary->count; i++) {
        const struct phrase *phrase = &vocabulary->items[i];
        if (!means_the_same(phrase, left_out))
            vocabulary_add_spoken(ret_vocabulary, phrase->text, phrase->command, phrase->argument,
                                  phrase->costly);
    }
}

/* What the sayings but this one of each phrase teach. */
static void learn_without(struct calibrator *calibrator, size_t token,
                          const struct vocabulary *vocabulary)
{
    struct calibration rest;
    calibration_copy(&rest, calibrator->calibration, false, (int)token);
    rest.ease = 0;
    use(calibrator, &rest, vocabulary);
    calibration_free(&rest);
}

static int measure_own(struct calibrator *calibrator, const struct saying *saying)
{
    const struct vocabulary *vocabulary = calibrator->vocabulary;
    return measure(calibrator, vocabulary, saying, phrase_of(vocabulary, saying->text));
}

static int measure_other(struct calibrator *calibrator, const struct saying *saying)
{
    struct vocabulary others;
    without(calibrator->vocabulary, saying->text, &others);
    learn_without(calibrator, saying->token, &others);
    const int clearance = measure(calibrator, &others, saying, NULL);
    vocabulary_free(&others);
    return clearance;
}

void calibrator_measure_phrase(struct calibrator *calibrator, const char *text)
{
    use_nothing(calibrator);
    for (size_t i = 0; i < calibrator->saying_count; i++) {
        const struct saying *saying = &calibrator->sayings[i];
        if (!strcmp(saying->text, text))
            token_of(calibrator, saying)->before = measure_own(calibrator, saying);
    }
    for (size_t i = 0; i < calibrator->saying_count; i++) {
        const struct saying *saying = &calibrator->sayings[i];
        if (strcmp(saying->text, text))
            continue;
        token_of(calibrator, saying)->other = measure_other(calibrator, saying);
        learn_without(calibrator, saying->token, calibrator->vocabulary);
        token_of(calibrator, saying)->after = measure_own(calibrator, saying);
    }
    use_nothing(calibrator);
}

void calibrator_measure(struct calibrator *calibrator)
{
    for (size_t token = 0; token < CALIBRATION_TOKENS; token++) {
        learn_without(calibrator, token, calibrator->vocabulary);
        for (size_t i = 0; i < calibrator->saying_count; i++) {
            const struct saying *saying = &calibrator->sayings[i];
            if (saying->token == token)
                token_of(calibrator, saying)->after = measure_own(calibrator, saying);
        }
    }
    calibrator->calibration->ease = calibration_best_ease(calibrator->calibration);
    use_nothing(calibrator);
}
