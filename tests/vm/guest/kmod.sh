# SPDX-License-Identifier: GPL-2.0
# The part of the module test in the VM: each case leaves its output in /out.

. /lib.sh

# NAME [OPTION...]: options of live.  Each case first clears the kernel log, because live starts with its contents.
begin() {
	dmesg -c >> /tmp/all.dmesg
	name=$1
	shift
	watch "$name" allocwatch live --scan never "$@"
}

allocwatch live --source kmod --duration 1s > /out/absent.txt 2> /out/absent.err
echo $? > /out/absent.status

dmesg -c > /dev/null
insmod /allocwatch.ko || { dmesg | tail -n 5; exit 1; }
dmesg | grep allocwatch > /out/insmod.dmesg
ls -l /dev/allocwatch | cut -c1-10 > /out/mode

begin one --source kmod
repro --warned 1 > /out/one.truth 2>&1
sleep 0.3
finish one
dmesg > /out/one.dmesg

begin plain --source kmod --exit-code
repro --warned 5 --silent 4 > /out/plain.truth 2>&1
sleep 0.3
finish plain
dmesg > /out/plain.dmesg

# The same workload, watched by both at the same time.
begin bpf --source bpf
begin both --source kmod
repro --warned 3 --silent 2 > /out/both.truth 2>&1
sleep 0.3
finish both
finish bpf

# A reader whose memory can't be written gets an error, and then every record.
reader "repro --silent 12 > /out/efault.truth 2>&1" > /out/efault.txt 2>&1
reader --caps > /out/caps.txt 2>&1

begin memcg --source kmod
repro --memcg 2 > /out/memcg.truth 2>&1
sleep 0.3
finish memcg

# Two readers, each of which gets all records; a third one is killed; the module cannot be unloaded while in use.
begin reader1 --source kmod
begin reader2 --source kmod
begin dies --source kmod
kill -KILL $pid
wait $pid 2> /dev/null
rmmod allocwatch 2> /out/rmmod-busy.err
echo $? > /out/rmmod-busy.status
repro --warned 2 --silent 1 > /out/reader1.truth 2>&1
cp /out/reader1.truth /out/reader2.truth
sleep 0.3
finish reader1
finish reader2

# A reader sleeps while the ring buffer is overwritten: the records it gets and those it lost are all records.
rmmod allocwatch
insmod /allocwatch.ko ring_kb=16
begin full --source kmod
kill -STOP $pid
repro --warned 2 --silent 60 > /out/full.truth 2>&1
kill -CONT $pid
sleep 0.5
finish full

# Records that no reader wants take no room in the ring buffer: the reader sleeps again, and misses nothing.
begin unwanted --source kmod --filter comm=nobody
kill -STOP $pid
repro --silent 60 > /out/unwanted.truth 2>&1
kill -CONT $pid
sleep 0.5
finish unwanted

begin name --source kmod --filter 'order>=4,comm=rep*'
begin order --source kmod --filter 'order>=5'
(await "to begin" '' [ -e /tmp/go ] > /dev/null; exec repro --silent 2 > /out/name.truth 2>&1) &
target=$!
begin one-pid --source kmod -p $target
begin other-pid --source kmod -p 1
: > /tmp/go
await "the workload" '' gone $target
sleep 0.3
for name in name order one-pid other-pid; do finish $name; done

# Names if kallsyms hides the addresses.
echo 2 > /proc/sys/kernel/kptr_restrict
begin hidden --source kmod
repro --warned 1 --silent 1 > /out/hidden.truth 2>&1
sleep 0.3
finish hidden

rmmod allocwatch
echo $? > /out/rmmod.status
ls /dev/allocwatch > /out/device-left 2> /dev/null
dmesg -c >> /tmp/all.dmesg
grep -E 'BUG|WARNING: |Oops|Unable to handle|suspicious' /tmp/all.dmesg > /out/complaints
repro --silent 1 > /out/after.truth 2>&1
true
