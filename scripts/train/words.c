/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "words.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sndfile.h>

#include "common.h"
#include "frontend.h"

#define LONGEST_SOUND ((sf_count_t)SAMPLE_RATE * 7)
#define SPEAKER_POWER 0.4

static bool parse_pronunciation(const struct model *model, char *text, struct pronunciation *ret)
{
    char *rest = NULL;
    ret->length = 0;
    for (char *name = strtok_r(text, " \n", &rest); name != NULL;
         name = strtok_r(NULL, " \n", &rest)) {
        int phone = model_phone(model, name);
        if (phone < 0 || ret->length == LONGEST_PRONUNCIATION) {
            return false;
        }
        ret->phone[ret->length++] = (uint8_t)phone;
    }
    return ret->length > 0;
}

static void parse_word(const struct model *model, const char *text, char *phones, struct word *ret)
{
    char *rest = NULL;
    ret->text = strdup(text);
    ret->pronunciation = take(MOST_PRONUNCIATIONS * sizeof *ret->pronunciation);
    ret->count = 0;
    for (char *one = strtok_r(phones, "|", &rest); one != NULL && ret->count < MOST_PRONUNCIATIONS;
         one = strtok_r(NULL, "|", &rest)) {
        if (parse_pronunciation(model, one, &ret->pronunciation[ret->count])) {
            ret->count++;
        }
    }
}

static FILE *open_table(const char *file)
{
    FILE *stream = fopen(file, "r");
    if (stream == NULL) {
        stop("cannot open", file);
    }
    return stream;
}

static void *grow(void *items, size_t count, size_t size)
{
    if ((count & (count - 1)) != 0) {
        return items;
    }
    void *more = realloc(items, (count == 0 ? 1 : 2 * count) * size);
    if (more == NULL) {
        stop("out of memory", NULL);
    }
    return more;
}

struct words words_read(const struct model *model, const char *file)
{
    struct words words = {0, NULL};
    FILE *stream = open_table(file);
    char *line = NULL;
    size_t room = 0;
    while (getline(&line, &room, stream) >= 0) {
        char *tab = strchr(line, '\t');
        struct word word;
        if (tab == NULL) {
            continue;
        }
        *tab = '\0';
        parse_word(model, line, tab + 1, &word);
        if (word.count > 0) {
            words.item = grow(words.item, words.count, sizeof word);
            words.item[words.count++] = word;
        }
    }
    free(line);
    fclose(stream);
    return words;
}

static bool read_sound(const char *file, struct recording *recording)
{
    SF_INFO info = {0};
    SNDFILE *sound = sf_open(file, SFM_READ, &info);
    bool usable = sound != NULL && info.samplerate == SAMPLE_RATE && info.channels == 1 &&
                  info.frames > 0 && info.frames <= LONGEST_SOUND;
    if (usable) {
        recording->sound = take((size_t)info.frames * sizeof *recording->sound);
        recording->samples = (size_t)sf_read_short(sound, recording->sound, info.frames);
    } else {
        fprintf(stderr, "train-acoustic: left out %s\n", file);
    }
    sf_close(sound);
    return usable;
}

static void set_shares(struct recordings *all)
{
    double total = 0;
    for (size_t i = 0; i < all->count; i++) {
        size_t same = 0;
        for (size_t j = 0; j < all->count; j++) {
            same += strcmp(all->item[i].speaker, all->item[j].speaker) == 0;
        }
        all->item[i].share = pow((double)same, SPEAKER_POWER - 1);
        total += all->item[i].share;
    }
    for (size_t i = 0; i < all->count; i++) {
        all->item[i].share /= total;
    }
}

struct recordings recordings_read(const struct model *model, const char *file)
{
    struct recordings all = {0, NULL};
    FILE *stream = open_table(file);
    char *line = NULL;
    size_t room = 0;
    while (getline(&line, &room, stream) >= 0) {
        char *column[5] = {line, NULL, NULL, NULL, NULL}; /* the last is not looked at */
        for (size_t i = 1; i < 5 && column[i - 1] != NULL; i++) {
            column[i] = strchr(column[i - 1], '\t');
            if (column[i] != NULL) {
                *column[i]++ = '\0';
            }
        }
        struct recording one = {0};
        if (column[3] == NULL) {
            continue;
        }
        parse_word(model, column[2], column[3], &one.word);
        if (one.word.count > 0 && read_sound(column[0], &one)) {
            one.speaker = strdup(column[1]);
            all.item = grow(all.item, all.count, sizeof one);
            all.item[all.count++] = one;
        }
    }
    free(line);
    fclose(stream);
    if (all.count == 0) {
        stop("no usable recording in", file);
    }
    set_shares(&all);
    return all;
}

const struct recording *recordings_pick(const struct recordings *recordings, struct chance *chance)
{
    double place = chance_unit(chance);
    size_t i = 0;
    while (i + 1 < recordings->count && place >= recordings->item[i].share) {
        place -= recordings->item[i++].share;
    }
    return &recordings->item[i];
}

int words_alike(const struct word *left, const struct word *right)
{
    if (strcmp(left->text, right->text) == 0) {
        return 1;
    }
    for (size_t i = 0; i < left->count; i++) {
        const struct pronunciation *a = &left->pronunciation[i];
        for (size_t j = 0; j < right->count; j++) {
            const struct pronunciation *b = &right->pronunciation[j];
            if (a->length == b->length && memcmp(a->phone, b->phone, a->length) == 0) {
                return 1;
            }
        }
    }
    return 0;
}
