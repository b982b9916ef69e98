/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pack: a voice pack is read from its folder, and its mistakes are told at once. */
#include "base/diag.h"
#include "base/mem.h"
#include "base/messages_load.h"
#include "base/text.h"
#include "base/voice_range.h"
#include "base/ydoc.h"
#include "model/pack.h"
#include "support/words.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct ydoc *parse(struct words *words, const char *text)
{
    struct ydoc *doc;
    assert_int_equal(ydoc_parse(text, strlen(text), &words->diags, &doc), 0);
    return doc;
}

static void a_pack_of_another_language_needs_no_code(void **state)
{
    struct pack *pack = words_load_pack(*state, "tests/voices/en/");
    assert_string_equal(pack->id, "en");
    assert_string_equal(pack->name, "English");
    assert_string_equal(pack->synth_voice, "en-us");
    assert_string_equal(pack->synth_language, "en-US");
    assert_int_equal(pack->rate, PACK_RATE_DEFAULT);
    assert_int_equal(pack->model_count, 1);
    assert_string_equal(pack->models[0].folder, EN_US_MODEL);
    assert_string_equal(pack->models[0].phones, "en-us");

    const struct pack_command *next = &pack->commands[COMMAND_NEXT];
    assert_string_equal(next->key, "n");
    assert_int_equal(next->phrase_count, 2);
    assert_string_equal(next->phrases[1], "next step");
    assert_string_equal(next->help, "the next step");
    assert_null(pack->commands[COMMAND_QUIT].help);
    assert_int_equal(pack->commands[COMMAND_REPEAT].phrase_count, 0);
    assert_null(pack->commands[COMMAND_REPEAT].key);
    assert_int_equal(pack->number_count, 0);
    assert_non_null(pack->reading);

    char *text = messages_format(pack->messages, MSG_YAML_EMPTY);
    assert_string_equal(text, "The file is empty.");
    free(text);
    pack_free(pack);
}

/* What the learner fetches lies below their own data, or where all data is. */
static void a_model_may_be_below_the_data(void **state)
{
    struct pack pack = {.folder = xstrdup("/pack")};
    struct ydoc *doc = parse(*state, "format: 1\nname: n\nsynth: {voice: fr, language: fr}\n"
                                     "models:\n"
                                     "  - {name: a, folder: '@data@/models/x', phones: fr}\n"
                                     "  - {name: b, folder: model, phones: fr}\n");
    setenv("PASAPAS_DATA", "/some/where", 1);
    assert_int_equal(pack_read_head(&pack, ydoc_root(doc), &((struct words *)*state)->diags), 0);
    assert_string_equal(pack.models[0].folder, "/some/where/models/x");
    assert_string_equal(pack.models[1].folder, "/pack/model");
    pack_clear(&pack);
    ydoc_free(doc);
}

/* The first one that is there is used, and the next one that may be asked with it. */
static void a_second_model_may_be_used_too(void **state)
{
    (void)state;
    char folder[] = "/tmp/test_voiceXXXXXX";
    assert_non_null(mkdtemp(folder));
    char *mdef = xasprintf("%s/mdef", folder);
    fclose(fopen(mdef, "w"));
    char absent[] = "/nowhere";
    struct pack_model models[] = {
        {.folder = absent},
        {.folder = folder},
        {.folder = folder}, /* only if there were none before */
        {.folder = absent, .together = 80},
        {.folder = folder, .together = 80},
        {.folder = folder, .together = 80},
    };
    const bool used[] = {false, true, false, false, true, false};
    const struct pack pack = {.models = models, .model_count = COUNT_OF(models)};
    assert_ptr_equal(pack_best_model(&pack), &models[1]);
    for (size_t i = 0; i < COUNT_OF(models); i++)
        assert_int_equal(pack_model_is_used(&pack, &models[i]), used[i]);
    const struct pack empty = {.models = models, .model_count = 1};
    assert_false(pack_model_is_used(&empty, &models[0]));
    remove(mdef);
    remove(folder);
    free(mdef);
}

static void our_own_pack_has_no_mistake(void **state)
{
    struct pack *pack = words_load_pack(*state, "voices/fr");
    assert_string_equal(pack->id, PACK_DEFAULT);
    assert_string_equal(pack->synth_voice, "fr");
    assert_in_range(pack->rate, VOICE_RATE_MIN, VOICE_RATE_MAX);
    assert_true(pack->commands[COMMAND_NEXT].phrase_count > 0);
    assert_true(pack->commands[COMMAND_NEXT].typed_count > 0);
    assert_true(pack->asking_count > 0);
    pack_free(pack);
}

static void write_file(const char *folder, const char *name, const char *text)
{
    char *path = xasprintf("%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
    free(path);
}

static void remove_files(const char *folder)
{
    static const char *const names[] = {"voice.yaml", "commands.yaml", "messages.yaml"};
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        char *path = xasprintf("%s/%s", folder, names[i]);
        remove(path);
        free(path);
    }
    remove(folder);
}

static void a_pack_may_leave_out_all_but_its_head(void **state)
{
    struct words *words = *state;
    char folder[] = "/tmp/test_voiceXXXXXX";
    assert_non_null(mkdtemp(folder));
    write_file(folder, "voice.yaml",
               "format: 1\nname: X\nsynth: {voice: x, language: x, rate: 80}\n"
               "models:\n"
               "  - {name: A, folder: sounds, phones: a}\n"
               "  - {name: B, folder: /nowhere/at/all, phones: b}\n");
    struct pack *pack;
    assert_int_equal(pack_load(folder, &words->diags, &pack), 0);
    assert_int_equal(pack->rate, 80);
    assert_string_equal(pack->commands[COMMAND_NOT_NEEDED].phrases[0], "not-needed");
    char *expected = xasprintf("%s/sounds", folder);
    assert_string_equal(pack->models[0].folder, expected);
    assert_string_equal(pack->models[1].folder, "/nowhere/at/all");
    free(expected);
    assert_null(pack_best_model(pack));
    pack_free(pack);
    remove_files(folder);
}

static void the_first_model_that_is_there_is_the_best(void **state)
{
    (void)state;
    char folder[] = "/tmp/test_voiceXXXXXX";
    assert_non_null(mkdtemp(folder));
    struct pack_model models[] = {{.name = "A", .folder = "/nowhere"},
                                  {.name = "B", .folder = folder},
                                  {.name = "C", .folder = folder}};
    struct pack pack = {.models = models, .model_count = COUNT_OF(models)};
    assert_null(pack_best_model(&pack)); /* an empty folder is no model */
    write_file(folder, "mdef", "0.3\n");
    assert_ptr_equal(pack_best_model(&pack), &models[1]);
    char *path = xasprintf("%s/mdef", folder);
    remove(path);
    remove(folder);
    free(path);
}

static void mistakes_of_all_files_are_told_at_once(void **state)
{
    struct words *words = *state;
    char folder[] = "/tmp/test_voiceXXXXXX";
    assert_non_null(mkdtemp(folder));
    write_file(folder, "voice.yaml", "format: 1\nsynth: {voice: x, language: x, rate: 79}\n");
    write_file(folder, "messages.yaml", "no-such-message: x\nyaml-empty: \"\"\n");
    write_file(folder, "commands.yaml", "format: 1\ncommands: {nexxt: {say: [x]}}\n");
    struct pack *pack = NULL;
    assert_int_equal(pack_load(folder, &words->diags, &pack), -1);
    assert_null(pack);
    char *prefixes[] = {
        xasprintf("Erreur : %s/voice.yaml:2:38 : « rate »", folder),
        xasprintf("Erreur : %s/voice.yaml:1:1 : Il manque la clé « name »", folder),
        xasprintf("Erreur : %s/messages.yaml:1:1 : Le message « no-such-message »", folder),
        xasprintf("Erreur : %s/messages.yaml:2:13 : « yaml-empty » est vide", folder),
        xasprintf("Erreur : %s/commands.yaml:2:12 : La clé « nexxt » n'existe pas ici. "
                  "Voulez-vous dire « next » ?",
                  folder),
        NULL,
    };
    words_assert_told(words, (const char *const *)prefixes);
    for (size_t i = 0; prefixes[i]; i++)
        free(prefixes[i]);
    remove_files(folder);
}

static void a_phrase_or_key_gives_one_command_only(void **state)
{
    struct words *words = *state;
    struct ydoc *doc = parse(words, "format: 1\n"
                                    "commands:\n"
                                    "  next: {key: s, say: [suivant, « suite »]}\n"
                                    "  repeat: {key: S, say: [Suite !, \"...\"]}\n"
                                    "  louder: {key: \"+\", say: [plus fort]}\n"
                                    "  softer: {key: \"-\", say: [deux]}\n"
                                    "numbers: [un, deux]\n");
    struct pack pack = {.folder = xstrdup(".")};
    assert_int_equal(pack_read_commands(&pack, ydoc_root(doc), &words->diags), -1);
    static const char *const told[] = {
        "Erreur : x.yaml:4:35 : La phrase « ... » n'a ni lettre ni chiffre",
        "Erreur : x.yaml:7:15 : La phrase « deux » est déjà prise par la commande « softer », à la "
        "ligne 6",
        "Erreur : x.yaml:4:26 : La phrase « Suite ! » est déjà prise par la commande « next », à "
        "la ligne 3",
        "Erreur : x.yaml:4:17 : La touche « S » est déjà prise par la commande « next », à la "
        "ligne 3",
        NULL,
    };
    words_assert_told(words, told);
    pack_clear(&pack);
    ydoc_free(doc);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_pack_of_another_language_needs_no_code, words_set_up,
                                        words_tear_down),
        cmocka_unit_test_setup_teardown(a_model_may_be_below_the_data, words_set_up,
                                        words_tear_down),
        cmocka_unit_test_setup_teardown(a_second_model_may_be_used_too, words_set_up,
                                        words_tear_down),
        cmocka_unit_test_setup_teardown(our_own_pack_has_no_mistake, words_set_up, words_tear_down),
        cmocka_unit_test_setup_teardown(a_pack_may_leave_out_all_but_its_head, words_set_up,
                                        words_tear_down),
        cmocka_unit_test(the_first_model_that_is_there_is_the_best),
        cmocka_unit_test_setup_teardown(mistakes_of_all_files_are_told_at_once, words_set_up,
                                        words_tear_down),
        cmocka_unit_test_setup_teardown(a_phrase_or_key_gives_one_command_only, words_set_up,
                                        words_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
