# SPDX-License-Identifier: GPL-2.0
# The same measurement with the equivalent bpftrace one-liner: failures by stack.
. /lib.sh
export LD_LIBRARY_PATH=/lib/aarch64-linux-gnu:/usr/lib/aarch64-linux-gnu LONG=600
pages 30 > /dev/null
echo "page nothing $(pages 30)"
/usr/bin/bpftrace -e 'BEGIN { printf("attached\n"); }
	tracepoint:kmem:mm_page_alloc /args->pfn == 0xffffffffffffffff/ { @[kstack] = count(); }' > /tmp/bpftrace.txt 2>&1 &
await bpftrace $! grep -q attached /tmp/bpftrace.txt || { cat /tmp/bpftrace.txt; exit 1; }
sleep 1
echo "page bpftrace $(pages 30)"
