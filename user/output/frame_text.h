/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A frame of a stack, as it may leave the machine.
 */
#ifndef AW_OUTPUT_FRAME_TEXT_H
#define AW_OUTPUT_FRAME_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "kernel/stack.h"

#define AW_FRAME_TEXT 512

/*
 * "ioctx_alloc+0x5d4", "hog_get_buffer+0x24 [hog]"; without a name "[unknown]"
 * and the module, or with `raw` "0xffff..." for it: a kernel address tells
 * where the kernel lies.  Not escaped.  Returns `text`.
 */
const char *aw_format_frame(const struct aw_frame *frame, bool raw, char *text, size_t size);

/* The same without the offset: what stacks of one function share. */
const char *aw_format_function(const struct aw_frame *frame, bool raw, char *text, size_t size);

#endif
