/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A stack frame as text, without its kernel address unless that is allowed.
 */
#ifndef AW_OUTPUT_FRAME_TEXT_H
#define AW_OUTPUT_FRAME_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "mm/stack.h"

#define AW_FRAME_TEXT 512

/*
 * "ioctx_alloc+0x5d4", "hog_get_buffer+0x24 [hog]".  A frame without a name is
 * "[unknown]" and its module; with `raw`, "0xffff..." replaces "[unknown]".  A
 * kernel address reveals where KASLR put the kernel.  Not escaped.  Returns
 * `text`.
 */
const char *aw_format_frame(const struct aw_frame *frame, bool raw, char *text, size_t size);

/* The same without the offset. */
const char *aw_format_function(const struct aw_frame *frame, bool raw, char *text, size_t size);

#endif
