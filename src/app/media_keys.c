/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/media_keys.h"

#ifdef HAVE_SYSTEMD

#include "app/event_loop.h"
#include "base/mem.h"
#include "base/timer.h"

#include <poll.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <systemd/sd-bus.h>

#define NAME   "org.mpris.MediaPlayer2.pasapas"
#define OBJECT "/org/mpris/MediaPlayer2"
#define ROOT   "org.mpris.MediaPlayer2"
#define PLAYER "org.mpris.MediaPlayer2.Player"

/* What is said is one thing to the desktop, whatever it is. */
#define TRACK "/org/pasapas/session"

/* The loop only waits for what comes; what could not be sent is tried again so soon. */
#define SEND_MS 20

struct media_keys {
    struct event_loop *loop;
    sd_bus *bus; /* NULL once it is gone */
    int fd, timer;
    const char *title;
    void (*pressed)(void *context, enum media_key key);
    void *context;
    bool active, speaking;
};

/* --- what the desktop asks -------------------------------------------------------------------- */

static int take(sd_bus_message *message, void *context, enum media_key key)
{
    const struct media_keys *keys = context;
    const int result = sd_bus_reply_method_return(message, "");
    if (keys->active)
        keys->pressed(keys->context, key);
    return result;
}

#define METHOD(name, key)                                                                          \
    static int name(sd_bus_message *message, void *context, sd_bus_error *error)                   \
    {                                                                                              \
        (void)error;                                                                               \
        return take(message, context, key);                                                        \
    }
METHOD(on_play, MEDIA_KEY_PLAY)
METHOD(on_pause, MEDIA_KEY_PAUSE)
METHOD(on_toggle, MEDIA_KEY_TOGGLE)
METHOD(on_next, MEDIA_KEY_NEXT)
METHOD(on_previous, MEDIA_KEY_PREVIOUS)
METHOD(on_stop, MEDIA_KEY_STOP)
#undef METHOD

/* A window to raise, another place in time: there is none. */
static int on_nothing(sd_bus_message *message, void *context, sd_bus_error *error)
{
    (void)context, (void)error;
    return sd_bus_reply_method_return(message, "");
}

#define GETTER(name, ...)                                                                          \
    static int name(sd_bus *bus, const char *path, const char *interface, const char *property,    \
                    sd_bus_message *reply, void *context, sd_bus_error *error)                     \
    {                                                                                              \
        const struct media_keys *keys = context;                                                   \
        (void)bus, (void)path, (void)interface, (void)property, (void)error, (void)keys;           \
        return sd_bus_message_append(reply, __VA_ARGS__);                                          \
    }
GETTER(get_title, "s", keys->title)
GETTER(get_desktop_entry, "s", "pasapas")
GETTER(get_nothing, "as", 0)
GETTER(get_true, "b", 1)
GETTER(get_false, "b", 0)
GETTER(get_status, "s", keys->speaking ? "Playing" : "Paused")
GETTER(get_rate, "d", 1.0)
GETTER(get_position, "x", (int64_t)0)
GETTER(get_metadata, "a{sv}", 2, "mpris:trackid", "o", TRACK, "xesam:title", "s", keys->title)
#undef GETTER

static const sd_bus_vtable root[] = {
    SD_BUS_VTABLE_START(0),
    SD_BUS_METHOD("Raise", "", "", on_nothing, SD_BUS_VTABLE_UNPRIVILEGED),
    SD_BUS_METHOD("Quit", "", "", on_nothing, SD_BUS_VTABLE_UNPRIVILEGED),
    SD_BUS_PROPERTY("CanQuit", "b", get_false, 0, SD_BUS_VTABLE_PROPERTY_CONST),
    SD_BUS_PROPERTY("CanRaise", "b", get_false, 0, SD_BUS_VTABLE_PROPERTY_CONST),
    SD_BUS_PROPERTY("HasTrackList", "b", get_false, 0, SD_BUS_VTABLE_PROPERTY_CONST),
    SD_BUS_PROPERTY("Identity", "s", get_title, 0, SD_BUS_VTABLE_PROPERTY_CONST),
    SD_BUS_PROPERTY("DesktopEntry", "s", get_desktop_entry, 0, SD_BUS_VTABLE_PROPERTY_CONST),
    SD_BUS_PROPERTY("SupportedUriSchemes", "as", get_nothing, 0, SD_BUS_VTABLE_PROPERTY_CONST),
    SD_BUS_PROPERTY("SupportedMimeTypes", "as", get_nothing, 0, SD_BUS_VTABLE_PROPERTY_CONST),
    SD_BUS_VTABLE_END,
};

static const sd_bus_vtable player[] = {
    SD_BUS_VTABLE_START(0),
    SD_BUS_METHOD("Play", "", "", on_play, SD_BUS_VTABLE_UNPRIVILEGED),
    SD_BUS_METHOD("Pause", "", "", on_pause, SD_BUS_VTABLE_UNPRIVILEGED),
    SD_BUS_METHOD("PlayPause", "", "", on_toggle, SD_BUS_VTABLE_UNPRIVILEGED),
    SD_BUS_METHOD("Next", "", "", on_next, SD_BUS_VTABLE_UNPRIVILEGED),
    SD_BUS_METHOD("Previous", "", "", on_previous, SD_BUS_VTABLE_UNPRIVILEGED),
    SD_BUS_METHOD("Stop", "", "", on_stop, SD_BUS_VTABLE_UNPRIVILEGED),
    SD_BUS_METHOD("Seek", "x", "", on_nothing, SD_BUS_VTABLE_UNPRIVILEGED),
    SD_BUS_METHOD("SetPosition", "ox", "", on_nothing, SD_BUS_VTABLE_UNPRIVILEGED),
    SD_BUS_METHOD("OpenUri", "s", "", on_nothing, SD_BUS_VTABLE_UNPRIVILEGED),
    SD_BUS_PROPERTY("PlaybackStatus", "s", get_status, 0, SD_BUS_VTABLE_PROPERTY_EMITS_CHANGE),
    SD_BUS_PROPERTY("Metadata", "a{sv}", get_metadata, 0, SD_BUS_VTABLE_PROPERTY_CONST),
    SD_BUS_PROPERTY("Rate", "d", get_rate, 0, SD_BUS_VTABLE_PROPERTY_CONST),
    SD_BUS_PROPERTY("MinimumRate", "d", get_rate, 0, SD_BUS_VTABLE_PROPERTY_CONST),
    SD_BUS_PROPERTY("MaximumRate", "d", get_rate, 0, SD_BUS_VTABLE_PROPERTY_CONST),
    SD_BUS_PROPERTY("Volume", "d", get_rate, 0, SD_BUS_VTABLE_PROPERTY_CONST),
    SD_BUS_PROPERTY("Position", "x", get_position, 0, 0),
    SD_BUS_PROPERTY("CanGoNext", "b", get_true, 0, SD_BUS_VTABLE_PROPERTY_CONST),
    SD_BUS_PROPERTY("CanGoPrevious", "b", get_true, 0, SD_BUS_VTABLE_PROPERTY_CONST),
    SD_BUS_PROPERTY("CanPlay", "b", get_true, 0, SD_BUS_VTABLE_PROPERTY_CONST),
    SD_BUS_PROPERTY("CanPause", "b", get_true, 0, SD_BUS_VTABLE_PROPERTY_CONST),
    SD_BUS_PROPERTY("CanSeek", "b", get_false, 0, SD_BUS_VTABLE_PROPERTY_CONST),
    SD_BUS_PROPERTY("CanControl", "b", get_true, 0, SD_BUS_VTABLE_PROPERTY_CONST),
    SD_BUS_VTABLE_END,
};

/* --- in the loop ------------------------------------------------------------------------------ */

static void lose_bus(struct media_keys *keys)
{
    event_loop_unwatch(keys->loop, keys->fd);
    event_loop_unwatch(keys->loop, keys->timer);
    sd_bus_close(keys->bus);
    keys->bus = sd_bus_unref(keys->bus);
}

/* Until the library wants to be asked again. */
static int wait_ms(sd_bus *bus)
{
    uint64_t until = 0;
    const int events = sd_bus_get_events(bus);
    if (events < 0 || events & POLLOUT)
        return SEND_MS;
    if (sd_bus_get_timeout(bus, &until) < 0 || until == UINT64_MAX)
        return 0;
    const int64_t ms = (int64_t)(until / 1000) - timer_now() + 1;
    return ms < 1 ? 1 : ms > 60000 ? 60000 : (int)ms;
}

/* A bus that goes away takes the keys with it, and nothing else. */
static void work(void *context)
{
    struct media_keys *keys = context;
    int result;
    timer_clear(keys->timer);
    do {
        result = sd_bus_process(keys->bus, NULL);
    } while (result > 0);
    if (result < 0)
        lose_bus(keys);
    else
        timer_start(keys->timer, wait_ms(keys->bus));
}

static void close_keys(struct media_keys *keys)
{
    timer_close(keys->timer);
    free(keys);
}

struct media_keys *media_keys_open(struct event_loop *loop, const char *title,
                                   void (*pressed)(void *context, enum media_key key),
                                   void *context)
{
    struct media_keys *keys = xcalloc(1, sizeof *keys);
    *keys = (struct media_keys){.loop = loop,
                                .timer = timer_open(),
                                .title = title,
                                .pressed = pressed,
                                .context = context};
    if (keys->timer < 0 || sd_bus_open_user(&keys->bus) < 0) {
        close_keys(keys);
        return NULL;
    }
    if (sd_bus_add_object_vtable(keys->bus, NULL, OBJECT, ROOT, root, keys) < 0 ||
        sd_bus_add_object_vtable(keys->bus, NULL, OBJECT, PLAYER, player, keys) < 0 ||
        (keys->fd = sd_bus_get_fd(keys->bus)) < 0) {
        sd_bus_close(keys->bus);
        sd_bus_unref(keys->bus);
        close_keys(keys);
        return NULL;
    }
    event_loop_watch(loop, keys->fd, work, keys);
    event_loop_watch(loop, keys->timer, work, keys);
    work(keys);
    return keys;
}

/* Nothing is said goodbye to: a name goes with its connection. */
void media_keys_close(struct media_keys *keys)
{
    if (!keys)
        return;
    if (keys->bus)
        lose_bus(keys);
    close_keys(keys);
}

/* A name that somebody else has (another session) is not waited for. */
static int on_name(sd_bus_message *message, void *context, sd_bus_error *error)
{
    (void)message, (void)context, (void)error;
    return 0;
}

void media_keys_set(struct media_keys *keys, bool active, bool speaking)
{
    if (!keys || !keys->bus || (keys->active == active && keys->speaking == speaking))
        return;
    const bool told = keys->speaking != speaking;
    keys->speaking = speaking;
    if (keys->active != active && active)
        (void)sd_bus_request_name_async(keys->bus, NULL, NAME, 0, on_name, keys);
    else if (keys->active != active)
        (void)sd_bus_release_name_async(keys->bus, NULL, NAME, on_name, keys);
    keys->active = active;
    if (told)
        (void)sd_bus_emit_properties_changed(keys->bus, OBJECT, PLAYER, "PlaybackStatus", NULL);
    work(keys);
}

#else

struct media_keys *media_keys_open(struct event_loop *loop, const char *title,
                                   void (*pressed)(void *context, enum media_key key),
                                   void *context)
{
    (void)loop, (void)title, (void)pressed, (void)context;
    return 0;
}

void media_keys_close(struct media_keys *keys)
{
    (void)keys;
}

void media_keys_set(struct media_keys *keys, bool active, bool speaking)
{
    (void)keys, (void)active, (void)speaking;
}

#endif
