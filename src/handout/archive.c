/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "handout/archive.h"

#include "base/mem.h"
#include "base/strbuf.h"

#include <stdlib.h>
#include <zip.h>

struct archive {
    zip_source_t *source; /* where the bytes go */
    zip_t *zip;           /* NULL once it is closed */
    zip_uint16_t day;     /* as DOS writes it */
    bool failed;
};

/* The first day that a ZIP file can name is in 1980. */
static zip_uint16_t dos_day(struct date date)
{
    const int year = date.year < 1980 ? 0 : date.year - 1980;
    return (zip_uint16_t)(year << 9 | date.month << 5 | date.day);
}

struct archive *archive_new(struct date date)
{
    struct archive *archive = xcalloc(1, sizeof *archive);
    archive->day = dos_day(date);
    archive->source = zip_source_buffer_create(NULL, 0, 0, NULL);
    if (!archive->source)
        mem_is_out();
    /* Kept: closing the archive would let go of it before it is read. */
    zip_source_keep(archive->source);
    archive->zip = zip_open_from_source(archive->source, ZIP_TRUNCATE, NULL);
    if (!archive->zip)
        mem_is_out();
    return archive;
}

void archive_free(struct archive *archive)
{
    if (!archive)
        return;
    if (archive->zip)
        zip_discard(archive->zip);
    zip_source_free(archive->source);
    free(archive);
}

void archive_add(struct archive *archive, const char *name, struct strbuf *bytes, bool stored)
{
    const size_t length = bytes->length;
    zip_source_t *source = zip_source_buffer(archive->zip, strbuf_take(bytes), length, 1);
    if (!source)
        mem_is_out();
    const zip_int64_t index = zip_file_add(archive->zip, name, source, ZIP_FL_ENC_GUESS);
    if (index < 0) {
        zip_source_free(source);
        archive->failed = true;
        return;
    }
    const int32_t method = stored ? ZIP_CM_STORE : ZIP_CM_DEFLATE;
    archive->failed |= zip_set_file_compression(archive->zip, (zip_uint64_t)index, method, 0) ||
                       zip_file_set_dostime(archive->zip, (zip_uint64_t)index, 0, archive->day, 0);
}

static int read_all(zip_source_t *source, struct strbuf *bytes)
{
    char block[65536];
    zip_int64_t got;
    if (zip_source_open(source))
        return -1;
    while ((got = zip_source_read(source, block, sizeof block)) > 0)
        strbuf_add_bytes(bytes, block, (size_t)got);
    zip_source_close(source);
    return got < 0 ? -1 : 0;
}

int archive_finish(struct archive *archive, struct strbuf *bytes)
{
    if (archive->failed || zip_close(archive->zip))
        return -1;
    archive->zip = NULL;
    return read_all(archive->source, bytes);
}
