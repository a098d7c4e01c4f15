# SPDX-License-Identifier: GPL-2.0
# How test scripts report results: one line per test, counted by tests/run.

pass() { echo "ok - $1"; }
fail() { # NAME [DETAIL]
	echo "not ok - $1"
	[ -z "${2:-}" ] || printf '%s\n' "$2" | head -n 60 | sed 's/^/#   /'
}
skip() { echo "skip - $1: $2"; } # NAME REASON

# STATUS NAME REASON: what could not be made is a skip only if this machine lacks what it takes (77)
not_made() { if [ "$1" -eq 77 ]; then skip "$2" "$3"; else fail "$2" "it ended with status $1: $3"; fi; }

# NAME EXPECTED ACTUAL
same() {
	if [ "$2" = "$3" ]; then pass "$1"; else fail "$1" "expected: $2
got: $3"; fi
}

# NAME PATTERN TEXT: a line of TEXT matches the extended regular expression
has() {
	if printf '%s\n' "$3" | grep -Eq -- "$2"; then pass "$1"; else fail "$1" "no line matches: $2
in:
$3"; fi
}

# NAME PATTERN TEXT: no line of TEXT matches
lacks() {
	if printf '%s\n' "$3" | grep -Eq -- "$2"; then fail "$1" "a line matches: $2
in:
$3"; else pass "$1"; fi
}

# PID COMMAND...: waits until COMMAND succeeds, the process ends, or a minute is over; the following tests then fail.
await() {
	of=$1 tries=600
	shift
	until "$@"; do
		sleep 0.1
		tries=$((tries - 1))
		if [ $tries -eq 0 ]; then fail "not after a minute: $*"; return 1; fi
		kill -0 "$of" 2> /dev/null || return 1
	done
}
