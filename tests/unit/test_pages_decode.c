// SPDX-License-Identifier: GPL-2.0
/*
 * Tests how page structures are classified, with structures that are made up in
 * the layouts of 6.1 (page flags and type bits) and 7.2 (type numbers).
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/array.h"
#include "pages/decode.h"
#include "pages/lists.h"
#include "pages/percpu.h"

#define PAGES 64
#define VMEMMAP 0xfffffc0000000000ull

/* The members that both layouts have in common: 64 bytes. */
struct fake {
	uint64_t flags, next, prev, mapping, index, private;
	uint32_t type;
	int32_t refcount;
	uint64_t memcg;
};

enum { LRU = 1 << 0, HEAD = 1 << 1, RESERVED = 1 << 2, DIRTY = 1 << 3, WRITEBACK = 1 << 4, SWAPBACKED = 1 << 5,
       SWAPCACHE = 1 << 6, MLOCKED = 1 << 7, PRIVATE = 1 << 8, SLAB = 1 << 9, ZONE = 1 << 20 };

#define NO_TYPE 0xffffffffu	/* _mapcount -1 */
#define FILE_MAPPING 0xffff000012345678ull
#define ANON_MAPPING 0xffff000012345679ull

static const struct aw_page_layout old_layout = {
	.size = 64, .type = 48, .refcount = 52, .mapping = 24, .private = 40, .lru = 8, .compound = 8, .dtor = 16,
	.dtor_hugetlb = 2, .pool_magic = 0xdead000000000040ull, .free_area_size = 104, .free_area_count = 96, .free_area = 192,
	.flag = { [AW_FLAG_LRU] = LRU, [AW_FLAG_HEAD] = HEAD, [AW_FLAG_RESERVED] = RESERVED, [AW_FLAG_DIRTY] = DIRTY,
		  [AW_FLAG_WRITEBACK] = WRITEBACK, [AW_FLAG_SWAPBACKED] = SWAPBACKED, [AW_FLAG_SWAPCACHE] = SWAPCACHE,
		  [AW_FLAG_MLOCKED] = MLOCKED, [AW_FLAG_PRIVATE] = PRIVATE, [AW_FLAG_SLAB] = SLAB },
	.types = { [AW_TYPE_BUDDY] = { 0xf0000080u, 0xf0000000u }, [AW_TYPE_OFFLINE] = { 0xf0000100u, 0xf0000000u },
		   [AW_TYPE_TABLE] = { 0xf0000200u, 0xf0000000u } },
};

struct test {
	struct aw_page_layout layout;
	struct fake pages[PAGES];
	struct aw_zone_pages zone;
	struct aw_page_decoder decoder;
};

static int set_up(void **state)
{
	static struct test test;
	const struct aw_zone_span span = { .name = "DMA", .start = 1024, .spanned = PAGES };

	test = (struct test){ .layout = old_layout };
	for (unsigned int i = 0; i < PAGES; i++)
		test.pages[i] = (struct fake){ .flags = ZONE, .type = NO_TYPE, .refcount = 1 };
	if (aw_zone_pages_init(&test.zone, &span, 4))
		return -1;
	aw_page_decoder_init(&test.decoder, &test.layout, &test.zone);
	*state = &test;
	return 0;
}

static int tear_down(void **state)
{
	struct test *test = *state;

	aw_page_decoder_clear(&test->decoder);
	aw_zone_pages_clear(&test->zone);
	return 0;
}

static void decode(struct test *test)
{
	assert_int_equal(aw_page_decode(&test->decoder, 1024, (const uint8_t *)test->pages, PAGES), 0);
}

static enum aw_page_class class_of_first(struct test *test, struct fake page)
{
	page.flags |= ZONE;
	test->pages[0] = page;
	decode(test);
	return test->zone.class[0];
}

static void pages_of_processes_and_files(void **state)
{
	static const struct {
		struct fake page;
		enum aw_page_class class;
	} rows[] = {
		{ { LRU | SWAPBACKED, 0, 0, ANON_MAPPING, 0, 0, 0, 1, 0 }, AW_PAGE_ANON },
		{ { LRU | SWAPBACKED, 0, 0, ANON_MAPPING, 0, 0, 2, 3, 0 }, AW_PAGE_ANON },	/* three processes share it */
		{ { LRU | SWAPBACKED | SWAPCACHE, 0, 0, ANON_MAPPING, 0, 0, 0, 2, 0 }, AW_PAGE_ANON },
		{ { LRU | SWAPBACKED, 0, 0, ANON_MAPPING, 0, 0, 0, 2, 0 }, AW_PAGE_PINNED },	/* vmsplice */
		{ { LRU | SWAPBACKED, 0, 0, ANON_MAPPING, 0, 0, 0, 1025, 0 }, AW_PAGE_PINNED },	/* pin_user_pages() */
		{ { LRU | SWAPBACKED | MLOCKED, 0, 0, ANON_MAPPING, 0, 0, 0, 1, 0 }, AW_PAGE_MLOCKED },
		{ { SWAPBACKED, 0, 0, ANON_MAPPING, 0, 0, 0, 2, 0 }, AW_PAGE_ANON },	/* waits in a cpu's batch */
		{ { SWAPBACKED, 0, 0, ANON_MAPPING, 0, 0, 0, 3, 0 }, AW_PAGE_PINNED },
		{ { LRU | SWAPBACKED | DIRTY, 0, 0, FILE_MAPPING, 0, 0, NO_TYPE, 1, 0 }, AW_PAGE_SHMEM },
		{ { LRU, 0, 0, FILE_MAPPING, 0, 0, NO_TYPE, 1, 0 }, AW_PAGE_FILE },
		{ { LRU, 0, 0, FILE_MAPPING, 0, 0, 0, 2, 0 }, AW_PAGE_FILE },		/* mapped once */
		{ { LRU | PRIVATE, 0, 0, FILE_MAPPING, 0, 0, NO_TYPE, 2, 0 }, AW_PAGE_FILE },
		{ { LRU, 0, 0, FILE_MAPPING, 0, 0, NO_TYPE, 2, 0 }, AW_PAGE_PINNED },
		{ { LRU | DIRTY, 0, 0, FILE_MAPPING, 0, 0, NO_TYPE, 1, 0 }, AW_PAGE_FILE_DIRTY },
		{ { LRU | DIRTY | WRITEBACK, 0, 0, FILE_MAPPING, 0, 0, NO_TYPE, 1, 0 }, AW_PAGE_WRITEBACK },
	};

	for (unsigned int i = 0; i < ARRAY_SIZE(rows); i++)
		if (class_of_first(*state, rows[i].page) != rows[i].class)
			fail_msg("row %u is taken for %s", i, aw_page_class_name(((struct test *)*state)->zone.class[0]));
}

/* Mappings at 0x1000 and 0x2000, whose operations are at 0x5000 and 0x6000; only the first move pages, the second have nothing. */
static int read_operations(void *context, uint64_t address, void *out, size_t size)
{
	static const uint64_t words[][2] = { { 0x1010, 0x5000 }, { 0x2010, 0x6000 }, { 0x5008, 0xffff }, { 0x6008, 0 }, { 0x5018, 0 },
					     { 0x6018, 0 } };

	++*(unsigned int *)context;
	assert_int_equal(size, sizeof(uint64_t));
	for (unsigned int i = 0; i < ARRAY_SIZE(words); i++)
		if (words[i][0] == address)
			memcpy(out, &words[i][1], sizeof(uint64_t));
	return address < 0x7000 ? 0 : -1;
}

static void dirty_pages_that_nobody_moves(void **state)
{
	struct test *decoding = *state;
	unsigned int reads = 0;
	const struct aw_kernel_memory memory = { .read = read_operations, .context = &reads };

	decoding->decoder.memory = &memory;
	decoding->layout.dirty = (struct aw_dirty_layout){ .known = true, .operations = 16, .move = 8, .writes = true, .write = 24 };
	assert_int_equal(class_of_first(*state, (struct fake){ LRU | DIRTY, 0, 0, 0x1000, 0, 0, NO_TYPE, 1, 0 }), AW_PAGE_FILE_DIRTY);
	assert_int_equal(class_of_first(*state, (struct fake){ LRU | DIRTY, 0, 0, 0x2000, 0, 0, NO_TYPE, 1, 0 }), AW_PAGE_FILE_STUCK);
	assert_int_equal(reads, 6);
	assert_int_equal(class_of_first(*state, (struct fake){ LRU, 0, 0, 0x2000, 0, 0, NO_TYPE, 1, 0 }), AW_PAGE_FILE);
	assert_int_equal(class_of_first(*state, (struct fake){ LRU | DIRTY, 0, 0, 0x2000, 0, 0, 0, 2, 0 }), AW_PAGE_FILE_STUCK);
	assert_int_equal(reads, 6);	/* it is known */
	assert_int_equal(class_of_first(*state, (struct fake){ LRU | DIRTY, 0, 0, 0x8000, 0, 0, NO_TYPE, 1, 0 }), AW_PAGE_FILE_DIRTY);
}

static void pages_of_the_kernel(void **state)
{
	static const struct {
		struct fake page;
		enum aw_page_class class;
	} rows[] = {
		{ { 0, 0, 0, 0, 0, 0, NO_TYPE, 1, 0 }, AW_PAGE_KERNEL },
		{ { 0, 0, 0, 0, 0, 0, NO_TYPE, 0, 0 }, AW_PAGE_PCP },
		{ { SLAB, 0, 0, 0, 0, 0, NO_TYPE, 1, 0 }, AW_PAGE_SLAB },
		{ { RESERVED, 0, 0, 0, 0, 0, NO_TYPE, 1, 0 }, AW_PAGE_RESERVED },
		{ { 0, 0, 0, 0, 0, 0, 0xfffffdffu, 1, 0 }, AW_PAGE_TABLE },
		{ { 0, 0, 0, 0, 0, 0, 0xfffffeffu, 1, 0 }, AW_PAGE_OFFLINE },
		{ { 0, 0, 0, 2 | FILE_MAPPING, 0, 0, 0xfffffeffu, 1, 0 }, AW_PAGE_DRIVER },	/* a balloon's */
		{ { 0, 0, 0, 2 | FILE_MAPPING, 0, 0, NO_TYPE, 1, 0 }, AW_PAGE_DRIVER },	/* zsmalloc's */
		{ { 0, 0xdead000000000040ull, 0, 0, 0, 0, NO_TYPE, 1, 0 }, AW_PAGE_POOL },
	};

	for (unsigned int i = 0; i < ARRAY_SIZE(rows); i++)
		if (class_of_first(*state, rows[i].page) != rows[i].class)
			fail_msg("row %u is taken for %s", i, aw_page_class_name(((struct test *)*state)->zone.class[0]));
}

/* Memory that was never given to the allocator has no _mapcount of -1, either. */
static void all_zero(void **state)
{
	struct test *test = *state;

	memset(&test->pages[0], 0, sizeof(test->pages[0]));
	decode(test);
	assert_int_equal(test->zone.class[0], AW_PAGE_NONE);
}

static void type_numbers(void **state)
{
	struct test *test = *state;

	test->layout.flag[AW_FLAG_SLAB] = 0;
	memset(test->layout.types, 0, sizeof(test->layout.types));
	test->layout.types[AW_TYPE_BUDDY] = (struct aw_page_type){ 0xff000000u, 0xf0000000u };
	test->layout.types[AW_TYPE_TABLE] = (struct aw_page_type){ 0xff000000u, 0xf2000000u };
	test->layout.types[AW_TYPE_SLAB] = (struct aw_page_type){ 0xff000000u, 0xf5000000u };
	test->pages[0].type = 0xf2000000u;
	test->pages[1].type = 0xf5000007u;
	test->pages[2].type = 0xf0000000u;
	test->pages[2].refcount = 0;
	decode(test);
	assert_int_equal(test->zone.class[0], AW_PAGE_TABLE);
	assert_int_equal(test->zone.class[1], AW_PAGE_SLAB);
	assert_int_equal(test->zone.class[2], AW_PAGE_FREE);
	assert_int_equal(test->zone.class[3], AW_PAGE_KERNEL);
}

static void make_free(struct test *test, unsigned int page, unsigned int order, uint64_t next)
{
	test->pages[page] = (struct fake){ .flags = ZONE, .type = 0xffffff7fu, .private = order, .next = next };
}

static void free_blocks(void **state)
{
	struct test *test = *state;

	make_free(test, 8, 3, 0);
	for (unsigned int i = 9; i < 16; i++)
		test->pages[i].refcount = 0;
	make_free(test, 17, 2, 0);	/* not aligned: it changed while it was read */
	decode(test);
	for (unsigned int i = 8; i < 16; i++)
		assert_int_equal(test->zone.class[i], AW_PAGE_FREE);
	assert_int_equal(test->zone.class[16], AW_PAGE_KERNEL);
	assert_int_equal(test->zone.class[17], AW_PAGE_FREE);
	assert_int_equal(test->zone.class[18], AW_PAGE_KERNEL);
	assert_int_equal(test->decoder.free.count, 1);
	assert_int_equal(test->decoder.free.blocks[0].pfn, 1032);
	assert_int_equal(test->decoder.free.blocks[0].order, 3);
}

static void make_compound(struct test *test, unsigned int page, unsigned int order, const struct fake *head)
{
	test->pages[page] = *head;
	test->pages[page].flags |= HEAD | ZONE;
	for (unsigned int i = 1; i < 1u << order; i++)
		test->pages[page + i].next = 1;	/* compound_head with bit 0 */
}

static void compound_pages(void **state)
{
	const struct fake slab = { .flags = SLAB, .type = NO_TYPE, .refcount = 1 };
	const struct fake folio = { .flags = LRU, .mapping = ANON_MAPPING, .type = NO_TYPE, .refcount = 4 };
	struct test *test = *state;

	make_compound(test, 0, 3, &slab);
	make_compound(test, 8, 2, &folio);
	make_compound(test, 16, 4, &folio);	/* a pageblock */
	make_compound(test, 32, 4, &(struct fake){ .type = NO_TYPE });
	test->pages[33].prev = 2;		/* compound_dtor */
	decode(test);
	assert_int_equal(test->zone.class[7], AW_PAGE_SLAB);
	assert_int_equal(test->zone.class[8], AW_PAGE_FOLIO);
	assert_int_equal(test->zone.class[11], AW_PAGE_FOLIO);
	assert_int_equal(test->zone.class[12], AW_PAGE_KERNEL);
	assert_int_equal(test->zone.class[16], AW_PAGE_HUGE);
	assert_int_equal(test->zone.class[31], AW_PAGE_HUGE);
	assert_int_equal(test->zone.class[32], AW_PAGE_HUGETLB);
	assert_int_equal(test->zone.class[47], AW_PAGE_HUGETLB);
}

/* ---- migratetypes, from the free lists of a zone at this address ---- */

#define ZONE_ADDRESS 0xffff800009876540ull

static uint64_t list_head(unsigned int order, unsigned int type)
{
	return ZONE_ADDRESS + 192 + order * 104 + type * 16;
}

static uint64_t lru_of(unsigned int page)
{
	return VMEMMAP + (1024ull + page) * 64 + 8;
}

#define ORDERS 11

/* zone->free_area[]: heads that point to pages, and the number of blocks. */
static struct {
	struct {
		uint64_t heads[6][2];
		uint64_t count;
	} area[ORDERS];
	uint64_t behind[8];
} zone_in_kernel;

static int read_zone(void *context, uint64_t address, void *out, size_t size)
{
	(void)context;
	if (address < list_head(0, 0) || address + size > list_head(0, 0) + sizeof(zone_in_kernel))
		return -EFAULT;
	memcpy(out, (const char *)&zone_in_kernel + (address - list_head(0, 0)), size);
	return 0;
}

static void set_types(struct test *test)
{
	static const struct aw_migratetypes numbers = {
		{ AW_MT_UNMOVABLE, AW_MT_MOVABLE, AW_MT_RECLAIMABLE, AW_MT_HIGHATOMIC, AW_MT_CMA, AW_MT_ISOLATE }, 6 };
	const struct aw_kernel_memory memory = { read_zone, NULL };
	const struct aw_free_lists lists = { &test->layout, &numbers, &memory, VMEMMAP, ORDERS };

	memset(&zone_in_kernel, 0, sizeof(zone_in_kernel));
	for (unsigned int order = 0; order < ORDERS; order++)
		for (unsigned int type = 0; type < 6; type++)
			zone_in_kernel.area[order].heads[type][0] = zone_in_kernel.area[order].heads[type][1] = list_head(order, type);
	zone_in_kernel.area[0].count = 4;
	decode(test);
	assert_int_equal(aw_free_lists_set_types(&lists, &test->decoder.free, &test->zone), 0);
}

/* Two types that lie 64 bytes apart fit two places of the zone: the numbers of blocks that lie between the lists decide. */
static void types_of_pageblocks(void **state)
{
	struct test *test = *state;

	make_free(test, 3, 0, lru_of(5));
	make_free(test, 5, 0, lru_of(33));
	make_free(test, 33, 0, list_head(0, 1));
	make_free(test, 16, 1, list_head(1, 2));
	make_free(test, 49, 0, lru_of(50));	/* page 50 is in use: the list changed while it was read */
	set_types(test);
	assert_int_equal(test->zone.type[0], AW_MT_MOVABLE);
	assert_int_equal(test->zone.type[1], AW_MT_RECLAIMABLE);
	assert_int_equal(test->zone.type[2], AW_MT_MOVABLE);
	assert_int_equal(test->zone.type[3], AW_MT_UNKNOWN);
}

static void a_full_pageblock_within_cma(void **state)
{
	struct test *test = *state;

	make_free(test, 2, 0, lru_of(40));
	make_free(test, 40, 0, list_head(0, 4));
	make_free(test, 50, 0, list_head(0, 1));
	set_types(test);
	assert_int_equal(test->zone.type[1], AW_MT_UNKNOWN);	/* its flags may tell it */
	aw_zone_fill_cma(&test->zone);
	assert_int_equal(test->zone.type[0], AW_MT_CMA);
	assert_int_equal(test->zone.type[1], AW_MT_CMA);
	assert_int_equal(test->zone.type[2], AW_MT_CMA);
	assert_int_equal(test->zone.type[3], AW_MT_MOVABLE);
}

/* Of four pageblocks the first is full, the second known as CMA, the last used by the kernel. */
static void full_pageblocks_at_the_edges_of_cma(void **state)
{
	struct test *test = *state;

	for (unsigned int i = 0; i < 48; i++)
		test->pages[i] = (struct fake){ .flags = LRU | SWAPBACKED | ZONE, .mapping = ANON_MAPPING, .refcount = 1 };
	make_free(test, 20, 0, list_head(0, 4));
	set_types(test);
	aw_zone_extend_cma(&test->zone, 2);
	assert_int_equal(test->zone.type[0], AW_MT_UNKNOWN);
	assert_int_equal(test->zone.type[2], AW_MT_CMA);
	aw_zone_extend_cma(&test->zone, 4);
	assert_int_equal(test->zone.type[0], AW_MT_CMA);
	assert_int_equal(test->zone.type[3], AW_MT_UNKNOWN);
}

/* So is one that is full of pinned pages: they were movable.  One with a slab is none. */
static void pinned_pageblocks_at_the_edges_of_cma(void **state)
{
	struct test *test = *state;

	for (unsigned int i = 0; i < 64; i++)
		test->pages[i] = (struct fake){ .flags = LRU | SWAPBACKED | ZONE, .mapping = ANON_MAPPING, .refcount = 2 };
	make_free(test, 20, 0, list_head(0, 4));
	test->pages[40] = (struct fake){ .flags = SLAB | ZONE, .refcount = 1, .type = NO_TYPE };
	set_types(test);
	assert_int_equal(test->zone.class[0], AW_PAGE_PINNED);
	assert_int_equal(test->zone.class[40], AW_PAGE_SLAB);
	aw_zone_extend_cma(&test->zone, 4);
	assert_int_equal(test->zone.type[0], AW_MT_CMA);
	assert_int_equal(test->zone.type[2], AW_MT_UNKNOWN);
}

/* Links that go in a circle, as they can when a list changes. */
static void a_circle(void **state)
{
	struct test *test = *state;

	make_free(test, 3, 0, lru_of(5));
	make_free(test, 5, 0, lru_of(3));
	set_types(test);
	assert_int_equal(test->zone.type[0], AW_MT_UNKNOWN);
}

/* ---- the lists of a cpu: 12 of single pages to order 3, one of huge pages, in the layout of 6.1 ---- */

#define PCP_ADDRESS 0xffff80000a000040ull
#define PCP_LISTS 13

static struct {
	int32_t count, other[7];
	uint64_t heads[PCP_LISTS][2];
} per_cpu;

static int read_fake(void *context, uint64_t address, void *out, size_t size)
{
	(void)context;
	if (address < PCP_ADDRESS || address + size > PCP_ADDRESS + sizeof(per_cpu))
		return -EFAULT;
	memcpy(out, (const char *)&per_cpu + (address - PCP_ADDRESS), size);
	return 0;
}

static uint64_t pcp_head(unsigned int place)
{
	return PCP_ADDRESS + offsetof(typeof(per_cpu), heads) + place * 16;
}

static void make_unmarked(struct test *test, unsigned int page, uint64_t next)
{
	test->pages[page] = (struct fake){ .flags = ZONE, .type = NO_TYPE, .next = next };
}

static void check_lists(struct test *test)
{
	const struct aw_kernel_memory memory = { read_fake, NULL };
	const struct aw_free_lists lists = { .layout = &test->layout, .memory = &memory, .vmemmap = VMEMMAP };

	test->layout.pcp = (struct aw_pcp_layout){ .lists = offsetof(typeof(per_cpu), heads), .nr_lists = PCP_LISTS, .types = 3 };
	decode(test);
	assert_int_equal(aw_percpu_check(&lists, &test->decoder.unmarked, &test->zone), 0);
}

static void pages_on_lists_of_cpus(void **state)
{
	struct test *test = *state;

	per_cpu.count = 7;
	for (unsigned int i = 0; i < PCP_LISTS; i++)
		per_cpu.heads[i][0] = per_cpu.heads[i][1] = pcp_head(i);
	per_cpu.heads[1][0] = lru_of(3);
	per_cpu.heads[1][1] = lru_of(9);
	per_cpu.heads[7][0] = per_cpu.heads[7][1] = lru_of(16);
	make_unmarked(test, 3, lru_of(9));
	make_unmarked(test, 9, pcp_head(1));
	make_unmarked(test, 10, 0);		/* not on a list */
	make_unmarked(test, 16, pcp_head(7));	/* order 2 */
	for (unsigned int i = 17; i < 22; i++)
		make_unmarked(test, i, 0xdead000000000100ull);
	make_unmarked(test, 28, lru_of(28));		/* as at boot */
	make_unmarked(test, 30, list_head(0, 1));	/* a head that is no cpu's */
	make_unmarked(test, 40, lru_of(41));		/* page 41 is in use: the list changed */
	check_lists(test);
	for (unsigned int i = 0; i < PAGES; i++) {
		bool listed = i == 3 || i == 9 || (i >= 16 && i < 20) || i == 40;

		if (test->zone.class[i] != (listed ? AW_PAGE_PCP : AW_PAGE_KERNEL))
			fail_msg("page %u is taken for %s", i, aw_page_class_name(test->zone.class[i]));
	}
}

/* Neighbours that differ in what decides, after one that is alike. */
static void neighbours(void **state)
{
	const struct fake anon = { LRU | SWAPBACKED | ZONE, lru_of(1), 0, ANON_MAPPING, 0, 0, 0, 1, 0 };
	struct test *test = *state;

	for (unsigned int i = 0; i < 6; i++)
		test->pages[i] = anon;
	test->pages[2].refcount = 3;
	test->pages[3].flags |= MLOCKED;
	test->pages[4].flags |= 1ull << 40;	/* decides nothing */
	test->pages[5].mapping = FILE_MAPPING;
	decode(test);
	assert_int_equal(test->zone.class[1], AW_PAGE_ANON);
	assert_int_equal(test->zone.class[2], AW_PAGE_PINNED);
	assert_int_equal(test->zone.class[3], AW_PAGE_MLOCKED);
	assert_int_equal(test->zone.class[4], AW_PAGE_ANON);
	assert_int_equal(test->zone.class[5], AW_PAGE_SHMEM);
}

/* The inside of a free block is not read. */
static void not_read(void **state)
{
	struct test *test = *state;

	make_free(test, 0, 5, 0);
	assert_int_equal(aw_page_decode(&test->decoder, 1024, (const uint8_t *)test->pages, 1), 0);
	aw_page_decode_free(&test->decoder, 1025, 31);
	aw_page_decode_free(&test->decoder, 1024 + PAGES, 64);	/* of another zone */
	assert_int_equal(test->zone.class[31], AW_PAGE_FREE);
	assert_int_equal(test->zone.class[32], AW_PAGE_NONE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(pages_of_processes_and_files, set_up, tear_down),
		cmocka_unit_test_setup_teardown(dirty_pages_that_nobody_moves, set_up, tear_down),
		cmocka_unit_test_setup_teardown(pages_of_the_kernel, set_up, tear_down),
		cmocka_unit_test_setup_teardown(all_zero, set_up, tear_down),
		cmocka_unit_test_setup_teardown(type_numbers, set_up, tear_down),
		cmocka_unit_test_setup_teardown(free_blocks, set_up, tear_down),
		cmocka_unit_test_setup_teardown(compound_pages, set_up, tear_down),
		cmocka_unit_test_setup_teardown(types_of_pageblocks, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_full_pageblock_within_cma, set_up, tear_down),
		cmocka_unit_test_setup_teardown(full_pageblocks_at_the_edges_of_cma, set_up, tear_down),
		cmocka_unit_test_setup_teardown(pinned_pageblocks_at_the_edges_of_cma, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_circle, set_up, tear_down),
		cmocka_unit_test_setup_teardown(pages_on_lists_of_cpus, set_up, tear_down),
		cmocka_unit_test_setup_teardown(neighbours, set_up, tear_down),
		cmocka_unit_test_setup_teardown(not_read, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
