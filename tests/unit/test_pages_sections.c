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
#include <stdio.h>
#include <string.h>

#include <bpf/btf.h>
#include <cmocka.h>

#include "btf_file.h"
#include "pages/sections.h"
#include "system/symbol_address.h"

#define ADDRESS 0xffff800010001000ull		/* mem_section */
#define ROOTS 0xffff000000002000ull
#define SECTIONS 0xffff000000003000ull		/* of the first root */
#define USAGES 0xffff000000010000ull		/* a page each */
#define VMEMMAP 0xfffffc0000000000ull
#define START 0x40000				/* a machine whose memory begins at 1 GiB */
#define BLOCKS 64				/* of 2 MiB: one section of 128 MiB */
#define MANY 16

static const struct aw_section_layout old_layout = { .known = true, .bytes = 1 << 30, .size = 32, .map = 0, .usage = 8, .flags = 64,
						     .bits = 4 };
static const struct aw_section_layout new_layout = { .known = true, .bytes = 1 << 27, .size = 32, .map = 0, .usage = 8, .flags = 24,
						     .bits = 8, .isolated = 4 };
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
	memory.section[number][0] = VMEMMAP | 0xb;
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
	const struct aw_sections sections = { layout, &numbers, &kernel, address, VMEMMAP, 4096 };

	aw_sections_set_types(&sections, zone);
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

/* A section of the number that it would have if it were smaller is there, too. */
static void the_size_that_btf_tells(void **state)
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

/* Free pages lie on lists of another type where such a type had none left; and what the lists made likely may be wrong. */
static void flags_are_right_where_free_lists_differ(void **state)
{
	struct aw_zone_pages *zone = *state;

	make_types(&new_layout, 8, zone);
	memset(zone->type, AW_MT_CMA, 40);
	set_types(&new_layout, ADDRESS, zone);
	same_types(zone);
}

/* What the address leads to is a section only if it has the page structures. */
static void sections_of_other_page_structures(void **state)
{
	make_types(&new_layout, 8, *state);
	memory.section[8][0] = (VMEMMAP + 0x200000) | 0xb;
	nothing_changes(&new_layout, ADDRESS, *state);
	memory.section[8][0] = (VMEMMAP - 0x100) | 0xb;
	nothing_changes(&new_layout, ADDRESS, *state);
	memory.section[8][0] = VMEMMAP | 0x7f;
	set_types(&new_layout, ADDRESS, *state);
	same_types(*state);
}

/* One that cannot be read leaves the pageblocks of others theirs. */
static void each_section_for_itself(void **state)
{
	const struct aw_zone_span span = { .name = "DMA", .start = START, .spanned = 3 * BLOCKS << 9 };
	struct aw_zone_pages zone;

	(void)state;
	assert_int_equal(aw_zone_pages_init(&zone, &span, 9), 0);
	memset(zone.class, AW_PAGE_ANON, zone.count);
	zone.type[BLOCKS + 1] = AW_MT_RECLAIMABLE;
	make_types(&new_layout, 8, &zone);
	make_section(9);
	memory.section[9][0] = 0;
	make_section(10);
	set_types(&new_layout, ADDRESS, &zone);
	same_types(&zone);
	assert_int_equal(zone.type[BLOCKS], AW_MT_UNKNOWN);
	assert_int_equal(zone.type[BLOCKS + 1], AW_MT_RECLAIMABLE);
	assert_int_equal(zone.type[2 * BLOCKS], AW_MT_UNMOVABLE);
	aw_zone_pages_clear(&zone);
}

static void what_cannot_be_read(void **state)
{
	const struct aw_section_layout none = { .known = false };

	make_types(&new_layout, 8, *state);
	nothing_changes(&new_layout, 0, *state);
	nothing_changes(&none, ADDRESS, *state);
	memory.section[8][0] = VMEMMAP | 1;	/* without page structures */
	nothing_changes(&new_layout, ADDRESS, *state);
	memory.section[8][0] = VMEMMAP | 3;
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

/* Where the kernel hides addresses (kptr_restrict), it hides all: the rest is not read. */
static void a_hidden_address(void **state)
{
	char text[] = "0000000000000000 D other\n0000000000000000 B mem_section\nffff800010001000 B mem_section\n";
	FILE *file = fmemopen(text, sizeof(text) - 1, "r");

	(void)state;
	assert_int_equal(aw_symbol_address(file, "mem_section"), 0);
	fclose(file);
	strchr(text, '\n')[1] = '1';
	file = fmemopen(text, sizeof(text) - 1, "r");
	assert_int_equal(aw_symbol_address(file, "mem_section"), 0x1000000000000000);
	fclose(file);
}

/* ---- the layout, from BTF ---- */

/* subsection_map of `words`, 0: it is not there; then the enumerators. */
static struct aw_section_layout layout_of(unsigned int words, const char *count, int bits, int isolated)
{
	struct btf *btf = btf__new_empty();
	int word = btf__add_int(btf, "unsigned long", 8, 0), map, flags, usage;
	struct aw_section_layout layout;
	struct aw_btf *opened;

	map = btf__add_array(btf, word, word, words);
	flags = btf__add_array(btf, word, word, 0);
	usage = btf__add_struct(btf, "mem_section_usage", 16 + words * 8);
	if (words)
		assert_int_equal(btf__add_field(btf, "subsection_map", map, 128, 0), 0);
	assert_int_equal(btf__add_field(btf, "pageblock_flags", flags, 128 + words * 64, 0), 0);
	usage = btf__add_ptr(btf, usage);
	assert_true(btf__add_struct(btf, "mem_section", 16) > 0);
	assert_int_equal(btf__add_field(btf, "section_mem_map", word, 0, 0), 0);
	assert_int_equal(btf__add_field(btf, "usage", usage, 64, 0), 0);
	assert_true(btf__add_enum(btf, "pageblock_bits", 4) > 0);
	assert_int_equal(btf__add_enum_value(btf, "PB_migrate", 0), 0);
	if (count)
		assert_int_equal(btf__add_enum_value(btf, count, bits), 0);
	if (isolated)
		assert_int_equal(btf__add_enum_value(btf, "PB_migrate_isolate", isolated), 0);
	opened = aw_btf_reopen(btf);
	aw_section_layout_read(opened, &layout);
	aw_btf_free(opened);
	btf__free(btf);
	return layout;
}

static void layouts_of_kernels(void **state)
{
	struct aw_section_layout layout = layout_of(1, "NR_PAGEBLOCK_BITS", 4, 0);

	(void)state;
	assert_true(layout.known);
	assert_int_equal(layout.bytes, 1 << 27);
	assert_int_equal(layout.size, 16);
	assert_int_equal(layout.usage, 8);
	assert_int_equal(layout.flags, 24);
	assert_int_equal(layout.bits, 4);
	assert_int_equal(layout.isolated, 0);
	layout = layout_of(8, "__NR_PAGEBLOCK_BITS", 5, 4);	/* arm64 before 5.12 had such sections, and 6.17 such bits */
	assert_true(layout.known);
	assert_int_equal(layout.bytes, 1 << 30);
	assert_int_equal(layout.flags, 80);
	assert_int_equal(layout.bits, 8);
	assert_int_equal(layout.isolated, 4);
	assert_int_equal(layout_of(4, "NR_PAGEBLOCK_BITS", 4, 0).bytes, 1 << 29);
}

static void layouts_that_are_not_known(void **state)
{
	(void)state;
	assert_false(layout_of(0, "NR_PAGEBLOCK_BITS", 4, 0).known);
	assert_false(layout_of(3, "NR_PAGEBLOCK_BITS", 4, 0).known);
	assert_false(layout_of(1, NULL, 0, 0).known);
	assert_false(layout_of(1, NULL, 0, 4).known);
	assert_false(layout_of(1, "NR_PAGEBLOCK_BITS", 3, 0).known);
	assert_false(layout_of(1, "NR_PAGEBLOCK_BITS", 33, 0).known);
	assert_false(layout_of(1, "NR_PAGEBLOCK_BITS", -4, 0).known);
	assert_false(layout_of(1, "__NR_PAGEBLOCK_BITS", 5, -1).known);
	assert_false(layout_of(1, "__NR_PAGEBLOCK_BITS", 5, 2).known);
	assert_false(layout_of(1, "__NR_PAGEBLOCK_BITS", 5, 8).known);
	assert_false(layout_of(1, "__NR_PAGEBLOCK_BITS", 5, 64).known);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(full_pageblocks_have_a_type, set_up, tear_down),
		cmocka_unit_test_setup_teardown(sections_of_1_gib, set_up, tear_down),
		cmocka_unit_test_setup_teardown(the_size_that_btf_tells, set_up, tear_down),
		cmocka_unit_test_setup_teardown(one_that_is_isolated, set_up, tear_down),
		cmocka_unit_test_setup_teardown(flags_are_right_where_free_lists_differ, set_up, tear_down),
		cmocka_unit_test_setup_teardown(sections_of_other_page_structures, set_up, tear_down),
		cmocka_unit_test(each_section_for_itself),
		cmocka_unit_test_setup_teardown(what_cannot_be_read, set_up, tear_down),
		cmocka_unit_test_setup_teardown(where_no_page_is_no_section_is, set_up, tear_down),
		cmocka_unit_test(a_hidden_address),
		cmocka_unit_test(layouts_of_kernels), cmocka_unit_test(layouts_that_are_not_known),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
