/*
 * settings: how one learner likes it; one table of names, ranges and defaults (settings.c).
 *
 * Kept as YAML under $XDG_CONFIG_HOME/pasapas/<folder of the learner>/settings.yaml, folder 0700,
 * file 0600, replaced atomically. Pure but for load and save. Thread: main.
 */
#ifndef PASAPAS_SETTINGS_H
#define PASAPAS_SETTINGS_H

#include <stdbool.h>

struct diags;

enum settings_listen { LISTEN_FREE, LISTEN_TAP, LISTEN_NONE };
enum settings_duplex { DUPLEX_AUTO, DUPLEX_HEADPHONES, DUPLEX_ECHO, DUPLEX_HALF };
enum settings_speech { SPEECH_ESPEAK, SPEECH_SPEECHD, SPEECH_NONE };

struct settings {
    int rate;    /* words per minute, 80..450; 0: the voice pack's */
    int pitch;   /* 0..100 */
    int volume;  /* 0..200, percent of espeak's normal */
    bool simple; /* the simpler texts */
    bool earcons;
    bool reminders;
    bool single_keys; /* a key acts without Enter */
    enum settings_listen listen;
    enum settings_duplex duplex;
    enum settings_speech speech;
    char *input_device;  /* part of a name, or NULL for the default */
    char *output_device; /* the same */
};

void settings_init(struct settings *settings);
void settings_free(struct settings *settings); /* frees what it holds, not the struct */

/*
 * Reads the file over what is in `settings`. A missing file is no mistake. A value out of its
 * range or an unknown name is reported and left at its default. Returns 0, or -1 if anything was
 * reported.
 */
int settings_load(const char *path, struct diags *diags, struct settings *settings);

/* Returns 0, or -1 with errno. */
int settings_save(const char *path, const struct settings *settings);

#endif
