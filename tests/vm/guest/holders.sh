# SPDX-License-Identifier: GPL-2.0
# The part of the test of --holders in the VM: pages that known code takes, keeps and gives back.

. /lib.sh

insmod /bin/lab.ko || exit 1
dmesg -c > /dev/null
steps() { echo "$1" > /proc/lab; }

start() { # NAME [OPTION...]
	name=$1
	shift
	allocwatch record --holders "$@" -o "/out/$name.aw" > /dev/null 2> "/out/$name.err" &
	recorder=$!
	await "record $name" $recorder grep -q recording "/out/$name.err" || { cat "/out/$name.err"; exit 1; }
}
stop() { # NAME
	kill -INT $recorder
	await "the end of record $1" '' gone $recorder
	allocwatch report --verify "/out/$1.aw" > "/out/$1.verify" 2>&1
	allocwatch report "/out/$1.aw" > "/out/$1.txt"
	allocwatch export --format json -o "/out/$1.json" "/out/$1.aw"
	allocwatch export --format jsonl -o "/out/$1.jsonl" "/out/$1.aw"
	allocwatch export --format html -o "/out/$1.html" "/out/$1.aw"
}

# Pipes keep one page of two, and give back the other.
start pipes
grep Cap /proc/$recorder/status > /out/capabilities
hold pipe 32 > /tmp/hold.txt 2>&1 &
pid=$!
await hold $pid grep -q holding /tmp/hold.txt || { cat /tmp/hold.txt; exit 1; }
sed -n 's/.*pages=//p' /tmp/hold.txt > /out/pipes.made
stop pipes

# What was taken before the start is not known; what is taken and given back does not stay.
start gone
steps "fill count=4000; release"
stop gone
kill -KILL $pid
wait $pid 2> /dev/null

start blocks
steps "fill order=2 count=2000"
stop blocks
steps release

# A failure, and the scan that it leads to; the lab fails to get blocks when it makes the state, too.
start scan --filter 'site=lab_ask*'
steps "fill leave=1000; punch count=12000; eat order=1; eat order=1 mask=GFP_KERNEL|__GFP_NORETRY"
echo 1 > /proc/sys/vm/compact_memory
steps "eat order=4; ask order=4 mask=GFP_KERNEL|__GFP_COMP|__GFP_NOWARN; wait ms=1500; eat order=4; ask order=4 mask=GFP_KERNEL|__GFP_COMP|__GFP_NOWARN; wait ms=500; release"
stop scan

dmesg | grep -iE 'BUG|WARNING|Oops|stall' > /out/complaints
true
