# SPDX-License-Identifier: GPL-3.0-or-later
# Sourced by the tests of the scripts that train: the English model that they begin with, or the test is
# skipped; a folder of their own, fail() and need() of home.sh; and recordings.

# shellcheck source=tests/support/home.sh
. "${srcdir:-.}/tests/support/home.sh"
english=/usr/share/pocketsphinx/model/en-us/en-us
need espeak-ng sox cc pocketsphinx_mdef_convert
[ -f $english/sendump ] || { echo "skipped: no English model"; exit 77; }

speak() { # FILE TEXT [LANGUAGE]: a recording as the scripts want it
    mkdir -p "$(dirname "$1")"
    espeak-ng -v "${3:-fr}" -w "$work/raw.wav" -- "$2"
    sox -q "$work/raw.wav" -r 16000 -c 1 "$1"
}
