# SPDX-License-Identifier: GPL-2.0
# The part of the metrics test in the VM: leaves the text file of a run in /out.
. /lib.sh

allocwatch serve --textfile /out/allocwatch.prom --interval 500ms --filter comm=repro 2> /out/serve.err &
pid=$!
echo $pid > /tmp/serve.pid
await serve $pid grep -q 'Ctrl-C ends' /out/serve.err || give_up serve
cp /out/allocwatch.prom /out/before.prom
repro --warned 12 --silent 8 > /out/metrics.truth
sleep 1
cp /out/allocwatch.prom /out/while.prom
finish serve TERM
allocwatch serve --listen 127.0.0.1:0 2> /out/listen.err
echo $? > /out/listen.status
