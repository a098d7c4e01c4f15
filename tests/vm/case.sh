# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh
# Judges the case of docs/guides/reflash.md: tests/kmod/early with requests=5 asks for 40 KiB at its probe; with fixed=1 it
# asks as the advice says.  To be sourced after report.sh.

# NAME DIR: live's lines, and the driver's own count
judge_case() {
	text=$(cat "$2/live.txt")
	same "$1: the driver failed as asked" "failed 5 elsewhere 0" "$(grep "^failed " "$2/early.truth")"
	same "$1: each request, before start" 5 \
		"$(grep '  before start  ' "$2/live.txt" | grep -c ' 64 KiB  *4  *hard .* early_table .*GFP_KERNEL|__GFP_COMP|__GFP_ZERO$')"
	has "$1: cause" '^  cause       fragmentation: ' "$text"
	has "$1: rule" '^  stopped by  (likely )?costly-order: order 4 > 3' "$text"
	has "$1: what the driver is to do" '^  (change|caller) .*kvmalloc' "$text"
	lacks "$1: nothing was lost" 'has lost' "$(cat "$2/live.err")"
}

# NAME DIR: kvmalloc() asks for the block first, and goes on without it.
judge_fixed() {
	same "$1: the driver has what it asked for" "failed 0 elsewhere 5" "$(grep "^failed " "$2/early.truth")"
	same "$1: nothing that anybody misses" 0 "$(grep '  before start  ' "$2/live.txt" | grep -c ' hard ')"
	same "$1: what it could do without" 5 "$(grep '  before start  ' "$2/live.txt" | grep -c ' 64 KiB  *4  *opp.* early_table ')"
}
