/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "listen/net_file.h"

#include "base/durable.h"
#include "base/strbuf.h"
#include "listen/acoustic_net.h"

#include <errno.h>
#include <stddef.h>

int net_file_read(int folder, const char *name, struct acoustic_net **ret_net)
{
    struct strbuf file = {0};
    struct acoustic_net *net = NULL;
    int result = durable_read(folder, name, ACOUSTIC_NET_BYTES_MAX, &file);
    if (result && errno == ENOENT)
        result = 0;
    else if (!result && acoustic_net_parse((const uint8_t *)(file.text ? file.text : ""),
                                           file.length, &net) != ACOUSTIC_NET_SOUND)
        result = -1;
    strbuf_free(&file);
    if (!result)
        *ret_net = net;
    return result;
}
