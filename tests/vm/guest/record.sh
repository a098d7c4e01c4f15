# SPDX-License-Identifier: GPL-2.0
# Knows what the recording test does inside the VM: the recordings are left in /out.
. /lib.sh

cd /out
# Busy memory for as long as repro runs; its status is the recording's.
allocwatch record -o plain.aw -- repro --warned 12 --silent 8 > plain.truth 2> plain.err
echo $? > plain.status

allocwatch record -o raw.aw --raw-addresses -- repro --warned 2 --silent 0 > raw.truth 2> raw.err

# No addresses in kallsyms: what has no name must not tell one either.
echo 2 > /proc/sys/kernel/kptr_restrict
allocwatch record -o hidden.aw -- repro --warned 2 --silent 1 > hidden.truth 2> hidden.err
echo 0 > /proc/sys/kernel/kptr_restrict

# The crash: a recording that is killed while it goes on.
allocwatch record -o killed.aw 2> killed.err &
pid=$!
await "the recording to be killed" $pid grep -q recording killed.err || give_up killed
repro --warned 3 --silent 0 > killed.truth
sleep 2
kill -KILL $pid
wait $pid
ls -l /out > listing
