# SPDX-License-Identifier: GPL-2.0
# The part of the verdict test in the VM: failures with known causes, one run each.

. /lib.sh

# The rate limit allows one report per ten seconds: each run that needs one waits for it.
run fragmentation --warned 1
sleep 10
run atomic --atomic 1
run closed --shortage 3
run memcg --memcg 3

# Use more memory than exists: an OOM kill, and requests that reclaim first.
dmesg -c > /dev/null
watch oom allocwatch live
echo 1 > /proc/sys/vm/overcommit_memory
dd if=/dev/zero of=/dev/null bs=500M count=1 2> /dev/null
echo 0 > /proc/sys/vm/overcommit_memory
sleep 0.5
finish oom
dmesg > /out/oom.dmesg

# A failure before allocwatch starts.
sleep 10
dmesg -c > /dev/null
repro --warned 1 > /out/before.truth 2>&1
dmesg > /out/before.dmesg
allocwatch explain > /out/before.explain 2> /out/before.err
echo $? > /out/before.status
allocwatch live --duration 1s > /out/before.live 2>&1
true
