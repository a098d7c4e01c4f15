# SPDX-License-Identifier: GPL-2.0
# Knows where downloads and what is made from them are kept; sourced, sets $cache.
# shellcheck shell=sh disable=SC2034  # $cache is for the script that sources this
cache=${ALLOCWATCH_CACHE:-${XDG_CACHE_HOME:-${HOME:?ALLOCWATCH_CACHE or HOME must say where downloads go}/.cache}/allocwatch}
