# SPDX-License-Identifier: GPL-3.0-or-later
# Sourced by tests in real browsers: a home of their own in $work, gone at the end, and in $tools what Node
# needs, installed once beside the build, from the lockfile. Their names are the commands that are needed.
set -u
: "${srcdir:?}" "${builddir:?}"
for wanted in node npm "$@"; do
    command -v "$wanted" >/dev/null || { echo "skipped: $wanted is missing"; exit 77; }
done
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
export PASAPAS_DATA=$srcdir HOME=$work/home XDG_RUNTIME_DIR=$work/runtime PUPPETEER_SKIP_DOWNLOAD=1
mkdir -m 700 "$work/home" "$work/runtime"
tools=$builddir/browser-checks
mkdir -p "$tools"
(
    flock 9
    cmp -s "$srcdir/tests/browser/package-lock.json" "$tools/package-lock.json" && [ -d "$tools/node_modules/pa11y" ] &&
        exit 0
    cp "$srcdir/tests/browser/package.json" "$srcdir/tests/browser/package-lock.json" "$tools"
    (cd "$tools" && npm ci --ignore-scripts --no-audit --no-fund) >"$work/npm" 2>&1 && exit 0
    rm -f "$tools/package-lock.json"
    tail -n 5 "$work/npm"
    exit 77
) 9>"$tools/lock" || { echo "skipped: npm cannot install the checkers"; exit 77; }
cp "$srcdir"/tests/browser/*.mjs "$tools"
