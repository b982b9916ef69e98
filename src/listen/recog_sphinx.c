/*
 * recog_sphinx: recognition with pocketsphinx.
 *
 * Each phrase of the vocabulary is one word of the decoder per pronunciation; the grammar is one of
 * these words. A grammar always answers, so the answer is weighed: the same sound is decoded again
 * with all other phrases and with words that are no phrases (decoys.txt of the pack: would another
 * word do as well?), with any sequence of phones (does it fit at all?), and, if there is hope, with
 * its own phones one by one (does each of them?); see listen/confidence.h.
 *
 * A model with its words is a pass. Two models may be asked about one utterance: the phrase with
 * the best weighted sum of their scores wins, and the evidence of both is added up.
 */
#include "base/diag.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "base/text.h"
#include "base/tokens.h"
#include "dsp/denoise.h"
#include "listen/confidence.h"
#include "listen/decoder.h"
#include "listen/pronounce.h"
#include "listen/recog.h"
#include "listen/verdict.h"
#include "model/calibration.h"
#include "model/pack.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MODELS_MOST 2 /* asked about each utterance, the best of the pack first */

/* A pronunciation that the decoder knows. */
struct word {
    char *phones;
    char name[DECODER_WORD];
    int phrase; /* of the vocabulary now set, or -1 */
    bool decoy; /* no phrase and not part of one */
    bool own;   /* the learner taught it, and it is not the pack's */
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
    double weight;   /* of its scores and evidence in the sum */
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
    int strictness; /* of all of them together; see listen/confidence.h */
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

/* How a phone is called that is a word of its own, by its position in the set. */
static void name_phone(char ret_name[DECODER_WORD], size_t position)
{
    snprintf(ret_name, DECODER_WORD, "p%zu", position);
}

/* Any sequence of phones, each a word of its own. */
static int make_loop(const struct pronouncer *pronouncer, struct pass *pass)
{
    const struct tokens *phones = pronouncer_phones(pronouncer, pass->set);
    pass->names = mem_grow(pass->names, &pass->name_capacity, phones->count, sizeof *pass->names);
    char(*names)[DECODER_WORD] = xcalloc(phones->count, sizeof *names);
    size_t count = 0;
    for (size_t i = 0; i < phones->count; i++) {
        name_phone(names[count], i);
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

static int open_pass(const struct recog *recog, const struct pack_model *model,
                     struct pass *ret_pass)
{
    struct pass pass = {.set = model->phones, .weight = 1, .denoise = model->denoise};
    if (!pack_model_is_there(model) || !pronouncer_knows(recog->pronouncer, model->phones) ||
        decoder_open(model->folder, &pass.decoder))
        return -1;
    if (make_loop(recog->pronouncer, &pass)) {
        pass_clear(&pass);
        return -1;
    }
    *ret_pass = pass;
    return 0;
}

/* Skips a model that cannot be used: the next one is better than none. */
static void open_models(struct recog *recog, const struct pack *pack)
{
    for (size_t i = 0; i < pack->model_count && recog->pass_count < MODELS_MOST; i++) {
        const struct pack_model *model = &pack->models[i];
        struct pass *pass = &recog->passes[recog->pass_count];
        if ((recog->pass_count && !model->together) || open_pass(recog, model, pass))
            continue;
        if (recog->pass_count) {
            pass->weight = model->weight / 100.0;
            recog->strictness = model->together;
        } else {
            recog->strictness = model->strictness > 0 ? model->strictness : CONFIDENCE_STRICTNESS;
        }
        recog->pass_count++;
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

static int sphinx_open(const struct pack *pack, struct recog **ret_recog, char **ret_error)
{
    struct diags diags;
    diags_init(&diags, pack->messages);
    struct recog *recog = xcalloc(1, sizeof *recog);
    char *error = NULL;
    if (pronouncer_load(pack->folder, &diags, &recog->pronouncer)) {
        error = all_lines(pack->messages, &diags);
    } else {
        read_decoys(&recog->decoys, pack->folder);
        open_models(recog, pack);
        if (!recog->pass_count)
            error = messages_format(pack->messages, MSG_RECOG_NO_MODEL);
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

/* Which words a grammar has, seen from one phrase. */
enum choice { CHOICE_ALL, CHOICE_PHRASE, CHOICE_PLAIN, CHOICE_RIVALS };

static bool is_chosen(const struct word *word, enum choice choice, int phrase)
{
    switch (choice) {
    case CHOICE_ALL:
        return word->phrase >= 0;
    case CHOICE_PHRASE:
        return word->phrase == phrase;
    case CHOICE_PLAIN: /* as the pack has it */
        return word->phrase == phrase && !word->own;
    default:
        return word->decoy || (word->phrase >= 0 && word->phrase != phrase);
    }
}

static int set_grammar(struct pass *pass, const char *name, enum choice choice, int phrase)
{
    size_t count = 0;
    pass->names =
        mem_grow(pass->names, &pass->name_capacity, pass->word_count + 1, sizeof *pass->names);
    for (size_t i = 0; i < pass->word_count; i++)
        if (is_chosen(&pass->words[i], choice, phrase))
            pass->names[count++] = pass->words[i].name;
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

static void mark_phrase(struct pass *pass, int word, int phrase, bool own)
{
    if (word < 0 || pass->words[word].phrase >= 0)
        return;
    pass->words[word].phrase = phrase;
    pass->words[word].own = own;
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
                mark_phrase(pass, add_word(pass, token->sounds[j].phones), phrase, true);
    }
}

/* Of two phrases that sound the same the first is meant. */
static int pass_set_vocabulary(const struct recog *recog, struct pass *pass)
{
    const struct vocabulary *vocabulary = &recog->vocabulary;
    for (size_t i = 0; i < pass->word_count; i++) {
        pass->words[i].phrase = -1;
        pass->words[i].decoy = false;
        pass->words[i].own = false;
    }
    for (size_t i = 0; i < vocabulary->count; i++) {
        const struct known *known = know(recog, pass, vocabulary->items[i].text);
        for (size_t j = 0; j < known->count; j++)
            mark_phrase(pass, known->words[j], (int)i, false);
    }
    for (size_t i = 0; i < vocabulary->count; i++)
        add_own_words(recog, pass, (int)i);
    mark_decoys(recog, pass);
    return set_grammar(pass, "phrases", CHOICE_ALL, -1);
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

/* What one model says of an utterance. */
struct opinion {
    int16_t *samples;   /* as the model was made to hear it; owned */
    int phrase;         /* -1 for none */
    double score;       /* of the phrase */
    const char *phones; /* how it was said */
    bool own;           /* it was said as the learner taught it */
    int frames;
    double *best; /* of each frame, how well the best phones fit; owned */
    size_t best_count;
};

static int ask(struct pass *pass, const char *grammar, size_t count, struct opinion *opinion)
{
    struct decoded decoded;
    if (decoder_run(pass->decoder, grammar, opinion->samples, count, &decoded))
        return -1;
    const struct word *word = find_word(pass, decoded.word);
    opinion->phrase = word ? word->phrase : -1;
    opinion->phones = word ? word->phones : NULL;
    opinion->own = word && word->own;
    opinion->score = decoded.score;
    opinion->frames = decoded.frames > 0 ? decoded.frames : 1;
    return 0;
}

/* The opinion about `phrase`, whatever it was about. -1 if the model has none. */
static int ask_about(struct pass *pass, int phrase, size_t count, struct opinion *opinion)
{
    if (opinion->phrase == phrase)
        return 0;
    if (set_grammar(pass, "phrase", CHOICE_PHRASE, phrase) || ask(pass, "phrase", count, opinion))
        return -1;
    return opinion->phrase == phrase ? 0 : -1;
}

/* All opinions about `phrase`, and their weighted sum. */
static int ask_all(struct recog *recog, int phrase, size_t count, struct opinion *opinions,
                   double *ret_total)
{
    double total = 0;
    for (size_t i = 0; i < recog->pass_count; i++) {
        if (ask_about(&recog->passes[i], phrase, count, &opinions[i]))
            return -1;
        total += recog->passes[i].weight * opinions[i].score;
    }
    *ret_total = total;
    return 0;
}

/* Each model has named a phrase: from now on all opinions are about the best of them. -1 if there
 * is none that every model can judge. */
static int agree(struct recog *recog, size_t count, struct opinion *opinions)
{
    struct opinion best[MODELS_MOST];
    double best_total = 0;
    bool found = false;
    for (size_t i = 0; i < recog->pass_count; i++) {
        struct opinion tried[MODELS_MOST];
        double total;
        memcpy(tried, opinions, sizeof tried);
        if (opinions[i].phrase < 0 || ask_all(recog, opinions[i].phrase, count, tried, &total) ||
            (found && total <= best_total))
            continue;
        memcpy(best, tried, sizeof best);
        best_total = total;
        found = true;
    }
    if (found)
        memcpy(opinions, best, sizeof best);
    return found ? 0 : -1;
}

/* What was heard as the learner taught it counts less, unless it is as good as the pack has it. */
static int weaken(struct pass *pass, size_t count, struct opinion *opinion)
{
    struct opinion plain = *opinion;
    if (!opinion->own)
        return 0;
    opinion->score -= confidence_handicap(opinion->frames / 100.0, verdict_own_handicap());
    /* The pack may have no way to say it. */
    if (set_grammar(pass, "plain", CHOICE_PLAIN, opinion->phrase))
        return 0;
    if (ask(pass, "plain", count, &plain))
        return -1;
    if (plain.phrase == opinion->phrase && plain.score > opinion->score)
        *opinion = plain;
    return 0;
}

/* Adds the best other word to the evidence. */
static int find_rival(struct pass *pass, size_t count, const struct opinion *opinion,
                      struct evidence *evidence)
{
    struct decoded rival = {.score = evidence->phrase - MARGIN_ALONE};
    if (!set_grammar(pass, "rivals", CHOICE_RIVALS, opinion->phrase) &&
        decoder_run(pass->decoder, "rivals", opinion->samples, count, &rival))
        return -1;
    evidence->rival = rival.score;
    return 0;
}

/* More phones than these are not looked at, one by one. */
#define PARTS_MOST 200

/* The loop's score, frame by frame. */
static void spread(struct pass *pass, size_t count, struct opinion *opinion)
{
    struct decoder_part parts[PARTS_MOST];
    const size_t part_count = decoder_parts(pass->decoder, parts, PARTS_MOST);
    opinion->best_count = count * 100 / LISTENING_RATE + 1;
    opinion->best = xcalloc(opinion->best_count, sizeof *opinion->best);
    for (size_t i = 0; i < part_count; i++)
        for (int at = parts[i].from; at <= parts[i].to && (size_t)at < opinion->best_count; at++)
            opinion->best[at] = parts[i].score / (parts[i].to - parts[i].from + 1);
}

static int find_loop(struct pass *pass, size_t count, struct opinion *opinion,
                     struct evidence *ret_evidence)
{
    struct decoded loop;
    if (decoder_run(pass->decoder, "loop", opinion->samples, count, &loop))
        return -1;
    spread(pass, count, opinion);
    *ret_evidence = (struct evidence){
        .phrase = opinion->score,
        .rival = opinion->score,
        .loop = loop.score,
        .seconds = opinion->frames / 100.0,
    };
    return 0;
}

/* What the other models, and the number of phrases, add to the first one's evidence. */
static double add_up(const struct recog *recog, const struct evidence *evidence,
                     double (*sum)(const struct evidence *))
{
    const double crowd = confidence_crowd(recog->vocabulary.count);
    double total = crowd;
    for (size_t i = 1; i < recog->pass_count; i++)
        total += recog->passes[i].weight * (sum(&evidence[i]) + crowd);
    return total;
}

/* The evidence of all models, in the first one's. */
static int gather(struct recog *recog, size_t count, struct opinion *opinions,
                  struct evidence *ret_evidence)
{
    struct evidence evidence[MODELS_MOST];
    for (size_t i = 0; i < recog->pass_count; i++)
        if (find_loop(&recog->passes[i], count, &opinions[i], &evidence[i]))
            return -1;
    evidence[0].other = add_up(recog, evidence, confidence_most);
    const bool hopeless = confidence_is_hopeless(&evidence[0], recog->strictness);
    for (size_t i = 0; i < recog->pass_count && !hopeless; i++)
        if (find_rival(&recog->passes[i], count, &opinions[i], &evidence[i]))
            return -1;
    evidence[0].other = add_up(recog, evidence, confidence_sum);
    *ret_evidence = evidence[0];
    return 0;
}

/* --- phone by phone --------------------------------------------------------------------------- */

/* How far a phone is behind the best ones in its frames, a frame: 0 or less. */
static double lag(const struct opinion *opinion, const struct decoder_part *part)
{
    double best = 0;
    for (int at = part->from; at <= part->to && (size_t)at < opinion->best_count; at++)
        best += opinion->best[at];
    return fmin(0, (part->score - best) / (part->to - part->from + 1));
}

/* Of a single phone its own. */
static double second_worst(const struct opinion *opinion, const struct decoder_part *parts,
                           size_t count)
{
    double worst = 0, second = 0;
    for (size_t i = 0; i < count; i++) {
        const double here = lag(opinion, &parts[i]);
        if (here < worst) {
            second = worst;
            worst = here;
        } else if (here < second) {
            second = here;
        }
    }
    return count == 1 ? worst : second;
}

/* The phrase's phones one after the other, each a word of its own. */
static int set_chain(const struct recog *recog, struct pass *pass, const char *phones)
{
    const struct tokens *all = pronouncer_phones(recog->pronouncer, pass->set);
    struct tokens said = {0};
    tokens_split(&said, phones, " ");
    char(*names)[DECODER_WORD] = xcalloc(said.count + 1, sizeof *names);
    pass->names = mem_grow(pass->names, &pass->name_capacity, said.count + 1, sizeof *pass->names);
    for (size_t i = 0; i < said.count; i++) {
        for (size_t j = 0; j < all->count; j++)
            if (!strcmp(all->items[j], said.items[i]))
                name_phone(names[i], j);
        pass->names[i] = names[i];
    }
    int result =
        decoder_set_grammar(pass->decoder, "chain", DECODER_CHAIN, pass->names, said.count);
    free(names);
    tokens_free(&said);
    return result;
}

static int find_worst(const struct recog *recog, struct pass *pass, size_t count,
                      const struct opinion *opinion, double *ret_worst)
{
    struct decoder_part parts[PARTS_MOST];
    struct decoded chain;
    if (set_chain(recog, pass, opinion->phones) ||
        decoder_run(pass->decoder, "chain", opinion->samples, count, &chain))
        return -1;
    *ret_worst = second_worst(opinion, parts, decoder_parts(pass->decoder, parts, PARTS_MOST));
    return 0;
}

static int look_closely(struct recog *recog, size_t count, const struct opinion *opinions,
                        struct evidence *evidence)
{
    double total = 0;
    for (size_t i = 0; i < recog->pass_count; i++) {
        double worst;
        if (find_worst(recog, &recog->passes[i], count, &opinions[i], &worst))
            return -1;
        total += recog->passes[i].weight * worst;
    }
    evidence->worst = total;
    return 0;
}

/* --- the confidence ------------------------------------------------------------------------------
 */

static double believe(const struct recog *recog, const struct evidence *evidence)
{
    return confidence_eased(confidence_of(evidence, recog->strictness), recog->calibration.ease);
}

static int weigh(struct recog *recog, size_t count, struct opinion *opinions,
                 struct recog_result *ret_result)
{
    struct evidence evidence;
    const int phrase = opinions[0].phrase;
    for (size_t i = 0; i < recog->pass_count; i++)
        if (weaken(&recog->passes[i], count, &opinions[i]))
            return -1;
    if (gather(recog, count, opinions, &evidence))
        return -1;
    if (!verdict_is_nothing(believe(recog, &evidence)) &&
        look_closely(recog, count, opinions, &evidence))
        return -1;
    *ret_result = (struct recog_result){phrase, believe(recog, &evidence)};
    return 0;
}

static int decide(struct recog *recog, size_t count, struct opinion *opinions,
                  struct recog_result *ret_result)
{
    struct recog_result result = {.phrase = -1};
    for (size_t i = 0; i < recog->pass_count; i++)
        if (ask(&recog->passes[i], "phrases", count, &opinions[i]))
            return -1;
    if (!agree(recog, count, opinions)) {
        result.phrase = opinions[0].phrase;
        if ((double)count / LISTENING_RATE < COMMAND_MOST && weigh(recog, count, opinions, &result))
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
    struct opinion opinions[MODELS_MOST] = {0};
    if (is_flat(samples, count)) {
        *ret_result = (struct recog_result){.phrase = -1};
        return 0;
    }
    for (size_t i = 0; i < recog->pass_count; i++)
        opinions[i].samples = clear_copy(&recog->passes[i], samples, count);
    int result = decide(recog, count, opinions, ret_result);
    for (size_t i = 0; i < recog->pass_count; i++) {
        free(opinions[i].samples);
        free(opinions[i].best);
    }
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
