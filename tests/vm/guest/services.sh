#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# The part of tests/services in a Debian: /init of a VM, or with "install" what is done before systemd is started; then, with
# "check", a unit of it.
# Leaves what it saw in /out; the marks are those of tests/vm/console.
export PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive
out=/out

# COMMAND...: what was typed and seen
type_in() {
	echo "\$ $*"
	"$@" 2>&1
	echo "status $?"
}

install() {
	mkdir -p $out
	# In the VM nothing is known as installed.
	type_in dpkg -i --force-depends /allocwatch.deb > $out/install.txt
	type_in allocwatch --version > $out/version.txt
	type_in allocwatch explain /case.log > $out/explain.txt
	for unit in allocwatch allocwatch-record; do systemctl is-enabled $unit; done > $out/enabled.txt 2>&1
	echo 'ALLOCWATCH_SERVE_OPTIONS="--listen 127.0.0.1:10477 --textfile /run/allocwatch/allocwatch.prom"' >> /etc/default/allocwatch
	# as who installs an image does
	type_in systemctl enable allocwatch allocwatch-record check > $out/enable.txt
	systemctl set-default multi-user.target > /dev/null 2>&1
	systemctl mask getty.target apt-daily.timer apt-daily-upgrade.timer > /dev/null 2>&1
}

boot() {
	mount -t proc proc /proc
	mount -t sysfs sysfs /sys
	mount -t devtmpfs devtmpfs /dev
	echo 1 > /proc/sys/kernel/printk
	ldconfig
	install
	exec /lib/systemd/systemd
}

fetch() { # PATH: of the metrics
	bash -c 'exec 3<>/dev/tcp/127.0.0.1/10477 && printf "GET %s HTTP/1.0\r\n\r\n" "$1" >&3 && cat <&3' - "$1"
}

# SECONDS COMMAND...
within() {
	left=$1
	shift
	until "$@"; do
		left=$((left - 1))
		[ $left -gt 0 ] || return 1
		sleep 1
	done
}

failed_so_far() { fetch /metrics | sed -n 's/^allocwatch_failures_total{.*} //p' | awk '{ n += $1 } END { print n + 0 }'; }
some_failed() { [ "$(failed_so_far)" -gt 0 ]; }
is_healthy() { fetch /healthz | grep -q ' 200 '; }
was_restarted() { [ "$(systemctl show -P NRestarts allocwatch)" -ge 1 ] && is_healthy; }

check() {
	type_in within 60 is_healthy > $out/healthy.txt
	for unit in allocwatch allocwatch-record; do
		systemctl status --no-pager $unit > $out/$unit.status 2>&1
		pid=$(systemctl show -P MainPID $unit)
		grep -E '^(Uid|CapEff|NoNewPrivs|Seccomp):' "/proc/$pid/status" > $out/$unit.process
		type_in systemd-analyze verify --man=no /lib/systemd/system/$unit.service > $out/$unit.verify
		systemd-analyze security --no-pager $unit > $out/$unit.security 2>&1
	done
	# seconds after the kernel's start
	for unit in allocwatch-record.service sysinit.target; do
		echo "$unit $(systemctl show -P ActiveEnterTimestampMonotonic $unit)"
	done > $out/order.txt
	if [ -e /repro ]; then
		/repro --warned 3 --silent 2 > $out/repro.txt 2>&1
		within 30 some_failed
	fi
	fetch /metrics > $out/metrics.txt
	setpriv --reuid 65534 --regid 65534 --clear-groups cat /run/allocwatch/allocwatch.prom > $out/textfile.txt 2>&1

	# what the unit leaves out, by the drop-in that comes with the package
	journalctl --no-pager -b -o cat -u allocwatch > $out/least.txt 2>&1
	mkdir -p /etc/systemd/system/allocwatch.service.d
	cp /usr/share/doc/allocwatch/examples/full.conf /etc/systemd/system/allocwatch.service.d/
	type_in systemctl daemon-reload > $out/full.txt
	type_in systemctl restart allocwatch >> $out/full.txt
	type_in within 60 is_healthy >> $out/full.txt
	grep '^Cap' "/proc/$(systemctl show -P MainPID allocwatch)/status" > $out/full.process
	journalctl --no-pager -o cat "_SYSTEMD_INVOCATION_ID=$(systemctl show -P InvocationID allocwatch)" > $out/full.journal 2>&1
	rm -r /etc/systemd/system/allocwatch.service.d
	systemctl daemon-reload

	kill -KILL "$(systemctl show -P MainPID allocwatch)"
	type_in within 60 was_restarted > $out/restarted.txt

	for unit in allocwatch allocwatch-record; do
		type_in systemctl stop $unit
		systemctl show -p Result -p ExecMainStatus -p ActiveState $unit
	done > $out/stopped.txt
	ls -l /var/lib/allocwatch/ > $out/files.txt 2>&1
	type_in sh -c 'for file in /var/lib/allocwatch/flight-*.aw; do allocwatch report "$file" || exit; done' > $out/flight.txt

	# as in a container without CAP_IPC_LOCK, whose runtime sets a low limit
	setpriv --bounding-set=-ipc_lock sh -c 'ulimit -l 64; allocwatch live --plain --duration 1s' > $out/locked.txt 2>&1
	echo "status $?" >> $out/locked.txt

	journalctl --no-pager -b -u allocwatch -u allocwatch-record > $out/journal.txt 2>&1
	: > $out/failed.txt
	systemctl --failed --no-legend > $out/failed.txt
	type_in dpkg --purge allocwatch > $out/purge.txt
	find / -xdev -name '*allocwatch*' ! -path '/proc/*' ! -path '/sys/*' > $out/left.txt
}

case ${1:-boot} in
check)
	# Of the VM; else /out is where it is wanted.
	[ ! -e /repro ] || printf '\036start\n'
	check
	if [ -e /repro ]; then
		printf '\036out\n'
		tar -C $out -cf - . | gzip -1 | base64
		printf '\036exit 0\n'
	fi
	;;
install) install ;;
*) boot ;;
esac
