// SPDX-License-Identifier: GPL-2.0
/*
 * The tracefs source: trace events with a filter for failures.  It needs neither
 * BPF nor a module, and works on every kernel from 3.18 on with trace events.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/array.h"
#include "base/clock.h"
#include "source/decoding.h"
#include "source/late_zones.h"
#include "source/source.h"
#include "source/tracefs/boot.h"
#include "source/tracefs/buffer.h"
#include "source/tracefs/control_file.h"
#include "source/tracefs/correlate.h"
#include "source/tracefs/setup.h"
#include "source/tracefs/task.h"
#include "system/lockdown.h"
#include "system/tracefs.h"

/* A stack follows its event at once; after this time it was lost. */
#define STACK_WAIT_NS 100000000ull

/* Records handled by one poll at most, so that a storm cannot keep it from returning. */
#define BATCH 4096

struct tracefs_source {
	struct aw_source source;
	struct aw_decoding decoding;
	struct aw_trace_formats formats;
	struct aw_trace_setup setup;
	struct aw_trace_buffer *buffer;
	struct aw_trace_correlator *correlator;
	struct aw_late_zones late;
	bool pids_are_ours;
	bool stopped;
	bool boot;		/* reads what was traced before user space, and ends */
	bool boot_read;		/* all of it */
	uint64_t stackless;
	aw_event_fn deliver;	/* during poll only */
	void *deliver_arg;
	int delivered;
};

static struct tracefs_source *of(struct aw_source *source)
{
	return (struct tracefs_source *)source;
}

/* ---- from records to events ---- */

static struct aw_wire_task *task_of(struct aw_wire_head *head)
{
	return head->type == AW_WIRE_FAILURE ? &((struct aw_wire_failure *)head)->task
					     : &((struct aw_wire_extfrag *)head)->task;
}

static void on_record(void *arg, struct aw_wire_head *head)
{
	struct tracefs_source *source = arg;
	struct aw_event event;

	if (source->boot)
		aw_trace_task_fill_past(source->setup.root, task_of(head));
	else
		aw_trace_task_fill(source->setup.root, source->pids_are_ours, task_of(head));
	if (head->type == AW_WIRE_FAILURE && !((struct aw_wire_failure *)head)->stack.nr_frames)
		source->stackless++;
	if (aw_decoding_next(&source->decoding, head, head->size, &event) != 1)
		return;
	if (event.type == AW_EVENT_FAILURE && source->boot)
		event.failure.before_start = true;
	else if (event.type == AW_EVENT_FAILURE)
		aw_late_zones_add(&source->late, &event.failure, event.time_ns);
	source->deliver(source->deliver_arg, &event);
	source->delivered++;
}

static void one_round(struct tracefs_source *source)
{
	struct aw_trace_record record;
	uint64_t now = aw_now_ns();

	aw_trace_buffer_round(source->buffer, source->stopped ? UINT64_MAX : now);
	for (int i = 0; (i < BATCH || source->stopped) && aw_trace_buffer_next(source->buffer, &record); i++)
		if (record.type != AW_TRACE_ALLOC || aw_trace_no_page(&source->formats, &record))
			aw_trace_correlate_add(source->correlator, &record);
	aw_trace_correlate_flush(source->correlator, source->stopped ? UINT64_MAX : now - STACK_WAIT_NS);
}

/*
 * In a storm, failures wait in the trace buffer until another zone snapshot may be
 * taken, so that each has one that was taken after it.
 */
static int pause_for_zones(const struct tracefs_source *source, int timeout_ms)
{
	uint64_t wait = aw_late_zones_wait(&source->late, aw_now_ns());
	struct timespec time = { .tv_nsec = (long)(wait % 1000000000) };

	if (timeout_ms <= 0 || !wait)
		return timeout_ms;
	nanosleep(&time, NULL);
	return timeout_ms - (int)(wait / 1000000) > 0 ? timeout_ms - (int)(wait / 1000000) : 1;
}

/* A buffer that is not traced into any more ends when it is empty; another gives what it has now. */
static int boot_poll(struct tracefs_source *source)
{
	one_round(source);
	if (source->delivered)
		return source->delivered;
	source->boot_read = source->stopped;
	return source->stopped ? -ENODATA : 0;
}

static int tracefs_poll(struct aw_source *base, int timeout_ms, aw_event_fn deliver, void *arg)
{
	struct tracefs_source *source = of(base);

	source->deliver = deliver;
	source->deliver_arg = arg;
	source->delivered = 0;
	if (source->boot)
		return boot_poll(source);
	timeout_ms = pause_for_zones(source, timeout_ms);
	one_round(source);
	if (!source->delivered && timeout_ms > 0) {
		aw_trace_buffer_wait(source->buffer, timeout_ms);
		one_round(source);
	}
	return source->delivered;
}

/* ---- opening ---- */

/* The events of a part, the one that it needs first.  Kernels lack some of the others. */
#define EVENTS(first, last) (((2u << AW_TRACE_##last) - 1) & ~((1u << AW_TRACE_##first) - 1))

static const struct {
	enum aw_trace_type first;
	uint32_t events, part;
	const char *what, *cost;
} optional[] = {
	{ AW_TRACE_EXTFRAG, EVENTS(EXTFRAG, EXTFRAG), 0, "mm_page_alloc_extfrag", "steals are not seen" },
	{ AW_TRACE_RECLAIM_BEGIN, EVENTS(RECLAIM_BEGIN, RECLAIM_END), AW_EFFORT_RECLAIM,
	  "direct reclaim events", "what reclaim did is not known" },
	{ AW_TRACE_COMPACT_TRY, EVENTS(COMPACT_TRY, COMPACT_END), AW_EFFORT_COMPACTION,
	  "compaction events", "what compaction did is not known" },
	{ AW_TRACE_RECLAIM_RETRY, EVENTS(RECLAIM_RETRY, COMPACT_RETRY), AW_EFFORT_RETRY,
	  "reclaim_retry_zone", "why the kernel retried is not known" },
};

/* A part is known only if none of its events failed: without it, the others would be misleading. */
static bool is_watched(const struct aw_trace_setup *setup, unsigned int i)
{
	return setup->enabled >> optional[i].first & 1 && !(setup->failed & optional[i].events);
}

static uint32_t watched(const struct aw_trace_setup *setup)
{
	uint32_t parts = 0;

	for (unsigned int i = 0; i < ARRAY_SIZE(optional); i++)
		parts |= is_watched(setup, i) ? optional[i].part : 0;
	return parts;
}

static int number_of(const struct aw_compact_numbers *numbers, enum aw_compact_result result)
{
	for (int i = 0; i < AW_COMPACT_NUMBERS; i++)
		if (numbers->of[i] == result)
			return i;
	return -1;
}

static struct aw_trace_correlator_config config_of(const struct tracefs_source *source)
{
	const struct aw_kernel *kernel = &source->decoding.kernel;

	return (struct aw_trace_correlator_config){
		.rules = {
			.watched = watched(&source->setup),
			.direct_reclaim = aw_decoding_direct_reclaim(&source->decoding),
			.noretry = aw_gfp_raw_bit(kernel->gfp, AW_GFP_NORETRY),
			.promotes = kernel->vm.defrag_mode > 0,
			.continues = number_of(&kernel->compact_numbers, AW_COMPACT_CONTINUE),
			.deferred = number_of(&kernel->compact_numbers, AW_COMPACT_DEFERRED),
		},
		.softirq_is_disabled = kernel->version < AW_VERSION(4, 10, 0),
		.pages_are_pointers = source->formats.events[AW_TRACE_EXTFRAG].other[AW_EXTFRAG_PAGE],
		.knows_ownership = source->formats.events[AW_TRACE_EXTFRAG].fields[AW_EXTFRAG_OWNERSHIP].size,
	};
}

static int start(struct tracefs_source *source, const struct aw_capture *capture, struct aw_error *error)
{
	struct aw_trace_correlator_config config;
	char filter[96];
	int err = 0;

	if (source->boot) {
		aw_boot_open(&source->formats, &source->setup);
		source->stopped = source->setup.top;
	} else {
		aw_trace_filter(&source->formats, capture->order_min, capture->order_max, filter, sizeof(filter));
		err = aw_trace_setup_open(&source->formats, filter, &source->setup, error);
	}
	if (err)
		return err;
	config = config_of(source);
	source->correlator = aw_trace_correlate_new(&config, on_record, source);
	source->buffer = aw_trace_buffer_new(&source->formats, source->setup.root);
	if (!source->correlator || !source->buffer)
		return aw_error_set(error, -ENOMEM, "out of memory");
	err = aw_trace_buffer_add(source->buffer, source->setup.failures, true);
	if (!err && source->setup.effort[0] && !source->setup.top)
		err = aw_trace_buffer_add(source->buffer, source->setup.effort, false);
	return err ? aw_error_set(error, -ENODEV, "tracefs: can't read %s/per_cpu: %s", source->setup.failures,
				  strerror(-err)) : 0;
}

static int prepare(struct tracefs_source *source, const struct aw_capture *capture, struct aw_error *error)
{
	int err;

	source->setup.root = aw_tracefs_dir();
	if (!source->setup.root && aw_lockdown_is_confidential())
		return aw_error_set(error, -ENODEV, "kernel lockdown keeps tracefs empty: boot without lockdown=confidentiality");
	if (!source->setup.root)
		return aw_error_set(error, -ENODEV, "tracefs can't be reached: %s", geteuid() ?
				    "run as root, with sudo" : aw_tracefs_mount());
	if (access(source->setup.root, R_OK | W_OK))
		return aw_error_set(error, -ENODEV, "tracefs at %s is closed to this user: run as root, with sudo",
				    source->setup.root);
	err = source->boot ? aw_boot_find(source->setup.root, &source->setup, error) : 0;
	if (!err)
		err = aw_trace_formats_read(&source->formats, error);
	if (!err)
		err = aw_decoding_open(&source->decoding, capture, capture->btf_of_kernel, error);
	if (err)
		return err;
	return start(source, capture, error);
}

static void tracefs_close(struct aw_source *base)
{
	struct tracefs_source *source = of(base);

	aw_trace_buffer_free(source->buffer);
	if (source->boot_read)
		aw_boot_remove(&source->setup);
	else if (source->setup.root && !source->boot)
		aw_trace_setup_close(&source->setup);
	aw_trace_correlate_free(source->correlator);
	aw_decoding_close(&source->decoding);
	free(source);
}

static int tracefs_open(const struct aw_capture *capture, struct aw_source **out, struct aw_error *error)
{
	struct tracefs_source *source = calloc(1, sizeof(*source));
	int err;

	if (!source)
		return aw_error_set(error, -ENOMEM, "out of memory");
	source->source.ops = &aw_source_tracefs;
	source->setup.marker = -1;
	source->pids_are_ours = aw_trace_pids_are_ours();
	source->boot = capture->argument && !strcmp(capture->argument, "boot");
	if (capture->argument && !source->boot)
		err = aw_error_set(error, -EINVAL, "tracefs:%s: tracefs takes nothing, or tracefs:boot for what was traced "
				   "before user space", capture->argument);
	else
		err = prepare(source, capture, error);
	if (err)
		tracefs_close(&source->source);
	else
		*out = &source->source;
	return err;
}

/* ---- what is missing and what was lost ---- */

static const struct aw_kernel *tracefs_kernel(const struct aw_source *base)
{
	return &((const struct tracefs_source *)base)->decoding.kernel;
}

static struct aw_missing missing_part(const struct aw_trace_setup *setup, unsigned int i)
{
	struct aw_missing missing = {
		optional[i].what, "this kernel does not have the event", optional[i].cost };

	if (setup->failed & optional[i].events)
		snprintf(missing.why, sizeof(missing.why), "the kernel would not trace it: %s", strerror(-setup->why));
	return missing;
}

static unsigned int tracefs_missing(const struct aw_source *base, struct aw_missing *out)
{
	const struct tracefs_source *source = (const struct tracefs_source *)base;
	unsigned int count = 0;

	out[count++] = (struct aw_missing){
		"zones at the failure", "trace records have none", "zones are read from /proc a little later" };
	out[count++] = (struct aw_missing){
		"warn_alloc", "it has no trace event", "whether a failure was printed is not known" };
	out[count++] = (struct aw_missing){
		"stalls, OOM kills", "the filter passes only failures",
		"neither is seen, and the filter costs each success some 350 instructions" };
	out[count++] = (struct aw_missing){
		"cma_alloc", "its event is not watched", "failures of CMA areas are not seen" };
	for (unsigned int i = 0; i < ARRAY_SIZE(optional); i++)
		if (!is_watched(&source->setup, i))
			out[count++] = missing_part(&source->setup, i);
	if (source->decoding.addresses_hidden)
		out[count++] = aw_decoding_missing_names();
	count += aw_decoding_missing_charges(&source->decoding, &out[count]);
	if (!source->pids_are_ours)
		out[count++] = (struct aw_missing){
			"process ids", "this is a pid namespace, and trace records have the numbers of the initial one",
			"pid is the number of the thread there" };
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
	const struct aw_trace_setup *setup = &source->setup;
	uint64_t failures = overrun(setup->failures), missed = aw_trace_buffer_missed(source->buffer);
	uint64_t effort = setup->top || !setup->effort[0] ? 0 : overrun(setup->effort);
	unsigned int count = 0;

	/* The counters may not show that a buffer was overrun (3.18 clears them), but the pages do. */
	if (failures + effort < missed)
		failures = missed - effort;
	out[count++] = (struct aw_loss)AW_LOSS(ring_full_failures, "records of failures and steals: the trace buffer was full",
					       failures);
	out[count++] = (struct aw_loss)AW_LOSS(ring_full_other, "records of reclaim and compaction: the trace buffer was full",
					       effort);
	out[count++] = (struct aw_loss)AW_LOSS(inflight_full, "requests not followed: too many at once",
					       aw_trace_correlate_full(source->correlator));
	out[count++] = (struct aw_loss)AW_LOSS(stackless, "failures whose stack did not come", source->stackless);
	out[count++] = (struct aw_loss)AW_LOSS(damaged_records, "records that could not be read",
					       aw_trace_buffer_damaged(source->buffer));
	return count;
}

static void tracefs_stop(struct aw_source *base)
{
	if (of(base)->boot)
		aw_boot_stop(&of(base)->setup);
	else
		aw_trace_setup_stop(&of(base)->setup);
	of(base)->stopped = true;
}

static void tracefs_prepare(struct aw_source *base)
{
	aw_symbols_need(of(base)->decoding.symbols);
}

const struct aw_source_ops aw_source_tracefs = {
	.name = "tracefs",
	.summary = "trace events with a filter for failures; no BPF, no module (3.18 on); tracefs:boot reads what was "
		   "traced before user space",
	.takes_argument = true,
	.argument = "boot",
	.open = tracefs_open,
	.prepare = tracefs_prepare,
	.poll = tracefs_poll,
	.kernel = tracefs_kernel,
	.missing = tracefs_missing,
	.losses = tracefs_losses,
	.stop = tracefs_stop,
	.close = tracefs_close,
};
