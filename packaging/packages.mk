# SPDX-License-Identifier: GPL-2.0
# Packages of the last commit: for Debian, and static tarballs.

deb:
	packaging/deb build/deb

dist:
	packaging/dist build/dist

.PHONY: deb dist
