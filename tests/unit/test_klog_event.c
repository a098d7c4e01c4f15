// SPDX-License-Identifier: GPL-2.0
/*
 * Tests reports of a log as events: units, zone indices, context, mask, site.
 */
#include "klog_collect.h"

#include "klog/event.h"

struct made {
	struct collect *c;
	struct aw_kernel kernel;
	struct aw_klog_event event;
};

static void make(const char *text, const char *release, uint32_t page_size, struct made *m)
{
	m->c = collect(text);
	assert_true(m->c->count >= 1);
	assert_int_equal(aw_kernel_for_release(release, page_size, &m->kernel), 0);
	aw_klog_event_of(&m->c->reports[0], &m->kernel, &m->event);
}

static void done(struct made *m)
{
	aw_kernel_clear(&m->kernel);
	free(m->c);
}

static void zones_in_pages(void **state)
{
	struct made m;
	const struct aw_zone *z;

	(void)state;
	make("x: page allocation failure: order:1, mode:0x40cc0(GFP_KERNEL|__GFP_COMP), nodemask=(null),cpuset=/,mems_allowed=0\n"
	     "Mem-Info:\n"
	     "Node 0 DMA32 free:1600kB boost:320kB min:960kB low:1120kB high:1280kB reserved_highatomic:64KB present:32000kB managed:16000kB free_cma:160kB\n"
	     "lowmem_reserve[]: 0 0 55 55\n"
	     "Node 0 Normal free:160kB min:16kB low:32kB high:48kB managed:16000kB free_cma:0kB\n"
	     "lowmem_reserve[]: 0 0 0 0\n"
	     "Node 0 DMA32: 80*16kB (UMC) 10*32kB (H) = 1600kB\n"
	     "Node 0 Normal: 10*16kB (E) 0*32kB = 160kB\n", "6.1", 16384, &m);
	assert_int_equal(m.event.event.type, AW_EVENT_FAILURE);
	assert_int_equal(m.event.event.failure.bytes, 32768);
	assert_int_equal(m.event.event.failure.zones_when, AW_ZONES_FROM_LOG);
	assert_int_equal(m.event.event.failure.nr_zones, 2);
	z = &m.event.event.failure.zones[0];
	assert_int_equal(z->type, AW_ZONE_TYPE_DMA32);
	assert_int_equal(z->index, 1);
	assert_int_equal(z[1].index, 2);
	assert_int_equal(z->free, 100);
	assert_int_equal(z->free_cma, 10);
	assert_int_equal(z->reserved_highatomic, 4);
	assert_int_equal(z->managed, 1000);
	/* the printed watermarks include the boost */
	assert_int_equal(z->boost, 20);
	assert_int_equal(z->min, 40);
	assert_int_equal(z->low, 50);
	assert_int_equal(z->high, 60);
	assert_int_equal(z->lowmem_reserve[2], 55);
	assert_int_equal(z->nr_orders, 2);
	assert_int_equal(z->nr_free[0], 80);
	assert_int_equal(z->types[0], 1u << AW_MT_UNMOVABLE | 1u << AW_MT_MOVABLE | 1u << AW_MT_CMA);
	assert_int_equal(z->types[1], 1u << AW_MT_HIGHATOMIC);
	assert_int_equal(z[1].types[0], 1u << AW_MT_RECLAIMABLE);
	assert_true(z->known & AW_ZONE_KNOWS_TYPES && z->known & AW_ZONE_KNOWS_BOOST);
	assert_false(z[1].known & AW_ZONE_KNOWS_BOOST);
	assert_int_equal(m.event.event.task.known, AW_TASK_KNOWS_MEMS);
	assert_int_equal(m.event.event.task.mems_allowed, 1);
	done(&m);
}

/* A truncated line of blocks tells nothing about the missing orders. */
static void cut_blocks_are_not_used(void **state)
{
	struct made m;

	(void)state;
	make("x: page allocation failure: order:4, mode:0xc0d0\nMem-Info:\n"
	     "DMA free:1600kB min:960kB low:1120kB high:1280kB all_unreclaimable? no\nDMA: 80*4kB (UM) 10*8kB (U", "3.18", 4096, &m);
	assert_int_equal(m.event.event.failure.zones[0].free, 400);
	assert_int_equal(m.event.event.failure.zones[0].nr_orders, 0);
	done(&m);
}

static void indices(void **state)
{
	static const struct { const char *name; const char *reserve; const char *other; int index; } rows[] = {
		{ "DMA", "0 0 0", "DMA", 0 }, { "DMA", "0 3 3", "Normal", 0 }, { "Normal", "0 0 0", "DMA", 1 },
		{ "DMA32", "0 0 0", "DMA32", 0 }, { "Normal", "0 0 0 0 0", "DMA32", 2 }, { "Movable", "0 0 0 0 0", "DMA32", 3 },
		{ "Normal", "0 9 9", "HighMem", 0 }, { "HighMem", "0 0 0", "HighMem", 1 },
		{ "HighMem", "0 0 0 0", "DMA", 2 }, { "Normal", "0 0", "Normal", 0 }, { "Odd", "0 0 0", "DMA", -1 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char text[1024];
		struct made m;

		snprintf(text, sizeof(text), "x: page allocation failure: order:4, mode:0xc0d0\nMem-Info:\n"
			 "%s free:16kB min:4kB low:4kB high:4kB all_unreclaimable? no\nlowmem_reserve[]: %s\n"
			 "Node 1 %s free:16kB min:4kB low:4kB high:4kB all_unreclaimable? no\n",
			 rows[i].name, rows[i].reserve, rows[i].other);
		make(text, "3.18", 4096, &m);
		assert_int_equal(m.event.event.failure.zones[0].index, rows[i].index);
		done(&m);
	}
}

static enum aw_context context_of(const char *mode, const char *frames)
{
	char text[1024];
	struct made m;
	enum aw_context context;

	snprintf(text, sizeof(text), "x: page allocation failure: order:1, mode:%s\nCall trace:\n%s", mode, frames);
	make(text, "3.18", 4096, &m);
	context = m.event.event.task.context;
	done(&m);
	return context;
}

static void contexts(void **state)
{
	(void)state;
	assert_int_equal(context_of("0xd0", ""), AW_IN_TASK);
	assert_int_equal(context_of("0x20", ""), AW_IN_UNKNOWN);
	assert_int_equal(context_of("0x20", " f+0x1/0x2\n __do_softirq+0x1/0x2\n irq_exit+0x1/0x2\n SyS_read+0x1/0x2\n"), AW_IN_SOFTIRQ);
	assert_int_equal(context_of("0x20", " f+0x1/0x2\n handle_irq_event_percpu+0x1/0x2\n"), AW_IN_HARDIRQ);
	assert_int_equal(context_of("0x20", " f+0x1/0x2\n SyS_ioctl+0x1/0x2\n"), AW_IN_TASK);
	assert_int_equal(context_of("0x20", " <IRQ>\n f+0x1/0x2\n do_IRQ+0x1/0x2\n <EOI>\n g+0x1/0x2\n"), AW_IN_HARDIRQ);
}

static void printed_names_win(void **state)
{
	struct made m;

	(void)state;
	make("x: page allocation failure: order:1, mode:0x1(GFP_KERNEL|__GFP_ZERO), nodemask=(null)\n", "6.1", 4096, &m);
	assert_true(aw_gfp_has(&m.event.event.failure.gfp, AW_GFP_ZERO));
	assert_false(aw_gfp_has(&m.event.event.failure.gfp, AW_GFP_DMA));
	done(&m);
}

static void other_types(void **state)
{
	struct made m;

	(void)state;
	make("a invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=2, oom_score_adj=0\n"
	     " dump_header+0x4a/0x1f3\n out_of_memory+0x1/0x2\n __alloc_pages+0x1/0x2\n copy_process+0x1/0x2\n"
	     "Out of memory: Killed process 12 (b) c) total-vm:1kB\n", "6.1", 4096, &m);
	assert_int_equal(m.event.event.type, AW_EVENT_OOM_KILL);
	assert_int_equal(m.event.event.oom.victim_pid, 12);
	assert_string_equal(m.event.event.oom.victim_comm, "b) c");
	assert_int_equal(m.event.event.oom.order, 2);
	assert_string_equal(m.event.event.site->name, "copy_process");
	assert_false(m.event.event.oom.memcg);
	/* and its request */
	assert_true(aw_event_has_request(&m.event.event));
	assert_int_equal(m.event.event.failure.order, 2);
	assert_int_equal(m.event.event.failure.bytes, 16384);
	assert_string_equal(m.event.event.failure.gfp.names, "GFP_KERNEL");
	done(&m);
	make("a invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0\n"
	     "memory: usage 102400kB, limit 204800kB, failcnt 120\nMemory cgroup stats for /a/b:\n"
	     "Memory cgroup out of memory: Killed process 12 (b) total-vm:1kB\n", "6.1", 4096, &m);
	assert_true(m.event.event.oom.memcg);
	assert_string_equal(m.event.event.oom.memcg_name, "/a/b");
	assert_int_equal(m.event.event.oom.memcg_usage, 100 << 20);
	assert_int_equal(m.event.event.oom.memcg_limit, 200 << 20);
	done(&m);
	make("cma: __cma_alloc: area: alloc failed, req-size: 256 pages, ret: -12\n", "6.1", 4096, &m);
	assert_int_equal(m.event.event.type, AW_EVENT_CMA_FAILURE);
	assert_int_equal(m.event.event.cma.count, 256);
	assert_int_equal(m.event.event.cma.error, -12);
	assert_string_equal(m.event.event.cma.name, "area");
	assert_int_equal(m.event.event.cma.total, 0);
	assert_false(aw_event_has_request(&m.event.event));
	done(&m);
	make("cma: __cma_alloc: area: alloc failed, req-size: 256 pages, ret: -12\n"
	     "cma: number of available pages: 3@125+12@180=> 15 free of 16384 total pages\n", "6.1", 4096, &m);
	assert_int_equal(m.event.event.cma.free, 15);
	assert_int_equal(m.event.event.cma.total, 16384);
	done(&m);
	make("vmalloc: allocation failure: 67108864 bytes, mode:0x24000c2(GFP_KERNEL|__GFP_HIGHMEM)\n", "4.8", 4096, &m);
	assert_int_equal(m.event.event.type, AW_EVENT_WARNING);
	assert_int_equal(m.event.event.warning.bytes, 67108864);
	assert_true(aw_event_has_request(&m.event.event));
	done(&m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(zones_in_pages),
		cmocka_unit_test(cut_blocks_are_not_used),
		cmocka_unit_test(indices),
		cmocka_unit_test(contexts),
		cmocka_unit_test(printed_names_win),
		cmocka_unit_test(other_types),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
