/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Android's logcat in its brief and time forms, in which a tag and a process
 * stand between the kernel's first word and the rest.
 */
#ifndef AW_LINES_LOGCAT_H
#define AW_LINES_LOGCAT_H

#include <stdbool.h>

#include "lines/out.h"

/*
 * "W/Thread-2(    0): page allocation" -> "W(0) Thread-2: page allocation";
 * with a date before it "DATE W Thread-2: ...".  The tag "kernel" goes.
 * False: not such a line.
 */
bool aw_log_logcat_line(const char *text, size_t len, struct aw_log_out *out);

#endif
