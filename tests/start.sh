#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# README's first command, as it is run without anybody there: it must build, start, end at once at
# the end of input, say at most one line that is not the transcript, and work again the second time. It
# leaves a command and a manual page for the user, and says so in one line where it cannot. The offer of
# the French model is written and spoken, and waits for no voice.
set -u
cd "$(dirname "$0")/.." || exit 1
work=$(mktemp -d)
trap 'chmod -R u+w "$work"; rm -rf "$work"' EXIT
export XDG_STATE_HOME=$work/state XDG_CONFIG_HOME=$work/config HOME=$work/home
unset XDG_DATA_HOME PASAPAS_DATA
mkdir "$HOME"

fail() {
    echo "FAILED: $1"
    cat "$work/out" "$work/err"
    exit 1
}

start() {
    timeout 600 scripts/start </dev/null >"$work/out" 2>"$work/err" || fail "start, $1: exit $?"
    grep -q '^Bonjour' "$work/out" || fail "start, $1: no assistant"
}

mine=$HOME/.local/share/pasapas/guides/espace-france-travail.yaml
mkdir -p "${mine%/*}"
sed 's/^title: .*/title: Le mien/' guides/espace-france-travail.yaml >"$mine"
start "first time"
grep -q 'export PATH=' "$work/err" || fail "nobody says how to reach the command"
before=$(stat -c %Y "$HOME/.local/lib/pasapas/bin/pasapas")
start "second time"
noise=$(wc -l <"$work/err")
[ "$noise" -le 1 ] || fail "start: $noise lines on standard error"
[ "$(stat -c %Y "$HOME/.local/lib/pasapas/bin/pasapas")" = "$before" ] || fail "installed again for nothing"

# The commands of README, as they stand, from anywhere: the program finds its guides, voices and page.
command=$(cd / && PATH=$HOME/.local/bin:$PATH && command -v pasapas)
[ "$command" = "$HOME/.local/bin/pasapas" ] || fail "no command, but « $command »"
(cd / && "$command" voices) >"$work/out" 2>"$work/err" || fail "pasapas voices"
grep -q "$HOME/.local/lib/pasapas/bin/../share" "$work/out" || fail "the voice is not the installed one"
(cd / && "$command" guides) >"$work/out" 2>"$work/err" || fail "pasapas guides"
grep -q ': Le mien\.' "$work/out" || fail "the user's own guide was replaced"
grep -q "^title: Le mien" "$mine" || fail "the user's own guide was replaced"
for page in man1/pasapas.1 fr/man1/pasapas.1; do
    [ -s "$HOME/.local/share/man/$page" ] || fail "no manual page: $page"
done
[ -x "$HOME/.local/bin/pasapas-window" ] || fail "nothing for the desktop's menu to open"
for completion in bash-completion/completions/pasapas zsh/site-functions/_pasapas fish/vendor_completions.d/pasapas.fish; do
    [ -s "$HOME/.local/share/$completion" ] || fail "no completion: $completion"
done
type -P man >/dev/null && {
    PATH=$HOME/.local/bin:$PATH MANPATH='' man -w pasapas >"$work/out" 2>"$work/err"
    grep -q "$HOME/.local/share/man" "$work/out" || fail "man does not find the page"
}

# Another command of that name stays; a home that cannot be written is no reason not to start.
export HOME=$work/other
mkdir -p "$HOME/.local/bin"
echo other >"$HOME/.local/bin/pasapas"
start "beside another command"
[ "$(cat "$HOME/.local/bin/pasapas")" = other ] || fail "another command was replaced"
[ "$(grep -c 'pas pu être installée' "$work/err")" = 1 ] || fail "another command: not one line"
for HOME in "$work/err/none" relative; do # below a file: not even root can
    start "without a home: $HOME"
    [ "$(grep -c 'pas pu être installée' "$work/err")" = 1 ] || fail "without a home: not one line"
done

# The offer, on a terminal: written, given to the voice, and answered without waiting for it.
export HOME=$work/home
cat >"$work/voice" <<'END'
#!/bin/sh
printf '%s\n' "$@" >"$SPOKEN"
exec sleep 50
END
chmod +x "$work/voice"
SECONDS=0
SPOKEN=$work/spoken PASAPAS=$work/voice python3 - "$work/out" <<'END' || fail "the offer"
import os, pty, select, sys, time
pid, fd = pty.fork()
if pid == 0:
    os.execv("scripts/offer-french-model", ["offer-french-model"])
heard, end, answered = b"", time.time() + 20, False
while time.time() < end:
    if select.select([fd], [], [], 0.2)[0]:
        try:
            more = os.read(fd, 4096)
        except OSError:
            break
        if not more:
            break
        heard += more
    if "puis Entrée : ".encode() in heard and os.path.exists(os.environ["SPOKEN"]) and not answered:
        os.write(fd, b"non\n")
        answered = True
open(sys.argv[1], "wb").write(heard)
sys.exit(0 if answered and os.waitpid(pid, 0)[1] == 0 else 1)
END
[ $SECONDS -lt 20 ] || fail "the offer waits for its voice"
grep -q "D'accord" "$work/out" || fail "the offer was not answered"
grep -qx say "$work/spoken" && grep -q 'Voulez-vous le télécharger' "$work/spoken" || fail "the offer is not spoken"
