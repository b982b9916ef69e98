#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# pasapas practice: the pages are written where they were asked for and nowhere else, or into a folder of
# the learner's own and opened; nothing of anybody else's is written over.
set -u
: "${PASAPAS:?}" "${srcdir:?}"
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
export PASAPAS_DATA=${PASAPAS_DATA:-$srcdir} HOME=$work/home XDG_CACHE_HOME=$work/cache
mkdir -p "$work/bin" "$work/home"
failed=0
fail() {
    echo "FAILED: $*"
    failed=1
}
run() {
    "$PASAPAS" practice "$@" >"$work/out" 2>"$work/err" </dev/null
    code=$?
}

# What opens a browser, and says so.
cat >"$work/bin/xdg-open" <<END
#!/bin/sh
printf '%s\n' "\$1" >"$work/opened.tmp"
mv "$work/opened.tmp" "$work/opened"
echo noise; echo noise >&2
END
chmod +x "$work/bin/xdg-open"
export PATH=$work/bin:$PATH

# --- into a folder ---------------------------------------------------------------------------
run --output "$work/pages" --path ordinateur --section actualisation
[ $code -eq 0 ] || fail "--output: exit code $code: $(cat "$work/err")"
[ -s "$work/pages/index.html" ] && [ -s "$work/pages/style.css" ] || fail "no pages"
count=$(find "$work/pages" -name '*.html' | wc -l)
grep -q " $count pages" "$work/out" || fail "the number of pages: $(cat "$work/out"), not $count"
find "$work/pages" -name '*.html' ! -name 'ordinateur.actualisation.*' ! -name index.html | grep . &&
    fail "pages of other sections"
[ -e "$work/opened" ] && fail "--output opens a browser"
find "$work/pages" ! -perm -u+r -o -perm /077 | grep . && fail "others may read"

# Again into the same folder; never into one with other things.
run --output "$work/pages"
[ $code -eq 0 ] || fail "a second time: $code"
[ -s "$work/pages/telephone.connexion.01.html" ] || fail "a second time writes nothing"
mkdir "$work/mine"
echo mine >"$work/mine/index.html"
run --output "$work/mine"
[ $code -eq 1 ] && grep -q "n'est pas vide" "$work/err" || fail "a folder with other things: $code"
[ "$(cat "$work/mine/index.html")" = mine ] || fail "a file was written over"
run --output "$work/not/there"
[ $code -eq 1 ] && [ ! -e "$work/not" ] || fail "a wrong path was made"
run --output "$work/mine/index.html"
[ $code -eq 1 ] && [ "$(cat "$work/mine/index.html")" = mine ] || fail "a file as a folder: $code"
# A link where a page would be is not followed.
echo kept >"$work/kept"
ln -sf "$work/kept" "$work/pages/index.html"
run --output "$work/pages"
[ $code -eq 1 ] && [ "$(cat "$work/kept")" = kept ] || fail "a link was followed"
for wrong in '--section nowhere' '--path nowhere' '--guide nowhere'; do
    # shellcheck disable=SC2086
    run --output "$work/none" $wrong
    [ $code -eq 2 ] && [ ! -e "$work/none" ] || fail "$wrong: exit code $code"
done

# --- into a folder of the learner's own -------------------------------------------------------
run
[ $code -eq 0 ] || fail "no options: exit code $code: $(cat "$work/err")"
for _ in $(seq 50); do [ -e "$work/opened" ] && break; sleep 0.1; done
[ "$(cat "$work/opened")" = "$work/cache/pasapas/practice/index.html" ] || fail "opened: $(cat "$work/opened")"
[ "$(wc -l <"$work/out")" = 1 ] && [ ! -s "$work/err" ] || fail "noise: $(cat "$work/out" "$work/err")"
[ "$(stat -c %a "$work/cache/pasapas/practice")" = 700 ] || fail "the folder is not private"
# It is made anew: nothing of the last guide is left.
touch "$work/cache/pasapas/practice/old.html"
run --section connexion
[ $code -eq 0 ] && [ ! -e "$work/cache/pasapas/practice/old.html" ] || fail "old pages stay"
# In Chromium, as it must be started to show its controls.
cat >"$work/bin/chromium" <<END
#!/bin/sh
echo "\$ACCESSIBILITY_ENABLED \$*" >"$work/started.tmp"
mv "$work/started.tmp" "$work/started"
END
chmod +x "$work/bin/chromium"
run --browser chromium
for _ in $(seq 50); do [ -e "$work/started" ] && break; sleep 0.1; done
[ $code = 0 ] && [ "$(cat "$work/started")" = "1 --force-renderer-accessibility $work/cache/pasapas/practice/index.html" ] ||
    fail "--browser chromium: $code $(cat "$work/started")"
run --browser bogus
[ $code -eq 2 ] || fail "a browser that is none: $code"
# Without anything that opens: said, with the file.
PATH=/nowhere run
[ $code -eq 1 ] && grep -q "practice/index.html" "$work/err" || fail "no xdg-open: $code $(cat "$work/err")"

exit $failed
