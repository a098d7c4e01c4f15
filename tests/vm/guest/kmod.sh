# SPDX-License-Identifier: GPL-2.0
# Knows what the module test does inside the VM: each case leaves its output in /out.

# NAME, then options of live: starts it and waits until it watches.  The kernel log goes elsewhere, as live
# opens with what it holds.
watch() {
	name=$1
	shift
	dmesg -c >> /tmp/all.dmesg
	allocwatch live "$@" > "/out/$name.txt" 2> "/out/$name.err" &
	pid=$!
	until grep -q '^TIME' "/out/$name.txt"; do
		kill -0 $pid 2>/dev/null || { echo "live ended: $(cat "/out/$name.err")"; return 1; }
		sleep 0.1
	done
}

finish() {
	kill -INT $pid
	wait $pid
	echo $? > "/out/$name.status"
}

allocwatch live --source kmod --duration 1s > /out/absent.txt 2> /out/absent.err
echo $? > /out/absent.status

dmesg -c > /dev/null
insmod /allocwatch.ko || { dmesg | tail -n 5; exit 1; }
dmesg | grep allocwatch > /out/insmod.dmesg
ls -l /dev/allocwatch | cut -c1-10 > /out/mode

watch one --source kmod
repro --warned 1 > /out/one.truth 2>&1
sleep 0.3
finish
dmesg > /out/one.dmesg

watch plain --source kmod --exit-code
repro --warned 5 --silent 4 > /out/plain.truth 2>&1
sleep 0.3
finish
dmesg > /out/plain.dmesg

# The same workload, seen by both at once.
watch bpf --source bpf
first=$pid
watch both --source kmod
second=$pid
repro --warned 3 --silent 2 > /out/both.truth 2>&1
sleep 0.3
kill -INT $first $second
wait $first $second

watch memcg --source kmod
repro --memcg 2 > /out/memcg.truth 2>&1
sleep 0.3
finish

# Two readers, each of which gets all; a third dies; the module stays while it is used.
watch reader1 --source kmod
first=$pid
watch reader2 --source kmod
second=$pid
watch dies --source kmod
kill -KILL $pid
wait $pid 2> /dev/null
rmmod allocwatch 2> /out/rmmod-busy.err
echo $? > /out/rmmod-busy.status
repro --warned 2 --silent 1 > /out/reader1.truth 2>&1
cp /out/reader1.truth /out/reader2.truth
sleep 0.3
kill -INT $first $second
wait $first $second

# A reader that sleeps while the ring is written over: what it gets and what it lost are all.
rmmod allocwatch
insmod /allocwatch.ko ring_kb=16
watch full --source kmod
kill -STOP $pid
repro --warned 2 --silent 60 > /out/full.truth 2>&1
kill -CONT $pid
sleep 0.5
finish

# Names, where kallsyms hides the addresses.
echo 2 > /proc/sys/kernel/kptr_restrict
watch hidden --source kmod
repro --warned 1 --silent 1 > /out/hidden.truth 2>&1
sleep 0.3
finish

rmmod allocwatch
echo $? > /out/rmmod.status
ls /dev/allocwatch > /out/device-left 2> /dev/null
dmesg -c >> /tmp/all.dmesg
grep -E 'BUG|WARNING: |Oops|Unable to handle|suspicious' /tmp/all.dmesg > /out/complaints
repro --silent 1 > /out/after.truth 2>&1
true
