# SPDX-License-Identifier: GPL-2.0
# Memory maps for docs/guides/fragmentation.md: of memory full of movable pages with holes, after compaction, and of
# memory full of pipe pages, which cannot be moved.

. /lib.sh

echo 100000 > /proc/sys/vm/percpu_pagelist_high_fraction 2> /dev/null
map() { allocwatch blockers --order 4 --svg "/out/$1.svg" > "/out/$1.txt"; }

filled() { # KIND
	hold "$1" > /tmp/hold.txt 2>&1 &
	pid=$!
	await "hold $1" $pid grep -q holding /tmp/hold.txt || { cat /tmp/hold.txt; exit 1; }
	sleep 2		# what was freed leaves the lists of cpus
}

filled anon
map holes
allocwatch try compact > /out/compact.txt
map compacted
kill -KILL $pid
wait $pid 2> /dev/null
filled pipe
map pipes
allocwatch try compact > /out/compact-pipes.txt
allocwatch check --order 4 --gfp GFP_KERNEL > /out/check.txt
true
