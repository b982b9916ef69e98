#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The session of doc/ways-of-reading.md for a braille line, read by a real BRLTTY (braille.py).
set -u
command -v brltty >/dev/null || { echo "skipped: brltty is missing"; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export XDG_STATE_HOME=$work/state XDG_CONFIG_HOME=$work/config XDG_RUNTIME_DIR=$work HOME=$work
awk -v out="$work/script" '
    /^```session-terminal 20 / { sub(/^```session-terminal 20 /, ""); print >(out ".options"); inside = 1; next }
    /^```/ { inside = 0 }
    inside { print >out }' "$srcdir/doc/ways-of-reading.md"
read -r options <"$work/script.options"
# shellcheck disable=SC2086
timeout 300 /usr/bin/python3 "$srcdir/tests/braille.py" "$work/script" "$PASAPAS" --no-speech --no-listen $options
