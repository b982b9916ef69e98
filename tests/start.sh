#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# README's first command, as it is run without anybody there: it must build, start, end at once at
# the end of input, say at most one line that is not the transcript, and work again the second time.
set -u
cd "$(dirname "$0")/.." || exit 1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export XDG_STATE_HOME=$work/state XDG_CONFIG_HOME=$work/config
for round in first second; do
    timeout 600 scripts/start </dev/null >"$work/out" 2>"$work/err"
    code=$?
    if [ $code -ne 0 ] || ! grep -q '^Bonjour' "$work/out"; then
        echo "start, $round time: exit $code"
        cat "$work/out" "$work/err"
        exit 1
    fi
done
noise=$(wc -l <"$work/err")
[ "$noise" -le 1 ] || { echo "start: $noise lines on standard error:"; cat "$work/err"; exit 1; }
