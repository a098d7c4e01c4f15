# SPDX-License-Identifier: GPL-2.0
# The part of the test with a kernel that checks itself in the VM: the scripts of other tests, whose results are not
# looked at here, but what the kernel says meanwhile; then mistakes that it must report.
. /lib.sh
LONG=400
sed -i 's/^LONG=.*/LONG=400/' /lib.sh
cat /dev/kmsg > /tmp/all.kmsg &
reader=$!
mkdir -p /tmp/results

# NAME: what the script says and leaves is kept apart
part() {
	echo "$1 begins at $(cut -d' ' -f1 /proc/uptime)"
	(. "/guest/$1.sh") > "/out/$1.log" 2>&1
	echo "$1 ended with $? at $(cut -d' ' -f1 /proc/uptime)" | tee -a /out/parts
	rmmod allocwatch 2> /dev/null
	mkdir -p "/tmp/results/$1"
	mv /out/*.txt /out/*.truth /out/*.status "/tmp/results/$1/" 2> /dev/null
	rm -f /out/*.aw /out/*.dmesg
}

for name in $PARTS; do part "$name"; done
kill $reader
# of each part, how many failures the workload made, and how many were told
for name in $PARTS; do
	echo "$name $(cat /tmp/results/"$name"/*.truth 2> /dev/null | grep -c '^truth ') $(cat /tmp/results/"$name"/*.txt 2> /dev/null | grep -Ec '^[0-9:.]+ +repro\[')"
done > /out/told
grep -E -A 60 'BUG|WARNING: |Oops|Unable to handle|suspicious|UBSAN|INFO: |KASAN' /tmp/all.kmsg > /out/complaints
dmesg -c > /dev/null
insmod /bin/faulty.ko || exit 1
for mistake in slab vmalloc free atomic percpu rcu order; do
	echo $mistake > /proc/faulty
	dmesg -c > "/out/$mistake.mistake"
done
true
