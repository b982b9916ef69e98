/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/view_server.h"

#ifdef HAVE_MICROHTTPD

#include "app/event_loop.h"
#include "base/mem.h"
#include "base/timer.h"

#include <arpa/inet.h>
#include <errno.h>
#include <microhttpd.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/socket.h>

#define TOKEN_BYTES 16

/* A browser keeps some connections open beside the stream. */
#define CONNECTIONS_MAX    (8 * VIEW_SERVER_CLIENTS)
#define CONNECTION_BYTES   16384
#define CONNECTION_SECONDS 10

/* Who is gone without a word is found out by this. */
#define BEAT_MS 15000
#define BEAT    ":\n\n"

#define LAST_EVENT "event: over\ndata: {}\n\n"

/* A connection that has something to do at once gets it so often before others are looked at. */
#define RUNS_MAX 32

struct stream {
    struct view_server *server;
    struct MHD_Connection *connection;
    char *text; /* what is being sent, or NULL */
    size_t sent;
    uint64_t version; /* of the state that was sent last */
    bool suspended, beats, over;
    struct stream *next;
};

struct view_server {
    struct event_loop *loop;
    struct MHD_Daemon *daemon;
    int epoll, timer, beat; /* descriptors of the loop */
    char token[2 * TOKEN_BYTES + 1];
    char host[2][32]; /* by these names it may be asked for */
    char address[128];
    const struct view_page *pages;
    size_t page_count;
    char *state; /* the newest, or NULL */
    uint64_t version;
    char *picture; /* or NULL */
    const char *picture_type;
    size_t picture_size;
    struct stream *streams;
    bool closing;
};

/* --- working for the library ------------------------------------------------------------------ */

/* Does what there is to do, and sees to it that it is called again in time. */
static void run(struct view_server *server)
{
    MHD_UNSIGNED_LONG_LONG ms = 0;
    bool more = true;
    for (int i = 0; i < RUNS_MAX && more; i++) {
        MHD_run(server->daemon);
        more = MHD_get_timeout(server->daemon, &ms) == MHD_YES && !ms;
    }
    const bool waits = MHD_get_timeout(server->daemon, &ms) == MHD_YES;
    timer_start(server->timer, !waits ? 0 : ms < 1 ? 1 : ms > BEAT_MS ? BEAT_MS : (int)ms);
}

static void on_ready(void *context)
{
    run(context);
}

static void on_timer(void *context)
{
    struct view_server *server = context;
    timer_clear(server->timer);
    run(server);
}

static void wake(struct stream *stream)
{
    if (stream->suspended)
        MHD_resume_connection(stream->connection);
    stream->suspended = false;
}

static void wake_all(struct view_server *server)
{
    for (struct stream *stream = server->streams; stream; stream = stream->next)
        wake(stream);
    run(server);
}

static void on_beat(void *context)
{
    struct view_server *server = context;
    timer_clear(server->beat);
    for (struct stream *stream = server->streams; stream; stream = stream->next)
        stream->beats = true;
    wake_all(server);
}

/* --- a stream --------------------------------------------------------------------------------- */

/* The next thing to send, or NULL; whatever came in between is left out. */
static char *next_text(struct stream *stream)
{
    const struct view_server *server = stream->server;
    if (stream->version != server->version) {
        stream->version = server->version;
        return xasprintf("data: %s\n\n", server->state);
    }
    if (server->closing && !stream->over) {
        stream->over = true;
        return xstrdup(LAST_EVENT);
    }
    return stream->beats && !stream->over ? xstrdup(BEAT) : NULL;
}

static ssize_t read_stream(void *context, uint64_t position, char *buffer, size_t room)
{
    struct stream *stream = context;
    (void)position;
    if (!stream->text) {
        stream->text = next_text(stream);
        stream->sent = 0;
        stream->beats = false;
    }
    if (!stream->text && stream->over)
        return MHD_CONTENT_READER_END_OF_STREAM;
    if (!stream->text) {
        stream->suspended = true;
        MHD_suspend_connection(stream->connection);
        return 0;
    }
    const size_t left = strlen(stream->text) - stream->sent, count = left < room ? left : room;
    memcpy(buffer, stream->text + stream->sent, count);
    stream->sent += count;
    if (count == left) {
        free(stream->text);
        stream->text = NULL;
    }
    return (ssize_t)count;
}

static void free_stream(void *context)
{
    struct stream *stream = context;
    struct stream **at = &stream->server->streams;
    while (*at && *at != stream)
        at = &(*at)->next;
    if (*at)
        *at = stream->next;
    free(stream->text);
    free(stream);
}

/* The browser has closed it, and nothing was sent since that would have shown it. */
static bool is_gone(const struct stream *stream)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(stream->connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    char byte;
    const ssize_t got =
        info ? recv(info->connect_fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT) : (ssize_t)0;
    return !got || (got < 0 && errno != EAGAIN && errno != EINTR);
}

size_t view_server_clients(const struct view_server *server)
{
    size_t count = 0;
    for (const struct stream *stream = server->streams; stream; stream = stream->next)
        count += !stream->over && !is_gone(stream);
    return count;
}

/* Room for one more: those that are gone are let go of. */
static bool make_room(struct view_server *server)
{
    if (view_server_clients(server) >= VIEW_SERVER_CLIENTS)
        return false;
    for (struct stream *stream = server->streams; stream; stream = stream->next)
        if (is_gone(stream)) {
            stream->over = true;
            wake(stream);
        }
    return true;
}

/* --- answers ---------------------------------------------------------------------------------- */

/* Nothing from elsewhere, nothing kept, in no frame, and no word of the address to anybody. */
static void add_headers(struct MHD_Response *response, const char *type)
{
    static const char *const headers[][2] = {
        {"Content-Security-Policy",
         "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src "
         "'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"},
        {"X-Content-Type-Options", "nosniff"},
        {"X-Frame-Options", "DENY"},
        {"Referrer-Policy", "no-referrer"},
        {"Cross-Origin-Resource-Policy", "same-origin"},
        {"Cross-Origin-Opener-Policy", "same-origin"},
        {"Cache-Control", "no-store"},
    };
    for (size_t i = 0; i < COUNT_OF(headers); i++)
        MHD_add_response_header(response, headers[i][0], headers[i][1]);
    MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, type);
}

static enum MHD_Result answer(struct MHD_Connection *connection, unsigned code,
                              struct MHD_Response *response, const char *type)
{
    if (!response)
        return MHD_NO;
    add_headers(response, type);
    const enum MHD_Result result = MHD_queue_response(connection, code, response);
    MHD_destroy_response(response);
    return result;
}

/* `body` is copied if it does not outlive the answer. */
static enum MHD_Result answer_text(struct MHD_Connection *connection, unsigned code,
                                   const char *type, const char *body, size_t size, bool copied)
{
    return answer(
        connection, code,
        MHD_create_response_from_buffer(size, (void *)(uintptr_t)body,
                                        copied ? MHD_RESPMEM_MUST_COPY : MHD_RESPMEM_PERSISTENT),
        type);
}

/* No words: who comes here is a program, or came by mistake. */
static enum MHD_Result refuse(struct MHD_Connection *connection, unsigned code)
{
    return answer_text(connection, code, "text/plain", "", 0, false);
}

static enum MHD_Result answer_events(struct view_server *server, struct MHD_Connection *connection)
{
    if (server->closing || !make_room(server))
        return refuse(connection, MHD_HTTP_SERVICE_UNAVAILABLE);
    struct stream *stream = xcalloc(1, sizeof *stream);
    *stream = (struct stream){.server = server, .connection = connection, .next = server->streams};
    server->streams = stream;
    struct MHD_Response *response = MHD_create_response_from_callback(
        MHD_SIZE_UNKNOWN, CONNECTION_BYTES / 4, read_stream, stream, free_stream);
    if (!response)
        free_stream(stream);
    return answer(connection, MHD_HTTP_OK, response, "text/event-stream");
}

static enum MHD_Result answer_state(const struct view_server *server,
                                    struct MHD_Connection *connection)
{
    const char *state = server->state ? server->state : "{}";
    return answer_text(connection, MHD_HTTP_OK, "application/json", state, strlen(state), true);
}

static enum MHD_Result answer_picture(const struct view_server *server,
                                      struct MHD_Connection *connection)
{
    if (!server->picture)
        return refuse(connection, MHD_HTTP_NOT_FOUND);
    return answer_text(connection, MHD_HTTP_OK, server->picture_type, server->picture,
                       server->picture_size, true);
}

/* --- who may ask ------------------------------------------------------------------------------ */

/* A name that somebody else's site has given to this machine is not one of ours. */
static bool is_for_us(const struct view_server *server, struct MHD_Connection *connection)
{
    const char *host =
        MHD_lookup_connection_value(connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_HOST);
    return host && (!strcmp(host, server->host[0]) || !strcmp(host, server->host[1]));
}

/* What of the address comes behind the token, or NULL. All of it is compared, whatever the first
 * difference is. */
static const char *behind_token(const struct view_server *server, const char *url)
{
    const size_t length = sizeof server->token - 1;
    unsigned char different = 0;
    if (strlen(url) < length + 2 || url[0] != '/' || url[length + 1] != '/')
        return NULL;
    for (size_t i = 0; i < length; i++)
        different |= (unsigned char)(url[i + 1] ^ server->token[i]);
    return different ? NULL : url + length + 2;
}

static enum MHD_Result on_request(void *context, struct MHD_Connection *connection, const char *url,
                                  const char *method, const char *version, const char *upload,
                                  size_t *upload_size, void **request)
{
    struct view_server *server = context;
    (void)version, (void)upload, (void)upload_size, (void)request;
    if (!is_for_us(server, connection))
        return refuse(connection, MHD_HTTP_FORBIDDEN);
    const char *name = behind_token(server, url);
    if (!name)
        return refuse(connection, MHD_HTTP_NOT_FOUND);
    if (strcmp(method, MHD_HTTP_METHOD_GET))
        return refuse(connection, MHD_HTTP_METHOD_NOT_ALLOWED);
    if (!strcmp(name, "events"))
        return answer_events(server, connection);
    if (!strcmp(name, "state"))
        return answer_state(server, connection);
    if (!strcmp(name, "picture"))
        return answer_picture(server, connection);
    for (size_t i = 0; i < server->page_count; i++)
        if (!strcmp(name, server->pages[i].name))
            return answer_text(connection, MHD_HTTP_OK, server->pages[i].type,
                               server->pages[i].body, server->pages[i].size, false);
    return refuse(connection, MHD_HTTP_NOT_FOUND);
}

/* --- opening and closing ---------------------------------------------------------------------- */

/* False if the system gives no random bytes. */
static bool make_token(struct view_server *server)
{
    unsigned char bytes[TOKEN_BYTES];
    if (getrandom(bytes, sizeof bytes, 0) != (ssize_t)sizeof bytes)
        return false;
    for (size_t i = 0; i < sizeof bytes; i++)
        snprintf(server->token + 2 * i, 3, "%02x", bytes[i]);
    return true;
}

/* No name of ours has a character that would have to be written otherwise. */
static size_t leave_as_it_is(void *context, struct MHD_Connection *connection, char *text)
{
    (void)context, (void)connection;
    return strlen(text);
}

static bool start(struct view_server *server)
{
    struct sockaddr_in here = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    server->daemon = MHD_start_daemon(
        MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME, 0, NULL, NULL, on_request, server,
        MHD_OPTION_SOCK_ADDR, &here, MHD_OPTION_UNESCAPE_CALLBACK, leave_as_it_is, NULL,
        MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS_MAX, MHD_OPTION_CONNECTION_TIMEOUT,
        (unsigned)CONNECTION_SECONDS, MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_BYTES,
        MHD_OPTION_END);
    return server->daemon;
}

static void find_names(struct view_server *server)
{
    const unsigned port = MHD_get_daemon_info(server->daemon, MHD_DAEMON_INFO_BIND_PORT)->port;
    snprintf(server->host[0], sizeof server->host[0], "127.0.0.1:%u", port);
    snprintf(server->host[1], sizeof server->host[1], "localhost:%u", port);
    snprintf(server->address, sizeof server->address, "http://%s/%s/", server->host[0],
             server->token);
}

static void free_server(struct view_server *server)
{
    timer_close(server->timer);
    timer_close(server->beat);
    free(server->state);
    free(server->picture);
    free(server);
}

enum view_opening view_server_open(struct event_loop *loop, const struct view_page *pages,
                                   size_t count, struct view_server **ret_server)
{
    struct view_server *server = xcalloc(1, sizeof *server);
    server->loop = loop;
    server->pages = pages;
    server->page_count = count;
    server->timer = timer_open();
    server->beat = timer_open();
    if (server->timer < 0 || server->beat < 0 || !make_token(server) || !start(server)) {
        free_server(server);
        return VIEW_NO_PORT;
    }
    find_names(server);
    server->epoll = MHD_get_daemon_info(server->daemon, MHD_DAEMON_INFO_EPOLL_FD)->epoll_fd;
    event_loop_watch(loop, server->epoll, on_ready, server);
    event_loop_watch(loop, server->timer, on_timer, server);
    event_loop_watch(loop, server->beat, on_beat, server);
    timer_repeat(server->beat, BEAT_MS);
    *ret_server = server;
    return VIEW_OPENED;
}

void view_server_close(struct view_server *server)
{
    if (!server)
        return;
    server->closing = true;
    wake_all(server);
    event_loop_unwatch(server->loop, server->epoll);
    event_loop_unwatch(server->loop, server->timer);
    event_loop_unwatch(server->loop, server->beat);
    /* Who has not taken the last word by now has lost it. */
    for (struct stream *stream = server->streams; stream; stream = stream->next)
        wake(stream);
    MHD_stop_daemon(server->daemon);
    free_server(server);
}

const char *view_server_address(const struct view_server *server)
{
    return server->address;
}

void view_server_send(struct view_server *server, const char *json)
{
    if (server->state && !strcmp(server->state, json))
        return;
    free(server->state);
    server->state = xstrdup(json);
    server->version++;
    wake_all(server);
}

void view_server_set_picture(struct view_server *server, const char *type, const char *bytes,
                             size_t size)
{
    free(server->picture);
    server->picture = bytes ? xmalloc(size) : NULL;
    server->picture_type = type;
    server->picture_size = size;
    if (bytes)
        memcpy(server->picture, bytes, size);
}

#else

enum view_opening view_server_open(struct event_loop *loop, const struct view_page *pages,
                                   size_t count, struct view_server **ret_server)
{
    (void)loop, (void)pages, (void)count, (void)ret_server;
    return VIEW_NOT_BUILT;
}

void view_server_close(struct view_server *server)
{
    (void)server;
}

const char *view_server_address(const struct view_server *server)
{
    (void)server;
    return "";
}

void view_server_send(struct view_server *server, const char *json)
{
    (void)server, (void)json;
}

void view_server_set_picture(struct view_server *server, const char *type, const char *bytes,
                             size_t size)
{
    (void)server, (void)type, (void)bytes, (void)size;
}

size_t view_server_clients(const struct view_server *server)
{
    (void)server;
    return 0;
}

#endif
