# SPDX-License-Identifier: GPL-2.0
# Knows the demonstration: allocwatch watches while the workload breaks memory.
kernel=$(uname -r)
echo "\$ allocwatch live      (arm64, Linux $kernel, $(awk '/MemTotal/ { print int($2 / 1024) }' /proc/meminfo) MiB; meanwhile 'repro' fragments memory and asks for 64 KiB)"
echo
allocwatch live --plain &
watcher=$!
sleep 1.5
repro --warned 6 --silent 6 --pause 300 > /tmp/truth 2>&1
status=$?
sleep 0.5
kill -INT $watcher
wait $watcher
echo
if [ $status -ne 0 ]; then
	cat /tmp/truth
	exit 1
fi
printed=$(dmesg | grep -c 'page allocation failure')
failed=$(sed -n 's/^truth warned_failed=\([0-9]*\).* silent_failed=\([0-9]*\).*/\1 + \2/p' /tmp/truth)
echo "the workload says: $((failed)) requests failed; the kernel log has $printed of them"
