// SPDX-License-Identifier: GPL-2.0
/*
 * Where CMA areas lie, from the kernel log.
 */
#include "system/cma_log.h"

#include <inttypes.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/klog.h>

#include "base/cleanup.h"

#define READ_ALL 3	/* SYSLOG_ACTION_READ_ALL */
#define SIZE_BUFFER 10	/* SYSLOG_ACTION_SIZE_BUFFER */
#define KERNEL_LEVELS 8	/* a message of another facility has a number from here on: user space wrote it */

static void add(struct aw_cma_ranges *out, uint64_t start, uint64_t pages)
{
	for (unsigned int i = 0; i < out->count; i++)
		if (out->list[i].start == start)
			return;
	if (pages && out->count < AW_CMA_RANGES)
		out->list[out->count++] = (struct aw_cma_range){ start, pages };
}

/* Behind "[    0.000000][    T0] ": what a driver says of a device may have any words in it. */
static const char *message_of(const char *line)
{
	while (*line == '[' && strchr(line, ']'))
		line = strchr(line, ']') + 1;
	return line + (*line == ' ');
}

/*
 * <6>[    0.000000] cma: Reserved 64 MiB at 0x0000000077c00000
 * <6>[    0.000000] Reserved memory: created CMA memory pool at 0x000000005c000000, size 64 MiB
 * The first is of cma_declare_contiguous_nid(), the second of rmem_cma_setup(): an area has one of them.
 */
static void take_line(const char *line, unsigned int page_size, struct aw_cma_ranges *out)
{
	unsigned int level;
	int prefix = 0;
	uint64_t address, mib;
	const char *at;
	bool found;

	/* %n is not counted, and is not met in a line without '>'. */
	if (sscanf(line, "<%u>%n", &level, &prefix) != 1 || !prefix || level >= KERNEL_LEVELS)
		return;
	at = message_of(line + prefix);
	found = sscanf(at, "cma: Reserved %" SCNu64 " MiB at 0x%" SCNx64, &mib, &address) == 2 ||
		sscanf(at, "Reserved memory: created CMA memory pool at 0x%" SCNx64 ", size %" SCNu64 " MiB", &address, &mib) == 2;
	if (found && mib <= UINT64_MAX >> 20)
		add(out, address / page_size, (mib << 20) / page_size);
}

void aw_cma_log_parse(const char *text, size_t len, unsigned int page_size, struct aw_cma_ranges *out)
{
	const char *end = text + len;

	*out = (struct aw_cma_ranges){ .count = 0 };
	while (text < end) {
		const char *newline = memchr(text, '\n', (size_t)(end - text));
		char line[200];

		snprintf(line, sizeof(line), "%.*s", (int)((newline ? newline : end) - text), text);
		take_line(line, page_size, out);
		text = newline ? newline + 1 : end;
	}
}

void aw_cma_log_read(unsigned int page_size, struct aw_cma_ranges *out)
{
	/* What is read has more text than what is kept: times and levels. */
	int kept = klogctl(SIZE_BUFFER, NULL, 0), size = kept > 0 && kept <= INT_MAX / 2 ? 2 * kept : 0, len;
	AW_FREE char *text = size ? malloc((size_t)size) : NULL;

	*out = (struct aw_cma_ranges){ .count = 0 };
	len = text ? klogctl(READ_ALL, text, size) : 0;
	if (len > 0)
		aw_cma_log_parse(text, (size_t)len, page_size, out);
}

uint64_t aw_cma_ranges_pages(const struct aw_cma_ranges *ranges)
{
	uint64_t pages = 0;

	for (unsigned int i = 0; i < ranges->count; i++)
		pages += ranges->list[i].pages;
	return pages;
}
