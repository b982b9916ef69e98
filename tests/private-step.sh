#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A private step takes nothing: secrets are typed there in every way there is (private_step.py, and
# a pipe and `pasapas tell` here), and spoken (spoken_secrets.py), with the transcript and the session log
# on. Nothing that is written anywhere holds one of them, and the step is still where it was.
# shellcheck source=tests/support/home.sh
. "$srcdir/tests/support/home.sh"
need python3
mark=Xk7wZ
bad=0
mkdir -p "$work/config/pasapas/default"
echo 'log: true' >"$work/config/pasapas/default/settings.yaml"
: >"$work/terminal"

python3 -B "$srcdir/tests/private_step.py" "$PASAPAS" "$work" || bad=1

# A pipe, without and with switches.
for options in "" "--scan one" "--keys single"; do
    # shellcheck disable=SC2086
    for first in {a..z} {A..Z} {0..9} ' ' : ! '$' '&' _ @ '#' % + - '*' = '?' é; do
        echo "$first$mark"
    done | "$PASAPAS" --no-speech --no-listen --transcript "$work/transcript" --path ordinateur \
        --section connexion --step nom-utilisateur $options >>"$work/piped" 2>&1 || fail "a pipe"
done
[ "$(grep -cx "Tapez-le sur le site ou dans l'application, pas ici." "$work/piped")" -ge 200 ] ||
    { echo "FAILED: not every secret from a pipe was answered"; bad=1; }

[ "$(find "$work/state" -name 'log-*.tsv' | wc -l)" -ge 5 ] || { echo "FAILED: no logs"; bad=1; }
grep -q '^> où suis-je$' "$work/transcript" || { echo "FAILED: no transcript"; bad=1; }
if grep -rlE "$mark|Xk7w|k7wZ" "$work"; then
    echo "FAILED: a secret was written"
    bad=1
fi

# Spoken ones, each session in a home of its own; scripts/bench --long secrets speaks two hundred.
if type -P espeak-ng sox >/dev/null; then
    python3 -B "$srcdir/tests/spoken_secrets.py" "$PASAPAS" || bad=1
else
    echo "without spoken secrets: espeak-ng or sox is missing"
fi
exit $bad
