/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A report like that of a machine with fragmented memory, with names that try to
 * break out of every format.
 */
#ifndef AW_TESTS_REPORT_BUILDER_H
#define AW_TESTS_REPORT_BUILDER_H

#include <stdio.h>
#include <string.h>

#include "event/event.h"
#include "mm/kernel.h"
#include "mm/site.h"
#include "output/report.h"
#include "verdict/verdict.h"

#define REPORT_START UINT64_C(5000000000000)	/* CLOCK_MONOTONIC: 83 minutes after boot */
#define REPORT_SECOND UINT64_C(1000000000)
#define REPORT_HOSTILE "<script>alert(1)</script>"

struct built_report {
	struct aw_kernel kernel;
	struct aw_summary *summary;
	struct aw_missing missing[2];
	struct aw_loss losses[2];
	struct aw_report report;
	struct aw_stack stack;
	struct aw_zone zone;
	struct aw_event event;
};

/* "ioctx_alloc", "hog_get_buffer [hog]" or "" (an address only). */
static inline void report_stack(struct built_report *b, uint64_t id, const char *const (*frames)[2],
				unsigned int count)
{
	b->stack = (struct aw_stack){ .id = id, .count = count };
	for (unsigned int i = 0; i < count; i++)
		b->stack.frames[i] = (struct aw_frame){
			.addr = 0xffff800008123450ull + i * 0x1000, .offset = 0x74 + i * 0x10, .size = 0x400,
			.name = frames[i][0], .module = frames[i][1],
		};
	b->event.stack = &b->stack;
	b->event.site = aw_site_of(&b->stack);
}

static inline void report_gfp(struct built_report *b, const char *names)
{
	struct aw_gfp gfp = { 0 };
	uint64_t raw = 0;

	aw_gfp_parse_names(b->kernel.gfp, names, strlen(names), &gfp.flags);
	for (unsigned int f = 0; f < AW_GFP_FLAGS; f++)
		if (aw_gfp_has(&gfp, f))
			raw |= aw_gfp_raw_bit(b->kernel.gfp, f);
	b->event.failure.gfp = aw_gfp_decode(b->kernel.gfp, raw);
}

/* The zone of the demo: much free memory, but no large blocks. */
static inline void report_zone(struct built_report *b)
{
	static const uint64_t blocks[11] = { 29697, 4, 1, 2, 0, 0, 0, 0, 0, 0, 15 };
	struct aw_zone *z = &b->zone;

	*z = (struct aw_zone){ .index = 0, .type = AW_ZONE_TYPE_DMA, .name = "DMA", .managed = 121344,
			       .min = 461, .low = 576, .high = 691, .free_cma = 15360, .nr_orders = 11 };
	z->known = AW_ZONE_KNOWS_CMA | AW_ZONE_KNOWS_HIGHATOMIC | AW_ZONE_KNOWS_BOOST | AW_ZONE_KNOWS_TYPES |
		   AW_ZONE_KNOWS_WATERMARKS | AW_ZONE_KNOWS_MANAGED;
	for (unsigned int order = 0; order < 11; order++) {
		z->nr_free[order] = blocks[order];
		z->free += blocks[order] << order;
		z->types[order] = blocks[order] ? 1u << AW_MT_UNMOVABLE : 0;
	}
	z->types[10] = 1u << AW_MT_CMA;
	z->types[3] |= 1u << AW_MT_MOVABLE;
}

static inline void report_request(struct built_report *b, unsigned int order, const char *names, const char *comm)
{
	struct aw_failure *failure = &b->event.failure;

	b->event = (struct aw_event){ .type = AW_EVENT_FAILURE, .cpu = 1 };
	b->event.task = (struct aw_task){ .pid = 103, .tid = 103, .cgroup = "", .context = AW_IN_TASK };
	snprintf(b->event.task.comm, sizeof(b->event.task.comm), "%.*s", AW_COMM_LEN, comm);
	failure->order = order;
	failure->bytes = aw_order_bytes(&b->kernel, order);
	failure->class_why = "";
	failure->saw = AW_SAW_TRACEPOINT | AW_SAW_WARN;
	failure->warn_watched = true;
	failure->zones_when = AW_ZONES_AT_FAILURE;
	failure->zones = &b->zone;
	failure->nr_zones = 1;
	failure->effort = (struct aw_effort){
		.known = true, .knows_reclaim = true, .knows_compaction = true, .total_ns = 3100000,
		.reclaim_calls = 1, .reclaim_declined = 1, .compact_calls = 2, .nr_attempts = 2,
		.attempts = { { .prio = AW_PRIO_ASYNC, .result = AW_COMPACT_SKIPPED },
			      { .prio = AW_PRIO_SYNC_LIGHT, .result = AW_COMPACT_DEFERRED, .deferred = true } },
	};
	report_gfp(b, names);
}

/* Adds the request `count` times, every `step_ns` from `at` seconds on. */
static inline void report_add(struct built_report *b, unsigned int at, uint64_t step_ns, unsigned int count)
{
	struct aw_failure *failure = &b->event.failure;
	struct aw_verdict verdict;

	for (unsigned int i = 0; i < count; i++) {
		b->event.time_ns = REPORT_START + at * REPORT_SECOND + i * step_ns;
		if (b->event.type == AW_EVENT_FAILURE) {
			failure->log = i ? AW_LOG_SUPPRESSED : AW_LOG_PRINTED;
			aw_verdict_make(&b->event, &b->kernel, &verdict);
			failure->cause = verdict.cause;
			failure->rule = verdict.rule;
		}
		aw_summary_add(b->summary, &b->event);
	}
}

#define REPORT_STACK(b, id, ...) \
	do { \
		static const char *const frames_[][2] = { __VA_ARGS__ }; \
		report_stack((b), (id), frames_, sizeof(frames_) / sizeof(frames_[0])); \
	} while (0)
#define REPORT_ALLOCATOR \
	{ "__alloc_pages", "" }, { "__kmalloc_large_node", "" }, { "__kmalloc", "" }
#define REPORT_SYSCALL \
	{ "invoke_syscall", "" }, { "el0_svc_common", "" }, { "do_el0_svc", "" }, { "el0_svc", "" }, \
	{ "el0t_64_sync_handler", "" }, { "el0t_64_sync", "" }

static inline void report_failures(struct built_report *b)
{
	report_request(b, 4, "GFP_KERNEL|__GFP_COMP|__GFP_ZERO", "repro");
	REPORT_STACK(b, 1, REPORT_ALLOCATOR, { "ioctx_alloc", "" }, { "__arm64_sys_io_setup", "" }, REPORT_SYSCALL);
	report_add(b, 3, 700000000, 74);
	report_request(b, 4, "GFP_KERNEL_ACCOUNT|__GFP_NOWARN|__GFP_COMP|__GFP_ZERO", "repro");
	REPORT_STACK(b, 2, REPORT_ALLOCATOR, { "pipe_resize_ring", "" }, { "pipe_fcntl", "" },
		     { "__arm64_sys_fcntl", "" }, REPORT_SYSCALL);
	report_add(b, 20, 900000000, 31);
	report_request(b, 5, "GFP_KERNEL|__GFP_COMP", "camera-provider");
	REPORT_STACK(b, 3, REPORT_ALLOCATOR, { "hog_get_buffer", "hog" }, { "hog_ioctl", "hog" },
		     { "__arm64_sys_ioctl", "" }, REPORT_SYSCALL);
	report_add(b, 33, 1500000000, 18);
	report_request(b, 9, "GFP_TRANSHUGE_LIGHT", "java");
	b->event.failure.class = AW_CLASS_OPPORTUNISTIC;
	b->event.failure.migratetype = AW_MT_MOVABLE;
	REPORT_STACK(b, 4, { "__alloc_pages", "" }, { "vma_alloc_folio", "" }, { "do_huge_pmd_anonymous_page", "" },
		     { "handle_mm_fault", "" }, { "do_page_fault", "" }, { "el0_da", "" },
		     { "el0t_64_sync_handler", "" }, { "el0t_64_sync", "" });
	report_add(b, 8, 2100000000, 22);
}

/* An interrupt, and hostile names. */
static inline void report_odd_failures(struct built_report *b)
{
	report_request(b, 2, "GFP_ATOMIC|__GFP_COMP", "swapper/1");
	b->event.task.context = AW_IN_SOFTIRQ;
	b->event.failure.effort = (struct aw_effort){ 0 };
	REPORT_STACK(b, 5, { "__alloc_pages", "" }, { "page_frag_alloc_align", "" }, { "__netdev_alloc_skb", "" },
		     { "virtnet_receive", "virtio_net" }, { "virtnet_poll", "virtio_net" }, { "net_rx_action", "" },
		     { "__do_softirq", "" }, { "", "" });
	report_add(b, 41, 300000000, 9);
	report_request(b, 6, "GFP_KERNEL", "\"},{");
	REPORT_STACK(b, 6, { "__alloc_pages", "" }, { REPORT_HOSTILE, "]]>" }, { "a\x1b[2J\xff", "\"},{" },
		     { "", "" }, REPORT_SYSCALL);
	report_add(b, 52, 800000000, 3);
	report_request(b, 6, "GFP_KERNEL", "\x1b[2J</script>");
	b->event.stack = &b->stack;
	b->event.site = NULL;
	b->stack = (struct aw_stack){ .id = 7 };
	b->event.failure.nr_zones = 0;
	b->event.failure.zones_over_budget = true;
	report_add(b, 60, 800000000, 2);
}

static inline void report_stalls(struct built_report *b)
{
	for (unsigned int i = 0; i < 64; i++) {
		report_request(b, 3, "GFP_KERNEL|__GFP_COMP", "repro");
		REPORT_STACK(b, 8, REPORT_ALLOCATOR, { "alloc_skb_with_frags", "" });
		b->event.type = AW_EVENT_STALL;
		b->event.failure.effort.total_ns = UINT64_C(40000) << (i % 9 + i % 2);
		report_add(b, 10 + i, 0, 1);
	}
}

static inline void report_steals(struct built_report *b)
{
	static const struct { const char *site; int order; unsigned int count; } steals[] = {
		{ "pipe_write", 0, 56 }, { "pipe_resize_ring", 4, 10 }, { "ioctx_alloc", 4, 6 },
		{ "<img src=x onerror=alert(1)>", 2, 1 },
	};

	for (size_t i = 0; i < sizeof(steals) / sizeof(steals[0]); i++) {
		report_request(b, 0, "GFP_KERNEL", i == 3 ? REPORT_HOSTILE : "repro");
		report_stack(b, 20 + i, (const char *const[][2]){ { steals[i].site, "" } }, 1);
		b->event.type = AW_EVENT_EXTFRAG;
		b->event.extfrag = (struct aw_extfrag){ .alloc_order = steals[i].order, .fallback_order = 9,
							.from = AW_MT_MOVABLE, .to = AW_MT_UNMOVABLE,
							.change_ownership = i != 1, .pfn = UINT64_MAX };
		report_add(b, 1, 50000000, steals[i].count);
	}
	b->event = (struct aw_event){ .type = AW_EVENT_OOM_KILL, .stack = &b->stack, .task.cgroup = "" };
	report_add(b, 70, 0, 1);
}

static inline void report_limits(struct built_report *b)
{
	b->missing[0] = (struct aw_missing){ .what = "warn_alloc kprobe",
					     .cost = "the log state of a failure is not known" };
	snprintf(b->missing[0].why, sizeof(b->missing[0].why), "this kernel has no kprobes (CONFIG_KPROBES)");
	b->losses[0] = (struct aw_loss)AW_LOSS(ring_full_failures, "failures seen without their details: the ring was full", 7);
	b->losses[1] = (struct aw_loss){ .cause = "recursion", .meaning = "programs that did not run" };
}

/* Adds failures like the first ones that were counted only, and successful requests of order 0. */
static inline void report_storm(struct built_report *b, uint64_t unsampled, uint64_t succeeded)
{
	report_request(b, 4, "GFP_KERNEL|__GFP_COMP|__GFP_ZERO", "");
	REPORT_STACK(b, 1, REPORT_ALLOCATOR, { "ioctx_alloc", "" }, { "__arm64_sys_io_setup", "" }, REPORT_SYSCALL);
	b->event.task.pid = b->event.task.tid = 0;
	b->event.failure.nr_zones = 0;
	b->event.failure.effort = (struct aw_effort){ 0 };
	b->event.failure.unsampled = unsampled;
	report_add(b, 55, 0, 1);
	b->event = (struct aw_event){ .type = AW_EVENT_ALLOCATIONS, .stack = &b->stack, .task.cgroup = "" };
	b->event.allocations = (struct aw_allocations){ 0, succeeded };
	report_add(b, 56, 0, 1);
}

/* 0 or -errno. */
static inline int build_report_by(struct built_report *b, const char *keys, bool with_events)
{
	const struct aw_key *found[AW_MAX_KEYS];
	char bad[32];
	int nr_keys, err;

	memset(b, 0, sizeof(*b));
	err = aw_kernel_for_release("6.1.0-56-arm64", 4096, &b->kernel);
	if (err)
		return err;
	snprintf(b->kernel.arch, sizeof(b->kernel.arch), "aarch64");
	snprintf(b->kernel.host, sizeof(b->kernel.host), "virt<&>");
	b->kernel.wall_offset_ns = INT64_C(1763820000) * 1000000000;
	b->kernel.max_order = 10;
	nr_keys = aw_keys_parse(keys, found, bad, sizeof(bad));
	b->summary = nr_keys > 0 ? aw_summary_new(found, (unsigned int)nr_keys) : NULL;
	if (!b->summary)
		return -1;
	b->report = (struct aw_report){
		.kernel = &b->kernel, .summary = b->summary, .source = "bpf", .start_ns = REPORT_START,
		.end_ns = REPORT_START + 90 * REPORT_SECOND, .sort = "count", .top = 10,
		.missing = b->missing, .losses = b->losses,
	};
	if (!with_events)
		return 0;
	report_zone(b);
	report_failures(b);
	report_odd_failures(b);
	report_stalls(b);
	report_steals(b);
	report_limits(b);
	b->report.nr_missing = 1;
	b->report.nr_losses = 2;
	return 0;
}

/* Grouped by order, gfp and stack, as in `live`. */
static inline int build_report(struct built_report *b, bool with_events)
{
	return build_report_by(b, "order,gfp,stack", with_events);
}

static inline void built_report_free(struct built_report *b)
{
	aw_summary_free(b->summary);
	aw_kernel_clear(&b->kernel);
}

#endif
