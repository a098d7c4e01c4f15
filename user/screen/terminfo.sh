#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# Prints the built-in terminal descriptions as rows of the table in terminfo.c.
set -eu
for name in xterm-256color linux vt100; do
	entry=$(infocmp -Q2 -q "$name" | tr -d '\n')
	case $entry in
	b64:*) printf '{ "%s", "%s" },\n' "$name" "$entry" ;;
	*) echo "terminfo.sh: infocmp -Q2 $name printed no b64: entry" >&2; exit 1 ;;
	esac
done
