# SPDX-License-Identifier: GPL-2.0
# The part of the sources test in the VM: all sources in parallel, then with one feature after another taken away.

. /lib.sh

instances() { ls /sys/kernel/tracing/instances; }

# NAME [COMMAND...]: runs doctor and live under COMMAND, which takes something away
try() {
	name=$1
	shift
	timeout $LONG "$@" allocwatch doctor --json > "/out/$name.json" 2> "/out/$name.doctor.err"
	echo $? > "/out/$name.doctor"
	timeout $LONG "$@" allocwatch live --duration 1s > "/out/$name.live" 2> "/out/$name.live.err"
	echo $? > "/out/$name.live.status"
}

# CASE OPTION...: options of repro.  Runs each source in turn, with JSON lines, in which each failure has its verdict
each() {
	case=$1
	shift
	for source in bpf kmod tracefs; do watch "$case-$source" allocwatch live --scan never --format jsonl --source $source; done
	repro "$@" > "/out/$case.truth" 2>&1
	sleep 0.5
	for source in bpf kmod tracefs; do finish "$case-$source"; done
}

# ---- the same failures through every source ----
insmod /allocwatch.ko || exit 1
dmesg -c > /dev/null
for source in bpf kmod tracefs klog; do watch $source allocwatch live --scan never --plain --source $source; done
# copy the kernel log to a file, like a serial console logged on another machine
: > /tmp/console.log
watch file allocwatch live --scan never --plain --source klog:/tmp/console.log
repro --warned 12 --silent 8 > /out/plain.truth 2>&1
dmesg > /out/plain.dmesg
head -c 2000 /out/plain.dmesg > /tmp/console.log
sleep 0.3
tail -c +2001 /out/plain.dmesg >> /tmp/console.log
sleep 1.5
for source in bpf kmod tracefs klog file; do finish $source; done
instances > /out/plain.instances

# ---- with pauses, so that zones that are read later have not changed ----
each slow --warned 4 --silent 4 --pause 150 --hold 1
each atomic --atomic 2 --pause 150 --hold 1
each memcg --memcg 2

# ---- with the module loaded ----
try loaded
try loaded-nobpf deny bpf
rmmod allocwatch

# ---- after a crash ----
watch killed allocwatch live --scan never --plain --source tracefs
kill -KILL $pid
wait $pid 2> /dev/null
instances > /out/killed.instances
watch second allocwatch live --scan never --plain --source tracefs
watch third allocwatch live --scan never --plain --source tracefs
instances > /out/both.instances
finish second
finish third
instances > /out/cleaned.instances

# ---- features taken away ----
try all
try caps deny caps
try nobpf deny bpf
try pids deny pids

echo 2 > /proc/sys/kernel/kptr_restrict
try kptr
echo 0 > /proc/sys/kernel/kptr_restrict

cp /sys/kernel/btf/vmlinux /tmp/vmlinux.btf
mount -t tmpfs none /sys/kernel/btf
try nobtf
timeout $LONG allocwatch live --btf /tmp/vmlinux.btf --duration 1s > /out/givenbtf.live 2>&1
timeout $LONG allocwatch live --btf /nowhere --duration 1s > /out/badbtf.live 2>&1
echo $? > /out/badbtf.status
rm /tmp/vmlinux.btf
umount /sys/kernel/btf

# A root with only the program, /proc, /sys and /dev.
mkdir -p /bare/proc /bare/sys /bare/dev
cp /bin/allocwatch /bare/
mount -o bind /proc /bare/proc
mount --rbind /sys /bare/sys 2>/dev/null || mount -o rbind /sys /bare/sys
mount -o bind /dev /bare/dev
timeout $LONG chroot /bare /allocwatch live --source tracefs --duration 1s > /out/bare.txt 2> /out/bare.err
echo $? > /out/bare.status
timeout $LONG chroot /bare /allocwatch doctor --json > /out/bare.json 2>> /out/bare.err
umount -l /bare/sys /bare/proc /bare/dev

umount /sys/kernel/tracing 2>/dev/null
umount /sys/kernel/debug/tracing 2>/dev/null
umount /sys/kernel/debug 2>/dev/null
try unmounted
try notracefs deny mount
try onlylog deny mount deny bpf
true
