#include "app/assistant_parts.h"

#include "app/enrolment_run.h"
#include "base/diag.h"
#include "base/mem.h"
#include "store/calibration_file.h"

#include <stdlib.h>

/* --- how the learner says it ------------------------------------------------------------------ */

/* What they taught and agreed to keep. */
static void tell_listener(const struct assistant *assistant)
{
    struct listener *listener = sound_listener(assistant->sound);
    struct calibration kept;
    if (!listener)
        return;
    calibration_copy(&kept, &assistant->taught, true, -1);
    listener_set_calibration(listener, &kept);
    calibration_free(&kept);
}

void assistant_tell_listener_who(struct assistant *assistant)
{
    struct diags diags;
    calibration_free(&assistant->taught);
    if (!sound_listener(assistant->sound))
        return;
    char *path = calibration_path(assistant->learner);
    diags_init(&diags, assistant->pack->messages);
    if (!assistant->guest && calibration_load(path, &diags, &assistant->taught)) {
        diags_print(&diags, stderr);
        cli_error(assistant->cli, MSG_CALIBRATE_DAMAGED);
    }
    tell_listener(assistant);
    diags_free(&diags);
    free(path);
}

/* --- carrying the enrolment out --------------------------------------------------------------- */

static void say(void *context, const char *text)
{
    assistant_say_now(context, text);
}

static void hear(void *context, const char *text, bool shown)
{
    assistant_hear(context, text, shown);
}

static void hush(void *context)
{
    struct assistant *assistant = context;
    speech_interrupt(assistant->speech);
}

/* While somebody says words after the assistant, its own voice must not be taken for theirs; and
 * back to how it was. */
static void update_mode(const struct assistant *assistant)
{
    if (assistant->settings.listen == LISTEN_FREE && !assistant->ears_shut)
        listener_set_mode(sound_listener(assistant->sound), assistant_listener_mode(assistant));
}

void assistant_close_learning(struct assistant *assistant)
{
    enrolment_run_close(assistant->learning);
    assistant->learning = NULL;
}

/* Back to the place in the guide. What was learnt counts from now on. */
static void end(struct assistant *assistant)
{
    enrolment_run_take_calibration(assistant->learning, &assistant->taught);
    assistant_close_learning(assistant);
    tell_listener(assistant);
    update_mode(assistant);
    assistant_come_back(assistant);
}

/* After whatever was taken. */
static void settle(struct assistant *assistant)
{
    if (enrolment_run_is_over(assistant->learning))
        end(assistant);
    assistant_settle(assistant);
}

void assistant_start_learning(struct assistant *assistant)
{
    const struct messages *messages = assistant->pack->messages;
    const bool saves = learner_store_is_writable(assistant->store);
    if (!assistant->hears || !sound_has_input(assistant->sound)) {
        assistant_say_notice(assistant, messages_format(messages, MSG_ENROLMENT_NO_INPUT));
        return;
    }
    char *path = saves ? calibration_path(assistant->learner) : NULL, *error = NULL;
    const struct enrolment_run_config config = {
        .pack = assistant->pack,
        .driver = &recog_sphinx,
        .listener = sound_listener(assistant->sound),
        .path = path,
        .in_session = true,
        .context = assistant,
        .say = say,
        .hear = hear,
        .hush = hush,
    };
    if (enrolment_run_open(&config, &assistant->taught, &assistant->learning, &error)) {
        assistant_say_notice(assistant,
                             messages_format(messages, MSG_LISTEN_FAILED, "reason", error));
    } else {
        update_mode(assistant);
        enrolment_run_start(assistant->learning);
        if (enrolment_run_is_over(assistant->learning))
            end(assistant);
    }
    free(error);
    free(path);
}

void assistant_learn_voice(struct assistant *assistant, const struct heard *heard)
{
    enrolment_run_take_voice(assistant->learning, heard);
    settle(assistant);
}

void assistant_learn_line(struct assistant *assistant, const char *line, bool shown)
{
    enrolment_run_take_line(assistant->learning, assistant->settings.keys, line, shown);
    settle(assistant);
}

void assistant_learn_key(struct assistant *assistant, const char *key)
{
    enrolment_run_take_key(assistant->learning, assistant->settings.keys, key);
    settle(assistant);
}

void assistant_learn_command(struct assistant *assistant, int command)
{
    enrolment_run_take_command(assistant->learning, command);
    settle(assistant);
}
