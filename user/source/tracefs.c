// SPDX-License-Identifier: GPL-2.0
/*
 * The tracefs source: trace events with a filter on failures.  No BPF, no
 * module: it works on every kernel from 3.18 on that has trace events.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "event/decode.h"
#include "event/stacks.h"
#include "kernel/lockdown.h"
#include "kernel/tracefs.h"
#include "source/late_zones.h"
#include "source/source.h"
#include "source/tracefs_join.h"
#include "source/tracefs_place.h"
#include "source/tracefs_put.h"
#include "source/tracefs_ring.h"
#include "source/tracefs_task.h"

/* A stack follows its event at once; one that did not come by then was lost. */
#define STACK_WAIT_NS 100000000ull

/* Records handled by one poll at most, so that a storm cannot keep it from returning. */
#define BATCH 4096

struct tracefs_source {
	struct aw_source source;
	struct aw_kernel kernel;
	struct aw_symbols *symbols;
	struct aw_stacks *stacks;
	struct aw_decoder *decoder;
	struct aw_trace_formats formats;
	struct aw_trace_place place;
	struct aw_trace_ring *ring;
	struct aw_trace_join *join;
	struct aw_late_zones late;
	bool names_hidden;	/* kallsyms shows no addresses */
	bool pids_are_ours;
	bool stopped;
	uint64_t stackless;
	aw_event_fn deliver;	/* during poll only */
	void *deliver_arg;
	int delivered;
};

static struct tracefs_source *of(struct aw_source *source)
{
	return (struct tracefs_source *)source;
}

static uint64_t now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

/* ---- from joined records to events ---- */

static struct aw_wire_task *task_of(struct aw_wire_head *head)
{
	return head->type == AW_WIRE_FAILURE ? &((struct aw_wire_failure *)head)->task
					     : &((struct aw_wire_extfrag *)head)->task;
}

static void on_record(void *arg, struct aw_wire_head *head)
{
	struct tracefs_source *source = arg;
	struct aw_event event;

	aw_trace_task_fill(source->place.root, source->pids_are_ours, task_of(head));
	if (head->type == AW_WIRE_FAILURE && !((struct aw_wire_failure *)head)->nr_frames)
		source->stackless++;
	if (aw_decode(source->decoder, head, head->size, &event) != 1)
		return;
	if (event.type == AW_EVENT_FAILURE)
		aw_late_zones_add(&source->late, &event.failure, event.time_ns);
	source->deliver(source->deliver_arg, &event);
	source->delivered++;
}

static void one_round(struct tracefs_source *source)
{
	struct aw_trace_record record;
	uint64_t now = now_ns();

	aw_trace_ring_round(source->ring, source->stopped ? UINT64_MAX : now);
	for (int i = 0; (i < BATCH || source->stopped) && aw_trace_ring_next(source->ring, &record); i++)
		if (record.kind != AW_TRACE_ALLOC || aw_trace_no_page(&source->formats, &record))
			aw_trace_join_add(source->join, &record);
	aw_trace_join_flush(source->join, source->stopped ? UINT64_MAX : now - STACK_WAIT_NS);
}

/*
 * In a storm failures wait in the kernel's buffer until another picture of the
 * zones may be taken, so that each has one that is younger than itself.
 */
static int pause_for_zones(const struct tracefs_source *source, int timeout_ms)
{
	uint64_t wait = aw_late_zones_wait(&source->late, now_ns());
	struct timespec time = { .tv_nsec = (long)(wait % 1000000000) };

	if (timeout_ms <= 0 || !wait)
		return timeout_ms;
	nanosleep(&time, NULL);
	return timeout_ms - (int)(wait / 1000000) > 0 ? timeout_ms - (int)(wait / 1000000) : 1;
}

static int tracefs_poll(struct aw_source *base, int timeout_ms, aw_event_fn deliver, void *arg)
{
	struct tracefs_source *source = of(base);

	source->deliver = deliver;
	source->deliver_arg = arg;
	source->delivered = 0;
	timeout_ms = pause_for_zones(source, timeout_ms);
	one_round(source);
	if (!source->delivered && timeout_ms > 0) {
		aw_trace_ring_wait(source->ring, timeout_ms);
		one_round(source);
	}
	return source->delivered;
}

/* ---- opening ---- */

static int read_formats(struct tracefs_source *source, struct aw_error *error)
{
	for (unsigned int kind = 0; kind < AW_TRACE_KINDS; kind++) {
		const struct aw_trace_event *event = &aw_trace_events[kind];
		char *text = NULL;
		size_t len;
		int err = aw_tracefs_format(event->group, event->name, &text, &len);

		if (!err)
			err = aw_trace_formats_add(&source->formats, kind, text, len);
		free(text);
		if (err && event->required)
			return aw_error_set(error, -ENODEV, "tracefs: the event %s:%s can't be used: %s", event->group,
					    event->name, strerror(-err));
	}
	return 0;
}

static uint32_t watched(const struct aw_trace_place *place)
{
	uint32_t enabled = place->enabled;

	return (enabled >> AW_TRACE_RECLAIM_BEGIN & 1 ? AW_EFFORT_RECLAIM : 0) |
	       (enabled >> AW_TRACE_COMPACT_TRY & 1 ? AW_EFFORT_COMPACTION : 0) |
	       (enabled >> AW_TRACE_RECLAIM_RETRY & 1 ? AW_EFFORT_RETRY : 0);
}

static int number_of(const struct aw_compact_numbers *numbers, enum aw_compact_result result)
{
	for (int i = 0; i < AW_COMPACT_NUMBERS; i++)
		if (numbers->of[i] == result)
			return i;
	return -1;
}

static struct aw_trace_join_config config_of(const struct tracefs_source *source)
{
	const struct aw_kernel *kernel = &source->kernel;

	return (struct aw_trace_join_config){
		.rules = {
			.watched = watched(&source->place),
			.direct_reclaim = aw_gfp_raw_bit(kernel->gfp, AW_GFP_WAIT) |
					  aw_gfp_raw_bit(kernel->gfp, AW_GFP_DIRECT_RECLAIM),
			.noretry = aw_gfp_raw_bit(kernel->gfp, AW_GFP_NORETRY),
			.continues = number_of(&kernel->compact_numbers, AW_COMPACT_CONTINUE),
			.deferred = number_of(&kernel->compact_numbers, AW_COMPACT_DEFERRED),
		},
		.softirq_is_disabled = kernel->version < AW_VERSION(4, 10, 0),
		.pages_are_pointers = source->formats.events[AW_TRACE_EXTFRAG].other[AW_EXTFRAG_PAGE],
		.knows_ownership = source->formats.events[AW_TRACE_EXTFRAG].fields[AW_EXTFRAG_OWNERSHIP].size,
	};
}

static int prepare_names(struct tracefs_source *source, const struct aw_capture *capture, struct aw_error *error)
{
	const char *path = capture->kallsyms ? capture->kallsyms : "/proc/kallsyms";
	int err = aw_symbols_probe(path);

	if (err && capture->kallsyms)
		return aw_error_set(error, err, "--kallsyms %s: %s", path, err == -EPERM ?
				    "all addresses are zero: save it while kernel.kptr_restrict is 0" : strerror(-err));
	source->names_hidden = err != 0;
	source->symbols = aw_symbols_new(path);
	source->stacks = source->symbols ? aw_stacks_new(source->symbols) : NULL;
	source->decoder = source->stacks ? aw_decoder_new(&source->kernel, source->stacks) : NULL;
	if (!source->decoder)
		return aw_error_set(error, -ENOMEM, "out of memory");
	aw_symbols_load(source->symbols);
	return 0;
}

static int start(struct tracefs_source *source, const struct aw_capture *capture, struct aw_error *error)
{
	struct aw_trace_join_config config;
	char filter[96];
	int err;

	aw_trace_filter(&source->formats, capture->order_min, capture->order_max, filter, sizeof(filter));
	err = aw_trace_place_open(&source->formats, filter, &source->place, error);
	if (err)
		return err;
	config = config_of(source);
	source->join = aw_trace_join_new(&config, on_record, source);
	source->ring = aw_trace_ring_new(&source->formats, source->place.root);
	if (!source->join || !source->ring)
		return aw_error_set(error, -ENOMEM, "out of memory");
	err = aw_trace_ring_add(source->ring, source->place.failures, true);
	if (!err && !source->place.top)
		err = aw_trace_ring_add(source->ring, source->place.effort, false);
	return err ? aw_error_set(error, -ENODEV, "tracefs: can't read %s/per_cpu: %s", source->place.failures,
				  strerror(-err)) : 0;
}

static int prepare(struct tracefs_source *source, const struct aw_capture *capture, struct aw_error *error)
{
	int err;

	source->place.root = aw_tracefs_dir();
	if (!source->place.root && aw_lockdown_is_confidential())
		return aw_error_set(error, -ENODEV, "the kernel keeps tracefs empty: boot without lockdown=confidentiality");
	if (!source->place.root)
		return aw_error_set(error, -ENODEV, "tracefs can't be reached: %s", geteuid() ?
				    "run as root (sudo allocwatch live)" : aw_tracefs_mount());
	if (access(source->place.root, R_OK | W_OK))
		return aw_error_set(error, -ENODEV, "tracefs at %s is closed to this user: run as root (sudo allocwatch live)",
				    source->place.root);
	err = read_formats(source, error);
	if (!err && (err = aw_kernel_running(&source->kernel)))
		err = aw_error_set(error, err, "no table of gfp flags for kernel %s", source->kernel.release);
	if (!err)
		err = prepare_names(source, capture, error);
	return err ? err : start(source, capture, error);
}

static void tracefs_close(struct aw_source *base)
{
	struct tracefs_source *source = of(base);

	aw_trace_ring_free(source->ring);
	if (source->place.root)
		aw_trace_place_close(&source->place);
	aw_trace_join_free(source->join);
	aw_decoder_free(source->decoder);
	aw_stacks_free(source->stacks);
	aw_symbols_free(source->symbols);
	aw_kernel_clear(&source->kernel);
	free(source);
}

static int tracefs_open(const struct aw_capture *capture, struct aw_source **out, struct aw_error *error)
{
	struct tracefs_source *source = calloc(1, sizeof(*source));
	int err;

	if (!source)
		return aw_error_set(error, -ENOMEM, "out of memory");
	source->source.ops = &aw_source_tracefs;
	source->place.marker = -1;
	source->pids_are_ours = aw_trace_pids_are_ours();
	err = prepare(source, capture, error);
	if (err)
		tracefs_close(&source->source);
	else
		*out = &source->source;
	return err;
}

/* ---- telling ---- */

static const struct aw_kernel *tracefs_kernel(const struct aw_source *base)
{
	return &((const struct tracefs_source *)base)->kernel;
}

static const struct {
	enum aw_trace_kind kind;
	const char *what, *cost;
} optional[] = {
	{ AW_TRACE_EXTFRAG, "mm_page_alloc_extfrag", "who breaks up memory is not seen" },
	{ AW_TRACE_RECLAIM_BEGIN, "direct reclaim events", "what reclaim tried is not known" },
	{ AW_TRACE_COMPACT_TRY, "compaction events", "what compaction tried is not known" },
	{ AW_TRACE_RECLAIM_RETRY, "reclaim_retry_zone", "why the kernel retried is not known" },
};

static unsigned int tracefs_missing(const struct aw_source *base, struct aw_missing *out)
{
	const struct tracefs_source *source = (const struct tracefs_source *)base;
	unsigned int count = 0;

	out[count++] = (struct aw_missing){
		"zones at the instant", "trace records carry none", "zones are read from /proc a little later" };
	out[count++] = (struct aw_missing){
		"warn_alloc", "trace events do not tell of it", "whether the kernel log got a failure is not known" };
	out[count++] = (struct aw_missing){
		"slow successes, OOM kills", "the filter lets only failures through",
		"requests that got memory late and OOM kills are not seen; each success pays for the filter, some 350 instructions" };
	for (unsigned int i = 0; i < sizeof(optional) / sizeof(optional[0]); i++)
		if (!(source->place.enabled >> optional[i].kind & 1))
			out[count++] = (struct aw_missing){
				optional[i].what, "this kernel does not have or allow the event", optional[i].cost };
	if (source->names_hidden)
		out[count++] = (struct aw_missing){
			"kernel symbols", "kallsyms shows no addresses (kernel.kptr_restrict)",
			"stacks are addresses and the site is not known; give --kallsyms FILE" };
	if (!source->pids_are_ours)
		out[count++] = (struct aw_missing){
			"process ids", "this is a pid namespace, and trace records have the initial one's numbers",
			"pid is the thread's number outside" };
	return count;
}

static uint64_t overrun(const char *dir)
{
	return aw_trace_stats(dir, "overrun") + aw_trace_stats(dir, "commit overrun") +
	       aw_trace_stats(dir, "dropped events");
}

static unsigned int tracefs_losses(struct aw_source *base, struct aw_loss *out)
{
	struct tracefs_source *source = of(base);
	const struct aw_trace_place *place = &source->place;
	uint64_t failures = overrun(place->failures), missed = aw_trace_ring_missed(source->ring);
	uint64_t effort = place->top ? 0 : overrun(place->effort);
	unsigned int count = 0;

	/* A buffer that was overrun may not say so in its counters (3.18 clears them): the pages do. */
	if (failures + effort < missed)
		failures = missed - effort;
	out[count++] = (struct aw_loss){ "ring_full_failures", "records of failures and steals: the trace buffer was full", failures };
	out[count++] = (struct aw_loss){ "ring_full_other", "records of reclaim and compaction: the trace buffer was full", effort };
	out[count++] = (struct aw_loss){ "inflight_full", "requests not followed: too many at once", aw_trace_join_full(source->join) };
	out[count++] = (struct aw_loss){ "stackless", "failures whose stack did not come", source->stackless };
	out[count++] = (struct aw_loss){ "damaged_records", "records that could not be read", aw_trace_ring_damaged(source->ring) };
	return count;
}

static void tracefs_stop(struct aw_source *base)
{
	aw_trace_place_stop(&of(base)->place);
	of(base)->stopped = true;
}

const struct aw_source_ops aw_source_tracefs = {
	.name = "tracefs",
	.summary = "trace events with a filter on failures; no BPF, no module (3.18 on)",
	.open = tracefs_open,
	.poll = tracefs_poll,
	.kernel = tracefs_kernel,
	.missing = tracefs_missing,
	.losses = tracefs_losses,
	.stop = tracefs_stop,
	.close = tracefs_close,
};
