# SPDX-License-Identifier: GPL-2.0
# The part in the VM of the test of ramoops: a driver fails at its probe, the machine crashes, and after the reboot, which keeps the
# memory above mem=, allocwatch finds what was kept.
. /lib.sh

insmod /ramoops/reed_solomon.ko
# shellcheck disable=SC2046  # words
insmod /ramoops/ramoops.ko $(cat /ramoops.options) || { dmesg | tail -n 5; exit 1; }
mount -t pstore pstore /sys/fs/pstore
if [ -z "$(ls -A /sys/fs/pstore)" ]; then
	echo "first boot"
	insmod /bin/early.ko requests=5
	dmesg | sed -n 's/.*early: //p'
	echo "printed $(dmesg | grep -c 'page allocation failure: order:4')"
	echo "crashing"
	sleep 1
	echo 1 > /proc/sys/kernel/sysrq
	echo c > /proc/sysrq-trigger
	sleep 60
	exit 1
fi
echo "second boot"
ls /sys/fs/pstore > /out/files
timeout $LONG allocwatch explain < /dev/console > /out/explain.txt 2> /out/explain.err
timeout $LONG allocwatch live --plain --duration 1s > /out/live.txt 2> /out/live.err
cat /sys/fs/pstore/dmesg-ramoops-* > /out/dmesg
