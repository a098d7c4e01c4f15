# SPDX-License-Identifier: GPL-2.0
# The part of the kernels test in the VM, which every kernel of the matrix has to pass.
. /lib.sh

uname -r > /out/release
timeout $LONG allocwatch doctor --json > /out/doctor.json
# A single request, so that the kernel's report and the snapshot belong to the same failure.
run zones --warned 1
run matrix --warned 5 --silent 4
