/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Any bytes as a lexicon.dict with the phones of voices/fr (run from the top of the tree): no
 * crash, every mistake told; what is found are phones of the set.
 */
#include "fuzz/support/fuzz.h"

#include "base/messages_load.h"
#include "base/tokens.h"
#include "listen/lexicon.h"
#include "listen/phones.h"

#include <stdlib.h>

#define PHONES "voices/fr/phones.yaml"

static void demand(bool truth)
{
    if (!truth)
        abort();
}

static const struct phone_set *set(struct messages *messages)
{
    static struct phones *phones;
    if (!phones) {
        struct diags diags;
        diags_init(&diags, messages);
        demand(!phones_load(PHONES, &diags, &phones));
        diags_free(&diags);
    }
    return phones_set(phones, NULL);
}

static void check_word(const struct lexicon *lexicon, const struct phone_set *phones,
                       const char *word)
{
    const struct tokens *said = lexicon_find(lexicon, word);
    for (size_t i = 0; said && i < said->count; i++) {
        struct tokens parts = {0};
        tokens_split(&parts, said->items[i], " ");
        demand(parts.count > 0);
        for (size_t k = 0; k < parts.count; k++)
            demand(phone_set_has(phones, parts.items[k]));
        tokens_free(&parts);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    static struct messages *messages;
    if (!messages)
        messages = messages_load_builtin();
    struct fuzz_file file;
    struct diags diags;
    struct lexicon *lexicon = NULL;
    fuzz_file_open(&file, bytes, length);
    diags_init(&diags, messages);
    const int result = lexicon_load(file.path, set(messages), &diags, &lexicon);
    fuzz_check_diags(&diags, result);
    if (!result) {
        check_word(lexicon, set(messages), "plus");
        check_word(lexicon, set(messages), "où suis-je");
        check_word(lexicon, set(messages), "");
    }
    lexicon_free(lexicon);
    diags_free(&diags);
    fuzz_file_close(&file);
    return 0;
}
