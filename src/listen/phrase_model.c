/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "listen/phrase_model.h"

#include "base/mem.h"
#include "base/strbuf.h"
#include "base/tokens.h"
#include "dsp/denoise.h"
#include "listen/neural_scorer.h"
#include "listen/pronounce.h"
#include "model/calibration.h"
#include "model/pack.h"
#include "model/vocabulary.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LOOP  "loop"  /* the grammar of any sequence of phones */
#define CHAIN "chain" /* that of some phones, one after the other */

/* A pronunciation that the decoder knows. */
struct word {
    char *phones;
    char name[DECODER_WORD];
    int phrase; /* of the vocabulary now set, or -1 */
    bool decoy; /* no phrase and not part of one */
    bool own;   /* the learner taught it, and it is not the pack's */
};

/* A text and its pronunciations. */
struct known {
    char *text;
    int words[PRONOUNCE_MAX]; /* positions in the model's words */
    size_t count;
};

struct phrase_model {
    struct decoder *decoder;
    const struct pronouncer *pronouncer;
    const char *set;
    bool denoise;
    struct word *words;
    size_t word_count, word_capacity;
    struct known *known;
    size_t known_count, known_capacity;
    const char **names; /* for grammars, as many as there are words and phones */
    size_t name_capacity;
};

const char *phrase_model_set(const struct phrase_model *model)
{
    return model->set;
}

void phrase_model_free(struct phrase_model *model)
{
    if (!model)
        return;
    decoder_close(model->decoder);
    for (size_t i = 0; i < model->word_count; i++)
        free(model->words[i].phones);
    for (size_t i = 0; i < model->known_count; i++)
        free(model->known[i].text);
    free(model->words);
    free(model->known);
    free(model->names);
    free(model);
}

/* --- phones as words -------------------------------------------------------------------------- */

static void need_names(struct phrase_model *model, size_t count)
{
    model->names = mem_grow(model->names, &model->name_capacity, count, sizeof *model->names);
}

/* How a phone is called that is a word of its own, by its position in the set. */
static void name_phone(char ret_name[DECODER_WORD], size_t position)
{
    snprintf(ret_name, DECODER_WORD, "p%zu", position);
}

static int make_loop(struct phrase_model *model)
{
    const struct tokens *phones = pronouncer_phones(model->pronouncer, model->set);
    need_names(model, phones->count);
    char(*names)[DECODER_WORD] = xcalloc(phones->count, sizeof *names);
    size_t count = 0;
    for (size_t i = 0; i < phones->count; i++) {
        name_phone(names[count], i);
        if (decoder_add_word(model->decoder, names[count], phones->items[i]))
            continue;
        model->names[count] = names[count];
        count++;
    }
    int result = decoder_set_grammar(model->decoder, LOOP, DECODER_LOOP, model->names, count);
    free(names);
    return result;
}

static int make_chain(struct phrase_model *model, const char *phones)
{
    const struct tokens *all = pronouncer_phones(model->pronouncer, model->set);
    struct tokens said = {0};
    tokens_split(&said, phones, " ");
    char(*names)[DECODER_WORD] = xcalloc(said.count + 1, sizeof *names);
    need_names(model, said.count + 1);
    for (size_t i = 0; i < said.count; i++) {
        for (size_t j = 0; j < all->count; j++)
            if (!strcmp(all->items[j], said.items[i]))
                name_phone(names[i], j);
        model->names[i] = names[i];
    }
    int result =
        decoder_set_grammar(model->decoder, CHAIN, DECODER_CHAIN, model->names, said.count);
    free(names);
    tokens_free(&said);
    return result;
}

static int run(struct phrase_model *model, const char *grammar, const int16_t *samples,
               size_t count, double *ret_score)
{
    struct decoded decoded;
    if (decoder_run(model->decoder, grammar, samples, count, &decoded))
        return -1;
    *ret_score = decoded.score;
    return 0;
}

int phrase_model_find_phones(struct phrase_model *model, const int16_t *samples, size_t count,
                             double *ret_score)
{
    return run(model, LOOP, samples, count, ret_score);
}

int phrase_model_follow_phones(struct phrase_model *model, const char *phones,
                               const int16_t *samples, size_t count, double *ret_score)
{
    return make_chain(model, phones) ? -1 : run(model, CHAIN, samples, count, ret_score);
}

size_t phrase_model_parts(struct phrase_model *model, struct decoder_part *ret_parts, size_t most)
{
    return decoder_parts(model->decoder, ret_parts, most);
}

int phrase_model_detect_speech(struct phrase_model *model, const int16_t *samples, size_t count,
                               double *ret_odds)
{
    return decoder_detect_speech(model->decoder, samples, count, ret_odds);
}

/* "p3 p17" as phones. */
char *phrase_model_phones(struct phrase_model *model)
{
    const struct tokens *phones = pronouncer_phones(model->pronouncer, model->set);
    struct tokens names = {0};
    struct strbuf text = {0};
    char *words = decoder_words(model->decoder);
    tokens_split(&names, words, " ");
    strbuf_add(&text, "");
    for (size_t i = 0; i < names.count; i++) {
        const size_t at = strtoul(names.items[i] + 1, NULL, 10);
        if (names.items[i][0] == 'p' && at < phones->count)
            strbuf_addf(&text, "%s%s", text.length ? " " : "", phones->items[at]);
    }
    tokens_free(&names);
    free(words);
    return strbuf_take(&text);
}

/* --- loading ---------------------------------------------------------------------------------- */

int phrase_model_open(const struct pronouncer *pronouncer, const struct pack_model *pack_model,
                      struct phrase_model **ret_model)
{
    const struct neural_use use = {.weight = pack_model->net_weight, .scale = pack_model->scale};
    struct phrase_model *model = xcalloc(1, sizeof *model);
    model->pronouncer = pronouncer;
    model->set = pack_model->phones;
    model->denoise = pack_model->denoise;
    if (!pack_model_is_there(pack_model) || !pronouncer_knows(pronouncer, pack_model->phones) ||
        decoder_open(pack_model->folder, &use, &model->decoder) || make_loop(model)) {
        phrase_model_free(model);
        return -1;
    }
    *ret_model = model;
    return 0;
}

/* --- the vocabulary --------------------------------------------------------------------------- */

static int add_word(struct phrase_model *model, const char *phones)
{
    for (size_t i = 0; i < model->word_count; i++)
        if (!strcmp(model->words[i].phones, phones))
            return (int)i;
    struct word word = {.phrase = -1};
    snprintf(word.name, sizeof word.name, "w%zu", model->word_count);
    if (decoder_add_word(model->decoder, word.name, phones))
        return -1;
    word.phones = xstrdup(phones);
    model->words =
        mem_grow(model->words, &model->word_capacity, model->word_count + 1, sizeof *model->words);
    model->words[model->word_count] = word;
    return (int)model->word_count++;
}

static const struct known *find_known(const struct phrase_model *model, const char *text)
{
    for (size_t i = 0; i < model->known_count; i++)
        if (!strcmp(model->known[i].text, text))
            return &model->known[i];
    return NULL;
}

static const struct known *learn(struct phrase_model *model, const char *text)
{
    struct known known = {.text = xstrdup(text)};
    struct pronunciations found = {0};
    /* A text that cannot be pronounced can still be typed. */
    if (pronounce(model->pronouncer, model->set, text, &found) == 0) {
        for (size_t i = 0; i < found.count; i++) {
            int word = add_word(model, found.items[i]);
            if (word >= 0)
                known.words[known.count++] = word;
        }
        pronunciations_free(&found);
    }
    model->known = mem_grow(model->known, &model->known_capacity, model->known_count + 1,
                            sizeof *model->known);
    model->known[model->known_count] = known;
    return &model->known[model->known_count++];
}

static const struct known *know(struct phrase_model *model, const char *text)
{
    const struct known *known = find_known(model, text);
    return known ? known : learn(model, text);
}

/* Whether `part` is in `whole`, phone by phone. */
static bool contains(const char *whole, const char *part)
{
    const size_t length = strlen(part);
    for (const char *at = whole; (at = strstr(at, part)); at++)
        if ((at == whole || at[-1] == ' ') && (!at[length] || at[length] == ' '))
            return true;
    return false;
}

static bool is_part_of_phrase(const struct phrase_model *model, const char *phones)
{
    for (size_t i = 0; i < model->word_count; i++)
        if (model->words[i].phrase >= 0 && contains(model->words[i].phones, phones))
            return true;
    return false;
}

static void mark_decoys(struct phrase_model *model, const struct tokens *decoys)
{
    for (size_t i = 0; i < decoys->count; i++) {
        const struct known *known = know(model, decoys->items[i]);
        for (size_t j = 0; j < known->count; j++) {
            struct word *word = &model->words[known->words[j]];
            word->decoy = !is_part_of_phrase(model, word->phones);
        }
    }
}

static void mark_phrase(struct phrase_model *model, int word, int phrase, bool own)
{
    if (word < 0 || model->words[word].phrase >= 0)
        return;
    model->words[word].phrase = phrase;
    model->words[word].own = own;
}

/* How the learner says it, as far as it was written down in this model's phones. */
static void add_own_words(struct phrase_model *model, const struct calibration *calibration,
                          const char *text, int phrase)
{
    const struct calibration_phrase *own = calibration_find(calibration, text);
    for (size_t i = 0; own && i < own->token_count; i++) {
        const struct calibration_token *token = &own->tokens[i];
        for (size_t j = 0; j < token->sound_count; j++)
            if (!strcmp(token->sounds[j].set, model->set))
                mark_phrase(model, add_word(model, token->sounds[j].phones), phrase, true);
    }
}

int phrase_model_set_vocabulary(struct phrase_model *model, const struct vocabulary *vocabulary,
                                const struct calibration *calibration, const struct tokens *decoys)
{
    for (size_t i = 0; i < model->word_count; i++) {
        model->words[i].phrase = -1;
        model->words[i].decoy = false;
        model->words[i].own = false;
    }
    for (size_t i = 0; i < vocabulary->count; i++) {
        const struct known *known = know(model, vocabulary->items[i].text);
        for (size_t j = 0; j < known->count; j++)
            mark_phrase(model, known->words[j], (int)i, false);
    }
    for (size_t i = 0; i < vocabulary->count; i++)
        add_own_words(model, calibration, vocabulary->items[i].text, (int)i);
    mark_decoys(model, decoys);
    return phrase_model_choose(model, CHOICE_ALL, -1);
}

/* --- decoding --------------------------------------------------------------------------------- */

static const char *grammar_of(enum phrase_choice choice)
{
    static const char *const names[CHOICES] = {
        [CHOICE_ALL] = "phrases",
        [CHOICE_PHRASE] = "phrase",
        [CHOICE_PLAIN] = "plain",
        [CHOICE_RIVALS] = "rivals",
    };
    return names[choice];
}

static bool is_chosen(const struct word *word, enum phrase_choice choice, int phrase)
{
    switch (choice) {
    case CHOICE_ALL:
        return word->phrase >= 0;
    case CHOICE_PHRASE:
        return word->phrase == phrase;
    case CHOICE_PLAIN:
        return word->phrase == phrase && !word->own;
    default:
        return word->decoy || (word->phrase >= 0 && word->phrase != phrase);
    }
}

int phrase_model_choose(struct phrase_model *model, enum phrase_choice choice, int phrase)
{
    size_t count = 0;
    need_names(model, model->word_count + 1);
    for (size_t i = 0; i < model->word_count; i++)
        if (is_chosen(&model->words[i], choice, phrase))
            model->names[count++] = model->words[i].name;
    return decoder_set_grammar(model->decoder, grammar_of(choice), DECODER_ONE, model->names,
                               count);
}

static const struct word *find_word(const struct phrase_model *model, const char *name)
{
    for (size_t i = 0; i < model->word_count; i++)
        if (!strcmp(model->words[i].name, name))
            return &model->words[i];
    return NULL;
}

int phrase_model_find(struct phrase_model *model, enum phrase_choice choice, const int16_t *samples,
                      size_t count, struct phrase_found *ret_found)
{
    struct decoded decoded;
    if (decoder_run(model->decoder, grammar_of(choice), samples, count, &decoded))
        return -1;
    const struct word *word = find_word(model, decoded.word);
    *ret_found = (struct phrase_found){
        .phrase = word ? word->phrase : -1,
        .score = decoded.score,
        .phones = word ? word->phones : NULL,
        .own = word && word->own,
        .frames = decoded.frames > 0 ? decoded.frames : 1,
    };
    return 0;
}

int16_t *phrase_model_hear(const struct phrase_model *model, const int16_t *samples, size_t count)
{
    int16_t *heard = xmalloc((count + 1) * sizeof *heard);
    memcpy(heard, samples, count * sizeof *heard);
    if (model->denoise)
        denoise_utterance(heard, count);
    return heard;
}
