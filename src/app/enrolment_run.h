/*
 * enrolment_run: an enrolment (dialogue/enrolment.h) carried out: what `pasapas calibrate` and a
 * session share.
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
#ifndef PASAPAS_APP_ENROLMENT_RUN_H
#define PASAPAS_APP_ENROLMENT_RUN_H

#include "listen/recog.h"
#include "model/calibration.h"

#include <stdbool.h>

struct heard;
struct enrolment_run;
struct listener;
struct settings_keys;
struct pack;

struct enrolment_run_config {
    const struct pack *pack;           /* outlives it */
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
int enrolment_run_open(const struct enrolment_run_config *config, struct calibration *calibration,
                       struct enrolment_run **ret_learning, char **ret_error);
void enrolment_run_close(struct enrolment_run *learning); /* accepts NULL */

/* Says how it goes, and asks whether to begin. */
void enrolment_run_start(struct enrolment_run *learning);
/* What the listener heard: a HEARD_PHRASE. */
void enrolment_run_take_voice(struct enrolment_run *learning, const struct heard *heard);
/* A line that was typed (`shown`: the terminal shows it already), or a key as app/keyboard.h names
 * it. `keys`: the learner's own, or NULL. */
void enrolment_run_take_line(struct enrolment_run *learning, const struct settings_keys *keys,
                             const char *line, bool shown);
void enrolment_run_take_key(struct enrolment_run *learning, const struct settings_keys *keys,
                            const char *key);
/* A command that came another way: a switch, the end of a recording. */
void enrolment_run_take_command(struct enrolment_run *learning, int command);

/* Nothing more is asked; the last text is still to be said to its end. */
bool enrolment_run_is_over(const struct enrolment_run *learning);
/* Something could not be kept; that was said. */
bool enrolment_run_has_failed(const struct enrolment_run *learning);

/* Hands over what is known by now, sayings of phrases said once only among it; the learning can
 * then only be closed. */
void enrolment_run_take_calibration(struct enrolment_run *learning,
                                    struct calibration *ret_calibration);

#endif
