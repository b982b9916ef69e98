#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The short form of tests/fault/out_of_memory.py: some allocations of a session and of each subcommand
# fail. In a build without sanitizers: they bring an allocator of their own.
set -eu
make -s -C "$builddir" tests/fault/memory.so
exec python3 "$srcdir/tests/fault/out_of_memory.py" "$PASAPAS" "$builddir/tests/fault/memory.so"
