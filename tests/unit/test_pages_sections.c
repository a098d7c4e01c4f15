// SPDX-License-Identifier: GPL-2.0
/*
 * Tests which types pageblocks have by the flags in memory sections, with sections that are made up in the layouts of 5.10
 * and 7.2.
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "pages/sections.h"

#define ADDRESS 0xffff800010001000ull		/* mem_section */
#define ROOTS 0xffff000000002000ull
#define SECTIONS 0xffff000000003000ull		/* of the first root */
#define USAGES 0xffff000000010000ull		/* a page each */
#define START 0x40000				/* a machine whose memory begins at 1 GiB */
#define BLOCKS 64				/* of 2 MiB: one section of 128 MiB */
#define MANY 16

static const struct aw_section_layout old_layout = { .known = true, .size = 32, .map = 0, .usage = 8, .flags = 80, .bits = 4 };
static const struct aw_section_layout new_layout = { .known = true, .size = 32, .map = 0, .usage = 8, .flags = 24, .bits = 8,
						     .isolated = 4 };
static const struct aw_migratetypes numbers = {
	{ AW_MT_UNMOVABLE, AW_MT_MOVABLE, AW_MT_RECLAIMABLE, AW_MT_HIGHATOMIC, AW_MT_CMA, AW_MT_ISOLATE }, 6 };

static struct {
	uint64_t section[128][4];
	uint8_t usage[MANY][4096];
	bool cut;	/* usages cannot be read */
} memory;

static int read_at(const void *from, size_t room, uint64_t offset, void *out, size_t size)
{
	if (offset + size > room)
		return -EFAULT;
	memcpy(out, (const char *)from + offset, size);
	return 0;
}

static int read_fake(void *context, uint64_t address, void *out, size_t size)
{
	static const uint64_t roots = ROOTS, root[2] = { SECTIONS, 0 };

	(void)context;
	if (address >= ADDRESS)
		return read_at(&roots, sizeof(roots), address - ADDRESS, out, size);
	if (address >= USAGES)
		return memory.cut ? -EFAULT : read_at(memory.usage, sizeof(memory.usage), address - USAGES, out, size);
	if (address >= SECTIONS)
		return read_at(memory.section, sizeof(memory.section), address - SECTIONS, out, size);
	return address >= ROOTS ? read_at(root, sizeof(root), address - ROOTS, out, size) : -EFAULT;
}

static void make_section(unsigned int number)
{
	memory.section[number][0] = 0xfffffc0000000000ull | 3;
	memory.section[number][1] = USAGES + number * 4096;
}

static void set_flags(const struct aw_section_layout *layout, unsigned int section, unsigned int block, unsigned int flags)
{
	unsigned int bit = block * layout->bits;

	memory.usage[section][layout->flags + bit / 8] |= (uint8_t)(flags << bit % 8);
}

static int set_up(void **state)
{
	static struct aw_zone_pages zone;
	const struct aw_zone_span span = { .name = "DMA", .start = START, .spanned = BLOCKS << 9 };

	memset(&memory, 0, sizeof(memory));
	if (aw_zone_pages_init(&zone, &span, 9))
		return -1;
	memset(zone.class, AW_PAGE_ANON, zone.count);
	*state = &zone;
	return 0;
}

static int tear_down(void **state)
{
	aw_zone_pages_clear(*state);
	return 0;
}

static void set_types(const struct aw_section_layout *layout, uint64_t address, struct aw_zone_pages *zone)
{
	const struct aw_kernel_memory kernel = { read_fake, NULL };
	const struct aw_sections sections = { layout, &numbers, &kernel, address, 4096 };

	assert_int_equal(aw_sections_set_types(&sections, zone), 0);
}

/* All movable but some, of which the free lists know one. */
static void make_types(const struct aw_section_layout *layout, unsigned int section, struct aw_zone_pages *zone)
{
	make_section(section);
	for (unsigned int i = 0; i < BLOCKS; i++)
		set_flags(layout, section, i, i == 3 ? 0 : i == 17 ? 2 : i == 63 ? 4 : i % 2 ? 9 : 1);	/* 8: to be skipped */
	zone->type[3] = AW_MT_UNMOVABLE;
	zone->type[4] = AW_MT_MOVABLE;
}

static void same_types(const struct aw_zone_pages *zone)
{
	for (unsigned int i = 0; i < BLOCKS; i++)
		assert_int_equal(zone->type[i], i == 3 ? AW_MT_UNMOVABLE : i == 17 ? AW_MT_RECLAIMABLE : i == 63 ? AW_MT_CMA :
						AW_MT_MOVABLE);
}

static void full_pageblocks_have_a_type(void **state)
{
	make_types(&new_layout, 8, *state);
	set_types(&new_layout, ADDRESS, *state);
	same_types(*state);
}

static void sections_of_1_gib(void **state)
{
	make_types(&old_layout, 1, *state);
	set_types(&old_layout, ADDRESS, *state);
	same_types(*state);
}

/* Where sections of both sizes are there, the size by which the free lists are right is taken. */
static void the_size_that_fits(void **state)
{
	make_types(&old_layout, 1, *state);
	make_section(8);
	for (unsigned int i = 0; i < BLOCKS; i++)
		set_flags(&old_layout, 8, i, 1);
	set_types(&old_layout, ADDRESS, *state);
	same_types(*state);
}

/* A pageblock that is isolated keeps its type besides. */
static void one_that_is_isolated(void **state)
{
	struct aw_zone_pages *zone = *state;

	make_types(&new_layout, 8, zone);
	set_flags(&new_layout, 8, 5, 1 << 4);
	set_types(&new_layout, ADDRESS, zone);
	assert_int_equal(zone->type[5], AW_MT_ISOLATE);
	assert_int_equal(zone->type[63], AW_MT_CMA);
}

static void nothing_changes(const struct aw_section_layout *layout, uint64_t address, struct aw_zone_pages *zone)
{
	set_types(layout, address, zone);
	for (unsigned int i = 0; i < BLOCKS; i++)
		assert_int_equal(zone->type[i], i == 3 ? AW_MT_UNMOVABLE : i == 4 ? AW_MT_MOVABLE : AW_MT_UNKNOWN);
}

static void what_contradicts_the_free_lists(void **state)
{
	make_types(&new_layout, 8, *state);
	set_flags(&new_layout, 8, 3, 1);
	nothing_changes(&new_layout, ADDRESS, *state);
}

static void what_cannot_be_read(void **state)
{
	const struct aw_section_layout none = { .known = false };

	make_types(&new_layout, 8, *state);
	nothing_changes(&new_layout, 0, *state);
	nothing_changes(&none, ADDRESS, *state);
	memory.section[8][0] = 1;	/* without page structures */
	nothing_changes(&new_layout, ADDRESS, *state);
	memory.section[8][0] = 3;
	memory.cut = true;
	nothing_changes(&new_layout, ADDRESS, *state);
	memory.cut = false;
	set_types(&new_layout, ADDRESS, *state);
	same_types(*state);
}

/* A hole of the zone. */
static void where_no_page_is_no_section_is(void **state)
{
	const struct aw_zone_span span = { .name = "DMA", .start = START, .spanned = 2 * BLOCKS << 9 };
	struct aw_zone_pages zone;

	(void)state;
	assert_int_equal(aw_zone_pages_init(&zone, &span, 9), 0);
	memset(zone.class, AW_PAGE_ANON, zone.count / 2);
	make_types(&new_layout, 8, &zone);
	set_types(&new_layout, ADDRESS, &zone);
	same_types(&zone);
	assert_int_equal(zone.type[BLOCKS], AW_MT_UNKNOWN);
	aw_zone_pages_clear(&zone);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(full_pageblocks_have_a_type, set_up, tear_down),
		cmocka_unit_test_setup_teardown(sections_of_1_gib, set_up, tear_down),
		cmocka_unit_test_setup_teardown(the_size_that_fits, set_up, tear_down),
		cmocka_unit_test_setup_teardown(one_that_is_isolated, set_up, tear_down),
		cmocka_unit_test_setup_teardown(what_contradicts_the_free_lists, set_up, tear_down),
		cmocka_unit_test_setup_teardown(what_cannot_be_read, set_up, tear_down),
		cmocka_unit_test_setup_teardown(where_no_page_is_no_section_is, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
