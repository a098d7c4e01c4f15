/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Lines whose last field is the message, in quotes or brackets: of LAVA, which
 * tests boards, and of DLT, which cars log with.
 */
#ifndef AW_LINES_LAST_FIELD_H
#define AW_LINES_LAST_FIELD_H

#include <stdbool.h>
#include <stddef.h>

#include "lines/out.h"

/* Writes what the last field says, with the line's date where it has one.  False: it is no such line. */
bool aw_log_last_field(const char *text, size_t len, struct aw_log_out *out);

#endif
