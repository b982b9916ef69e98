/*
 * voice: a voice pack, the folder with everything needed to speak and to listen in one language.
 *
 *   voice.yaml     name, espeak voice, default rate and volume, acoustic models and thresholds
 *   messages.yaml  all that is said and printed (messages.h)
 *   commands.yaml  per command: key, phrases, help line; the words for numbers
 *   speech.yaml    how text becomes words: abbreviations, numbers, symbols (reading.h)
 *   phones.yaml    espeak-ng's phonemes as the phones of each acoustic model (pronounce.h)
 *   lexicon.dict   pronunciations corrected by hand
 *
 * Only voice.yaml must be there; a pack that leaves a file out does without: French messages,
 * English command ids as the typed words, text as it is, no listening.
 * doc/voice-format.md describes the files for those who write them.
 * Thread: any once loaded; nothing changes afterwards.
 */
#ifndef PASAPAS_VOICE_H
#define PASAPAS_VOICE_H

#include "command.h"
#include "messages.h"

#include <stddef.h>

struct diags;
struct reading_rules; /* reading.h */

/* What the pack says of one command. */
struct voice_command {
    char *key; /* one character typed alone, or a key's name ("espace", see input.h); or NULL */
    char **phrases; /* what can be said or typed; the first is the one help names */
    size_t phrase_count;
    char *help; /* what it does, a few words; or NULL */
};

/* An acoustic model, the best first. Paths relative to the pack are resolved. */
struct voice_model {
    char *name;   /* spoken and printed by `pasapas voices` */
    char *folder; /* where it should be; "@en-us@" in the file means Debian's English model */
    char *phones; /* the set in phones.yaml */
};

struct voice {
    char *id;     /* "fr": the folder's name */
    char *folder; /* absolute or relative path of the pack */
    char *name;   /* of the language, for people */
    struct messages *messages;
    char *synth_voice;    /* espeak voice name, for example "fr" */
    char *synth_language; /* BCP 47, for the fall-back by properties and for Speech Dispatcher */
    int rate;             /* words per minute, 80..450 */
    struct voice_command commands[COMMAND_COUNT];
    char **numbers; /* numbers[i]: the phrase for i + 1 */
    size_t number_count;
    struct voice_model *models;
    size_t model_count;
    struct reading_rules *reading; /* never NULL; empty rules if the pack has no speech.yaml */
};

/*
 * Loads the pack in `folder`. `messages` of the pack start from the built-in French ones. Returns
 * 0 and a pack to be freed with voice_free(), or -1 with every mistake in `diags`.
 */
int voice_load(const char *folder, struct diags *diags, struct voice **ret_voice);
void voice_free(struct voice *voice);

#endif
