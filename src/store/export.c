/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/export.h"

#include "base/clock.h"
#include "base/durable.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "base/text.h"
#include "store/calibration_file.h"
#include "store/learner_yaml.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define COPIES_MAX 1000 /* of one day */
#define NAME_BYTES 120  /* of the learner's name in that of the file */

/* The name as a part of a file's: no slash, nothing that is not seen, and not too long. */
static char *file_part(const char *name)
{
    struct strbuf part = {0};
    char bytes[5];
    for (int32_t c; (c = text_next(&name)) && part.length < NAME_BYTES;) {
        text_encode(c == '/' || c < 0x20 || (c >= 0x7f && c < 0xa0) ? '-' : c, bytes);
        strbuf_add(&part, bytes);
    }
    return strbuf_take(&part);
}

/* `kind`: behind the day, or "". */
static int make_file(const char *name, int64_t seconds, const char *kind, char **ret_path)
{
    const char *home = getenv("HOME");
    char day[11], *part = name ? file_part(name) : NULL;
    date_format(clock_date(seconds), day);
    char *stem = xasprintf("%s/pasapas-%s%s%s%s", home && *home == '/' ? home : ".",
                           part ? part : "", part ? "-" : "", day, kind);
    int fd = -1;
    errno = EEXIST;
    for (int copy = 1; fd < 0 && errno == EEXIST && copy < COPIES_MAX; copy++) {
        free(*ret_path);
        *ret_path = copy == 1 ? xasprintf("%s.yaml", stem) : xasprintf("%s-%d.yaml", stem, copy);
        fd = open(*ret_path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    }
    int saved = errno;
    free(part);
    free(stem);
    errno = saved;
    return fd;
}

static int export_bytes(const struct strbuf *bytes, const char *name, int64_t seconds,
                        const char *kind, char **ret_path)
{
    char *path = NULL;
    int fd = make_file(name, seconds, kind, &path);
    int result = fd < 0 ? -1 : durable_write_and_close(fd, bytes->text, bytes->length);
    int saved = errno;
    if (fd >= 0 && result)
        unlink(path);
    if (result)
        free(path);
    else
        *ret_path = path;
    errno = saved;
    return result;
}

int export_record(const struct learner_record *record, const char *name, int64_t seconds,
                  char **ret_path)
{
    struct strbuf bytes = {0};
    int result = -1;
    if (learner_yaml_write(record, &bytes))
        errno = EINVAL;
    else
        result = export_bytes(&bytes, name, seconds, "", ret_path);
    int saved = errno;
    strbuf_free(&bytes);
    errno = saved;
    return result;
}

int export_calibration(const struct calibration *calibration, const char *name, int64_t seconds,
                       char **ret_path)
{
    struct strbuf bytes = {0};
    int result = -1;
    if (calibration_write(calibration, &bytes))
        errno = EINVAL;
    else
        result = export_bytes(&bytes, name, seconds, "-calibration", ret_path);
    int saved = errno;
    strbuf_free(&bytes);
    errno = saved;
    return result;
}
