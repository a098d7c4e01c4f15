#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# The dracut module that arms the trace of failed page allocations before any driver is loaded.

check() {
	return 255 # only where it is asked for: add_dracutmodules+=" allocwatch "
}

depends() {
	return 0
}

install() {
	inst_multiple mkdir rmdir mount
	# not with inst_hook: hooks are run only if their names end with .sh; and drivers of rd.driver.pre= come as cmdline/01
	inst_simple "$moddir/allocwatch" /lib/dracut/hooks/cmdline/00-allocwatch.sh
}
