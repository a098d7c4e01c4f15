/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Other users of the top-level trace buffer.
 */
#ifndef AW_SOURCE_TRACEFS_USERS_H
#define AW_SOURCE_TRACEFS_USERS_H

#include "base/error.h"

/* 0: there are none; -EBUSY with what uses it and how to end that. */
int aw_trace_top_is_free(const char *root, struct aw_error *error);

#endif
