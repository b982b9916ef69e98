#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The short form of tests/fault/run: every call on a learner's store is broken in turn.
folder=$(cd "$builddir" && pwd)/tests/fault
exec "$folder/run" "$folder/driver" "$folder/inject.so"
