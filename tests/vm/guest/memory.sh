# SPDX-License-Identifier: GPL-2.0
# The part of the memory test in the VM: live on a machine with 64 MB, and in a cgroup of 16 MB.
. /lib.sh

# NAME: how much memory the program took
measure() {
	grep -E '^(VmHWM|VmRSS|VmLck)' "/proc/$(cat "/tmp/$1.pid")/status" > "/out/$1.memory"
}

grep -E '^(MemTotal|MemFree|MemAvailable)' /proc/meminfo > /out/machine.memory
watch small allocwatch live
repro --warned 12 --silent 8 > /out/small.truth 2>&1
echo $? > /out/small.repro
measure small
finish small

echo +memory > /sys/fs/cgroup/cgroup.subtree_control
mkdir /sys/fs/cgroup/small
echo 16M > /sys/fs/cgroup/small/memory.max
watch cgroup sh -c 'echo 0 > /sys/fs/cgroup/small/cgroup.procs; exec allocwatch live'
repro --warned 12 --silent 8 > /out/cgroup.truth 2>&1
measure cgroup
for file in events current peak stat; do
	cat "/sys/fs/cgroup/small/memory.$file" > "/out/cgroup.$file"
done 2> /dev/null
finish cgroup
dmesg > /out/dmesg
