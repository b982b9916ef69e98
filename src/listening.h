/*
 * listening: what `pasapas listen` and `pasapas calibrate` share: what can be said, and recordings
 * as the microphone of a simulated listener.
 *
 * Errors are told on standard error; the functions return exit codes (cli.h). Thread: main.
 */
#ifndef PASAPAS_LISTENING_H
#define PASAPAS_LISTENING_H

#include "cli.h"
#include "vocabulary.h"

struct calibration;
struct listener;
struct voice;

/* Loads the pack `id`. */
int listening_load_voice(const struct cli *cli, const char *id, struct voice **ret_voice);

/* All that is ever listened for: the commands but those that are only typed, and the numbers. */
void listening_add_commands(const struct voice *voice, struct vocabulary *vocabulary);

/* A file of phrases, one a line. */
int listening_read_vocabulary(const struct cli *cli, const char *file,
                              struct vocabulary *vocabulary);

/* What a learner taught; a file that is not there is empty, one that is wrong is told of. */
int listening_load_calibration(const struct cli *cli, const char *file,
                               struct calibration *ret_calibration);

typedef void (*listening_sink)(void *context, const char *file);

/* A recording into the listener, which starts afresh. `sink` is called whenever listener_next() may
 * have something. */
int listening_play(const struct cli *cli, struct listener *listener, const char *file,
                   listening_sink sink, void *context);

#endif
