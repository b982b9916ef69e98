#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The practice pages in real browsers: accessible by axe-core and pa11y, and walked through with the keyboard
# in Chromium and in Firefox. What Node needs is installed beside the build, from the lockfile.
: "${PASAPAS:?}" "${srcdir:?}"
# shellcheck source=tests/support/browser.sh
. "$srcdir/tests/support/browser.sh" chromium firefox-esr
"$PASAPAS" practice --output "$work/pages" >/dev/null || exit 1
failed=0
for browser in chrome firefox; do
    timeout 120 node "$tools/walk.mjs" "$work/pages" "$browser" || { echo "FAILED: the walk in $browser"; failed=1; }
done
node "$tools/pages.mjs" "$work/pages" 0 2 &
node "$tools/pages.mjs" "$work/pages" 1 2 || failed=1
wait $! || failed=1
exit $failed
