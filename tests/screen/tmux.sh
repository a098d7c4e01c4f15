# SPDX-License-Identifier: GPL-2.0
# Knows how to look at the screen: replays a recording in tmux, presses keys, compares with golden/.
# Wants $program and $build, and to be read in this directory.
. ../report.sh

if ! command -v tmux > /dev/null; then
	skip "the screen" "needs tmux (make deps)"
	exit 0
fi
work=$(mktemp -d)
socket=aw-screen-$$ begun=0
trap 'mux kill-server 2> /dev/null; rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' HUP TERM

cp vm.aw "$work/"
for kind in names groups storm nothing; do
	"$build/screen/make_recording" $kind "$work/$kind.aw" || fail "$kind.aw is made"
done

mux() { LC_ALL=C.UTF-8 tmux -L "$socket" -u -f /dev/null "$@"; }

# SIZE RECORDING [ENV...]: a terminal of that size with the screen in it; $options, $root
options='' root=''
begin() {
	size=$1 recording=$2
	shift 2
	mux kill-server 2> /dev/null
	begun=$((begun + 1)) socket=aw-screen-$$-$begun	# a server that ends takes no new session
	mux start-server ';' set -g history-limit 5000 ';' \
		new-session -d -x "${size%x*}" -y "${size#*x}" "stty -a > '$work/stty.before'; cd '$work'
		env TERM=xterm-256color LC_ALL=C.UTF-8 TZ=UTC NO_COLOR= $* ${root:-$program} live $options --source $recording.aw
		echo status \$?; stty -a > '$work/stty.after'; cat"
}

press() { mux send-keys "$@"; }
show() { mux capture-pane -p 2> /dev/null | sed 's/ *$//'; }

# PATTERN: until some line on the screen matches, five seconds at most
await() {
	for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25; do
		show | grep -Eq -- "$1" && return 0
		sleep 0.2
	done
	return 1
}

# NAME: the screen becomes golden/NAME
see() {
	file=golden/$1.txt
	if [ -n "${UPDATE:-}" ]; then
		sleep 0.8
		show > "$file"
		pass "$1 (written)"
		return
	fi
	for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 \
		26 27 28 29 30 31 32 33 34 35 36 37 38 39 40 41 42 43 44 45 46 47 48 49 50; do
		show > "$work/got"
		cmp -s "$file" "$work/got" && break
		sleep 0.1
	done
	if difference=$(diff -u "$file" "$work/got" 2>&1); then pass "$1"; else fail "$1" "$difference"; fi
}

# Of the program in the terminal, not of the shell around it.
pid_of_program() { pgrep -P "$(mux list-panes -F '#{pane_pid}')" -f "$program" | head -n 1; }
