/* SPDX-License-Identifier: GPL-2.0 */
/*
 * One function as a line of a trace names it.
 */
#ifndef AW_KLOG_SYMBOL_H
#define AW_KLOG_SYMBOL_H

#include "base/cursor.h"
#include "klog/klog.h"

/*
 * Takes "f+0x1/0x2", ":mod:f+0x1/0x2" (2.6.18), a Rust symbol, or, without
 * `need_offset`, "f" at the cursor; fills name, suffix, offset, size.  False:
 * none stands there, and the cursor did not move.
 */
bool aw_klog_symbol(struct aw_text *text, struct aw_klog_frame *frame, bool need_offset);

/* Takes " [mod]", " [mod 0123abcd]", " [mod(O)]"; a line may end in the middle of it. */
void aw_klog_module(struct aw_text *text, struct aw_klog_frame *frame);

/*
 * What scripts/decode_stacktrace.sh makes of a frame, and what syzbot prints:
 * "f (file.c:12) [mod]", "f file.c:12 [inline]", "f+0x1/0x2 file.c:12".
 */
bool aw_klog_decoded(struct aw_text *text, struct aw_klog_frame *frame);

#endif
