# SPDX-License-Identifier: GPL-2.0
# The part of the start's measurement in the VM: how long record takes until it watches, which is when it starts its
# command.  Time counts instructions, one a nanosecond, and waits.
. /lib.sh

now() { sed -n 's/^now at \([0-9]*\).*/\1/p' /proc/timer_list; }

# COMMAND...: nanoseconds until what it runs runs
took() {
	rm -f /tmp/begun
	before=$(now)
	"$@" sed -n 's/^now at \([0-9]*\).*/\1/w /tmp/begun' /proc/timer_list > /tmp/start.log 2>&1
	echo $(($(cat /tmp/begun) - before))
}

[ ! -e /allocwatch.ko ] || insmod /allocwatch.ko
took env > /dev/null	# the programs of this script are in memory then
empty=$(took env)
for source in klog tracefs kmod bpf; do
	[ $source != kmod ] || [ -e /dev/allocwatch ] || continue
	# the first one is that of a boot: nothing of the program was read yet
	first=$(took allocwatch record --source $source -o /tmp/start.aw --)
	again=$(took allocwatch record --source $source -o /tmp/start.aw --)
	echo "start $source $((first - empty)) $((again - empty))"
done
