/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Any bytes as a phones.yaml: no crash, every mistake told; what each set makes of some phonemes is
 * phones of that set.
 */
#include "fuzz/support/fuzz.h"

#include "base/mem.h"
#include "listen/phones.h"

#include <stdlib.h>

#define MOST 8

/* "une étape" and "répéter", roughly, in espeak-ng's phonemes; and nothing. */
static void check_rewriting(const struct phone_set *set)
{
    char *said[] = {"#", "y", "n", "#", "e", "t", "a", "p", "#", "r", "e", "p", "e", "t", "e", "#"};
    for (size_t count = 0; count <= COUNT_OF(said); count += COUNT_OF(said) / 2) {
        char *results[MOST];
        const size_t found = phone_set_rewrite(set, said, count, results, MOST);
        demand(found <= MOST);
        for (size_t i = 0; i < found; i++) {
            (void)fuzz_check_phones(set, results[i]);
            free(results[i]);
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct fuzz_file file;
    struct diags diags;
    struct phones *phones = NULL;
    fuzz_file_open(&file, bytes, length);
    diags_init(&diags, fuzz_messages());
    const int result = phones_load(file.path, &diags, &phones);
    fuzz_check_diags(&diags, result);
    /* Only sets that rewrite phonemes: the others want the phones of their base. */
    const struct phone_set *set = result ? NULL : phones_set(phones, NULL);
    if (set && !phone_set_base(set))
        check_rewriting(set);
    phones_free(phones);
    diags_free(&diags);
    fuzz_file_close(&file);
    return 0;
}
