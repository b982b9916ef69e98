#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The manual page and the shells' completion are those that the program prints now: whoever adds an option has
# built them anew.
# shellcheck source=tests/support/home.sh
. "$srcdir/tests/support/home.sh"
made() { # TEMPLATE PAGE
    "$srcdir/scripts/insert-tables" "$PASAPAS" "$srcdir/$1" "$work/page" || fail "$1: it cannot be made"
    cmp -s "$work/page" "$builddir/$2" || fail "$2 is older than the program"
    ! grep -q '^@' "$work/page" || fail "$2: something was not inserted"
}
made doc/pasapas.1.in doc/pasapas.1
made data/completions/pasapas.bash.in completions/pasapas
made data/completions/pasapas.zsh.in completions/_pasapas
made data/completions/pasapas.fish.in completions/pasapas.fish
# Each subcommand is in each of them.
for subcommand in $(sed -n 's/^SUBCOMMAND("\([a-z-]*\)".*/\1/p' "$srcdir/src/cmd/subcommands.def"); do
    for page in doc/pasapas.1 completions/pasapas completions/_pasapas completions/pasapas.fish; do
        grep -q -- "$(printf %s "$subcommand" | sed 's/-/.*-/g')" "$builddir/$page" || fail "$page: no $subcommand"
    done
done
"$PASAPAS" --print nothing-of-this-name >"$work/answer" 2>"$work/errors" && fail "an unknown table is printed"
[ -s "$work/errors" ] || fail "an unknown table is not told"
echo "the pages are as the program prints them"
