/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Any bytes as a lexicon.dict with the phones of voices/fr (run from the top of the tree): no
 * crash, every mistake told; what is found are phones of the set.
 */
#include "fuzz/support/fuzz.h"

#include "base/tokens.h"
#include "listen/lexicon.h"
#include "listen/phones.h"

#define PHONES "voices/fr/phones.yaml"

static const struct phone_set *set(void)
{
    static struct phones *phones;
    if (!phones) {
        struct diags diags;
        diags_init(&diags, fuzz_messages());
        demand(!phones_load(PHONES, &diags, &phones));
        diags_free(&diags);
    }
    return phones_set(phones, NULL);
}

static void check_word(const struct lexicon *lexicon, const char *word)
{
    const struct tokens *said = lexicon_find(lexicon, word);
    for (size_t i = 0; said && i < said->count; i++)
        demand(fuzz_check_phones(set(), said->items[i]) > 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct fuzz_file file;
    struct diags diags;
    struct lexicon *lexicon = NULL;
    fuzz_file_open(&file, bytes, length);
    diags_init(&diags, fuzz_messages());
    const int result = lexicon_load(file.path, set(), &diags, &lexicon);
    fuzz_check_diags(&diags, result);
    if (!result) {
        check_word(lexicon, "plus");
        check_word(lexicon, "où suis-je");
        check_word(lexicon, "");
    }
    lexicon_free(lexicon);
    diags_free(&diags);
    fuzz_file_close(&file);
    return 0;
}
