// SPDX-License-Identifier: GPL-2.0
/*
 * Tests Mem-Info lines of every era.
 */
#include "klog_collect.h"

#include "klog/meminfo.h"

static enum aw_klog_mem parse(const char *text, struct aw_klog_zone *zone)
{
	struct aw_text t = aw_text_of(text, strlen(text));

	return aw_klog_mem_line(&t, zone);
}

static void zone_lines(void **state)
{
	struct aw_klog_zone z;

	(void)state;
	assert_int_equal(parse("Node 0 DMA free:114432kB boost:16kB min:1964kB low:2452kB high:2944kB reserved_highatomic:8KB free_highatomic:4KB active_anon:1kB isolated(anon):24kB present:262144kB managed:240000kB free_cma:12kB",
			       &z), AW_KLOG_MEM_ZONE);
	assert_string_equal(z.name, "DMA");
	assert_int_equal(z.free_kb, 114432);
	assert_int_equal(z.boost_kb, 16);
	assert_int_equal(z.min_kb, 1964);
	assert_int_equal(z.low_kb, 2452);
	assert_int_equal(z.high_kb, 2944);
	assert_int_equal(z.highatomic_kb, 8);
	assert_int_equal(z.free_highatomic_kb, 4);
	assert_int_equal(z.present_kb, 262144);
	assert_int_equal(z.managed_kb, 240000);
	assert_int_equal(z.free_cma_kb, 12);
	/* up to 2.6 and on UMA: without node and managed */
	assert_int_equal(parse("Normal free:3548kB min:68kB low:84kB high:100kB present:15364kB pages_scanned:0 all_unreclaimable? no", &z),
			 AW_KLOG_MEM_ZONE);
	assert_string_equal(z.name, "Normal");
	assert_int_equal(z.present_kb, 15364);
	assert_false(z.has & (AW_KLOG_ZONE_MANAGED | AW_KLOG_ZONE_CMA | AW_KLOG_ZONE_BOOST));
	/* the line of a node is not a zone */
	assert_int_equal(parse("Node 0 active_anon:1204kB inactive_anon:5160kB isolated(anon):0kB", &z), AW_KLOG_MEM_OTHER);
}

static void blocks_lines(void **state)
{
	struct aw_klog_zone z;

	(void)state;
	assert_int_equal(parse("Node 1 DMA32: 17664*4kB (UME) 4*8kB (U) 1*16kB (U) 0*32kB 2*64kB (CH) = 70832kB", &z), AW_KLOG_MEM_BLOCKS);
	assert_int_equal(z.node, 1);
	assert_string_equal(z.name, "DMA32");
	assert_int_equal(z.nr_orders, 5);
	assert_int_equal(z.block_kb, 4);
	assert_int_equal(z.blocks[0], 17664);
	assert_int_equal(z.blocks[4], 2);
	assert_string_equal(z.types[0], "UME");
	assert_string_equal(z.types[3], "");
	assert_string_equal(z.types[4], "CH");
	assert_int_equal(z.blocks_total_kb, 70832);
	assert_false(z.has & AW_KLOG_ZONE_CUT);
	/* 64K pages, no letters, padding of logcat */
	assert_int_equal(parse("Normal  : 7*64kB 3*128kB = 832kB", &z), AW_KLOG_MEM_BLOCKS);
	assert_int_equal(z.block_kb, 64);
	assert_false(z.has & AW_KLOG_ZONE_TYPES);
	/* an order is missing: the rest cannot be trusted */
	assert_int_equal(parse("DMA: 7*4kB 3*16kB = 76kB", &z), AW_KLOG_MEM_BLOCKS);
	assert_int_equal(z.nr_orders, 1);
	assert_true(z.has & AW_KLOG_ZONE_CUT);
	assert_int_equal(parse("DMA: 7*4kB (U", &z), AW_KLOG_MEM_BLOCKS);
	assert_true(z.has & AW_KLOG_ZONE_CUT);
	/* more orders than any kernel has */
	assert_int_equal(parse("DMA: 1*4kB 1*8kB 1*16kB 1*32kB 1*64kB 1*128kB 1*256kB 1*512kB 1*1024kB 1*2048kB 1*4096kB 1*8192kB 1*16384kB 1*32768kB 1*65536kB 1*131072kB 1*262144kB 1*524288kB = 1kB", &z),
			 AW_KLOG_MEM_BLOCKS);
	assert_int_equal(z.nr_orders, AW_KLOG_ORDERS);
}

static void other_lines(void **state)
{
	struct aw_klog_zone z;

	(void)state;
	assert_int_equal(parse("Mem-Info:", &z), AW_KLOG_MEM_START);
	assert_int_equal(parse("Mem-info:", &z), AW_KLOG_MEM_START);
	assert_int_equal(parse("lowmem_reserve[]: 0 2925 7889 7889", &z), AW_KLOG_MEM_RESERVE);
	assert_int_equal(z.nr_reserves, 4);
	assert_int_equal(z.reserve[1], 2925);
	assert_int_equal(parse("DMA per-cpu:", &z), AW_KLOG_MEM_OTHER);
	assert_int_equal(parse("CPU    0: hi:   90, btch:  15 usd:   0", &z), AW_KLOG_MEM_OTHER);
	assert_int_equal(parse("5180 pages reserved", &z), AW_KLOG_MEM_END);
	assert_int_equal(parse("0 pages hwpoisoned", &z), AW_KLOG_MEM_END);
	assert_int_equal(parse("usb 1-1: new device", &z), AW_KLOG_MEM_NONE);
	assert_int_equal(parse("", &z), AW_KLOG_MEM_NONE);
	assert_int_equal(parse("DMA:", &z), AW_KLOG_MEM_NONE);
	assert_int_equal(parse("Node 99999999999999999999 DMA free:1kB", &z), AW_KLOG_MEM_OTHER);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(zone_lines),
		cmocka_unit_test(blocks_lines),
		cmocka_unit_test(other_lines),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
