/* SPDX-License-Identifier: GPL-2.0 */
/* Reads free memory from /proc, in pages. If a file cannot be read, the program ends. */
#ifndef REPRO_MEMORY_H
#define REPRO_MEMORY_H

/* Total memory, MemTotal of /proc/meminfo. */
long memory_total(void);

/* Free memory that an unmovable request may use, that is, without CMA and the atomic reserve. */
long memory_free_unmovable(void);

/* What must remain free for the machine to run: the lowmem reserve of every zone, and its watermark "min" (below it,
 * only requests with access to reserves succeed) or "high" (above it, kswapd stops). */
long memory_reserve(const char *watermark);

/* Free blocks of at least this order that an unmovable request may use. */
long memory_blocks(int order);

#endif
