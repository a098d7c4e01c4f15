# SPDX-License-Identifier: GPL-2.0
# The part of the recording test in the VM: leaves the recordings in /out.
. /lib.sh

cd /out
# Memory is busy while repro runs; record returns the status of repro.
allocwatch record -o plain.aw -- repro --warned 12 --silent 8 > plain.truth 2> plain.err
echo $? > plain.status

allocwatch record -o raw.aw --raw-addresses -- repro --warned 2 --silent 0 > raw.truth 2> raw.err

# kallsyms hides addresses: frames without a name must not show one either.
echo 2 > /proc/sys/kernel/kptr_restrict
allocwatch record -o hidden.aw -- repro --warned 2 --silent 1 > hidden.truth 2> hidden.err
echo 0 > /proc/sys/kernel/kptr_restrict

# A crash: the recording is killed while it is written.
allocwatch record -o killed.aw 2> killed.err &
pid=$!
await "the recording to be killed" $pid grep -q recording killed.err || give_up killed
repro --warned 3 --silent 0 > killed.truth
sleep 2
kill -KILL $pid
wait $pid
ls -l /out > listing
