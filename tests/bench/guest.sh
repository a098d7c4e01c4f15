# SPDX-License-Identifier: GPL-2.0
. /lib.sh
# The measurements in the VM: instructions per page touched, and the cost of failures, with various programs attached.
measure() { # NAME: what is attached now
	echo "page $1 $(pages 30)"
}

# NAME COMMAND...: measures while COMMAND runs, which is ready when it prints TIME or attached
begin() {
	begun=$1
	shift
	"$@" > "/tmp/$begun.txt" 2>&1 &
	echo $! > "/tmp/$begun.pid"
	await "$begun" $! grep -q '^TIME\|^attached' "/tmp/$begun.txt" || { cat "/tmp/$begun.txt"; exit 1; }
	sleep 1
}

end() { # NAME
	pid=$(cat "/tmp/$1.pid")
	kill -TERM "$pid"
	wait "$pid" 2> /dev/null
}

with() { # NAME COMMAND...
	begin "$@"
	measure "$1"
	end "$1"
}

# How many requests fail in a second of a busy cpu, and how long one takes that reclaims and compacts: the less of two means, as one
# was 4.6 times as long as the others, likely because memory was compacted for a few of its requests.
kcompactd=$(ps | awk '/\[kcompactd0\]/ { print $1 }')
slow_mean() {
	echo 0 > /proc/storm
	sed -n 's/^slow_mean_ns //p' /proc/storm
}

storms() { # NAME
	before=$(sed -n 's/^loud //p' /proc/storm)
	# Each failure wakes kcompactd, which would take half of the cpu: what a failure adds would be counted up to twice.
	renice 19 "$kcompactd"
	echo 1000 > /proc/storm
	renice 0 "$kcompactd"
	after=$(sed -n 's/^loud //p' /proc/storm)
	first=$(slow_mean) second=$(slow_mean)
	echo "storm $1 $((after - before)) $((first < second ? first : second))"
}

measure nothing > /dev/null	# warms the caches of the kernel
measure nothing
with empty_tp_btf attach empty_tp_btf
with empty_raw_tp attach empty_raw_tp
begin default allocwatch live --plain --source bpf
measure default
with slow-1 attach 1	# each adds to those before
with slow-8 attach 7
with slow-64 attach 56
end default
with count-allocations allocwatch live --plain --source bpf --count-allocations
with holders allocwatch live --plain --source bpf --holders
with low-overhead allocwatch live --plain --source bpf --low-overhead
with tracefs allocwatch live --plain --source tracefs
if [ -e /bin/allocwatch.ko ]; then
	insmod /bin/allocwatch.ko
	with module allocwatch live --plain --source kmod
	rmmod allocwatch
fi
measure nothing

insmod /bin/storm.ko softirqs=0
storms nothing > /dev/null
storms nothing
storm_with() { # NAME OPTION...
	name=$1
	shift
	begin "$name" allocwatch live --plain "$@"
	echo 1 > /proc/storm	# the first failure makes the reader read kallsyms
	sleep 2
	storms "$name"
	end "$name"
}
storm_with default --source bpf
storm_with low-overhead --source bpf --low-overhead
storm_with tracefs --source tracefs

# The cost of each program; time counts instructions here.
echo 1 > /proc/sys/kernel/bpf_stats_enabled
begin slow allocwatch live --plain --source bpf
echo 0 > /proc/storm
programs | sed 's/^/slow /'
end slow
begin counted allocwatch live --plain --source bpf
echo 1000 > /proc/storm
programs | grep -E '^(warn_alloc|page_alloc) ' | sed 's/^/counted /'
end counted
rmmod storm
# Those of --holders, with 1 block in 16 in the sample: each of these has its stack taken.
begin held allocwatch live --plain --source bpf --holders
hold pipe 32 > /tmp/hold.txt 2>&1 &
holder=$!
await hold $holder grep -q holding /tmp/hold.txt
kill -KILL $holder
sleep 1
programs | grep '^held_' | sed 's/^/held /'
end held
begin repro allocwatch live --plain --source bpf
repro --warned 12 --silent 20 > /dev/null
programs | sed 's/^/repro /'
end repro
