# SPDX-License-Identifier: GPL-2.0
# Knows what the metrics test does inside the VM: leaves the textfile of a run in /out.

allocwatch serve --textfile /out/allocwatch.prom --interval 500ms --filter comm=repro 2> /out/serve.err &
pid=$!
until grep -q 'Ctrl-C ends' /out/serve.err; do
	kill -0 $pid 2>/dev/null || { echo "serve ended: $(cat /out/serve.err)"; exit 1; }
	sleep 0.1
done
cp /out/allocwatch.prom /out/before.prom
repro --warned 12 --silent 8 > /out/metrics.truth
sleep 1
cp /out/allocwatch.prom /out/while.prom
kill -TERM $pid
wait $pid
echo $? > /out/serve.status
allocwatch serve --listen 127.0.0.1:0 2> /out/listen.err
echo $? > /out/listen.status
