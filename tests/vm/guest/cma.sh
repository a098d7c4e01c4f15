# SPDX-License-Identifier: GPL-2.0
# Knows the case of a driver that CMA refuses.
. /lib.sh
watch cma allocwatch live --plain
insmod /bin/cma_ask.ko
sleep 0.5
finish cma
dmesg > /out/cma.dmesg
