# SPDX-License-Identifier: GPL-2.0
# Knows the one request of which picture and report are compared, alone.
. /lib.sh
run zones --warned 1
