# SPDX-License-Identifier: GPL-2.0
# The part in the VM of the test of records that are kept: a driver has failed at its probe, with the module built in or
# loaded first; then readers come.
. /lib.sh

if [ -e /allocwatch.ko ]; then
	insmod /allocwatch.ko keep=1 ring_kb="$(if [ -e /small ]; then echo 32; else echo 256; fi)" || exit 1
	# shellcheck disable=SC2046  # words
	insmod /bin/early.ko $(cat /driver 2> /dev/null)
fi

uname -r > /out/release
dmesg > /out/boot.dmesg
dmesg | sed -n 's/.*early: //p' > /out/early.truth
if [ -e /small ]; then
	# more than its ring buffers hold, before anybody reads
	repro --silent 90 > /out/small.truth 2>&1
	timeout $LONG allocwatch live --plain --source kmod --duration 1s > /out/live.txt 2> /out/live.err
	exit 0
fi
if [ -e /driver ]; then
	timeout $LONG allocwatch live --plain --source kmod --duration 1s > /out/live.txt 2> /out/live.err
	exit 0
fi
timeout $LONG allocwatch doctor --json > /out/doctor.json
timeout $LONG allocwatch live --plain --duration 2s > /out/live.txt 2> /out/live.err
timeout $LONG allocwatch live --plain --source kmod --duration 1s > /out/again.txt 2> /out/again.err

# Nobody reads: seen by the next one, with the boot's.
repro --warned 1 --silent 2 > /out/between.truth 2>&1
watch meanwhile allocwatch live --plain --source kmod
repro --warned 1 --silent 2 > /out/meanwhile.truth 2>&1
sleep 0.5
finish meanwhile

timeout $LONG allocwatch record --source kmod -o /out/boot.aw --duration 1s > /out/record.txt 2> /out/record.err
allocwatch report /out/boot.aw > /out/report.txt
allocwatch live --source kmod --filter order=9 --plain --duration 1s > /out/filter.txt 2> /out/filter.err
dmesg | grep -E 'BUG|WARNING: |Oops|Unable to handle|suspicious' > /out/complaints
true
