/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * french_words: each word of standard input (one a line) with the phonemes that espeak-ng's French
 * voice gives for it, after a tab. With a speech.yaml the word is first read and respelled as for
 * the voice. "(en)" among the phonemes shows that espeak-ng takes the word for English.
 * Used by tests/bench/french-words.
 */
#include "base/diag.h"
#include "base/messages_load.h"
#include "base/ydoc.h"
#include "reading/reading.h"

#include <espeak-ng/speak_lib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void print_phonemes(const char *text)
{
    const void *at = text;
    while (at)
        fputs(espeak_TextToPhonemes(&at, espeakCHARS_UTF8, 0), stdout);
    putchar('\n');
}

static void print_words(const struct reading_rules *rules)
{
    char *line = NULL;
    size_t capacity = 0;
    while (getline(&line, &capacity, stdin) > 0) {
        line[strcspn(line, "\n")] = '\0';
        char *words = reading_words(rules, line);
        char *spelling = reading_pronounce(rules, words);
        printf("%s\t", line);
        print_phonemes(spelling);
        free(words);
        free(spelling);
    }
    free(line);
}

int main(int argc, char **argv)
{
    if (argc > 2 || espeak_Initialize(AUDIO_OUTPUT_RETRIEVAL, 0, NULL, 0) < 0 ||
        espeak_SetVoiceByName("fr") != EE_OK) {
        fprintf(stderr, "usage: %s [SPEECH.YAML] <WORDS\n", argv[0]);
        return 2;
    }
    struct messages *messages = messages_load_builtin();
    struct diags diags;
    struct ydoc *doc = NULL;
    struct reading_rules *rules = NULL;
    diags_init(&diags, messages);
    int failed = (argc == 2 && ydoc_load(argv[1], &diags, &doc)) ||
                 reading_rules_parse(doc ? ydoc_root(doc) : NULL, &diags, &rules);
    if (failed)
        diags_print(&diags, stderr);
    else
        print_words(rules);
    reading_rules_free(rules);
    ydoc_free(doc);
    diags_free(&diags);
    messages_free(messages);
    espeak_Terminate();
    return failed;
}
