# SPDX-License-Identifier: GPL-2.0
# The part of the first-boot test in the VM: with a file /plan only what allocwatch boot prints; else a driver that
# fails at its probe (built in, or loaded first), and then allocwatch for the first time.
. /lib.sh

if [ -e /plan ]; then
	allocwatch boot > /out/plan.txt 2> /out/plan.err
	echo $? > /out/plan.status
	exit 0
fi
# As the first script of an initramfs, before drivers are loaded.
if [ -e /bin/arm ]; then
	before=$(cut -d' ' -f1 /proc/uptime)
	sh /bin/arm
	echo "$before $(cut -d' ' -f1 /proc/uptime)" > /out/arm.time
	sh /bin/arm prereqs > /out/arm.prereqs 2>&1
	sh /bin/arm > /out/arm.again 2>&1
	TRACING=/nowhere sh /bin/arm > /out/arm.nowhere 2>&1
	echo $? >> /out/arm.nowhere
fi
# shellcheck disable=SC2046  # words
[ ! -e /bin/early.ko ] || insmod /bin/early.ko $(cat /driver 2> /dev/null)
dmesg | sed -n 's/.*early: //p' > /out/early.truth
case $(cat /mode) in
live)
	timeout 60 allocwatch live --plain --duration 2s > /out/live.txt 2> /out/live.err
	timeout 60 allocwatch live --plain --duration 1s > /out/again.txt 2> /out/again.err
	;;
tracefs)
	timeout 60 allocwatch live --plain --source tracefs --duration 2s > /out/live.txt 2> /out/live.err
	timeout 60 allocwatch live --plain --source tracefs --duration 1s > /out/again.txt 2> /out/again.err
	;;
record)
	timeout 60 allocwatch record -o /out/boot.aw --duration 2s > /out/live.txt 2> /out/live.err
	allocwatch report /out/boot.aw > /out/report.txt
	;;
esac
cd /sys/kernel/tracing || exit 1
{
	echo "enabled $(cat events/enable) trigger $(grep -vc '^#' events/kmem/mm_page_alloc/trigger)"
	echo "instances $(ls instances | wc -l) buffer_kb $(cut -d' ' -f1 buffer_size_kb) stacktrace $(cat options/stacktrace)"
} > /out/left
