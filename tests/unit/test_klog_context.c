// SPDX-License-Identifier: GPL-2.0
/*
 * What a trace tells besides who asked, and reports whose traces are odd.
 */
#include "klog_collect.h"

#include "klog/context.h"
#include "klog/event.h"
#include "klog/stack.h"
#include "klog/task.h"
#include "mm/site.h"

#define HEADER "x: page allocation failure: order:2, mode:0xcc0(GFP_KERNEL), nodemask=(null)\n" \
	"CPU: 0 PID: 5 Comm: x Not tainted 6.1.0 #1\n"

static struct aw_klog_report *one(const char *text)
{
	static struct aw_klog_report report;
	struct collect *c = collect(text);

	assert_int_equal(c->count, 1);
	report = c->reports[0];
	free(c);
	return &report;
}

static const char *site_of(const struct aw_klog_report *r)
{
	static struct aw_stack stack;
	const struct aw_frame *site;

	aw_klog_stack(r, &stack);
	site = aw_site_find(&stack, NULL);
	return site ? site->name : "";
}

static void bits(void **state)
{
	static const struct { const char *trace; uint32_t has; } rows[] = {
		{ "warn_alloc+0x1/0x2\n __alloc_pages_slowpath.constprop.0+0x1/0x2\n __alloc_pages+0x1/0x2\n f+0x1/0x2\n",
		  AW_KLOG_TRACE_WARN_ALLOC | AW_KLOG_TRACE_SLOW_PATH },
		{ "dump_header+0x90/0x229\n oom_kill_process+0x25e/0x3f0\n mem_cgroup_oom_synchronize+0x546/0x570\n"
		  " pagefault_out_of_memory+0x14/0x90\n", AW_KLOG_TRACE_OOM_REPORT | AW_KLOG_TRACE_MEMCG_OOM | AW_KLOG_TRACE_PAGEFAULT_OOM },
		{ "dump_header+0x1/0x2\n oom_kill_process.cold+0x1/0x2\n mem_cgroup_out_of_memory+0x1/0x2\n"
		  " try_charge_memcg+0x1/0x2\n charge_memcg+0x1/0x2\n", AW_KLOG_TRACE_OOM_REPORT | AW_KLOG_TRACE_MEMCG },
		{ "dump_header+0x1/0x2\n oom_kill_process+0x1/0x2\n out_of_memory.part.0+0x1/0x2\n"
		  " __alloc_pages_may_oom+0x1/0x2\n", AW_KLOG_TRACE_OOM_REPORT | AW_KLOG_TRACE_GLOBAL_OOM },
		{ "__alloc_pages+0x1/0x2\n f+0x1/0x2\n balance_pgdat+0x228/0x25c\n kswapd+0x228/0x25c\n",
		  AW_KLOG_TRACE_KSWAPD },
		{ "__alloc_pages+0x1/0x2\n f+0x1/0x2\n shrink_folio_list+0x1/0x2\n try_to_free_pages+0x1/0x2\n",
		  AW_KLOG_TRACE_RECLAIM },
		{ "__alloc_pages+0x1/0x2\n f+0x1/0x2\n __alloc_pages_direct_compact.isra.0+0x1/0x2\n",
		  AW_KLOG_TRACE_COMPACT },
		{ "__alloc_pages+0x1/0x2\n f_suspend+0x1/0x2 [f]\n dpm_run_callback.isra.0+0x8c/0x1e0\n",
		  AW_KLOG_TRACE_SUSPEND },
		/* runtime PM masks nothing for everybody, dropping caches reclaims without PF_MEMALLOC */
		{ "__alloc_pages+0x1/0x2\n f+0x1/0x2\n pci_pm_runtime_resume+0x1/0x2\n rpm_resume+0x1/0x2\n", 0 },
		{ "__alloc_pages+0x1/0x2\n f+0x1/0x2\n shrink_slab+0x1/0x2\n drop_slab+0x1/0x2\n", 0 },
		{ "__alloc_pages+0x1/0x2\n tcp_sendmsg+0x1/0x2\n sock_xmit+0x1/0x2 [nbd]\n nbd_send_cmd+0x1/0x2 [nbd]\n", AW_KLOG_TRACE_SWAP_OUT },
		{ "__alloc_pages+0x1/0x2\n f+0x1/0x2\n iscsi_sw_tcp_pdu_xmit+0x1/0x2 [iscsi_tcp]\n", AW_KLOG_TRACE_SWAP_OUT },
		{ "__alloc_pages+0x1/0x2\n f+0x1/0x2\n nvme_tcp_try_send+0x1/0x2 [nvme_tcp]\n", AW_KLOG_TRACE_SWAP_OUT },
		{ "__alloc_pages+0x1/0x2\n f+0x1/0x2\n xfsaild+0x1/0x2 [xfs]\n", AW_KLOG_TRACE_SWAP_OUT },
		/* the trace is cut above shrink_folio_list() */
		{ "__alloc_pages+0x1/0x2\n swap_table_alloc+0x1/0x2\n folio_alloc_swap+0x1/0x2\n", AW_KLOG_TRACE_RECLAIM },
		{ "__alloc_pages+0x1/0x2\n f+0x1/0x2\n add_to_swap+0x1/0x2\n", AW_KLOG_TRACE_RECLAIM },
		{ "__alloc_pages+0x1/0x2\n bio_alloc_bioset+0x1/0x2\n pageout+0x1/0x2\n", AW_KLOG_TRACE_RECLAIM },
		{ "__alloc_pages+0x1/0x2\n f+0x1/0x2\n loop_process_work+0x1/0x2 [loop]\n", AW_KLOG_TRACE_LOOP },
		{ "__alloc_pages+0x1/0x2\n f+0x1/0x2\n __sock_xmit+0x1/0x2 [nbd]\n nbd_queue_rq+0x1/0x2 [nbd]\n",
		  AW_KLOG_TRACE_SWAP_OUT },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char text[2048];
		struct aw_klog_report *r;

		snprintf(text, sizeof(text), HEADER "Call Trace:\n %s", rows[i].trace);
		r = one(text);
		if (r->trace_has != rows[i].has)
			print_error("%s: 0x%x\n", rows[i].trace, r->trace_has);
		assert_int_equal(r->trace_has, rows[i].has);
	}
}

/* faults/12: the lines that name the cgroup were not pasted. */
static void a_cgroups_kill_by_its_trace(void **state)
{
	static const char *const header = "java invoked oom-killer: gfp_mask=0xd0, order=0, oom_score_adj=-998\nCall Trace:\n"
					  " dump_header+0x90/0x229\n oom_kill_process+0x25e/0x3f0\n";
	char text[512];

	(void)state;
	snprintf(text, sizeof(text), "%s mem_cgroup_oom_synchronize+0x546/0x570\n pagefault_out_of_memory+0x14/0x90\n", header);
	assert_true(one(text)->memcg);
	snprintf(text, sizeof(text), "%s out_of_memory+0x546/0x570\n __alloc_pages_nodemask+0x14/0x90\n", header);
	assert_false(one(text)->memcg);
}

/* What an interrupt interrupted is another context: its reclaim is not the request's. */
static void interrupted_tasks_do_not_count(void **state)
{
	struct aw_klog_report *r = one(HEADER
		"Call Trace:\n <IRQ>\n warn_alloc+0x1/0x2\n __alloc_pages+0x1/0x2\n rx_refill+0x1/0x2 [nic]\n"
		" net_rx_action+0x1/0x2\n </IRQ>\n <TASK>\n shrink_folio_list+0x1/0x2\n try_to_free_pages+0x1/0x2\n");

	(void)state;
	assert_int_equal(r->trace_has, AW_KLOG_TRACE_WARN_ALLOC);
	r = one(HEADER "Call trace:\n warn_alloc+0x1/0x2\n __alloc_pages+0x1/0x2\n rx_refill+0x1/0x2 [nic]\n"
		" gic_handle_irq+0x1/0x2\n shrink_folio_list+0x1/0x2\n");
	assert_int_equal(r->trace_has, AW_KLOG_TRACE_WARN_ALLOC);
}

static void powerpc_says_it_behind(void **state)
{
	struct aw_klog_report *r = one(HEADER
		"Call Trace:\n"
		"[c0000001f6cff7d0] [c000000000a2b5c8] warn_alloc+0xb0/0xf0 (unreliable)\n"
		"[c0000001f6cff800] [c000000000a2b5d8] .__alloc_pages_nodemask+0xb0/0xf0\n"
		"[c0000001f6cff850] [c000000000a2b5e8] .rx_refill+0xb0/0xf0 [nic]\n"
		"--- interrupt: 500 at .shrink_page_list+0x68/0xd0\n"
		"    LR = .shrink_inactive_list+0x5c/0xd0\n"
		"[c0000001f6cffb10] [c000000000a2b5f8] .try_to_free_pages+0xb0/0xf0\n");

	(void)state;
	assert_int_equal(r->nr_frames, 5);
	assert_true(r->frames[0].irq && r->frames[2].irq);
	assert_false(r->frames[3].irq || r->frames[4].irq);
	assert_string_equal(r->frames[3].name, "shrink_page_list");
	assert_int_equal(r->trace_has, AW_KLOG_TRACE_WARN_ALLOC);
	assert_string_equal(site_of(r), "rx_refill");
	assert_false(r->site_guess);
}

/* faults/07 */
static void only_stale_frames(void **state)
{
	struct aw_klog_report *r = one(
		"asd: page allocation failure. order:1, mode:0x20\nCall Trace:\n"
		"[<ffffffff8112c207>] ? __alloc_pages_nodemask+0x757/0x8d0\n"
		"[<ffffffffa0228ff9>] ? bond_3ad_xmit_xor+0x1c9/0x220 [bonding]\n"
		"[<ffffffff81166ab2>] ? kmem_getpages+0x62/0x170\n"
		"[<ffffffff8116711f>] ? cache_grow+0x2cf/0x320\n"
		"[<ffffffff811683cb>] ? kmem_cache_alloc+0x11b/0x190\n"
		"[<ffffffff81439d58>] ? sk_prot_alloc+0x48/0x1c0\n"
		"[<ffffffff8143ae32>] ? sk_clone+0x22/0x2e0\n");

	(void)state;
	assert_int_equal(r->nr_frames, 7);
	assert_string_equal(site_of(r), "sk_clone");
	assert_true(r->site_guess);
}

/* The unwinder gave up within the allocator: the stale frames are all that is left. */
static void unwinder_stuck(void **state)
{
	struct aw_klog_report *r = one(HEADER
		"Call Trace:\n [<c012>] dump_stack+0x1/0x2\n [<c013>] warn_alloc+0x1/0x2\n"
		" [<c014>] ? __alloc_pages+0x1/0x2\n [<c015>] ? ring_get+0x1/0x2 [nic]\n");

	(void)state;
	assert_int_equal(r->nr_frames, 4);
	assert_string_equal(site_of(r), "ring_get");
	assert_true(r->site_guess);
	r = one(HEADER "Call Trace:\n [<c012>] warn_alloc+0x1/0x2\n [<c013>] __alloc_pages+0x1/0x2\n"
		"Leftover inexact backtrace:\n [<c015>] ring_get+0x1/0x2 [nic]\n");
	assert_true(r->frames[2].guess);
	assert_true(r->site_guess);
	/* where it found who asked, the others are noise */
	r = one(HEADER "Call Trace:\n [<c012>] warn_alloc+0x1/0x2\n [<c01>] ? bond_xmit+0x1/0x2\n"
		" [<c013>] __alloc_pages+0x1/0x2\n [<c015>] ring_get+0x1/0x2 [nic]\n");
	assert_int_equal(r->nr_frames, 3);
	assert_string_equal(site_of(r), "ring_get");
	assert_false(r->site_guess);
}

/* WARN() of a request that is too large: the function is in a register, arm64 repeats it. */
static void function_in_a_register(void **state)
{
	struct aw_klog_report *r = one(HEADER
		"RIP: 0010:__alloc_pages+0x2a9/0x2f0\nCall Trace:\n <TASK>\n __kmalloc_large_node+0x1/0x2\n"
		" ring_get+0x1/0x2 [nic]\n");

	(void)state;
	assert_int_equal(r->nr_frames, 3);
	assert_true(r->frames[0].pc);
	assert_string_equal(site_of(r), "ring_get");
	r = one(HEADER "pc : __alloc_pages+0x2a9/0x2f0\nlr : __kmalloc_large_node+0x1/0x2\nCall trace:\n"
		" __alloc_pages+0x2a9/0x2f0 (P)\n __kmalloc_large_node+0x1/0x2\n ring_get+0x1/0x2 [nic]\n");
	assert_int_equal(r->nr_frames, 3);
	assert_string_equal(r->frames[1].name, "__kmalloc_large_node");
}

/* s390 names the last branch behind the trace: that did not call anybody. */
static void what_follows_the_trace(void **state)
{
	struct aw_klog_report *r = one(HEADER
		"Call Trace:\n([<0000000000112233>] warn_alloc+0x1/0x2)\n [<0000000000112234>] __alloc_pages+0x1/0x2\n"
		"Last Breaking-Event-Address:\n [<0000000000112235>] printk+0x1/0x2\n");

	(void)state;
	assert_int_equal(r->nr_frames, 2);
	assert_string_equal(site_of(r), "");
	assert_false(r->site_guess);
}

static bool parse_workqueue(const char *text, struct aw_klog_workqueue *out)
{
	struct aw_klog_line line;

	aw_klog_line_parse(text, strlen(text), &line);
	return aw_klog_workqueue(&line, out);
}

static void workqueue_lines(void **state)
{
	static const struct { const char *raw, *name, *function, *module; } rows[] = {
		{ "Workqueue: events mhi_fw_load_handler", "events", "mhi_fw_load_handler", "" },
		{ "Workqueue: mhi_hiprio_wq mhi_pm_st_worker [mhi]", "mhi_hiprio_wq", "mhi_pm_st_worker", "mhi" },
		{ "Workqueue: xfs-conv/dm-0 xfs_end_io [xfs a96cb91daba500cc77f86bad60c1f332dc3babdf]",
		  "xfs-conv/dm-0", "xfs_end_io", "xfs" },
		{ "Workqueue: writeback wb_workfn (flush-253:0)", "writeback", "wb_workfn", "" },
		{ "[    1.234567] Workqueue: events_unbound async_run_entry_fn.cfi_jt", "events_unbound",
		  "async_run_entry_fn", "" },
		{ "Workqueue: my queue f.part.0 [m]", "my queue", "f", "m" },
	};
	static const char *const others[] = {
		"Workqueue: ", "Workqueue: events", "Workqueue: events (null)", "workqueue: events f", "Workqueue: events 0x1",
	};
	struct aw_klog_workqueue queue;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_true(parse_workqueue(rows[i].raw, &queue));
		assert_string_equal(queue.name, rows[i].name);
		assert_string_equal(queue.function, rows[i].function);
		assert_string_equal(queue.module, rows[i].module);
	}
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		assert_false(parse_workqueue(others[i], &queue));
}

/* The frame of the work function is lost: the log names it all the same. */
static void workqueue_is_the_hint(void **state)
{
	static const char *const task = "k: page allocation failure: order:7, mode:0xcc0(GFP_KERNEL), nodemask=(null)\n"
		"CPU: 1 PID: 7693 Comm: k Not tainted 6.11.11 #1\n"
		"Workqueue: mhi_hiprio_wq mhi_pm_st_worker [mhi]\n";
	char text[2048];
	struct aw_klog_report *r;

	(void)state;
	snprintf(text, sizeof(text), "%sCall Trace:\n warn_alloc+0x1/0x2\n __alloc_pages+0x1/0x2\n dma_direct_alloc+0x1/0x2\n"
		 " process_one_work+0x17e/0x330\n worker_thread+0x1/0x2\n", task);
	r = one(text);
	assert_string_equal(site_of(r), "");
	assert_string_equal(r->workqueue, "mhi_hiprio_wq");
	assert_string_equal(r->workqueue_func, "mhi_pm_st_worker");
	assert_string_equal(r->workqueue_module, "mhi");
	assert_true(r->site_guess);
	/* with the frame there, nothing is guessed */
	snprintf(text, sizeof(text), "%sCall Trace:\n warn_alloc+0x1/0x2\n __alloc_pages+0x1/0x2\n mhi_pm_st_worker+0x1/0x2 [mhi]\n"
		 " process_one_work+0x17e/0x330\n", task);
	r = one(text);
	assert_string_equal(site_of(r), "mhi_pm_st_worker");
	assert_false(r->site_guess);
	/* and without a workqueue there is no hint */
	r = one(HEADER "Call Trace:\n warn_alloc+0x1/0x2\n process_one_work+0x17e/0x330\n");
	assert_string_equal(site_of(r), "");
	assert_false(r->site_guess);
}

static void allocation_failures(void **state)
{
	static const struct { const char *trace; bool is; } rows[] = {
		{ "warn_alloc+0x118/0x180\n __alloc_pages_slowpath.constprop.0+0xc54/0xcb0\n __alloc_pages+0x2ac/0x2f0\n", true },
		{ "dump_stack_lvl+0x1/0x2\n warn_alloc_failed+0x1/0x2\n f+0x1/0x2\n", true },
		{ "dump_stack+0x1/0x2\n __alloc_pages_nodemask+0x1/0x2\n f+0x1/0x2\n", true },
		{ "show_stack+0x1/0x2\n dump_stack+0x1/0x2\n __alloc_pages_slowpath+0x1/0x2\n", true },
		/* waits in the allocator, is stuck there, or was killed for memory */
		{ "__schedule+0x1/0x2\n schedule+0x1/0x2\n __alloc_pages_slowpath.constprop.0+0x1/0x2\n", false },
		{ "get_page_from_freelist+0x1/0x2\n __alloc_pages+0x1/0x2\n f+0x1/0x2\n", false },
		{ "dump_stack+0x1/0x2\n dump_header+0x1/0x2\n oom_kill_process+0x1/0x2\n __alloc_pages_may_oom+0x1/0x2\n", false },
		{ "dump_stack+0x1/0x2\n f+0x1/0x2\n", false },
		{ "dump_stack+0x1/0x2\n", false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char text[2048];

		snprintf(text, sizeof(text), HEADER "Call Trace:\n %s", rows[i].trace);
		if (aw_klog_trace_is_allocation_failure(one(text)) != rows[i].is)
			print_error("%s\n", rows[i].trace);
		assert_int_equal(aw_klog_trace_is_allocation_failure(one(text)), rows[i].is);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bits),
		cmocka_unit_test(a_cgroups_kill_by_its_trace),
		cmocka_unit_test(interrupted_tasks_do_not_count),
		cmocka_unit_test(powerpc_says_it_behind),
		cmocka_unit_test(only_stale_frames),
		cmocka_unit_test(unwinder_stuck),
		cmocka_unit_test(function_in_a_register),
		cmocka_unit_test(what_follows_the_trace),
		cmocka_unit_test(workqueue_lines),
		cmocka_unit_test(workqueue_is_the_hint),
		cmocka_unit_test(allocation_failures),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
