# SPDX-License-Identifier: GPL-2.0
# Sets $cache, the directory for downloads and what is made from them; to be sourced.
# shellcheck shell=sh disable=SC2034  # $cache is for the script that sources this
cache=${ALLOCWATCH_CACHE:-${XDG_CACHE_HOME:-${HOME:?set ALLOCWATCH_CACHE or HOME, for the directory of downloads}/.cache}/allocwatch}
