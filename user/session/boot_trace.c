// SPDX-License-Identifier: GPL-2.0
/*
 * Failures that the kernel traced before user space, matched with what its log
 * tells of them.
 */
#include "session/boot_trace.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/intern.h"
#include "source/source.h"
#include "summary/sample.h"

/*
 * mm_page_alloc fires when the report is printed, which takes up to seconds on a
 * slow console.  The clock of the log starts earlier in the boot than
 * CLOCK_MONOTONIC: 0.3 s on an emulated arm64 6.12, 5.7 s where the host had no time
 * for it.  So early only a record is a report's that is known to be printed.
 */
#define BEFORE_NS UINT64_C(1000000000)
#define PRINTED_BEFORE_NS UINT64_C(10000000000)
#define AFTER_NS UINT64_C(10000000000)

struct entry {
	struct aw_sample sample;
	uint64_t time_ns;
	uint32_t order, tid;
	bool nowarn;
	bool from_log;
	bool printed;		/* a record whose source saw it printed */
	bool matched;		/* a report that is part of a record, or a record that has one */
	struct entry *report;	/* of a record */
};

struct aw_past {
	struct aw_intern *texts;
	struct aw_samples_kept *kept;
	struct entry **entries;		/* each stays where it is: a sample may not move */
	size_t count, room;
	uint64_t left_out;
};

bool aw_watches_here(const char *source)
{
	const struct aw_source_ops *ops = aw_source_find(source);

	return !strcmp(source, "auto") || (ops && !ops->needs_argument && !strchr(source, ':'));
}

struct aw_past *aw_past_new(void)
{
	struct aw_past *past = calloc(1, sizeof(*past));

	if (!past)
		return NULL;
	past->texts = aw_intern_new();
	past->kept = past->texts ? aw_samples_kept_new(past->texts) : NULL;
	if (past->kept)
		return past;
	aw_past_free(past);
	return NULL;
}

void aw_past_free(struct aw_past *past)
{
	if (!past)
		return;
	for (size_t i = 0; i < past->count; i++) {
		aw_sample_clear(&past->entries[i]->sample);
		free(past->entries[i]);
	}
	free(past->entries);
	aw_samples_kept_free(past->kept);
	aw_intern_free(past->texts);
	free(past);
}

static bool has_room(struct aw_past *past)
{
	size_t room = past->room ? 2 * past->room : 64;
	struct entry **grown;

	if (past->count < past->room)
		return true;
	if (past->count == AW_BOOT_FAILURES)
		return false;
	grown = realloc(past->entries, room * sizeof(*grown));
	if (!grown)
		return false;
	past->entries = grown;
	past->room = room;
	return true;
}

static struct entry *new_entry(struct aw_past *past)
{
	struct entry *entry = has_room(past) ? calloc(1, sizeof(*entry)) : NULL;

	if (entry)
		past->entries[past->count++] = entry;
	else
		past->left_out++;
	return entry;
}

void aw_past_add(struct aw_past *past, const struct aw_event *event, bool from_log)
{
	struct entry *entry = new_entry(past);

	if (!entry)
		return;
	*entry = (struct entry){
		.time_ns = event->time_ns, .order = event->failure.order, .tid = event->task.tid,
		.nowarn = aw_gfp_has(&event->failure.gfp, AW_GFP_NOWARN), .from_log = from_log,
		.printed = !from_log && event->failure.log == AW_LOG_PRINTED,
	};
	aw_sample_set(past->kept, &entry->sample, event);
}

static int by_time(const void *left, const void *right)
{
	uint64_t one = (*(struct entry *const *)left)->time_ns, other = (*(struct entry *const *)right)->time_ns;

	return (one > other) - (one < other);
}

/* The masks may differ: the record's has __GFP_HARDWALL where cpusets are in use. */
static bool fits(const struct entry *report, const struct entry *record, uint64_t before_ns)
{
	return !record->from_log && !record->matched && !record->nowarn && record->order == report->order &&
	       (!report->tid || record->tid == report->tid) && record->time_ns + before_ns >= report->time_ns &&
	       record->time_ns <= report->time_ns + AFTER_NS;
}

static void match_report(struct aw_past *past, struct entry *report, bool printed)
{
	for (size_t i = 0; i < past->count; i++) {
		struct entry *record = past->entries[i];

		if ((!printed || record->printed) && fits(report, record, printed ? PRINTED_BEFORE_NS : BEFORE_NS)) {
			record->report = report;
			record->matched = report->matched = true;
			return;
		}
	}
}

void aw_past_match(struct aw_past *past)
{
	if (past->count)
		qsort(past->entries, past->count, sizeof(past->entries[0]), by_time);
	for (size_t i = 0; i < past->count; i++)
		if (past->entries[i]->from_log)
			match_report(past, past->entries[i], false);
	for (size_t i = 0; i < past->count; i++)
		if (past->entries[i]->from_log && !past->entries[i]->matched)
			match_report(past, past->entries[i], true);
}

/* The module takes some; without kprobes after the report was printed, which is later than the report's. */
static bool has_better_zones(const struct aw_event *record, const struct aw_event *report)
{
	return record->failure.nr_zones &&
	       (record->failure.zones_when == AW_ZONES_AT_FAILURE || !report->failure.nr_zones);
}

/* The record as it is, and of the report what the record lacks. */
static struct aw_event join(const struct aw_event *record, const struct aw_event *report)
{
	struct aw_event event = *record;

	event.failure.log = AW_LOG_PRINTED;
	if (!has_better_zones(record, report)) {
		event.failure.zones_when = report->failure.zones_when;
		event.failure.zones = report->failure.zones;
		event.failure.nr_zones = report->failure.nr_zones;
		event.failure.zones_partial = report->failure.zones_partial;
	}
	event.task.pid = report->task.pid ? report->task.pid : event.task.pid;
	if (report->task.comm[0])
		memcpy(event.task.comm, report->task.comm, sizeof(event.task.comm));
	return event;
}

unsigned int aw_past_deliver(const struct aw_past *past, bool traced_only,
			     void (*fn)(void *arg, const struct aw_event *event), void *arg)
{
	struct aw_sample_room *rooms = calloc(2, sizeof(*rooms));
	unsigned int count = 0;

	for (size_t i = 0; rooms && i < past->count; i++) {
		const struct entry *entry = past->entries[i];
		struct aw_event event;

		if (entry->from_log && (entry->matched || traced_only))
			continue;
		event = *aw_sample_get(&entry->sample, &rooms[0]);
		if (entry->report)
			event = join(&event, aw_sample_get(&entry->report->sample, &rooms[1]));
		event.failure.before_start = true;
		fn(arg, &event);
		count++;
	}
	free(rooms);
	return count;
}

uint64_t aw_past_left_out(const struct aw_past *past)
{
	return past->left_out;
}

/* ---- the trace of the boot ---- */

/* Sources that can be opened with the argument "boot". */
static const char *const keepers[] = { "tracefs", "kmod" };

struct aw_boot_trace {
	struct aw_source *source;	/* NULL: all was read */
	struct aw_past *past;
	uint64_t until_ns, lost;
	bool by_module;		/* its other losses are of what a failure lacks, not of failures */
};

static void add_traced(void *arg, struct aw_event *event)
{
	const struct aw_boot_trace *boot = arg;

	if (event->type == AW_EVENT_FAILURE && event->time_ns < boot->until_ns)
		aw_past_add(boot->past, event, false);
}

/* All that is there now; if the trace is over, the source is closed. */
static void read_boot(struct aw_boot_trace *boot)
{
	struct aw_loss losses[AW_MAX_LOSSES];
	unsigned int count;
	int got;

	if (!boot->source)
		return;
	while ((got = boot->source->ops->poll(boot->source, 0, add_traced, boot)) > 0)
		;
	if (!got)
		return;
	count = boot->source->ops->losses(boot->source, losses);
	for (unsigned int i = 0; i < count && !boot->by_module; i++)
		boot->lost += losses[i].count;
	if (boot->by_module)
		boot->lost += aw_losses_uncounted(losses, count);
	boot->source->ops->close(boot->source);
	boot->source = NULL;
}

struct aw_boot_trace *aw_boot_trace_open(void)
{
	const struct aw_capture capture = { .order_max = UINT32_MAX, .stall_ns = UINT64_MAX, .argument = "boot" };
	struct aw_boot_trace *boot = calloc(1, sizeof(*boot));
	struct aw_error error;

	if (!boot)
		return NULL;
	boot->until_ns = UINT64_MAX;
	boot->past = aw_past_new();
	for (unsigned int i = 0; boot->past && !boot->source && i < ARRAY_SIZE(keepers); i++) {
		const struct aw_source_ops *ops = aw_source_find(keepers[i]);

		if (ops && !ops->open(&capture, &boot->source, &error))
			boot->by_module = ops == &aw_source_kmod;
	}
	if (!boot->source) {
		aw_boot_trace_close(boot);
		return NULL;
	}
	read_boot(boot);
	return boot;
}

void aw_boot_trace_close(struct aw_boot_trace *boot)
{
	if (!boot)
		return;
	if (boot->source)
		boot->source->ops->close(boot->source);
	aw_past_free(boot->past);
	free(boot);
}

bool aw_boot_trace_by_module(const struct aw_boot_trace *boot)
{
	return boot->by_module;
}

uint64_t aw_boot_trace_take(struct aw_boot_trace *boot, uint64_t until_ns, struct aw_past **past)
{
	uint64_t lost;

	boot->until_ns = until_ns;
	if (boot->source)
		boot->source->ops->stop(boot->source);
	read_boot(boot);
	*past = boot->past;
	boot->past = NULL;
	lost = boot->lost;
	aw_boot_trace_close(boot);
	return lost;
}
