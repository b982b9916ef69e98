#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# pasapas reminders --ics: the calendar is read back by python3-icalendar, a parser that we did not
# write, and each day is compared with what the guide's rule says; then the form of the lines.
set -u
# Debian's own Python: another one in PATH would not have Debian's modules.
python=/usr/bin/python3
"$python" -c 'import icalendar' 2>/dev/null || { echo "skipped: python3-icalendar is missing"; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
bad=0
fail() {
    echo "FAIL: $1"
    bad=1
}

cat >"$work/check.py" <<'END'
"""check.py FILE TODAY: every event of the calendar, as the rule of the guide (28, 26, 15) has it."""
import datetime, sys
import icalendar

data = open(sys.argv[1], "rb").read()
today = datetime.date.fromisoformat(sys.argv[2])
lines = data.split(b"\r\n")
assert lines[-1] == b"" and b"\n" not in data.replace(b"\r\n", b""), "a line without CR LF"
assert max(map(len, lines)) <= 75, "a line of more than 75 octets"
assert any(line.startswith(b" ") for line in lines), "no line was folded"
for line in lines:
    line.decode("utf-8")  # folding has cut no character

wanted = {}
first = datetime.date(today.year - 1, today.month, 1)
windows = []
year, month = first.year, first.month
while len(windows) < 12:
    opens = datetime.date(year, month, 26 if month == 2 else 28)
    after = (year + 1, 1) if month == 12 else (year, month + 1)
    closes = datetime.date(*after, 15)
    if closes >= today:
        windows.append((f"{year}-{month:02}", opens, closes))
    year, month = after
for name, opens, closes in windows:
    soon = closes - datetime.timedelta(days=3)
    for kind, day in (("opens", opens), ("soon", soon), ("last", closes)):
        if day >= today:
            wanted[f"{name}-{kind}"] = day

calendar = icalendar.Calendar.from_ical(data)
assert calendar["VERSION"] == "2.0" and calendar["PRODID"]
assert "METHOD" not in calendar  # without ORGANIZER it would be an invitation from nobody
found = {}
for event in calendar.walk("VEVENT"):
    start, end = event["DTSTART"].dt, event["DTEND"].dt
    assert type(start) is datetime.date and end - start == datetime.timedelta(days=1), start
    uid = str(event["UID"])
    key = "-".join(uid.split("-")[:3])
    assert key not in found, f"{uid} twice"
    found[key] = start
    written = event["DTSTAMP"].dt
    now = datetime.datetime.now(datetime.timezone.utc)
    assert now - datetime.timedelta(minutes=10) < written <= now, written
    alarms = event.walk("VALARM")
    assert len(alarms) == 1 and alarms[0]["ACTION"] == "DISPLAY"
    # Outlook leaves out what comes after the beginning: at 9, the day before, and it says so.
    assert alarms[0]["TRIGGER"].dt == datetime.timedelta(hours=-15)
    assert str(alarms[0]["DESCRIPTION"]).startswith("Demain : Actualisation, ")
    assert str(event["SUMMARY"]).startswith("Actualisation, ")
    assert "jusqu'au 15 " in str(event["DESCRIPTION"])
assert found == wanted, set(found.items()) ^ set(wanted.items())
print(len(found))
END

expect() { # TODAY EVENTS
    "$PASAPAS" reminders --ics "$work/r.ics" --today "$1" >"$work/out" || fail "$1: exit $?"
    got=$("$python" "$work/check.py" "$work/r.ics" "$1") || { fail "$1"; return; }
    [ "$got" = "$2" ] || fail "$1: $got events instead of $2"
    grep -qF "$2 rappels sont dans le fichier $work/r.ics." "$work/out" || fail "$1: what was said"
}

# Between two windows; while one is open; its last days; a leap year; the end of a year.
expect 2026-11-23 36
expect 2026-11-28 36
expect 2026-12-03 35
expect 2026-12-13 34
expect 2026-12-15 34
expect 2026-12-16 36
expect 2028-02-25 36
expect 2027-12-31 35

# The same again is the same but for when it was written, and standard output holds nothing else.
"$PASAPAS" reminders --ics "$work/a.ics" --today 2026-11-23 >/dev/null || fail "exit $?"
"$PASAPAS" reminders --ics - --today 2026-11-23 >"$work/b.ics" || fail "standard output: exit $?"
cmp -s <(grep -v '^DTSTAMP' "$work/a.ics") <(grep -v '^DTSTAMP' "$work/b.ics") || fail "two calendars of one day differ"

"$PASAPAS" reminders >"$work/out" 2>&1
[ $? = 2 ] || fail "without --ics"
"$PASAPAS" reminders --ics "$work/none/r.ics" >"$work/out" 2>&1
[ $? = 1 ] || fail "a folder that is not there"
grep -q "ne peut pas être écrit" "$work/out" || fail "a folder that is not there: what was said"
# One guide, by its name and by its file; one that is not there, and one that is none.
for guide in espace-france-travail "$PASAPAS_DATA/guides/espace-france-travail.yaml"; do
    "$PASAPAS" reminders --guide "$guide" --ics "$work/g.ics" --today 2026-11-23 >"$work/out" || fail "--guide $guide: exit $?"
    cmp -s <(grep -v '^DTSTAMP' "$work/g.ics") <(grep -v '^DTSTAMP' "$work/a.ics") || fail "--guide $guide"
done
echo 'id: [' >"$work/broken.yaml"
for guide in nothing "$work/nothing.yaml" "$work/broken.yaml"; do
    rm -f "$work/g.ics"
    "$PASAPAS" reminders --guide "$guide" --ics "$work/g.ics" --today 2026-11-23 >"$work/out" 2>&1 && fail "--guide $guide"
    grep -q '^Erreur : ' "$work/out" || fail "--guide $guide: nothing is told"
    [ ! -e "$work/g.ics" ] || fail "--guide $guide: a calendar was written"
done

"$PASAPAS" reminders --ics "$work/r.ics" --today 2020-01-01 >"$work/out" 2>&1
[ $? = 1 ] || fail "a clock before the guide"
grep -q "nous sommes le 1er janvier 2020" "$work/out" || fail "a clock before the guide: what was said"
exit $bad
