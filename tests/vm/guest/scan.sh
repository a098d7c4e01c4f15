# SPDX-License-Identifier: GPL-2.0
# The part of the test of page scans in the VM: failures in states that the lab makes, and what is said of them.

. /lib.sh

insmod /bin/lab.ko || exit 1
dmesg -c > /dev/null

steps() { echo "$1" > /proc/lab; }
order4() { echo "ask order=4 mask=$1|__GFP_COMP|__GFP_NOWARN"; }

# The lab fails to get blocks when it makes a state, too: only what it asks for then is watched.
# Memory full of what cannot be moved: compaction makes nothing.
PIECES="fill leave=1000; punch count=12000; eat order=1; eat order=1 mask=GFP_KERNEL|__GFP_NORETRY"
# Full of shared memory with holes: compaction would make blocks, but the request may not ask for it.
MOVABLE="movable leave_min=1000; holes; eat order=3; eat order=3 mask=GFP_NOIO|__GFP_NORETRY"

allocwatch doctor --self-test > /out/self.txt 2> /out/self.err
echo $? > /out/self.status
allocwatch doctor --self-test --json > /out/self.json 2> /dev/null
ls -d /sys/fs/cgroup/allocwatch* > /out/self.left 2> /dev/null
dmesg -c > /out/self.dmesg

# The few pages of programs that are between them can be moved: what that gains is taken first.
watch cannot allocwatch live --filter 'site=lab_ask*'
steps "$PIECES"
echo 1 > /proc/sys/vm/compact_memory
steps "eat order=4"
echo 1 > /proc/sys/vm/compact_memory
steps "eat order=4; $(order4 GFP_KERNEL); wait ms=2500; eat order=4; $(order4 GFP_KERNEL); wait ms=500; release"
finish cannot

watch can allocwatch live --format jsonl --filter 'site=lab_ask*'
steps "$MOVABLE; $(order4 GFP_NOIO); wait ms=2500; $(order4 GFP_NOIO); wait ms=500"
cat /proc/pagetypeinfo > /out/can.before
echo 1 > /proc/sys/vm/compact_memory
cat /proc/pagetypeinfo > /out/can.after
steps release
finish can

# A burst while pages are scanned.
watch burst allocwatch live --format jsonl --filter 'site=lab_ask*'
steps "$PIECES; $(order4 GFP_KERNEL); wait ms=1; ask order=4 mask=GFP_KERNEL|__GFP_COMP|__GFP_NOWARN|__GFP_NORETRY count=400; wait ms=3000; release"
finish burst
tail -n 2 /proc/lab > /out/burst.told

allocwatch record --filter 'site=lab_ask*' -o /out/scan.aw > /dev/null 2> /out/record.err &
pid=$!
await record $pid grep -q recording /out/record.err
grep Cap /proc/$pid/status > /out/record.capabilities
steps "$PIECES; $(order4 GFP_KERNEL); wait ms=2500; release"
kill -INT $pid
await "the end of record" '' gone $pid
allocwatch report --verify /out/scan.aw > /out/verify.txt 2>&1
allocwatch report /out/scan.aw > /out/report.txt
allocwatch export --format json -o /out/scan.json /out/scan.aw
allocwatch export --format jsonl -o /out/scan.jsonl /out/scan.aw
allocwatch export --format html -o /out/scan.html /out/scan.aw

dmesg | grep -iE 'BUG|WARNING|Oops|stall' > /out/complaints
true
