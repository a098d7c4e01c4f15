# SPDX-License-Identifier: GPL-2.0
# Knows what the live test does inside the VM: each case leaves its output in /out.

# NAME, then options of live: starts it and waits until it watches.
watch() {
	name=$1
	shift
	allocwatch live "$@" > "/out/$name.txt" 2> "/out/$name.err" &
	pid=$!
	until grep -q '^TIME' "/out/$name.txt"; do
		kill -0 $pid 2>/dev/null || { echo "live ended: $(cat "/out/$name.err")"; return 1; }
		sleep 0.1
	done
}

# How it ends: signal, then the exit status.
finish() {
	kill -"${1:-INT}" $pid
	wait $pid
	echo $? > "/out/$name.status"
}

dmesg -c > /dev/null
watch plain --exit-code
repro --warned 12 --silent 8 > /out/plain.truth
finish INT
dmesg > /out/plain.dmesg
bpftool_left=$(ls /sys/fs/bpf | wc -l)
echo "$bpftool_left" > /out/pinned

watch low --low-overhead
repro --warned 3 --silent 2 > /out/low.truth
finish TERM

watch filtered --filter 'order>=4,comm=rep*,gfp=*NOWARN*' --by comm,site,context,cgroup,log
repro --warned 2 --silent 3 > /out/filtered.truth
finish INT

watch other --filter 'order>=4,comm=nobody'
repro --warned 1 --silent 1 > /out/other.truth
finish INT

watch memcg
repro --memcg 2 > /out/memcg.truth
finish INT

# Android's default: no addresses in kallsyms, not even for root.
echo 2 > /proc/sys/kernel/kptr_restrict
watch hidden
repro --warned 2 --silent 0 > /out/hidden.truth
finish INT
echo 0 > /proc/sys/kernel/kptr_restrict

cat /proc/kallsyms > /tmp/kallsyms
echo 2 > /proc/sys/kernel/kptr_restrict
watch given --kallsyms /tmp/kallsyms
repro --warned 2 --silent 0 > /out/given.truth
finish INT
allocwatch live --duration 1s --kallsyms /nowhere > /out/nofile.txt 2> /out/nofile.err
echo $? > /out/nofile.status
echo 0 > /proc/sys/kernel/kptr_restrict

# A kernel without BTF, as far as anybody can see.
mount -t tmpfs none /sys/kernel/btf
watch nobtf
repro --warned 2 --silent 1 > /out/nobtf.truth
finish INT
umount /sys/kernel/btf

# Nor tracefs: flag names then come from BTF or the table of that release.
umount /sys/kernel/tracing 2>/dev/null
umount /sys/kernel/debug/tracing 2>/dev/null
umount /sys/kernel/debug 2>/dev/null
watch notracefs
repro --warned 2 --silent 1 > /out/notracefs.truth
finish INT
