/*
 * learning: an enrolment (enrolment.h) carried out: what `pasapas calibrate` and a session share.
 *
 * It writes sayings down with a recogniser of its own, on the caller's thread, while the next
 * phrase is being asked for; the listener's recogniser only tells commands from sayings. What was
 * said twice is on disk at once. While it lives the listener keeps what it hears
 * (listener_set_learning()) and has its vocabulary and calibration; the caller gives it others
 * afterwards. A command that is heard or typed may take some tenths of a second, the second saying
 * of a phrase a second or two.
 *
 * Thread: main.
 */
#ifndef PASAPAS_LEARNING_H
#define PASAPAS_LEARNING_H

#include "calibration.h"
#include "recog.h"

#include <stdbool.h>

struct heard;
struct learning;
struct listener;
struct settings_keys;
struct voice;

struct learning_config {
    const struct voice *voice;         /* outlives it */
    const struct recog_driver *driver; /* must be able to learn */
    struct listener *listener;         /* outlives it */
    /* Where to keep it, copied; NULL: nowhere, it is for this session only, and that is said. */
    const char *path;
    bool in_session; /* it comes back to the guide, and says so, instead of a goodbye */

    /* Called with `context`; the texts are for the call only. */
    void *context;
    void (*say)(void *context, const char *text);              /* instead of what is being said */
    void (*hear)(void *context, const char *text, bool shown); /* see transcript_heard() */
    void (*hush)(void *context);                               /* stop speaking */
};

/* `calibration`: what is known already, taken over in any case. Opens the recogniser, which may
 * take 100 ms. 0, or -1 with a message to be freed with free(). */
int learning_open(const struct learning_config *config, struct calibration *calibration,
                  struct learning **ret_learning, char **ret_error);
void learning_close(struct learning *learning); /* accepts NULL */

/* Says how it goes, and asks whether to begin. */
void learning_start(struct learning *learning);
/* What the listener heard: a HEARD_PHRASE. */
void learning_take_voice(struct learning *learning, const struct heard *heard);
/* A line that was typed (`shown`: the terminal shows it already), or a key as input.h names it.
 * `keys`: the learner's own, or NULL. */
void learning_take_line(struct learning *learning, const struct settings_keys *keys,
                        const char *line, bool shown);
void learning_take_key(struct learning *learning, const struct settings_keys *keys,
                       const char *key);
/* A command that came another way: a switch, the end of a recording. */
void learning_take_command(struct learning *learning, int command);

/* Nothing more is asked; the last text is still to be said to its end. */
bool learning_is_over(const struct learning *learning);
/* Something could not be kept; that was said. */
bool learning_has_failed(const struct learning *learning);

/* Hands over what is known by now, sayings of phrases said once only among it; the learning can
 * then only be closed. */
void learning_take_calibration(struct learning *learning, struct calibration *ret_calibration);

#endif
