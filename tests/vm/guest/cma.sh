# SPDX-License-Identifier: GPL-2.0
# Knows the case of a driver that CMA refuses.
allocwatch live --plain > /out/cma.txt 2> /out/cma.err &
pid=$!
until grep -q '^TIME' /out/cma.txt; do sleep 0.1; done
insmod /bin/cma_ask.ko
sleep 0.5
kill -INT $pid
wait $pid
dmesg > /out/cma.dmesg
