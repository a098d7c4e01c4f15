# SPDX-License-Identifier: GPL-2.0
# Knows the measurements inside the VM: instructions per page touched, with this and that attached.
measure() { # NAME: what is attached now
	echo "$1 $(pages 30)"
}

until_says() { # FILE TEXT
	until grep -qs "$2" "$1"; do sleep 0.1; done
}

with() { # NAME TEXT COMMAND...: COMMAND runs meanwhile, and has begun when it says TEXT
	name=$1 text=$2
	shift 2
	"$@" > /tmp/said 2>&1 &
	pid=$!
	until_says /tmp/said "$text"
	sleep 1
	measure "$name"
	kill -TERM $pid
	wait $pid 2>/dev/null
}

measure nothing > /dev/null	# warms the caches of the kernel
measure nothing
with empty_tp_btf attached attach empty_tp_btf
with empty_raw_tp attached attach empty_raw_tp
with default '^TIME' allocwatch live --plain
with low-overhead '^TIME' allocwatch live --plain --low-overhead
measure nothing
