/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "audio/stderr_guard.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

/* ALSA's plugins leave some blocks behind when PortAudio unloads them. They are not ours, and the
 * leak sanitizer has no name to suppress them by. */
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define WITH_LEAK_CHECK
#endif
#elif defined(__SANITIZE_ADDRESS__)
#define WITH_LEAK_CHECK
#endif
#ifdef WITH_LEAK_CHECK
#include <sanitizer/lsan_interface.h>
#define LEAKS_IGNORE() __lsan_disable()
#define LEAKS_COUNT()  __lsan_enable()
#else
#define LEAKS_IGNORE() ((void)0)
#define LEAKS_COUNT()  ((void)0)
#endif

/* There is no descriptor left to keep it in: it stays as it is. */
#define NOT_GUARDED (-1)

int stderr_guard_begin(void)
{
    LEAKS_IGNORE();
    int saved = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    if (saved < 0)
        return NOT_GUARDED;
    int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (nowhere >= 0) {
        dup2(nowhere, STDERR_FILENO);
        close(nowhere);
    }
    return saved;
}

void stderr_guard_end(int saved)
{
    LEAKS_COUNT();
    if (saved == NOT_GUARDED)
        return;
    dup2(saved, STDERR_FILENO);
    close(saved);
}

/* --- what the library's own threads write ----------------------------------------------------- */

/*
 * When a sound server dies, PortAudio 19.6 turns on the spot: PaAlsaStream_WaitForFrames() prints
 * that an expression failed, and tries again, for ever, with cancellation switched off. This is the
 * only place where such a thread comes by, so it is here that Pa_AbortStream() can end it.
 */
static void let_be_cancelled(void)
{
    int state;
    pthread_setcancelstate(PTHREAD_CANCEL_ENABLE, &state);
    pthread_testcancel();
    pthread_setcancelstate(state, NULL);
}

static ssize_t write_if_ours(void *cookie, const char *bytes, size_t size)
{
    if (pthread_equal(pthread_self(), *(const pthread_t *)cookie))
        return write(STDERR_FILENO, bytes, size);
    let_be_cancelled();
    return (ssize_t)size;
}

void stderr_guard_threads(void)
{
    static pthread_t allowed;
    static bool done;
    const cookie_io_functions_t functions = {.write = write_if_ours};
    FILE *filtered = done ? NULL : fopencookie(&allowed, "w", functions);
    if (!filtered)
        return;
    done = true;
    allowed = pthread_self();
    setvbuf(filtered, NULL, _IONBF, 0);
    fflush(stderr);
    stderr = filtered;
}

typedef void (*alsa_handler)(const char *file, int line, const char *function, int error,
                             const char *format, ...);
typedef int (*alsa_set_handler)(alsa_handler handler);

static void drop_message(const char *file, int line, const char *function, int error,
                         const char *format, ...)
{
    (void)file;
    (void)line;
    (void)function;
    (void)error;
    (void)format;
}

/* Looked up by name, since PortAudio may have been built without ALSA. */
void stderr_guard_alsa(void)
{
    void *library = dlopen("libasound.so.2", RTLD_LAZY | RTLD_NOLOAD);
    if (!library)
        return;
    void *symbol = dlsym(library, "snd_lib_error_set_handler");
    if (symbol) {
        alsa_set_handler set_handler;
        memcpy(&set_handler, &symbol, sizeof set_handler);
        set_handler(drop_message);
    }
    dlclose(library); /* one reference less; PortAudio keeps its own */
}
