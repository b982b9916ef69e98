#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A learner through three months, by voice alone: November is declared, and corrected in time;
# December is forgotten; January is declared. What was said, what is kept, what `pasapas progress`
# tells and the calendar of `pasapas reminders` must agree, to the day.
# shellcheck source=tests/support/home.sh
. "$srcdir/tests/support/home.sh"
# shellcheck source=tests/support/recording.sh
. "$srcdir/tests/support/recording.sh"
recording_tools
# Debian's own Python: another one in PATH would not have Debian's modules.
python=/usr/bin/python3
"$python" -c 'import icalendar' 2>/dev/null || { echo "skipped: python3-icalendar is missing"; exit 77; }

fail() {
    echo "FAILED: $1"
    cat "$work/said"
    [ -s "$work/errors" ] && cat "$work/errors"
    exit 1
}

# visit DAY PHRASE... : a session of that day, led by a recording of the phrases. Each must have
# been heard, in order: the rest of this test means nothing otherwise.
visit() {
    local day=$1
    shift
    record "$work/in.wav" 3 "$@"
    timeout 300 "$PASAPAS" --audio "wav:$work/in.wav,$work/out.wav" --fast --learner Zoé \
        --today "$day" </dev/null >"$work/said" 2>"$work/errors" || fail "$day: exit $?"
    [ -s "$work/errors" ] && fail "$day: lines on standard error"
    sed -n 's/^> //p' "$work/said" >"$work/heard"
    printf '%s\n' "$@" | cmp -s - "$work/heard" || fail "$day: not heard as spoken"
    cat "$work/said" >>"$work/all"
}
said() { # each argument is a line of the last visit, in this order
    local from=1 line
    for text in "$@"; do
        line=$(tail -n +"$from" "$work/said" | grep -nF -m 1 -- "$text" | cut -d: -f1)
        [ -n "$line" ] || fail "« $text » was not said, or not in its turn"
        from=$((from + line))
    done
}
unsaid() {
    grep -qF -- "$1" "$work/said" && fail "« $1 » was said"
    return 0
}

# --- November: declared on 3 December -------------------------------------------------------------
visit 2026-12-03 "sur ordinateur" actualisation "étape suivante" "étape suivante" \
    "étape suivante" "étape finie" "étape finie" \
    "étape finie" oui "pas besoin" "pas besoin" "au revoir"
said "Bonjour Zoé." "Actualisation de novembre : il reste 12 jours." "C'est noté. Étape 3 sur 5" \
    "Vous avez validé vos réponses : c'est bien cela ?" "> oui" "C'est noté. Étape 4 sur 5" \
    "Fin de la partie « Actualisation »." "Au revoir."
unsaid "Voulez-vous quitter quand même"

# ...a mistake is found on the 10th: the step is opened again, and leaving says so...
visit 2026-12-10 oui "étape précédente" "étape précédente" "étape précédente" "ce n'est pas fait" \
    "au revoir" oui
said "Votre actualisation de novembre est faite." "On reprend ?" \
    "Cette étape est de nouveau à faire. Étape 3 sur 5" "Il reste 1 étape à faire : étape 3." \
    "Vous avez jusqu'au 15 décembre : 5 jours." "Voulez-vous quitter quand même ?" "Au revoir."

# ...and on the 14th, the last day but one, it is put right.
visit 2026-12-14 oui "étape finie" oui "au revoir"
said "Actualisation de novembre : 4 étapes faites sur 5. Il reste 1 jour. On y va ?" \
    "Étape 3 sur 5" "c'est bien cela ?" "C'est noté. Étape 4 sur 5" "Au revoir."

# --- December: forgotten --------------------------------------------------------------------------
visit 2027-01-20 oui "étape suivante" "où suis-je" historique "au revoir"
said "Actualisation de décembre : c'est fermé, et pas fini." "On reprend ?" \
    "C'est fermé en ce moment. Vous pouvez vous entraîner." \
    "> où suis-je" "Si vous n'avez pas déclaré, appelez vite le 39 49" \
    "La prochaine fois ouvre le 28 janvier." "> historique" \
    "En décembre 2026 : manqué, rien n'est fait." "En novembre 2026 : 5 étapes faites."

# --- January: a new list, declared on 1 February --------------------------------------------------
visit 2027-02-01 oui "où suis-je" "étape suivante" "étape suivante" "étape suivante" "étape finie" "étape finie" "étape finie" oui \
    "pas besoin" "pas besoin" historique "au revoir"
said "Actualisation de janvier : aucune étape faite sur 5. Il reste 14 jours. On y va ?" \
    "Vous avez jusqu'au 15 février : 14 jours." "Étape 1 sur 5" "C'est noté. Étape 2 sur 5" \
    "En janvier 2027 : 5 étapes faites." "En novembre 2026 : 5 étapes faites." "Au revoir."

# --- somebody else comes along, and goes again ----------------------------------------------------
printf 'suivant\n' | "$PASAPAS" --no-speech --no-listen --learner Martine --path ordinateur \
    --section site --today 2027-02-02 >/dev/null
visit 2027-02-02 "changer de personne" Martine "pas maintenant" oui sommaire "changer de personne" deux oui "au revoir"
said "Bonjour Zoé." "Maintenant : Zoé." "1. Martine." "2. Zoé." "Bonjour Martine." \
    "Vous étiez à la partie « Ouvrir le site », étape 2 sur 2" "Bonjour Zoé." \
    "Vous étiez à la partie « Actualisation »"

# --- what is kept, what is told of it, and the calendar -------------------------------------------
for month in 2026-11 2026-12 2027-01; do
    "$PASAPAS" progress --learner zoé --json --month $month --today 2027-02-01 >"$work/$month.json" ||
        fail "progress of $month"
done
"$PASAPAS" reminders --ics "$work/r.ics" --today 2026-12-03 >/dev/null || fail "reminders"
cat >"$work/agree.py" <<'END'
import datetime, json, re, sys
import icalendar

work = sys.argv[1]
steps = ["m-actualiser", "repondre-questions", "valider", "justificatif", "envoyer-justificatifs"]
last = {"2026-11": "2026-12-03", "2027-01": "2027-02-01"}
wanted = {
    month: {
        step: ("not-needed" if "justificatif" in step else "done",
               "2026-12-14" if (month, step) == ("2026-11", "valider") else day)
        for step in steps
    }
    for month, day in last.items()
}
wanted["2026-12"] = {}

# The store, as text: month, then state, then step and moment (UTC).
kept = {month: {} for month in wanted}
month = state = None
store = open(f"{work}/state/pasapas/zo%C3%A9/progress.yaml", encoding="utf-8")
for line in store:
    if line.startswith("- guide"):
        month = None
    elif found := re.match(r"  month: (\S+)", line):
        month = found[1]
    elif found := re.match(r"  (done|not-needed):$", line):
        state = found[1]
    elif month and (found := re.match(r"    (\S+): (\S+)Z$", line)):
        kept[month][found[1]] = (state, datetime.datetime.fromisoformat(found[2] + "+00:00"))

# The JSON: the same moments, in local time, on the days of the visits.
for month, marks in wanted.items():
    answer = json.load(open(f"{work}/{month}.json", encoding="utf-8"))
    assert (answer["learner"], answer["path"], answer["month"]) == ("Zoé", "ordinateur", month), answer
    told = {
        step["id"]: (step["state"], datetime.datetime.fromisoformat(step["at"]))
        for step in answer["steps"]
        if step["section"] == "actualisation" and step["state"] != "open"
    }
    assert told == kept[month], ("the store and the JSON", month, kept[month], told)
    days = {step: (state, at.date().isoformat()) for step, (state, at) in told.items()}
    assert days == marks, ("the JSON", month, told)

# The calendar: every mark lies in the window of its month; the last days are those that were said.
windows = {}
for event in icalendar.Calendar.from_ical(open(f"{work}/r.ics", "rb").read()).walk("VEVENT"):
    month, kind = re.match(r"(\d+-\d+)-(\w+)", str(event["UID"])).groups()
    windows.setdefault(month, {})[kind] = event["DTSTART"].dt
assert windows["2026-11"]["last"] == datetime.date(2026, 12, 15)
assert windows["2027-01"] == {
    "opens": datetime.date(2027, 1, 28), "soon": datetime.date(2027, 2, 12),
    "last": datetime.date(2027, 2, 15),
}
for month, marks in wanted.items():
    for state, day in marks.values():
        assert day <= windows[month]["last"].isoformat(), (month, day)
        assert "opens" not in windows[month] or day >= windows[month]["opens"].isoformat()
months = dict(décembre=12, janvier=1, février=2)
said = open(f"{work}/all", encoding="utf-8").read()
days = {
    (int(day), months[name])
    for day, name in re.findall(r"jusqu'(?:au|à demain, le) (\d+) (\w+)", said)
}
assert days == {(15, 12), (15, 2)}, days
opening = {(int(d), months[n]) for d, n in re.findall(r"La prochaine fois ouvre le (\d+) (\w+)", said)}
assert opening == {(28, 1)}, opening
END
"$python" "$work/agree.py" "$work" || fail "they do not agree"
