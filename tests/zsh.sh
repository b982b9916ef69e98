#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# zsh can read its completion, and offers the names that the program knows.
# shellcheck source=tests/support/home.sh
. "$srcdir/tests/support/home.sh"
need zsh
script=$builddir/completions/_pasapas
zsh -n "$script" || fail "it cannot be read"
mkdir "$work/bin"
ln -s "$(realpath "$PASAPAS")" "$work/bin/pasapas"
export PATH=$work/bin:$PATH LC_ALL=C.UTF-8
pasapas --no-speech --no-listen --learner "Chloé Ndiaye" --path ordinateur </dev/null >"$work/answer"

# offers WANTED WORD...: WANTED is a name for the last word, which is the value of an option.
offers() {
    local wanted=$1
    shift
    sed '$d' "$script" >"$work/functions" # without the call at its end
    # shellcheck disable=SC2016 # zsh's own
    zsh -f -c '
        compadd() { print -rl -- "${(P@)argv[-1]}" }
        . $1; shift
        words=("$@") CURRENT=$# _pasapas_program=pasapas
        _pasapas_${words[CURRENT-1]#--}s' zsh "$work/functions" "$@" >"$work/answer"
    grep -qxF -- "$wanted" "$work/answer" || fail "zsh: « $* » is not offered $wanted"
}
offers "Chloé Ndiaye" pasapas progress --learner ''
offers espace-france-travail pasapas --guide ''
offers telephone pasapas --path ''
offers actualisation pasapas --section ''
offers valider pasapas --guide espace-france-travail --section=actualisation --step ''
[ "$(grep -c . "$work/answer")" = 5 ] || fail "steps of other parts"
