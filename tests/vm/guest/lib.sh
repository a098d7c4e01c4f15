# SPDX-License-Identifier: GPL-2.0
# Knows how a script inside the VM starts, awaits and ends programs: /lib.sh there.
#
# No wait is without an end.  What takes a second on a quiet machine may take LONG seconds in emulation with
# others at work.
LONG=90

seconds() { cut -d. -f1 /proc/uptime; }

# PID: where a program stands that does not get on
where() {
	for file in stack wchan syscall status; do
		echo "-- /proc/$1/$file"
		cat "/proc/$1/$file"
		echo
	done 2>&1
	echo "-- the kernel's last words"
	dmesg | tail -n 20
}

# WHAT PID-or-nothing COMMAND...: until COMMAND succeeds, or the program has ended
await() {
	what=$1 of=$2 end=$(($(seconds) + LONG))
	shift 2
	until "$@"; do
		if [ -n "$of" ] && gone "$of"; then
			echo "$what: ended too early"
			return 1
		fi
		if [ "$(seconds)" -ge $end ]; then
			echo "$what: not after $LONG s"
			[ -z "$of" ] || where "$of"
			return 1
		fi
		sleep 0.1
	done
}

gone() { ! kill -0 "$1" 2> /dev/null; }

# NAME: ends the script; the host shows what was said.
give_up() {
	echo "$1 wrote:"
	tail -n 20 "/out/$1.txt" "/out/$1.err"
	exit 1
}

# NAME COMMAND...: in the background, until it watches; $pid is its number.  Lists of failures begin with TIME,
# lines for programs with {.
watch() {
	name=$1
	shift
	: > "/out/$name.txt"	# an earlier run of this name may have said what is awaited
	"$@" > "/out/$name.txt" 2> "/out/$name.err" &
	pid=$!
	echo $pid > "/tmp/$name.pid"
	await "$name" $pid grep -q '^TIME\|^{' "/out/$name.txt" || give_up "$name"
}

# NAME [SIGNAL]: ends what watch started, and keeps its exit status.
finish() {
	pid=$(cat "/tmp/$1.pid")
	kill -"${2:-INT}" "$pid"
	if ! await "the end of $1" '' gone "$pid"; then
		where "$pid"
		kill -KILL "$pid"
		give_up "$1"
	fi
	wait "$pid" 2> /dev/null
	echo $? > "/out/$1.status"
}

# NAME, then options of repro: one case, with the kernel log of it alone.
run() {
	dmesg -c > /dev/null
	case=$1
	shift
	watch "$case" allocwatch live
	repro "$@" > "/out/$case.truth" 2>&1
	sleep 0.2
	finish "$case"
	dmesg > "/out/$case.dmesg"
}
