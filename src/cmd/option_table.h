/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * option_table: what a subcommand takes on the command line, as a table.
 *
 * Parsing (cmd/options.h), --help (cmd/option_help.h), the list in the man page (cmd/option_man.h)
 * and the shells' completion (cmd/option_completion.h) are made from it, so that none can differ.
 *
 *     static const struct option_row rows[] = {
 *         OPTION_FLAG("show", struct say, show, MSG_OPTION_SHOW),
 *         OPTION_NUMBER("rate", struct say, rate, 80, 450, MSG_OPTION_RATE),
 *         OPTION_END,
 *     };
 *     const struct option_table cmd_say_options = {.help = MSG_HELP_SAY, .rows = rows};
 *
 * The macros refuse, with a warning of the compiler, a member that has not the type of its kind.
 * Every table has --help (-h) without a row of its own. Pure. Thread: any.
 */
#ifndef PASAPAS_CMD_OPTION_TABLE_H
#define PASAPAS_CMD_OPTION_TABLE_H

#include "app/cli.h"
#include "base/date.h"

#include <stdbool.h>
#include <stddef.h>

enum option_kind {
    OPTION_KIND_END,     /* after the last row */
    OPTION_KIND_HEADING, /* no option: what the rows below are about */
    OPTION_KIND_FLAG,    /* bool: becomes true */
    OPTION_KIND_PRESET,  /* int: becomes `minimum` */
    OPTION_KIND_TEXT,    /* const char *: what `accepts` accepts, or anything */
    OPTION_KIND_NAME,    /* const char *: not empty */
    OPTION_KIND_FILE,    /* const char * */
    OPTION_KIND_NUMBER,  /* int: decimal, minimum..maximum */
    OPTION_KIND_CHOICE,  /* int: the position among `choices` */
    OPTION_KIND_DATE,    /* struct date */
    OPTION_KIND_MONTH,   /* struct month */
    OPTION_KIND_VERSION, /* prints the version and ends */
    OPTION_KIND_HELP,    /* prints the help and ends */
    OPTION_KIND_COUNT
};

/* One of the words that a value may be, and what it means. */
struct option_choice {
    const char *word; /* NULL ends the list */
    enum message meaning;
};

struct option_row {
    const char *name; /* without the dashes */
    char letter;      /* of the short form, or 0 */
    enum option_kind kind;
    bool is_required;     /* TEXT, NAME, FILE */
    size_t member;        /* offset of where the value goes */
    int minimum, maximum; /* NUMBER */
    /* CHOICE: all there are. TEXT: those to be shown, or NULL; one that ends with ':' is a prefix.
     */
    const struct option_choice *choices;
    bool (*accepts)(const char *value); /* TEXT, or NULL */
    enum message value;                 /* what stands for the value: "FICHIER"; unless FLAG… */
    enum message help;                  /* in one line; NUMBER: may use {min} and {max} */
};

/* What follows the options. */
enum operand_kind {
    OPERAND_NONE,
    OPERAND_WORDS, /* one text, in one argument or several */
    OPERAND_TEXTS, /* each argument is one */
    OPERAND_FILES
};

struct operand {
    enum operand_kind kind;
    enum message name; /* "TEXTE" */
    bool is_required;
    enum message missing; /* what to say is missing: the name, or more words; if required */
};

struct subcommand;

struct option_table {
    enum message help;             /* what it does, above the list */
    const struct option_row *rows; /* up to OPTION_END */
    struct operand operand;
    const struct subcommand
        *subcommands; /* the whole program's, up to one without a name; or NULL */
};

struct subcommand {
    const char *name;
    /* argv[0] is its name. Returns an exit code. */
    int (*run)(const struct cli *cli, int argc, char **argv);
    enum message summary; /* in one line */
    const struct option_table *table;
};

/* --- rows ------------------------------------------------------------------------------------- */

/* The offset of a member that must be of type `wanted`. */
#define OPTION_MEMBER(type, member_, wanted)                                                       \
    (offsetof(type, member_) + 0 * sizeof(1 ? &((type *)0)->member_ : (wanted *)0))

/* Versions of clang-format lay such macros out differently. */
/* clang-format off */
#define OPTION_END                                                                                 \
    {                                                                                              \
        .kind = OPTION_KIND_END                                                                    \
    }
#define OPTION_HEADING(text)                                                                       \
    {                                                                                              \
        .kind = OPTION_KIND_HEADING, .help = (text)                                                \
    }
#define OPTION_FLAG(name_, type, member_, text)                                                    \
    {                                                                                              \
        .name = (name_), .kind = OPTION_KIND_FLAG, .member = OPTION_MEMBER(type, member_, bool),   \
        .help = (text)                                                                             \
    }
#define OPTION_PRESET(name_, type, member_, number, text)                                          \
    {                                                                                              \
        .name = (name_), .kind = OPTION_KIND_PRESET, .member = OPTION_MEMBER(type, member_, int),  \
        .minimum = (number), .help = (text)                                                        \
    }
#define OPTION_OF_TEXT(name_, kind_, type, member_, value_, text)                                  \
    .name = (name_), .kind = (kind_), .member = OPTION_MEMBER(type, member_, const char *),        \
    .value = (value_), .help = (text)
#define OPTION_TEXT(name_, type, member_, value_, text)                                            \
    {                                                                                              \
        OPTION_OF_TEXT(name_, OPTION_KIND_TEXT, type, member_, value_, text)                       \
    }
/* A text of which some are shown as examples, and which `accepts_` accepts. */
#define OPTION_CHECKED(name_, type, member_, choices_, accepts_, text)                             \
    {                                                                                              \
        OPTION_OF_TEXT(name_, OPTION_KIND_TEXT, type, member_, MSG_VALUE_MODE, text),              \
            .choices = (choices_), .accepts = (accepts_)                                           \
    }
#define OPTION_NAME(name_, type, member_, value_, text)                                            \
    {                                                                                              \
        OPTION_OF_TEXT(name_, OPTION_KIND_NAME, type, member_, value_, text)                       \
    }
#define OPTION_FILE(name_, type, member_, value_, text)                                            \
    {                                                                                              \
        OPTION_OF_TEXT(name_, OPTION_KIND_FILE, type, member_, value_, text)                       \
    }
#define OPTION_REQUIRED_FILE(name_, type, member_, value_, text)                                   \
    {                                                                                              \
        OPTION_OF_TEXT(name_, OPTION_KIND_FILE, type, member_, value_, text), .is_required = true  \
    }
#define OPTION_NUMBER(name_, type, member_, least, most, text)                                     \
    {                                                                                              \
        .name = (name_), .kind = OPTION_KIND_NUMBER, .member = OPTION_MEMBER(type, member_, int),  \
        .minimum = (least), .maximum = (most), .value = MSG_VALUE_NUMBER, .help = (text)           \
    }
#define OPTION_CHOICE(name_, type, member_, choices_, text)                                        \
    {                                                                                              \
        .name = (name_), .kind = OPTION_KIND_CHOICE, .member = OPTION_MEMBER(type, member_, int),  \
        .choices = (choices_), .value = MSG_VALUE_MODE, .help = (text)                             \
    }
#define OPTION_DATE(name_, type, member_, text)                                                    \
    {                                                                                              \
        .name = (name_), .kind = OPTION_KIND_DATE,                                                 \
        .member = OPTION_MEMBER(type, member_, struct date), .value = MSG_VALUE_DATE,              \
        .help = (text)                                                                             \
    }
#define OPTION_MONTH(name_, type, member_, text)                                                   \
    {                                                                                              \
        .name = (name_), .kind = OPTION_KIND_MONTH,                                                \
        .member = OPTION_MEMBER(type, member_, struct month), .value = MSG_VALUE_MONTH,            \
        .help = (text)                                                                             \
    }
#define OPTION_VERSION                                                                             \
    {                                                                                              \
        .name = "version", .letter = 'V', .kind = OPTION_KIND_VERSION, .help = MSG_OPTION_VERSION  \
    }
/* clang-format on */

/* --- looking at a table ----------------------------------------------------------------------- */

/* The row at `index`, the one of --help last; NULL after it. */
const struct option_row *option_table_row(const struct option_table *table, size_t index);

/* Are there more options than --help? */
bool option_table_has_own(const struct option_table *table);

bool option_row_has_value(const struct option_row *row);

/* What it is for, with its range but without its choices. To be freed with free(). */
char *option_row_help(const struct messages *messages, const struct option_row *row);

/* "pasapas say --ics FICHIER [options] TEXTE…". `name` is the subcommand's. To be freed with
 * free(). */
char *option_table_usage(const struct messages *messages, const struct option_table *table,
                         const char *name);

/* "FICHIER…", or "" where nothing follows the options. To be freed with free(). */
char *option_table_operand(const struct messages *messages, const struct option_table *table);

#endif
