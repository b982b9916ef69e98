/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "listen/soundalike.h"

#include "base/diag.h"
#include "base/edit_distance.h"
#include "base/mem.h"
#include "base/number.h"
#include "base/text.h"
#include "base/tokens.h"
#include "base/ydoc.h"
#include "listen/pronounce.h"
#include "model/command.h"
#include "model/pack.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Distances are counted in halves. */
#define WHOLE 2

/* No pronunciation of a phrase that the formats allow is longer; what is beyond is not compared. */
#define PHONES_MAX 200

/* Phones by their position in the set. */
struct sound {
    unsigned char phones[PHONES_MAX];
    size_t count;
};

struct entry {
    const char *text;
    const struct ynode *node; /* where it stands, or NULL if it is in another file */
    int owner;                /* a command, or OWNER_NUMBERS, or from OWNER_GUIDE on */
    uint32_t paths;           /* of a guide, in which it is listened for, a bit each */
    struct sound sounds[PRONOUNCE_MAX];
    size_t sound_count;
};

enum { OWNER_NUMBERS = COMMAND_COUNT, OWNER_GUIDE };

struct excuse {
    const struct ynode *node; /* the phrase */
    char *folded;
    bool used;
};

struct check {
    const struct pronouncer *pronouncer;
    struct diags *diags;
    const struct tokens *phones;
    unsigned char *costs; /* of every phone in place of every other */
    struct entry *entries;
    size_t count, capacity;
    struct excuse *excuses;
    size_t excuse_count;
};

/* --- distance --------------------------------------------------------------------------------- */

static unsigned char *make_costs(const struct pronouncer *pronouncer, const struct tokens *phones)
{
    unsigned char *costs = xcalloc(phones->count * phones->count + 1, sizeof *costs);
    for (size_t i = 0; i < phones->count; i++)
        for (size_t j = 0; j < phones->count; j++)
            if (i != j)
                costs[i * phones->count + j] =
                    pronouncer_alike(pronouncer, phones->items[i], phones->items[j]) ? WHOLE / 2
                                                                                     : WHOLE;
    return costs;
}

static void read_sound(const struct tokens *phones, const char *text, struct sound *ret_sound)
{
    struct tokens cut = {0};
    ret_sound->count = 0;
    tokens_split(&cut, text, " ");
    for (size_t i = 0; i < cut.count && ret_sound->count < PHONES_MAX; i++)
        for (size_t j = 0; j < phones->count; j++)
            if (!strcmp(phones->items[j], cut.items[i]))
                ret_sound->phones[ret_sound->count++] = (unsigned char)j;
    tokens_free(&cut);
}

struct two_sounds {
    const unsigned char *costs;
    size_t phone_count;
    const struct sound *left, *right;
};

static unsigned cost_of(const void *context, size_t left, size_t right)
{
    const struct two_sounds *sounds = context;
    const size_t row = sounds->left->phones[left] * sounds->phone_count;
    return sounds->costs[row + sounds->right->phones[right]];
}

/* In halves. */
static unsigned distance(const unsigned char *costs, size_t phone_count, const struct sound *left,
                         const struct sound *right)
{
    const struct two_sounds both = {costs, phone_count, left, right};
    const struct edit_costs edit = {.gap = WHOLE, .replace = cost_of, .context = &both};
    return edit_distance(left->count, right->count, &edit);
}

double soundalike_distance(const struct pronouncer *pronouncer, const char *left, const char *right)
{
    const struct tokens *phones = pronouncer_phones(pronouncer, NULL);
    unsigned char *costs = make_costs(pronouncer, phones);
    struct sound sounds[2];
    read_sound(phones, left, &sounds[0]);
    read_sound(phones, right, &sounds[1]);
    unsigned halves = distance(costs, phones->count, &sounds[0], &sounds[1]);
    free(costs);
    return (double)halves / WHOLE;
}

/* --- phrases ---------------------------------------------------------------------------------- */

static void add(struct check *check, const char *text, const struct ynode *node, int owner)
{
    struct pronunciations found;
    if (!text || check->count >= SOUNDALIKE_MAX || pronounce(check->pronouncer, NULL, text, &found))
        return;
    check->entries =
        mem_grow(check->entries, &check->capacity, check->count + 1, sizeof *check->entries);
    struct entry *entry = &check->entries[check->count++];
    entry->text = text;
    entry->node = node;
    entry->owner = owner;
    entry->paths = UINT32_MAX;
    entry->sound_count = found.count;
    for (size_t i = 0; i < found.count; i++)
        read_sound(check->phones, found.items[i], &entry->sounds[i]);
    pronunciations_free(&found);
}

static void add_list(struct check *check, const struct ynode *list, int owner)
{
    for (size_t i = 0; list && list->kind == YNODE_LIST && i < list->count; i++)
        if (list->items[i].kind == YNODE_TEXT)
            add(check, list->items[i].text, &list->items[i], owner);
}

static void add_voice(struct check *check, const struct pack *pack)
{
    for (int i = 0; i < COMMAND_COUNT; i++)
        if (!(command_flags((enum command)i) & COMMAND_TYPED))
            for (size_t p = 0; p < pack->commands[i].phrase_count; p++)
                add(check, pack->commands[i].phrases[p], NULL, i);
    for (size_t i = 0; i < pack->number_count; i++)
        add(check, pack->numbers[i], NULL, OWNER_NUMBERS);
}

/* The paths that a section is in, all if it names none; see model/guide.h for how many there may
 * be. */
static uint32_t paths_of(const struct ynode *root, const struct ynode *section)
{
    const struct ynode *paths = ynode_get(root, "paths"), *named = ynode_get(section, "paths");
    uint32_t bits = 0;
    if (!named)
        return UINT32_MAX;
    for (size_t i = 0; i < paths->count && i < 32; i++) {
        const struct ynode *id = ynode_get(&paths->items[i], "id");
        for (size_t j = 0; j < named->count; j++)
            if (!strcmp(named->items[j].text, id->text))
                bits |= UINT32_C(1) << i;
    }
    return bits;
}

/* Phrases that open one path or one section have one owner. Returns the next one. */
static int add_guide(struct check *check, const struct ynode *root, const char *key, int owner)
{
    const struct ynode *maps = ynode_get(root, key);
    for (size_t i = 0; maps && i < maps->count; i++) {
        const size_t first = check->count;
        add_list(check, ynode_get(&maps->items[i], "phrases"), owner++);
        for (size_t j = first; j < check->count; j++)
            check->entries[j].paths = paths_of(root, &maps->items[i]);
    }
    return owner;
}

static void add_commands(struct check *check, const struct ynode *root)
{
    const struct ynode *map = ynode_get(root, "commands");
    for (int i = 0; i < COMMAND_COUNT; i++)
        if (!(command_flags((enum command)i) & COMMAND_TYPED))
            add_list(check, ynode_get(ynode_get(map, command_name((enum command)i)), "say"), i);
    add_list(check, ynode_get(root, "numbers"), OWNER_NUMBERS);
}

/* --- excuses ---------------------------------------------------------------------------------- */

static void take_excuses(struct check *check, const struct ynode *list)
{
    const size_t count = list && list->kind == YNODE_LIST ? list->count : 0;
    check->excuses = xcalloc(count + 1, sizeof *check->excuses);
    for (size_t i = 0; i < count; i++) {
        const struct ynode *phrase = ynode_get(&list->items[i], "phrase");
        if (phrase && phrase->kind == YNODE_TEXT)
            check->excuses[check->excuse_count++] =
                (struct excuse){phrase, text_fold(phrase->text), false};
    }
}

static bool is_excused(struct check *check, const struct entry *entry)
{
    bool excused = false;
    char *folded = text_fold(entry->text);
    for (size_t i = 0; !excused && i < check->excuse_count; i++) {
        excused = !strcmp(check->excuses[i].folded, folded);
        check->excuses[i].used |= excused;
    }
    free(folded);
    return excused;
}

static void report_excuses(const struct check *check)
{
    for (size_t i = 0; i < check->excuse_count; i++) {
        const struct ynode *node = check->excuses[i].node;
        if (!check->excuses[i].used)
            diags_add(check->diags, DIAG_WARNING, node->line, node->column, MSG_SOUNDS_EXCUSE,
                      "name", node->text);
    }
}

/* --- warnings --------------------------------------------------------------------------------- */

/* A language's words for numbers are what they are, and cannot be said while these are asked. */
static bool goes_with_numbers(int owner)
{
    switch (owner) {
    case OWNER_NUMBERS:
    case COMMAND_YES:
    case COMMAND_NO:
    case COMMAND_DONE:
    case COMMAND_NOT_NEEDED:
    case COMMAND_SPELL:
    case COMMAND_FIND:
        return false;
    default:
        return true;
    }
}

static bool are_together(const struct entry *left, const struct entry *right)
{
    const int a = left->owner, b = right->owner;
    if (a == b || !(left->paths & right->paths) || (a == COMMAND_SIMPLER && b == COMMAND_FULLER) ||
        (a == COMMAND_FULLER && b == COMMAND_SIMPLER))
        return false;
    return (a != OWNER_NUMBERS || goes_with_numbers(b)) &&
           (b != OWNER_NUMBERS || goes_with_numbers(a));
}

/* How near a pair is: `halves` apart, the longer one has `length` phones. */
struct nearness {
    unsigned halves;
    size_t length;
};

/* One phone in three or fewer. */
static bool is_near(const struct nearness *near)
{
    return 3 * near->halves <= near->length * WHOLE;
}

static struct nearness nearness_of(const struct check *check, const struct sound *left,
                                   const struct sound *right)
{
    const size_t most = left->count > right->count ? left->count : right->count;
    const size_t fewest = left->count > right->count ? right->count : left->count;
    struct nearness near = {(unsigned)(most - fewest) * WHOLE, most};
    if (is_near(&near))
        near.halves = distance(check->costs, check->phones->count, left, right);
    return near;
}

/* The nearest pronunciations of two phrases. */
static struct nearness nearest(const struct check *check, const struct entry *left,
                               const struct entry *right)
{
    struct nearness best = {UINT32_MAX / 3, 1};
    for (size_t i = 0; i < left->sound_count; i++)
        for (size_t j = 0; j < right->sound_count; j++) {
            struct nearness near = nearness_of(check, &left->sounds[i], &right->sounds[j]);
            if (near.halves * best.length < best.halves * near.length)
                best = near;
        }
    return best;
}

/* The same words twice are told by model/guide_clash.h, and as a mistake. */
static bool are_same(const struct entry *left, const struct entry *right)
{
    char *one = text_fold(left->text), *two = text_fold(right->text);
    const bool same = !strcmp(one, two);
    free(one);
    free(two);
    return same;
}

static void compare(struct check *check, const struct entry *left, const struct entry *right)
{
    const struct entry *told = right->node ? right : left;
    const struct entry *other = told == right ? left : right;
    if (!told->node || !are_together(left, right))
        return;
    struct nearness near = nearest(check, left, right);
    if (!is_near(&near) || are_same(left, right) || is_excused(check, told) ||
        is_excused(check, other))
        return;
    char distance_text[NUMBER_TEXT_SIZE], length_text[NUMBER_TEXT_SIZE];
    (void)number_text(distance_text, (long)(near.halves + WHOLE - 1) / WHOLE);
    (void)number_text(length_text, (long)near.length);
    diags_add(check->diags, DIAG_WARNING, told->node->line, told->node->column, MSG_SOUNDS_ALIKE,
              "name", told->text, "phrase", other->text, "distance", distance_text, "length",
              length_text);
}

/* By the likeliest pronunciation: a final sound that some leave out does not count. */
static void weigh(struct check *check, const struct entry *entry)
{
    const size_t count = entry->sounds[0].count;
    if (!entry->node || entry->owner == OWNER_NUMBERS || count >= SOUNDALIKE_SHORT ||
        is_excused(check, entry))
        return;
    char text[NUMBER_TEXT_SIZE];
    (void)number_text(text, (long)count);
    diags_add(check->diags, DIAG_WARNING, entry->node->line, entry->node->column, MSG_SOUNDS_SHORT,
              "name", entry->text, "count", text);
}

static void report(struct check *check)
{
    for (size_t i = 0; i < check->count; i++) {
        weigh(check, &check->entries[i]);
        for (size_t j = 0; j < i; j++)
            compare(check, &check->entries[j], &check->entries[i]);
    }
}

static struct check begin(const struct pronouncer *pronouncer, struct diags *diags)
{
    const struct tokens *phones = pronouncer_phones(pronouncer, NULL);
    return (struct check){
        .pronouncer = pronouncer,
        .diags = diags,
        .phones = phones,
        .costs = make_costs(pronouncer, phones),
    };
}

static void end(struct check *check)
{
    for (size_t i = 0; i < check->excuse_count; i++)
        free(check->excuses[i].folded);
    free(check->excuses);
    free(check->entries);
    free(check->costs);
}

void soundalike_check_guide(const struct ynode *root, const struct pack *pack,
                            const struct pronouncer *pronouncer, struct diags *diags)
{
    struct check check = begin(pronouncer, diags);
    add_voice(&check, pack);
    int owner = add_guide(&check, root, "paths", OWNER_GUIDE);
    add_guide(&check, root, "sections", owner);
    report(&check);
    end(&check);
}

void soundalike_check_commands(const struct ynode *root, const struct pronouncer *pronouncer,
                               struct diags *diags)
{
    struct check check = begin(pronouncer, diags);
    add_commands(&check, root);
    take_excuses(&check, ynode_get(root, "allow"));
    report(&check);
    report_excuses(&check);
    end(&check);
}
