/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/paths.h"

#include "base/mem.h"
#include "base/strbuf.h"

#include <dirent.h>
#include <errno.h>
#include <pwd.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Where nothing can be: what is tried there fails, and that is told. */
#define PATHS_NOWHERE "/dev/null/pasapas"

/* The folders that may hold `guides/` and `voices/`. */
struct roots {
    char **items;
    size_t count, capacity;
};

static void roots_free(struct roots *roots)
{
    mem_free_texts(roots->items, roots->count);
}

static void roots_add(struct roots *roots, char *path)
{
    roots->items = mem_grow(roots->items, &roots->capacity, roots->count + 1, sizeof(char *));
    roots->items[roots->count++] = path;
}

/* The folder of the running program, or NULL. */
static char *program_folder(void)
{
    char path[4096];
    ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);
    if (length <= 0)
        return NULL;
    path[length] = '\0';
    char *slash = strrchr(path, '/');
    return slash ? xstrndup(path, (size_t)(slash - path)) : NULL;
}

static bool is_source_tree(const char *folder)
{
    char *mark = xasprintf("%s/voices/fr/messages.yaml", folder);
    bool found = !access(mark, R_OK);
    free(mark);
    return found;
}

static const char *absolute(const char *variable)
{
    const char *value = getenv(variable);
    return value && value[0] == '/' ? value : NULL;
}

bool paths_is_private(const char *folder)
{
    struct stat status;
    return !lstat(folder, &status) && S_ISDIR(status.st_mode) && status.st_uid == getuid() &&
           !(status.st_mode & (S_IRWXG | S_IRWXO));
}

/* Anybody may have made a folder of this name in /tmp, to read what is said or to replace what is
 * kept: only one that is ours alone is used. */
static char *temporary_root(void)
{
    char *root = xasprintf("/tmp/pasapas-%ld", (long)getuid());
    if (!mkdir(root, 0700) || (errno == EEXIST && paths_is_private(root)))
        return root;
    free(root);
    return xstrdup(PATHS_NOWHERE);
}

/* To be freed; NULL if the learner has none. */
static char *home_folder(void)
{
    const char *home = absolute("HOME");
    const struct passwd *user = home ? NULL : getpwuid(getuid());
    if (user && user->pw_dir && user->pw_dir[0] == '/' && !access(user->pw_dir, W_OK))
        home = user->pw_dir;
    return home ? xstrdup(home) : NULL;
}

/* $VARIABLE/pasapas, or its default below the home folder. */
static char *xdg(const char *variable, const char *below_home)
{
    const char *value = absolute(variable);
    if (value)
        return xasprintf("%s/pasapas", value);
    char *home = home_folder(), *root = home ? NULL : temporary_root();
    char *path =
        home ? xasprintf("%s/%s/pasapas", home, below_home) : xasprintf("%s/%s", root, below_home);
    free(home);
    free(root);
    return path;
}

/* The folders of the system, most important first. */
static void add_system_roots(struct roots *roots)
{
    const char *list = getenv("XDG_DATA_DIRS");
    list = list && *list ? list : "/usr/local/share:/usr/share";
    while (*list) {
        const size_t length = strcspn(list, ":");
        if (*list == '/')
            roots_add(roots, xasprintf("%.*s/pasapas", (int)length, list));
        list += length;
        list += *list == ':';
    }
}

static struct roots find_roots(void)
{
    struct roots roots = {0};
    const char *only = getenv("PASAPAS_DATA");
    if (only && *only) {
        roots_add(&roots, xstrdup(only));
        return roots;
    }
    roots_add(&roots, xdg("XDG_DATA_HOME", ".local/share"));
    char *program = program_folder();
    if (program) {
        char *tree = xasprintf("%s/..", program);
        if (is_source_tree(tree))
            roots_add(&roots, tree);
        else
            free(tree);
        roots_add(&roots, xasprintf("%s/../share/pasapas", program));
        free(program);
    }
    add_system_roots(&roots);
    roots_add(&roots, xstrdup(PKGDATADIR));
    return roots;
}

/* The first of ROOT/kind/NAMEsuffix that exists. */
static char *find(const char *kind, const char *name, const char *suffix)
{
    struct roots roots = find_roots();
    char *found = NULL;
    for (size_t i = 0; i < roots.count && !found; i++) {
        char *path = xasprintf("%s/%s/%s%s", roots.items[i], kind, name, suffix);
        if (access(path, R_OK))
            free(path);
        else
            found = path;
    }
    roots_free(&roots);
    return found;
}

static char *given(const char *path)
{
    return access(path, R_OK) ? NULL : xstrdup(path);
}

char *paths_pack(const char *id)
{
    return strchr(id, '/') ? given(id) : find("voices", id, "");
}

char *paths_view(void)
{
    return find("data", "view", "");
}

bool paths_is_yaml(const char *name)
{
    const size_t length = strlen(name);
    return length > 5 && !strcmp(name + length - 5, ".yaml");
}

char *paths_guide(const char *name)
{
    const bool is_path = strchr(name, '/') || paths_is_yaml(name);
    return is_path ? given(name) : find("guides", name, ".yaml");
}

/* --- listing ----------------------------------------------------------------------------- */

struct listing {
    char **items;
    size_t count, capacity;
};

static bool has_name(const struct listing *listing, const char *name)
{
    for (size_t i = 0; i < listing->count; i++)
        if (!strcmp(strrchr(listing->items[i], '/') + 1, name))
            return true;
    return false;
}

static bool is_wanted(const char *folder, const char *name, const char *inside)
{
    if (name[0] == '.')
        return false;
    if (!inside)
        return paths_is_yaml(name);
    char *path = xasprintf("%s/%s/%s", folder, name, inside);
    bool wanted = !access(path, R_OK);
    free(path);
    return wanted;
}

static void list_folder(struct listing *listing, const char *folder, const char *inside)
{
    struct dirent **entries = NULL;
    int count = scandir(folder, &entries, NULL, alphasort);
    for (int i = 0; i < count; i++) {
        const char *name = entries[i]->d_name;
        if (is_wanted(folder, name, inside) && !has_name(listing, name)) {
            listing->items = mem_grow(listing->items, &listing->capacity, listing->count + 1,
                                      sizeof *listing->items);
            listing->items[listing->count++] = xasprintf("%s/%s", folder, name);
        }
        free(entries[i]);
    }
    free(entries);
}

/* `inside`: a file that a wanted folder holds; NULL: wanted are *.yaml files. */
static size_t list_all(const char *kind, const char *inside, char ***ret_items)
{
    struct roots roots = find_roots();
    struct listing listing = {0};
    for (size_t i = 0; i < roots.count; i++) {
        char *folder = xasprintf("%s/%s", roots.items[i], kind);
        list_folder(&listing, folder, inside);
        free(folder);
    }
    roots_free(&roots);
    *ret_items = listing.items;
    return listing.count;
}

size_t paths_list_guides(char ***ret_files)
{
    return list_all("guides", NULL, ret_files);
}

size_t paths_list_packs(char ***ret_folders)
{
    return list_all("voices", "voice.yaml", ret_folders);
}

/* --- the learner's own folders ------------------------------------------------------------- */

char *paths_data(void)
{
    const char *only = getenv("PASAPAS_DATA");
    return only && *only ? xstrdup(only) : xdg("XDG_DATA_HOME", ".local/share");
}

char *paths_state(void)
{
    return xdg("XDG_STATE_HOME", ".local/state");
}

char *paths_config(void)
{
    return xdg("XDG_CONFIG_HOME", ".config");
}

char *paths_cache(void)
{
    return xdg("XDG_CACHE_HOME", ".cache");
}

char *paths_runtime(void)
{
    const char *runtime = absolute("XDG_RUNTIME_DIR");
    return runtime ? xasprintf("%s/pasapas", runtime) : temporary_root();
}

int paths_make(const char *folder, mode_t mode)
{
    char *path = xstrdup(folder);
    int result = 0;
    for (char *slash = path + 1; !result && (slash = strchr(slash, '/')); slash++) {
        *slash = '\0';
        if (mkdir(path, mode) && errno != EEXIST)
            result = -1;
        *slash = '/';
    }
    if (!result && mkdir(path, mode) && errno != EEXIST)
        result = -1;
    free(path);
    return result;
}

char *paths_stem(const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;
    const char *dot = strrchr(name, '.');
    return dot ? xstrndup(name, (size_t)(dot - name)) : xstrdup(name);
}
