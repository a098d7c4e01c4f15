# SPDX-License-Identifier: GPL-2.0
# Replays a recording in tmux, presses keys, and compares the screen with golden/.
# Needs $program and $build, and has to be sourced in this directory.
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
for name in names groups storm scan held nothing; do
	"$build/screen/make_recording" $name "$work/$name.aw" || fail "$name.aw is made"
done

mux() { LC_ALL=C.UTF-8 tmux -L "$socket" -u -f /dev/null "$@"; }

# SIZE RECORDING [ENV...]: starts the screen in a terminal of this size; uses $options and $root
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

# SIZE [ERROR]: the screen with a memory map that is built
begin_map() {
	size=$1 recording='' options='' root="$build/screen/map_screen ${2:+'$2'} #"
	begin "$size" ''
	root=''
}

press() { mux send-keys "$@"; }
show() { mux capture-pane -p 2> /dev/null | sed 's/ *$//'; }

# PATTERN: waits until a line on the screen matches, at most five seconds
await() {
	for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25; do
		show | grep -Eq -- "$1" && return 0
		sleep 0.2
	done
	return 1
}

# NAME: the screen matches golden/NAME
see() {
	file=golden/$1.txt
	if [ -n "${UPDATE:-}" ]; then
		stood=0
		show > "$file"
		while [ $stood -lt 6 ]; do
			sleep 0.3
			show > "$work/got"
			if cmp -s "$file" "$work/got"; then stood=$((stood + 1)); else stood=0; fi
			cp "$work/got" "$file"
		done
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

# The PID of the program in the terminal, not of the shell around it.
pid_of_program() { pgrep -P "$(mux list-panes -F '#{pane_pid}')" -f "$program" | head -n 1; }
