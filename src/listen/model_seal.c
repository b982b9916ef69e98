/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "listen/model_seal.h"

#include "base/durable.h"
#include "base/mem.h"
#include "base/open_file.h"
#include "base/strbuf.h"

#include <dirent.h>
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SUMS           "sums"
#define SUMS_BYTES_MAX 65536
#define NAME_MAX_BYTES 255
#define BLOCK          65536

/* --- the sum of cksum(1): POSIX, a CRC of the bytes and of their number ----------------------- */

#define POLYNOMIAL 0x04c11db7u
#define STRIDE     8 /* bytes at once */

struct crc {
    uint32_t table[STRIDE][256]; /* [i]: of a byte with i more behind it */
    uint32_t sum;
};

static void crc_init(struct crc *crc)
{
    crc->sum = 0;
    for (uint32_t byte = 0; byte < 256; byte++) {
        uint32_t sum = byte << 24;
        for (int bit = 0; bit < 8; bit++)
            sum = sum & 0x80000000u ? sum << 1 ^ POLYNOMIAL : sum << 1;
        crc->table[0][byte] = sum;
    }
    for (int behind = 1; behind < STRIDE; behind++)
        for (int byte = 0; byte < 256; byte++) {
            const uint32_t before = crc->table[behind - 1][byte];
            crc->table[behind][byte] = before << 8 ^ crc->table[0][before >> 24];
        }
}

static void crc_add_byte(struct crc *crc, unsigned char byte)
{
    crc->sum = crc->sum << 8 ^ crc->table[0][(crc->sum >> 24 ^ byte) & 0xff];
}

static uint32_t big_endian(const unsigned char *bytes)
{
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

static void crc_add(struct crc *crc, const unsigned char *bytes, size_t count)
{
    for (; count >= STRIDE; count -= STRIDE, bytes += STRIDE) {
        const uint32_t first = crc->sum ^ big_endian(bytes), second = big_endian(bytes + 4);
        crc->sum = crc->table[7][first >> 24] ^ crc->table[6][first >> 16 & 0xff] ^
                   crc->table[5][first >> 8 & 0xff] ^ crc->table[4][first & 0xff] ^
                   crc->table[3][second >> 24] ^ crc->table[2][second >> 16 & 0xff] ^
                   crc->table[1][second >> 8 & 0xff] ^ crc->table[0][second & 0xff];
    }
    while (count--)
        crc_add_byte(crc, *bytes++);
}

static uint32_t crc_end(struct crc *crc, uint64_t length)
{
    for (; length; length >>= 8)
        crc_add_byte(crc, (unsigned char)length);
    return ~crc->sum;
}

/* --- files ------------------------------------------------------------------------------------ */

/* 0 or -1; what is neither a file nor of this size is not read. */
static int sum_file(const char *path, uint64_t size, uint32_t *ret_sum)
{
    unsigned char block[BLOCK];
    struct stat status;
    struct crc crc;
    uint64_t length = 0;
    const int fd = open_file_to_read(path);
    ssize_t got =
        fd < 0 || fstat(fd, &status) || !S_ISREG(status.st_mode) || (uint64_t)status.st_size != size
            ? -1
            : 0;
    crc_init(&crc);
    while (!got && length < size) {
        const ssize_t count = read(fd, block, sizeof block);
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            got = -1;
        else
            crc_add(&crc, block, (size_t)count);
        length += count > 0 ? (uint64_t)count : 0;
    }
    if (fd >= 0)
        close(fd);
    *ret_sum = crc_end(&crc, size);
    return (int)got;
}

/* A line of the seal. */
struct sealed {
    uint32_t sum;
    uint64_t size;
    char name[NAME_MAX_BYTES + 1]; /* of a file in the folder */
};

static bool read_line(const char *line, struct sealed *ret_sealed)
{
    unsigned long sum;
    unsigned long long size;
    int at = 0;
    if (sscanf(line, "%10lu %19llu %n", &sum, &size, &at) < 2 || !at || sum > UINT32_MAX)
        return false;
    const size_t length = strlen(line + at);
    if (!length || length > NAME_MAX_BYTES || strchr(line + at, '/'))
        return false;
    *ret_sealed = (struct sealed){.sum = (uint32_t)sum, .size = size};
    memcpy(ret_sealed->name, line + at, length + 1);
    return true;
}

static bool is_as_sealed(const char *folder, const struct sealed *sealed)
{
    uint32_t sum;
    char *path = xasprintf("%s/%s", folder, sealed->name);
    const bool same = !sum_file(path, sealed->size, &sum) && sum == sealed->sum;
    free(path);
    return same;
}

/* --- what need not be sealed ------------------------------------------------------------------ */

static bool begins(const char *name, const char *with)
{
    return !strncmp(name, with, strlen(with));
}

static bool ends(const char *name, const char *with)
{
    const size_t length = strlen(name), end = strlen(with);
    return length >= end && !strcmp(name + length - end, with);
}

/* scripts/seal-model has the same list. */
static bool is_for_people(const char *name)
{
    return name[0] == '.' || !strcmp(name, SUMS) || begins(name, "LICENSE") ||
           begins(name, "COPYING") || begins(name, "README") || ends(name, ".md") ||
           ends(name, ".tsv") || ends(name, ".txt");
}

static bool is_sealed(const char *sums, const char *name)
{
    const size_t length = strlen(name);
    for (const char *at = sums; (at = strstr(at, name)); at++)
        if (at != sums && at[-1] == ' ' && (at[length] == '\n' || !at[length]))
            return true;
    return false;
}

/* --- the whole folder ------------------------------------------------------------------------- */

static bool all_are_sealed(const char *folder, const char *sums)
{
    bool all = true;
    DIR *files = opendir(folder);
    for (struct dirent *file; files && all && (file = readdir(files));)
        all = is_for_people(file->d_name) || is_sealed(sums, file->d_name);
    if (files)
        closedir(files);
    return all;
}

/* NULL: all are as they were made. */
static char *find_broken(const char *folder, char *sums)
{
    struct sealed sealed;
    char *rest = NULL;
    for (char *line = strtok_r(sums, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest)) {
        if (!read_line(line, &sealed))
            return xstrdup(SUMS);
        if (!is_as_sealed(folder, &sealed))
            return xstrdup(sealed.name);
    }
    return NULL;
}

enum model_seal model_seal_check(const char *folder, char **ret_file)
{
    struct strbuf sums = {0};
    enum model_seal seal = MODEL_SEAL_NONE;
    const int fd = durable_open(folder);
    if (fd >= 0 && !durable_read(fd, SUMS, SUMS_BYTES_MAX, &sums) && sums.length &&
        all_are_sealed(folder, sums.text)) {
        char *broken = find_broken(folder, sums.text);
        seal = broken ? MODEL_SEAL_BROKEN : MODEL_SEAL_GOOD;
        if (broken)
            *ret_file = broken;
    }
    if (fd >= 0)
        close(fd);
    strbuf_free(&sums);
    return seal;
}
