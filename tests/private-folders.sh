#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A user without a home, on a machine with others: a folder that somebody else made in /tmp is not used,
# neither to keep what is learned nor to be told commands, and that is said. Played as the user "nobody",
# which only root can; where the system has no such user, or may not run the program, it is skipped.
. "$srcdir/tests/support/home.sh"
need setpriv getent
[ "$(id -u)" = 0 ] || { echo "skipped: only root can play another user"; exit 77; }
user=$(getent passwd nobody | cut -d: -f3)
[ -n "$user" ] || { echo "skipped: there is no user nobody"; exit 77; }
[ -e "/tmp/pasapas-$user" ] && { echo "skipped: /tmp/pasapas-$user is there"; exit 77; }
chmod 711 "$work" && trap 'rm -rf "$work" "/tmp/pasapas-$user"' EXIT

nobody() {
    setpriv --reuid "$user" --regid "$user" --clear-groups \
        env -i PATH="$PATH" PASAPAS_DATA="${PASAPAS_DATA:-}" ASAN_OPTIONS="${ASAN_OPTIONS:-}" timeout 60 "$PASAPAS" "$@"
}
session() { nobody --no-speech --no-listen --today 2026-11-20 --path ordinateur >"$work/answer" 2>"$work/errors" <<<'quitter'; }
nobody --version >/dev/null 2>&1 || { echo "skipped: nobody may not run it here"; exit 77; }

# By itself it makes a folder that is nobody else's.
session || fail "the session ended with $?"
[ "$(stat -c '%a %u' "/tmp/pasapas-$user")" = "700 $user" ] || fail "the folder is not private"
grep -q 'Votre place est gardée' "$work/answer" || fail "the place is not kept"

# One that others can read, one that is another's, a link to one's own: none is used.
for kind in readable foreign link; do
    rm -rf "/tmp/pasapas-$user"
    case $kind in
    readable) mkdir -m 755 "/tmp/pasapas-$user" && chown "$user" "/tmp/pasapas-$user" ;;
    foreign) mkdir -m 777 "/tmp/pasapas-$user" ;;
    link) mkdir -m 700 "$work/own" && chown "$user" "$work/own" && ln -s "$work/own" "/tmp/pasapas-$user" ;;
    esac
    session || fail "$kind: the session ended with $?"
    grep -q 'rien enregistrer' "$work/answer" || fail "$kind: that nothing is kept is not said"
    [ -z "$(ls -A "/tmp/pasapas-$user/")" ] || fail "$kind: something was written"
done
echo "only private folders are used"
