/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/picture.h"

#include "base/durable.h"
#include "base/mem.h"
#include "model/svg.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct {
    const char *ending, *media_type;
} types[] = {
    [PICTURE_SVG] = {"svg", "image/svg+xml"},
    [PICTURE_PNG] = {"png", "image/png"},
};

const char *picture_media_type(enum picture_type type)
{
    return types[type].media_type;
}

const char *picture_ending(enum picture_type type)
{
    return types[type].ending;
}

/* --- names ------------------------------------------------------------------------------------ */

bool picture_name_is_inside(const char *name)
{
    for (const char *part = name;; part++) {
        const size_t length = strcspn(part, "/");
        if (!length || *part == '.' || memchr(part, '\\', length))
            return false;
        part += length;
        if (!*part)
            return true;
    }
}

bool picture_name_type(const char *name, enum picture_type *ret_type)
{
    const char *dot = strrchr(name, '.');
    for (size_t i = 0; dot && i < COUNT_OF(types); i++)
        if (!strcasecmp(dot + 1, types[i].ending)) {
            *ret_type = (enum picture_type)i;
            return true;
        }
    return false;
}

/* --- reading ---------------------------------------------------------------------------------- */

static int open_part(int folder, const char *name, size_t length, int flags)
{
    char *part = xstrndup(name, length);
    const int fd = openat(folder, part, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | flags);
    free(part);
    close(folder);
    return fd;
}

/* A link could lead out of the folder. */
static int open_inside(const char *beside, const char *name)
{
    const char *end = strrchr(beside, '/');
    char *folder = end ? xstrndup(beside, (size_t)(end - beside) + 1) : xstrdup(".");
    int fd = picture_name_is_inside(name) ? durable_open(folder) : -1;
    free(folder);
    for (const char *slash; fd >= 0 && (slash = strchr(name, '/')); name = slash + 1)
        fd = open_part(fd, name, (size_t)(slash - name), O_DIRECTORY);
    return fd < 0 ? -1 : open_part(fd, name, strlen(name), 0);
}

static enum picture_trouble read_bytes(const char *beside, const char *name, struct strbuf *bytes)
{
    enum picture_trouble trouble = PICTURE_MISSING;
    struct stat status;
    const int fd = open_inside(beside, name);
    if (fd < 0)
        return PICTURE_MISSING;
    if (!fstat(fd, &status) && S_ISREG(status.st_mode)) {
        if (!durable_read_open(fd, PICTURE_BYTES_MAX, bytes))
            trouble = PICTURE_FINE;
        else if (errno == EFBIG)
            trouble = PICTURE_TOO_BIG;
    }
    close(fd);
    return trouble;
}

/* --- PNG -------------------------------------------------------------------------------------- */

#define PNG_SIGNATURE "\x89PNG\r\n\x1a\n"
/* Of a chunk: its length and its name before it, its sum behind it. */
#define PNG_BEFORE 8
#define PNG_AROUND 12

static uint32_t number_at(const char *bytes)
{
    const unsigned char *at = (const unsigned char *)bytes;
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

static uint32_t png_sum(const char *bytes, size_t length)
{
    uint32_t sum = UINT32_MAX;
    for (size_t i = 0; i < length; i++) {
        sum ^= (unsigned char)bytes[i];
        for (int bit = 0; bit < 8; bit++)
            sum = sum >> 1 ^ (sum & 1 ? 0xedb88320u : 0);
    }
    return ~sum;
}

static bool side_is_good(uint32_t side)
{
    return side && side <= PICTURE_SIDE_MAX;
}

/* Whole, from its head to its end, and not larger than a screen shows. */
static bool is_png(const struct strbuf *bytes)
{
    const size_t signature = strlen(PNG_SIGNATURE);
    if (bytes->length < signature || memcmp(bytes->text, PNG_SIGNATURE, signature) != 0)
        return false;
    for (size_t at = signature; bytes->length - at >= PNG_AROUND;) {
        const char *chunk = bytes->text + at, *name = chunk + 4;
        const size_t length = number_at(chunk);
        if (length > bytes->length - at - PNG_AROUND ||
            number_at(chunk + PNG_BEFORE + length) != png_sum(name, length + 4))
            return false;
        if (at == signature && (memcmp(name, "IHDR", 4) != 0 || length != 13 ||
                                !side_is_good(number_at(chunk + PNG_BEFORE)) ||
                                !side_is_good(number_at(chunk + PNG_BEFORE + 4))))
            return false;
        at += length + PNG_AROUND;
        if (!memcmp(name, "IEND", 4))
            return at == bytes->length;
    }
    return false;
}

/* --- both ------------------------------------------------------------------------------------- */

static enum picture_trouble look(const struct picture *picture, char **ret_refused)
{
    char *refused = NULL;
    if (picture->type == PICTURE_PNG)
        return is_png(&picture->bytes) ? PICTURE_FINE : PICTURE_BROKEN;
    if (svg_is_harmless(picture->bytes.text, picture->bytes.length, &refused))
        return PICTURE_FINE;
    if (!refused)
        return PICTURE_BROKEN;
    *ret_refused = refused;
    return PICTURE_REFUSED;
}

enum picture_trouble picture_load(const char *beside, const char *name, struct picture *ret_picture,
                                  char **ret_refused)
{
    struct picture picture = {0};
    if (!picture_name_type(name, &picture.type))
        return PICTURE_BROKEN;
    enum picture_trouble trouble = read_bytes(beside, name, &picture.bytes);
    if (!trouble)
        trouble = look(&picture, ret_refused);
    if (trouble)
        picture_free(&picture);
    else
        *ret_picture = picture;
    return trouble;
}

void picture_free(struct picture *picture)
{
    strbuf_free(&picture->bytes);
}
