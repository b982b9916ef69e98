/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz/support/fuzz.h"

#include "base/messages_load.h"
#include "base/text.h"
#include "base/tokens.h"
#include "listen/phones.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

void demand(bool truth)
{
    if (!truth)
        abort();
}

struct messages *fuzz_messages(void)
{
    static struct messages *messages;
    if (!messages)
        messages = messages_load_builtin();
    return messages;
}

void fuzz_check_diags(const struct diags *diags, int result)
{
    demand((result != 0) == (diags->errors > 0));
    for (size_t i = 0; i < diags->count; i++) {
        const struct diag *diag = &diags->items[i];
        size_t length = strlen(diag->text);
        demand(diag->line >= 1 && diag->column >= 1);
        demand(length > 0);
        demand(text_utf8_error(diag->text, length) == length);
        demand(text_control_error(diag->text, length) == length);
        demand(!strchr(diag->text, '\n'));
        free(diag_line(diags->messages, diag));
    }
}

size_t fuzz_check_phones(const struct phone_set *set, const char *text)
{
    struct tokens phones = {0};
    tokens_split(&phones, text, " ");
    const size_t count = phones.count;
    for (size_t i = 0; i < count; i++)
        demand(phone_set_has(set, phones.items[i]));
    tokens_free(&phones);
    return count;
}

void fuzz_file_open(struct fuzz_file *file, const uint8_t *bytes, size_t length)
{
    file->fd = memfd_create("input", MFD_CLOEXEC);
    if (file->fd < 0 || write(file->fd, bytes, length) != (ssize_t)length)
        abort();
    snprintf(file->path, sizeof file->path, "/proc/self/fd/%d", file->fd);
}

void fuzz_file_close(struct fuzz_file *file)
{
    close(file->fd);
}
