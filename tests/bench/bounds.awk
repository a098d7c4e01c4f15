# SPDX-License-Identifier: GPL-2.0
# Holds the figures of a measurement in the VM against their bounds.
#
# usage: awk -v part=kernel|start|growth -f tests/bench/bounds.awk TABLE     exits with 1 if one is exceeded, or missing
#
# kernel: page NAME INSTRUCTIONS, and storm NAME FAILURES_A_SECOND INSTRUCTIONS; start: peer NAME INSTRUCTIONS;
# growth: grows NAME FEW COST MANY COST
function check(what, is, most, form) {
	if (is == "") {
		printf "%-58s not measured\n", what
		broken++
		return
	}
	printf "%-58s " form ", at most " form "%s\n", what, is, most, is <= most ? "" : "   ABOVE ITS BOUND"
	broken += is > most
}

# How much more than another figure of the same kind; "": one of them is missing.
function over(kind, name, other) {
	return (kind, name) in figure && (kind, other) in figure ? figure[kind, name] - figure[kind, other] : ""
}

# "nothing" is measured before the others and after them, and differs by two instructions: what lies between is held against the mean.
$1 == "page" { sum[$2] += $3; figure["page", $2] = sum[$2] / ++times[$2] }
$1 == "storm" { figure["storm", $2] = $3 > 0 ? 1e9 / $3 : 1e9; figure["effort", $2] = $4 }
$1 == "peer" { figure["start", $2] = $3 }
$1 == "grows" { grown[++growths] = $2; work[$2] = $5 / $3; cost[$2] = $6 / $4 }

END {
	if (part == "kernel") {
		check("a page, allocwatch against an empty tp_btf program", over("page", "default", "empty_tp_btf"), 15, "%.1f")
		for (i = 1; i <= 64; i *= 8)
			check("the same, " i (i == 1 ? " thread in its slow path" : " threads"), over("page", "slow-" i, "empty_tp_btf"), 30, "%.1f")
		check("--low-overhead against nothing", over("page", "low-overhead", "nothing"), 2, "%.1f")
		check("the module against an empty tp_btf program", over("page", "module", "empty_tp_btf"), 0, "%.1f")
		check("a failure in a storm", over("storm", "default", "nothing"), 4000, "%.0f")
		check("a failure after reclaim and compaction", over("effort", "default", "nothing"), 12000, "%.0f")
	} else if (part == "start") {
		ours = figure["start", "live"]
		theirs = figure["start", "bpftrace"]
		check("live, from its start to attached, as a part of bpftrace's", ours && theirs ? ours / theirs : "", 1 / 3, "%.2f")
	} else if (part == "growth") {
		# Where the work is twice as much, twice the cost is right; half as much again is a fault, and less is noise.
		for (i = 1; i <= growths; i++)
			check(grown[i] ": " sprintf("%.3g", work[grown[i]]) " x the work, how many times the cost", cost[grown[i]], 1.5 * work[grown[i]], "%.2f")
		if (!growths)
			check("growth", "", 0, "%f")
	} else {
		print "bounds.awk: no part " part
		broken++
	}
	exit broken > 0
}
