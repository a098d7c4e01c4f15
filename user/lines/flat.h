/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Many lines that were pasted as one, without line ends: split again where
 * each was stamped.
 */
#ifndef AW_LINES_FLAT_H
#define AW_LINES_FLAT_H

#include <stdbool.h>

#include "lines/out.h"

/* Copies the text with a '\n' in front of every stamp and what stands before it; false: it is one line. */
bool aw_log_flat_split(const char *text, size_t len, struct aw_log_out *out);

#endif
