/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * settings: how one learner likes it: the values, their ranges and their defaults.
 *
 * store/settings_file.h keeps them on disk. Pure. Thread: main.
 */
#ifndef PASAPAS_MODEL_SETTINGS_H
#define PASAPAS_MODEL_SETTINGS_H

#include "model/command.h"

#include <stdbool.h>
#include <stddef.h>

enum settings_listen { LISTEN_FREE, LISTEN_TAP, LISTEN_NONE };
enum settings_duplex { DUPLEX_AUTO, DUPLEX_HEADPHONES, DUPLEX_ECHO, DUPLEX_HALF };
enum settings_speech { SPEECH_ESPEAK, SPEECH_SPEECHD, SPEECH_NONE };
enum settings_punctuation { PUNCTUATION_NONE, PUNCTUATION_SOME, PUNCTUATION_ALL };
enum settings_scan {
    SCAN_OFF,
    SCAN_ONE, /* one switch: choices come by themselves, it takes the one just told */
    SCAN_TWO  /* two switches: one moves, one takes */
};

/* The learner's own keys: one character, "" for none, NULL where the pack's holds. */
struct settings_keys {
    char *of[COMMAND_COUNT];
};

/* Ranges that are not the voice's own (base/voice_range.h). */
#define LISTEN_PAUSE_MIN       250 /* ms of silence that end what is said */
#define LISTEN_PAUSE_DEFAULT   350
#define LISTEN_PAUSE_MAX       900
#define SENTENCE_PAUSE_MAX     2000 /* ms */
#define SENTENCE_PAUSE_DEFAULT 250
#define SCAN_PAUSE_MIN         1 /* seconds */
#define SCAN_PAUSE_MAX         60
#define SCAN_PAUSE_DEFAULT     3
#define ASK_AGAIN_MAX          600 /* seconds */
#define ASK_AGAIN_DEFAULT      20

/* What the sound check found for a pair of devices. */
struct settings_pair {
    char *output, *input; /* their names */
    enum settings_duplex duplex;
    int delay; /* ms; of the echo */
    int tail;  /* ms; of the room, with the delay */
};

#define SETTINGS_PAIRS 8 /* the oldest makes way */

struct settings {
    int rate;         /* words per minute, VOICE_RATE_MIN..VOICE_RATE_MAX; 0: the voice pack's */
    int pitch;        /* VOICE_PITCH_MIN..VOICE_PITCH_MAX */
    int volume;       /* percent, VOICE_VOLUME_MIN..VOICE_VOLUME_MAX */
    bool simple;      /* the simpler texts; default no */
    bool earcons;     /* default yes */
    bool reminders;   /* the start speaks first of what is to be done; default no */
    bool page_names;  /* the name of the control that is reached is said; default no */
    bool page;        /* the learner agrees that their browser's page is looked at; default no */
    bool log;         /* the learner agrees to a session log (store/session_log.h); default no */
    bool single_keys; /* a key acts without Enter; default no */
    enum settings_listen listen;
    enum settings_duplex duplex;
    enum settings_speech speech;
    enum settings_punctuation punctuation; /* default some */
    int listen_pause;         /* LISTEN_PAUSE_MIN..LISTEN_PAUSE_MAX; 0, the default: learned */
    int listen_pause_learned; /* what was learned, in the same range */
    int sentence_pause;       /* ms between sentences at the normal rate, 0..SENTENCE_PAUSE_MAX */
    char *voice_variant;      /* of espeak-ng, "f3" for "fr+f3", or a voice "mb-fr1", or NULL */
    char *speechd_voice;      /* of Speech Dispatcher, or NULL: the one that it has */
    enum settings_scan scan;  /* default off */
    int scan_pause;           /* seconds after a choice was told, SCAN_PAUSE_MIN to _MAX */
    int ask_again; /* seconds after a spoken question until it is said once more; 0: never */
    struct settings_keys *keys;  /* `keys: {next: n}`, or NULL */
    char *input_device;          /* part of a name, or NULL for the default */
    char *output_device;         /* the same */
    struct settings_pair *pairs; /* `sound-checks:`, the newest last */
    size_t pair_count;
    int unread; /* errno: the file that they should come from cannot be read; 0: it was, or there is
                   none */
};

void settings_init(struct settings *settings); /* the defaults */
void settings_free(struct settings *settings); /* frees what it holds, not the struct */
void settings_copy(struct settings *settings, const struct settings *from); /* deep; fresh */

/* What is known of a pair of devices, or NULL. */
const struct settings_pair *settings_find_pair(const struct settings *settings, const char *output,
                                               const char *input);
/* Keeps what was found (copied), in the place of what was known. */
void settings_set_pair(struct settings *settings, const struct settings_pair *pair);

#endif
