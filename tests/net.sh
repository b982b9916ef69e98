#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A model with a neural net (file `net`), in the whole program: it is listened with, a damaged one
# makes way for the next model, and without another one the program says so. The net is made of
# random numbers: how well anything is understood is no matter here.
set -uo pipefail
here=$(cd "${srcdir:-.}" && pwd)
maker=$(dirname "$PASAPAS")/tests/bench/bench_net
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
# shellcheck source=tests/support/recording.sh
. "$here/tests/support/recording.sh"
recording_tools
[ -f "$here/voices/fr/model/mdef" ] || { echo "skipped: no model"; exit 77; }
failed=0

fail() {
    echo "FAIL: $1"
    failed=1
}

# pack NAME MODEL...: the French pack with these models in its folder.
pack() {
    local name=$1
    mkdir "$work/$name"
    cp "$here/voices/fr"/*.* "$work/$name"
    chmod -R u+w "$work/$name"
    sed -i '/^models:/q' "$work/$name/voice.yaml"
    shift
    for model; do
        printf '  - {name: %s, folder: "%s/%s", phones: fr, denoise: true}\n' \
            "$model" "$work/models" "$model" >>"$work/$name/voice.yaml"
    done
}

# model NAME: ours, without its net.
model() {
    mkdir -p "$work/models/$1"
    cp "$here/voices/fr/model"/* "$work/models/$1"
    chmod -R u+w "$work/models/$1"
    rm -f "$work/models/$1/net"
    sed -i "/ net$/d" "$work/models/$1/sums"
}

# hear PACK: the phrases and confidences, into $work/PACK.out; its end into $status.
hear() {
    status=0
    "$PASAPAS" listen --no-reject --voice "$work/$1/" "$work/a.wav" >"$work/raw" 2>"$work/$1.err" || status=$?
    cut -f 2-6 "$work/raw" >"$work/$1.out"
}

record "$work/a.wav" 1.5 "étape suivante" "où suis-je"
model plain
model net
model damaged
"$maker" make 24 108 1 "$work/models/net/net" || fail "no net could be made"
"$maker" make 24 108 1 "$work/models/damaged/net"
printf 'x' | dd of="$work/models/damaged/net" bs=1 seek=5000 conv=notrunc status=none
pack plain plain
pack net net
pack damaged damaged
pack next damaged plain

hear plain
[ $status = 0 ] && [ "$(wc -l <"$work/plain.out")" -eq 2 ] || fail "without a net: $status, $(cat "$work/plain.err")"
cp "$work/plain.out" "$work/without.out"
hear net
[ $status = 0 ] && [ ! -s "$work/net.err" ] || fail "with a net: $status, $(cat "$work/net.err")"
[ "$(wc -l <"$work/net.out")" -eq 2 ] || fail "with a net: $(cat "$work/net.out")"
cmp -s "$work/net.out" "$work/without.out" && fail "the net changes nothing"
hear next
cmp "$work/next.out" "$work/without.out" || fail "the next model is not used as if it were alone"
[ $status = 0 ] || fail "with the next model: $status"
hear damaged
[ $status = 1 ] && grep -q . "$work/damaged.err" || fail "a damaged net is not told: $status"
[ -s "$work/damaged.out" ] && fail "a damaged net is used"

# Both added: the key of voice.yaml counts, and has its bounds.
pack both net
sed -i 's/, denoise: true/, denoise: true, net_weight: 1, scale: 40/' "$work/both/voice.yaml"
hear both
[ $status = 0 ] && ! cmp -s "$work/both.out" "$work/net.out" || fail "net_weight changes nothing"
for wrong in "net_weight: 0" "net_weight: 101" "scale: 0" "scale: 1001"; do
    sed "s/net_weight: 1, scale: 40/$wrong/" "$work/both/voice.yaml" >"$work/voice.yaml"
    "$PASAPAS" check "$work/voice.yaml" >"$work/check" 2>&1 && fail "$wrong is taken"
    grep -q "${wrong%%:*}" "$work/check" || fail "$wrong is not told: $(cat "$work/check")"
done
exit $failed
