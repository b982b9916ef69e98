#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# out-of-memory.sh BUILD: some allocations of a session and of each subcommand fail, in a build without
# sanitizers (they bring an allocator of their own). More of them: see out_of_memory.py beside it.
set -eu
tree=$(cd "$(dirname "$0")/../.." && pwd)
make -s -C "$1" tests/fault/memory.so
PASAPAS_DATA=$tree exec python3 "$tree/tests/fault/out_of_memory.py" "$1/pasapas" "$1/tests/fault/memory.so"
