// SPDX-License-Identifier: GPL-2.0
/*
 * Events as a source delivers them, made up: figures are those of real
 * failures on arm64 6.1.
 */
#include "events.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define KNOWN (AW_ZONE_KNOWS_CMA | AW_ZONE_KNOWS_HIGHATOMIC | AW_ZONE_KNOWS_BOOST | AW_ZONE_KNOWS_TYPES | \
	       AW_ZONE_KNOWS_WATERMARKS | AW_ZONE_KNOWS_MANAGED)
#define TYPES(letter) (1u << AW_MT_##letter)

/* 69 MiB of single pages, and 63.6 MiB of CMA in large blocks. */
static const struct aw_zone fragmented = {
	.index = 0, .type = AW_ZONE_TYPE_DMA, .name = "DMA", .known = KNOWN, .managed = 84480,
	.free = 34004, .free_cma = 16286, .min = 456, .low = 570, .high = 684,
	.nr_reserves = 4, .nr_orders = 11,
	.nr_free = { 17670, 7, 2, 3, 1, 0, 1, 1, 1, 1, 15 },
	.types = { TYPES(UNMOVABLE) | TYPES(MOVABLE) | TYPES(CMA), TYPES(MOVABLE) | TYPES(CMA),
		   TYPES(MOVABLE) | TYPES(CMA), TYPES(UNMOVABLE) | TYPES(CMA), TYPES(CMA), 0, TYPES(CMA), TYPES(CMA),
		   TYPES(CMA), TYPES(CMA), TYPES(CMA) },
};

static const struct aw_zone short_of_memory = {
	.index = 0, .type = AW_ZONE_TYPE_DMA, .name = "DMA", .known = KNOWN, .managed = 84480,
	.free = 130, .min = 456, .low = 570, .high = 684, .nr_reserves = 4, .nr_orders = 11,
	.nr_free = { 98, 10, 3, 0, 0, 0, 0, 0, 0, 0, 0 },
	.types = { TYPES(UNMOVABLE) | TYPES(MOVABLE), TYPES(MOVABLE), TYPES(HIGHATOMIC) },
};

static const char *const stack_ioctx[] = {
	"__alloc_pages", "__kmalloc_large_node", "__kmalloc", "ioctx_alloc", "__arm64_sys_io_setup",
	"invoke_syscall", "el0_svc_common.constprop.0", "do_el0_svc", "el0_svc", NULL,
};
static const char *const stack_pipe[] = {
	"__alloc_pages", "__kmalloc_large_node", "__kmalloc", "pipe_resize_ring", "pipe_fcntl",
	"__arm64_sys_fcntl", "el0_svc", NULL,
};
static const char *const stack_thp[] = {
	"__alloc_pages", "__folio_alloc", "vma_alloc_folio", "do_huge_pmd_anonymous_page", "__handle_mm_fault",
	"handle_mm_fault", "do_page_fault", NULL,
};
static const char *const stack_hog[] = { "__alloc_pages", "hog_get_buffer", "hog_ioctl", "__arm64_sys_ioctl", NULL };
static const char *const stack_net[] = {
	"__alloc_pages", "page_frag_alloc_align", "__netdev_alloc_skb", "virtnet_receive", "net_rx_action", NULL,
};

struct request {
	const char *const *stack;
	unsigned int site;		/* index into the stack */
	const char *module;
	unsigned int order;
	const char *gfp;
	enum aw_class class;
	enum aw_log log;
	const char *comm;
	uint32_t pid;
	const struct aw_zone *zone;
};

static const struct request requests[] = {
	{ stack_ioctx, 3, "", 4, "GFP_KERNEL|__GFP_COMP|__GFP_ZERO", AW_CLASS_HARD, AW_LOG_PRINTED, "repro", 89,
	  &fragmented },
	{ stack_pipe, 3, "", 4, "GFP_KERNEL_ACCOUNT|__GFP_NOWARN|__GFP_COMP|__GFP_ZERO", AW_CLASS_HARD, AW_LOG_NOWARN,
	  "repro", 89, &fragmented },
	{ stack_thp, 3, "", 9, "GFP_TRANSHUGE_LIGHT", AW_CLASS_OPPORTUNISTIC, AW_LOG_NOWARN, "java", 1207,
	  &fragmented },
	{ stack_hog, 1, "hog", 6, "GFP_KERNEL|__GFP_ZERO", AW_CLASS_HARD, AW_LOG_SUPPRESSED, "hogd", 311, &fragmented },
	{ stack_net, 3, "virtio_net", 0, "GFP_ATOMIC|__GFP_NOWARN", AW_CLASS_HARD, AW_LOG_NOWARN, "ksoftirqd/0", 15,
	  &short_of_memory },
};
#define NR_REQUESTS (sizeof(requests) / sizeof(requests[0]))

static void make_stack(struct aw_stack *stack, const struct request *request)
{
	stack->id = request->order * 1000 + request->site * 100 + request->pid;
	stack->count = 0;
	for (; request->stack[stack->count]; stack->count++)
		stack->frames[stack->count] = (struct aw_frame){
			.addr = 0xffff800008000000 + stack->count * 0x1000, .offset = 0x24 + stack->count * 0x10,
			.size = 0x400, .name = request->stack[stack->count],
			.module = stack->count >= request->site ? request->module : "",
		};
	if (request->module[0])
		for (unsigned int i = request->site + 1; i < stack->count; i++)
			stack->frames[i].module = "";
}

static void make_effort(struct aw_effort *effort, unsigned int number)
{
	*effort = (struct aw_effort){
		.known = true, .knows_reclaim = true, .knows_compaction = true, .knows_retry = true,
		.total_ns = 3100000 + number * 10000, .reclaim_calls = 1, .reclaim_declined = 1, .compact_calls = 2,
		.nr_attempts = 2,
		.attempts = {
			{ AW_PRIO_ASYNC, AW_COMPACT_SKIPPED, 12, 0, false },
			{ AW_PRIO_SYNC_LIGHT, AW_COMPACT_DEFERRED, 8, 0, true },
		},
	};
}

static void make_failure(const struct feed *feed, const struct request *request, struct aw_event *event,
			 struct aw_stack *stack)
{
	struct aw_failure *failure = &event->failure;
	uint64_t raw = 0;

	memset(event, 0, sizeof(*event));
	make_stack(stack, request);
	event->type = AW_EVENT_FAILURE;
	event->stack = stack;
	event->site = &stack->frames[request->site];
	event->task = (struct aw_task){
		.pid = request->pid, .tid = request->pid, .cgroup = "",
		.context = request->stack == stack_net ? AW_IN_SOFTIRQ : AW_IN_TASK, .known = AW_TASK_KNOWS_FLAGS,
	};
	snprintf(event->task.comm, sizeof(event->task.comm), "%s", request->comm);
	aw_gfp_parse_names(feed->kernel->gfp, request->gfp, strlen(request->gfp), &failure->gfp.flags);
	for (unsigned int flag = 0; flag < AW_GFP_FLAGS; flag++)
		if (failure->gfp.flags >> flag & 1)
			raw |= aw_gfp_raw_bit(feed->kernel->gfp, flag);
	failure->gfp = aw_gfp_decode(feed->kernel->gfp, raw);
	failure->order = request->order;
	failure->bytes = 4096ull << request->order;
	failure->migratetype = request->stack == stack_thp ? AW_MT_MOVABLE : AW_MT_UNMOVABLE;
	failure->class = request->class;
	failure->class_why = "";
	failure->log = request->log;
	failure->saw = AW_SAW_TRACEPOINT | AW_SAW_WARN;
	failure->warn_watched = true;
	failure->zones_when = AW_ZONES_AT_FAILURE;
	failure->nr_zones = 1;
	failure->zones = request->zone;
}

static void fail(const struct feed *feed, unsigned int which, unsigned int count, uint64_t last_ago, uint64_t step)
{
	struct aw_stack stack;
	struct aw_event event;

	make_failure(feed, &requests[which], &event, &stack);
	for (unsigned int i = 0; i < count; i++) {
		make_effort(&event.failure.effort, i);
		event.time_ns = NOW - last_ago - (count - 1 - i) * step;
		feed->deliver(feed->arg, &event);
	}
}

static void steal(const struct feed *feed, unsigned int count, enum aw_migratetype to, const char *site, int order)
{
	struct aw_stack stack = { .id = 77, .count = 2, .frames = {
		{ .name = "rmqueue", .module = "" }, { .name = site, .module = "" } } };
	struct aw_event event = {
		.type = AW_EVENT_EXTFRAG, .task = { .pid = 89, .comm = "repro", .cgroup = "", .context = AW_IN_TASK },
		.stack = &stack, .site = &stack.frames[1],
		.extfrag = { .alloc_order = order, .fallback_order = 9, .from = AW_MT_MOVABLE, .to = to },
	};

	for (unsigned int i = 0; i < count; i++) {
		event.time_ns = NOW - (i * 7 % 60) * SECOND;
		event.extfrag.change_ownership = i % 4 != 0;
		feed->deliver(feed->arg, &event);
	}
}

static void stall(const struct feed *feed, unsigned int count)
{
	struct aw_stack stack;
	struct aw_event event;

	make_failure(feed, &requests[0], &event, &stack);
	event.type = AW_EVENT_STALL;
	for (unsigned int i = 0; i < count; i++) {
		event.failure.effort.total_ns = 1000000ull << i % 5;
		event.time_ns = NOW - i * SECOND;
		feed->deliver(feed->arg, &event);
	}
}

void feed_case(const struct feed *feed)
{
	struct aw_stack stack;
	struct aw_event event;

	make_failure(feed, &requests[3], &event, &stack);
	event.failure.before_start = true;
	event.failure.saw = AW_SAW_LOG;
	event.failure.log = AW_LOG_PRINTED;
	event.time_ns = NOW - 900 * SECOND;
	feed->deliver(feed->arg, &event);
	fail(feed, 2, 240, 9 * SECOND, SECOND / 4);
	fail(feed, 3, 2, 65 * SECOND, SECOND);
	fail(feed, 4, 3, 30 * SECOND, SECOND);
	fail(feed, 1, 6, 5 * SECOND, SECOND / 2);
	fail(feed, 0, 12, 3 * SECOND, SECOND / 3);
	steal(feed, 56, AW_MT_UNMOVABLE, "pipe_write", 0);
	steal(feed, 10, AW_MT_UNMOVABLE, "pipe_resize_ring", 4);
	steal(feed, 4, AW_MT_RECLAIMABLE, "ext4_alloc_inode", 3);
	stall(feed, 17);
}

void feed_hostile(const struct feed *feed)
{
	static const char *const names[] = {
		"\x1b[2J\x1b[31mred", "\n},{\"", "\xff\xfe\x80raw", "\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e\xe5\x90\x8d",
		"e\xcc\x81\xcc\x81\xcc\x81ne", "\xcc\x81 first", "\xe2\x80\xaetxet", "<script>", "tab\tcr\rbel\a",
		"\x0e\x0f\x10marks",
	};

	for (unsigned int i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		struct request request = requests[0];
		struct aw_stack stack;
		struct aw_event event;

		request.comm = names[i];
		request.pid = i + 1;
		make_failure(feed, &request, &event, &stack);
		stack.id = i + 1;
		event.time_ns = NOW - i * SECOND;
		feed->deliver(feed->arg, &event);
	}
}

void feed_many(const struct feed *feed)
{
	for (unsigned int i = 0; i < 100000; i++) {
		struct request request = requests[i % NR_REQUESTS];
		struct aw_stack stack;
		struct aw_event event;

		request.pid = i;
		make_failure(feed, &request, &event, &stack);
		stack.id = i + 1;
		event.time_ns = NOW - (i % 100) * SECOND;
		for (unsigned int n = 0; n <= i % 3; n++)
			feed->deliver(feed->arg, &event);
	}
}

void feed_empty(const struct feed *feed)
{
	(void)feed;
}
