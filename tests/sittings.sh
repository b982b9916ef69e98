#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Sittings of doc/ways-of-reading.md that no other test replays: a trainer with six learners (here);
# a paste into the window, and a session that is killed and taken up again (sittings.py, in a
# terminal).
# shellcheck source=tests/support/home.sh
. "$srcdir/tests/support/home.sh"
need python3
options="--no-speech --no-listen --today 2026-12-03"

# A session of one learner, led by these lines.
sitting() { # NAME LINE...
    local name=$1
    shift
    # shellcheck disable=SC2086
    printf '%s\n' "$@" | timeout 60 "$PASAPAS" $options --learner "$name" ${place:-} \
        >"$work/answer" 2>"$work/errors" || fail "$name: exit $?"
    [ -s "$work/errors" ] && fail "$name: lines on standard error"
    return 0
}
said() { grep -qF -- "$1" "$work/answer" || fail "« $1 » was not said"; }

# --- a trainer with six learners ------------------------------------------------------------------
# She asks how the parts are called; a name that is nearly right is told with the one that she meant.
"$PASAPAS" guides --steps >"$work/answer" 2>&1 || fail "guides --steps"
said "actualisation"
said "valider"
"$PASAPAS" $options --learner Ali --section actualisaton </dev/null >"$work/answer" 2>&1 && fail "a wrong part"
said "actualisation"

# She prepares a start for each, a different one for two of them.
place="--path ordinateur --section actualisation"
for name in "Ali" "Bérénice" "Chloé Ndiaye" "D'Artagnan"; do sitting "$name"; done
place="--path telephone --section actualisation" sitting "Éloi"
place="--path ordinateur --section connexion --step bouton-se-connecter" sitting "Zoé"
place=

# They work: one is asked for all, one has nothing to declare, one stops in the middle.
sitting "Ali" oui oui oui oui "c'est fait" "c'est fait" "c'est fait" oui "pas besoin" "pas besoin" quitter
said "Fin de la partie « Actualisation »."
sitting "Bérénice" oui non "pas besoin" oui "c'est fait" quitter oui
said "D'accord, pas besoin."
grep -q "salaire brut" "$work/answer" && fail "a salary is asked of who has not worked"
said "Il reste 4 étapes à faire"
sitting "$(printf 'Chloé\302\240Ndiaye ')" oui suivant suivant suivant "c'est fait" "c'est fait" quitter oui
said "Bonjour Chloé Ndiaye."
sitting "D'Artagnan" non oui suivant suivant suivant quitter oui
sitting "Éloi" oui oui oui oui "c'est fait" quitter oui
sitting "Zoé" non oui "c'est fait" quitter oui

# She looks how far all are: on a page, and for her table of figures.
"$PASAPAS" progress --all --today 2026-12-03 >"$work/answer" || fail "progress --all"
[ "$(wc -l <"$work/answer")" = 6 ] || fail "not six lines"

"$PASAPAS" progress --all --csv --today 2026-12-03 >"$work/group.csv" || fail "progress --all --csv"
python3 - "$work/group.csv" >"$work/answer" <<'END' || fail "the table"
import collections, csv, sys
rows = list(csv.DictReader(open(sys.argv[1], encoding="utf-8-sig")))
states = collections.defaultdict(collections.Counter)
for row in rows:
    states[row["learner"]][row["state"]] += 1
    if row["state"] != "open":
        print(row["learner"], row["path"], row["month"], row["section"], row["step"], row["state"])
done = {name: (count["done"], count["not-needed"]) for name, count in states.items()}
print(done)
assert done == {"Ali": (3, 2), "Bérénice": (1, 0), "Chloé Ndiaye": (2, 0), "D'Artagnan": (0, 0),
                "Éloi": (1, 0), "Zoé": (1, 0)}
paths = {row["learner"]: row["path"] for row in rows}
assert paths.pop("Éloi") == "telephone" and set(paths.values()) == {"ordinateur"}
END
"$PASAPAS" progress --learner Zoée >"$work/answer" 2>&1 && fail "a name that is not quite right"
said "Voulez-vous dire « Zoé » ?"

# --- in a terminal --------------------------------------------------------------------------------
rm -rf "$work/state" "$work/config"
python3 -B "$srcdir/tests/sittings.py" "$PASAPAS" >"$work/answer" 2>&1 || fail "in a terminal"
