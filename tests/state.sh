#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# `pasapas state` and `pasapas tell --json` say where the open session is; neither changes it, and what is
# typed at a private step is in neither.
# shellcheck source=tests/support/home.sh
. "$srcdir/tests/support/home.sh"
need python3
mkfifo "$work/keys"

"$PASAPAS" state >"$work/answer" 2>"$work/errors" && fail "there is no session, and it is not told"
grep -q "aucune séance" "$work/errors" || fail "it is not told that there is no session"

# begin OPTIONS...: a session at a step, ready for commands.
begin() {
    "$PASAPAS" --no-speech --no-listen --path ordinateur "$@" <"$work/keys" >"$work/answer" 2>"$work/errors" &
    session=$!
    exec 9>"$work/keys"
    for _ in $(seq 200); do
        grep -q "Étape" "$work/answer" && break
        sleep 0.05
    done
}

begin --today 2026-12-03 --section actualisation --step valider

# ask EXPRESSION: a Python expression of the state, which is `s`.
ask() {
    "$PASAPAS" state --json >"$work/state.json" || fail "no state"
    python3 -c "import json, sys; s = json.load(open(sys.argv[1])); print($1)" "$work/state.json"
}

must() { # what, expression, expected
    [ "$(ask "$2")" = "$3" ] || { cat "$work/state.json"; fail "$1: $(ask "$2"), not $3"; }
}

must "the step" "s['step'], s['section'], s['path']" "valider actualisation ordinateur"
must "the title" "s['title']" "Actualisation"
must "the number" "s['position']" "Étape $(ask "s['number']") sur $(ask "s['of']")."
must "the month" "s['months'][0]['last_day'], s['months'][0]['days_left'], s['months'][0]['open']" "2026-12-15 12 True"
must "the sentence" "s['sentence'] == s['said'][-1] and 'Étape' in s['sentence']" True
must "what can be said" "'suivant' in [p['phrase'] for p in s['phrases']]" True
must "the voice" "s['speaking'], s['listening'], s['paused'], s['private']" "False False False False"

# Looking changes nothing, and is not written.
before=$(cat "$work/answer")
for _ in 1 2 3; do "$PASAPAS" state >/dev/null || fail "no state in words"; done
[ "$(cat "$work/answer")" = "$before" ] || fail "looking was written"

# In words: each fact on a line of its own.
"$PASAPAS" state >"$work/words"
for line in '^Étape . sur .\.$' '^Actualisation de novembre : ' '^Vous pouvez dire : .*suivant'; do
    grep -q "$line" "$work/words" || { cat "$work/words"; fail "no line $line"; }
done

# A command and then the state, once it is obeyed.
"$PASAPAS" tell --json "où suis-je" >"$work/told" || fail "tell --json"
grep -q '"heard":"où suis-je"' "$work/told" || fail "tell --json came before the command was obeyed"
[ -z "$("$PASAPAS" tell pause)" ] || fail "tell prints what it never did"
must "the pause" "s['paused']" True
"$PASAPAS" tell reprendre
must "the end of the pause" "s['paused']" False

# A private step, left as it came: what was typed is nowhere.
kill -TERM $session; wait $session
exec 9>&-
begin --today 2026-11-20 --section connexion --step mot-de-passe
must "a private step" "s['private']" True
echo "Xk7wZ secret" >&9
"$PASAPAS" tell --json "Xk7wZ" >"$work/private.json"
"$PASAPAS" state >>"$work/private.json"
must "nothing heard" "s['heard']" None
sleep 0.2
! grep -l Xk7wZ "$work/private.json" "$work/state.json" || fail "a secret is in the state"
echo quitter >&9
exec 9>&-
wait $session || fail "exit code $?"
