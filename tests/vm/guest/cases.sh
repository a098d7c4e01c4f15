# SPDX-License-Identifier: GPL-2.0
# Knows how one case runs inside the VM: live watches while repro makes its failures.

# NAME, then options of repro; the kernel log of the run alone is kept, too.
run() {
	name=$1
	shift
	dmesg -c > /dev/null
	allocwatch live > "/out/$name.txt" 2> "/out/$name.err" &
	pid=$!
	until grep -q '^TIME' "/out/$name.txt"; do
		kill -0 $pid 2>/dev/null || return 1
		sleep 0.1
	done
	repro "$@" > "/out/$name.truth" 2>&1
	sleep 0.2
	kill -INT $pid
	wait $pid
	dmesg > "/out/$name.dmesg"
}
