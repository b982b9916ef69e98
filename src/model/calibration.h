/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * calibration: what is known of one learner's voice, in numbers and phones. Pure.
 *
 * Each phrase was said twice. How the acoustic model wrote a saying down, phone by phone, is one
 * more pronunciation of that phrase for this learner; how clear the sayings were tells how strict
 * to be. No sound is kept, and none can be made from it.
 *
 * "Clearance" is how far a confidence is above the one that is obeyed, in hundredths of its
 * logarithmic odds (listen/verdict.h): 0 or more is obeyed. "Ease" is added to every clearance of a
 * learner: more of it is less strict.
 */
#ifndef PASAPAS_MODEL_CALIBRATION_H
#define PASAPAS_MODEL_CALIBRATION_H

#include <stdbool.h>
#include <stddef.h>

#define CALIBRATION_TOKENS      2   /* sayings of each phrase */
#define CALIBRATION_PART        10  /* phrases in one part: a minute or two */
#define CALIBRATION_PHRASES_MAX 200 /* phrases */
#define CALIBRATION_SOUNDS      4   /* models that wrote one saying down */

/* Another phrase was heard, or none. */
#define CALIBRATION_WRONG (-10000)
#define CALIBRATION_CLEAR 10000 /* clearances lie between the two */

/* Never less or more than this, whatever the sayings were: those of one day, one after the other,
 * vary less than those of a month. */
#define CALIBRATION_EASE_MIN (-300)
#define CALIBRATION_EASE_MAX 200

/* How one model wrote one saying down. */
struct calibration_sound {
    char *set;    /* of phones.yaml: whose phones these are */
    char *phones; /* with single spaces between */
};

/* One saying. The measures are made with what the *other* sayings teach, never with its own. */
struct calibration_token {
    struct calibration_sound *sounds;
    size_t sound_count;
    int before; /* clearance without calibration, or CALIBRATION_WRONG */
    int after;  /* the same with the pronunciations, but not yet the ease */
    int other;  /* clearance of the likeliest other phrase when the right one cannot be heard */
};

struct calibration_phrase {
    char *text; /* as written in the pack */
    bool kept;  /* the learner has agreed to its use */
    struct calibration_token *tokens;
    size_t token_count; /* CALIBRATION_TOKENS once the phrase is done */
};

struct calibration {
    int ease; /* CALIBRATION_EASE_MIN..CALIBRATION_EASE_MAX; 0: as the model has it */
    struct calibration_phrase *phrases;
    size_t phrase_count;
    int unread; /* errno: the file that it should come from cannot be read; 0: it was, or there is
                   none */
};

/* How a saying was taken, see listen/calibrator.h. */
enum calibration_answer {
    CALIBRATION_TAKEN,
    CALIBRATION_UNLIKE, /* taken off: it is not like the other saying of the same phrase */
    CALIBRATION_OTHER,  /* taken off: it is clearly another phrase */
    CALIBRATION_UNCLEAR /* taken off: nothing to write down */
};

void calibration_free(struct calibration *calibration); /* frees what it holds, empties it */

/* What a recogniser is told: the sayings that teach anything, of the phrases that are kept (or of
 * all), and the ease; without the saying `leave_out` (0 or 1) of each, or with both (-1).
 * `ret_calibration` is fresh. */
void calibration_copy(struct calibration *ret_calibration, const struct calibration *calibration,
                      bool kept_only, int leave_out);

/* The phrase of that text, or NULL. */
struct calibration_phrase *calibration_find(const struct calibration *calibration,
                                            const char *text);
bool calibration_is_done(const struct calibration *calibration, const char *text);

/* A saying of `text`, after those that are there. Its sounds are copied; the measures are taken
 * over. The pointer holds until the next call. NULL if there is no room. */
struct calibration_token *calibration_add(struct calibration *calibration, const char *text,
                                          const struct calibration_token *token);
/* One more way to write a saying down, while there is room. */
void calibration_add_sound(struct calibration_token *token, const char *set, const char *phones);
/* Empties a token that is not part of a calibration. */
void calibration_token_free(struct calibration_token *token);

/* Forgets the sayings of a phrase that was said once only: one half teaches nothing that could be
 * tested. */
void calibration_drop_halves(struct calibration *calibration);
/* Takes all phrases that are not yet kept into use, or forgets them. */
void calibration_keep(struct calibration *calibration);
void calibration_drop(struct calibration *calibration);

/* What it is worth: sayings obeyed before, obeyed now, and how many there are. */
struct calibration_gain {
    int before, after, total;
};

struct calibration_gain calibration_gain(const struct calibration *calibration);

/*
 * The ease that makes the fewest mistakes with these sayings: commands missed, and other phrases
 * obeyed in their stead. Each counts the less the farther it is from the edge, so that the edge
 * lies in the middle of a gap. 0 with few sayings.
 */
int calibration_best_ease(const struct calibration *calibration);

/* How unlike two ways of writing down are, 0 (the same) to 1: edit distance by the longer length.
 */
double calibration_distance(const char *phones, const char *other);

#endif
