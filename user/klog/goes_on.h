/* SPDX-License-Identifier: GPL-2.0 */
/*
 * How much of a kernel line is there, and does another line go on where it
 * ends?
 */
#ifndef AW_KLOG_GOES_ON_H
#define AW_KLOG_GOES_ON_H

#include "klog/line.h"

/*
 * How whole a header is: 0 no header, 1 or 2 begins like one, from 3 on its
 * mask is there, and one more for each part behind it.
 */
int aw_klog_header_rank(const struct aw_klog_line *line);

/* Of a header whose mask is there: can `next` be the rest of its digits or names, without a space between? */
bool aw_klog_header_goes_on(const struct aw_klog_line *line, const struct aw_text *next);

/*
 * "WARNING: CPU: 0 PID: 13 at mm/page_alloc.c:4831 __alloc_pages_no": can `next` be what is missing of the
 * line's number and the function?  What the wrap took between, "" or " "; NULL: it can't.
 */
const char *aw_klog_warning_goes_on(const struct aw_text *text, const struct aw_text *next);

/* How whole the task line ("CPU: 0 PID: 306 Comm: ...") is: 0 none, 6 all that it can be. */
int aw_klog_task_rank(const struct aw_klog_line *line);
#define AW_KLOG_TASK_WHOLE 6

/* Is it "oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=...", without its end?  There is no space in it. */
bool aw_klog_is_constraint(const struct aw_klog_line *line);

/* How whole the line of a kill ("Killed process 815 (browser) total-vm:...") is: 0 none, more for each part. */
int aw_klog_kill_rank(const struct aw_klog_line *line);

/* Is the line a frame of a trace, or the front of one? */
enum aw_klog_frame_part {
	AW_KLOG_FRAME_NONE,
	AW_KLOG_FRAME_ADDRESSES,	/* "[e2a53b50] [c0531be8]" of powerpc: the function is missing */
	AW_KLOG_FRAME_FRONT,	/* "[<ffffff8008b11d60>] cam_mem_get_cmd_bu", "f+0x4", "f+0x48/0x1a0 [mhi" */
	AW_KLOG_FRAME_WHOLE	/* and yet digits or a module may follow */
};
enum aw_klog_frame_part aw_klog_frame_part(const struct aw_klog_line *line);

/* Is it a frame of arm that names who called, and ends before that, or one that ends in the middle of a module? */
bool aw_klog_frame_is_torn(const struct aw_text *text, const struct aw_text *next);

/* Can `next` be the rest of the frame?  *gap: what the wrap took. */
bool aw_klog_frame_goes_on(const struct aw_klog_line *line, const struct aw_text *next, const char **gap);

/* Does the text look like fields of a zone line, from the middle on ("w:2268kB high:2720kB")? */
bool aw_klog_has_fields(const struct aw_text *text);

/* Is it a line that a report consists of, and not the rest of one? */
bool aw_klog_is_body(const struct aw_klog_line *line);

#endif
