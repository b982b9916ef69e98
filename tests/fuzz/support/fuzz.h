/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * fuzz: what the fuzzers have in common: what they demand, the words that mistakes are told in, an
 * input as a file.
 */
#ifndef PASAPAS_FUZZ_H
#define PASAPAS_FUZZ_H

#include "base/diag.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct phone_set;

/* libFuzzer's entry point. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

/* Stops the program, which libFuzzer takes for a find, if something is not true. */
void demand(bool truth);

/* The French messages, loaded once for all inputs. */
struct messages *fuzz_messages(void);

/*
 * Stops the program unless every mistake has a place and words that are safe to print: UTF-8, no
 * control character; and unless there are errors just when `result` is not 0.
 */
void fuzz_check_diags(const struct diags *diags, int result);

/* The same unless a text is phones of the set, with single spaces between; returns how many. */
size_t fuzz_check_phones(const struct phone_set *set, const char *text);

/* An input as a file with a name, for loaders that want one. In memory. */
struct fuzz_file {
    int fd;
    char path[32];
};

void fuzz_file_open(struct fuzz_file *file, const uint8_t *bytes, size_t length);
void fuzz_file_close(struct fuzz_file *file);

#endif
