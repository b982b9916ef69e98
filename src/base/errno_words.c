/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/errno_words.h"

#include "base/messages.h"

#include <errno.h>

static enum message message_of(int error)
{
    switch (error) {
    case ENOENT:
    case ENOTDIR:
        return MSG_REASON_ABSENT;
    case EACCES:
    case EPERM:
        return MSG_REASON_FORBIDDEN;
    case EISDIR:
        return MSG_REASON_FOLDER;
    case ENOSPC:
        return MSG_REASON_FULL;
    case EDQUOT:
        return MSG_REASON_QUOTA;
    case EROFS:
        return MSG_REASON_READ_ONLY;
    case EIO:
        return MSG_REASON_DEVICE;
    case ENAMETOOLONG:
        return MSG_REASON_LONG_NAME;
    case EMFILE:
    case ENFILE:
        return MSG_REASON_MANY_FILES;
    case EAGAIN:
    case EADDRINUSE:
        return MSG_REASON_BUSY;
    case ENXIO:
        return MSG_REASON_NO_READER;
    case EFBIG:
        return MSG_REASON_TOO_BIG;
    default:
        return MSG_REASON_OTHER;
    }
}

const char *errno_words(const struct messages *messages, int error)
{
    return messages_text(messages, message_of(error));
}
