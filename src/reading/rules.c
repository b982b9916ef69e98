#include "reading/rules.h"

#include <string.h>

const struct reading_pair *reading_table_from(const struct reading_table *table, const char *key)
{
    size_t from = 0, to = table->count;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (strcmp(table->items[middle].key, key) < 0)
            from = middle + 1;
        else
            to = middle;
    }
    return from < table->count ? &table->items[from] : NULL;
}

const char *reading_table_find(const struct reading_table *table, const char *key)
{
    const struct reading_pair *found = reading_table_from(table, key);
    return found && !strcmp(found->key, key) ? found->value : NULL;
}
