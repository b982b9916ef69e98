/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * recog_sphinx: words that espeak-ng says, recognised with the models that are there. A machine's
 * voice is no person: this shows that the parts fit, not how well people are understood.
 */
#include "base/diag.h"
#include "base/mem.h"
#include "base/messages_load.h"
#include "dsp/endpoint.h"
#include "dsp/resample.h"
#include "listen/decoder.h"
#include "listen/neural_scorer.h"
#include "listen/recog.h"
#include "model/calibration.h"
#include "model/pack.h"
#include "speech/synth.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char *const phrases[] = {"suivant", "répéter", "précédent",  "c'est fait",
                                      "aide",    "annuler", "recommencer"};

struct fixture {
    struct messages *messages;
    struct pack *pack;
    struct recog *recog;
    struct vocabulary vocabulary;
};

static int set_up(void **state)
{
    struct fixture *fixture = xcalloc(1, sizeof *fixture);
    struct diags diags;
    char *folder = xasprintf("%s/voices/fr", getenv("srcdir"));
    char *error = NULL;
    fixture->messages = messages_load_builtin();
    diags_init(&diags, fixture->messages);
    assert_int_equal(pack_load(folder, &diags, &fixture->pack), 0);
    diags_free(&diags);
    free(folder);
    if (recog_sphinx.open(fixture->pack, &fixture->recog, &error))
        fail_msg("%s", error);
    for (size_t i = 0; i < COUNT_OF(phrases); i++)
        vocabulary_add(&fixture->vocabulary, phrases[i], (int)i, 0, false);
    assert_int_equal(recog_sphinx.set_vocabulary(fixture->recog, &fixture->vocabulary), 0);
    *state = fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    recog_sphinx.close(fixture->recog);
    vocabulary_free(&fixture->vocabulary);
    pack_free(fixture->pack);
    messages_free(fixture->messages);
    free(fixture);
    return 0;
}

struct take {
    struct resample *resample;
    struct samples samples;
};

static bool collect(void *context, const int16_t *samples, size_t count)
{
    struct take *take = context;
    resample_add(take->resample, samples, count, &take->samples);
    return true;
}

/* What a voice says, at the recogniser's rate, with a little silence around. */
static struct samples say(const char *pack, const char *text)
{
    const struct synth_params params = {.rate = 150, .pitch = 50, .volume = 100};
    struct synth *synth = NULL;
    struct take take = {0};
    assert_int_equal(
        synth_espeak.open(&(struct synth_config){.voice = pack, .language = "fr"}, &synth), 0);
    take.resample = resample_new(synth_espeak.rate(synth), LISTENING_RATE);
    samples_add_silence(&take.samples, LISTENING_RATE / 5);
    assert_int_equal(synth_espeak.say(synth, text, &params, collect, NULL, &take), 0);
    resample_end(take.resample, &take.samples);
    samples_add_silence(&take.samples, LISTENING_RATE / 5);
    for (size_t i = 0; i < take.samples.count; i++)
        take.samples.items[i] = (int16_t)(take.samples.items[i] / 2 + (int)(i * 7919 % 13) - 6);
    resample_free(take.resample);
    synth_espeak.close(synth);
    return take.samples;
}

static struct recog_result decode(struct fixture *fixture, const struct samples *samples)
{
    struct recog_result result = {.phrase = -2};
    assert_int_equal(recog_sphinx.decode(fixture->recog, samples->items, samples->count, &result),
                     0);
    assert_true(result.phrase >= -1 && result.phrase < (int)fixture->vocabulary.count);
    assert_true(result.confidence >= 0 && result.confidence <= 1);
    return result;
}

static struct recog_result recognise(struct fixture *fixture, const char *pack, const char *text)
{
    struct samples samples = say(pack, text);
    struct recog_result result = decode(fixture, &samples);
    samples_free(&samples);
    return result;
}

static void most_words_are_understood(void **state)
{
    struct fixture *fixture = *state;
    const char *voices[] = {"fr", "fr+m3", "fr+f2"};
    int right = 0;
    for (size_t v = 0; v < COUNT_OF(voices); v++)
        for (size_t i = 0; i < COUNT_OF(phrases); i++)
            right += recognise(fixture, voices[v], phrases[i]).phrase == (int)i;
    /* Of 21; by chance it would be 3. */
    if (right < 14)
        fail_msg("only %d of 21 words understood", right);
}

static void other_words_are_less_sure(void **state)
{
    struct fixture *fixture = *state;
    const char *others[] = {"une voiture rouge", "le facteur", "boulangerie",
                            "il pleut souvent",  "bicyclette", "mardi soir",
                            "un kilo de tomates"};
    double inside = 0, outside = 0;
    for (size_t i = 0; i < COUNT_OF(phrases); i++) {
        inside += recognise(fixture, "fr", phrases[i]).confidence;
        outside += recognise(fixture, "fr", others[i]).confidence;
    }
    assert_true(outside < inside);
}

/* A word as one, and phone by phone: the same sound, so nearly the same score, in its order. */
static void a_word_is_heard_phone_by_phone(void **state)
{
    (void)state;
    static const char *const phones[] = {"ss", "uy", "ii", "vv", "an"};
    const char *word = "word";
    struct decoder *decoder = NULL;
    struct decoded whole, chain;
    struct decoder_part parts[COUNT_OF(phones) + 1];
    char *folder = xasprintf("%s/voices/fr/model", getenv("srcdir"));
    struct samples samples = say("fr", "suivant");
    const struct neural_use usual = {0};
    assert_int_equal(decoder_open(folder, &usual, &decoder), 0);
    assert_int_equal(decoder_add_word(decoder, word, "ss uy ii vv an"), 0);
    for (size_t i = 0; i < COUNT_OF(phones); i++)
        assert_int_equal(decoder_add_word(decoder, phones[i], phones[i]), 0);
    assert_int_equal(decoder_set_grammar(decoder, "one", DECODER_ONE, &word, 1), 0);
    assert_int_equal(decoder_set_grammar(decoder, "chain", DECODER_CHAIN, phones, COUNT_OF(phones)),
                     0);
    assert_int_equal(decoder_run(decoder, "one", samples.items, samples.count, &whole), 0);
    assert_int_equal(decoder_run(decoder, "chain", samples.items, samples.count, &chain), 0);
    assert_true(fabs(whole.score - chain.score) < 0.1 * fabs(whole.score));
    assert_int_equal(decoder_parts(decoder, parts, COUNT_OF(parts)), COUNT_OF(phones));
    for (size_t i = 0; i < COUNT_OF(phones); i++) {
        assert_string_equal(parts[i].word, phones[i]);
        assert_true(parts[i].from <= parts[i].to && parts[i].score <= 0);
        assert_true(i == 0 || parts[i].from > parts[i - 1].to);
    }
    assert_int_equal(decoder_parts(decoder, parts, 2), 2);
    decoder_close(decoder);
    samples_free(&samples);
    free(folder);
}

static void nothing_carries_over(void **state)
{
    struct fixture *fixture = *state;
    struct samples samples = say("fr", "suivant"); /* espeak-ng never says it twice the same */
    struct recog_result first = decode(fixture, &samples);
    recognise(fixture, "fr+f2", "annuler");
    recognise(fixture, "fr+m3", "une voiture rouge");
    struct recog_result again = decode(fixture, &samples);
    samples_free(&samples);
    assert_int_equal(first.phrase, again.phrase);
    assert_true(first.confidence == again.confidence);
}

static void the_vocabulary_can_change(void **state)
{
    struct fixture *fixture = *state;
    struct vocabulary other = {0};
    vocabulary_add(&other, "bicyclette", 0, 0, false);
    vocabulary_add(&other, "...", 1, 0, false); /* only for the keyboard: it has no sound */
    vocabulary_add(&other, "boulangerie", 2, 0, false);
    assert_int_equal(recog_sphinx.set_vocabulary(fixture->recog, &other), 0);
    assert_int_equal(recognise(fixture, "fr", "boulangerie").phrase, 2);
    vocabulary_free(&other);
    assert_int_equal(recog_sphinx.set_vocabulary(fixture->recog, &fixture->vocabulary), 0);
    assert_int_equal(recognise(fixture, "fr", "recommencer").phrase, 6);
}

static void silence_and_crumbs_are_nothing(void **state)
{
    struct fixture *fixture = *state;
    static const int16_t silence[LISTENING_RATE];
    const size_t lengths[] = {0, 1, 159, 400, LISTENING_RATE / 10, LISTENING_RATE};
    for (size_t i = 0; i < COUNT_OF(lengths); i++) {
        struct recog_result result = {.phrase = -2};
        int decoded = recog_sphinx.decode(fixture->recog, silence, lengths[i], &result);
        assert_true(decoded == 0 ? result.confidence <= 0 : result.phrase == -2);
    }
    /* And it still works. */
    assert_int_equal(recognise(fixture, "fr", "recommencer").phrase, 6);
}

static void open_again(struct fixture *fixture)
{
    char *error = NULL;
    recog_sphinx.close(fixture->recog);
    assert_int_equal(recog_sphinx.open(fixture->pack, &fixture->recog, &error), 0);
    assert_int_equal(recog_sphinx.set_vocabulary(fixture->recog, &fixture->vocabulary), 0);
}

/* Any two models will do to see that both are asked: here the English one beside ours, which it
 * outvotes when it counts a lot. What two real French ones gain is measured elsewhere. */
static void two_models_are_asked_together(void **state)
{
    struct fixture *fixture = *state;
    struct samples samples = say("fr", "recommencer");
    struct pack_model *second = &fixture->pack->models[fixture->pack->model_count - 1];
    const struct pack_model before = *second;
    const struct recog_result alone = decode(fixture, &samples);
    const int weights[] = {1, 10, PACK_WEIGHT_MAX};
    double confidences[COUNT_OF(weights)];
    second->together = 100;
    for (size_t i = 0; i < COUNT_OF(weights); i++) {
        second->weight = weights[i];
        open_again(fixture);
        const struct recog_result both = decode(fixture, &samples);
        confidences[i] = both.confidence;
        assert_true(both.phrase >= 0);
        if (i == 0) /* nearly nothing against ours */
            assert_int_equal(both.phrase, alone.phrase);
    }
    assert_true(confidences[0] != alone.confidence && confidences[1] != confidences[0]);
    samples_free(&samples);
    *second = before;
    open_again(fixture);
}

static void without_a_model_it_says_so(void **state)
{
    struct fixture *fixture = *state;
    struct recog *recog = NULL;
    char *error = NULL;
    struct pack pack = *fixture->pack;
    pack.model_count = 0;
    assert_int_equal(recog_sphinx.open(&pack, &recog, &error), -1);
    assert_null(recog);
    assert_non_null(strstr(error, "pocketsphinx-en-us"));
    free(error);
    recog_sphinx.close(NULL);
}

/* A copy of the pack in a folder of its own, for what is done to its files by the shell; to be
 * freed by forget_copy(). */
static struct pack *copy_pack(struct fixture *fixture, const char *folder, const char *change)
{
    struct diags diags;
    struct pack *pack = NULL;
    char *copy = xasprintf("%s/fr", folder);
    char *command =
        xasprintf("cp -r '%s/voices/fr' '%s' && chmod -R u+w '%s'", getenv("srcdir"), folder, copy);
    assert_int_equal(system(command), 0);
    diags_init(&diags, fixture->messages);
    assert_int_equal(pack_load(copy, &diags, &pack), 0);
    diags_free(&diags);
    free(command);
    command = xasprintf("cd '%s' && %s", copy, change);
    assert_int_equal(system(command), 0);
    free(command);
    free(copy);
    return pack;
}

static void forget_copy(struct pack *pack, const char *folder)
{
    char *command = xasprintf("rm -rf '%s'", folder);
    pack_free(pack);
    assert_int_equal(system(command), 0);
    free(command);
}

static void make_folder(char folder[])
{
    assert_non_null(mkdtemp(folder));
    setenv("XDG_CACHE_HOME", folder, 1);
}

/* Each mistake of what it needs is a line of the error. */
static void without_its_phones_it_says_so(void **state)
{
    struct fixture *fixture = *state;
    char folder[] = "/tmp/pasapas-recog-XXXXXX";
    struct recog *recog = NULL;
    char *error = NULL;
    make_folder(folder);
    struct pack *pack = copy_pack(fixture, folder, "echo 'format: x' >phones.yaml");
    assert_int_equal(recog_sphinx.open(pack, &recog, &error), -1);
    assert_null(recog);
    assert_non_null(strstr(error, "phones.yaml"));
    free(error);
    forget_copy(pack, folder);
}

/* It has a seal that fits no more, or none and is not whole: the next model listens, and it is
 * told. */
static void what_cannot_be_used_is_told(void **state)
{
    struct fixture *fixture = *state;
    static const char *const changes[][2] = {
        {"truncate -s 1000 model/means", "(means)"},
        {"rm model/sums && truncate -s 12246 model/sendump", "ne peut pas servir"},
        {"rm model/sums && truncate -s 117 model/feat.params", "ne peut pas servir"},
        {"rm model/sums && truncate -s 1000 model/net", "ne peut pas servir"},
    };
    for (size_t i = 0; i < COUNT_OF(changes); i++) {
        char folder[] = "/tmp/pasapas-recog-XXXXXX";
        struct recog *recog = NULL;
        char *error = NULL;
        make_folder(folder);
        struct pack *pack = copy_pack(fixture, folder, changes[i][0]);
        char *told =
            recog_sphinx.open(pack, &recog, &error) ? error : recog_sphinx.take_notice(recog);
        assert_non_null(told);
        if (!strstr(told, "français") || !strstr(told, changes[i][1]))
            fail_msg("%s: %s", changes[i][0], told);
        free(told);
        if (recog)
            assert_null(recog_sphinx.take_notice(recog));
        recog_sphinx.close(recog);
        forget_copy(pack, folder);
    }
}

static void a_saying_is_written_down(void **state)
{
    struct fixture *fixture = *state;
    static const int16_t silence[LISTENING_RATE];
    struct calibration_token token = {0};
    struct samples samples = say("fr", "suivant");
    assert_null(recog_sphinx.take_notice(fixture->recog));
    assert_int_equal(recog_sphinx.transcribe(fixture->recog, silence, COUNT_OF(silence), &token),
                     0);
    assert_int_equal(token.sound_count, 0);
    assert_int_equal(recog_sphinx.transcribe(fixture->recog, samples.items, samples.count, &token),
                     0);
    assert_true(token.sound_count >= 1);
    assert_string_equal(token.sounds[0].set, "fr");
    assert_non_null(strstr(token.sounds[0].phones, "vv"));
    calibration_token_free(&token);
    samples_free(&samples);
}

/* What a learner taught is one more way to say it. */
static void what_was_taught_is_heard(void **state)
{
    struct fixture *fixture = *state;
    struct calibration taught = {0}, nothing = {0};
    struct calibration_token token = {0};
    struct samples samples = say("fr", "bicyclette");
    assert_int_equal(recog_sphinx.transcribe(fixture->recog, samples.items, samples.count, &token),
                     0);
    calibration_add(&taught, "annuler", &token);
    calibration_keep(&taught);
    recog_sphinx.set_calibration(fixture->recog, &taught);
    assert_int_equal(recog_sphinx.set_vocabulary(fixture->recog, &fixture->vocabulary), 0);
    const struct recog_result result = decode(fixture, &samples);
    recog_sphinx.set_calibration(fixture->recog, &nothing);
    assert_int_equal(recog_sphinx.set_vocabulary(fixture->recog, &fixture->vocabulary), 0);
    assert_int_equal(result.phrase, 5);
    calibration_token_free(&token);
    calibration_free(&taught);
    samples_free(&samples);
}

static void a_decoder_refuses_what_it_has_not(void **state)
{
    (void)state;
    struct decoder *decoder = NULL;
    struct decoded decoded;
    char *folder = xasprintf("%s/voices/fr/model", getenv("srcdir"));
    const struct neural_use usual = {0};
    const char *word = "word";
    static const int16_t silence[LISTENING_RATE];
    assert_int_equal(decoder_open("/nowhere", &usual, &decoder), -1);
    assert_null(decoder);
    assert_int_equal(decoder_open(folder, &usual, &decoder), 0);
    assert_int_equal(decoder_add_word(decoder, word, "no such phone"), -1);
    assert_int_equal(decoder_set_grammar(decoder, "none", DECODER_ONE, &word, 0), -1);
    assert_int_equal(decoder_run(decoder, "none", silence, COUNT_OF(silence), &decoded), -1);
    decoder_close(decoder);
    decoder_close(NULL);
    free(folder);
}

/* Where the scores cannot be led to memory each grammar scores for itself, and hears the same. */
static void without_a_folder_for_scores_it_hears_too(void **state)
{
    (void)state;
    const char *word = "word", *before = getenv("XDG_RUNTIME_DIR");
    char *kept = before ? xstrdup(before) : NULL;
    char *folder = xasprintf("%s/voices/fr/model", getenv("srcdir"));
    struct samples samples = say("fr", "suivant");
    double scores[2];
    for (int i = 0; i < 2; i++) {
        struct decoder *decoder = NULL;
        struct decoded decoded;
        const struct neural_use mixed = {.weight = 60, .scale = 200};
        setenv("XDG_RUNTIME_DIR", i ? "/nowhere" : "/tmp", 1);
        assert_int_equal(decoder_open(folder, &mixed, &decoder), 0);
        assert_int_equal(decoder_add_word(decoder, word, "ss uy ii vv an"), 0);
        assert_int_equal(decoder_set_grammar(decoder, "one", DECODER_ONE, &word, 1), 0);
        assert_int_equal(decoder_run(decoder, "one", samples.items, samples.count, &decoded), 0);
        assert_string_equal(decoded.word, word);
        char *words = decoder_words(decoder);
        assert_string_equal(words, word);
        free(words);
        scores[i] = decoded.score;
        decoder_close(decoder);
    }
    assert_true(scores[0] < 0 && scores[1] < 0);
    if (kept)
        setenv("XDG_RUNTIME_DIR", kept, 1);
    else
        unsetenv("XDG_RUNTIME_DIR");
    free(kept);
    free(folder);
    samples_free(&samples);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(most_words_are_understood),
        cmocka_unit_test(other_words_are_less_sure),
        cmocka_unit_test(a_word_is_heard_phone_by_phone),
        cmocka_unit_test(nothing_carries_over),
        cmocka_unit_test(the_vocabulary_can_change),
        cmocka_unit_test(two_models_are_asked_together),
        cmocka_unit_test(silence_and_crumbs_are_nothing),
        cmocka_unit_test(without_a_model_it_says_so),
        cmocka_unit_test(without_its_phones_it_says_so),
        cmocka_unit_test(what_cannot_be_used_is_told),
        cmocka_unit_test(a_saying_is_written_down),
        cmocka_unit_test(what_was_taught_is_heard),
        cmocka_unit_test(a_decoder_refuses_what_it_has_not),
        cmocka_unit_test(without_a_folder_for_scores_it_hears_too),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
