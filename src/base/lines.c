/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/lines.h"

#include "base/durable.h"
#include "base/open_file.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

int lines_read(const char *path, size_t limit, struct lines *ret_lines)
{
    struct lines lines = {0};
    const int fd = open_file_to_read(path);
    if (fd < 0)
        return -1;
    const int result = durable_read_open(fd, limit, &lines.bytes);
    const int error = errno;
    close(fd);
    if (result)
        lines_free(&lines);
    else
        *ret_lines = lines;
    errno = error;
    return result;
}

char *lines_next(struct lines *lines)
{
    if (lines->at >= lines->bytes.length)
        return NULL;
    char *line = lines->bytes.text + lines->at;
    char *end = memchr(line, '\n', lines->bytes.length - lines->at);
    if (!end)
        end = lines->bytes.text + lines->bytes.length;
    lines->at = (size_t)(end - lines->bytes.text) + 1;
    if (end > line && end[-1] == '\r')
        end[-1] = '\0';
    *end = '\0';
    return line;
}

void lines_free(struct lines *lines)
{
    strbuf_free(&lines->bytes);
    lines->at = 0;
}
