/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/keyboard.h"

#include "app/keystroke.h"
#include "app/terminal.h"
#include "app/typed_line.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "base/text.h"
#include "base/timer.h"

#include <errno.h>
#include <poll.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* In ms. An arrow comes whole within ESCAPE of its first byte, which is Escape; no hand types two
 * characters within BURST; a second digit is waited for so long; a paste whose end never comes is
 * over after such a silence; a line is shown again this soon. */
#define ESCAPE    20
#define BURST     50
#define NUMBER    1500
#define PASTE_END 500
#define SHOW      50
/* A slow line (a telephone, a distant machine) may part Escape from the rest of an arrow for so
 * long. */
#define TAIL 500

struct keyboard {
    struct terminal terminal;
    struct typed_line line; /* that is being typed on the terminal */
    bool single;            /* a character is a key */
    bool space_key, enter_key;
    bool wants_line;
    int highest; /* of the numbers that can be chosen */
    bool ended;
    bool told_end;
    int timer;
    struct strbuf bytes; /* read and not yet taken */
    size_t taken;        /* bytes of it already given */
    int64_t read_at;     /* ms: when the last of them came */
    bool is_private;
    size_t secret;  /* so many of the bytes that are left were typed when it was private, */
    bool burst;     /* and so is what follows them without a pause */
    bool pasting;   /* between the marks of a paste */
    char number;    /* a digit that waits for another one, or 0 */
    int64_t due_at; /* ms: when it waits no longer */
    char begun[KEYSTROKE_BEGUN]; /* what came last, if it may have been the beginning of a key */
    int64_t begun_at;
    int64_t aside_at;
    struct strbuf text; /* what keyboard_next() gives */
};

struct keyboard *keyboard_open(int fd, bool single_keys)
{
    struct keyboard *input = xcalloc(1, sizeof *input);
    terminal_open(&input->terminal, fd);
    input->line.terminal = &input->terminal;
    input->timer = input->terminal.is_terminal ? timer_open() : -1;
    input->single = single_keys;
    terminal_take(&input->terminal);
    return input;
}

void keyboard_close(struct keyboard *input)
{
    if (!input)
        return;
    keyboard_rest(input);
    /* What came meanwhile is no command for the shell either. */
    terminal_forget_input(&input->terminal);
    timer_close(input->timer);
    typed_line_free(&input->line);
    strbuf_free(&input->bytes);
    strbuf_free(&input->text);
    free(input);
}

void keyboard_set_keys(struct keyboard *input, bool single_keys)
{
    input->single = single_keys;
}

void keyboard_set_switches(struct keyboard *input, bool space, bool enter)
{
    input->space_key = space;
    input->enter_key = enter;
}

void keyboard_set_numbers(struct keyboard *input, int highest)
{
    input->highest = highest;
}

void keyboard_expect_line(struct keyboard *input, bool line)
{
    input->wants_line = line;
}

int keyboard_fd(const struct keyboard *input)
{
    return input->ended ? -1 : input->terminal.fd;
}

int keyboard_timer_fd(const struct keyboard *input)
{
    return input->timer;
}

bool keyboard_is_terminal(const struct keyboard *input)
{
    return input->terminal.is_terminal;
}

void keyboard_rest(struct keyboard *input)
{
    if (!input)
        return;
    typed_line_step_aside(&input->line);
    terminal_give_back(&input->terminal);
}

void keyboard_wake(struct keyboard *input)
{
    if (!input)
        return;
    terminal_take(&input->terminal);
    keyboard_step_aside(input);
}

/* --- bytes ------------------------------------------------------------------------------------ */

static size_t left(const struct keyboard *input)
{
    return input->bytes.length - input->taken;
}

static const char *at(const struct keyboard *input)
{
    return input->bytes.text ? input->bytes.text + input->taken : "";
}

static void take(struct keyboard *input, size_t count)
{
    input->taken += count;
    input->secret -= input->secret < count ? input->secret : count;
    if (input->taken < input->bytes.length)
        return;
    strbuf_truncate(&input->bytes, 0);
    input->taken = 0;
}

/* Nothing came for so long: what is there was not typed, or pasted, on. */
static bool is_quiet(const struct keyboard *input, int ms)
{
    return timer_now() - input->read_at >= ms;
}

static bool is_more_there(const struct keyboard *input)
{
    struct pollfd wait = {.fd = input->terminal.fd, .events = POLLIN};
    return !input->ended && poll(&wait, 1, 0) > 0;
}

/* How long is waited for the rest of what is there. Escape silences the voice: it must not wait. */
static int patience(const struct keyboard *input)
{
    return *at(input) == '\x1b' ? ESCAPE : BURST;
}

static void add_bytes(struct keyboard *input, const char *bytes, size_t count)
{
    if (is_quiet(input, BURST))
        input->burst = false;
    if (is_quiet(input, PASTE_END))
        input->pasting = false;
    strbuf_add_bytes(&input->bytes, bytes, count);
    if (input->burst)
        input->secret = left(input);
    input->read_at = timer_now();
}

void keyboard_read(struct keyboard *input)
{
    char block[4096];
    if (!is_more_there(input))
        return;
    const ssize_t got = read(input->terminal.fd, block, sizeof block);
    if (got > 0)
        add_bytes(input, block, (size_t)got);
    else if (got == 0 || (errno != EINTR && errno != EAGAIN))
        input->ended = true;
}

void keyboard_set_private(struct keyboard *input, bool is_private)
{
    if (!input->terminal.is_terminal || input->is_private == is_private)
        return;
    input->is_private = is_private;
    if (is_private) {
        input->number = 0;
        if (input->line.open)
            typed_line_hide(&input->line);
        return;
    }
    for (size_t before = SIZE_MAX; !input->ended && left(input) != before;) {
        before = left(input);
        keyboard_read(input);
    }
    input->secret = left(input);
    input->burst = input->secret > 0;
}

/* --- a pipe ----------------------------------------------------------------------------------- */

static struct keyboard_input give(struct keyboard *input, enum keyboard_kind kind,
                                  const char *bytes, size_t length)
{
    strbuf_truncate(&input->text, 0);
    strbuf_add_bytes(&input->text, bytes, length);
    return (struct keyboard_input){.kind = kind, .text = input->text.text};
}

static struct keyboard_input next_line(struct keyboard *input)
{
    const char *start = at(input);
    size_t available = left(input);
    const char *end = available ? memchr(start, '\n', available) : NULL;
    if (!end && !(available && input->ended) && available < TYPED_LINE_MAX)
        return (struct keyboard_input){0};
    size_t length = end ? (size_t)(end - start) : available;
    size_t used = end ? length + 1 : length;
    if (length && start[length - 1] == '\r')
        length--;
    const struct keyboard_input given =
        give(input, KEYBOARD_LINE, start, length < TYPED_LINE_MAX ? length : TYPED_LINE_MAX);
    take(input, used);
    return given;
}

/* --- a terminal: lines ------------------------------------------------------------------------ */

/* True if the byte that comes next was, or is, typed where it may be a secret. */
static bool is_secret(const struct keyboard *input)
{
    return input->is_private || input->secret || (input->line.open && input->line.hidden);
}

static struct keyboard_input give_key(struct keyboard *input, const char *name)
{
    return give(input, KEYBOARD_KEY, name, strlen(name));
}

static void add(struct keyboard *input, const char *character, size_t length)
{
    if (!input->line.open)
        typed_line_open(&input->line, is_secret(input));
    typed_line_add(&input->line, character, length);
}

static struct keyboard_input enter(struct keyboard *input)
{
    struct typed_line *line = &input->line;
    const bool hidden = line->open && line->hidden;
    if (line->open && line->text.length) {
        typed_line_end(line);
        struct keyboard_input given =
            give(input, KEYBOARD_LINE, line->text.text, line->text.length);
        given.is_private = hidden;
        given.shown = !hidden;
        return given;
    }
    const bool begins = input->single && !line->open && !is_secret(input);
    typed_line_drop(line);
    if (input->enter_key)
        return give_key(input, "enter");
    if (begins)
        typed_line_open(line, false);
    return (struct keyboard_input){0};
}

static void erase(struct keyboard *input, enum keystroke_kind kind)
{
    struct typed_line *line = &input->line;
    if (!line->open)
        return;
    if (kind == KEYSTROKE_ERASE)
        typed_line_erase(line);
    else if (kind == KEYSTROKE_ERASE_WORD)
        typed_line_erase_word(line);
    else if (kind == KEYSTROKE_ERASE_ALL)
        typed_line_erase_all(line);
    if (line->hidden && !line->text.length)
        typed_line_drop(line);
}

/* Ends of lines in a paste are spaces: it is given by a key that somebody presses. */
static void paste(struct keyboard *input, const struct keystroke *stroke)
{
    const size_t length = input->line.open ? input->line.text.length : 0;
    if (stroke->kind == KEYSTROKE_CHARACTER)
        add(input, at(input), stroke->length);
    else if (stroke->kind == KEYSTROKE_ENTER && length && input->line.text.text[length - 1] != ' ')
        add(input, " ", 1);
    else if (stroke->kind == KEYSTROKE_PASTE_END)
        input->pasting = false;
    take(input, stroke->length);
}

/* --- a terminal: keys ------------------------------------------------------------------------- */

/* True if Space is a key now, and no character of a line. */
static bool is_space_key(const struct keyboard *input)
{
    const struct typed_line *line = &input->line;
    const size_t length = line->open ? line->text.length : 0;
    return input->space_key && *at(input) == ' ' && (!length || line->text.text[length - 1] == ' ');
}

static struct keyboard_input named_key(struct keyboard *input, const char *name)
{
    const bool escape = !strcmp(name, "escape");
    /* An arrow in a burst is a part of whatever was pasted. */
    const bool pasted = input->single && input->line.open && !is_quiet(input, BURST);
    if (escape)
        typed_line_drop(&input->line);
    else if (is_secret(input) || pasted)
        return (struct keyboard_input){0};
    return give_key(input, name);
}

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static struct keyboard_input give_number(struct keyboard *input, const char *second)
{
    const char digits[] = {input->number, second ? *second : '\0', '\0'};
    input->number = 0;
    return give_key(input, digits);
}

/* So many bytes at the beginning are one character, again and again. */
static size_t run_length(const struct keyboard *input, size_t length)
{
    size_t run = length;
    while (run + length <= left(input) && !memcmp(at(input), at(input) + run, length))
        run += length;
    return run;
}

/*
 * A character with single keys. False: it has to be seen whether more comes with it. A key that is
 * held down is pressed once; what is not one key is the beginning of a line.
 */
static bool single_key(struct keyboard *input, size_t length, struct keyboard_input *ret_given)
{
    const bool number = left(input) <= 2 && at(input)[0] != '0' && is_digit(at(input)[0]) &&
                        (at(input)[0] - '0') * 10 <= input->highest;
    const bool digits = number && left(input) == 2 && is_digit(at(input)[1]);
    const size_t run = run_length(input, length);
    if (run < left(input) && !digits) {
        add(input, at(input), length);
        take(input, length);
        return true;
    }
    if (!is_quiet(input, BURST))
        return false;
    if (number && !digits) {
        input->number = *at(input);
        input->due_at = timer_now() + NUMBER;
    } else if (digits || run == length) {
        *ret_given = give(input, KEYBOARD_KEY, at(input), digits ? 2 : length);
    }
    take(input, digits ? 2 : run);
    return true;
}

/* A character. False: wait. */
static bool character(struct keyboard *input, size_t length, struct keyboard_input *ret_given)
{
    if (is_space_key(input)) {
        typed_line_drop(&input->line);
        *ret_given = give_key(input, " ");
    } else if (input->single && !input->line.open && !is_secret(input) && !input->wants_line) {
        return single_key(input, length, ret_given);
    } else {
        add(input, at(input), length);
    }
    take(input, length);
    return true;
}

/* The digit that waited, with what was pressed after it. */
static struct keyboard_input after_digit(struct keyboard *input, const struct keystroke *stroke)
{
    const bool second = stroke->kind == KEYSTROKE_CHARACTER && is_digit(*at(input));
    const struct keyboard_input given = give_number(input, second ? at(input) : NULL);
    if (second || stroke->kind == KEYSTROKE_ENTER)
        take(input, stroke->length);
    return given;
}

/* An arrow whose beginning was taken alone, as Escape or as nothing, is not told again, nor a text.
 */
static struct keystroke read_stroke(struct keyboard *input)
{
    const bool quiet = is_quiet(input, patience(input));
    const bool late = input->read_at - input->begun_at > TAIL;
    const struct keystroke stroke =
        *input->begun && !late ? keystroke_read_tail(input->begun, at(input), left(input), quiet)
                               : keystroke_read(at(input), left(input), quiet);
    if (stroke.kind == KEYSTROKE_NONE)
        return stroke;
    *input->begun = '\0';
    if (*at(input) == '\x1b' && stroke.length == left(input) && left(input) < KEYSTROKE_BEGUN &&
        (stroke.kind == KEYSTROKE_OTHER || stroke.length == 1)) {
        memcpy(input->begun, at(input), stroke.length);
        input->begun[stroke.length] = '\0';
        input->begun_at = input->read_at;
    }
    return stroke;
}

/* What was pressed first of what is there. False: wait for more. */
static bool take_stroke(struct keyboard *input, struct keyboard_input *ret_given)
{
    const struct keystroke stroke = read_stroke(input);
    if (stroke.kind == KEYSTROKE_NONE)
        return false;
    if (input->number) {
        *ret_given = after_digit(input, &stroke);
        return true;
    }
    if (input->pasting) {
        paste(input, &stroke);
        return true;
    }
    if (stroke.kind == KEYSTROKE_CHARACTER)
        return character(input, stroke.length, ret_given);
    if (stroke.kind == KEYSTROKE_ENTER)
        *ret_given = enter(input);
    else if (stroke.kind == KEYSTROKE_KEY)
        *ret_given = named_key(input, stroke.name);
    else if (stroke.kind == KEYSTROKE_PASTE)
        input->pasting = true;
    else if (stroke.kind == KEYSTROKE_END)
        input->ended |= !is_secret(input) && !(input->line.open && input->line.text.length);
    else
        erase(input, stroke.kind);
    take(input, stroke.length);
    return true;
}

/* --- what comes next -------------------------------------------------------------------------- */

void keyboard_step_aside(struct keyboard *input)
{
    typed_line_step_aside(&input->line);
    input->aside_at = timer_now();
    if (input->line.open && !input->line.hidden && !left(input) && !input->number)
        timer_start(input->timer, SHOW);
}

/* Asks to be called again when something is due that no key brings. */
static void wait_for_time(struct keyboard *input)
{
    const struct typed_line *line = &input->line;
    const bool aside = line->open && !line->hidden && !line->shown;
    int64_t due = INT64_MAX;
    if (left(input))
        due = input->read_at + patience(input);
    if (input->number && input->due_at < due)
        due = input->due_at;
    if (aside && input->aside_at + SHOW < due)
        due = input->aside_at + SHOW;
    const int64_t wait = due - timer_now();
    timer_start(input->timer, due == INT64_MAX ? 0 : wait < 1 ? 1 : (int)wait);
}

static struct keyboard_input next_typed(struct keyboard *input)
{
    struct keyboard_input given = {0};
    timer_clear(input->timer);
    /* What came while something else was done has not paused: it only was not read. */
    if (is_more_there(input))
        input->read_at = timer_now();
    while (left(input) && !input->ended) {
        if (!take_stroke(input, &given))
            break;
        if (given.kind != KEYBOARD_NOTHING)
            return given;
    }
    if (input->number && timer_now() >= input->due_at)
        return give_number(input, NULL);
    if (timer_now() >= input->aside_at + SHOW)
        typed_line_show(&input->line);
    wait_for_time(input);
    return given;
}

struct keyboard_input keyboard_next(struct keyboard *input)
{
    const struct keyboard_input given =
        input->terminal.is_terminal ? next_typed(input) : next_line(input);
    if (given.kind != KEYBOARD_NOTHING || !input->ended || input->told_end)
        return given;
    input->told_end = true;
    return (struct keyboard_input){.kind = KEYBOARD_END};
}
