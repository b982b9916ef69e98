/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * config_file: a file of choices that the learner may have written by hand, and that is replaced as
 * a whole: folders 0700, file 0600, never half a file.
 *
 * A link stays one: the file that it leads to is replaced (people keep such files elsewhere and
 * link to them). What is neither a file nor missing is refused with EINVAL. Thread: main.
 */
#ifndef PASAPAS_STORE_CONFIG_FILE_H
#define PASAPAS_STORE_CONFIG_FILE_H

#include <stdbool.h>

struct strbuf;

/*
 * Replaces the file; its folder is made if need be. `foreign`: what stands there was not
 * understood; it is kept under another name, without its folder, which is stored in `ret_aside` (to
 * be freed; NULL: nothing was kept aside). 0, or -1 with errno: the old file is then intact.
 */
int config_file_replace(const char *path, bool foreign, const struct strbuf *bytes,
                        char **ret_aside);

#endif
