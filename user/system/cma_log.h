/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Where CMA areas lie, as the kernel said at boot: nothing else tells it but
 * debugfs with CONFIG_CMA_DEBUGFS.
 */
#ifndef AW_SYSTEM_CMA_LOG_H
#define AW_SYSTEM_CMA_LOG_H

#include <stddef.h>
#include <stdint.h>

#define AW_CMA_RANGES 32

struct aw_cma_range {
	uint64_t start, pages;		/* the first page frame number */
};

struct aw_cma_ranges {
	unsigned int count;
	struct aw_cma_range list[AW_CMA_RANGES];
};

/*
 * Reads lines of the kernel (facility 0) in text of the kernel log with "<6>" before each line.  Areas that do not fit
 * are left out.
 */
void aw_cma_log_parse(const char *text, size_t len, unsigned int page_size, struct aw_cma_ranges *out);

/* The log of the running kernel; none: it can't be read, or has lost its first lines. */
void aw_cma_log_read(unsigned int page_size, struct aw_cma_ranges *out);

uint64_t aw_cma_ranges_pages(const struct aw_cma_ranges *ranges);	/* in all */

#endif
