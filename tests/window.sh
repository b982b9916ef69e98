#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What the desktop's menu opens (data/pasapas-window), with terminals that only write down how they were
# called: xterm in large type, else the desktop's own; none at all is said; the window waits where
# something went wrong.
set -u
: "${srcdir:?}"
window=$(realpath "$srcdir/data/pasapas-window")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
bad=0
fail() {
    echo "FAIL: $1"
    cat "$work/called" 2>/dev/null
    bad=1
}
shell=$(type -P sh)
mkdir "$work/bin"

# A terminal that runs what is behind its last option, as real ones do.
terminal() { # NAME OPTION
    cat >"$work/bin/$1" <<END
#!$shell
printf '%s\n' "$1" "\$@" >"$work/called"
while [ "\$1" != $2 ]; do shift; done
shift
exec "\$@"
END
    chmod +x "$work/bin/$1"
}
ours() { # EXIT CODE
    printf '#!%s\nprintf "%%s|" "$@" >"%s"\nexit %s\n' "$shell" "$work/ours" "$1" >"$work/bin/pasapas"
    chmod +x "$work/bin/pasapas"
}
ln -s "$shell" "$work/bin/sh"
open() { env -i PATH="$work/bin" "${@}" "$shell" "$window" --guide "deux mots" </dev/null >"$work/out" 2>&1; }

ours 0
open && fail "no terminal: no failure"
grep -q "Erreur : aucun terminal" "$work/out" || fail "no terminal: $(cat "$work/out")"

terminal x-terminal-emulator -e
open || fail "the desktop's terminal: $?"
grep -qx x-terminal-emulator "$work/called" || fail "the desktop's terminal was not taken"
[ "$(cat "$work/ours")" = "--guide|deux mots|" ] || fail "the options: $(cat "$work/ours")"

terminal gnome-terminal --
open || fail "gnome-terminal: $?"
[ "$(cat "$work/ours")" = "--guide|deux mots|" ] || fail "gnome-terminal: the options: $(cat "$work/ours")"

terminal xterm -e
for size in "" 40 "30; reboot"; do
    open ${size:+PASAPAS_TYPE_SIZE="$size"} || fail "xterm: $?"
    case $size in 40) wanted=40 ;; *) wanted=24 ;; esac
    grep -A 1 -x -- -fs "$work/called" | grep -qx "$wanted" || fail "xterm: the size, « $size »"
done
[ "$(cat "$work/ours")" = "--guide|deux mots|" ] || fail "xterm: the options: $(cat "$work/ours")"

ours 3
open && fail "a failure was forgotten"
grep -q "Appuyez sur Entrée pour fermer" "$work/out" || fail "the window did not wait"
exit $bad
