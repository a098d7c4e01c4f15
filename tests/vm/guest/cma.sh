# SPDX-License-Identifier: GPL-2.0
# The part of the CMA test in the VM: a driver whose CMA allocations fail.
. /lib.sh
watch cma allocwatch live --plain
insmod /bin/cma_ask.ko
sleep 0.5
finish cma
dmesg > /out/cma.dmesg
rmmod cma_ask

# What is in the area, before and after pages there were pinned.  free pages of the area: nr_free_cma of /proc/zoneinfo.
look() { # NAME
	allocwatch blockers --json > "/out/$1.json"
	allocwatch blockers > "/out/$1.text"
	sed -n 's/ *nr_free_cma *//p' /proc/zoneinfo > "/out/$1.free"
}
asked() { # NAME
	dmesg -c > /dev/null
	insmod /bin/cma_ask.ko
	rmmod cma_ask
	dmesg > "/out/$1.dmesg"
}
look empty
hold vmsplice > /tmp/hold.txt 2>&1 &
pid=$!
await hold $pid grep -q holding /tmp/hold.txt || { cat /tmp/hold.txt; exit 1; }
look pinned
watch stuck allocwatch live --plain
allocwatch record -o /out/cma.aw > /dev/null 2> /out/record.err &
recorder=$!
await record $recorder grep -q recording /out/record.err
grep Cap /proc/$recorder/status > /out/record.capabilities
asked pinned
sleep 1
finish stuck
kill -INT $recorder
await "the end of record" '' gone $recorder
allocwatch export --format jsonl -o /out/cma.jsonl /out/cma.aw
allocwatch report --verify /out/cma.aw > /out/verify.txt 2>&1
kill -KILL $pid
wait $pid 2> /dev/null
sleep 1
look after
asked after
