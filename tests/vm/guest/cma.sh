# SPDX-License-Identifier: GPL-2.0
# The part of the CMA test in the VM: a driver whose CMA allocations fail.
. /lib.sh
watch cma allocwatch live --plain
insmod /bin/cma_ask.ko
sleep 0.5
finish cma
dmesg > /out/cma.dmesg
rmmod cma_ask

# nr_free_cma of /proc/zoneinfo does not count free pages on the lists of cpus, which have thousands from 6.7 on: they are
# kept short.  Up to 5.13 they always are.
echo 100000 2> /dev/null > /proc/sys/vm/percpu_pagelist_high_fraction
settled() {
	last=$(free_cma)
	sleep 2
	difference=$(($(free_cma) - last))
	[ $difference -ge -4 ] && [ $difference -le 4 ]
}

# What is in the area, before pages there were pinned, meanwhile and after.
free_cma() { sed -n 's/ *nr_free_cma *//p' /proc/zoneinfo; }
look() { # NAME
	await "free pages leave the lists of cpus" '' settled
	allocwatch blockers --json > "/out/$1.json"
	free_cma > "/out/$1.free"
	allocwatch blockers > "/out/$1.text"
}
asked() { # NAME
	dmesg -c > /dev/null
	insmod /bin/cma_ask.ko
	sleep 1		# up to 5.13 names of functions are read from /proc/kallsyms, where those of the module must still be
	rmmod cma_ask
	dmesg > "/out/$1.dmesg"
}
look empty
hold vmsplice > /tmp/hold.txt 2>&1 &
holder=$!
await hold $holder grep -q holding /tmp/hold.txt || { cat /tmp/hold.txt; exit 1; }
look pinned
watch stuck allocwatch live --plain
allocwatch record -o /out/cma.aw > /dev/null 2> /out/record.err &
recorder=$!
await record $recorder grep -q recording /out/record.err
confined() { ! grep -q 'CapPrm.*ffffffff$' /proc/$recorder/status; }
await "record without privileges" $recorder confined
grep Cap /proc/$recorder/status > /out/record.capabilities
asked pinned
sleep 1
finish stuck
kill -INT $recorder
await "the end of record" '' gone $recorder
allocwatch export --format jsonl -o /out/cma.jsonl /out/cma.aw
allocwatch report --verify /out/cma.aw > /out/verify.txt 2>&1
kill -KILL $holder
wait $holder 2> /dev/null
look after
asked after

# Who has what of the area, with --holders: before the driver gives it back, and after it.
held() { # NAME
	allocwatch record --holders -o "/tmp/$1.aw" > /dev/null 2> "/out/$1.err" &
	recorder=$!
	await "record $1" $recorder grep -q recording "/out/$1.err" || { cat "/out/$1.err"; exit 1; }
	insmod /bin/cma_ask.ko keep=1
	sleep 1
	[ "$1" = kept ] || rmmod cma_ask
	kill -INT $recorder
	await "the end of record $1" '' gone $recorder
	[ "$1" != kept ] || rmmod cma_ask
	allocwatch export --format json -o "/out/$1.json" "/tmp/$1.aw"
	allocwatch report "/tmp/$1.aw" > "/out/$1.txt"
}
held kept
held gone_again
