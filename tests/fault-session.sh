#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The whole program, led by a pipe, with one call on its store broken: killed, power cut, disk full.
# Every step after which it said "C'est noté." must be done for the next session.
# FAULT_STEP=1 breaks every call; without it, one in eleven.
set -u

work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
inject=$(cd "$builddir" && pwd)/tests/fault/inject.so
step=${FAULT_STEP:-11}
steps=5
bad=0

{
	echo ordinateur
	echo mes échanges
	for _ in $(seq $steps); do echo "c'est fait"; done
	echo quitter
} >"$work/commands"

fail() {
	echo "FAIL: $*"
	bad=1
}

# session NAME [VARIABLE=VALUE...]: a fresh learner; what was said is left in $work/NAME.
session() {
	name=$1
	shift
	rm -rf "$work/state" "$work/config"
	env XDG_STATE_HOME="$work/state" XDG_CONFIG_HOME="$work/config" \
		ASAN_OPTIONS=verify_asan_link_order=0 LD_PRELOAD="$inject" FAULT_ROOT="$work/state" "$@" \
		"$PASAPAS" --no-speech --no-listen --today 2026-11-20 <"$work/commands" >"$work/$name" 2>"$work/$name.err"
}

# The steps that are done, one a line, as the next session will find them.
done_steps() {
	XDG_STATE_HOME="$work/state" "$PASAPAS" progress --json >"$work/json" 2>"$work/json.err" ||
		fail "$1: the store cannot be read"
	tr '{' '\n' <"$work/json" | sed -n 's/.*"id":"\([^"]*\)".*"state":"done".*/\1/p'
}

session whole FAULT_LOG="$work/log"
done_steps whole >"$work/all"
calls=$(grep -c . "$work/log")
[ "$(grep -c . "$work/all")" = $steps ] || fail "without a fault: $(cat "$work/all")"
[ "$(grep -c 'C.est noté' "$work/whole")" = $steps ] || fail 'without a fault: not all was noted'

# check NAME: the confirmed steps, and at most the one under way.
check() {
	noted=$(grep -c 'C.est noté' "$work/$1")
	done_steps "$1" >"$work/done"
	kept=$(grep -c . "$work/done")
	head -n "$noted" "$work/all" >"$work/first"
	if [ "$kept" -lt "$noted" ] || [ "$kept" -gt $((noted + 1)) ] ||
		! head -n "$noted" "$work/done" | cmp -s - "$work/first"; then
		fail "$1: $noted noted, but done are: $(tr '\n' ' ' <"$work/done")"
	fi
}

tried=0
at=1
while [ $at -le "$calls" ]; do
	for kind in kill undo; do
		session "$kind-$at" FAULT_AT=$at FAULT_KIND=$kind 2>/dev/null
		[ $? = 137 ] || fail "$kind-$at: the fault did not come"
		check "$kind-$at"
		tried=$((tried + 1))
	done
	# ENOSPC: the session goes on, and ends as it should.
	session "full-$at" FAULT_AT=$at FAULT_KIND=28 FAULT_STICKY=1 || fail "full-$at: exit code $?"
	grep -q 'Au revoir' "$work/full-$at" || fail "full-$at: no good end"
	noted=$(grep -c 'C.est noté' "$work/full-$at")
	done_steps "full-$at" >"$work/done"
	[ "$(grep -c . "$work/done")" -ge "$noted" ] || fail "full-$at: noted, and not kept"
	tried=$((tried + 1))
	at=$((at + step))
done

# The second of two sessions says so, and keeps nothing; the first is not disturbed.
rm -rf "$work/state"
export XDG_STATE_HOME="$work/state" XDG_CONFIG_HOME="$work/config"
mkfifo "$work/pipe"
"$PASAPAS" --no-speech --no-listen --today 2026-11-20 <"$work/pipe" >"$work/first-session" &
first=$!
exec 3>"$work/pipe"
head -n 3 "$work/commands" >&3
for _ in $(seq 100); do
	grep -q 'C.est noté' "$work/first-session" && break
	sleep 0.1
done
"$PASAPAS" --no-speech --no-listen --today 2026-11-20 <"$work/commands" >"$work/second-session" 2>/dev/null
grep -q 'C.est noté' "$work/second-session" && fail 'the second session has noted something'
grep -q 'Au revoir' "$work/second-session" || fail 'the second session did not go on'
kill -KILL $first
wait $first 2>/dev/null
exec 3>&-
[ "$(done_steps two | grep -c .)" = 1 ] || fail 'two sessions: the mark of the first is lost'
# The killed one has left no lock.
printf '%s\n' oui "c'est fait" quitter | "$PASAPAS" --no-speech --no-listen --today 2026-11-20 >"$work/third" 2>/dev/null
grep -q 'C.est noté' "$work/third" || fail 'after a killed session nothing can be noted'

echo "$tried faults in the $calls calls of a session"
exit $bad
