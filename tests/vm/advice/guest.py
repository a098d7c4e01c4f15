# SPDX-License-Identifier: GPL-2.0
"""Writes the script that makes the states and the requests in the VM."""

import itertools

from remedies import asked

HEAD = """\
. /lib.sh
cd /out
insmod /bin/lab.ko || exit 1
echo 1 > /proc/sys/kernel/sysrq
echo -1000 > /proc/$$/oom_score_adj
# a boost only where a state asks for it
echo 0 > /proc/sys/vm/watermark_boost_factor
[ ! -e /sys/fs/cgroup/cgroup.subtree_control ] || echo "+memory +cpuset" > /sys/fs/cgroup/cgroup.subtree_control
for setting in /proc/sys/vm/*; do
	case $setting in *watermark_*|*min_free_kbytes|*lowmem_reserve_ratio|*defrag_mode)
		echo "cat > $setting << END"; cat $setting; echo END ;;
	esac
done > /tmp/settings
cp /proc/version /out/version
# What another program asks for while memory is short must cost neither this shell nor the machine: there are always some
# that the OOM killer takes first.
decoys() {
	for pid_of in $decoys; do
		kill -0 $pid_of 2> /dev/null || decoys=
	done
	[ -z "$decoys" ] || return
	for i in 1 2 3 4; do
		sleep 1000 &
		echo 500 > /proc/$!/oom_score_adj
		decoys="$decoys $!"
	done
	sleep 0.2
}
decoys=
# A state is made by many allocations, while other tasks allocate as well: where it is not as meant it is made again.
again() {
	for i in 1 2 3 4 5 6; do
		"$@" 2> /dev/null
		[ $? = 1 ] || return
	done
}
"""

RECORD = """\
allocwatch record --scan never -o /out/lab{number}.aw > /dev/null 2> /out/record.err &
pid=$!
echo -1000 > /proc/$pid/oom_score_adj
await record $pid grep -q recording /out/record.err || {{ cat /out/record.err; exit 1; }}
"""

TAIL = """\
dmesg > /out/dmesg
cp /proc/lab /out/told
"""

STOP = """\
sleep 0.3
kill -INT $pid
await "the end of record" '' gone $pid
"""


def steps_of(*steps):
    return "; ".join(step for step in steps if step)


def is_quick(ask):
    """Nothing in this request sleeps: no other task needs to run between the look at its state and its end."""
    sleeps = any(flag in WAITS for flag in ask.get("mask", "GFP_KERNEL").split("|")) and ask.get("scope") != "noreclaim"
    return not sleeps and ask.get("context", "task") == "task" and ask.get("api", "alloc_pages") in QUICK_APIS


WAITS = ("GFP_KERNEL", "GFP_USER", "GFP_HIGHUSER", "GFP_HIGHUSER_MOVABLE", "GFP_KERNEL_ACCOUNT", "GFP_NOIO", "GFP_NOFS",
         "__GFP_DIRECT_RECLAIM", "__GFP_RECLAIM")
QUICK_APIS = ("alloc_pages", "alloc_pages_node", "mempool")


def steps_to_ask(name, case, change):
    """The steps of /proc/lab: makes the state, looks at it, applies the change, asks."""
    state = case.state
    ask = change.get("ask", case.ask)
    first = name == "case"
    is_same = not change.get("vm") and not change.get("before")
    still = is_quick(ask) and not change.get("steps")
    ask = dict(ask)
    realtime = ask.pop("realtime", None)
    return steps_of(
        f"mark name={case.name}", "pool order=" + str(case.order) if ask.get("api") == "mempool" else "", state.get("steps"),
        "still" if still else "", "must " + state["must"] if is_same and "must" in state else "",
        "" if still else "go", change.get("steps"), "warp", "realtime" if realtime else "",
        asked(name, {**ask, "fails": "1"} if first and case.truth["class"] == "hard" else ask), "release")


def body(name, case, change):
    """The shell lines of one request in its state; they end with status 1 where it has to be made again."""
    state = case.state
    # a request that the OOM killer is called for ends where nothing else is left to kill
    lines = ["echo 400 > /proc/self/oom_score_adj", state.get("before", ""), change.get("before", ""),
             f"echo -n {case.name} > /proc/self/comm", f'echo "{steps_to_ask(name, case, change)}" > /proc/lab', "held=$?",
             state.get("after", ""), "exit $held"]
    return "\n".join(line for line in lines if line)


def shell(name, case, change):
    program = change.get("as", case.state.get("as", ""))
    text = f"again {program} sh -c '\n{body(name, case, change)}'"
    if case.state.get("alone") != "no":
        return f"decoys\nkill -STOP ${{pid:-}} 2> /dev/null\n{text}\nkill -CONT ${{pid:-}} 2> /dev/null"
    return text


def setting_of(case):
    """A shell line: the setting that the state needs."""
    name, _, value = case.state.get("sysctl", "").partition(" ")
    return f"echo {value} > /proc/sys/vm/{name}" if name else ""


def script_of_cases(cases):
    """A recording for each setting, in the order in which the cases come."""
    parts = [HEAD]
    for number, (line, group) in enumerate(itertools.groupby(cases, setting_of)):
        parts += [line, RECORD.format(number=number)] + [shell("case", case, {}) for case in group] + [STOP, ". /tmp/settings"]
    return "\n".join(parts + [TAIL])


def script_of_tries(tries):
    """`tries`: (name, case, change)."""
    parts = [HEAD]
    for name, case, change in tries:
        # told at once: a machine that a bad advice ends has told the rest
        parts += [setting_of(case), shell(name, case, change), ". /tmp/settings", "tail -n 1 /proc/lab"]
    return "\n".join(parts)
