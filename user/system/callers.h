/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Memory of the kernel by the code that asked for it: /proc/allocinfo (6.10 on,
 * CONFIG_MEM_ALLOC_PROFILING), else /proc/vmallocinfo, which knows vmalloc only.
 * DMA buffers, by who made them: bufinfo of debugfs.
 */
#ifndef AW_SYSTEM_CALLERS_H
#define AW_SYSTEM_CALLERS_H

#include <stddef.h>
#include <stdint.h>

#define AW_CALLER_NAME 64
#define AW_LARGEST_CALLERS 20
#define AW_MEMORY_CALLERS 2048		/* further ones are left out, and counted */

struct aw_memory_caller {
	char name[AW_CALLER_NAME];	/* "alloc_inode", with " [ext4]" behind it where the file says so */
	uint64_t bytes;
};

struct aw_memory_callers {
	unsigned int count;
	struct aw_memory_caller list[AW_MEMORY_CALLERS];	/* the largest first */
	uint64_t bytes;			/* of all */
	uint64_t left_out;		/* bytes of callers that have no room */
};

/* Those that have most. */
struct aw_largest_callers {
	const char *source;		/* "/proc/allocinfo"; "" or NULL: there is none, or it may not be read */
	uint64_t bytes;			/* of all callers */
	unsigned int count;
	struct aw_memory_caller list[AW_LARGEST_CALLERS];
};

/* All add to `out`, and leave the order to aw_callers_rank(). */
void aw_callers_parse_allocinfo(const char *text, size_t len, struct aw_memory_callers *out);
void aw_callers_parse_vmallocinfo(const char *text, size_t len, uint64_t page_size, struct aw_memory_callers *out);
void aw_callers_parse_bufinfo(const char *text, size_t len, struct aw_memory_callers *out);
void aw_callers_rank(struct aw_memory_callers *callers);

/* Of the running kernel.  0 or -ENOMEM. */
int aw_callers_read(uint64_t page_size, struct aw_largest_callers *out);
int aw_dma_buffers_read(struct aw_largest_callers *out);	/* by exporter and name: "system: camera" */

#endif
