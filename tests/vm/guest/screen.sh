# SPDX-License-Identifier: GPL-2.0
# Records the run that the tests of the screen replay: all types of events.

cat > /tmp/work.sh <<'END'
repro --memcg 3
sleep 2
repro --atomic 1
sleep 1
# use more memory than exists: an OOM kill, and requests that succeed after reclaim
echo 1 > /proc/sys/vm/overcommit_memory
dd if=/dev/zero of=/dev/null bs=500M count=1
sleep 1
# huge pages in fragmented memory: the callers fall back
echo always > /sys/kernel/mm/transparent_hugepage/enabled
repro --warned 8 --silent 6 --pause 250 --hold 6 &
sleep 8
dd if=/dev/zero of=/dev/null bs=88M count=1
wait
sleep 2
END
allocwatch record -o /out/vm.aw -- sh /tmp/work.sh > /out/record.log 2>&1
