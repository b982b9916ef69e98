#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# zsh can read its completion.
set -u
: "${builddir:?}"
command -v zsh >/dev/null || {
    echo "skipped: zsh is not installed"
    exit 77
}
zsh -n "$builddir/completions/_pasapas"
