# SPDX-License-Identifier: GPL-2.0
# The part of the test of headroom in the VM: it shrinks until a request fails; and what is said without BTF, or without scans.

. /lib.sh

insmod /bin/lab.ko || exit 1
dmesg -c > /dev/null

steps() { echo "$1" > /proc/lab; }
order4() { echo "ask order=4 mask=$1|__GFP_COMP|__GFP_NOWARN"; }
PIECES="fill leave=1000; punch count=12000; eat order=1; eat order=1 mask=GFP_KERNEL|__GFP_NORETRY"

# Headroom shrinks step by step, until a request fails.
allocwatch serve --textfile /tmp/headroom.prom --interval 100ms --headroom 100ms 2> /out/serve.err &
pid=$!
await serve $pid grep -q 'Ctrl-C ends' /out/serve.err
await headroom $pid grep -q '^allocwatch_headroom_blocks' /tmp/headroom.prom
mkdir /out/headroom
number=100
stamp() { sed -n 's/^allocwatch_headroom_time_seconds //p' /tmp/headroom.prom; }
newer() { [ "$(stamp)" != "$last" ]; }
# The next look at pages began after this was called, and has ended.
keep() {
	for _ in 1 2; do
		last=$(stamp)
		await "another look" $pid newer
	done
	cp /tmp/headroom.prom /out/headroom/$number.prom
	number=$((number + 1))
}
free=$(sed -n 's/^MemFree: *\([0-9]*\) kB/\1/p' /proc/meminfo)
pages=$((free / 4))
for left in 100 100 90 80 70 60 50 40 30 20 12; do
	[ $left = 100 ] || steps "fill leave=$((pages * left / 100))"
	keep
done
# Then only single pages are free: enough for this script.
steps "$PIECES; $(order4 GFP_KERNEL)"
keep
steps release
kill -TERM $pid
await "the end of serve" '' gone $pid

watch never allocwatch live --scan never
steps "$PIECES; $(order4 GFP_KERNEL); wait ms=1500; release"
finish never

# Without BTF pages are looked at by /proc/kpageflags, which says less.
mount -t tmpfs none /sys/kernel/btf
watch flags allocwatch live --source tracefs --filter 'site=lab_ask*'
steps "$PIECES; $(order4 GFP_KERNEL); wait ms=2500; $(order4 GFP_KERNEL); wait ms=1500; release"
finish flags
umount /sys/kernel/btf

dmesg | grep -iE 'BUG|WARNING|Oops|stall' > /out/complaints
true
