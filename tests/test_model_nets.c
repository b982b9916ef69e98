/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * neural_scorer and speech_detector: nets beside our French model, in the decoder: that the first
 * decides what is heard, that its scores are those of its own sounds, mixing, what the second makes
 * of an utterance, and damage.
 */
#include "base/mem.h"
#include "listen/decoder.h"
#include "listen/neural_scorer.h"
#include "support/net_bytes.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define SOUNDS  108 /* of our model: 36 phones, silence first, of three states each */
#define CEPSTRA 13
#define SS      27 /* where the phone is in the model's mdef */
#define ON      20
#define COUNT   16000

static const char *const model_files[] = {
    "mdef", "means", "variances", "transition_matrices", "noisedict", "sendump", "feat.params"};

/* A folder with our model, to which a net is added. */
struct fixture {
    char folder[32];
    int16_t samples[COUNT];
};

static char *path_of(const struct fixture *fixture, const char *name)
{
    return xasprintf("%s/%s", fixture->folder, name);
}

static int set_up(void **state)
{
    struct fixture *fixture = xcalloc(1, sizeof *fixture);
    char *here = getcwd(NULL, 0);
    const char *tree = getenv("srcdir");
    strcpy(fixture->folder, "/tmp/pasapas-test-XXXXXX");
    assert_non_null(mkdtemp(fixture->folder));
    for (size_t i = 0; i < COUNT_OF(model_files); i++) {
        char *target =
            xasprintf("%s/%s/voices/fr/model/%s", tree[0] == '/' ? "" : here, tree, model_files[i]);
        char *path = path_of(fixture, model_files[i]);
        assert_int_equal(symlink(target, path), 0);
        free(path);
        free(target);
    }
    for (size_t i = 0; i < COUNT; i++)
        fixture->samples[i] =
            (int16_t)(3000 * sin((double)i * 0.05) * sin((double)i * 0.0003) + (double)(i % 17));
    free(here);
    *state = fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    static const char *const nets[] = {"net", "speech-net"};
    char *path;
    for (size_t i = 0; i < COUNT_OF(nets); i++) {
        path = path_of(fixture, nets[i]);
        unlink(path);
        free(path);
    }
    for (size_t i = 0; i < COUNT_OF(model_files); i++) {
        path = path_of(fixture, model_files[i]);
        unlink(path);
        free(path);
    }
    assert_int_equal(rmdir(fixture->folder), 0);
    free(fixture);
    return 0;
}

static void put(const struct fixture *fixture, const char *name, const struct strbuf *bytes)
{
    char *path = path_of(fixture, name);
    FILE *file = fopen(path, "wbe");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes->text, 1, bytes->length, file), bytes->length);
    assert_int_equal(fclose(file), 0);
    free(path);
}

static void put_net(const struct fixture *fixture, const struct strbuf *bytes)
{
    put(fixture, "net", bytes);
}

static void put_random_net(const struct fixture *fixture, uint32_t outputs, uint32_t seed)
{
    struct net_shape shapes[NET_BYTES_USUAL];
    struct strbuf bytes = {0};
    net_bytes_usual_shape(16, outputs, shapes);
    net_bytes_random(&bytes, shapes, COUNT_OF(shapes), seed);
    put_net(fixture, &bytes);
    strbuf_free(&bytes);
}

/* Hears the states of one phone in everything, or, with -1, all sounds alike. */
static void put_deaf_net(const struct fixture *fixture, int phone)
{
    static const struct net_shape shape = {CEPSTRA, SOUNDS, 1, 1, 0};
    static const float zeros[SOUNDS];
    static const int8_t weights[SOUNDS * CEPSTRA];
    struct strbuf bytes = {0};
    float bias[SOUNDS] = {0};
    for (int i = 0; i < 3 && phone >= 0; i++)
        bias[3 * phone + i] = ON;
    net_bytes_begin(&bytes, CEPSTRA, SOUNDS, 1);
    net_bytes_add_f32(&bytes, zeros, CEPSTRA);
    net_bytes_add_f32(&bytes, zeros, CEPSTRA);
    net_bytes_add_layer(&bytes, &shape, bias, zeros, weights);
    net_bytes_seal(&bytes);
    put_net(fixture, &bytes);
    strbuf_free(&bytes);
}

static int try_open(const struct fixture *fixture, int weight, int scale,
                    struct decoder **ret_decoder)
{
    const struct neural_use use = {.weight = weight, .scale = scale};
    return decoder_open(fixture->folder, &use, ret_decoder);
}

/* A decoder with the grammars "loop", of three phones, and "word". */
static struct decoder *open_decoder(const struct fixture *fixture, int weight, int scale)
{
    static const char *const phones[] = {"aa", "ss", "tt"};
    static const char *const word = "word";
    struct decoder *decoder = NULL;
    assert_int_equal(try_open(fixture, weight, scale, &decoder), 0);
    for (size_t i = 0; i < COUNT_OF(phones); i++)
        assert_int_equal(decoder_add_word(decoder, phones[i], phones[i]), 0);
    assert_int_equal(decoder_add_word(decoder, word, "ss aa"), 0);
    assert_int_equal(decoder_set_grammar(decoder, "loop", DECODER_LOOP, phones, COUNT_OF(phones)),
                     0);
    assert_int_equal(decoder_set_grammar(decoder, "word", DECODER_ONE, &word, 1), 0);
    return decoder;
}

static double run(const struct fixture *fixture, struct decoder *decoder, const char *grammar,
                  char ret_word[DECODER_WORD])
{
    struct decoded decoded = {.score = 1};
    assert_int_equal(decoder_run(decoder, grammar, fixture->samples, COUNT, &decoded), 0);
    assert_true(decoded.score <= 0);
    strcpy(ret_word, decoded.word);
    return decoded.score;
}

static double score_word(const struct fixture *fixture, int weight, int scale)
{
    struct decoder *decoder = open_decoder(fixture, weight, scale);
    char word[DECODER_WORD];
    const double score = run(fixture, decoder, "word", word);
    /* The same samples, another grammar, and the first one again. */
    run(fixture, decoder, "loop", word);
    assert_true(run(fixture, decoder, "word", word) == score);
    decoder_close(decoder);
    return score;
}

static void the_net_decides_what_is_heard(void **state)
{
    const struct fixture *fixture = *state;
    char word[DECODER_WORD];
    put_deaf_net(fixture, SS);
    struct decoder *decoder = open_decoder(fixture, 0, 0);
    run(fixture, decoder, "loop", word);
    assert_string_equal(word, "ss");
    decoder_close(decoder);
}

static void scores_grow_with_the_scale(void **state)
{
    const struct fixture *fixture = *state;
    put_deaf_net(fixture, -1);
    const double nothing = score_word(fixture, 100, 100); /* what the search itself costs */
    put_deaf_net(fixture, SS);
    const double usual = score_word(fixture, 0, 0) - nothing;
    const double half = score_word(fixture, 100, NEURAL_SCALE / 2) - nothing;
    /* At least three frames of the second phone, or of silence, that are not "ss". */
    assert_true(usual <= -3 * ON * 0.9);
    assert_true(fabs(half - usual / 2) < 0.1 * fabs(usual) + 5);
}

static void both_can_be_added(void **state)
{
    const struct fixture *fixture = *state;
    char *path = path_of(fixture, "net");
    unlink(path);
    free(path);
    const double gaussian = score_word(fixture, 0, 0);
    put_deaf_net(fixture, -1);
    const double nothing = score_word(fixture, 0, 0);
    const double mixed = score_word(fixture, 50, 0), little = score_word(fixture, 1, 0);
    assert_true(gaussian < nothing - 50);
    assert_true(fabs(mixed - (gaussian + nothing) / 2) < 0.1 * fabs(gaussian));
    assert_true(fabs(little - gaussian) < 0.05 * fabs(gaussian));
}

static void any_net_can_be_listened_with(void **state)
{
    const struct fixture *fixture = *state;
    static const size_t counts[] = {0, 1, 159, 400, 1600, COUNT};
    for (uint32_t seed = 1; seed <= 3; seed++) {
        put_random_net(fixture, SOUNDS, seed);
        struct decoder *decoder = open_decoder(fixture, seed == 3 ? 30 : 0, 0);
        for (size_t i = 0; i < COUNT_OF(counts); i++) {
            struct decoded decoded;
            decoder_run(decoder, "loop", fixture->samples, counts[i], &decoded);
        }
        decoder_close(decoder);
    }
}

static void a_net_that_does_not_fit_is_refused(void **state)
{
    const struct fixture *fixture = *state;
    struct strbuf none = {0};
    struct decoder *decoder = NULL;
    put_random_net(fixture, SOUNDS + 1, 1);
    assert_int_equal(try_open(fixture, 0, 0, &decoder), -1);
    strbuf_add(&none, "no net at all, but bytes");
    put_net(fixture, &none);
    assert_int_equal(try_open(fixture, 0, 0, &decoder), -1);
    strbuf_truncate(&none, 0);
    put_net(fixture, &none);
    assert_int_equal(try_open(fixture, 0, 0, &decoder), -1);
    assert_null(decoder);
    strbuf_free(&none);
}

/* Says `odds` of everything, once for each of its outputs. */
static void put_speech_net(const struct fixture *fixture, float odds, uint32_t outputs)
{
    const struct net_shape shape = {CEPSTRA, outputs, 1, 1, 0};
    static const float zeros[CEPSTRA];
    static const int8_t weights[2 * CEPSTRA];
    const float bias[2] = {odds, odds};
    struct strbuf bytes = {0};
    net_bytes_begin(&bytes, CEPSTRA, outputs, 1);
    net_bytes_add_f32(&bytes, zeros, CEPSTRA);
    net_bytes_add_f32(&bytes, zeros, CEPSTRA);
    net_bytes_add_layer(&bytes, &shape, bias, zeros, weights);
    net_bytes_seal(&bytes);
    put(fixture, "speech-net", &bytes);
    strbuf_free(&bytes);
}

static double detect_speech(const struct fixture *fixture)
{
    struct decoder *decoder = NULL;
    double odds = -100;
    assert_int_equal(try_open(fixture, 0, 0, &decoder), 0);
    assert_int_equal(decoder_detect_speech(decoder, fixture->samples, COUNT, &odds), 0);
    decoder_close(decoder);
    return odds;
}

static void speech_is_what_the_net_says_on_average(void **state)
{
    const struct fixture *fixture = *state;
    assert_true(detect_speech(fixture) == 0); /* no net, no opinion */
    put_speech_net(fixture, -2.5, 1);
    assert_true(fabs(detect_speech(fixture) + 2.5) < 1e-4);
    put_speech_net(fixture, 3, 1);
    assert_true(fabs(detect_speech(fixture) - 3) < 1e-4);
}

static void too_few_samples_are_no_speech_and_no_sound(void **state)
{
    const struct fixture *fixture = *state;
    struct decoder *decoder = NULL;
    double odds = 7;
    put_speech_net(fixture, 3, 1);
    assert_int_equal(try_open(fixture, 0, 0, &decoder), 0);
    assert_int_equal(decoder_detect_speech(decoder, fixture->samples, 0, &odds), -1);
    assert_true(odds == 7);
    decoder_close(decoder);
}

static void a_speech_net_that_does_not_fit_is_refused(void **state)
{
    const struct fixture *fixture = *state;
    struct strbuf none = {0};
    struct decoder *decoder = NULL;
    put_speech_net(fixture, 1, 2);
    assert_int_equal(try_open(fixture, 0, 0, &decoder), -1);
    strbuf_add(&none, "no net at all, but bytes");
    put(fixture, "speech-net", &none);
    assert_int_equal(try_open(fixture, 0, 0, &decoder), -1);
    assert_null(decoder);
    strbuf_free(&none);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_net_decides_what_is_heard, set_up, tear_down),
        cmocka_unit_test_setup_teardown(scores_grow_with_the_scale, set_up, tear_down),
        cmocka_unit_test_setup_teardown(both_can_be_added, set_up, tear_down),
        cmocka_unit_test_setup_teardown(any_net_can_be_listened_with, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_net_that_does_not_fit_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(speech_is_what_the_net_says_on_average, set_up, tear_down),
        cmocka_unit_test_setup_teardown(too_few_samples_are_no_speech_and_no_sound, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_speech_net_that_does_not_fit_is_refused, set_up,
                                        tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
