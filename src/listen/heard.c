#include "listen/heard.h"

#include <stdlib.h>

void heard_free(struct heard *heard)
{
    free(heard->phrase);
    free(heard->samples);
    free(heard->error);
    *heard = (struct heard){0};
}
