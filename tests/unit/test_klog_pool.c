// SPDX-License-Identifier: GPL-2.0
/*
 * Tests the lines of memory that is not the page allocator's, and the lines
 * that stand for a report: what they say, and what looks like one.
 */
#include "klog_collect.h"

#include "base/array.h"
#include "klog/header.h"
#include "klog/lone.h"
#include "klog/pool.h"

static enum aw_klog_match parse(const char *raw, struct aw_klog_report *r)
{
	struct aw_klog_line line;

	memset(r, 0, sizeof(*r));
	aw_klog_line_parse(raw, strlen(raw), &line);
	return aw_klog_header(&line, r);
}

static const struct {
	const char *raw, *name;
	enum aw_pool pool;
	uint64_t bytes, total, free, asked, got;
} lines[] = {
	{ "[ 1.5] ab 0:1: swiotlb buffer is full (sz: 3000 bytes), total 100 (slots), used 60 (slots)", "ab 0:1",
	  AW_POOL_SWIOTLB, 3000, 204800, 81920, 0, 0 },
	{ "[ 1.5] ab 0:1: swiotlb buffer is full (sz: 3000 bytes)", "ab 0:1", AW_POOL_SWIOTLB, 3000, 0, 0, 0, 0 },
	{ "PCI-DMA: Out of SW-IOMMU space for 4096 bytes at device 0000:00:1d.7", "0000:00:1d.7", AW_POOL_SWIOTLB,
	  4096, 0, 0, 0, 0 },
	{ "swiotlb: coherent allocation failed for device ab.0 size=8192", "ab.0", AW_POOL_SWIOTLB, 8192, 0, 0, 0, 0 },
	{ "[  100.106805] platform dma_ask: swiotlb: coherent allocation failed, size=2097152", "platform dma_ask", AW_POOL_SWIOTLB,
	  2097152, 0, 0, 0, 0 },
	{ "ab 0:1: swiotlb: coherent allocation failed,", "ab 0:1", AW_POOL_SWIOTLB, 0, 0, 0, 0, 0 },
	{ "HugeTLB: allocating 7 of page size 2.00 MiB failed node1.  Only allocated 3 hugepages.", "2.00 MiB",
	  AW_POOL_HUGETLB, 0, 0, 0, 7, 3 },
	{ "DMA pool exhausted for ab.1", "ab.1", AW_POOL_DMA, 0, 0, 0, 0, 0 },
	{ "ERROR: 512 KiB atomic DMA coherent pool is too small!", "", AW_POOL_DMA, 0, 524288, 0, 0, 0 },
	{ "coherent pool not initialised!", "", AW_POOL_DMA, 0, 0, 0, 0, 0 },
	{ "percpu: allocation failed, size=24 align=8 atomic=1, atomic alloc failed, no space left",
	  "atomic alloc failed, no space left", AW_POOL_PERCPU, 24, 0, 0, 0, 0 },
	{ "binder: 77: binder_alloc_buf size 500 failed, no address space", "77", AW_POOL_BINDER, 500, 0, 0, 0, 0 },
	{ "zram: Error allocating memory for compressed page: 5, size=900", "", AW_POOL_ZRAM, 900, 0, 0, 0, 0 },
	{ "kgsl: only allocated 4KB of 16KB requested", "", AW_POOL_GPU, 16384, 0, 0, 16384, 4096 },
	{ "BTRFS: error (device sdx3) in btrfs_do_something:77: errno=-12 Out of memory", "sdx3, in btrfs_do_something()", AW_POOL_FS, 0, 0, 0, 0, 0 },
	{ "BTRFS: error (device dm-7: state EA) in btrfs_x:1: errno=-12 Out of memory", "dm-7, in btrfs_x()", AW_POOL_FS, 0, 0, 0, 0, 0 },
	{ "EXT4-fs error (device sdx3) in ext4_do_something:77: Out of memory", "sdx3, in ext4_do_something()", AW_POOL_FS, 0, 0, 0, 0, 0 },
};

static void what_the_lines_say(void **state)
{
	struct aw_klog_report r;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(lines); i++) {
		assert_int_equal(parse(lines[i].raw, &r), AW_KLOG_YES);
		assert_int_equal(r.type, AW_KLOG_POOL);
		assert_int_equal(r.pool.pool, lines[i].pool);
		assert_string_equal(r.pool.name, lines[i].name);
		assert_int_equal(r.bytes, lines[i].bytes);
		assert_int_equal(r.pool.total, lines[i].total);
		assert_int_equal(r.pool.free, lines[i].free);
		assert_int_equal(r.pool.asked, lines[i].asked);
		assert_int_equal(r.pool.got, lines[i].got);
	}
	assert_int_equal(parse("alloc_contig_range: [1f00, 2000) PFNs busy", &r), AW_KLOG_YES);
	assert_int_equal(r.cma_pages, 256);
}

/* Every pool has its row, in every table. */
static void every_pool(void **state)
{
	bool seen[AW_POOLS] = { [AW_POOL_NONE] = true, [AW_POOL_RANGE] = true };

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(lines); i++)
		seen[lines[i].pool] = true;
	for (enum aw_pool pool = AW_POOL_NONE + 1; pool < AW_POOLS; pool++) {
		assert_true(seen[pool]);
		assert_true(aw_klog_pool_row(pool)->words[0]);
		assert_true(aw_klog_pool_row(pool)->why[0]);
	}
}

static void what_is_none(void **state)
{
	static const char *const none[] = {
		"swiotlb buffer is full (sz: %zd bytes)",
		"software IO TLB: mapped [mem 0x79000000-0x7d000000] (64MB), swiotlb",
		"HugeTLB: allocating %lu of page size %s failed.  Only allocated %lu hugepages.",
		"alloc_contig_range: [2000, 1f00) PFNs busy",
		"DMA: preallocated 128 KiB GFP_KERNEL pool for atomic allocations",
		"percpu: allocation failed, size=%zu align=%zu",
		"SLUB: Unable to allocate memory on node %d, gfp=%#x(%pGg)",
		"oom-kill: nothing",
		"BTRFS: error (device sdx3) in btrfs_do_something:77: errno=-5 IO failure",
		"a BTRFS: error (device sdx3) in btrfs_do_something:77: errno=-12 Out of memory came",
	};
	struct aw_klog_report r;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(none); i++)
		assert_int_equal(parse(none[i], &r), AW_KLOG_NO);
	/* more used than there are: damage */
	assert_int_equal(parse("ab: swiotlb buffer is full (sz: 30 bytes), total 10 (slots), used 60 (slots)", &r), AW_KLOG_YES);
	assert_false(r.pool.knows_total);
}

static void slab_lines(void **state)
{
	static const struct {
		const char *raw, *names;
		uint64_t mode;
	} rows[] = {
		{ "SLUB: Unable to allocate memory on node -1 (gfp=0x20)", "", 0x20 },
		{ "SLUB: Unable to allocate memory on node -1, gfp=0x480020(GFP_ATOMIC)", "GFP_ATOMIC", 0x480020 },
		{ "SLUB: Unable to allocate memory on CPU 3 (of node 0) on node -1, gfp=0x820(GFP_ATOMIC)", "GFP_ATOMIC", 0x820 },
		{ "SLAB: Unable to allocate memory on node 0 (gfp=0x20)", "", 0x20 },
	};
	struct aw_klog_report r;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		assert_int_equal(parse(rows[i].raw, &r), AW_KLOG_YES);
		assert_true(r.slab_line && r.has_mode);
		assert_int_equal(r.mode, rows[i].mode);
		assert_string_equal(r.mode_names, rows[i].names);
		assert_int_equal(r.order, -1);
		assert_true(aw_klog_lone_slab_more(aw_text_of("cache: a, object size: 9, buffer size: 9, default order: 3, min order: 1", 72), &r));
		assert_string_equal(r.slab_cache, "a");
		assert_int_equal(r.order, 1);
	}
}

static void deadlocks(void **state)
{
	static const struct {
		const char *raw, *comm;
		uint64_t mode, bytes;
		int64_t pid;
	} rows[] = {
		{ "XFS: ab(12) possible memory allocation deadlock size 48 in kmem_zone_alloc (mode:0x250)", "ab", 0x250, 48, 12 },
		{ "XFS: possible memory allocation deadlock in kmem_alloc (mode:0x250)", "", 0x250, 0, 0 },
		{ "XFS (sdz9): possible memory allocation deadlock in xfs_buf_allocate_memory (mode:0x250)", "", 0x250, 0, 0 },
		/* cut: half of a number is another one */
		{ "XFS: ab(12) possible memory allocation deadlock size 48 in kmem_zone_alloc (mode:0x25", "ab", 0, 48, 12 },
		{ "XFS: ab(12) possible memory allocation deadlock size 4", "ab", 0, 0, 12 },
		{ "Possible memory allocation deadlock: size=123 lflags=0x4210", "", 0x4210, 123, 0 },
	};
	struct aw_klog_report r;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		assert_int_equal(parse(rows[i].raw, &r), AW_KLOG_YES);
		assert_true(r.loops);
		assert_string_equal(r.comm, rows[i].comm);
		assert_int_equal(r.mode, rows[i].mode);
		assert_int_equal(r.has_mode, rows[i].mode != 0);
		assert_int_equal(r.bytes, rows[i].bytes);
		assert_int_equal(r.pid, rows[i].pid);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_the_lines_say),
		cmocka_unit_test(every_pool),
		cmocka_unit_test(what_is_none),
		cmocka_unit_test(slab_lines),
		cmocka_unit_test(deadlocks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
