#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The man page is shown without a warning.
set -u
: "${PASAPAS:?}" "${builddir:?}"
if ! command -v man >/dev/null || ! command -v groff >/dev/null; then
    echo "skipped: man is not installed"
    exit 77
fi
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
LC_ALL=C.UTF-8 MANWIDTH=80 man --warnings -E UTF-8 -l "$builddir/doc/pasapas.1" >"$work/out" 2>"$work/err" || {
    echo "FAILED: man cannot show the page"
    exit 1
}
if [ -s "$work/err" ]; then
    echo "FAILED: man warns"
    cat "$work/err"
    exit 1
fi
tail -n 1 "$work/out" | grep -q "^$("$PASAPAS" --version) " || {
    echo "FAILED: man shows another version: $(tail -n 1 "$work/out")"
    exit 1
}
grep -q -- '--sentence-pause N' "$work/out" || {
    echo "FAILED: man does not show --sentence-pause"
    exit 1
}
