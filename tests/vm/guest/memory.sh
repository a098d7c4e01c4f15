# SPDX-License-Identifier: GPL-2.0
# The part of the memory test in the VM: live on a machine with 72 MB, and in a cgroup of 16 MB, then of 10.
. /lib.sh
insmod /bin/storm.ko || exit 1

# NAME COMMAND...: a storm of half a second
during_storm() {
	name=$1
	shift
	watch "$name" "$@"
	cat /proc/storm > "/out/$name.before"
	echo 500 > /proc/storm
	cat /proc/storm > "/out/$name.after"
	sleep 2
	grep -E '^(VmHWM|VmRSS|VmLck)' "/proc/$pid/status" > "/out/$name.memory"
	cat /proc/$pid/oom_score_adj > "/out/$name.oom_score_adj"
	finish "$name"
}

grep -E '^(MemTotal|MemFree|MemAvailable)' /proc/meminfo > /out/machine.memory
during_storm small allocwatch live --plain --by order,gfp,site
echo +memory > /sys/fs/cgroup/cgroup.subtree_control
mkdir /sys/fs/cgroup/small
echo 16M > /sys/fs/cgroup/small/memory.max
during_storm cgroup sh -c 'echo 0 > /sys/fs/cgroup/small/cgroup.procs; exec allocwatch live --plain --by order,gfp,site'
cp /sys/fs/cgroup/small/memory.events /sys/fs/cgroup/small/memory.peak /out/
echo 10M > /sys/fs/cgroup/small/memory.max
during_storm tiny sh -c 'echo 0 > /sys/fs/cgroup/small/cgroup.procs; exec allocwatch live --plain --by order,gfp,site'
dmesg > /out/dmesg
