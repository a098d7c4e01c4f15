# SPDX-License-Identifier: GPL-2.0
# The part of the storm test in the VM: each case leaves its report in /out.
. /lib.sh
insmod /bin/storm.ko || exit 1

# NAME READER-STOPPED COMMAND...: a storm of 1.5 s
during_storm() {
	name=$1 stopped=$2
	shift 2
	before=$(cat /proc/storm)
	"$@" > "/out/$name.txt" 2> "/out/$name.err" &
	pid=$!
	await "$name" $pid grep -q '^TIME\|: recording ' "/out/$name.txt" "/out/$name.err" || give_up "$name"
	sleep 0.5
	heartbeat > "/out/$name.heartbeat" &
	beat=$!
	echo 1500 > /proc/storm &
	storm=$!
	if [ -n "$stopped" ]; then
		kill -STOP $pid
		wait $storm
		kill -CONT $pid
	fi
	wait $storm
	kill -TERM $beat
	wait $beat
	sleep 1
	grep -E '^(VmHWM|VmRSS)' /proc/$pid/status > "/out/$name.memory"
	kill -INT $pid
	wait $pid
	echo "$before" > "/out/$name.before"
	cat /proc/storm > "/out/$name.after"
}

during_storm live '' allocwatch live --plain --by order,gfp,site
during_storm stopped yes allocwatch live --plain --by order,gfp,site
echo 0 > /sys/module/storm/parameters/softirqs
during_storm tasks '' allocwatch live --plain --by order,gfp,site
echo 1 > /sys/module/storm/parameters/kinds
during_storm kinds '' allocwatch live --plain --by order
echo 0 > /sys/module/storm/parameters/kinds
echo 1 > /sys/module/storm/parameters/softirqs
during_storm record '' allocwatch record -o /out/storm.aw
rmmod storm
