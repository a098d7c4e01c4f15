# SPDX-License-Identifier: GPL-2.0
# The part of the kernels test in the VM that makes a single request, whose snapshot and report are compared.
. /lib.sh
run zones --warned 1
