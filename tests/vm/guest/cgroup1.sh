# SPDX-License-Identifier: GPL-2.0
# The part of the test of cgroup version 1 in the VM: the memory controller is there, and so not in cgroup2.
. /lib.sh
mkdir /v1
mount -t cgroup -o memory none /v1 || exit 1
echo +memory > /sys/fs/cgroup/cgroup.subtree_control 2> /out/v2.err && exit 1
watch memcg allocwatch live --format jsonl --filter 'comm=repro'
repro --memcg 3 > /out/truth 2> /out/repro.err || exit 1
finish memcg
ls -d /v1/repro > /out/left 2> /dev/null
grep repro-cgroup /proc/mounts > /out/mounts
true
