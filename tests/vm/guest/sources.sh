# SPDX-License-Identifier: GPL-2.0
# Knows what the sources test does inside the VM: three sources side by side, then one thing after another taken away.

# NAME, then how to start live: it runs in the background until its list of failures begins.
watch() {
	name=$1
	shift
	"$@" > "/out/$name.txt" 2> "/out/$name.err" &
	pid=$!
	until grep -q '^TIME' "/out/$name.txt"; do
		kill -0 $pid 2>/dev/null || { wait $pid; echo $? > "/out/$name.status"; return 1; }
		sleep 0.1
	done
	echo "$pid" > "/tmp/$name.pid"
}

finish() {
	pid=$(cat "/tmp/$1.pid")
	kill -INT "$pid"
	wait "$pid"
	echo $? > "/out/$1.status"
}

instances() { ls /sys/kernel/tracing/instances; }

# What doctor says, and what live does, where something is taken away: NAME [COMMAND-BEFORE...]
try() {
	name=$1
	shift
	"$@" allocwatch doctor --json > "/out/$name.json" 2> "/out/$name.doctor.err"
	echo $? > "/out/$name.doctor"
	"$@" allocwatch live --duration 1s > "/out/$name.live" 2> "/out/$name.live.err"
	echo $? > "/out/$name.live.status"
}

# ---- the same failures through every source ----
dmesg -c > /dev/null
watch bpf allocwatch live --plain --source bpf
watch tracefs allocwatch live --plain --source tracefs
watch klog allocwatch live --plain --source klog
dmesg > /tmp/before
# what the kernel prints comes here as well, as through a serial port to a file on another machine
: > /tmp/console.log
watch file allocwatch live --plain --source klog:/tmp/console.log
repro --warned 12 --silent 8 > /out/plain.truth 2>&1
dmesg > /out/plain.dmesg
head -c 2000 /out/plain.dmesg > /tmp/console.log
sleep 0.3
tail -c +2001 /out/plain.dmesg >> /tmp/console.log
sleep 1.5
for source in bpf tracefs klog file; do finish $source; done
instances > /out/plain.instances

# ---- one at a time: then zones that are read later are still the failure's ----
sleep 9
watch slow-bpf allocwatch live --plain --source bpf
watch slow-tracefs allocwatch live --plain --source tracefs
repro --warned 4 --silent 4 --pause 150 > /out/slow.truth 2>&1
sleep 0.5
finish slow-bpf
finish slow-tracefs

sleep 9
watch atomic-bpf allocwatch live --plain --source bpf
watch atomic-tracefs allocwatch live --plain --source tracefs
repro --atomic 2 > /out/atomic.truth 2>&1
repro --memcg 2 >> /out/atomic.truth 2>&1
sleep 0.5
finish atomic-bpf
finish atomic-tracefs

# ---- after a crash ----
watch killed allocwatch live --plain --source tracefs
kill -KILL "$(cat /tmp/killed.pid)"
wait "$(cat /tmp/killed.pid)"
instances > /out/killed.instances
watch second allocwatch live --plain --source tracefs
watch third allocwatch live --plain --source tracefs
instances > /out/both.instances
finish second
finish third
instances > /out/cleaned.instances

# ---- less and less ----
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
allocwatch live --btf /tmp/vmlinux.btf --duration 1s > /out/givenbtf.live 2>&1
allocwatch live --btf /nowhere --duration 1s > /out/badbtf.live 2>&1
echo $? > /out/badbtf.status
rm /tmp/vmlinux.btf
umount /sys/kernel/btf

# A root with nothing but the program, /proc, /sys and /dev.
mkdir -p /bare/proc /bare/sys /bare/dev
cp /bin/allocwatch /bare/
mount -o bind /proc /bare/proc
mount --rbind /sys /bare/sys 2>/dev/null || mount -o rbind /sys /bare/sys
mount -o bind /dev /bare/dev
chroot /bare /allocwatch live --source tracefs --duration 1s > /out/bare.txt 2> /out/bare.err
echo $? > /out/bare.status
chroot /bare /allocwatch doctor --json > /out/bare.json 2>> /out/bare.err
umount -l /bare/sys /bare/proc /bare/dev

umount /sys/kernel/tracing 2>/dev/null
umount /sys/kernel/debug/tracing 2>/dev/null
umount /sys/kernel/debug 2>/dev/null
try notracefs
try onlylog deny bpf
true
