# SPDX-License-Identifier: GPL-2.0
# The part of the test of an overwritten log in the VM: the log keeps its end only, twice over.
echo on > /proc/sys/kernel/printk_devkmsg
filler=$(printf '%0900d' 0)
i=0
while [ $i -lt 400 ]; do
	echo "filler $i $filler" > /dev/kmsg
	i=$((i + 1))
done
dd if=/dev/kmsg bs=8192 count=1 2> /dev/null | head -n 1 | cut -d, -f2 > /out/first
allocwatch live --plain --duration 1s > /out/live.txt 2> /out/live.err
