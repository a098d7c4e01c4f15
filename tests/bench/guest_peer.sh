# SPDX-License-Identifier: GPL-2.0
# The part of the start's measurement in the VM that has bpftrace: how long live and the equivalent one-liner take from
# their exec until they say that they are attached.
. /lib.sh

now() { sed -n 's/^now at \([0-9]*\).*/\1/p' /proc/timer_list; }

# PATTERN COMMAND...: nanoseconds until a line of the command's output has the pattern
took() {
	pattern=$1
	shift
	rm -f /tmp/said
	mkfifo /tmp/said
	before=$(now)
	"$@" > /tmp/said 2>&1 &
	child=$!
	while read -r line; do
		case $line in *"$pattern"*) break ;; esac
		echo "$line" >> /tmp/lines
	done < /tmp/said
	after=$(now)
	kill -TERM $child
	wait $child 2> /dev/null
	echo $((after - before))
}

theirs() {
	LD_LIBRARY_PATH=/lib/aarch64-linux-gnu:/usr/lib/aarch64-linux-gnu took 'up' /usr/bin/bpftrace -e 'BEGIN { printf("up\n"); }
		tracepoint:kmem:mm_page_alloc /args->pfn == 0xffffffffffffffff/ { @[kstack] = count(); }'
}
ours() { took 'watching' allocwatch live --plain --source bpf; }

# The first ones read their programs and what the kernel has not made yet.
first="$(ours) $(theirs)"
echo "first $first"
echo "peer live $(ours)"
echo "peer bpftrace $(theirs)"
