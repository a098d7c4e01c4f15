/* SPDX-License-Identifier: GPL-2.0 */
/*
 * One line of a trace in text: that of an event, or a frame of a stack.
 */
#ifndef AW_IMPORT_LINE_H
#define AW_IMPORT_LINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/cursor.h"
#include "event/event.h"

struct aw_import_line {
	char comm[AW_COMM_LEN + 1];
	uint32_t pid, tid;	/* pid 0: not known */
	uint32_t cpu;
	uint8_t flags;		/* AW_TRACE_FLAG_* */
	uint64_t time_ns;
	char event[48];		/* "mm_page_alloc", without its group; "<stack" of a stack */
	int type;		/* enum aw_trace_type; -1: another event, or the head of a stack */
	struct aw_text fields;	/* "page=... order=4" */
};

/*
 *            <idle>-0       [000] d.s2.   124.010482: mm_page_alloc: page=... (trace, trace_pipe)
 *            repro-89    [000]   124.010482: mm_page_alloc:        page=... (trace-cmd report)
 * repro    89 [000]   124.010482: kmem:mm_page_alloc: page=... (perf script)
 * False: another line.
 */
bool aw_import_line_parse(const char *text, size_t len, struct aw_import_line *out);

/* The value of "order=": a number, decimal or 0x...  False: there is none. */
bool aw_import_line_number(const struct aw_import_line *line, const char *key, uint64_t *out);

/* The word behind "gfp_flags=".  Empty: there is none. */
struct aw_text aw_import_line_word(const struct aw_import_line *line, const char *key);

struct aw_import_frame {
	uint64_t addr, offset, size;	/* addr 0: not said */
	struct aw_text name, module;	/* empty: not said */
};

/*
 *  => __alloc_pages
 *  => __alloc_pages+0x1c/0x130 [mod] <ffffffff81000000>
 * => kmalloc (ffffffff81000000)
 * 	ffffffff8132cd00 __alloc_pages+0x210 ([kernel.kallsyms])
 * False: another line, or a frame of user space.
 */
bool aw_import_frame_parse(const char *text, size_t len, struct aw_import_frame *out);

#endif
