/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * pack: a voice pack, the folder with everything needed to speak and to listen in one language.
 *
 *   voice.yaml     name, espeak voice, default rate, acoustic models
 *   messages.yaml  all that is said and printed (base/messages.h)
 *   commands.yaml  per command: key, phrases, help line; the words for numbers
 *   speech.yaml    how text becomes words: abbreviations, numbers, symbols (reading/reading.h)
 *   phones.yaml    espeak-ng's phonemes as the phones of each acoustic model (listen/pronounce.h)
 *   lexicon.dict   pronunciations corrected by hand
 *
 * Only voice.yaml must be there; a pack that leaves a file out does without: French messages,
 * English command ids as the typed words, text as it is, no listening. A command that its
 * commands.yaml leaves out has no phrase and no key.
 * doc/voice-format.md describes the files for those who write them.
 * Thread: any once loaded; nothing changes afterwards.
 */
#ifndef PASAPAS_MODEL_PACK_H
#define PASAPAS_MODEL_PACK_H

#include "base/messages.h"
#include "model/command.h"

#include <stdbool.h>
#include <stddef.h>

struct diags;
struct reading_rules; /* reading/reading.h */
struct ynode;

/* The version of voice.yaml and commands.yaml that is read (key `format`). */
#define PACK_FORMAT 1

/* The pack that is used unless another is asked for. */
#define PACK_DEFAULT "fr"

/* Limits; more is a mistake. */
#define PACK_RATE_DEFAULT         160 /* words per minute */
#define PACK_PHRASES_MAX          30  /* of one command */
#define PACK_PHRASE_MAX           60  /* characters */
#define PACK_HELP_MAX             120 /* characters */
#define PACK_NUMBERS_MAX          99
#define PACK_ASKING_MAX           30
#define PACK_VARIANTS_MAX         20
#define PACK_COMMAND_WORDS_MAX    32
#define PACK_COMMAND_WORD_MAX     400  /* characters */
#define PACK_COMMAND_RATE_MIN     8000 /* Hz */
#define PACK_COMMAND_RATE_MAX     48000
#define PACK_COMMAND_RATE_DEFAULT 22050
#define PACK_MODELS_MAX           16
#define PACK_ALLOW_MAX            1000
#define PACK_STRICTNESS_MAX       400
#define PACK_WEIGHT_MAX           400
#define PACK_SCALE_MAX            1000

#define PACK_MODELS_USED_MAX 2 /* asked about each utterance */

/* What the pack says of one command. */
struct pack_command {
    char *key;      /* one character but no digit, typed alone (see app/keyboard.h); or NULL */
    char **phrases; /* what can be said or typed; the first is the one help names */
    size_t phrase_count;
    char **typed; /* what can be typed besides: too short, or too much like another, for a voice */
    size_t typed_count;
    char *help; /* what it does, a few words; or NULL */
};

/* An acoustic model, the best first. Paths relative to the pack are resolved. */
struct pack_model {
    char *name;     /* spoken and printed by `pasapas voices` */
    char *folder;   /* where it should be; "@en-us@" in the file means Debian's English model */
    char *phones;   /* the set in phones.yaml */
    int weight;     /* beside the first one that is there, percent; 100 if not given */
    int together;   /* the strictness of both then; 0: only used if none before it is there */
    int strictness; /* before a phrase is believed, 1..400, see listen/confidence.h; 0 if not given
                     */
    bool denoise;   /* it was trained on what dsp/denoise.h leaves of a sound */
    int net_weight; /* of its neural net, if it has one, beside its Gaussians, percent; and what the
                       net's scores are multiplied by, percent; 0 if not given, see
                       listen/neural_scorer.h */
    int scale;
};

struct pack {
    char *id;     /* "fr": the folder's name */
    char *folder; /* absolute or relative path of the pack */
    char *name;   /* of the language, for people */
    struct messages *messages;
    char *synth_voice;    /* espeak voice name, for example "fr" */
    char *synth_language; /* BCP 47, for the fall-back by properties and for Speech Dispatcher */
    int rate;             /* words per minute, VOICE_RATE_MIN..VOICE_RATE_MAX */
    char **variants;      /* other voices of the engine that go well with it, or NULL */
    size_t variant_count;
    char **command; /* the words of a program that speaks instead of espeak-ng, or NULL */
    size_t command_count;
    int command_rate; /* of its samples, Hz */
    struct pack_command commands[COMMAND_COUNT];
    char **numbers; /* numbers[i]: the phrase for i + 1 */
    size_t number_count;
    char **asking; /* what may be typed before a word of the glossary: "what is" */
    size_t asking_count;
    struct pack_model *models;
    size_t model_count;
    struct reading_rules *reading; /* never NULL; empty rules if the pack has no speech.yaml */
};

/*
 * Loads the pack in `folder`. `messages` of the pack start from the built-in French ones. Returns
 * 0 and a pack to be freed with pack_free(), or -1 with every mistake in `diags`.
 */
int pack_load(const char *folder, struct diags *diags, struct pack **ret_pack);
void pack_free(struct pack *pack);

/*
 * Parts of pack_load(), for a file on its own: take what is right in the tree of a voice.yaml, or
 * of a commands.yaml, into `pack`, which starts as a zeroed struct with its `folder`. Return 0,
 * or -1 with the mistakes in `diags`. pack_clear() frees what the struct holds.
 */
int pack_read_head(struct pack *pack, const struct ynode *root, struct diags *diags);
int pack_read_commands(struct pack *pack, const struct ynode *root, struct diags *diags);
void pack_clear(struct pack *pack);

/* How a command is called: its first phrase, or its id where it has none. */
const char *pack_command_phrase(const struct pack *pack, enum command command);

/* True if the model is there: its folder holds an acoustic model (a file `mdef`). */
bool pack_model_is_there(const struct pack_model *model);

/*
 * Which models listening uses: the first one that can be used, and the next one that can be used
 * and may be asked together with it. `can_be_used` is asked of each that comes into question, in
 * order. Stores them and returns how many.
 */
typedef bool (*pack_model_test)(void *context, const struct pack_model *model);
size_t pack_choose_models(const struct pack *pack, pack_model_test can_be_used, void *context,
                          const struct pack_model *ret_models[PACK_MODELS_USED_MAX]);

/* The same, taking every model that is there for one that can be used: whether this one is among
 * them, and the first of them, or NULL. */
bool pack_model_is_used(const struct pack *pack, const struct pack_model *model);
const struct pack_model *pack_best_model(const struct pack *pack);

#endif
