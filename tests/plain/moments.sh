#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The tests of dialogue, calendar and store once more, each at moments at which the day, the month, the
# year or the hour changes: faketime gives a test and the program another clock. Those that speak or
# listen at real time are left out (*-pulse, no-device, speech-dispatcher, braille, wav-session, and the
# unit tests of sound), and those that no moment is written or told in.
#
# `scripts/check` runs it in a build without sanitizers, which is four times as fast and takes faketime
# without tricks.
set -u
command -v faketime >/dev/null || { echo "skipped: faketime is missing"; exit 77; }
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
export NO_FAKE_STAT=1 # files keep their own times

at() { # MOMENT ZONE TEST...
    local moment=$1 zone=$2 test out
    shift 2
    out=$(mktemp "$work/XXXXXX")
    for test; do
        TZ=$zone faketime "$moment" "$test" >"$out" 2>&1
        case $? in
        0) echo "played" ;;
        77) echo "skipped: $test: $(tail -n 1 "$out")" ;;
        *)
            echo "FAILED at $moment, TZ=$zone: $test"
            sed 's/^/    /' "$out"
            ;;
        esac
    done
}

clock=("$srcdir"/tests/{progress,reminders,learners}.sh) # those that see what time it is
all=("$srcdir"/tests/{sessions,three-months}.sh)
[ -x "$builddir/tests/test_clock" ] && clock+=("$builddir/tests/test_clock") &&
    all+=("$builddir"/tests/test_{date,guide,learner_record,learner_store,overview,session,settings,window})

# Half past midnight in Paris, which is still the day before in UTC: in winter and in summer, at the end
# of a year and of a leap year's February. Then 20 s before each change of the hour.
moment() { # MOMENT ZONE OTHER-ZONE
    at "$1Z" "$2" "${clock[@]}" "${all[@]}"
    at "$1Z" "$3" "${clock[@]}"
}
for moment in '2026-12-02 23:30' '2026-12-31 23:30' '2027-03-28 00:59:40'; do
    moment "$moment" UTC Europe/Paris
done >"$work/first" &
for moment in '2027-07-14 22:30' '2028-02-29 23:30' '2026-10-25 00:59:40'; do
    moment "$moment" Europe/Paris UTC
done >"$work/second"
wait
cat "$work/first" "$work/second" >"$work/all"
grep -v '^played$' "$work/all"
failed=$(grep -c '^FAILED' "$work/all")
echo "$(grep -c '^played$' "$work/all") played, $failed failed"
[ "$failed" = 0 ]
