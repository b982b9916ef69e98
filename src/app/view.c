/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/view.h"

#include "app/cli.h"
#include "app/open_page.h"
#include "base/durable.h"
#include "base/html.h"
#include "base/mem.h"
#include "base/paths.h"
#include "base/strbuf.h"
#include "model/pack.h"
#include "model/picture.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PAGE_BYTES_MAX 262144

/* In the runtime folder, which is the learner's alone. */
#define LINK_NAME "view.html"

static const struct {
    const char *file, *name, *type;
} files[] = {
    {"index.html", "", "text/html; charset=utf-8"},
    {"view.css", "view.css", "text/css; charset=utf-8"},
    {"view.js", "view.js", "text/javascript; charset=utf-8"},
    {"icon.svg", "icon.svg", "image/svg+xml"},
};

struct view {
    struct view_server *server;
    struct view_page pages[COUNT_OF(files)];
    char *link;    /* the file that leads to the page, or NULL */
    char *picture; /* which one is shown, or NULL */
};

/* --- the page --------------------------------------------------------------------------------- */

/* What a name in double braces stands for. */
static const char *word(const struct pack *pack, const char *key)
{
    enum message id;
    if (!strcmp(key, "lang"))
        return pack->synth_language;
    return messages_find(key, &id) ? "" : messages_text(pack->messages, id);
}

static char *fill_in(const struct pack *pack, const char *text)
{
    struct strbuf page = {0};
    for (const char *open, *close; (open = strstr(text, "{{")) && (close = strstr(open, "}}"));
         text = close + 2) {
        char *key = xstrndup(open + 2, (size_t)(close - open) - 2);
        strbuf_add_bytes(&page, text, (size_t)(open - text));
        html_text(&page, word(pack, key));
        free(key);
    }
    strbuf_add(&page, text);
    return strbuf_take(&page);
}

static int load_file(struct view *view, int folder, const struct pack *pack, size_t i)
{
    struct strbuf bytes = {0};
    if (durable_read(folder, files[i].file, PAGE_BYTES_MAX, &bytes)) {
        strbuf_free(&bytes);
        return -1;
    }
    char *body = strbuf_take(&bytes);
    /* The first one alone has words. */
    if (!i) {
        char *page = fill_in(pack, body);
        free(body);
        body = page;
    }
    view->pages[i] = (struct view_page){files[i].name, files[i].type, body, strlen(body)};
    return 0;
}

static int load_files(struct view *view, const struct pack *pack)
{
    char *path = paths_view();
    const int folder = path ? durable_open(path) : -1;
    int result = folder < 0 ? -1 : 0;
    free(path);
    for (size_t i = 0; i < COUNT_OF(files) && !result; i++)
        result = load_file(view, folder, pack, i);
    if (folder >= 0)
        close(folder);
    return result;
}

/* --- opening and closing ---------------------------------------------------------------------- */

struct view *view_open(const struct cli *cli, struct event_loop *loop, const struct pack *pack)
{
    struct view *view = xcalloc(1, sizeof *view);
    enum message error = MSG_VIEW_NO_FILES;
    if (!load_files(view, pack)) {
        const enum view_opening opening =
            view_server_open(loop, view->pages, COUNT_OF(files), &view->server);
        if (opening == VIEW_OPENED)
            return view;
        error = opening == VIEW_NOT_BUILT ? MSG_VIEW_NOT_BUILT : MSG_VIEW_NO_PORT;
    }
    cli_error(cli, error);
    view_close(view);
    return NULL;
}

void view_close(struct view *view)
{
    if (!view)
        return;
    view_server_close(view->server);
    if (view->link)
        unlink(view->link);
    free(view->link);
    free(view->picture);
    for (size_t i = 0; i < COUNT_OF(files); i++)
        free(view->pages[i].body);
    free(view);
}

const char *view_address(const struct view *view)
{
    return view_server_address(view->server);
}

/* A page that leads to the other one. */
static int write_link(const char *runtime, const char *address)
{
    char *page = xasprintf("<!DOCTYPE html><meta charset=\"utf-8\"><title>pasapas</title>"
                           "<meta name=\"referrer\" content=\"no-referrer\">"
                           "<meta http-equiv=\"refresh\" content=\"0; url=%s\">\n",
                           address);
    const int folder =
        paths_make(runtime, 0700) || !paths_is_private(runtime) ? -1 : durable_open(runtime);
    const int result = folder < 0 ? -1 : durable_replace(folder, LINK_NAME, page, strlen(page));
    if (folder >= 0)
        close(folder);
    free(page);
    return result;
}

void view_show(struct view *view)
{
    char *runtime = paths_runtime();
    if (!write_link(runtime, view_address(view))) {
        free(view->link);
        view->link = xasprintf("%s/%s", runtime, LINK_NAME);
        (void)open_page(view->link);
    }
    free(runtime);
}

void view_set_picture(struct view *view, const char *file, const char *name)
{
    char *wanted = name ? xasprintf("%s\n%s", file, name) : NULL, *refused = NULL;
    struct picture picture = {0};
    if (wanted && view->picture && !strcmp(wanted, view->picture)) {
        free(wanted);
        return;
    }
    if (wanted && !picture_load(file, name, &picture, &refused))
        view_server_set_picture(view->server, picture_media_type(picture.type), picture.bytes.text,
                                picture.bytes.length);
    else
        view_server_set_picture(view->server, NULL, NULL, 0);
    free(refused);
    picture_free(&picture);
    free(view->picture);
    view->picture = wanted;
}

void view_send(struct view *view, const char *json)
{
    view_server_send(view->server, json);
}

bool view_is_watched(const struct view *view)
{
    return view && view_server_clients(view->server);
}
