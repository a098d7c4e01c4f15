// SPDX-License-Identifier: GPL-2.0
/*
 * Tests records of page_owner, as kernels print them, and that those that are wanted are found.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "pages/page_owner.h"

#define FIRST 900	/* min_low_pfn */

static void says(const char *text, uint64_t pfn, unsigned int order, const char *site)
{
	struct aw_page_owner record;

	assert_true(aw_page_owner_parse(text, strlen(text), &record));
	assert_int_equal(record.pfn, pfn);
	assert_int_equal(record.order, order);
	assert_string_equal(record.site, site);
}

static void as_kernels_print_them(void **state)
{
	(void)state;
	says("Page allocated via order 2, mask 0x40dc0(GFP_KERNEL|__GFP_COMP|__GFP_ZERO), pid 1, tgid 1 (swapper/0), ts 530000000 ns\n"
	     "PFN 0x0 type\n", 0, 2, "");
	says("Page allocated via order 2, mask 0x40dc0(GFP_KERNEL|__GFP_COMP|__GFP_ZERO), pid 1, ts 530000000 ns, free_ts 0 ns\n"
	     "PFN 262148 type Unmovable Block 512 type Unmovable Flags 0x10200(slab|head)\n"
	     " post_alloc_hook+0x70/0x94\n get_page_from_freelist+0x1170/0x12d0\n __alloc_pages+0xec/0x26c\n"
	     " __kmalloc+0x128/0x250\n cam_probe+0x40/0x1c0 [cam]\n platform_probe+0x64/0xc0\n\n", 262148, 2, "cam_probe [cam]");
	says("Page allocated via order 0, mask 0x2\n"
	     "PFN 4096 type Movable Block 8 type Movable Flags 0x1fffc0(referenced)\n"
	     " [<ffffffc000154e58>] old_form+0x8/0x10\n"
	     "Page has been migrated, last migrate reason: compaction\n", 4096, 0, "");
}

static void no_records(void **state)
{
	static const char *const texts[] = {
		"", "\n", "Page allocated via order 2, mask 0x2", "Page allocated via order 99, mask 0x2\nPFN 1 type\n",
		"Page allocated via order 2, mask 0x2\nPFX 1 type\n", "allocated via order 2,\nPFN 1 type\n",
	};
	struct aw_page_owner record;

	(void)state;
	for (unsigned int i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		assert_false(aw_page_owner_parse(texts[i], strlen(texts[i]), &record));
}

/* What is in memory: at which page, of which order, by whom. */
static const struct {
	uint64_t pfn;
	unsigned int order;
	const char *function;
} blocks[] = { { 1000, 0, "boot" }, { 1026, 1, "camera" }, { 1030, 0, "codec" }, { 1031, 0, "camera" }, { 5000, 0, "late" } };

static unsigned int reads;

static ssize_t read_record(void *context, uint64_t offset, char *text, size_t size)
{
	(void)context;
	reads++;
	for (unsigned int i = 0; i < sizeof(blocks) / sizeof(blocks[0]); i++)
		if (blocks[i].pfn >= FIRST + offset)
			return snprintf(text, size, "Page allocated via order %u, mask 0xcc0(GFP_KERNEL), pid 1, ts 1 ns\n"
					"PFN %d type Unmovable Block 1 type Unmovable Flags 0x0()\n __alloc_pages+0x1/0x2\n %s+0x4/0x10\n\n",
					blocks[i].order, (int)blocks[i].pfn, blocks[i].function);
	return 0;
}

static void those_that_are_wanted(void **state)
{
	const struct aw_page_owner_file file = { .read = read_record };
	const struct aw_zone_span span = { .name = "Normal", .start = 1024, .spanned = 16 };
	struct aw_holders holders = { .count = 0 };
	struct aw_zone_pages zone;

	(void)state;
	assert_int_equal(aw_zone_pages_init(&zone, &span, 3), 0);
	assert_int_equal(aw_zone_pages_add_holders(&zone), 0);
	for (unsigned int i = 0; i < 16; i++)
		zone.class[i] = i == 6 ? AW_PAGE_TABLE : i == 7 ? AW_PAGE_ANON : AW_PAGE_KERNEL;
	aw_page_owner_find(&file, &zone, &holders);
	assert_int_equal(holders.count, 2);
	assert_string_equal(holders.list[0].name, "camera");
	assert_int_equal(holders.list[0].type, AW_HOLDER_OWNER);
	assert_string_equal(holders.list[1].name, "codec");
	for (unsigned int i = 0; i < 16; i++)
		assert_int_equal(zone.holder[i], i == 2 || i == 3 ? 1 : i == 6 ? 2 : 0);
	assert_false(holders.cut);
	assert_true(reads < 40);
	aw_zone_pages_clear(&zone);
	aw_holders_clear(&holders);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(as_kernels_print_them),
		cmocka_unit_test(no_records),
		cmocka_unit_test(those_that_are_wanted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
