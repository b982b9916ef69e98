/*
 * settings: how one learner likes it; one table of names, ranges and defaults (model/settings.c).
 *
 * Kept as YAML under $XDG_CONFIG_HOME/pasapas/<folder of the learner>/settings.yaml, folder 0700,
 * file 0600, replaced atomically. Each name in the file is that of the member, with '-' for '_';
 * yes and no are `true` and `false`; what has its default is left out, so that a better default
 * reaches everybody who has not chosen. Pure but for load and save. Thread: main.
 */
#ifndef PASAPAS_MODEL_SETTINGS_H
#define PASAPAS_MODEL_SETTINGS_H

#include "model/command.h"

#include <stdbool.h>
#include <stddef.h>

struct diags;

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

#define SENTENCE_PAUSE_MAX     2000 /* ms */
#define SENTENCE_PAUSE_DEFAULT 250
#define SCAN_PAUSE_MIN         1 /* seconds */
#define SCAN_PAUSE_MAX         60
#define SCAN_PAUSE_DEFAULT     3

/* What the sound check found for a pair of devices. */
struct settings_pair {
    char *output, *input; /* their names */
    enum settings_duplex duplex;
    int delay; /* ms; of the echo */
    int tail;  /* ms; of the room, with the delay */
};

#define SETTINGS_PAIRS 8 /* the oldest makes way */

struct settings {
    int rate;         /* words per minute, 80..450; 0, the default: the voice pack's */
    int pitch;        /* 0..100, default 50 */
    int volume;       /* 0..200, percent of espeak's normal, default 100 */
    bool simple;      /* the simpler texts; default no */
    bool earcons;     /* default yes */
    bool reminders;   /* the start speaks first of what is to be done; default no */
    bool log;         /* the learner agrees to a session log (store/session_log.h); default no */
    bool single_keys; /* a key acts without Enter; default yes */
    enum settings_listen listen;
    enum settings_duplex duplex;
    enum settings_speech speech;
    enum settings_punctuation punctuation; /* default some */
    int listen_pause; /* ms of silence that end what is said, 250..900; 0, the default: learned */
    int listen_pause_learned;    /* what was learned, 250..900, default 350 */
    int sentence_pause;          /* ms between sentences at the normal rate, 0..2000, default 250 */
    char *voice_variant;         /* of espeak-ng, "f3" for "fr+f3", or NULL */
    enum settings_scan scan;     /* default off */
    int scan_pause;              /* seconds after a choice was told, 1..60, default 3 */
    struct settings_keys *keys;  /* `keys: {next: n}`, or NULL */
    char *input_device;          /* part of a name, or NULL for the default */
    char *output_device;         /* the same */
    struct settings_pair *pairs; /* `sound-checks:`, the newest last */
    size_t pair_count;
};

/* The learner's file, to be freed with free(). The folder's name is that of learner_store_folder().
 */
char *settings_path(const char *learner);

/* What follows a learner who is renamed or deleted: all that is in the folder of their settings.
 * 0 or -1 with errno; nothing there is no mistake. Settings of an earlier learner of the new name
 * make way. */
int settings_rename(const char *learner, const char *name);
int settings_delete(const char *learner);

void settings_init(struct settings *settings); /* the defaults */
void settings_free(struct settings *settings); /* frees what it holds, not the struct */
void settings_copy(struct settings *settings, const struct settings *from); /* deep; fresh */

/* What is known of a pair of devices, or NULL. */
const struct settings_pair *settings_find_pair(const struct settings *settings, const char *output,
                                               const char *input);
/* Keeps what was found (copied), in the place of what was known. */
void settings_set_pair(struct settings *settings, const struct settings_pair *pair);

/*
 * Reads the file over what is in `settings`. A missing file is no mistake. A value out of its
 * range or an unknown name is reported and left at its default. Returns 0, or -1 if anything was
 * reported.
 */
int settings_load(const char *path, struct diags *diags, struct settings *settings);
/* The same for bytes; the diags' file must have been set. */
int settings_parse(const char *bytes, size_t length, struct diags *diags,
                   struct settings *settings);

/* Replaces the file; its folder is made if need be. A device's name that holds control characters
 * is not kept. Returns 0, or -1 with errno: the old file is then intact. */
int settings_save(const char *path, const struct settings *settings);

#endif
