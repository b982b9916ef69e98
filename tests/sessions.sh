#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Plays every session script through the program and compares the transcript, line by line.
# A script is its own expected transcript: lines behind "> " are typed, all others are expected.
# Lines behind "< " are typed as well but must not be written (a secret).
# "#! OPTIONS" begins a run of the program; several runs in one script share what was kept.
# "##" is a comment.
set -u
scripts=${1:-$srcdir/tests/sessions}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0

play() { # script
    local options
    mapfile -t runs < <(grep -n '^#!' "$1" | cut -d: -f1)
    export XDG_STATE_HOME=$work/state XDG_CONFIG_HOME=$work/config HOME=$work
    rm -rf "$work/state" "$work/config"
    for i in "${!runs[@]}"; do
        local from=$((runs[i] + 1)) to=${runs[i + 1]:-$(($(wc -l <"$1") + 1))}
        options=$(sed -n "${runs[i]}s/^#! *//p" "$1")
        sed -n "${from},$((to - 1))p" "$1" | grep -v '^##' >"$work/script"
        sed -n 's/^[<>] //p' "$work/script" >"$work/typed"
        grep -v '^< ' "$work/script" >"$work/expected"
        # shellcheck disable=SC2086
        eval "timeout 60 \"\$PASAPAS\" --no-speech --no-listen $options" \
            <"$work/typed" >"$work/got" 2>"$work/errors"
        code=$?
        if [ $code -ne 0 ] || [ -s "$work/errors" ] || ! diff -u "$work/expected" "$work/got"; then
            echo "FAILED: $1, run $((i + 1)) ($options): exit $code"
            cat "$work/errors"
            return 1
        fi
    done
}

for script in "$scripts"/*.session; do
    play "$script" || failed=$((failed + 1))
done
[ "$failed" = 0 ] || { echo "$failed session scripts failed"; exit 1; }
