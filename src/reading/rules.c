/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/rules.h"

#include <string.h>

/* The first pair of the span whose key, after `known` bytes, is not before the bytes of `prefix`;
 * with `above`, the first that is after all that begin with them. */
static size_t boundary(const struct reading_table *table, struct reading_span span,
                       const char *prefix, size_t known, size_t length, bool above)
{
    while (span.from < span.to) {
        size_t middle = span.from + (span.to - span.from) / 2;
        const char *key = table->items[middle].key + known;
        int order = length - known == 1 ? (unsigned char)*key - (unsigned char)prefix[known]
                                        : strncmp(key, prefix + known, length - known);
        if (order < 0 || (above && !order))
            span.from = middle + 1;
        else
            span.to = middle;
    }
    return span.from;
}

struct reading_span reading_table_narrow(const struct reading_table *table,
                                         struct reading_span span, const char *prefix, size_t known,
                                         size_t length)
{
    unsigned char first = (unsigned char)*prefix;
    if (!known)
        span = (struct reading_span){table->first[first], table->first[first + 1]};
    if (span.from >= span.to || (!known && length == 1))
        return span;
    size_t from = boundary(table, span, prefix, known, length, false);
    span.from = from;
    span.to = boundary(table, span, prefix, known, length, true);
    return span;
}

const char *reading_table_find(const struct reading_table *table, const char *key)
{
    if (!*key || !table->count)
        return NULL;
    struct reading_span span = {table->first[(unsigned char)*key],
                                table->first[(unsigned char)*key + 1]};
    while (span.from < span.to) {
        size_t middle = span.from + (span.to - span.from) / 2;
        int order = strcmp(table->items[middle].key, key);
        if (!order)
            return table->items[middle].value;
        if (order < 0)
            span.from = middle + 1;
        else
            span.to = middle;
    }
    return NULL;
}
