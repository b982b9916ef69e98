# SPDX-License-Identifier: GPL-3.0-or-later
# Sourced by tests that wait for something.

# await SECONDS COMMAND...: true as soon as the command is.
await() {
    turns=$(($1 * 10))
    shift
    while [ $turns -gt 0 ]; do
        "$@" >/dev/null 2>&1 && return 0
        turns=$((turns - 1))
        sleep 0.1
    done
    return 1
}
