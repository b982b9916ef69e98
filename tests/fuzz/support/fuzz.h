/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * fuzz: what every fuzzer demands of the mistakes that a loader tells.
 */
#ifndef PASAPAS_FUZZ_H
#define PASAPAS_FUZZ_H

#include "base/diag.h"

#include <stddef.h>
#include <stdint.h>

/* libFuzzer's entry point. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

/*
 * Stops the program unless every mistake has a place and words that are safe to print: UTF-8, no
 * control character; and unless there are errors just when `result` is not 0.
 */
void fuzz_check_diags(const struct diags *diags, int result);

#endif
