#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# scripts/get-french-model against a server on this machine, with files and a table of its own: all
# goes well, the connection is cut, a file is another one, the disk is full, nobody answers. And
# with the cut of the real model, where there is one beside the tree.
set -u
: "${srcdir:?}"
case $srcdir in /*) ;; *) srcdir=$(pwd)/$srcdir ;; esac
get=$srcdir/scripts/get-french-model
for program in curl python3; do
    command -v $program >/dev/null || {
        echo "skipped: $program is not there"
        exit 77
    }
done
work=$(mktemp -d) || exit 1
mkfifo "$work/end"
python3 "$srcdir/tests/model_server.py" "$work/files" "$work/port" "$work/log" <"$work/end" &
server=$!
exec 9>"$work/end"
trap 'exec 9>&-; wait $server; rm -rf "$work"' EXIT
failed=0
unset http_proxy https_proxy all_proxy ALL_PROXY HTTP_PROXY HTTPS_PROXY
export XDG_DATA_HOME="$work/data"

fail() {
    echo "FAILED: $*"
    cat "$work/out" "$work/err"
    failed=1
}

# Two long files and two short ones.
mkdir "$work/files"
printf 'free' >"$work/files/LICENSE"
printf '%s' '-nfilt 25' >"$work/files/feat.params"
head -c 300000 /dev/urandom >"$work/files/means"
head -c 200000 /dev/urandom >"$work/files/mdef"
for _ in $(seq 100); do
    [ -s "$work/port" ] && break
    sleep 0.1
done
address=http://127.0.0.1:$(cat "$work/port")

# table HOW: a table whose address behaves so.
table() {
    echo "url $address/$1"
    for name in LICENSE feat.params means mdef; do
        echo "$(wc -c <"$work/files/$name" | tr -d ' ') $(sha256sum <"$work/files/$name" | cut -d' ' -f1) $name"
    done
}

# expect CODE ARGUMENT...: runs it, keeps what it says.
expect() {
    wanted=$1
    shift
    "$get" "$@" >"$work/out" 2>"$work/err"
    code=$?
    [ $code -eq "$wanted" ] || fail "get-french-model $* ended with $code, not $wanted"
    [ $code -eq 0 ] || [ "$(wc -l <"$work/err")" -eq 1 ] || fail "$*: not one line of error"
}

# is_complete FOLDER: all files and their sums are there, and nothing else. The mdef is no real one: it stays as it is.
is_complete() {
    for name in LICENSE feat.params means mdef; do
        cmp "$work/files/$name" "$1/$name" || fail "$1/$name is not what was sent"
    done
    [ "$(find "$1" -type f | wc -l)" -eq 5 ] && [ -s "$1/sums" ] || fail "$1 holds something else: $(ls "$1")"
    [ -e "$1.part" ] && fail "$1.part is left over"
}

for how in good cut wrong whole silent; do table $how >"$work/$how"; done
printf 'url http://127.0.0.1:1\n' >"$work/nobody"
grep -v '^url' "$work/good" >>"$work/nobody"

# --- it goes well, into the folder where the program looks --------------------------------------
expect 0 --table "$work/good"
is_complete "$work/data/pasapas/models/cmusphinx-fr-5.2"
: >"$work/log"
expect 0 --table "$work/good"
grep -q 'déjà là' "$work/out" || fail "the second time: nothing about being there already"
[ -s "$work/log" ] && fail "the second time: files were fetched again"

# --- cut: nothing is installed, and the next time goes on in the middle -------------------------
expect 4 --table "$work/cut" --to "$work/a"
grep -q 'reprendra' "$work/err" || fail "cut: not told that it can go on"
[ -e "$work/a" ] && fail "cut: something is installed"
expect 4 --table "$work/cut" --to "$work/a" # the second long file
expect 0 --table "$work/cut" --to "$work/a"
is_complete "$work/a"
grep -q '^cut means 150000$' "$work/log" || fail "cut: means was fetched from its beginning: $(cat "$work/log")"
grep -q '^cut mdef 100000$' "$work/log" || fail "cut: mdef was fetched from its beginning"
[ "$(grep -c '^cut LICENSE' "$work/log")" -eq 1 ] || fail "cut: a file that was there was fetched again"

# --- a server that cannot go on sends all of it again -------------------------------------------
mkdir "$work/b.part"
head -c 1000 "$work/files/means" >"$work/b.part/means"
expect 0 --table "$work/whole" --to "$work/b"
is_complete "$work/b"

# --- another file than expected is not kept -----------------------------------------------------
expect 5 --table "$work/wrong" --to "$work/c"
grep -q '« means »' "$work/err" || fail "wrong: the file is not named"
[ -e "$work/c" ] && fail "wrong: something is installed"
[ -e "$work/c.part/means" ] && fail "wrong: the file is kept"
expect 0 --table "$work/good" --to "$work/c"
is_complete "$work/c"
# One that is wrong on the disk already, and as long as it should be, is fetched anew.
mkdir "$work/d.part"
head -c 300000 /dev/zero >"$work/d.part/means"
expect 0 --table "$work/good" --to "$work/d"
is_complete "$work/d"
sed 's/ feat.params$/ gone/' "$work/good" >"$work/gone"
expect 5 --table "$work/gone" --to "$work/e"
[ -e "$work/e" ] && fail "gone: something is installed"

# --- nobody there -------------------------------------------------------------------------------
expect 3 --table "$work/nobody" --to "$work/f"
expect 3 --table "$work/silent" --to "$work/f" --patience 1
[ -e "$work/f" ] && fail "nobody: something is installed"

# --- no room: no file may be longer than 64 KiB -------------------------------------------------
(
    trap '' XFSZ
    ulimit -f 128
    exec "$get" --table "$work/good" --to "$work/g"
) >"$work/out" 2>"$work/err"
code=$?
[ $code -eq 6 ] || fail "no room: ended with $code, not 6"
grep -q 'le disque est plein' "$work/err" || fail "no room: not told"
[ -e "$work/g" ] && fail "no room: something is installed"
expect 0 --table "$work/good" --to "$work/g"
is_complete "$work/g"

# --- from a folder ------------------------------------------------------------------------------
expect 0 --table "$work/good" --to "$work/h" --from "$work/files"
is_complete "$work/h"
mkdir "$work/some"
cp "$work/files/LICENSE" "$work/some"
expect 1 --table "$work/good" --to "$work/i" --from "$work/some"
[ -e "$work/i" ] && fail "some files: something is installed"
(
    trap '' XFSZ
    ulimit -f 128
    exec "$get" --table "$work/good" --to "$work/i" --from "$work/files"
) >"$work/out" 2>"$work/err"
[ $? -eq 6 ] || fail "no room, from a folder: not 6"

# --- wrong use ----------------------------------------------------------------------------------
expect 2 --nonsense
expect 2 --to
expect 1 --table "$work/absent"
mkdir "$work/other"
expect 1 --table "$work/good" --to "$work/other"

# The table in the tree is one that it can read.
[ "$(grep -cE '^[0-9]+ [0-9a-f]{64} [A-Za-z_.]+$' "$srcdir/scripts/french-model.sums")" -eq 9 ] ||
    fail "french-model.sums does not list nine files"
grep -q '^url https://' "$srcdir/scripts/french-model.sums" || fail "french-model.sums has no address"

# --- the offer of scripts/start: once, on a terminal only ---------------------------------------
export XDG_STATE_HOME="$work/state" XDG_DATA_HOME="$work/data2"
offer=$srcdir/scripts/offer-french-model
ask() { # table, answer: the offer on a terminal, answered once it asks
    PASAPAS_MODEL_TABLE=$1 timeout 60 python3 -c '
import os, pty, sys
child, terminal = pty.fork()
if not child:
    os.execv(sys.argv[1], sys.argv[1:2])
seen = b""
while True:
    try:
        came = os.read(terminal, 1000)
    except OSError:
        came = b""
    if not came:
        break
    asked = b"Entr\xc3\xa9e :" in seen
    seen += came
    if not asked and b"Entr\xc3\xa9e :" in seen:
        os.write(terminal, sys.argv[2].encode() + b"\n")
sys.stdout.buffer.write(seen)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
' "$offer" "$2" >"$work/out" 2>"$work/err" || fail "the offer ended with an error"
}
installed=$work/data2/pasapas/models/cmusphinx-fr-5.2
PASAPAS_MODEL_TABLE=$work/good "$offer" </dev/null >"$work/out" 2>"$work/err" || fail "no terminal: an error"
[ -s "$work/out" ] && fail "no terminal: it asked"
if command -v pocketsphinx_mdef_convert >/dev/null; then
    ask "$work/good" non
    grep -q 'Voulez-vous' "$work/out" || fail "on a terminal: it did not ask"
    [ -e "$installed" ] && fail "no: installed all the same"
    ask "$work/good" oui
    [ -s "$work/out" ] && fail "asked again after no"
    rm -r "$work/state"
    ask "$work/nobody" oui
    grep -q 'Je continue sans' "$work/out" || fail "no network: it does not go on"
    [ -e "$installed" ] && fail "no network: installed"
    rm -r "$work/state"
    ask "$work/good" oui
    is_complete "$installed"
    rm -r "$work/state"
    ask "$work/good" oui
    [ -s "$work/out" ] && fail "asked although it is there"
fi

# --- a real model, but for its size -------------------------------------------------------------
real=$srcdir/../shared/models/cmusphinx-fr-5.2-ci
if [ -r "$real/mdef" ]; then
    for file in "$real"/*; do
        echo "$(wc -c <"$file" | tr -d ' ') $(sha256sum <"$file" | cut -d' ' -f1) ${file##*/}"
    done >"$work/real"
    expect 0 --table "$work/real" --from "$real" --to "$work/data2/models/cut"
    if command -v pocketsphinx_mdef_convert >/dev/null; then
        head -c 4 "$work/data2/models/cut/mdef" | grep -q '^FDMB\|^BMDF' ||
            fail "the mdef is not binary"
    else
        echo "not tried: pocketsphinx_mdef_convert is not there"
    fi
    # The program finds it, and hears with it.
    if [ -n "${PASAPAS:-}" ]; then
        mkdir -p "$work/voices/fr"
        cp "$srcdir"/voices/fr/*.yaml "$srcdir"/voices/fr/lexicon.dict "$srcdir"/voices/fr/decoys.txt "$work/voices/fr"
        sed -i 's|@data@/models/cmusphinx-fr-5.2|@data@/models/cut|' "$work/voices/fr/voice.yaml"
        cp -r "$srcdir/voices/fr/model" "$work/voices/fr"
        cp -r "$work/data2/models" "$work/models"
        PASAPAS_DATA=$work "$PASAPAS" voices >"$work/out" 2>"$work/err" || fail "voices"
        for used in "voices/fr/model" models/cut; do
            grep -q "utilisé, dans $work/$used" "$work/out" || fail "$used is not used"
        done
        printf 'recommencer la partie\nsuivant\nau revoir\n' >"$work/phrases"
        PASAPAS_DATA=$work "$PASAPAS" say --output "$work/said.wav" "Recommencer la partie." 2>"$work/err"
        PASAPAS_DATA=$work "$PASAPAS" listen --no-reject --vocabulary "$work/phrases" "$work/said.wav" \
            >"$work/out" 2>>"$work/err"
        cut -f4 "$work/out" | grep -qx 'recommencer la partie' || fail "nothing is heard with the French model"
    fi
else
    echo "not tried: no cut of the real model beside the tree"
fi
exit $failed
