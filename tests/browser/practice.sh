#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The practice pages in real browsers: accessible by axe-core and pa11y, and walked through with the keyboard
# in Chromium and in Firefox. What Node needs is installed beside the build, from the lockfile.
set -u
: "${PASAPAS:?}" "${srcdir:?}" "${builddir:?}"
for wanted in node npm chromium firefox-esr; do
    command -v $wanted >/dev/null || { echo "skipped: $wanted is missing"; exit 77; }
done
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
export PASAPAS_DATA=$srcdir HOME=$work/home PUPPETEER_SKIP_DOWNLOAD=1
mkdir "$work/home"
tools=$builddir/browser-checks
mkdir -p "$tools"
if ! cmp -s "$srcdir/tests/browser/package-lock.json" "$tools/package-lock.json" || [ ! -d "$tools/node_modules/pa11y" ]; then
    cp "$srcdir/tests/browser/package.json" "$srcdir/tests/browser/package-lock.json" "$tools"
    (cd "$tools" && npm ci --ignore-scripts --no-audit --no-fund) >"$work/npm" 2>&1 ||
        { rm -f "$tools/package-lock.json"; tail -n 5 "$work/npm"; echo "skipped: npm cannot install the checkers"; exit 77; }
fi
cp "$srcdir"/tests/browser/*.mjs "$tools"
"$PASAPAS" practice --output "$work/pages" >/dev/null || exit 1
failed=0
for browser in chrome firefox; do
    timeout 120 node "$tools/walk.mjs" "$work/pages" "$browser" || { echo "FAILED: the walk in $browser"; failed=1; }
done
timeout 1200 node "$tools/pages.mjs" "$work/pages" || failed=1
exit $failed
