# SPDX-License-Identifier: GPL-2.0
# The part of the verdict test that needs a kernel without a CMA area.
. /lib.sh

run shortage --shortage 3
