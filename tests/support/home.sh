# SPDX-License-Identifier: GPL-3.0-or-later
# Sourced by tests of the program that speak or listen: a home of their own. Sets $work, a folder
# that is gone at the end, lets the program keep everything in it, and gives the shell fail().
set -u
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
export XDG_STATE_HOME=$work/state XDG_CONFIG_HOME=$work/config XDG_RUNTIME_DIR=$work HOME=$work

need() { # the test is skipped where a tool is missing
    local tool
    for tool; do
        type -P "$tool" >/dev/null || { echo "skipped: $tool is missing"; exit 77; }
    done
}

fail() { # shows what the program said last
    echo "FAILED: $1"
    cat "$work/answer" "$work/errors" 2>/dev/null
    exit 1
}
