#include "model/date_words.h"

#include "base/mem.h"
#include "base/messages.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The name of a month, 1..12, from the list of names. */
static char *month_name(const struct messages *messages, int month)
{
    char *list = messages_format(messages, MSG_MONTHS);
    const char *at = list;
    for (int i = 1; i < month && at; i++) {
        at = strchr(at, ' ');
        at = at ? at + 1 : NULL;
    }
    char *name = at ? xstrndup(at, strcspn(at, " ")) : xstrdup("");
    free(list);
    return name;
}

char *date_words_date(const struct messages *messages, struct date date)
{
    char day[16], year[16];
    snprintf(day, sizeof day, "%d", date.day);
    snprintf(year, sizeof year, "%d", date.year);
    char *month = month_name(messages, date.month);
    char *text = messages_format(messages, date.day == 1 ? MSG_DATE_FIRST : MSG_DATE, "day", day,
                                 "month", month, "year", year);
    free(month);
    return text;
}

char *date_words_month(const struct messages *messages, struct month month)
{
    char year[16];
    snprintf(year, sizeof year, "%d", month.year);
    char *name = month_name(messages, month.month);
    char *text = messages_format(messages, MSG_MONTH_OF_YEAR, "month", name, "year", year);
    free(name);
    return text;
}
