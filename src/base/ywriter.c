/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/ywriter.h"

#include "base/clock.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "base/ydoc.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

struct ywriter {
    yaml_emitter_t emitter;
    struct strbuf *bytes;
    bool failed;
};

static int take_bytes(void *data, unsigned char *bytes, size_t length)
{
    struct ywriter *writer = data;
    strbuf_add_bytes(writer->bytes, (const char *)bytes, length);
    return 1;
}

/* `made`: whether libyaml could make the event (it checks that texts are UTF-8). */
static void emit(struct ywriter *writer, yaml_event_t *event, int made)
{
    if (!made)
        writer->failed = true;
    else if (writer->failed)
        yaml_event_delete(event);
    else if (!yaml_emitter_emit(&writer->emitter, event))
        writer->failed = true;
}

struct ywriter *ywriter_new(struct strbuf *bytes)
{
    struct ywriter *writer = xcalloc(1, sizeof *writer);
    yaml_event_t event;
    writer->bytes = bytes;
    if (!yaml_emitter_initialize(&writer->emitter))
        mem_is_out();
    yaml_emitter_set_output(&writer->emitter, take_bytes, writer);
    yaml_emitter_set_unicode(&writer->emitter, 1);
    yaml_emitter_set_width(&writer->emitter, -1);
    emit(writer, &event, yaml_stream_start_event_initialize(&event, YAML_UTF8_ENCODING));
    emit(writer, &event, yaml_document_start_event_initialize(&event, NULL, NULL, NULL, 1));
    ywriter_start_map(writer);
    return writer;
}

int ywriter_finish(struct ywriter *writer)
{
    yaml_event_t event;
    ywriter_end_map(writer);
    emit(writer, &event, yaml_document_end_event_initialize(&event, 1));
    emit(writer, &event, yaml_stream_end_event_initialize(&event));
    int result = writer->failed ? -1 : 0;
    yaml_emitter_delete(&writer->emitter);
    free(writer);
    return result;
}

void ywriter_text(struct ywriter *writer, const char *text)
{
    yaml_event_t event;
    int made = yaml_scalar_event_initialize(&event, NULL, NULL, (const yaml_char_t *)text,
                                            (int)strlen(text), 1, 1, YAML_ANY_SCALAR_STYLE);
    emit(writer, &event, made);
}

void ywriter_pair(struct ywriter *writer, const char *key, const char *text)
{
    if (!text)
        return;
    ywriter_text(writer, key);
    ywriter_text(writer, text);
}

void ywriter_time(struct ywriter *writer, const char *key, int64_t seconds)
{
    char text[21];
    clock_format(seconds, text);
    ywriter_pair(writer, key, text);
}

void ywriter_start_map(struct ywriter *writer)
{
    yaml_event_t event;
    emit(writer, &event,
         yaml_mapping_start_event_initialize(&event, NULL, NULL, 1, YAML_BLOCK_MAPPING_STYLE));
}

void ywriter_end_map(struct ywriter *writer)
{
    yaml_event_t event;
    emit(writer, &event, yaml_mapping_end_event_initialize(&event));
}

static void start_items(struct ywriter *writer)
{
    yaml_event_t event;
    emit(writer, &event,
         yaml_sequence_start_event_initialize(&event, NULL, NULL, 1, YAML_BLOCK_SEQUENCE_STYLE));
}

void ywriter_start_list(struct ywriter *writer, const char *key)
{
    ywriter_text(writer, key);
    start_items(writer);
}

void ywriter_end_list(struct ywriter *writer)
{
    yaml_event_t event;
    emit(writer, &event, yaml_sequence_end_event_initialize(&event));
}

void ywriter_node(struct ywriter *writer, const struct ynode *node)
{
    if (node->key)
        ywriter_text(writer, node->key);
    if (node->kind == YNODE_TEXT) {
        ywriter_text(writer, node->text);
        return;
    }
    const bool map = node->kind == YNODE_MAP;
    if (map)
        ywriter_start_map(writer);
    else
        start_items(writer);
    for (size_t i = 0; i < node->count; i++)
        ywriter_node(writer, &node->items[i]);
    if (map)
        ywriter_end_map(writer);
    else
        ywriter_end_list(writer);
}
