/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "listen/sendump.h"

#include "base/bytes.h"
#include "base/durable.h"
#include "base/mem.h"
#include "base/strbuf.h"

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* pocketsphinx reads each text of the head into so many bytes. */
#define TEXT_MAX 999

/* Of whole models, a few megabytes. */
#define BYTES_MAX ((size_t)256 << 20)

/* A number of the head that is not there. */
#define UNKNOWN 0

/* What is read. */
struct dump {
    const char *at;
    size_t left; /* bytes */
    bool swapped;
    /* UNKNOWN: what the other files of the model say. */
    uint32_t features, rows, columns;
    uint32_t clusters; /* 0: each weight is a byte of its own */
    uint32_t bits;     /* of a weight */
};

static bool take_number(struct dump *dump, uint32_t *ret_number)
{
    if (dump->left < sizeof *ret_number)
        return false;
    const uint32_t number = bytes_u32(dump->at);
    *ret_number = dump->swapped ? __builtin_bswap32(number) : number;
    dump->at += sizeof *ret_number;
    dump->left -= sizeof *ret_number;
    return true;
}

static bool take_text(struct dump *dump, uint32_t length, const char **ret_text)
{
    if (length < 1 || length > TEXT_MAX || length > dump->left)
        return false;
    *ret_text = dump->at;
    dump->at += length;
    dump->left -= length;
    return true;
}

/* The title: its length tells which end of a number comes first. */
static bool take_title(struct dump *dump)
{
    const char *title;
    uint32_t length;
    if (!take_number(dump, &length))
        return false;
    dump->swapped = length < 1 || length > TEXT_MAX;
    if (dump->swapped)
        length = __builtin_bswap32(length);
    return take_text(dump, length, &title) && title[length - 1] == '\0';
}

/* "mixture_count 128" and the like; all else is for people. */
static void note(struct dump *dump, const char *text, size_t length)
{
    const struct {
        const char *name;
        uint32_t *number;
    } numbers[] = {
        {"feature_count ", &dump->features}, {"mixture_count ", &dump->rows},
        {"model_count ", &dump->columns},    {"cluster_count ", &dump->clusters},
        {"cluster_bits ", &dump->bits},
    };
    char *line = xstrndup(text, length);
    for (size_t i = 0; i < COUNT_OF(numbers); i++)
        if (!strncmp(line, numbers[i].name, strlen(numbers[i].name)))
            *numbers[i].number = (uint32_t)strtoul(line + strlen(numbers[i].name), NULL, 10);
    free(line);
}

static bool take_head(struct dump *dump)
{
    const char *text;
    uint32_t length;
    if (!take_title(dump))
        return false;
    /* The first one is a heading. */
    for (bool is_first = true; take_number(dump, &length); is_first = false) {
        if (!length && !is_first)
            return dump->clusters ||
                   (take_number(dump, &dump->rows) && take_number(dump, &dump->columns));
        if (!take_text(dump, length, &text))
            return false;
        note(dump, text, length);
    }
    return false;
}

/* What is behind the head is as long as it says, or, where it does not say how many there are, is
 * made of whole ones. */
static bool has_all_weights(const struct dump *dump)
{
    /* 15 of them stand in the place of 16. */
    const uint64_t codebook = dump->clusters ? 16 : 0;
    const uint64_t row = dump->bits == 4 ? ((uint64_t)dump->columns + 1) / 2 : dump->columns;
    if (dump->left < codebook || dump->rows > BYTES_MAX || row > BYTES_MAX)
        return false;
    const uint64_t weights = dump->left - codebook, feature = row * dump->rows;
    if (!feature)
        return dump->clusters > 0;
    return weights && weights % feature == 0 &&
           (dump->features == UNKNOWN || weights / feature == dump->features);
}

static bool is_whole(const struct strbuf *file)
{
    struct dump dump = {.at = file->text, .left = file->length, .bits = 8};
    return take_head(&dump) && has_all_weights(&dump);
}

bool sendump_is_whole(const char *model)
{
    struct strbuf file = {0};
    char *path = xasprintf("%s/sendump", model);
    const bool is_read = !durable_read(AT_FDCWD, path, BYTES_MAX, &file);
    const bool result = is_read ? is_whole(&file) : errno == ENOENT;
    strbuf_free(&file);
    free(path);
    return result;
}
