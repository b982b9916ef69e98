/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * yschema: what a YAML map may hold, as a table, and its reading into a struct.
 *
 * One table of fields does it all: it finds every unknown, missing, empty or mistyped key of a map
 * and of the maps below, reports them together with their places and a hint, and stores what is
 * right. Guides, voice packs, settings and progress are read by it, so an author meets the same
 * words for the same mistake everywhere.
 *
 *     static const struct yfield fields[] = {
 *         YSCHEMA_TEXT("title", YFIELD_REQUIRED, 100, struct book, title),
 *         YSCHEMA_INT("pages", 0, 1, 9999, struct book, pages),
 *     };
 *     static const struct yschema book_schema = YSCHEMA(fields, struct book);
 *
 * A list of maps becomes an array with one item per node, also for a node that is wrong (its
 * members then stay zero), so that the array and the tree can be walked side by side.
 *
 * Text is trimmed of white space at both ends; a line break or tab inside becomes a space, unless
 * the field is YFIELD_ONE_LINE, where it is a mistake. Pure. Thread: any.
 */
#ifndef PASAPAS_BASE_YSCHEMA_H
#define PASAPAS_BASE_YSCHEMA_H

#include <stdbool.h>
#include <stddef.h>

struct diags;
struct ynode;
struct yschema;

enum yfield_kind {
    YFIELD_TEXT,   /* char *: owned by the struct; a former text is freed */
    YFIELD_INT,    /* int: decimal digits, within min..max */
    YFIELD_BOOL,   /* bool: true or false, in letters */
    YFIELD_CHOICE, /* int or enum: the position in `choices` */
    YFIELD_TEXTS,  /* char ** and size_t: a list of texts */
    YFIELD_MAP,    /* pointer to a struct of its own, by `schema` */
    YFIELD_LIST,   /* pointer and size_t: a list of maps, each by `schema` */
    YFIELD_ANY     /* not looked at: the caller reads the node itself */
};

enum yfield_flag {
    YFIELD_REQUIRED = 1 << 0,
    YFIELD_EMPTY_OK = 1 << 1, /* an empty text or list is no mistake; a text is then "" */
    YFIELD_ONE_LINE = 1 << 2, /* TEXT, TEXTS */
    YFIELD_ID = 1 << 3        /* TEXT, TEXTS: small ASCII letters, digits, '-' inside */
};

/* For `offset`: the value is checked but stored nowhere. */
#define YFIELD_UNSTORED ((size_t)-1)

/* Longest id, in characters. */
#define YFIELD_ID_MAX 64

struct yfield {
    const char *name;
    enum yfield_kind kind;
    unsigned flags;   /* of enum yfield_flag */
    int min;          /* INT */
    int max;          /* INT; TEXT, TEXTS: characters of a text, 0 for no limit but YDOC_TEXT_MAX */
    size_t max_items; /* TEXTS, LIST: 0 for no limit */
    const char *choices;          /* CHOICE: words between spaces, "free tap none" */
    const struct yschema *schema; /* MAP, LIST */
    size_t offset;                /* of the value in the struct */
    size_t count_offset;          /* TEXTS, LIST: of the number of items */
};

struct yschema {
    const struct yfield *fields;
    size_t field_count; /* at most 64 */
    size_t size;        /* of the struct, in bytes */
};

/* Versions of clang-format lay such macros out differently. */
/* clang-format off */
#define YSCHEMA(table, type)                                                                       \
    {                                                                                              \
        (table), sizeof(table) / sizeof((table)[0]), sizeof(type)                                  \
    }

#define YSCHEMA_TEXT(key, field_flags, most, type, member)                                         \
    {                                                                                              \
        .name = (key), .kind = YFIELD_TEXT, .flags = (field_flags), .max = (most),                 \
        .offset = offsetof(type, member)                                                           \
    }
#define YSCHEMA_INT(key, field_flags, least, most, type, member)                                   \
    {                                                                                              \
        .name = (key), .kind = YFIELD_INT, .flags = (field_flags), .min = (least), .max = (most),  \
        .offset = offsetof(type, member)                                                           \
    }
#define YSCHEMA_BOOL(key, field_flags, type, member)                                               \
    {                                                                                              \
        .name = (key), .kind = YFIELD_BOOL, .flags = (field_flags),                                \
        .offset = offsetof(type, member)                                                           \
    }
#define YSCHEMA_CHOICE(key, field_flags, words, type, member)                                      \
    {                                                                                              \
        .name = (key), .kind = YFIELD_CHOICE, .flags = (field_flags), .choices = (words),          \
        .offset = offsetof(type, member)                                                           \
    }
#define YSCHEMA_TEXTS(key, field_flags, most, most_items, type, member, count_member)              \
    {                                                                                              \
        .name = (key), .kind = YFIELD_TEXTS, .flags = (field_flags), .max = (most),                \
        .max_items = (most_items), .offset = offsetof(type, member),                               \
        .count_offset = offsetof(type, count_member)                                               \
    }
#define YSCHEMA_MAP(key, field_flags, below, type, member)                                         \
    {                                                                                              \
        .name = (key), .kind = YFIELD_MAP, .flags = (field_flags), .schema = (below),              \
        .offset = offsetof(type, member)                                                           \
    }
#define YSCHEMA_LIST(key, field_flags, most_items, below, type, member, count_member)              \
    {                                                                                              \
        .name = (key), .kind = YFIELD_LIST, .flags = (field_flags), .max_items = (most_items),     \
        .schema = (below), .offset = offsetof(type, member),                                       \
        .count_offset = offsetof(type, count_member)                                               \
    }
/* Checked, but read by the caller from the tree. */
#define YSCHEMA_UNSTORED(key, field_kind, field_flags, most)                                       \
    {                                                                                              \
        .name = (key), .kind = (field_kind), .flags = (field_flags), .max = (most),                \
        .offset = YFIELD_UNSTORED                                                                  \
    }
/* clang-format on */

/*
 * Reads the map `node` into the struct at `ret_struct`, which the caller has set to its defaults.
 * A member whose key is absent or wrong keeps its value. Returns 0, or -1 with every mistake in
 * `diags`. The struct must be emptied with yschema_free() either way.
 */
int yschema_read(const struct yschema *schema, const struct ynode *node, struct diags *diags,
                 void *ret_struct);

/*
 * The key `format` of the map `root` must be `version`. Returns 0, also if the key is missing or no
 * text, which is for the table to tell; or -1 with the mistake in `diags`: nothing else should then
 * be looked at, as another format may hold other keys.
 */
int yschema_check_format(const struct ynode *root, int version, struct diags *diags);

/* The field for it. */
/* clang-format off */
#define YSCHEMA_FORMAT                                                                             \
    {                                                                                              \
        .name = "format", .kind = YFIELD_TEXT, .flags = YFIELD_REQUIRED, .offset = YFIELD_UNSTORED \
    }
/* clang-format on */

/* Frees what the members own and sets them to NULL and 0; not the struct itself. */
void yschema_free(const struct yschema *schema, void *base);

#endif
