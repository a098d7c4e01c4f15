# SPDX-License-Identifier: GPL-2.0
# The measurement in the VM of how the cost of failures grows: with no watcher, then with 1 to $most.
. /lib.sh
kcompactd=$(ps | awk '/\[kcompactd[0-9]*\]/ { print $1 }')
insmod /bin/storm.ko softirqs=0

# The same as in guest.sh: kcompactd would take a part of the cpu.
storms() { # WATCHERS
	before=$(sed -n 's/^loud //p' /proc/storm)
	renice 19 $kcompactd
	echo 1000 > /proc/storm
	renice 0 $kcompactd
	after=$(sed -n 's/^loud //p' /proc/storm)
	echo 0 > /proc/storm
	echo "storm $1 $((after - before)) $(sed -n 's/^slow_mean_ns //p' /proc/storm)"
}

storms 0 > /dev/null
storms 0
watchers=0
while [ $watchers -lt $most ]; do
	watchers=$((watchers + 1))
	allocwatch live --plain --source bpf > "/tmp/live$watchers" 2>&1 &
	await live$watchers $! grep -q '^TIME' "/tmp/live$watchers" || { cat "/tmp/live$watchers"; exit 1; }
	echo 1 > /proc/storm	# the first failure makes the reader read kallsyms
	sleep 2
	storms $watchers
done
