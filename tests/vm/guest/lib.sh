# SPDX-License-Identifier: GPL-2.0
# Starts, awaits and ends programs in the VM, where this is /lib.sh.
#
# Every wait is limited.  What takes a second on an idle machine may take LONG seconds under emulation on a busy one.
LONG=90

seconds() { cut -d. -f1 /proc/uptime; }

# PID: prints where a stuck program is
where() {
	for file in stack wchan syscall status; do
		echo "-- /proc/$1/$file"
		cat "/proc/$1/$file"
		echo
	done 2>&1
	echo "-- the kernel's last words"
	dmesg | tail -n 20
}

# WHAT PID COMMAND...: waits until COMMAND succeeds or the program ends; PID may be empty
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

# NAME: ends the script; the host prints the messages.
give_up() {
	echo "$1 wrote:"
	tail -n 20 "/out/$1.txt" "/out/$1.err"
	exit 1
}

# NAME COMMAND...: starts COMMAND in the background, waits until it watches, and sets $pid.  Its output starts with TIME,
# or with { for JSON lines.
watch() {
	name=$1
	shift
	: > "/out/$name.txt"	# an earlier run of this name may have said what is awaited
	"$@" > "/out/$name.txt" 2> "/out/$name.err" &
	pid=$!
	echo $pid > "/tmp/$name.pid"
	await "$name" $pid grep -q '^TIME\|^{' "/out/$name.txt" || give_up "$name"
}

# NAME [SIGNAL]: ends what watch started, and stores its exit status.
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

# NAME [OPTION...]: options of repro.  Runs a case, and stores only its part of the kernel log.
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
