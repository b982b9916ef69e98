/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "listen/decoder.h"

#include "base/bytes.h"
#include "base/durable.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "listen/neural_scorer.h"
#include "listen/sendump.h"
#include "listen/speech_detector.h"

#include <pocketsphinx.h>
#ifdef HAVE_POCKETSPHINX_5
#include <pocketsphinx/err.h>
#else
#include <sphinxbase/err.h>
#include <sphinxbase/fsg_model.h>
#endif
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

struct decoder {
    ps_decoder_t *ps;               /* searches */
    ps_decoder_t *scorer;           /* see open_scorer(); NULL: `ps` or the net does it all */
    struct neural_scorer *neural;   /* NULL: the model has no net */
    struct speech_detector *speech; /* NULL: nor one for this */
    bool scores_words;              /* the scorer has its grammar */
    int scores;                     /* memory as a file, -1: none */
    char *folder;                   /* empty but while an utterance begins; NULL: none */
    unsigned utterance;             /* the scorer's number of the next one */
    uint64_t heard;                 /* what the scores are of, see sum_of(); 0: of nothing */
};

/* Language weight 1 and a likely silence: with the defaults (6.5 and 0.005), made for dictation,
 * the silences around an isolated word cost more than a wrong word. */
#ifdef HAVE_POCKETSPHINX_5
/* `scores`: where the scores of the sounds are written, or NULL. */
static ps_decoder_t *open_model(const char *folder, const char *scores)
{
    err_set_logfp(NULL);
    ps_config_t *config = ps_config_init(NULL);
    ps_config_set_str(config, "hmm", folder);
    ps_config_set_str(config, "cmn", "batch");
    if (scores)
        ps_config_set_str(config, "senlogdir", scores);
    ps_config_set_bool(config, "remove_noise", FALSE);
    ps_config_set_bool(config, "compallsen", TRUE);
    ps_config_set_bool(config, "bestpath", FALSE);
    ps_config_set_int(config, "pl_window", 0);
    ps_config_set_float(config, "beam", 1e-80);
    ps_config_set_float(config, "wbeam", 1e-60);
    ps_config_set_float(config, "pbeam", 1e-70);
    ps_config_set_float(config, "lw", 1);
    ps_config_set_float(config, "silprob", 0.3);
    ps_config_set_float(config, "wip", 1);
    ps_config_set_float(config, "pip", 1);
    ps_decoder_t *ps = ps_init(config);
    ps_config_free(config);
    return ps;
}

/* This version shares the probability among the words: log(count) for each instead of what
 * DECODER_ONE and DECODER_LOOP promise. */
static int set_words(ps_decoder_t *ps, const char *name, enum decoder_grammar kind,
                     const char *const *words, size_t count)
{
    struct strbuf text = {0};
    const char *between = kind == DECODER_CHAIN ? " " : " | ";
    strbuf_addf(&text, "#JSGF V1.0;\ngrammar %s;\npublic <g> = (", name);
    for (size_t i = 0; i < count; i++)
        strbuf_addf(&text, "%s%s", i ? between : " ", words[i]);
    strbuf_add(&text, kind == DECODER_LOOP ? " )+;\n" : " );\n");
    int result = ps_add_jsgf_string(ps, name, text.text);
    strbuf_free(&text);
    return result;
}

static int choose_search(ps_decoder_t *ps, const char *name)
{
    return ps_activate_search(ps, name);
}
#else
static ps_decoder_t *open_model(const char *folder, const char *scores)
{
    err_set_logfp(NULL);
    cmd_ln_t *config = cmd_ln_init(
        NULL, ps_args(), TRUE, "-hmm", folder, "-logfn", "/dev/null", "-remove_noise", "no",
        "-remove_silence", "no", "-cmn", "batch", "-beam", "1e-80", "-wbeam", "1e-60", "-pbeam",
        "1e-70", "-lw", "1", "-silprob", "0.3", "-wip", "1", "-pip", "1", "-compallsen", "yes",
        "-bestpath", "no", "-pl_window", "0", scores ? "-senlogdir" : NULL, scores, NULL);
    if (!config)
        return NULL;
    ps_decoder_t *ps = ps_init(config);
    cmd_ln_free_r(config);
    return ps;
}

/* A graph of our own: ps_set_jsgf_string() of this version leaks the grammar each time. */
static int set_words(ps_decoder_t *ps, const char *name, enum decoder_grammar kind,
                     const char *const *words, size_t count)
{
    const int last = kind == DECODER_LOOP ? 0 : kind == DECODER_CHAIN ? (int)count : 1;
    logmath_t *logmath = ps_get_logmath(ps);
    fsg_model_t *graph = fsg_model_init(name, logmath, 1.0f, last + 1);
    const int32 cost =
        kind == DECODER_LOOP ? (int32)logmath_ln_to_log(logmath, -DECODER_LOOP_COST) : 0;
    graph->start_state = 0;
    graph->final_state = last;
    for (int i = 0; i < (int)count; i++) {
        const int from = kind == DECODER_CHAIN ? i : 0, to = kind == DECODER_CHAIN ? i + 1 : last;
        fsg_model_trans_add(graph, from, to, cost, fsg_model_word_add(graph, words[i]));
    }
    int result = ps_set_fsg(ps, name, graph);
    fsg_model_free(graph);
    return result;
}

static int choose_search(ps_decoder_t *ps, const char *name)
{
    return ps_set_search(ps, name);
}
#endif

/* --- scoring once, searching often ------------------------------------------------------------ */

/*
 * Most of the work is to score each frame against each sound of the model, and that is the same for
 * all grammars that an utterance is decoded with. So one instance scores, with a grammar of one
 * word, and another one searches these scores with each grammar. (One instance cannot do both:
 * after a whole utterance pocketsphinx writes behind the end of an array when it reads scores.)
 *
 * pocketsphinx writes scores to "<senlogdir>/<number of the utterance>.sen". That name is a link to
 * memory, gone as soon as the file is open: nothing of what was heard is ever on a disk.
 *
 * The scores of a net are written to that memory by ourselves, and then nobody else has to score,
 * unless both are wanted.
 */
static bool wants_gaussians(const struct decoder *decoder)
{
    return !decoder->neural || neural_scorer_mixes(decoder->neural);
}

static void open_scorer(struct decoder *decoder, const char *model)
{
    decoder->scores = memfd_create("scores", MFD_CLOEXEC);
    if (decoder->scores < 0 || !wants_gaussians(decoder))
        return;
    const char *base = getenv("XDG_RUNTIME_DIR");
    char *folder = xasprintf("%s/pasapas-XXXXXX", base && *base ? base : "/tmp");
    if (!mkdtemp(folder)) {
        free(folder);
        return;
    }
    decoder->folder = folder;
    decoder->scorer = open_model(model, folder);
}

static void close_scorer(struct decoder *decoder)
{
    if (decoder->scorer)
        ps_free(decoder->scorer);
    if (decoder->scores >= 0)
        close(decoder->scores);
    if (decoder->folder)
        (void)rmdir(decoder->folder);
    free(decoder->folder);
}

void decoder_close(struct decoder *decoder)
{
    if (!decoder)
        return;
    if (decoder->ps)
        ps_free(decoder->ps);
    close_scorer(decoder);
    neural_scorer_close(decoder->neural);
    speech_detector_close(decoder->speech);
    free(decoder);
}

int decoder_open(const char *folder, const struct neural_use *use, struct decoder **ret_decoder)
{
    struct decoder *decoder = xcalloc(1, sizeof *decoder);
    decoder->scores = -1;
    if (sendump_is_whole(folder) && !neural_scorer_open(folder, use, &decoder->neural) &&
        !speech_detector_open(folder, &decoder->speech))
        decoder->ps = open_model(folder, NULL);
    if (!decoder->ps) {
        decoder_close(decoder);
        return -1;
    }
    open_scorer(decoder, folder);
    *ret_decoder = decoder;
    return 0;
}

/* Any word will do. */
static void give_scorer_a_word(struct decoder *decoder, const char *word, const char *phones)
{
    if (!decoder->scorer || decoder->scores_words)
        return;
    decoder->scores_words = ps_add_word(decoder->scorer, word, phones, FALSE) >= 0 &&
                            !set_words(decoder->scorer, "score", DECODER_ONE, &word, 1) &&
                            !choose_search(decoder->scorer, "score");
}

int decoder_add_word(struct decoder *decoder, const char *word, const char *phones)
{
    if (ps_add_word(decoder->ps, word, phones, FALSE) < 0)
        return -1;
    give_scorer_a_word(decoder, word, phones);
    return 0;
}

int decoder_set_grammar(struct decoder *decoder, const char *name, enum decoder_grammar kind,
                        const char *const *words, size_t count)
{
    return count > 0 && set_words(decoder->ps, name, kind, words, count) == 0 ? 0 : -1;
}

/* Ends what was started, whatever happened in between. */
static int process(ps_decoder_t *ps, const int16_t *samples, size_t count)
{
    int processed = ps_process_raw(ps, samples, count, FALSE, TRUE);
    int ended = ps_end_utt(ps);
    return processed < 0 || ended ? -1 : 0;
}

/* The memory, as others can open it; to be freed with free(). */
static char *name_of_scores(const struct decoder *decoder)
{
    return xasprintf("/proc/self/fd/%d", decoder->scores);
}

static int score_by_gaussians(struct decoder *decoder, const int16_t *samples, size_t count)
{
    char *target = name_of_scores(decoder);
    char *name = xasprintf("%s/%09u.sen", decoder->folder, decoder->utterance);
    int result = symlink(target, name);
    if (!result) {
        result = ps_start_utt(decoder->scorer);
        decoder->utterance++;
    }
    (void)unlink(name);
    free(name);
    free(target);
    return result ? -1 : process(decoder->scorer, samples, count);
}

static int read_scores(const struct decoder *decoder, struct strbuf *ret_file)
{
    char *name = name_of_scores(decoder);
    const int result = durable_read(AT_FDCWD, name, SIZE_MAX, ret_file);
    free(name);
    return result;
}

static int write_scores(const struct decoder *decoder, const struct strbuf *file)
{
    return !ftruncate(decoder->scores, 0) &&
                   pwrite(decoder->scores, file->text, file->length, 0) == (ssize_t)file->length
               ? 0
               : -1;
}

static int score_by_net(struct decoder *decoder, const int16_t *samples, size_t count)
{
    struct strbuf gaussian = {0}, file = {0};
    int result = wants_gaussians(decoder) ? read_scores(decoder, &gaussian) : 0;
    if (!result)
        result = neural_scorer_run(decoder->neural, decoder->ps, samples, count, &gaussian, &file);
    if (!result)
        result = write_scores(decoder, &file);
    strbuf_free(&gaussian);
    strbuf_free(&file);
    return result;
}

static int score(struct decoder *decoder, const int16_t *samples, size_t count)
{
    if (wants_gaussians(decoder) && score_by_gaussians(decoder, samples, count))
        return -1;
    return decoder->neural ? score_by_net(decoder, samples, count) : 0;
}

static int search_scores(struct decoder *decoder)
{
    const int copy = fcntl(decoder->scores, F_DUPFD_CLOEXEC, 0);
    FILE *file = copy < 0 || lseek(copy, 0, SEEK_SET) ? NULL : fdopen(copy, "rb");
    if (!file) {
        if (copy >= 0)
            close(copy);
        return -1;
    }
    const int frames = ps_decode_senscr(decoder->ps, file);
    (void)fclose(file);
    return frames > 0 ? 0 : -1;
}

/* Never 0. */
static uint64_t sum_of(const int16_t *samples, size_t count)
{
    const uint64_t sum = bytes_sum(samples, count * sizeof *samples);
    return sum ? sum : 1;
}

static int search(struct decoder *decoder, const int16_t *samples, size_t count)
{
    if (wants_gaussians(decoder) ? decoder->scores_words : decoder->scores >= 0) {
        const uint64_t heard = sum_of(samples, count);
        if (decoder->heard != heard)
            decoder->heard = score(decoder, samples, count) ? 0 : heard;
        if (decoder->heard && !search_scores(decoder))
            return 0;
    }
    return ps_start_utt(decoder->ps) ? -1 : process(decoder->ps, samples, count);
}

int decoder_detect_speech(struct decoder *decoder, const int16_t *samples, size_t count,
                          double *ret_odds)
{
    if (decoder->speech)
        return speech_detector_run(decoder->speech, decoder->ps, samples, count, ret_odds);
    *ret_odds = 0;
    return 0;
}

/* Silence and other fillers are written <sil> or [NOISE]. */
static bool is_filler(const char *word)
{
    return word[0] == '<' || word[0] == '[' || word[0] == '+' || word[0] == '(';
}

/* An alternative pronunciation is written word(2). */
static void copy_word(const char *word, char ret_word[DECODER_WORD])
{
    size_t length = strcspn(word, "(");
    length = length < DECODER_WORD ? length : DECODER_WORD - 1;
    memcpy(ret_word, word, length);
    ret_word[length] = '\0';
}

/* Path scores are kept shifted by ten bits. */
static double natural(ps_decoder_t *ps, int32 score)
{
    return 1024.0 * logmath_log_to_ln(ps_get_logmath(ps), score);
}

static void read_words(ps_decoder_t *ps, struct decoded *decoded)
{
    int first = -1, last = -1;
    for (ps_seg_t *segment = ps_seg_iter(ps); segment; segment = ps_seg_next(segment)) {
        if (is_filler(ps_seg_word(segment)))
            continue;
        int from, to;
        ps_seg_frames(segment, &from, &to);
        if (first < 0) {
            first = from;
            copy_word(ps_seg_word(segment), decoded->word);
        }
        last = to;
    }
    decoded->frames = first < 0 ? 0 : last - first + 1;
}

int decoder_run(struct decoder *decoder, const char *name, const int16_t *samples, size_t count,
                struct decoded *ret_decoded)
{
    ps_decoder_t *ps = decoder->ps;
    if (choose_search(ps, name) || search(decoder, samples, count))
        return -1;
    int32 score = 0;
    struct decoded result = {.score = 0};
    if (ps_get_hyp(ps, &score)) {
        result.score = natural(ps, score);
        read_words(ps, &result);
    }
    *ret_decoded = result;
    return 0;
}

size_t decoder_parts(struct decoder *decoder, struct decoder_part *ret_parts, size_t most)
{
    size_t count = 0;
    for (ps_seg_t *segment = ps_seg_iter(decoder->ps); segment; segment = ps_seg_next(segment)) {
        if (is_filler(ps_seg_word(segment)) || count == most)
            continue;
        struct decoder_part *part = &ret_parts[count++];
        int32 sound, grammar, behind;
        copy_word(ps_seg_word(segment), part->word);
        ps_seg_frames(segment, &part->from, &part->to);
        ps_seg_prob(segment, &sound, &grammar, &behind);
        part->score = natural(decoder->ps, sound);
    }
    return count;
}

char *decoder_words(struct decoder *decoder)
{
    struct strbuf words = {0};
    strbuf_add(&words, "");
    for (ps_seg_t *segment = ps_seg_iter(decoder->ps); segment; segment = ps_seg_next(segment))
        if (!is_filler(ps_seg_word(segment)))
            strbuf_addf(&words, "%s%s", words.length ? " " : "", ps_seg_word(segment));
    return strbuf_take(&words);
}
