/* SPDX-License-Identifier: GPL-2.0 */
/* What /proc says of free memory; all amounts are in pages. A file that cannot be read ends the program. */
#ifndef REPRO_MEMORY_H
#define REPRO_MEMORY_H

/* Total memory, MemTotal of /proc/meminfo. */
long memory_total(void);

/* Free memory that an unmovable request may use: not CMA's, not the atomic reserve's. */
long memory_free_unmovable(void);

/* What must stay free for the machine to live: every zone's lowmem reserve and the watermark "min" (below it
 * only emergencies are served) or "high" (above it nothing is reclaimed). */
long memory_reserve(const char *watermark);

/* Free blocks of at least this order that an unmovable request may be given. */
long memory_blocks(int order);

#endif
