/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/output_file.h"

#include "base/durable.h"
#include "base/errno_words.h"
#include "base/mem.h"
#include "base/open_file.h"
#include "base/strbuf.h"
#include "store/config_file.h"

#include <errno.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Something that is there and no file: a pipe, a device. It is written into, and stays what it is.
 */
static bool is_special(const char *path)
{
    struct stat status;
    return !stat(path, &status) && !S_ISREG(status.st_mode);
}

static int write_special(const char *path, const struct strbuf *bytes)
{
    const int fd = open_file_to_write(path, 0);
    return fd < 0 ? -1 : durable_write_and_close(fd, bytes->text, bytes->length);
}

/* The folder must be there: a wrong path is told, not made. */
static int replace_file(const char *path, const struct strbuf *bytes)
{
    char *copy = xstrdup(path), *aside = NULL;
    const int result =
        access(dirname(copy), F_OK) ? -1 : config_file_replace(path, false, bytes, &aside);
    const int error = errno;
    free(aside);
    free(copy);
    errno = error;
    return result;
}

int output_file_write(const struct cli *cli, const char *path, const struct strbuf *bytes,
                      bool *ret_kept)
{
    *ret_kept = false;
    if (!strcmp(path, "-")) {
        fwrite(bytes->text, 1, bytes->length, stdout);
        return cli_finish(cli);
    }
    const bool special = is_special(path);
    if (special ? write_special(path, bytes) : replace_file(path, bytes)) {
        cli_error(cli, MSG_FILE_UNWRITABLE, "file", path, "reason",
                  errno_words(cli->messages, errno));
        return CLI_FAILED;
    }
    /* What becomes of it in a pipe or device is not known. */
    *ret_kept = !special;
    return CLI_OK;
}
