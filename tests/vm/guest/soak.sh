# SPDX-License-Identifier: GPL-2.0
# The soak test in the VM: SECONDS of mixed load, with one allocwatch that stays, and others that start and end.
. /lib.sh
. /soak.settings
# Softirqs interrupt anywhere, so the number of their stacks is unlimited; the bound on stacks is not reached in ten
# minutes.
insmod /bin/storm.ko softirqs=0 || exit 1
over=$(($(seconds) + SECONDS_LONG))

# What could grow: the allocwatch that stays, BPF, tracing, the kernel.
snapshot() {
	echo "seconds $(seconds)"
	sed -n 's/^VmRSS:[^0-9]*\([0-9]*\) kB/resident_kb \1/p' "/proc/$stays/status"
	echo "files $(ls "/proc/$stays/fd" | wc -l)"
	programs count | xargs -n 2 echo
	echo "instances $(ls /sys/kernel/tracing/instances | wc -l)"
	echo "kprobes $(wc -l < /sys/kernel/debug/kprobes/list)"
	awk '$1 == "Percpu:" { print "percpu_kb", $2 } $1 == "SUnreclaim:" { print "slab_kb", $2 }
		$1 == "VmallocUsed:" { print "vmalloc_kb", $2 }' /proc/meminfo
}

watch stays allocwatch live --plain --interval 5s --format jsonl
stays=$pid
# The jsonl output grows with every event, so it is discarded.
round=0
one_round() {
	for options in '' '--low-overhead' '--count-allocations' '--source tracefs' '--filter order>=4'; do
		watch comes allocwatch live --plain $options
		echo 50 > /proc/storm
		finish comes
	done
	repro --warned 3 --silent 10 > /dev/null 2>&1
	allocwatch record --duration 1s -o /tmp/soak.aw 2> /dev/null
	allocwatch report /tmp/soak.aw > /dev/null
	rm -f /tmp/soak.aw /tmp/soak.aw.old
	: > /out/stays.txt
	: > /out/comes.txt
	round=$((round + 1))
}

one_round	# fills caches
snapshot > /out/first
while [ "$(seconds)" -lt $over ]; do
	one_round
	sed -n 's/^VmRSS:[^0-9]*\([0-9]*\) kB/\1/p' "/proc/$stays/status" >> /out/resident
done
snapshot > /out/last
echo $round > /out/rounds
finish stays
: > /out/stays.txt
echo 2 > /proc/sys/vm/drop_caches
sleep 1
programs count > /out/after
