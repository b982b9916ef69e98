/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/calibration.h"

#include "base/edit_distance.h"
#include "base/mem.h"
#include "base/tokens.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A saying that was so clear without calibration teaches nothing: one more pronunciation would only
 * be one more that others can be taken for. Of 500, 250 and 0 the best on recorded doubles. */
#define CLEAR_ENOUGH 500

/* With fewer sayings the model knows better. */
#define EASE_TOKENS 8

/* Hundredths of log odds: how soft an edge is, and in what steps it is looked for. */
#define EASE_SOFT 50.0
#define EASE_STEP 10

/* A command missed is worse than another one obeyed in its stead. With 1 a tenth of the commands
 * were lost again, with 0.3 twice as many other words were obeyed as without calibration. */
#define OTHER_WEIGHT 0.5

/* What it costs to leave the model's own strictness by one hundredth, in mistakes. */
#define EASE_COST 0.002

/* --- memory ----------------------------------------------------------------------------------- */

static void clear_token(struct calibration_token *token)
{
    for (size_t i = 0; i < token->sound_count; i++) {
        free(token->sounds[i].set);
        free(token->sounds[i].phones);
    }
    free(token->sounds);
    *token = (struct calibration_token){0};
}

void calibration_token_free(struct calibration_token *token)
{
    clear_token(token);
}

static void clear_phrase(struct calibration_phrase *phrase)
{
    for (size_t i = 0; i < phrase->token_count; i++)
        clear_token(&phrase->tokens[i]);
    free(phrase->tokens);
    free(phrase->text);
    *phrase = (struct calibration_phrase){0};
}

void calibration_free(struct calibration *calibration)
{
    for (size_t i = 0; i < calibration->phrase_count; i++)
        clear_phrase(&calibration->phrases[i]);
    free(calibration->phrases);
    *calibration = (struct calibration){0};
}

void calibration_add_sound(struct calibration_token *token, const char *set, const char *phones)
{
    if (token->sound_count >= CALIBRATION_SOUNDS)
        return;
    token->sounds = xrealloc(token->sounds, (token->sound_count + 1) * sizeof *token->sounds);
    token->sounds[token->sound_count++] =
        (struct calibration_sound){.set = xstrdup(set), .phones = xstrdup(phones)};
}

static struct calibration_phrase *add_phrase(struct calibration *calibration, const char *text)
{
    if (calibration->phrase_count >= CALIBRATION_PHRASES_MAX)
        return NULL;
    calibration->phrases = xrealloc(calibration->phrases,
                                    (calibration->phrase_count + 1) * sizeof *calibration->phrases);
    struct calibration_phrase *phrase = &calibration->phrases[calibration->phrase_count++];
    *phrase = (struct calibration_phrase){.text = xstrdup(text)};
    return phrase;
}

static struct calibration_token *add_token(struct calibration_phrase *phrase,
                                           const struct calibration_token *token)
{
    if (phrase->token_count >= CALIBRATION_TOKENS)
        return NULL;
    phrase->tokens = xrealloc(phrase->tokens, (phrase->token_count + 1) * sizeof *phrase->tokens);
    struct calibration_token *copy = &phrase->tokens[phrase->token_count++];
    *copy = *token;
    copy->sounds = NULL;
    copy->sound_count = 0;
    for (size_t i = 0; i < token->sound_count; i++)
        calibration_add_sound(copy, token->sounds[i].set, token->sounds[i].phones);
    return copy;
}

struct calibration_token *calibration_add(struct calibration *calibration, const char *text,
                                          const struct calibration_token *token)
{
    struct calibration_phrase *phrase = calibration_find(calibration, text);
    if (!phrase)
        phrase = add_phrase(calibration, text);
    return phrase ? add_token(phrase, token) : NULL;
}

void calibration_copy(struct calibration *ret_calibration, const struct calibration *calibration,
                      bool kept_only, int leave_out)
{
    *ret_calibration = (struct calibration){.ease = calibration->ease};
    for (size_t i = 0; i < calibration->phrase_count; i++) {
        const struct calibration_phrase *from = &calibration->phrases[i];
        if (kept_only && !from->kept)
            continue;
        struct calibration_phrase *to = add_phrase(ret_calibration, from->text);
        to->kept = from->kept;
        for (size_t j = 0; j < from->token_count; j++)
            if ((int)j != leave_out && from->tokens[j].before < CLEAR_ENOUGH)
                add_token(to, &from->tokens[j]);
    }
}

/* --- phrases ---------------------------------------------------------------------------------- */

struct calibration_phrase *calibration_find(const struct calibration *calibration, const char *text)
{
    for (size_t i = 0; i < calibration->phrase_count; i++)
        if (!strcmp(calibration->phrases[i].text, text))
            return &calibration->phrases[i];
    return NULL;
}

bool calibration_is_done(const struct calibration *calibration, const char *text)
{
    const struct calibration_phrase *phrase = calibration_find(calibration, text);
    return phrase && phrase->token_count == CALIBRATION_TOKENS;
}

/* Forgets every phrase that is not `kept`, or that is not whole. */
static void forget(struct calibration *calibration, bool halves)
{
    size_t left = 0;
    for (size_t i = 0; i < calibration->phrase_count; i++) {
        struct calibration_phrase *phrase = &calibration->phrases[i];
        if (halves ? phrase->token_count < CALIBRATION_TOKENS : !phrase->kept)
            clear_phrase(phrase);
        else
            calibration->phrases[left++] = *phrase;
    }
    calibration->phrase_count = left;
}

void calibration_drop_halves(struct calibration *calibration)
{
    forget(calibration, true);
}

void calibration_drop(struct calibration *calibration)
{
    forget(calibration, false);
}

void calibration_keep(struct calibration *calibration)
{
    for (size_t i = 0; i < calibration->phrase_count; i++)
        calibration->phrases[i].kept = true;
}

/* --- what it is worth ------------------------------------------------------------------------- */

struct calibration_gain calibration_gain(const struct calibration *calibration)
{
    struct calibration_gain gain = {0};
    for (size_t i = 0; i < calibration->phrase_count; i++) {
        const struct calibration_phrase *phrase = &calibration->phrases[i];
        for (size_t j = 0; j < phrase->token_count; j++) {
            const struct calibration_token *token = &phrase->tokens[j];
            gain.total++;
            gain.before += token->before >= 0;
            gain.after +=
                token->after != CALIBRATION_WRONG && token->after + calibration->ease >= 0;
        }
    }
    return gain;
}

/* 0..1: how much of a mistake a clearance is that should be above 0. */
static double mistake(double clearance)
{
    return 1.0 / (1.0 + exp(clearance / EASE_SOFT));
}

static double cost_of_token(const struct calibration_token *token, int ease)
{
    double cost = 0;
    if (token->after != CALIBRATION_WRONG)
        cost += mistake(token->after + ease);
    if (token->other != CALIBRATION_WRONG)
        cost += OTHER_WEIGHT * mistake(-(token->other + ease));
    return cost;
}

static double cost_of(const struct calibration *calibration, int ease)
{
    double cost = EASE_COST * abs(ease);
    for (size_t i = 0; i < calibration->phrase_count; i++)
        for (size_t j = 0; j < calibration->phrases[i].token_count; j++)
            cost += cost_of_token(&calibration->phrases[i].tokens[j], ease);
    return cost;
}

int calibration_best_ease(const struct calibration *calibration)
{
    if (calibration_gain(calibration).total < EASE_TOKENS)
        return 0;
    int best = 0;
    double least = cost_of(calibration, best);
    for (int ease = CALIBRATION_EASE_MIN; ease <= CALIBRATION_EASE_MAX; ease += EASE_STEP) {
        const double cost = cost_of(calibration, ease);
        if (cost < least) {
            least = cost;
            best = ease;
        }
    }
    return best;
}

/* --- phones ----------------------------------------------------------------------------------- */

/* Two ways of writing down. */
struct two_sayings {
    const struct tokens *left, *right;
};

static unsigned is_other_phone(const void *context, size_t left, size_t right)
{
    const struct two_sayings *sayings = context;
    return strcmp(sayings->left->items[left], sayings->right->items[right]) != 0;
}

double calibration_distance(const char *phones, const char *other)
{
    struct tokens a = {0}, b = {0};
    tokens_split(&a, phones, " ");
    tokens_split(&b, other, " ");
    const struct two_sayings both = {&a, &b};
    const struct edit_costs costs = {.gap = 1, .replace = is_other_phone, .context = &both};
    const size_t longer = a.count > b.count ? a.count : b.count;
    const unsigned edits = edit_distance(a.count, b.count, &costs);
    const double distance = longer ? edits / (double)longer : 0;
    tokens_free(&a);
    tokens_free(&b);
    return distance;
}
