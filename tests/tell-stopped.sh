#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A session that is stopped (Ctrl-Z) takes no commands: `pasapas tell` says so instead of waiting for it.
. "$srcdir/tests/support/home.sh"
queue=$(cat /proc/sys/net/unix/max_dgram_qlen 2>/dev/null || echo 1000)
[ "$queue" -le 64 ] || { echo "skipped: the system keeps $queue messages for a stopped session"; exit 77; }
mkfifo "$work/keys"
"$PASAPAS" --no-speech --no-listen --today 2026-11-20 --path ordinateur <"$work/keys" >"$work/answer" 2>"$work/errors" &
session=$!
trap 'kill -CONT $session; kill $session; wait; rm -rf "$work"' EXIT
exec 9>"$work/keys"
for _ in $(seq 200); do
    [ -S "$work/pasapas/session" ] && break
    sleep 0.05
done
"$PASAPAS" tell aide || fail "a running session takes nothing"
kill -STOP $session
for told in $(seq "$((queue + 10))"); do
    timeout 20 "$PASAPAS" tell aide 2>"$work/errors"
    code=$?
    [ $code = 124 ] && fail "tell waits for a stopped session"
    [ $code = 0 ] || break
done
[ $code = 1 ] && grep -q "ne répond pas" "$work/errors" || fail "after $told commands nothing was said ($code)"
echo "told after $told commands: $(cat "$work/errors")"
