# SPDX-License-Identifier: GPL-2.0
# The demonstration in the VM: allocwatch watches while the workload fragments memory.
#
# With SCREEN set, it shows the screen until q is pressed, else plain lines while the workload runs.
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
echo "the workload counted $((failed)) failed requests; the kernel log shows $printed of them"
