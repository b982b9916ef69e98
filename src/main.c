/* main: options, wiring, exit codes; nothing else. */
#include "messages.h"

int main(void)
{
    struct messages *messages = messages_new();
    messages_free(messages);
    return 0;
}
