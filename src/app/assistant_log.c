#include "app/assistant_parts.h"

#include "base/errno_words.h"
#include "base/mem.h"
#include "store/learner_folder.h"

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
                         messages_format(assistant->pack->messages, MSG_LOG_FAILED, "reason",
                                         errno_words(assistant->pack->messages, error)));
}

static bool is_private(const struct assistant *assistant)
{
    if (!assistant->session)
        return false;
    const struct dialogue session = session_dialogue(assistant->session);
    return dialogue_is_private(&session);
}

/* The place to tell a log of, "section/step", to be freed; NULL if there is none, or a secret is
 * being typed. */
static char *log_place(const struct assistant *assistant)
{
    const struct learner_record_place *place =
        assistant->session
            ? learner_record_place(session_record(assistant->session), assistant->guide->id)
            : NULL;
    if (!place || !place->section || !place->step || is_private(assistant))
        return NULL;
    return xasprintf("%s/%s", place->section, place->step);
}

void assistant_log_line(struct assistant *assistant, const char *kind, const char *text)
{
    if (!assistant->log || is_private(assistant))
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
    bool wanted = assistant->settings.log && learner_store_is_writable(assistant->store);
    if (!wanted)
        assistant_close_log(assistant);
    if (!wanted || assistant->log)
        return;
    char *folder = learner_folder_path(assistant->learner);
    if (session_log_open(folder, log_time(assistant), &assistant->log))
        lose_log(assistant);
    free(folder);
}
