#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# pasapas listen: the shape of its output, its errors and its exit codes, on words that espeak-ng
# says. What it understands is no matter here, but for "stop".
export LC_ALL=C.UTF-8
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT
failed=0

fail() {
    echo "FAIL: $1"
    failed=1
}

command -v espeak-ng >/dev/null && command -v sox >/dev/null || {
    echo "skipped: espeak-ng or sox is not there"
    exit 77
}

# say FILE TEXT [sox effects and format options]: a word with silence around.
say() {
    espeak-ng -v fr -s 150 -w "$folder/raw.wav" "$2" || exit 1
    sox "$folder/raw.wav" -r "${3:-16000}" -c "${4:-1}" "$1" pad 0.5 0.8 || exit 1
}

say "$folder/a.wav" "suivant"
say "$folder/b.wav" "répéter" 44100 2
say "$folder/c.flac" "bicyclette" 8000 1
sox "$folder/a.wav" "$folder/a.wav" "$folder/two.wav" || exit 1
sox -n -r 16000 -c 1 "$folder/silence.wav" trim 0 2 || exit 1
printf 'suivant\r\n\n  répéter  \nCertificat médical\n' >"$folder/words"

# Seven columns, numbers with points, the file as given, one line per utterance.
$PASAPAS listen --vocabulary "$folder/words" "$folder/a.wav" "$folder/b.wav" "$folder/c.flac" \
    "$folder/two.wav" "$folder/silence.wav" >"$folder/out" 2>"$folder/err" || fail "exit code $?"
[ -s "$folder/err" ] && fail "something on standard error: $(cat "$folder/err")"
lines=$(cut -f1 "$folder/out" | tr '\n' ' ')
expected="$folder/a.wav $folder/b.wav $folder/c.flac $folder/two.wav $folder/two.wav "
[ "$lines" = "$expected" ] || fail "files: $lines"
awk -F'\t' 'NF != 7 { print "columns: " $0; bad = 1 }
    $2 !~ /^[0-9]+\.[0-9][0-9]$/ || $3 !~ /^[0-9]+\.[0-9][0-9]$/ || $2 >= $3 { print "time: " $0; bad = 1 }
    $4 != "-" && $4 != $5 { print "command: " $0; bad = 1 }
    $5 != "suivant" && $5 != "répéter" && $5 != "Certificat médical" { print "phrase: " $0; bad = 1 }
    $6 !~ /^[01]\.[0-9]+$/ || $6 > 1 { print "confidence: " $0; bad = 1 }
    $7 !~ /^[0-9]+$/ { print "delay: " $0; bad = 1 }
    END { exit bad }' "$folder/out" || fail "form of the lines"
# The word begins where it was put.
awk -F'\t' '$1 ~ /a\.wav$/ && ($2 < 0.45 || $2 > 0.65) { exit 1 }' "$folder/out" || fail "start"

# The order of the files changes nothing but the delay.
$PASAPAS listen --vocabulary "$folder/words" "$folder/two.wav" "$folder/silence.wav" \
    "$folder/c.flac" "$folder/b.wav" "$folder/a.wav" >"$folder/out2" || fail "exit code $?"
cut -f1-6 "$folder/out" | sort >"$folder/sorted"
cut -f1-6 "$folder/out2" | sort | cmp -s - "$folder/sorted" || fail "order matters"

# --no-reject: always a phrase, and the same ones.
$PASAPAS listen --no-reject --vocabulary "$folder/words" "$folder/c.flac" >"$folder/out3"
cut -f4 "$folder/out3" | grep -qx -e - && fail "--no-reject rejects"
[ "$(cut -f5 "$folder/out3")" = "$(grep c.flac "$folder/out" | cut -f5)" ] || fail "other phrase"

# --evidence: the same lines, and behind them what the confidence was made of: scores, seconds, phones, speech or not.
$PASAPAS listen --evidence --vocabulary "$folder/words" "$folder/a.wav" "$folder/silence.wav" >"$folder/out5"
grep "a\.wav" "$folder/out" | cut -f1-6 >"$folder/plain"
cut -f1-6 "$folder/out5" | cmp -s - "$folder/plain" || fail "other lines with --evidence"
awk -F'\t' 'NF != 16 || $8 > 0 || $9 > 0 || $9 >= $8 || $10 >= 0 || $11 <= 0 || $11 > $14 || $12 > 0 || $15 != 5 || $16 <= 0 {
    print "evidence: " $0; bad = 1 }
    END { exit bad || NR != 1 }' "$folder/out5" || fail "the evidence"

# The pack's commands: an id of the table in the command column.
$PASAPAS listen --no-reject "$folder/a.wav" | cut -f4 | grep -qx '[a-z-]*' || fail "command id"

# What makes it stop is obeyed, with its p as people say it: heard.
say "$folder/stop.wav" "stop"
[ "$($PASAPAS listen "$folder/stop.wav" | cut -f4)" = stop ] || fail "stop is not obeyed"

# A file that cannot be read: the others are still listened to, and the exit code says so.
$PASAPAS listen --vocabulary "$folder/words" "$folder/none.wav" "$folder/words" "$folder/a.wav" \
    >"$folder/out4" 2>"$folder/err"
[ $? -eq 1 ] || fail "exit code for an unreadable file"
[ "$(cut -f1 "$folder/out4")" = "$folder/a.wav" ] || fail "the other file was not listened to"
[ "$(grep -c '^Erreur : ' "$folder/err")" -eq 2 ] || fail "errors: $(cat "$folder/err")"

# A file that says that it holds sound, and has none; one that ends in its head: told, and the others heard.
header='RIFF\044\0\0\0WAVEfmt \020\0\0\0\001\0\001\0\200\076\0\0\0\175\0\0\002\0\020\0data\0\0\0\0'
printf "$header" >"$folder/nothing.wav"
head -c 30 "$folder/nothing.wav" >"$folder/cut.wav"
$PASAPAS listen --vocabulary "$folder/words" "$folder/nothing.wav" "$folder/cut.wav" "$folder/a.wav" \
    >"$folder/out4" 2>"$folder/err"
[ $? -eq 1 ] || fail "exit code for a file without sound"
[ "$(cut -f1 "$folder/out4")" = "$folder/a.wav" ] || fail "beside one without sound the other was not listened to"
grep -q "nothing.wav : ce fichier ne contient aucun son" "$folder/err" || fail "that there is no sound: $(cat "$folder/err")"
[ "$(grep -c '^Erreur : ' "$folder/err")" -eq 2 ] || fail "errors: $(cat "$folder/err")"

# Wrong use.
for use in "" "--vocabulary" "--bogus $folder/a.wav" "--voice none $folder/a.wav"; do
    # shellcheck disable=SC2086
    $PASAPAS listen $use >/dev/null 2>"$folder/err"
    [ $? -eq 2 ] || fail "exit code of « listen $use »"
    grep -q '^Erreur : ' "$folder/err" || fail "no error for « listen $use »"
done
$PASAPAS listen --vocabulary "$folder/nowhere" "$folder/a.wav" >/dev/null 2>&1
[ $? -eq 1 ] || fail "exit code for a missing vocabulary"
: >"$folder/empty"
$PASAPAS listen --vocabulary "$folder/empty" "$folder/a.wav" >/dev/null 2>&1
[ $? -eq 1 ] || fail "exit code for an empty vocabulary"
exit $failed
