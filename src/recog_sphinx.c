/*
 * recog_sphinx: recognition with pocketsphinx.
 *
 * Each phrase of the vocabulary is one word of the decoder per pronunciation; the grammar is one of
 * these words. A grammar always answers, so the answer is weighed: the same sound is decoded again
 * with all other phrases and with words that are no phrases (decoys.txt of the pack: would another
 * word do as well?), and with any sequence of phones (does it fit at all?); see verdict.h.
 *
 * A model with its words is a pass, so that several models can be asked about one utterance.
 */
#include "calibration.h"
#include "decoder.h"
#include "denoise.h"
#include "diag.h"
#include "mem.h"
#include "pronounce.h"
#include "recog.h"
#include "strbuf.h"
#include "text.h"
#include "tokens.h"
#include "verdict.h"
#include "voice.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MODELS_MOST 1 /* asked about each utterance, the best of the pack first */

/* A pronunciation that the decoder knows. */
struct word {
    char *phones;
    char name[DECODER_WORD];
    int phrase; /* of the vocabulary now set, or -1 */
    bool decoy; /* no phrase and not part of one */
};

/* A text and its pronunciations, kept because vocabularies come back again and again. */
struct known {
    char *text;
    int words[PRONOUNCE_MOST]; /* positions in the pass's words */
    size_t count;
};

struct pass {
    struct decoder *decoder;
    const char *set; /* of phones.yaml; the voice's */
    int strictness;  /* see verdict.h */
    bool denoise;    /* before decoding */
    struct word *words;
    size_t word_count, word_capacity;
    struct known *known;
    size_t known_count, known_capacity;
    const char **names; /* for grammars, as many as there are words and phones */
    size_t name_capacity;
};

struct recog {
    struct pronouncer *pronouncer;
    struct tokens decoys; /* texts */
    struct pass passes[MODELS_MOST];
    size_t pass_count;
    struct vocabulary vocabulary;
    struct calibration calibration; /* of whoever speaks; empty if nothing is known */
};

static void pass_clear(struct pass *pass)
{
    decoder_close(pass->decoder);
    for (size_t i = 0; i < pass->word_count; i++)
        free(pass->words[i].phones);
    for (size_t i = 0; i < pass->known_count; i++)
        free(pass->known[i].text);
    free(pass->words);
    free(pass->known);
    free(pass->names);
}

static void sphinx_close(struct recog *recog)
{
    if (!recog)
        return;
    for (size_t i = 0; i < recog->pass_count; i++)
        pass_clear(&recog->passes[i]);
    pronouncer_free(recog->pronouncer);
    tokens_free(&recog->decoys);
    vocabulary_free(&recog->vocabulary);
    calibration_free(&recog->calibration);
    free(recog);
}

/* --- loading ---------------------------------------------------------------------------------- */

static int add_word(struct pass *pass, const char *phones)
{
    for (size_t i = 0; i < pass->word_count; i++)
        if (!strcmp(pass->words[i].phones, phones))
            return (int)i;
    struct word word = {.phrase = -1};
    snprintf(word.name, sizeof word.name, "w%zu", pass->word_count);
    if (decoder_add_word(pass->decoder, word.name, phones))
        return -1;
    word.phones = xstrdup(phones);
    pass->words =
        mem_grow(pass->words, &pass->word_capacity, pass->word_count + 1, sizeof *pass->words);
    pass->words[pass->word_count] = word;
    return (int)pass->word_count++;
}

/* Any sequence of phones, each a word of its own. */
static int make_loop(const struct pronouncer *pronouncer, struct pass *pass)
{
    const struct tokens *phones = pronouncer_phones(pronouncer, pass->set);
    pass->names = mem_grow(pass->names, &pass->name_capacity, phones->count, sizeof *pass->names);
    char(*names)[DECODER_WORD] = xcalloc(phones->count, sizeof *names);
    size_t count = 0;
    for (size_t i = 0; i < phones->count; i++) {
        snprintf(names[count], sizeof *names, "p%zu", i);
        if (decoder_add_word(pass->decoder, names[count], phones->items[i]))
            continue;
        pass->names[count] = names[count];
        count++;
    }
    int result = decoder_set_grammar(pass->decoder, "loop", DECODER_LOOP, pass->names, count);
    free(names);
    return result;
}

/* One text a line; a pack without the file has none. */
static void read_decoys(struct tokens *decoys, const char *folder)
{
    char *path = xasprintf("%s/decoys.txt", folder);
    FILE *file = fopen(path, "re");
    char *line = NULL;
    size_t capacity = 0;
    while (file && getline(&line, &capacity, file) >= 0) {
        line[strcspn(line, "\r\n")] = '\0';
        if (*line && *line != '#' && text_utf8_error(line, strlen(line)) == strlen(line))
            tokens_add(decoys, line);
    }
    free(line);
    if (file)
        fclose(file);
    free(path);
}

/* Skips a model that cannot be used: the next one is better than none. */
static void open_models(struct recog *recog, const struct voice *voice)
{
    for (size_t i = 0; i < voice->model_count && recog->pass_count < MODELS_MOST; i++) {
        const struct voice_model *model = &voice->models[i];
        struct pass pass = {
            .set = model->phones,
            .strictness = model->strictness > 0 ? model->strictness : VERDICT_STRICTNESS,
            .denoise = model->denoise,
        };
        if (!voice_model_is_there(model) || !pronouncer_knows(recog->pronouncer, model->phones) ||
            decoder_open(model->folder, &pass.decoder))
            continue;
        if (make_loop(recog->pronouncer, &pass))
            pass_clear(&pass);
        else
            recog->passes[recog->pass_count++] = pass;
    }
}

static char *all_lines(const struct messages *messages, const struct diags *diags)
{
    struct strbuf lines = {0};
    for (size_t i = 0; i < diags->count; i++) {
        char *line = diag_line(messages, &diags->items[i]);
        strbuf_addf(&lines, "%s%s", i ? "\n" : "", line);
        free(line);
    }
    if (!diags->count) {
        char *line = messages_format(messages, MSG_PRONOUNCE_NO_ENGINE);
        strbuf_add(&lines, line);
        free(line);
    }
    return strbuf_take(&lines);
}

static int sphinx_open(const struct voice *voice, struct recog **ret_recog, char **ret_error)
{
    struct diags diags;
    diags_init(&diags, voice->messages);
    struct recog *recog = xcalloc(1, sizeof *recog);
    char *error = NULL;
    if (pronouncer_load(voice->folder, &diags, &recog->pronouncer)) {
        error = all_lines(voice->messages, &diags);
    } else {
        read_decoys(&recog->decoys, voice->folder);
        open_models(recog, voice);
        if (!recog->pass_count)
            error = messages_format(voice->messages, MSG_RECOG_NO_MODEL);
    }
    diags_free(&diags);
    if (error) {
        sphinx_close(recog);
        *ret_error = error;
        return -1;
    }
    *ret_recog = recog;
    return 0;
}

/* --- the vocabulary --------------------------------------------------------------------------- */

static const struct known *find_known(const struct pass *pass, const char *text)
{
    for (size_t i = 0; i < pass->known_count; i++)
        if (!strcmp(pass->known[i].text, text))
            return &pass->known[i];
    return NULL;
}

static const struct known *learn(const struct recog *recog, struct pass *pass, const char *text)
{
    struct known known = {.text = xstrdup(text)};
    struct pronunciations found = {0};
    /* A text that cannot be pronounced can still be typed. */
    if (pronounce(recog->pronouncer, pass->set, text, &found) == 0) {
        for (size_t i = 0; i < found.count; i++) {
            int word = add_word(pass, found.items[i]);
            if (word >= 0)
                known.words[known.count++] = word;
        }
        pronunciations_free(&found);
    }
    pass->known =
        mem_grow(pass->known, &pass->known_capacity, pass->known_count + 1, sizeof *pass->known);
    pass->known[pass->known_count] = known;
    return &pass->known[pass->known_count++];
}

static const struct known *know(const struct recog *recog, struct pass *pass, const char *text)
{
    const struct known *known = find_known(pass, text);
    return known ? known : learn(recog, pass, text);
}

/* All words of the phrases, or all that rival with one of them. */
static int set_grammar(struct pass *pass, const char *name, int rivals_of)
{
    size_t count = 0;
    pass->names =
        mem_grow(pass->names, &pass->name_capacity, pass->word_count + 1, sizeof *pass->names);
    for (size_t i = 0; i < pass->word_count; i++) {
        const struct word *word = &pass->words[i];
        if (rivals_of < 0 ? word->phrase >= 0
                          : word->decoy || (word->phrase >= 0 && word->phrase != rivals_of))
            pass->names[count++] = word->name;
    }
    return decoder_set_grammar(pass->decoder, name, DECODER_ONE, pass->names, count);
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

static bool is_part_of_phrase(const struct pass *pass, const char *phones)
{
    for (size_t i = 0; i < pass->word_count; i++)
        if (pass->words[i].phrase >= 0 && contains(pass->words[i].phones, phones))
            return true;
    return false;
}

static void mark_decoys(const struct recog *recog, struct pass *pass)
{
    for (size_t i = 0; i < recog->decoys.count; i++) {
        const struct known *known = know(recog, pass, recog->decoys.items[i]);
        for (size_t j = 0; j < known->count; j++) {
            struct word *word = &pass->words[known->words[j]];
            word->decoy = !is_part_of_phrase(pass, word->phones);
        }
    }
}

static void mark_phrase(struct pass *pass, int word, int phrase)
{
    if (word >= 0 && pass->words[word].phrase < 0)
        pass->words[word].phrase = phrase;
}

/* How the learner says it, as far as it was written down in this model's phones. */
static void add_own_words(const struct recog *recog, struct pass *pass, int phrase)
{
    const char *text = recog->vocabulary.items[phrase].text;
    const struct calibration_phrase *own = calibration_find(&recog->calibration, text);
    for (size_t i = 0; own && i < own->token_count; i++) {
        const struct calibration_token *token = &own->tokens[i];
        for (size_t j = 0; j < token->sound_count; j++)
            if (!strcmp(token->sounds[j].set, pass->set))
                mark_phrase(pass, add_word(pass, token->sounds[j].phones), phrase);
    }
}

/* Of two phrases that sound the same the first is meant. */
static int pass_set_vocabulary(const struct recog *recog, struct pass *pass)
{
    const struct vocabulary *vocabulary = &recog->vocabulary;
    for (size_t i = 0; i < pass->word_count; i++) {
        pass->words[i].phrase = -1;
        pass->words[i].decoy = false;
    }
    for (size_t i = 0; i < vocabulary->count; i++) {
        const struct known *known = know(recog, pass, vocabulary->items[i].text);
        for (size_t j = 0; j < known->count; j++)
            mark_phrase(pass, known->words[j], (int)i);
    }
    for (size_t i = 0; i < vocabulary->count; i++)
        add_own_words(recog, pass, (int)i);
    mark_decoys(recog, pass);
    return set_grammar(pass, "phrases", -1);
}

static int sphinx_set_vocabulary(struct recog *recog, const struct vocabulary *vocabulary)
{
    vocabulary_free(&recog->vocabulary);
    vocabulary_copy(&recog->vocabulary, vocabulary);
    int result = 0;
    for (size_t i = 0; i < recog->pass_count; i++)
        result |= pass_set_vocabulary(recog, &recog->passes[i]);
    return result;
}

/* --- decoding --------------------------------------------------------------------------------- */

static const struct word *find_word(const struct pass *pass, const char *name)
{
    for (size_t i = 0; i < pass->word_count; i++)
        if (!strcmp(pass->words[i].name, name))
            return &pass->words[i];
    return NULL;
}

/* Without any other word nothing is known of how far it would be. */
#define MARGIN_ALONE 20.0

/* Nobody commands for so long, seconds: not worth weighing. */
#define COMMAND_MOST 5.0

/* Adds the best other word to the evidence, if it can still matter. */
static int find_rival(struct pass *pass, const int16_t *samples, size_t count, int phrase,
                      struct evidence *evidence)
{
    struct decoded rival = {.score = evidence->phrase};
    if (verdict_is_hopeless(evidence, pass->strictness))
        return 0;
    if (set_grammar(pass, "rivals", phrase))
        rival.score -= MARGIN_ALONE;
    else if (decoder_run(pass->decoder, "rivals", samples, count, &rival))
        return -1;
    evidence->rival = rival.score;
    return 0;
}

static int weigh(struct pass *pass, const int16_t *samples, size_t count,
                 const struct decoded *best, const struct word *word, bool costly, int ease,
                 struct recog_result *ret_result)
{
    struct decoded loop;
    if (decoder_run(pass->decoder, "loop", samples, count, &loop))
        return -1;
    struct evidence evidence = {
        .phrase = best->score,
        .rival = best->score,
        .loop = loop.score,
        .seconds = (best->frames > 0 ? best->frames : 1) / 100.0,
        .costly = costly,
    };
    if (find_rival(pass, samples, count, word->phrase, &evidence))
        return -1;
    const double confidence = verdict_eased(verdict_confidence(&evidence, pass->strictness), ease);
    *ret_result = (struct recog_result){
        .phrase = word->phrase,
        .confidence = confidence,
        .verdict = verdict_of(&evidence, confidence),
    };
    return 0;
}

static int decode_pass(struct recog *recog, struct pass *pass, const int16_t *samples, size_t count,
                       struct recog_result *ret_result)
{
    struct recog_result result = {.phrase = -1, .verdict = RECOG_REJECTED};
    struct decoded best;
    if (decoder_run(pass->decoder, "phrases", samples, count, &best))
        return -1;
    const struct word *word = find_word(pass, best.word);
    if (word && word->phrase >= 0) {
        result.phrase = word->phrase;
        if ((double)count / RECOG_RATE < COMMAND_MOST &&
            weigh(pass, samples, count, &best, word, recog->vocabulary.items[word->phrase].costly,
                  recog->calibration.ease, &result))
            return -1;
    }
    *ret_result = result;
    return 0;
}

/* Without any sound every phone fits as well as any other, and so does any phrase. */
static bool is_flat(const int16_t *samples, size_t count)
{
    for (size_t i = 1; i < count; i++)
        if (samples[i] != samples[0])
            return false;
    return true;
}

/* What the model was made to hear of the samples, to be freed. */
static int16_t *clear_copy(const struct pass *pass, const int16_t *samples, size_t count)
{
    int16_t *clear = xmalloc((count + 1) * sizeof *clear);
    memcpy(clear, samples, count * sizeof *clear);
    if (pass->denoise)
        denoise_utterance(clear, count);
    return clear;
}

static int sphinx_decode(struct recog *recog, const int16_t *samples, size_t count,
                         struct recog_result *ret_result)
{
    struct pass *pass = &recog->passes[0];
    if (is_flat(samples, count)) {
        *ret_result = (struct recog_result){.phrase = -1, .verdict = RECOG_REJECTED};
        return 0;
    }
    int16_t *clear = clear_copy(pass, samples, count);
    int result = decode_pass(recog, pass, clear, count, ret_result);
    free(clear);
    return result;
}

/* --- learning --------------------------------------------------------------------------------- */

static void sphinx_set_calibration(struct recog *recog, const struct calibration *calibration)
{
    calibration_free(&recog->calibration);
    calibration_copy(&recog->calibration, calibration, false, -1);
}

/* "p3 p17" of the loop's grammar as phones. */
static char *name_phones(const struct recog *recog, const struct pass *pass, const char *words)
{
    const struct tokens *phones = pronouncer_phones(recog->pronouncer, pass->set);
    struct tokens names = {0};
    struct strbuf text = {0};
    tokens_split(&names, words, " ");
    strbuf_add(&text, "");
    for (size_t i = 0; i < names.count; i++) {
        const size_t at = strtoul(names.items[i] + 1, NULL, 10);
        if (names.items[i][0] == 'p' && at < phones->count)
            strbuf_addf(&text, "%s%s", text.length ? " " : "", phones->items[at]);
    }
    tokens_free(&names);
    return strbuf_take(&text);
}

static int write_down(struct recog *recog, struct pass *pass, const int16_t *samples, size_t count,
                      struct calibration_token *token)
{
    struct decoded loop;
    int16_t *clear = clear_copy(pass, samples, count);
    int result = decoder_run(pass->decoder, "loop", clear, count, &loop);
    free(clear);
    if (result)
        return -1;
    char *words = decoder_words(pass->decoder), *phones = name_phones(recog, pass, words);
    if (*phones)
        calibration_add_sound(token, pass->set, phones);
    free(words);
    free(phones);
    return 0;
}

static int sphinx_transcribe(struct recog *recog, const int16_t *samples, size_t count,
                             struct calibration_token *ret_token)
{
    int result = 0;
    for (size_t i = 0; i < recog->pass_count && !is_flat(samples, count); i++)
        result |= write_down(recog, &recog->passes[i], samples, count, ret_token);
    return result;
}

const struct recog_driver recog_sphinx = {
    .name = "pocketsphinx",
    .open = sphinx_open,
    .set_vocabulary = sphinx_set_vocabulary,
    .decode = sphinx_decode,
    .close = sphinx_close,
    .set_calibration = sphinx_set_calibration,
    .transcribe = sphinx_transcribe,
};
