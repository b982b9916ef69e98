#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# fish can read its completion, and offers what it says.
set -u
: "${builddir:?}"
command -v fish >/dev/null || {
    echo "skipped: fish is not installed"
    exit 77
}
script=$builddir/completions/pasapas.fish
fish --no-execute "$script" || exit 1
failed=0

# offers LINE WORD: WORD is offered at the end of LINE.
offers() {
    fish --no-config -c 'source $argv[1]; complete -C $argv[2]' "$script" "$1" | cut -f 1 | grep -qx -- "$2" || {
        echo "FAILED: « $1 » is not offered $2"
        failed=1
    }
}
offers 'pasapas so' sound-check
offers 'pasapas --duplex ha' half
offers 'pasapas --duplex=ha' --duplex=half
offers 'pasapas say --ra' --rate
offers "pasapas check $script" "$script"
# Names that the program knows.
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
mkdir "$work/bin"
ln -s "$(realpath "$PASAPAS")" "$work/bin/pasapas"
export PATH="$work/bin:$PATH" LC_ALL=C.UTF-8 HOME="$work" XDG_STATE_HOME="$work/state" XDG_CONFIG_HOME="$work/config"
pasapas --no-speech --no-listen --learner "Chloé Ndiaye" --path ordinateur </dev/null >/dev/null
offers 'pasapas progress --learner Ch' 'Chloé Ndiaye'
offers 'pasapas --guide esp' espace-france-travail
offers 'pasapas --path ' telephone
offers 'pasapas --section ac' actualisation
offers 'pasapas --guide espace-france-travail --section=actualisation --step v' valider
fish --no-config -c 'source $argv[1]; complete -C $argv[2]' "$script" 'pasapas --section site --step ' | grep -q '^valider' && {
    echo "FAILED: a step of another part"
    failed=1
}
exit $failed
