/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Events for unit tests: a real failure, of which a test changes what it needs.
 */
#ifndef AW_TESTS_EVENTS_H
#define AW_TESTS_EVENTS_H

#include "event/event.h"
#include "mm/site.h"
#include "stacks.h"
#include "verdict/verdict.h"

struct test_event {
	struct aw_event event;
	struct test_stack stack;
	struct aw_zone zones[2];
};

static inline void event_set_stack(struct test_event *test, const char *const *frames)
{
	test->event.stack = stack_make(&test->stack, frames);
	test->event.site = aw_site_of(test->event.stack);
}

#define EVENT_STACK(test, ...) event_set_stack(test, (const char *const[]){ __VA_ARGS__, NULL })

/* io_setup() on arm64 6.1, fragmented. */
static inline struct aw_event *event_failure(struct test_event *test)
{
	memset(test, 0, sizeof(*test));
	EVENT_STACK(test, "__alloc_pages", "__kmalloc_large_node", "__kmalloc", "ioctx_alloc",
		    "__arm64_sys_io_setup");
	test->event.type = AW_EVENT_FAILURE;
	test->event.time_ns = 1000000000;
	test->event.cpu = 1;
	test->event.task = (struct aw_task){
		.pid = 89, .tid = 90, .comm = "repro", .cgroup = "/user.slice", .cgroup_id = 77,
		.container = "0123456789ab", .pod = "8c1c92b4-2f3d-4b1e-9a07-0d7c4e5f6a7b",
		.context = AW_IN_TASK, .known = AW_TASK_KNOWS_CGROUP,
	};
	test->event.failure = (struct aw_failure){
		.order = 4, .bytes = 65536, .migratetype = AW_MT_UNMOVABLE, .log = AW_LOG_PRINTED,
		.class = AW_CLASS_HARD, .class_why = "no fallback of this caller is known",
		.gfp = { .raw = 0x40dc0, .names = "GFP_KERNEL|__GFP_COMP|__GFP_ZERO" },
		.saw = AW_SAW_TRACEPOINT | AW_SAW_WARN, .warn_watched = true,
		.cause = AW_CAUSE_FRAGMENTATION, .rule = AW_RULE_COSTLY_ORDER,
	};
	aw_gfp_parse_names(NULL, test->event.failure.gfp.names, strlen(test->event.failure.gfp.names),
			   &test->event.failure.gfp.flags);
	return &test->event;
}

/* A Movable block is taken for an Unmovable request. */
static inline struct aw_event *event_extfrag(struct test_event *test)
{
	memset(test, 0, sizeof(*test));
	EVENT_STACK(test, "__rmqueue_fallback", "get_page_from_freelist", "__alloc_pages",
		    "alloc_pipe_info", "create_pipe_files");
	test->event.type = AW_EVENT_EXTFRAG;
	test->event.time_ns = 1000000000;
	test->event.task = (struct aw_task){
		.pid = 7, .tid = 7, .comm = "pipes", .cgroup = "", .context = AW_IN_TASK,
	};
	test->event.extfrag = (struct aw_extfrag){
		.alloc_order = 3, .fallback_order = 9, .from = AW_MT_MOVABLE, .to = AW_MT_UNMOVABLE,
		.change_ownership = 1, .pfn = UINT64_MAX,
	};
	return &test->event;
}

#endif
