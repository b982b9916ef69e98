#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The short form of tests/fault/files.py: calls on settings, voices, copies, journals, transcripts, dates,
# packs, guides and recordings are broken.
exec python3 "$srcdir/tests/fault/files.py" "$PASAPAS" "$(cd "$builddir" && pwd)/tests/fault/inject.so"
