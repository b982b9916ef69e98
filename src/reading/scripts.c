/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text in another script is named, not read. */
#include "base/mem.h"
#include "base/text.h"
#include "reading/passes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct reading_script *script_of(const struct reader *reader, int32_t code)
{
    for (size_t i = 0; i < reader->rules->script_count; i++)
        if (code >= reader->rules->scripts[i].from && code <= reader->rules->scripts[i].to)
            return &reader->rules->scripts[i];
    return NULL;
}

static bool is_foreign(const struct reader *reader, int32_t code)
{
    return (reading_is_letter(code) && !reading_is_latin(code)) || script_of(reader, code);
}

static const char *script_name(const struct reader *reader, int32_t code)
{
    const struct reading_script *script = script_of(reader, code);
    return script ? script->name : NULL;
}

static bool same_script(const struct reader *reader, int32_t code, const char *name)
{
    const char *other = script_name(reader, code);
    return is_foreign(reader, code) && (name && other ? !strcmp(name, other) : name == other);
}

/* The end of what is written in this script, over the marks and spaces inside. */
static size_t script_end(const struct reader *reader, const char *name)
{
    size_t end = reader->at;
    for (size_t at = reader->at; at < reader->length; at++) {
        if (same_script(reader, reader->text[at], name))
            end = at + 1;
        else if (reading_is_word_character(reader->text[at]) || script_of(reader, reader->text[at]))
            break;
    }
    return end;
}

bool reader_script(struct reader *reader)
{
    int32_t code = reader->text[reader->at];
    const char *symbol;
    if (!is_foreign(reader, code))
        return false;
    size_t length =
        reader_longest(reader, &reader->rules->symbols, reader->at, CASE_EXACT, &symbol);
    if (length && reader_is_boundary(reader, reader->at + length)) {
        reader_say(reader, symbol, LAST_SPOKEN);
        reader->at += length;
        return true;
    }
    const char *name = script_name(reader, code);
    const char *template = reader->rules->script;
    const char *place = name && template ? strstr(template, "{name}") : NULL;
    reader_pause(reader);
    reader->at = script_end(reader, name);
    if (place) {
        char *words = xasprintf("%.*s%s%s", (int)(place - template), template, name, place + 6);
        reader_say(reader, words, LAST_SPOKEN);
        free(words);
    } else {
        reader_say(reader, reader->rules->unknown_script, LAST_SPOKEN);
    }
    reader_pause(reader);
    return true;
}
