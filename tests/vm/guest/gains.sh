# SPDX-License-Identifier: GPL-2.0
# The part of the test of gains in the VM: each state ROUNDS times, the answer in it, and what a full compaction then gains.

. /lib.sh
LONG=600	# hours of work, on a machine that has other work

# What was freed leaves the lists of cpus, and merges, a little later; from 6.7 on some seconds.
# Of order 4 and above, as many of order 4.
blocks() { awk '{ blocks = 1; for (i = 9; i <= NF; i++) { sum += $i * blocks; blocks *= 2 } } END { print sum + 0 }' /proc/buddyinfo; }
settled() {
	last=$(blocks)
	sleep 2
	difference=$(($(blocks) - last))
	[ $difference -ge -4 ] && [ $difference -le 4 ]
}

one_run() { # KIND ROUND
	case $1 in pipelists) lists 0 ;; *) lists 100000 ;; esac
	hold "${1%lists}" $(size_of "$1") > /tmp/hold.txt 2>&1 &
	pid=$!
	await "hold $1" $pid grep -q holding /tmp/hold.txt || { cat /tmp/hold.txt; exit 1; }
	await "free pages leave the lists of cpus" '' settled
	allocwatch blockers --json $(options_of "$1") > "/out/$1.$2.before" 2> "/out/$1.$2.err"
	cat /proc/pagetypeinfo > "/out/$1.$2.types"
	allocwatch try compact --json > "/out/$1.$2.try"
	cat /proc/pagetypeinfo > "/out/$1.$2.types.after"
	kill -KILL $pid
	wait $pid 2> /dev/null
	rm -f /ramfs/hold
	[ "$1" != hugetlb ] || echo 0 > /proc/sys/vm/nr_hugepages
	# What a state leaves in caches of the kernel would block more windows in the next one than that one's own pages.
	echo 2 > /proc/sys/vm/drop_caches
}

# What there is of a run that ends too early.
told() { # KIND ROUND
	echo "# $1, round $2: $(sed -n 's/^ *"class": "\(.*\)",/\1/p' "/out/$1.$2.before" | head -n 1) first, foretold" \
		$(sed -n 's/^  "makeable.*: *\([0-9]*\),/\1/p' "/out/$1.$2.before") \
		"and from, to" $(sed -n 's/.*"\(before\|after\)": *\([0-9]*\),.*/\2/p' "/out/$1.$2.try" | head -n 2)
}

# Keeps the lists of cpus short, so that what compaction frees merges at once; 0: as the kernel has them.  Up to 5.13 they
# always are short.
lists() { echo "$1" > /proc/sys/vm/percpu_pagelist_high_fraction; } 2> /dev/null

size_of() { case $1 in thp | hugetlb) echo 96 ;; esac; }
options_of() { case $1 in cma) echo --movable ;; esac; }

# A machine below 512 MiB starts without transparent huge pages.
echo madvise > /sys/kernel/mm/transparent_hugepage/enabled
mkdir /ramfs
mount -t ramfs none /ramfs
for round in $(seq $ROUNDS); do
	for kind in $STATES; do
		one_run $kind $round
		told $kind $round
	done
done
dmesg | grep -E 'BUG:|WARNING:|Oops|stall' > /out/complaints
true
