#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Replays every transcript of doc/ways-of-reading.md. A block begins with "```session-KIND ..." :
#   session-words OPTIONS             lines behind "> " are typed, one after the other
#   session-voice OPTIONS             lines behind "> " are spoken by espeak-ng into a recording
#   session-terminal COLUMNS OPTIONS  keys behind "! " are pressed in a pseudo-terminal (terminal.c)
# The whole block is the transcript that must come.
set -u
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0 skipped=0 played=0

awk -v work="$work" '
    /^```session-/ { n++; out = sprintf("%s/%02d.script", work, n); print substr($0, 4) >(out ".kind"); inside = 1; printf "" >out; next }
    /^```/ { inside = 0; next }
    inside { print >out }' "$srcdir/doc/ways-of-reading.md"

# The same bytes each time: sox draws its noise anew otherwise.
sox() { command sox -R "$@"; }

voice() { # script options
    local parts=() count=0 tool
    for tool in espeak-ng sox soxi; do
        type -P $tool >/dev/null || return 77
    done
    sox -n -r 16000 -b 16 -c 1 "$work/part-0.wav" trim 0 1
    parts=("$work/part-0.wav")
    while read -r phrase; do
        count=$((count + 1))
        espeak-ng -v fr -s 140 -w "$work/word.wav" "$phrase" </dev/null
        sox "$work/word.wav" -r 16000 -b 16 "$work/part-$count.wav" norm -6 pad 0 8
        parts+=("$work/part-$count.wav")
    done < <(sed -n 's/^> //p' "$1")
    sox "${parts[@]}" "$work/clean.wav"
    sox "$work/clean.wav" -p synth whitenoise vol 0.001 2>/dev/null |
        sox -m -v 1 "$work/clean.wav" -v 1 -p -b 16 "$work/in.wav" trim 0 "$(soxi -D "$work/clean.wav")"
    # shellcheck disable=SC2086
    timeout 300 "$PASAPAS" --audio "wav:$work/in.wav,$work/out.wav" --fast $2 \
        </dev/null >"$work/got" && diff -u "$1" "$work/got"
}

words() { # script options
    # shellcheck disable=SC2086
    sed -n 's/^> //p' "$1" | timeout 60 "$PASAPAS" --no-speech --no-listen $2 >"$work/got" &&
        diff -u "$1" "$work/got"
}

terminal() { # script "columns options"
    # shellcheck disable=SC2086
    timeout 300 "$builddir/tests/terminal" "${2%% *}" "$1" "$PASAPAS" --no-speech --no-listen ${2#* }
}

for script in "$work"/*.script; do
    read -r kind options <"$script.kind"
    export XDG_STATE_HOME=$work/state XDG_CONFIG_HOME=$work/config XDG_RUNTIME_DIR=$work HOME=$work
    rm -rf "$work/state" "$work/config"
    "${kind#session-}" "$script" "$options"
    case $? in
    0) played=$((played + 1)) ;;
    77) skipped=$((skipped + 1)); echo "skipped: $kind $options" ;;
    *) failed=$((failed + 1)); echo "FAILED: $kind $options" ;;
    esac
done
# The ten sittings: each names what replays it, and that is there.
rows=$(sed -n '/^| La séance /,/^$/p' "$srcdir/doc/ways-of-reading.md" | tail -n +3)
[ "$(wc -l <<<"$rows")" = 10 ] || { failed=$((failed + 1)); echo "FAILED: not ten sittings"; }
while read -r row; do
    tests=$(grep -o '`tests/[^`]*`' <<<"$row" | tr -d '`')
    [ -n "$tests" ] || { failed=$((failed + 1)); echo "FAILED: nothing replays: $row"; }
    for test in $tests; do
        [ -f "$srcdir/$test" ] || { failed=$((failed + 1)); echo "FAILED: no $test"; }
    done
done <<<"$rows"
echo "$played played, $skipped skipped, $failed failed"
[ "$failed" = 0 ] && [ "$played" -ge 4 ]
