#!/bin/sh
# Makes `configure` from configure.ac. Needs autoconf, automake, libtool's pkg.m4 (pkg-config).
set -e
cd "$(dirname "$0")"
exec autoreconf --install --force
