// SPDX-License-Identifier: GPL-2.0
/*
 * Tests that reading a recording returns what was recorded.
 */
#include <errno.h>

#include "recording_builder.h"
#include "system/anchor.h"
#include "temp.h"

static void same_stack(const struct aw_stack *got, const struct aw_stack *want, bool raw)
{
	assert_int_equal(got->count, want->count);
	for (unsigned int i = 0; i < 2; i++) {
		assert_string_equal(got->frames[i].name, want->frames[i].name);
		assert_string_equal(got->frames[i].module, want->frames[i].module);
		assert_string_equal(aw_frame_suffix(&got->frames[i]), aw_frame_suffix(&want->frames[i]));
		assert_int_equal(got->frames[i].offset, want->frames[i].offset);
		assert_int_equal(got->frames[i].size, want->frames[i].size);
		assert_int_equal(got->frames[i].addr, raw ? want->frames[i].addr : 0);
	}
	/* The last frame has no name. */
	assert_string_equal(got->frames[2].name, raw ? "" : "[hidden]");
	assert_int_equal(got->frames[2].addr, raw ? want->frames[2].addr : 0);
	assert_int_equal(got->frames[2].offset, raw ? 0 : 0x54321);
}

static void same_task(const struct aw_task *got, const struct aw_task *want)
{
	struct aw_task a = *got, b = *want;

	assert_string_equal(a.cgroup, b.cgroup);
	assert_string_equal(a.comm, b.comm);
	assert_int_equal(a.context, b.context);
	assert_int_equal(a.pid, b.pid);
	assert_int_equal(a.tid, b.tid);
	assert_int_equal(a.known, b.known);
	assert_int_equal(a.cgroup_id, b.cgroup_id);
	assert_int_equal(a.mems_allowed, b.mems_allowed);
	assert_true(a.memalloc_noio && a.memalloc_pin && a.exiting && a.oom_victim && a.realtime);
	assert_false(a.memalloc || a.memalloc_nofs || a.dumping_core || a.kswapd);
}

static void same_gfp(const struct aw_gfp *got, const struct aw_gfp *want)
{
	assert_int_equal(got->raw, want->raw);
	assert_int_equal(got->flags, want->flags);
	assert_int_equal(got->unknown, want->unknown);
	assert_string_equal(got->names, want->names);
}

static void same_effort(const struct aw_effort *got, const struct aw_effort *want)
{
	struct aw_effort a = *got, b = *want;

	for (unsigned int i = 0; i < b.nr_attempts; i++) {
		assert_int_equal(a.attempts[i].prio, b.attempts[i].prio);
		assert_int_equal(a.attempts[i].result, b.attempts[i].result);
		assert_int_equal(a.attempts[i].us, b.attempts[i].us);
		assert_int_equal(a.attempts[i].zones, b.attempts[i].zones);
		assert_int_equal(a.attempts[i].deferred, b.attempts[i].deferred);
	}
	assert_int_equal(a.known, b.known);
	assert_int_equal(a.knows_reclaim, b.knows_reclaim);
	assert_int_equal(a.knows_compaction, b.knows_compaction);
	assert_int_equal(a.knows_retry, b.knows_retry);
	assert_int_equal(a.lower_bound, b.lower_bound);
	assert_int_equal(a.total_ns, b.total_ns);
	assert_int_equal(a.reclaim_ns, b.reclaim_ns);
	assert_int_equal(a.compact_ns, b.compact_ns);
	assert_int_equal(a.reclaim_pages, b.reclaim_pages);
	assert_int_equal(a.reclaim_calls, b.reclaim_calls);
	assert_int_equal(a.reclaim_declined, b.reclaim_declined);
	assert_int_equal(a.compact_calls, b.compact_calls);
	assert_int_equal(a.nr_attempts, b.nr_attempts);
	assert_int_equal(a.reclaim_retries, b.reclaim_retries);
	assert_int_equal(a.retry_no_progress, b.retry_no_progress);
	assert_int_equal(a.retry_wmark_ok, b.retry_wmark_ok);
	assert_int_equal(a.retry_available, b.retry_available);
	assert_int_equal(a.retry_min_wmark, b.retry_min_wmark);
	assert_int_equal(a.retry_reclaimable, b.retry_reclaimable);
	assert_int_equal(a.compact_retries, b.compact_retries);
	assert_int_equal(a.compact_retry_loops, b.compact_retry_loops);
	assert_int_equal(a.compact_retry_max, b.compact_retry_max);
	assert_int_equal(a.compact_retry_again, b.compact_retry_again);
	assert_int_equal(a.compact_retry_result, b.compact_retry_result);
	assert_int_equal(a.knows_pages, b.knows_pages);
	assert_int_equal(a.knows_zones, b.knows_zones);
	assert_int_equal(a.scanned, b.scanned);
	assert_int_equal(a.taken, b.taken);
	assert_int_equal(a.moved, b.moved);
	assert_int_equal(a.failed, b.failed);
	assert_int_equal(a.free_scanned, b.free_scanned);
	assert_int_equal(a.free_taken, b.free_taken);
}

static void same_zone(const struct aw_zone *got, const struct aw_zone *want)
{
	assert_string_equal(got->name, want->name);
	assert_int_equal(got->type, want->type);
	assert_int_equal(got->node, want->node);
	assert_int_equal(got->index, want->index);
	assert_int_equal(got->known, want->known);
	assert_int_equal(got->nr_reserves, want->nr_reserves);
	assert_int_equal(got->nr_orders, want->nr_orders);
	assert_int_equal(got->managed, want->managed);
	assert_int_equal(got->free, want->free);
	assert_int_equal(got->free_cma, want->free_cma);
	assert_int_equal(got->reserved_highatomic, want->reserved_highatomic);
	assert_int_equal(got->free_highatomic, want->free_highatomic);
	assert_int_equal(got->min, want->min);
	assert_int_equal(got->low, want->low);
	assert_int_equal(got->high, want->high);
	assert_int_equal(got->boost, want->boost);
	assert_int_equal(got->lru_anon, want->lru_anon);
	assert_int_equal(got->lru_file, want->lru_file);
	assert_int_equal(got->unevictable, want->unevictable);
	assert_int_equal(got->write_pending, want->write_pending);
	assert_int_equal(got->node_huge, want->node_huge);
	assert_memory_equal(got->lowmem_reserve, want->lowmem_reserve, sizeof(got->lowmem_reserve));
	assert_memory_equal(got->nr_free, want->nr_free, sizeof(got->nr_free));
	assert_memory_equal(got->types, want->types, sizeof(got->types));
}

static void same_failure(const struct aw_failure *got, const struct aw_failure *want)
{
	assert_int_equal(got->order, want->order);
	assert_int_equal(got->knows_nodemask, want->knows_nodemask);
	assert_int_equal(got->nodemask, want->nodemask);
	assert_int_equal(got->bytes, want->bytes);
	same_gfp(&got->gfp, &want->gfp);
	assert_int_equal(got->migratetype, want->migratetype);
	assert_int_equal(got->log, want->log);
	assert_int_equal(got->class, want->class);
	assert_string_equal(got->class_why, want->class_why);
	assert_int_equal(got->saw, want->saw);
	assert_int_equal(got->warn_watched, want->warn_watched);
	assert_int_equal(got->before_start, want->before_start);
	assert_int_equal(got->zones_when, want->zones_when);
	assert_int_equal(got->zones_late_ns, want->zones_late_ns);
	assert_int_equal(got->zones_over_budget, want->zones_over_budget);
	assert_int_equal(got->nr_zones, want->nr_zones);
	for (unsigned int i = 0; i < want->nr_zones; i++)
		same_zone(&got->zones[i], &want->zones[i]);
	same_effort(&got->effort, &want->effort);
	assert_int_equal(got->unsampled, want->unsampled);
}

static void same_windows(const struct aw_windows *got, const struct aw_windows *want)
{
	assert_memory_equal(got, want, sizeof(*got));
}

static void same_cells(const struct aw_cells *got, const struct aw_cells *want)
{
	assert_int_equal(got->count, want->count);
	assert_int_equal(got->blocks, want->blocks);
	for (uint64_t i = 0; i < want->count; i++) {
		assert_int_equal(got->cells[i].type, want->cells[i].type);
		assert_int_equal(got->cells[i].blocker, want->cells[i].blocker);
		assert_int_equal(got->cells[i].first, want->cells[i].first);
		assert_int_equal(got->cells[i].pages, want->cells[i].pages);
		assert_int_equal(got->cells[i].free, want->cells[i].free);
		assert_int_equal(got->cells[i].movable, want->cells[i].movable);
		assert_int_equal(got->cells[i].blocked, want->cells[i].blocked);
	}
}

static void same_scan_zone(const struct aw_blockers_zone *got, const struct aw_blockers_zone *want)
{
	assert_int_equal(got->span.node, want->span.node);
	assert_string_equal(got->span.name, want->span.name);
	assert_int_equal(got->span.start, want->span.start);
	assert_int_equal(got->span.spanned, want->span.spanned);
	same_windows(&got->windows, &want->windows);
	assert_int_equal(got->makeable, want->makeable);
	assert_int_equal(got->makeable_most, want->makeable_most);
	assert_int_equal(got->simulated.moved, want->simulated.moved);
	assert_int_equal(got->simulated.ran_out, want->simulated.ran_out);
	assert_int_equal(got->unknown_blocks, want->unknown_blocks);
	same_cells(&got->cells, &want->cells);
}

static void same_area(const struct aw_cma_area *got, const struct aw_cma_area *want)
{
	assert_string_equal(got->name, want->name);
	assert_int_equal(got->start, want->start);
	assert_int_equal(got->pages, want->pages);
	assert_int_equal(got->free, want->free);
	assert_int_equal(got->movable, want->movable);
	assert_int_equal(got->taken, want->taken);
	assert_int_equal(got->stuck, want->stuck);
	assert_int_equal(got->largest, want->largest);
	assert_int_equal(got->largest_untaken, want->largest_untaken);
}

static void same_cma(const struct aw_scan *got, const struct aw_scan *want)
{
	const struct aw_blockers *a = &got->found, *b = &want->found;

	assert_int_equal(a->request.cma, b->request.cma);
	assert_int_equal(got->cma.count, want->cma.count);
	assert_int_equal(got->cma.align, want->cma.align);
	assert_string_equal(got->cma.name, want->cma.name);
	assert_int_equal(a->cma.count, b->cma.count);
	for (unsigned int i = 0; i < b->cma.count; i++)
		same_area(&a->cma.areas[i], &b->cma.areas[i]);
	assert_int_equal(a->holders.count, b->holders.count);
	for (unsigned int i = 0; i < b->holders.count; i++) {
		assert_int_equal(a->holders.list[i].type, b->holders.list[i].type);
		assert_int_equal(a->holders.list[i].class, b->holders.list[i].class);
		assert_string_equal(a->holders.list[i].name, b->holders.list[i].name);
		assert_int_equal(a->holders.list[i].cma_pages, b->holders.list[i].cma_pages);
		if (b->holders.list[i].type == AW_HOLDER_PROCESS)
			assert_int_equal(a->holders.list[i].key, b->holders.list[i].key);
	}
}

static void same_scan(const struct aw_event *got, const struct aw_event *want)
{
	const struct aw_blockers *a = &got->scan->found, *b = &want->scan->found;

	assert_int_equal(got->failure.order, want->failure.order);
	assert_int_equal(got->failure.migratetype, want->failure.migratetype);
	assert_int_equal(got->failure.class, want->failure.class);
	assert_int_equal(got->failure.bytes, want->scan->cma.count ? 40 << 20 : 65536);
	assert_int_equal(got->failure.cause, want->scan->cma.count ? AW_CAUSE_UNKNOWN : AW_CAUSE_FRAGMENTATION);
	same_cma(got->scan, want->scan);
	same_gfp(&got->failure.gfp, &want->failure.gfp);
	assert_int_equal(got->scan->failed_ns, want->scan->failed_ns);
	assert_int_equal(got->scan->time_ns, want->time_ns);
	assert_int_equal(a->source, b->source);
	assert_memory_equal(&a->cost, &b->cost, sizeof(a->cost));
	assert_int_equal(a->request.order, b->request.order);
	assert_int_equal(a->request.movable, b->request.movable);
	assert_int_equal(a->request.moves_folios, b->request.moves_folios);
	assert_int_equal(a->nr_zones, b->nr_zones);
	for (unsigned int i = 0; i < b->nr_zones; i++)
		same_scan_zone(&a->zones[i], &b->zones[i]);
	same_windows(&a->sum, &b->sum);
	assert_int_equal(a->taken.windows, b->taken.windows);
	assert_int_equal(a->taken.count, b->taken.count);
	for (unsigned int i = 0; i < b->taken.count; i++) {
		assert_string_equal(a->taken.sites[i].name, b->taken.sites[i].name);
		assert_int_equal(a->taken.sites[i].windows, b->taken.sites[i].windows);
	}
	assert_int_equal(a->makeable, 500);
	assert_int_equal(a->nr_ranked, 2);
	assert_int_equal(a->ranked[0], b->ranked[0]);
}

static void same_kind(const struct aw_event *got, const struct aw_event *want)
{
	switch (want->type) {
	case AW_EVENT_FAILURE:
	case AW_EVENT_STALL: same_failure(&got->failure, &want->failure); break;
	case AW_EVENT_EXTFRAG:
		assert_int_equal(got->extfrag.alloc_order, want->extfrag.alloc_order);
		assert_int_equal(got->extfrag.fallback_order, want->extfrag.fallback_order);
		assert_int_equal(got->extfrag.from, want->extfrag.from);
		assert_int_equal(got->extfrag.to, want->extfrag.to);
		assert_int_equal(got->extfrag.change_ownership, want->extfrag.change_ownership);
		assert_int_equal(got->extfrag.pfn, want->extfrag.pfn);
		break;
	case AW_EVENT_WARNING:
		same_gfp(&got->warning.gfp, &want->warning.gfp);
		assert_string_equal(got->warning.format, want->warning.format);
		break;
	case AW_EVENT_OOM_KILL:
		assert_int_equal(got->oom.victim_pid, want->oom.victim_pid);
		assert_string_equal(got->oom.victim_comm, want->oom.victim_comm);
		assert_int_equal(got->oom.order, want->oom.order);
		break;
	case AW_EVENT_CMA_FAILURE:
		assert_int_equal(got->cma.count, want->cma.count);
		assert_int_equal(got->cma.align, want->cma.align);
		assert_int_equal(got->cma.error, want->cma.error);
		assert_string_equal(got->cma.name, want->cma.name);
		break;
	case AW_EVENT_ALLOCATIONS:
		assert_int_equal(got->allocations.order, want->allocations.order);
		assert_int_equal(got->allocations.count, want->allocations.count);
		break;
	case AW_EVENT_SCAN: same_scan(got, want); break;
	case AW_EVENT_HELD: assert_memory_equal(&got->held, &want->held, sizeof(got->held)); break;
	case AW_EVENT_TYPES: fail(); break;
	}
}

struct comparison {
	const struct recorded *recorded;
	unsigned int next;
	bool raw;
};

static void compare(void *arg, struct aw_event *got)
{
	struct comparison *comparison = arg;
	const struct aw_event *want = &comparison->recorded->events[comparison->next++];

	assert_int_equal(got->type, want->type);
	assert_int_equal(got->time_ns, want->time_ns);
	assert_int_equal(got->cpu, want->cpu);
	same_task(&got->task, &want->task);
	same_stack(got->stack, want->stack, comparison->raw);
	assert_int_equal(!!got->site, !!want->site);
	if (got->site)
		assert_int_equal(got->site - got->stack->frames, want->site - want->stack->frames);
	same_kind(got, want);
}

static void round_trip(bool raw)
{
	struct recorded r;
	struct comparison comparison = { .recorded = &r, .raw = raw };
	struct aw_bytes file = { 0 };
	size_t ends[BUILT_EVENTS];
	struct aw_source *source;
	struct aw_error error;
	const struct aw_recorded *recorded;
	struct aw_missing missing[AW_MAX_MISSING_FEATURES];
	struct aw_loss losses[AW_MAX_LOSSES];
	int fd;

	recorded_build(&r);
	recorded_file(&r, raw, &file, ends);
	fd = memory_file(file.data, file.used);
	assert_int_equal(memory_open(fd, &source, &error), 0);
	assert_int_equal(drain(source, compare, &comparison), 0);
	assert_int_equal(comparison.next, BUILT_EVENTS);
	recorded = aw_source_recorded(source);
	assert_string_equal(recorded->source, "bpf");
	assert_string_equal(recorded->damage, "");
	assert_int_equal(recorded->start_ns, 999);
	assert_int_equal(recorded->end_ns, 2000000000);
	assert_int_equal(recorded->raw_addresses, raw);
	assert_int_equal(source->ops->missing(source, missing), 1);
	assert_string_equal(missing[0].why, "there are none");
	assert_int_equal(source->ops->losses(source, losses), 1);
	assert_string_equal(losses[0].cause, "ring_full_failures");
	assert_int_equal(losses[0].count, 3);
	source->ops->close(source);
	close(fd);
	aw_bytes_free(&file);
	built_free(&r.built);
}

static void test_round_trip(void **state)
{
	(void)state;
	round_trip(false);
}

static void test_raw_addresses(void **state)
{
	(void)state;
	round_trip(true);
}

static void test_kernel(void **state)
{
	struct recorded r;
	struct aw_bytes file = { 0 };
	size_t ends[BUILT_EVENTS];
	struct aw_source *source;
	struct aw_error error;
	const struct aw_kernel *kernel;
	int fd;

	(void)state;
	recorded_build(&r);
	recorded_file(&r, false, &file, ends);
	fd = memory_file(file.data, file.used);
	assert_int_equal(memory_open(fd, &source, &error), 0);
	kernel = source->ops->kernel(source);
	assert_string_equal(kernel->release, "6.1.0");
	assert_string_equal(kernel->arch, "aarch64");
	assert_string_equal(kernel->host, "phone");
	assert_int_equal(kernel->version, AW_VERSION(6, 1, 0));
	assert_int_equal(kernel->page_size, 4096);
	assert_int_equal(kernel->max_order, 10);
	assert_true(kernel->wall_offset_ns == 1700000000000000000);
	assert_int_equal(kernel->migratetypes.count, r.built.kernel.migratetypes.count);
	assert_memory_equal(kernel->migratetypes.of, r.built.kernel.migratetypes.of, 4 * sizeof(int));
	for (unsigned int flag = 0; flag < AW_GFP_FLAGS; flag++)
		assert_int_equal(aw_gfp_raw_bit(kernel->gfp, flag), aw_gfp_raw_bit(r.built.kernel.gfp, flag));
	assert_string_equal(aw_gfp_decode(kernel->gfp, 0x40dc0).names, "GFP_KERNEL|__GFP_COMP|__GFP_ZERO");
	source->ops->close(source);
	close(fd);
	aw_bytes_free(&file);
	built_free(&r.built);
}

/* With more tasks than a dictionary holds, it is reset, and tasks are not mixed up. */
static void test_full_dictionaries(void **state)
{
	struct recorded r;
	struct aw_recording_encoder *encoder;
	struct aw_recording_decoder *decoder = aw_recording_decoder_new(0);
	struct aw_bytes file = { 0 }, records = { 0 };
	struct aw_event event;
	uint32_t wanted = AW_RECORDING_ENTRIES + 1000, got = 0;

	(void)state;
	recorded_build(&r);
	encoder = recorded_encoder(&r, false);
	assert_int_equal(aw_recording_begin(encoder, 999, &file), 0);
	for (uint32_t i = 0; i < wanted; i++) {
		r.events[6].task.pid = i;
		assert_int_equal(aw_recording_event(encoder, &r.events[6]), 0);
		if (i % 100 == 99)
			assert_int_equal(aw_recording_flush(encoder, &file), 0);
	}
	assert_int_equal(aw_recording_flush(encoder, &file), 0);
	unpack_all(&file, &records);
	aw_recording_records(decoder, records.data, records.used);
	while (aw_recording_next(decoder, &event) == 1)
		assert_int_equal(event.task.pid, got++);
	assert_int_equal(got, wanted);
	assert_int_equal(aw_recording_told(decoder)->bad, 0);
	aw_recording_decoder_free(decoder);
	aw_recording_encoder_free(encoder);
	aw_bytes_free(&records);
	aw_bytes_free(&file);
	built_free(&r.built);
}

static void test_anchors(void **state)
{
	struct aw_anchors *anchors = aw_anchors_new();
	struct aw_frame frame;

	(void)state;
	aw_anchors_set_text(anchors, 0xffff800008010000, 0xffff800009000000);
	aw_anchors_add_modules(anchors, "snd 4096 0 - Live 0xffff80007c8a1000 (O)\n"
					"hidden 4096 0 - Live 0x0000000000000000\n"
					"hog 8192 2 a,b, Live 0xffff80007c8b0000\n");
	frame = aw_anchors_frame(anchors, 0xffff80007c8b1010);
	assert_string_equal(frame.module, "hog");
	assert_string_equal(frame.name, "[module]");
	assert_int_equal(frame.offset, 0x1010);
	frame = aw_anchors_frame(anchors, 0xffff800008010024);
	assert_string_equal(frame.name, "_text");
	assert_int_equal(frame.offset, 0x24);
	assert_int_equal(frame.addr, 0);
	frame = aw_anchors_frame(anchors, 0xffff900012345678);
	assert_string_equal(frame.name, "[hidden]");
	assert_int_equal(frame.offset, 0x145678);
	frame = aw_anchors_frame(NULL, 0xffff900012345678);
	assert_string_equal(frame.name, "[hidden]");
	aw_anchors_free(anchors);
}

/* It is opened at once, and read when it is needed, perhaps without the privileges of the start. */
static void test_anchors_of_kallsyms(void **state)
{
	static const char kallsyms[] = "0000000000000000 A fixed\nffff800008010000 T _text\nffff800008010000 t _text_of\n"
				       "ffff800008020000 t _etext\t[module]\nffff800009000000 T _etext\n";
	struct aw_anchors *anchors = aw_anchors_new();
	char path[TEMP_PATH];

	(void)state;
	temp_make(path, kallsyms, sizeof(kallsyms) - 1);
	aw_anchors_open(anchors, path);
	unlink(path);
	assert_string_equal(aw_anchors_frame(anchors, 0xffff800009000000).name, "[hidden]");
	assert_string_equal(aw_anchors_frame(anchors, 0xffff800008ffffff).name, "_text");
	assert_int_equal(aw_anchors_frame(anchors, 0xffff800008ffffff).offset, 0xfeffff);
	aw_anchors_free(anchors);

	anchors = aw_anchors_new();
	aw_anchors_open(anchors, "/nonexistent");
	assert_string_equal(aw_anchors_frame(anchors, 0xffff800008ffffff).name, "[hidden]");
	aw_anchors_free(anchors);
}

static void test_header(void **state)
{
	struct aw_bytes file = { 0 };
	struct aw_recording_head head;

	(void)state;
	aw_recording_put_header(&file, AW_RECORDING_RAW_ADDRESSES);
	assert_int_equal(file.used, AW_RECORDING_HEADER);
	assert_int_equal(aw_recording_get_header(file.data, &head), 0);
	assert_int_equal(head.flags, AW_RECORDING_RAW_ADDRESSES);
	assert_int_equal(head.version, AW_RECORDING_VERSION);
	file.data[0] ^= 1;
	assert_int_equal(aw_recording_get_header(file.data, &head), -EBADMSG);
	file.data[0] ^= 0xfe;
	file.data[1] ^= 0xff;
	assert_int_equal(aw_recording_get_header(file.data, &head), -ENODATA);
	file.data[0] ^= 0xff;
	file.data[1] ^= 0xff;
	file.data[16] ^= 1;
	assert_int_equal(aw_recording_get_header(file.data, &head), -EBADMSG);
	file.used = 0;
	aw_recording_put_header(&file, 0x2);
	assert_int_equal(aw_recording_get_header(file.data, &head), -ENOTSUP);
	assert_int_equal(head.flags, 0x2);
	aw_bytes_free(&file);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_round_trip),
		cmocka_unit_test(test_raw_addresses),
		cmocka_unit_test(test_kernel),
		cmocka_unit_test(test_full_dictionaries),
		cmocka_unit_test(test_anchors),
		cmocka_unit_test(test_anchors_of_kallsyms),
		cmocka_unit_test(test_header),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
