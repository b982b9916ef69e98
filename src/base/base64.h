/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * base64: bytes as letters (RFC 4648), for addresses that hold what they lead to. Pure. Thread:
 * any.
 */
#ifndef PASAPAS_BASE_BASE64_H
#define PASAPAS_BASE_BASE64_H

#include <stddef.h>

struct strbuf;

/* Appends the letters of `length` bytes, padded with "=". */
void base64_add(struct strbuf *text, const char *bytes, size_t length);

#endif
