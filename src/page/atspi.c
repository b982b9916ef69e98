/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "page/atspi.h"

#ifdef HAVE_ATSPI

#include "base/mem.h"

#include <dbus/dbus.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define ACCESSIBLE "org.a11y.atspi.Accessible"
#define PROPERTIES "org.freedesktop.DBus.Properties"

/* Of AT-SPI's collections. */
enum { MATCH_ALL = 1, MATCH_ANY = 2, ORDER_CANONICAL = 1, ROLE_WORDS = 4 };

/* --- references ------------------------------------------------------------------------------- */

bool atspi_same(const struct atspi_ref *a, const struct atspi_ref *b)
{
    return !strcmp(a->path, b->path) && !strcmp(a->owner, b->owner);
}

struct atspi_ref atspi_ref_copy(const struct atspi_ref *ref)
{
    return (struct atspi_ref){xstrdup(ref->owner), xstrdup(ref->path)};
}

void atspi_ref_clear(struct atspi_ref *ref)
{
    free(ref->owner);
    free(ref->path);
    *ref = (struct atspi_ref){0};
}

void atspi_list_clear(struct atspi_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        atspi_ref_clear(&list->items[i]);
    free(list->items);
    *list = (struct atspi_list){0};
}

/* --- messages --------------------------------------------------------------------------------- */

/* Sends a call, takes it over, and waits. The answer is to be unreferenced; NULL: an error or
 * none. */
static DBusMessage *send(DBusConnection *connection, DBusMessage *call)
{
    DBusMessage *answer =
        dbus_connection_send_with_reply_and_block(connection, call, ATSPI_CALL_MS, NULL);
    dbus_message_unref(call);
    return answer;
}

/* Sends a call and takes it over; the answer is waited for later. NULL: it could not be sent. */
static DBusPendingCall *send_on(DBusConnection *connection, DBusMessage *call)
{
    DBusPendingCall *pending = NULL;
    if (!dbus_connection_send_with_reply(connection, call, &pending, ATSPI_CALL_MS))
        mem_is_out();
    dbus_message_unref(call);
    return pending;
}

/* Waits for the answer, which is as that of send(). Accepts NULL. */
static DBusMessage *wait_for(DBusPendingCall *pending)
{
    if (!pending)
        return NULL;
    dbus_pending_call_block(pending);
    DBusMessage *answer = dbus_pending_call_steal_reply(pending);
    dbus_pending_call_unref(pending);
    if (answer && dbus_message_get_type(answer) == DBUS_MESSAGE_TYPE_ERROR) {
        dbus_message_unref(answer);
        return NULL;
    }
    return answer;
}

static DBusMessage *new_call(const struct atspi_ref *of, const char *interface, const char *method)
{
    DBusMessage *call = dbus_message_new_method_call(of->owner, of->path, interface, method);
    if (!call)
        mem_is_out();
    return call;
}

/* Stands at the first value of an answer if it is of this type. */
static bool begins_with(DBusMessage *answer, int type, DBusMessageIter *ret_at)
{
    return answer && dbus_message_iter_init(answer, ret_at) &&
           dbus_message_iter_get_arg_type(ret_at) == type;
}

static DBusMessage *new_question(const struct atspi_ref *of, const char *interface,
                                 const char *property)
{
    DBusMessage *call = new_call(of, PROPERTIES, "Get");
    dbus_message_append_args(call, DBUS_TYPE_STRING, &interface, DBUS_TYPE_STRING, &property,
                             DBUS_TYPE_INVALID);
    return call;
}

/* Stands at the value of a property in an answer, if it is of this type. */
static bool holds(DBusMessage *answer, int type, DBusMessageIter *ret_at)
{
    DBusMessageIter variant;
    if (!begins_with(answer, DBUS_TYPE_VARIANT, &variant))
        return false;
    dbus_message_iter_recurse(&variant, ret_at);
    return dbus_message_iter_get_arg_type(ret_at) == type;
}

/* Asks for a property; stands at its value if it is of this type. The answer is to be unreferenced
 * in any case (it may be NULL). */
static bool get_property(DBusConnection *connection, const struct atspi_ref *of,
                         const char *interface, const char *property, int type,
                         DBusMessage **ret_answer, DBusMessageIter *ret_at)
{
    *ret_answer = send(connection, new_question(of, interface, property));
    return holds(*ret_answer, type, ret_at);
}

static void forget(DBusMessage *answer)
{
    if (answer)
        dbus_message_unref(answer);
}

static int get_text(DBusConnection *connection, const struct atspi_ref *of, const char *interface,
                    const char *property, char **ret_text)
{
    DBusMessage *answer;
    DBusMessageIter at;
    const char *text = NULL;
    const bool is =
        get_property(connection, of, interface, property, DBUS_TYPE_STRING, &answer, &at);
    if (is) {
        dbus_message_iter_get_basic(&at, &text);
        *ret_text = xstrdup(text);
    }
    forget(answer);
    return is ? 0 : -1;
}

/* A reference where `at` stands: (so). */
static bool read_ref(DBusMessageIter *at, struct atspi_ref *ret_ref)
{
    DBusMessageIter inner;
    const char *owner, *path;
    if (dbus_message_iter_get_arg_type(at) != DBUS_TYPE_STRUCT)
        return false;
    dbus_message_iter_recurse(at, &inner);
    if (dbus_message_iter_get_arg_type(&inner) != DBUS_TYPE_STRING)
        return false;
    dbus_message_iter_get_basic(&inner, &owner);
    dbus_message_iter_next(&inner);
    if (dbus_message_iter_get_arg_type(&inner) != DBUS_TYPE_OBJECT_PATH)
        return false;
    dbus_message_iter_get_basic(&inner, &path);
    /* An owner that is no name could not be called. */
    if (!dbus_validate_bus_name(owner, NULL))
        return false;
    *ret_ref = (struct atspi_ref){xstrdup(owner), xstrdup(path)};
    return true;
}

/* Takes an answer over. */
static int read_list(DBusMessage *answer, struct atspi_list *ret_list)
{
    DBusMessageIter array, at;
    struct atspi_list list = {0};
    size_t capacity = 0;
    const bool is = begins_with(answer, DBUS_TYPE_ARRAY, &array);
    if (is) {
        dbus_message_iter_recurse(&array, &at);
        struct atspi_ref ref;
        for (; dbus_message_iter_get_arg_type(&at) == DBUS_TYPE_STRUCT; dbus_message_iter_next(&at))
            if (read_ref(&at, &ref)) {
                list.items = mem_grow(list.items, &capacity, list.count + 1, sizeof *list.items);
                list.items[list.count++] = ref;
            }
        *ret_list = list;
    }
    forget(answer);
    return is ? 0 : -1;
}

/* --- the bus ---------------------------------------------------------------------------------- */

static const struct atspi_ref status = {"org.a11y.Bus", "/org/a11y/bus"};

/* libdbus knows its connections as this type; it is never looked into. */
static DBusConnection *connection_of(struct atspi *bus)
{
    return (DBusConnection *)bus;
}

static DBusConnection *open_session(void)
{
    DBusConnection *session = dbus_bus_get_private(DBUS_BUS_SESSION, NULL);
    if (session)
        dbus_connection_set_exit_on_disconnect(session, FALSE);
    return session;
}

static void close_session(DBusConnection *session)
{
    dbus_connection_close(session);
    dbus_connection_unref(session);
}

struct atspi *atspi_open(void)
{
    DBusMessageIter at;
    DBusConnection *session = open_session(), *bus = NULL;
    if (!session)
        return NULL;
    DBusMessage *answer = send(session, new_call(&status, "org.a11y.Bus", "GetAddress"));
    if (begins_with(answer, DBUS_TYPE_STRING, &at)) {
        const char *address;
        dbus_message_iter_get_basic(&at, &address);
        bus = dbus_connection_open_private(address, NULL);
    }
    forget(answer);
    close_session(session);
    if (bus)
        dbus_connection_set_exit_on_disconnect(bus, FALSE);
    if (bus && !dbus_bus_register(bus, NULL)) {
        atspi_close((struct atspi *)bus);
        bus = NULL;
    }
    return (struct atspi *)bus;
}

void atspi_close(struct atspi *bus)
{
    if (!bus)
        return;
    dbus_connection_close(connection_of(bus));
    dbus_connection_unref(connection_of(bus));
}

/* --- calls ------------------------------------------------------------------------------------ */

int atspi_children(struct atspi *bus, const struct atspi_ref *of, struct atspi_list *ret_list)
{
    return read_list(send(connection_of(bus), new_call(of, ACCESSIBLE, "GetChildren")), ret_list);
}

int atspi_programs(struct atspi *bus, struct atspi_list *ret_list)
{
    static const struct atspi_ref desktop = {"org.a11y.atspi.Registry",
                                             "/org/a11y/atspi/accessible/root"};
    return atspi_children(bus, &desktop, ret_list);
}

int atspi_parent(struct atspi *bus, const struct atspi_ref *of, struct atspi_ref *ret_parent)
{
    DBusMessage *answer;
    DBusMessageIter at;
    const bool is = get_property(connection_of(bus), of, ACCESSIBLE, "Parent", DBUS_TYPE_STRUCT,
                                 &answer, &at) &&
                    read_ref(&at, ret_parent);
    forget(answer);
    return is ? 0 : -1;
}

/* A number that a call without arguments answers. Of the two types one is signed, the other is not:
 * a role, an index. */
static int ask_number(struct atspi *bus, const struct atspi_ref *of, const char *method, int type,
                      int *ret_number)
{
    DBusMessageIter at;
    DBusMessage *answer = send(connection_of(bus), new_call(of, ACCESSIBLE, method));
    const bool is = begins_with(answer, type, &at);
    if (is)
        dbus_message_iter_get_basic(&at, ret_number);
    forget(answer);
    return is ? 0 : -1;
}

int atspi_index(struct atspi *bus, const struct atspi_ref *of, int *ret_index)
{
    return ask_number(bus, of, "GetIndexInParent", DBUS_TYPE_INT32, ret_index);
}

int atspi_role(struct atspi *bus, const struct atspi_ref *of, int *ret_role)
{
    return ask_number(bus, of, "GetRole", DBUS_TYPE_UINT32, ret_role);
}

int atspi_has_state(struct atspi *bus, const struct atspi_ref *of, enum atspi_state state,
                    bool *ret_has)
{
    DBusMessageIter array, at;
    uint32_t words[2] = {0};
    DBusMessage *answer = send(connection_of(bus), new_call(of, ACCESSIBLE, "GetState"));
    const bool is = begins_with(answer, DBUS_TYPE_ARRAY, &array);
    if (is) {
        dbus_message_iter_recurse(&array, &at);
        for (size_t i = 0; i < 2 && dbus_message_iter_get_arg_type(&at) == DBUS_TYPE_UINT32; i++) {
            dbus_message_iter_get_basic(&at, &words[i]);
            dbus_message_iter_next(&at);
        }
        *ret_has = words[state / 32] >> state % 32 & 1;
    }
    forget(answer);
    return is ? 0 : -1;
}

int atspi_name(struct atspi *bus, const struct atspi_ref *of, char **ret_name)
{
    return get_text(connection_of(bus), of, ACCESSIBLE, "Name", ret_name);
}

void atspi_names(struct atspi *bus, const struct atspi_ref *const *of, size_t count,
                 char **ret_names)
{
    DBusPendingCall *pending[ATSPI_NAMES_MAX] = {NULL};
    for (size_t i = 0; i < count; i++)
        if (of[i])
            pending[i] = send_on(connection_of(bus), new_question(of[i], ACCESSIBLE, "Name"));
    for (size_t i = 0; i < count; i++) {
        DBusMessageIter at;
        const char *name;
        DBusMessage *answer = wait_for(pending[i]);
        ret_names[i] = NULL;
        if (holds(answer, DBUS_TYPE_STRING, &at)) {
            dbus_message_iter_get_basic(&at, &name);
            ret_names[i] = xstrdup(name);
        }
        forget(answer);
    }
}

int atspi_toolkit(struct atspi *bus, const struct atspi_ref *program, char **ret_toolkit)
{
    return get_text(connection_of(bus), program, "org.a11y.atspi.Application", "ToolkitName",
                    ret_toolkit);
}

int atspi_grab_focus(struct atspi *bus, const struct atspi_ref *of)
{
    DBusMessageIter at;
    dbus_bool_t moved = FALSE;
    DBusMessage *answer =
        send(connection_of(bus), new_call(of, "org.a11y.atspi.Component", "GrabFocus"));
    if (begins_with(answer, DBUS_TYPE_BOOLEAN, &at))
        dbus_message_iter_get_basic(&at, &moved);
    forget(answer);
    return moved ? 0 : -1;
}

/* --- searches --------------------------------------------------------------------------------- */

static void append_int(DBusMessageIter *at, int32_t number)
{
    dbus_message_iter_append_basic(at, DBUS_TYPE_INT32, &number);
}

static void append_words(DBusMessageIter *at, const uint32_t *words, size_t count)
{
    DBusMessageIter array;
    dbus_message_iter_open_container(at, DBUS_TYPE_ARRAY, "i", &array);
    for (size_t i = 0; i < count; i++)
        append_int(&array, (int32_t)words[i]);
    dbus_message_iter_close_container(at, &array);
}

static void append_nothing(DBusMessageIter *at, const char *type)
{
    DBusMessageIter array;
    dbus_message_iter_open_container(at, DBUS_TYPE_ARRAY, type, &array);
    dbus_message_iter_close_container(at, &array);
}

/* A rule, (aiia{ss}iaiiasib): states, attributes, roles, interfaces, each with how they match, and
 * whether it is turned round. */
static void append_rule(DBusMessageIter *at, const int *roles, size_t role_count,
                        enum atspi_state state)
{
    DBusMessageIter rule;
    uint32_t states[2] = {0}, sets[ROLE_WORDS] = {0};
    const dbus_bool_t turned = FALSE;
    if (state != ATSPI_ANY_STATE)
        states[state / 32] |= UINT32_C(1) << state % 32;
    for (size_t i = 0; i < role_count; i++)
        sets[roles[i] / 32] |= UINT32_C(1) << roles[i] % 32;
    dbus_message_iter_open_container(at, DBUS_TYPE_STRUCT, NULL, &rule);
    append_words(&rule, states, 2);
    append_int(&rule, MATCH_ALL);
    append_nothing(&rule, "{ss}");
    append_int(&rule, MATCH_ALL);
    append_words(&rule, sets, ROLE_WORDS);
    append_int(&rule, role_count ? MATCH_ANY : MATCH_ALL);
    append_nothing(&rule, "s");
    append_int(&rule, MATCH_ALL);
    dbus_message_iter_append_basic(&rule, DBUS_TYPE_BOOLEAN, &turned);
    dbus_message_iter_close_container(at, &rule);
}

int atspi_below(struct atspi *bus, const struct atspi_ref *top, const int *roles, size_t role_count,
                enum atspi_state state, int most, struct atspi_list *ret_list)
{
    DBusMessageIter at;
    const uint32_t order = ORDER_CANONICAL;
    const dbus_bool_t deep = TRUE;
    DBusMessage *call = new_call(top, "org.a11y.atspi.Collection", "GetMatches");
    dbus_message_iter_init_append(call, &at);
    append_rule(&at, roles, role_count, state);
    dbus_message_iter_append_basic(&at, DBUS_TYPE_UINT32, &order);
    append_int(&at, most);
    dbus_message_iter_append_basic(&at, DBUS_TYPE_BOOLEAN, &deep);
    return read_list(send(connection_of(bus), call), ret_list);
}

/* --- events ----------------------------------------------------------------------------------- */

static const struct {
    const char *name, *rule, *interface, *member;
    enum atspi_event_kind kind;
} events[] = {
    {"object:state-changed:focused",
     "type='signal',interface='org.a11y.atspi.Event.Object',member='StateChanged',arg0='focused'",
     "org.a11y.atspi.Event.Object", "StateChanged", ATSPI_EVENT_FOCUSED},
    {"document:load-complete",
     "type='signal',interface='org.a11y.atspi.Event.Document',member='LoadComplete'",
     "org.a11y.atspi.Event.Document", "LoadComplete", ATSPI_EVENT_LOADED},
};

/* A call with a text as its argument. */
static int call_with_text(struct atspi *bus, const struct atspi_ref *of, const char *interface,
                          const char *method, const char *text)
{
    DBusMessage *call = new_call(of, interface, method);
    dbus_message_append_args(call, DBUS_TYPE_STRING, &text, DBUS_TYPE_INVALID);
    DBusMessage *answer = send(connection_of(bus), call);
    const int result = answer ? 0 : -1;
    forget(answer);
    return result;
}

int atspi_listen(struct atspi *bus, bool wished)
{
    static const struct atspi_ref registry = {"org.a11y.atspi.Registry",
                                              "/org/a11y/atspi/registry"};
    static const struct atspi_ref daemon = {DBUS_SERVICE_DBUS, DBUS_PATH_DBUS};
    int result = 0;
    for (size_t i = 0; i < COUNT_OF(events); i++) {
        result |= call_with_text(bus, &daemon, DBUS_INTERFACE_DBUS,
                                 wished ? "AddMatch" : "RemoveMatch", events[i].rule);
        result |= call_with_text(bus, &registry, "org.a11y.atspi.Registry",
                                 wished ? "RegisterEvent" : "DeregisterEvent", events[i].name);
    }
    return result;
}

/* Something that lost the focus is no event. */
static enum atspi_event_kind kind_of(DBusMessage *message)
{
    const char *detail;
    dbus_int32_t on;
    for (size_t i = 0; i < COUNT_OF(events); i++) {
        if (!dbus_message_is_signal(message, events[i].interface, events[i].member))
            continue;
        if (events[i].kind != ATSPI_EVENT_FOCUSED)
            return events[i].kind;
        if (dbus_message_get_args(message, NULL, DBUS_TYPE_STRING, &detail, DBUS_TYPE_INT32, &on,
                                  DBUS_TYPE_INVALID) &&
            !strcmp(detail, "focused") && on)
            return events[i].kind;
    }
    return ATSPI_EVENT_NONE;
}

int atspi_next_event(struct atspi *bus, struct atspi_event *ret_event)
{
    DBusMessage *message;
    if (!dbus_connection_read_write(connection_of(bus), 0))
        return -1;
    struct atspi_event event = {ATSPI_EVENT_NONE, {NULL, NULL}};
    while (!event.kind && (message = dbus_connection_pop_message(connection_of(bus)))) {
        event.kind = kind_of(message);
        if (event.kind)
            event.source = (struct atspi_ref){xstrdup(dbus_message_get_sender(message)),
                                              xstrdup(dbus_message_get_path(message))};
        dbus_message_unref(message);
    }
    *ret_event = event;
    return 0;
}

int atspi_fd(struct atspi *bus)
{
    int fd = -1;
    dbus_connection_get_unix_fd(connection_of(bus), &fd);
    return fd;
}

/* --- whether anybody looks -------------------------------------------------------------------- */

#define STATUS "org.a11y.Status"

static int get_status(const char *property, bool *ret_is)
{
    DBusMessage *answer;
    DBusMessageIter at;
    dbus_bool_t value = FALSE;
    DBusConnection *session = open_session();
    if (!session)
        return -1;
    const bool is =
        get_property(session, &status, STATUS, property, DBUS_TYPE_BOOLEAN, &answer, &at);
    if (is) {
        dbus_message_iter_get_basic(&at, &value);
        *ret_is = value;
    }
    forget(answer);
    close_session(session);
    return is ? 0 : -1;
}

int atspi_get_enabled(bool *ret_enabled)
{
    return get_status("IsEnabled", ret_enabled);
}

int atspi_get_screen_reader(bool *ret_there)
{
    return get_status("ScreenReaderEnabled", ret_there);
}

int atspi_set_enabled(bool enabled)
{
    const char *interface = STATUS, *property = "IsEnabled";
    const dbus_bool_t wanted = enabled;
    DBusMessageIter at, variant;
    DBusConnection *session = open_session();
    if (!session)
        return -1;
    DBusMessage *call = new_call(&status, PROPERTIES, "Set");
    dbus_message_iter_init_append(call, &at);
    dbus_message_iter_append_basic(&at, DBUS_TYPE_STRING, &interface);
    dbus_message_iter_append_basic(&at, DBUS_TYPE_STRING, &property);
    dbus_message_iter_open_container(&at, DBUS_TYPE_VARIANT, "b", &variant);
    dbus_message_iter_append_basic(&variant, DBUS_TYPE_BOOLEAN, &wanted);
    dbus_message_iter_close_container(&at, &variant);
    DBusMessage *answer = send(session, call);
    const int result = answer ? 0 : -1;
    forget(answer);
    close_session(session);
    return result;
}

#endif
