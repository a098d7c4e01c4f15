# SPDX-License-Identifier: GPL-2.0
# Knows the case that needs a kernel without a CMA area.
. /lib.sh

run shortage --shortage 3
