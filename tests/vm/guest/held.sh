# SPDX-License-Identifier: GPL-2.0
# The part of the test in the VM of how long the page scan holds a cpu.

. /lib.sh

# NAME COMMAND...: again and again while the thread beats.
beats() {
	name=$1
	shift
	heartbeat 0 2 > "/out/$name.beats" 2> "/out/$name.err" &
	pid=$!
	runs=0
	until gone $pid; do
		"$@" > "/out/$name" 2>> "/out/$name.err"
		runs=$((runs + 1))
	done
	wait $pid
	echo "$? $runs" > "/out/$name.runs"
}

work() {
	i=0
	while [ $i -lt 2000 ]; do i=$((i + 1)); done
}

# Every second page is free: the lists of single pages are long.
hold anon > /tmp/hold.txt 2>&1 &
await "hold" $! grep -q holding /tmp/hold.txt || { cat /tmp/hold.txt; exit 1; }
cat /proc/buddyinfo > /out/buddyinfo
beats work work
beats bpf allocwatch blockers --json --source bpf
beats kpageflags allocwatch blockers --json --source kpageflags
beats counts cat /proc/pagetypeinfo
true
