#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The page of `pasapas --view`, asked for by a client of its own (view.py). What it looks like is for
# `scripts/check --browser`.
# shellcheck source=tests/support/home.sh
. "$srcdir/tests/support/home.sh"
need python3
"$PASAPAS" --view-address --no-speech --no-listen </dev/null >"$work/answer" 2>"$work/errors" || fail "exit code $?"
grep -q "libmicrohttpd" "$work/errors" && { echo "skipped: built without the page"; exit 77; }
python3 -B "$srcdir/tests/view.py" "$PASAPAS" "$work" || fail "the page"
