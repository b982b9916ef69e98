#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Makes `configure` from configure.ac. Needs autoconf, automake, libtool's pkg.m4 (pkg-config).
set -e
cd "$(dirname "$0")"
scripts/list-sources
exec autoreconf --install --force
