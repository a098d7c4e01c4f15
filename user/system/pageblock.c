// SPDX-License-Identifier: GPL-2.0
/*
 * The order of a pageblock, by the rules of include/linux/pageblock-flags.h.
 */
#include "system/pageblock.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <zlib.h>

#include "base/cleanup.h"
#include "base/file.h"

/* A page table of one page has an entry of 8 bytes for each page of a huge page (x86-64, arm64 and others; arm with LPAE). */
static uint64_t usual_huge_bytes(const struct aw_kernel *kernel)
{
	return (uint64_t)kernel->page_size / 8 * kernel->page_size;
}

/*
 * Huge pages decide if hugetlb has them; transparent ones alone do from 6.10 on ("mm: set
 * pageblock_order to HPAGE_PMD_ORDER in case with !CONFIG_HUGETLB_PAGE but THP enabled").  A
 * pageblock is no larger than the largest block, and than the configured order, which
 * Android's 6.12 has and mainline from 6.16 on ("mm: add CONFIG_PAGE_BLOCK_ORDER to select
 * page block order").
 */
unsigned int aw_pageblock_order_by(const struct aw_pageblock_facts *facts, const struct aw_kernel *kernel, const char **from)
{
	bool huge = facts->hugetlb || (facts->transparent && kernel->version >= AW_VERSION(6, 10, 0));
	uint64_t bytes = facts->huge_bytes ? facts->huge_bytes : usual_huge_bytes(kernel);
	unsigned int most = kernel->max_order, order = 0;

	*from = "the largest order";
	if (facts->configured && facts->configured < most) {
		most = facts->configured;
		*from = "the kernel's configuration";
	}
	if (!huge)
		return most;
	while (((uint64_t)kernel->page_size << order) < bytes && order < most)
		order++;
	if (order < most || (uint64_t)kernel->page_size << order == bytes)
		*from = "the size of huge pages";
	return order;
}

unsigned int aw_pageblock_configured(const char *path)
{
	gzFile file = gzopen(path, "rb");
	unsigned int order = 0;
	char line[256];

	while (file && !order && gzgets(file, line, sizeof(line)))
		if (sscanf(line, "CONFIG_PAGE_BLOCK_MAX_ORDER=%u", &order) != 1)
			sscanf(line, "CONFIG_PAGE_BLOCK_ORDER=%u", &order);
	if (file)
		gzclose_r(file);
	return order;
}

static unsigned int read_configured(const struct aw_kernel *kernel)
{
	unsigned int order;
	char path[128];

	if (kernel->version < AW_VERSION(6, 12, 0))
		return 0;
	order = aw_pageblock_configured("/proc/config.gz");
	snprintf(path, sizeof(path), "/boot/config-%s", kernel->release);
	return order ? order : aw_pageblock_configured(path);
}

static uint64_t read_number(const char *path)
{
	AW_FREE char *text = NULL;

	return aw_file_read(path, &text, NULL) ? 0 : strtoull(text, NULL, 10);
}

unsigned int aw_pageblock_order(const struct aw_kernel *kernel, const char **from)
{
	const struct aw_pageblock_facts facts = {
		.hugetlb = !access("/sys/kernel/mm/hugepages", F_OK),
		.transparent = !access("/sys/kernel/mm/transparent_hugepage", F_OK),
		.huge_bytes = read_number("/sys/kernel/mm/transparent_hugepage/hpage_pmd_size"),
		.configured = read_configured(kernel),
	};

	return aw_pageblock_order_by(&facts, kernel, from);
}
