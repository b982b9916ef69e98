#include "assistant_parts.h"

#include "mem.h"
#include "reason.h"

#include <errno.h>
#include <stdlib.h>

static struct session_log_time log_time(const struct assistant *assistant)
{
    return (struct session_log_time){clock_seconds(&assistant->clock),
                                     clock_milliseconds(&assistant->clock)};
}

void assistant_close_log(struct assistant *assistant)
{
    /* How long the last step took, too. */
    if (assistant->log)
        (void)session_log_place(assistant->log, log_time(assistant), NULL);
    session_log_close(assistant->log);
    assistant->log = NULL;
}

/* A log that cannot be written ends; the session goes on. */
static void lose_log(struct assistant *assistant)
{
    int error = errno;
    assistant_close_log(assistant);
    assistant_say_notice(assistant,
                         messages_format(assistant->voice->messages, MSG_LOG_FAILED, "reason",
                                         reason_text(assistant->voice->messages, error)));
}

/* The place to tell a log of, "section/step", to be freed; NULL if there is none, or a secret is
 * being typed. */
static char *log_place(const struct assistant *assistant)
{
    const struct record_place *place =
        assistant->session ? record_place(session_record(assistant->session), assistant->guide->id)
                           : NULL;
    if (!place || !place->section || !place->step || session_is_private(assistant->session))
        return NULL;
    return xasprintf("%s/%s", place->section, place->step);
}

void assistant_log_line(struct assistant *assistant, const char *kind, const char *text)
{
    if (!assistant->log || (assistant->session && session_is_private(assistant->session)))
        return;
    char *place = log_place(assistant);
    if (session_log_write(assistant->log, log_time(assistant), kind, place, text))
        lose_log(assistant);
    free(place);
}

void assistant_log_progress(struct assistant *assistant)
{
    if (!assistant->log)
        return;
    char *place = log_place(assistant);
    if (session_log_place(assistant->log, log_time(assistant), place))
        lose_log(assistant);
    free(place);
}

void assistant_open_log(struct assistant *assistant)
{
    bool wanted = assistant->settings.log && progress_is_writable(assistant->progress);
    if (!wanted)
        assistant_close_log(assistant);
    if (!wanted || assistant->log)
        return;
    char *folder = progress_folder(assistant->learner);
    if (session_log_open(folder, log_time(assistant), &assistant->log))
        lose_log(assistant);
    free(folder);
}
