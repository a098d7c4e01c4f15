# SPDX-License-Identifier: GPL-2.0
# The part in the VM of the test with kernel.perf_event_paranoid above 2: live and serve with the user and the capabilities of
# the packaged service, then with 2.
. /lib.sh

uname -r > /out/release
cat /proc/sys/kernel/perf_event_paranoid > /out/level
mkdir /run /run/allocwatch
chown 65534:65534 /run/allocwatch
dmesg -c > /dev/null

watch strict deny service allocwatch live --plain --scan never
repro --warned 3 --silent 4 --pause 150 --hold 1 > /out/strict.truth 2>&1
sleep 0.5
finish strict
dmesg > /out/strict.dmesg
deny service allocwatch doctor --json > /out/strict.json 2> /out/strict.doctor.err

deny service allocwatch serve --textfile /run/allocwatch/allocwatch.prom --interval 500ms --filter comm=repro 2> /out/serve.err &
pid=$!
echo $pid > /tmp/serve.pid
await serve $pid grep -q 'Ctrl-C ends' /out/serve.err || give_up serve
repro --warned 2 --silent 3 > /out/serve.truth 2>&1
sleep 1
finish serve TERM
cp /run/allocwatch/allocwatch.prom /out/

echo 2 > /proc/sys/kernel/perf_event_paranoid
watch two deny service allocwatch live --plain --scan never
repro --warned 1 --silent 1 > /out/two.truth 2>&1
sleep 0.5
finish two
