# SPDX-License-Identifier: GPL-2.0
# The part of the old kernels' test in the VM: each source that a phone's kernel allows, with the same workload.
. /lib.sh

uname -r > /out/release
timeout $LONG allocwatch doctor --json > /out/doctor.json
insmod /allocwatch.ko || { dmesg | tail -n 5; exit 1; }
timeout $LONG allocwatch doctor --json > /out/loaded.json

for source in kmod tracefs klog; do
	dmesg -c > /dev/null
	watch $source allocwatch live --source $source
	repro --warned 3 --silent 2 > /out/$source.truth 2>&1
	sleep 1
	finish $source
	dmesg > /out/$source.dmesg
	sleep 10	# the kernel prints one report in 10 s
done

# As on a phone: kallsyms hides addresses even from root.
echo 2 > /proc/sys/kernel/kptr_restrict
watch hidden allocwatch live --source kmod
repro --warned 1 --silent 1 > /out/hidden.truth 2>&1
sleep 0.5
finish hidden
echo 0 > /proc/sys/kernel/kptr_restrict

# Killed, then started again: nothing stays behind.
watch killed allocwatch live --source tracefs
kill -KILL $pid
wait $pid 2> /dev/null
watch next allocwatch live --source tracefs
repro --warned 1 --silent 1 > /out/next.truth 2>&1
sleep 0.5
finish next
ls /sys/kernel/tracing/instances > /out/instances

allocwatch record --source kmod -o /out/old.aw -- repro --warned 2 --silent 2 > /out/record.truth 2> /out/record.err
allocwatch report /out/old.aw > /out/report.txt
rmmod allocwatch
dmesg | grep -E 'BUG|WARNING: |Oops|Unable to handle|suspicious' > /out/complaints
true
