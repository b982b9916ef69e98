/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/words.h"

#include "base/mem.h"
#include "base/messages_load.h"
#include "model/pack.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void open_diags(struct words *words)
{
    diags_init(&words->diags, words->messages);
    diags_set_file(&words->diags, "x.yaml");
}

void words_open(struct words *words)
{
    words->messages = messages_load_builtin();
    open_diags(words);
}

void words_close(struct words *words)
{
    diags_free(&words->diags);
    messages_free(words->messages);
}

void words_forget(struct words *words)
{
    diags_free(&words->diags);
    open_diags(words);
}

struct pack *words_load_pack(struct words *words, const char *folder)
{
    char *path = xasprintf("%s/%s", getenv("srcdir"), folder);
    struct pack *pack = NULL;
    const int result = pack_load(path, &words->diags, &pack);
    diags_print(&words->diags, stderr);
    assert_int_equal(result, 0);
    assert_int_equal(words->diags.count, 0);
    free(path);
    return pack;
}

void words_assert_told(struct words *words, const char *const *prefixes)
{
    size_t count = 0;
    for (; prefixes[count]; count++) {
        if (count >= words->diags.count)
            fail_msg("nothing like « %s » was told", prefixes[count]);
        char *line = diag_line(words->messages, &words->diags.items[count]);
        if (strncmp(line, prefixes[count], strlen(prefixes[count])))
            fail_msg("« %s » does not begin with « %s »", line, prefixes[count]);
        free(line);
    }
    assert_int_equal(words->diags.count, count);
}

int words_set_up(void **state)
{
    struct words *words = xcalloc(1, sizeof *words);
    words_open(words);
    *state = words;
    return 0;
}

int words_tear_down(void **state)
{
    struct words *words = *state;
    words_close(words);
    free(words);
    return 0;
}
