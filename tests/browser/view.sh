#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The page of `pasapas --view` in Chromium, with a session that speaks: view.mjs says what it must be. Its
# screenshots at three sizes stay in the folder of the build, browser-shots, to be looked at.
: "${PASAPAS:?}" "${srcdir:?}" "${builddir:?}"
# shellcheck source=tests/support/browser.sh
. "$srcdir/tests/support/browser.sh" chromium
"$PASAPAS" --view-address --no-speech --no-listen </dev/null 2>&1 >/dev/null | grep -q libmicrohttpd &&
    { echo "skipped: built without the page"; exit 77; }
mkdir -p "$builddir/browser-shots"
timeout 400 node "$tools/view.mjs" "$PASAPAS" "$builddir/browser-shots"
