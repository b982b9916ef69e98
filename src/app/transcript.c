/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/transcript.h"

#include "base/open_file.h"

#include <errno.h>
#include <stdio_ext.h>

int transcript_open(struct transcript *transcript, FILE *screen, const char *path)
{
    FILE *file = NULL;
    if (path && !(file = open_file_stream_to_append(path)))
        return -1;
    *transcript = (struct transcript){.screen = screen, .file = file};
    return 0;
}

/* Each line is flushed: a screen reader speaks it now, and a power cut loses none. */
static void write_line(struct transcript *transcript, FILE *stream, const char *mark,
                       const char *text)
{
    if (fprintf(stream, "%s%s\n", mark, text) >= 0 && !fflush(stream))
        return;
    const int error = errno;
    /* What could not be written would hold up the next line, and the end. */
    __fpurge(stream);
    if (error == EPIPE && stream == transcript->screen)
        transcript->unread = true;
    if (!transcript->error)
        transcript->error = error;
}

static void write_all(struct transcript *transcript, const char *mark, const char *text, bool shown)
{
    if (!shown) {
        if (transcript->before)
            transcript->before(transcript->context);
        write_line(transcript, transcript->screen, mark, text);
    }
    if (transcript->file)
        write_line(transcript, transcript->file, mark, text);
}

void transcript_said(struct transcript *transcript, const char *text)
{
    write_all(transcript, "", text, false);
}

void transcript_heard(struct transcript *transcript, const char *text, bool shown)
{
    write_all(transcript, "> ", text, shown);
}

int transcript_close(struct transcript *transcript)
{
    if (transcript->file && fclose(transcript->file) && !transcript->error)
        transcript->error = errno;
    transcript->file = NULL;
    return transcript->error;
}
