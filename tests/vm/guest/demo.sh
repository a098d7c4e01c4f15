# SPDX-License-Identifier: GPL-2.0
# Knows the demonstration: allocwatch watches while the workload breaks memory.
#
# With SCREEN set the screen does, until q is pressed; else plain lines do, for as long as the workload takes.
kernel=$(uname -r)
what="arm64, Linux $kernel, $(awk '/MemTotal/ { print int($2 / 1024) }' /proc/meminfo) MiB; meanwhile 'repro' fragments memory and asks for 64 KiB"

break_memory() { repro --warned 6 --silent 6 --pause 300 > /tmp/truth 2>&1; }

watch_screen() {
	echo "\$ allocwatch live      ($what; Enter opens a verdict, q ends)"
	(sleep 4; break_memory; echo $? > /tmp/status) &
	allocwatch live
	status=$(cat /tmp/status 2> /dev/null || echo 0)	# left early: no status
}

watch_lines() {
	echo "\$ allocwatch live      ($what)"
	echo
	allocwatch live --plain &
	watcher=$!
	sleep 1.5
	break_memory
	status=$?
	sleep 0.5
	kill -INT $watcher
	wait $watcher
}

if [ -n "${SCREEN:-}" ]; then watch_screen; else watch_lines; fi
echo
if [ $status -ne 0 ]; then
	cat /tmp/truth
	exit 1
fi
printed=$(dmesg | grep -c 'page allocation failure')
grep -q '^truth' /tmp/truth 2> /dev/null || exit 0	# left before the workload was done
failed=$(sed -n 's/^truth warned_failed=\([0-9]*\).* silent_failed=\([0-9]*\).*/\1 + \2/p' /tmp/truth)
echo "the workload says: $((failed)) requests failed; the kernel log has $printed of them"
