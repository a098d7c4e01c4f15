# SPDX-License-Identifier: GPL-2.0
# The part of the live test in the VM: each case leaves its output in /out.

. /lib.sh

dmesg -c > /dev/null
watch plain allocwatch live --exit-code
repro --warned 12 --silent 8 > /out/plain.truth
finish plain
dmesg > /out/plain.dmesg
bpftool_left=$(ls /sys/fs/bpf | wc -l)
echo "$bpftool_left" > /out/pinned

watch low allocwatch live --low-overhead
repro --warned 3 --silent 2 > /out/low.truth
finish low TERM

watch filtered allocwatch live --filter 'order>=4,comm=rep*,gfp=*NOWARN*' --by comm,site,context,cgroup,log
repro --warned 2 --silent 3 > /out/filtered.truth
finish filtered

watch other allocwatch live --filter 'order>=4,comm=nobody'
repro --warned 1 --silent 1 > /out/other.truth
finish other

watch memcg allocwatch live
repro --memcg 2 > /out/memcg.truth
finish memcg

# The default of Android: kallsyms hides addresses even from root.
echo 2 > /proc/sys/kernel/kptr_restrict
watch hidden allocwatch live
repro --warned 2 --silent 0 > /out/hidden.truth
finish hidden
echo 0 > /proc/sys/kernel/kptr_restrict

cat /proc/kallsyms > /tmp/kallsyms
echo 2 > /proc/sys/kernel/kptr_restrict
watch given allocwatch live --kallsyms /tmp/kallsyms
repro --warned 2 --silent 0 > /out/given.truth
finish given
allocwatch live --duration 1s --kallsyms /nowhere > /out/nofile.txt 2> /out/nofile.err
echo $? > /out/nofile.status
echo 0 > /proc/sys/kernel/kptr_restrict

# Hides the BTF of the kernel.
mount -t tmpfs none /sys/kernel/btf
watch nobtf allocwatch live
repro --warned 2 --silent 1 > /out/nobtf.truth
finish nobtf
umount /sys/kernel/btf

# tracefs is not mounted: allocwatch uses a private mount.
umount /sys/kernel/tracing 2>/dev/null
umount /sys/kernel/debug/tracing 2>/dev/null
umount /sys/kernel/debug 2>/dev/null
watch unmounted allocwatch live
repro --warned 2 --silent 1 > /out/unmounted.truth
finish unmounted
grep -c tracefs /proc/mounts > /out/unmounted.mounts

# Without that either: flag names come from BTF or the table of the release.
watch notracefs deny mount allocwatch live
repro --warned 2 --silent 1 > /out/notracefs.truth
finish notracefs
