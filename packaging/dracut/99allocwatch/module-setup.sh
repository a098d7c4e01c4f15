#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# The dracut module that arms the trace of failed page allocations before udev loads drivers.

check() {
	return 255 # only where it is asked for: add_dracutmodules+=" allocwatch "
}

depends() {
	return 0
}

install() {
	inst_multiple mkdir rmdir mount
	inst_hook pre-udev 00 "$moddir/allocwatch"
}
