# SPDX-License-Identifier: GPL-2.0
# Knows what the test of nested requests does inside the VM: a recording of each source is left in /out.
. /lib.sh
cd /out
insmod /bin/nested.ko || exit 1
insmod /allocwatch.ko || exit 1

# SOURCE ORDER: one request that fails, and those that fail inside its reclaim
nested() {
	name=$1-$2
	allocwatch record --source "$1" -o "$name.aw" > /dev/null 2> "$name.err" &
	pid=$!
	echo -1000 > /proc/$pid/oom_score_adj
	await "$name" $pid grep -q recording "$name.err" || { cat "$name.err"; exit 1; }
	sleep 0.5
	echo "$2" > /proc/nested
	cat /proc/nested > "$name.truth"
	sleep 0.5
	kill -INT $pid
	await "the end of $name" '' gone $pid
}

for source in bpf kmod tracefs; do
	nested $source 0
	nested $source 10
done
