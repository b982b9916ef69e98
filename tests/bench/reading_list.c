/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * reading_list: for each case of a reading-cases.tsv one line with tabs between: its category, the
 * text, the words we read, and for the voice: our words and the expected ones (reading_pronounce).
 * Used by tests/bench/reading.
 */
#include "base/diag.h"
#include "base/messages_load.h"
#include "base/ydoc.h"
#include "reading/reading.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void print_case(const struct reading_rules *rules, const char *category, const char *text,
                       const char *expected)
{
    char *words = reading_words(rules, text);
    char *ours = reading_pronounce(rules, words);
    char *wanted = reading_pronounce(rules, expected);
    printf("%s\t%s\t%s\t%s\t%s\n", category, text, words, ours, wanted);
    free(words);
    free(ours);
    free(wanted);
}

static int print_cases(const struct reading_rules *rules, const char *path)
{
    FILE *file = fopen(path, "r");
    if (!file)
        return -1;
    char *line = NULL, category[128] = "";
    size_t capacity = 0;
    while (getline(&line, &capacity, file) > 0) {
        line[strcspn(line, "\n")] = '\0';
        char *tab = strchr(line, '\t');
        if (!tab) {
            if (!strncmp(line, "# ", 2))
                snprintf(category, sizeof category, "%s", line + 2);
            continue;
        }
        *tab = '\0';
        /* A new line would be two texts to espeak-ng's command. */
        if (!strstr(line, "\\n"))
            print_case(rules, category, line, tab + 1);
    }
    free(line);
    fclose(file);
    return 0;
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "usage: %s SPEECH.YAML CASES.TSV\n", argv[0]);
        return 2;
    }
    struct messages *messages = messages_load_builtin();
    struct diags diags;
    struct ydoc *doc = NULL;
    struct reading_rules *rules = NULL;
    diags_init(&diags, messages);
    int result = 1;
    if (ydoc_load(argv[1], &diags, &doc) || reading_rules_parse(ydoc_root(doc), &diags, &rules))
        diags_print(&diags, stderr);
    else if (!print_cases(rules, argv[2]))
        result = 0;
    reading_rules_free(rules);
    ydoc_free(doc);
    diags_free(&diags);
    messages_free(messages);
    return result;
}
