# SPDX-License-Identifier: GPL-2.0
# The part of the page scan test in the VM: states of memory, the answer in each, and what a full compaction then gains.

. /lib.sh

ask() { # NAME OPTION...
	name=$1
	shift
	allocwatch blockers "$@" > "/out/$name" 2> "/out/$name.err"
	echo $? > "/out/$name.status"
}

# What was freed leaves the lists of cpus, and merges, a little later; from 6.7 on some seconds.
served() { allocwatch check --order 4 --gfp GFP_KERNEL --json | sed -n 's/.*"served": *\([0-9]*\).*/\1/p'; }
settled() {
	last=$(served)
	sleep 2
	difference=$(($(served) - last))
	[ $difference -ge -4 ] && [ $difference -le 4 ]
}

# Uses up the blocks of order 4, and asks before and after.
eat() {
	await "free pages leave the lists of cpus" '' settled
	allocwatch check --order 4 --gfp GFP_KERNEL --json > /out/check
	echo $? > /out/check.status
	ask eat.before --json
	hold eat > /out/eaten &
	eater=$!
	await eat $eater grep -q ate /out/eaten
	allocwatch check --order 4 --gfp GFP_KERNEL --json > /out/check.after
	echo $? > /out/check.after.status
	kill -KILL $eater
}

# Keeps the lists of cpus short, so that what compaction frees merges at once; 0: as the kernel has them.
lists() { echo "$1" > /proc/sys/vm/percpu_pagelist_high_fraction; } 2> /dev/null

# The memory of this shell, and of what it becomes, is charged to a cgroup; where there is none, to nobody.
mkdir -p /sys/fs/cgroup/test/hold
echo +memory > /sys/fs/cgroup/cgroup.subtree_control
echo +memory > /sys/fs/cgroup/test/cgroup.subtree_control
in_cgroup() {
	sh -c 'echo $PPID' > /sys/fs/cgroup/test/hold/cgroup.procs
}

# Records who takes pageblocks from other migratetypes.
record_steals() {
	allocwatch record -o /tmp/steals.aw > /tmp/record.txt 2>&1 &
	recorder=$!
	await "record" $recorder grep -q recording /tmp/record.txt || { cat /tmp/record.txt; exit 1; }
	steals="--steals /tmp/steals.aw"
	cat /proc/pagetypeinfo > /out/steals.types
}

state() { # KIND [MIB]
	case $1 in pipe) lists 0 ;; *) lists 100000 ;; esac
	steals=
	[ "$1" != pipe ] || record_steals
	# shellcheck disable=SC2086  # MiB, or nothing
	{ in_cgroup && exec hold "$1" ${2:-}; } > "/tmp/hold.txt" 2>&1 &
	pid=$!
	await "hold $1" $pid grep -q holding /tmp/hold.txt || { cat /tmp/hold.txt; exit 1; }
	sed -n 's/.*pages=//p' /tmp/hold.txt > "/out/$1.pages"
	[ -z "$steals" ] || { kill -INT $recorder && wait $recorder; }
	await "free pages leave the lists of cpus" '' settled
	ask "$1.flags" --json --source kpageflags
	# shellcheck disable=SC2086  # an option, or nothing
	ask "$1.before" --json $steals
	[ "$1" != pipe ] || ask pipe.cgroup --json
	cat /proc/zoneinfo > "/out/$1.zoneinfo"
	allocwatch try compact --json > "/out/$1.try"
	cat /proc/pagetypeinfo > "/out/$1.types"
	same_pages > "/out/$1.same" 2>&1
	[ "$1" != pipe ] || eat
	[ "$1" = "${STATES##* }" ] && return
	kill -KILL $pid
	wait $pid 2> /dev/null
}

# A file of another time of reading in place of /proc/pagetypeinfo: does a scan read it?
quietly() { # SOURCE
	cp /out/quiet.types /trap/types
	mount --bind /trap/types /proc/pagetypeinfo
	touch -a -d '2001-01-01 00:00:00' /trap/types
	ask quiet.$1 --json --source $1
	case $(stat -c %x /trap/types) in 2001-*) echo no ;; *) echo yes ;; esac > /out/quiet.$1.read
	umount /proc/pagetypeinfo
}

# STATES of the caller, anon and pipe among them, and slab the last, which is kept for the answers after it.
# A machine below 512 MiB starts without transparent huge pages.
echo madvise > /sys/kernel/mm/transparent_hugepage/enabled
mkdir /ramfs
mount -t ramfs none /ramfs
for kind in $STATES; do
	case $kind in
	thp | hugetlb) state $kind 96 ;;
	*) state $kind ;;
	esac
	[ $kind != hugetlb ] || echo 0 > /proc/sys/vm/nr_hugepages
	rm -f /ramfs/hold
done
cat /proc/pagetypeinfo > /out/quiet.types
mkdir /trap
mount -t tmpfs -o strictatime none /trap
for source in bpf kpageflags pagetypeinfo; do quietly $source; done
ask flags-text --source kpageflags
ask counts-text --source pagetypeinfo
ask text --map --html /out/map.html --svg /out/map.svg
allocwatch check --order 4 --gfp GFP_KERNEL > /out/check.text
allocwatch try compact > /out/try.text
ask again --json
cat /proc/meminfo > /out/meminfo
ask counts --json --source pagetypeinfo
ask movable --json --movable
ask zone --zone Nowhere
mv /sys/kernel/btf /tmp/ 2> /dev/null
mount -t tmpfs none /sys/kernel/btf && ask without-btf --json
umount /sys/kernel/btf
dmesg | grep -E 'BUG:|WARNING:|Oops|stall' > /out/complaints
true
