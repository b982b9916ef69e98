/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "audio/pulse_monitor.h"

#ifdef HAVE_LIBPULSE

#include "base/mem.h"

#include <pulse/pulseaudio.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The server hands on so much at a time, ms: few wake-ups, and less than what the canceller waits
 * for anyway. */
#define FRAGMENT_MS 20

struct pulse_monitor {
    pulse_monitor_sink sink;
    void *context;
    pa_threaded_mainloop *loop;
    pa_context *server;
    pa_stream *stream; /* NULL: nothing is played by this process */
    uint32_t output;   /* of `stream` */
    bool seen;         /* while the server's streams are listed: one of this process */
};

static void close_stream(struct pulse_monitor *monitor)
{
    if (!monitor->stream)
        return;
    pa_stream_set_read_callback(monitor->stream, NULL, NULL);
    pa_stream_set_state_callback(monitor->stream, NULL, NULL);
    pa_stream_disconnect(monitor->stream);
    pa_stream_unref(monitor->stream);
    monitor->stream = NULL;
    monitor->sink(monitor->context, NULL, 0);
}

/* A hole, where the server lost something, is silence. */
static void hand_on_silence(struct pulse_monitor *monitor, size_t bytes)
{
    static const int16_t silence[LISTENING_RATE / 50];
    for (size_t left = bytes / sizeof *silence; left > 0;) {
        const size_t some = left < COUNT_OF(silence) ? left : COUNT_OF(silence);
        monitor->sink(monitor->context, silence, some);
        left -= some;
    }
}

static void on_read(pa_stream *stream, size_t ready, void *context)
{
    struct pulse_monitor *monitor = context;
    const void *data;
    size_t bytes;
    (void)ready;
    while (pa_stream_readable_size(stream) > 0) {
        if (pa_stream_peek(stream, &data, &bytes) < 0 || bytes == 0)
            return;
        if (data)
            monitor->sink(monitor->context, data, bytes / sizeof(int16_t));
        else
            hand_on_silence(monitor, bytes);
        pa_stream_drop(stream);
    }
}

static void on_stream_state(pa_stream *stream, void *context)
{
    if (pa_stream_get_state(stream) == PA_STREAM_FAILED)
        close_stream(context);
}

static void follow(struct pulse_monitor *monitor, uint32_t output, const char *source)
{
    const pa_sample_spec format = {
        .format = PA_SAMPLE_S16NE, .rate = LISTENING_RATE, .channels = 1};
    const pa_buffer_attr buffer = {
        .maxlength = (uint32_t)-1,
        .fragsize = (uint32_t)pa_usec_to_bytes(FRAGMENT_MS * PA_USEC_PER_MSEC, &format),
    };
    close_stream(monitor);
    monitor->stream = pa_stream_new(monitor->server, "pasapas: echo", &format, NULL);
    if (!monitor->stream)
        return;
    monitor->output = output;
    pa_stream_set_read_callback(monitor->stream, on_read, monitor);
    pa_stream_set_state_callback(monitor->stream, on_stream_state, monitor);
    if (pa_stream_connect_record(monitor->stream, source, &buffer,
                                 PA_STREAM_ADJUST_LATENCY | PA_STREAM_DONT_MOVE |
                                     PA_STREAM_DONT_INHIBIT_AUTO_SUSPEND))
        close_stream(monitor);
}

static void on_output(pa_context *server, const pa_sink_info *info, int end, void *context)
{
    struct pulse_monitor *monitor = context;
    (void)server;
    if (end == 0 && info->monitor_source_name &&
        (!monitor->stream || monitor->output != info->index))
        follow(monitor, info->index, info->monitor_source_name);
}

static void forget_operation(pa_operation *operation)
{
    if (operation)
        pa_operation_unref(operation);
}

static bool is_own(const pa_sink_input_info *info)
{
    const char *process = pa_proplist_gets(info->proplist, PA_PROP_APPLICATION_PROCESS_ID);
    return process && strtol(process, NULL, 10) == (long)getpid();
}

static void on_played(pa_context *server, const pa_sink_input_info *info, int end, void *context)
{
    struct pulse_monitor *monitor = context;
    if (end == 0 && is_own(info) && !monitor->seen) {
        monitor->seen = true;
        forget_operation(pa_context_get_sink_info_by_index(server, info->sink, on_output, monitor));
    }
    if (end != 0 && !monitor->seen)
        close_stream(monitor);
}

static void look(struct pulse_monitor *monitor)
{
    monitor->seen = false;
    forget_operation(pa_context_get_sink_input_info_list(monitor->server, on_played, monitor));
}

static void on_change(pa_context *server, pa_subscription_event_type_t event, uint32_t index,
                      void *context)
{
    (void)server, (void)event, (void)index;
    look(context);
}

static void on_server_state(pa_context *server, void *context)
{
    struct pulse_monitor *monitor = context;
    const pa_context_state_t state = pa_context_get_state(server);
    if (state == PA_CONTEXT_READY) {
        pa_context_set_subscribe_callback(server, on_change, monitor);
        forget_operation(pa_context_subscribe(server, PA_SUBSCRIPTION_MASK_SINK_INPUT, NULL, NULL));
        look(monitor);
    } else if (!PA_CONTEXT_IS_GOOD(state)) {
        close_stream(monitor);
    }
}

static bool connect_server(struct pulse_monitor *monitor)
{
    monitor->loop = pa_threaded_mainloop_new();
    if (!monitor->loop)
        return false;
    monitor->server = pa_context_new(pa_threaded_mainloop_get_api(monitor->loop), "pasapas");
    if (!monitor->server)
        return false;
    pa_context_set_state_callback(monitor->server, on_server_state, monitor);
    /* Never started by us, and waited for if it comes later. */
    return !pa_context_connect(monitor->server, NULL, PA_CONTEXT_NOAUTOSPAWN | PA_CONTEXT_NOFAIL,
                               NULL) &&
           !pa_threaded_mainloop_start(monitor->loop);
}

struct pulse_monitor *pulse_monitor_open(pulse_monitor_sink sink, void *context)
{
    struct pulse_monitor *monitor = xcalloc(1, sizeof *monitor);
    monitor->sink = sink;
    monitor->context = context;
    if (connect_server(monitor))
        return monitor;
    pulse_monitor_close(monitor);
    return NULL;
}

void pulse_monitor_close(struct pulse_monitor *monitor)
{
    if (!monitor)
        return;
    if (monitor->loop)
        pa_threaded_mainloop_stop(monitor->loop);
    close_stream(monitor);
    if (monitor->server) {
        pa_context_set_state_callback(monitor->server, NULL, NULL);
        pa_context_disconnect(monitor->server);
        pa_context_unref(monitor->server);
    }
    if (monitor->loop)
        pa_threaded_mainloop_free(monitor->loop);
    free(monitor);
}

#else

struct pulse_monitor *pulse_monitor_open(pulse_monitor_sink sink, void *context)
{
    (void)sink, (void)context;
    return NULL;
}

void pulse_monitor_close(struct pulse_monitor *monitor)
{
    (void)monitor;
}

#endif
