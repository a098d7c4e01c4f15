// SPDX-License-Identifier: GPL-2.0
/*
 * The trace source: what trace-cmd, perf or tracefs recorded, as the events that
 * the tracefs source would have made of it.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/file.h"
#include "event/decode.h"
#include "import/import.h"
#include "import/missing.h"
#include "import/reader.h"
#include "source/source.h"
#include "source/tracefs/correlate.h"
#include "system/symbols.h"

#define BATCH 4096
#define FLUSH_EVERY 4096		/* records */
#define STACK_WAIT_NS 100000000ull

struct trace_source {
	struct aw_source source;
	struct aw_import_input input;
	struct aw_import_facts facts;
	struct aw_import_reader *reader;
	struct aw_kernel kernel;
	struct aw_symbols *symbols;
	struct aw_stacks *stacks;
	struct aw_decoder *decoder;
	struct aw_trace_correlator *correlator;
	struct aw_recorded recorded;
	const struct aw_import_item *item;	/* during aw_trace_correlate_add() */
	char damage[96];		/* of `recorded` */
	const char *no_symbols;		/* why addresses have no names; NULL: they have */
	uint64_t seen;			/* bit k: type k was in it */
	uint64_t records, failures, successes, stackless;
	bool release_is_guessed;
	uint64_t head;			/* bytes that were read before the first record */
	bool over;
	aw_event_fn deliver;		/* during poll only */
	void *deliver_arg;
	int delivered;
};

static struct trace_source *of(struct aw_source *source)
{
	return (struct trace_source *)source;
}

static const struct trace_source *of_const(const struct aw_source *source)
{
	return (const struct trace_source *)source;
}

/* ---- from records to events ---- */

/* 89 repro */
static void name_from_list(const char *list, struct aw_wire_task *task)
{
	for (const char *line = list; line && *line;) {
		const char *end = strchrnul(line, '\n');
		char *name;

		if (strtoul(line, &name, 10) == task->tid && *name == ' ' && name < end) {
			size_t len = (size_t)(end - name - 1);

			memcpy(task->comm, name + 1, len < sizeof(task->comm) ? len : sizeof(task->comm));
			return;
		}
		line = *end ? end + 1 : NULL;
	}
}

static void name_task(const struct trace_source *source, struct aw_wire_task *task)
{
	const struct aw_import_item *item = source->item;

	task->pid = task->tid;
	if (item && item->record.tid == task->tid && item->comm[0]) {
		memcpy(task->comm, item->comm, strnlen(item->comm, sizeof(task->comm)));
		task->pid = item->pid ? item->pid : task->tid;
	} else if (task->tid) {
		name_from_list(source->facts.tasks, task);
	}
}

static void on_record(void *arg, struct aw_wire_head *head)
{
	struct trace_source *source = arg;
	bool failure = head->type == AW_WIRE_FAILURE;
	struct aw_event event;

	name_task(source, failure ? &((struct aw_wire_failure *)head)->task : &((struct aw_wire_extfrag *)head)->task);
	source->failures += failure;
	source->stackless += failure && !((struct aw_wire_failure *)head)->stack.nr_frames;
	if (aw_decode(source->decoder, head, head->size, &event) != 1)
		return;
	/* Where the text has only names, the number follows from a release that is assumed. */
	if (source->release_is_guessed)
		event.failure.gfp.raw = 0;
	source->deliver(source->deliver_arg, &event);
	source->delivered++;
}

static uint32_t watched_by(enum aw_trace_type type)
{
	if (type == AW_TRACE_RECLAIM_BEGIN)
		return AW_EFFORT_RECLAIM;
	if (type == AW_TRACE_COMPACT_TRY)
		return AW_EFFORT_COMPACTION;
	return type == AW_TRACE_RECLAIM_RETRY ? AW_EFFORT_RETRY : 0;
}

static void add(struct trace_source *source, const struct aw_import_item *item)
{
	const struct aw_trace_record *record = &item->record;

	source->records++;
	source->seen |= UINT64_C(1) << record->type;
	if (!source->recorded.start_ns)
		source->recorded.start_ns = record->time_ns;
	source->recorded.end_ns = record->time_ns;
	if (item->success) {
		source->successes++;
		aw_trace_correlate_settle(source->correlator, record);
		return;
	}
	aw_trace_correlate_watches(source->correlator, watched_by(record->type));
	source->item = item;
	aw_trace_correlate_add(source->correlator, record);
	if (!source->reader->ops->stacks_follow && record->type <= AW_TRACE_EXTFRAG) {
		struct aw_trace_record stack = *record;

		stack.type = AW_TRACE_STACK;
		if (record->nr_frames)
			aw_trace_correlate_add(source->correlator, &stack);
		aw_trace_correlate_settle(source->correlator, record);
	}
	source->item = NULL;
	if (source->records % FLUSH_EVERY == 0 && record->time_ns > STACK_WAIT_NS)
		aw_trace_correlate_flush(source->correlator, record->time_ns - STACK_WAIT_NS);
}

/* Successes that the reader passed over were watched, too. */
static void widen(struct aw_recorded *recorded, const struct aw_import_reader *reader)
{
	if (reader->first_ns && (!recorded->start_ns || reader->first_ns < recorded->start_ns))
		recorded->start_ns = reader->first_ns;
	if (reader->last_ns > recorded->end_ns)
		recorded->end_ns = reader->last_ns;
}

static int trace_poll(struct aw_source *base, int timeout_ms, aw_event_fn deliver, void *arg)
{
	struct trace_source *source = of(base);
	struct aw_import_item item;

	(void)timeout_ms;
	source->deliver = deliver;
	source->deliver_arg = arg;
	source->delivered = 0;
	for (int i = 0, got = 1; i < BATCH && got == 1; i++) {
		got = source->reader->ops->next(source->reader, &item);
		source->over = !got;
		if (got == 1)
			add(source, &item);
	}
	source->recorded.read = source->input.read - source->head;
	if (source->over) {
		aw_trace_correlate_flush(source->correlator, UINT64_MAX);
		widen(&source->recorded, source->reader);
	}
	if (source->over && !source->delivered)
		return source->input.err ? source->input.err : -ENODATA;
	return source->delivered;
}

/* ---- opening ---- */

/* The release that the user named, that of the trace, or one of the era. */
static int make_kernel(struct trace_source *source, const char *named, struct aw_error *error)
{
	const struct aw_import_facts *facts = &source->facts;
	const char *release = named ? named : facts->release[0] ? facts->release : facts->era ? facts->era : "6.12";
	struct aw_kernel *kernel = &source->kernel;
	int err = aw_kernel_for_release(release, facts->page_size ? facts->page_size : 4096, kernel);

	if (err)
		return aw_error_set(error, err == -ENOENT ? -EINVAL : err, "can't read the trace %s: '%s' is not a kernel release",
				    source->input.name, release);
	source->release_is_guessed = release == facts->era;
	if (source->release_is_guessed) {
		kernel->release[0] = '\0';
		kernel->version = 0;
	} else if (facts->build[0] && !named) {
		kernel->version = aw_version_upstream(release, facts->build, &kernel->version_exact);
	}
	memcpy(kernel->arch, facts->arch, sizeof(kernel->arch));
	memcpy(kernel->host, facts->host, sizeof(kernel->host));
	return 0;
}

/* What the format of the event says of its flags is true for just that kernel. */
static void use_flags_of_format(struct trace_source *source)
{
	struct aw_gfp_table *table;
	const char *format = source->facts.alloc_format;

	if (!format || aw_gfp_table_from_format(format, strlen(format), &table))
		return;
	aw_gfp_table_set_version(table, source->kernel.version);
	aw_gfp_table_set_origin(table, "the trace");
	aw_gfp_table_free(source->kernel.gfp);
	source->kernel.gfp = table;
}

/* Is `facts` from the kernel that runs here, at the same addresses? */
static bool is_this_kernel(const struct aw_import_facts *facts)
{
	AW_FREE char *notes = NULL;
	struct aw_symbols *here;
	struct aw_frame frame;
	bool same;
	size_t len;

	if (!facts->has_build_id || !facts->text_symbol[0] || aw_file_read("/sys/kernel/notes", &notes, &len) ||
	    !memmem(notes, len, facts->build_id, sizeof(facts->build_id)))
		return false;
	here = aw_symbols_new("/proc/kallsyms");
	same = here && aw_symbols_resolve(here, facts->text_addr, false, &frame) && !frame.offset;
	aw_symbols_free(here);
	return same;
}

static int open_symbols(struct trace_source *source, const char *kallsyms, struct aw_error *error)
{
	const struct aw_import_facts *facts = &source->facts;
	char path[64] = "";

	if (kallsyms && aw_symbols_probe(kallsyms))
		return aw_error_set(error, -EINVAL, "--kallsyms %s: no functions with addresses in it", kallsyms);
	/* A text has names, and no addresses to look up. */
	if (facts->namer)
		kallsyms = NULL;
	if (!kallsyms && !facts->namer && facts->symbols >= 0)
		snprintf(path, sizeof(path), "/proc/self/fd/%d", facts->symbols);
	else if (!kallsyms && !facts->namer && is_this_kernel(facts))
		snprintf(path, sizeof(path), "/proc/kallsyms");
	if (!kallsyms && !path[0] && !facts->namer)
		source->no_symbols = "the trace has no symbols, and it is not of the kernel that runs here now";
	else if (path[0] && aw_symbols_probe(path) == -EPERM)
		source->no_symbols = "the symbols in the trace have no addresses (kernel.kptr_restrict)";
	source->symbols = aw_symbols_new(kallsyms ? kallsyms : path);
	if (source->symbols && facts->namer)
		aw_symbols_set_namer(source->symbols, facts->namer, facts->namer_arg);
	source->recorded.raw_addresses = source->no_symbols != NULL;
	return source->symbols ? 0 : aw_error_set(error, -ENOMEM, "out of memory");
}

static int number_of(const struct aw_compact_numbers *numbers, enum aw_compact_result result)
{
	for (int i = 0; i < AW_COMPACT_NUMBERS; i++)
		if (numbers->of[i] == result)
			return i;
	return -1;
}

static int start(struct trace_source *source, struct aw_error *error)
{
	const struct aw_kernel *kernel = &source->kernel;
	const struct aw_trace_formats *formats = &source->facts.formats;
	struct aw_trace_correlator_config config = {
		.rules = {
			.direct_reclaim = (uint32_t)(aw_gfp_raw_bit(kernel->gfp, AW_GFP_WAIT) |
						     aw_gfp_raw_bit(kernel->gfp, AW_GFP_DIRECT_RECLAIM)),
			.noretry = (uint32_t)aw_gfp_raw_bit(kernel->gfp, AW_GFP_NORETRY),
			.continues = number_of(&kernel->compact_numbers, AW_COMPACT_CONTINUE),
			.deferred = number_of(&kernel->compact_numbers, AW_COMPACT_DEFERRED),
		},
		.softirq_is_disabled = kernel->version && kernel->version < AW_VERSION(4, 10, 0),
		.pages_are_pointers = formats->events[AW_TRACE_EXTFRAG].other[AW_EXTFRAG_PAGE],
		.knows_ownership = formats->events[AW_TRACE_EXTFRAG].fields[AW_EXTFRAG_OWNERSHIP].size,
	};

	source->facts.kernel = kernel;
	source->stacks = aw_stacks_new(source->symbols);
	source->decoder = source->stacks ? aw_decoder_new(kernel, source->stacks) : NULL;
	source->correlator = aw_trace_correlate_new(&config, on_record, source);
	return source->decoder && source->correlator ? 0 : aw_error_set(error, -ENOMEM, "out of memory");
}

/* Of a trace that was opened: a read that failed leaves less than all of it. */
static int check_input(const struct trace_source *source, struct aw_error *error)
{
	int err = source->input.err;

	return err ? aw_error_set(error, err, "can't read the trace %s: %s", source->input.name, strerror(-err)) : 0;
}

static const struct aw_import_reader_ops *reader_of(int kind)
{
	return kind == AW_IMPORT_TRACE_DAT ? &aw_import_trace_dat :
	       kind == AW_IMPORT_PERF_DATA ? &aw_import_perf_data : &aw_import_text;
}

static int prepare(struct trace_source *source, const struct aw_capture *capture, struct aw_error *error)
{
	int kind = aw_import_recognize(capture->argument), err;
	const struct aw_import_reader_ops *ops = reader_of(kind);

	if (kind < 0)
		return aw_error_set(error, kind, "can't read the trace %s: %s", capture->argument, strerror(-kind));
	err = aw_import_input_open(capture->argument, &source->input, error);
	if (!err)
		err = ops->open(&source->input, &source->facts, &source->reader, error);
	if (source->input.err)
		err = check_input(source, error);
	if (!err)
		err = make_kernel(source, capture->kernel, error);
	if (err)
		return err;
	use_flags_of_format(source);
	source->recorded.source = ops->format;
	source->recorded.damage = source->damage;
	source->recorded.size = source->input.size;
	source->head = source->input.read;
	err = open_symbols(source, capture->kallsyms, error);
	return err ? err : start(source, error);
}

static void trace_close(struct aw_source *base)
{
	struct trace_source *source = of(base);

	aw_trace_correlate_free(source->correlator);
	aw_decoder_free(source->decoder);
	aw_stacks_free(source->stacks);
	aw_symbols_free(source->symbols);
	if (source->reader)
		source->reader->ops->close(source->reader);
	aw_import_facts_clear(&source->facts);
	aw_import_input_close(&source->input);
	aw_kernel_clear(&source->kernel);
	free(source);
}

static int trace_open(const struct aw_capture *capture, struct aw_source **out, struct aw_error *error)
{
	struct trace_source *source = calloc(1, sizeof(*source));
	int err;

	if (!source)
		return aw_error_set(error, -ENOMEM, "out of memory");
	source->source.ops = &aw_source_trace;
	source->input.fd = -1;
	aw_import_facts_init(&source->facts);
	err = prepare(source, capture, error);
	if (err)
		trace_close(&source->source);
	else
		*out = &source->source;
	/* Not -ENODEV, which would mean that this machine cannot be watched. */
	return err == -ENODEV ? -EIO : err;
}

/* ---- what is missing and what was lost ---- */

static const struct aw_kernel *trace_kernel(const struct aw_source *base)
{
	return &of_const(base)->kernel;
}

static unsigned int trace_missing(const struct aw_source *base, struct aw_missing *out)
{
	const struct trace_source *source = of_const(base);
	const struct aw_import_seen seen = {
		.seen = source->seen, .failures = source->failures, .stackless = source->stackless, .no_symbols = source->no_symbols,
		.release_is_guessed = source->release_is_guessed, .page_size = source->facts.page_size,
	};

	return aw_import_missing(&seen, out);
}

static uint64_t damaged_records(const struct trace_source *source)
{
	return source->reader->damaged + aw_decoder_losses(source->decoder).damaged;
}

static unsigned int trace_losses(struct aw_source *base, struct aw_loss *out)
{
	const struct trace_source *source = of(base);

	out[0] = (struct aw_loss)AW_LOSS(ring_full_failures, "records that the trace itself lacks: its buffer was full", source->reader->lost);
	out[1] = (struct aw_loss)AW_LOSS(inflight_full, "requests not followed: too many at once",
					 aw_trace_correlate_full(source->correlator));
	out[2] = (struct aw_loss)AW_LOSS(stackless, "failures without a stack", source->stackless);
	out[3] = (struct aw_loss)AW_LOSS(damaged_records, "records that could not be read", damaged_records(source));
	return 4;
}

static void trace_stop(struct aw_source *base)
{
	of(base)->over = true;
}

static const struct aw_recorded *trace_recorded(const struct aw_source *base)
{
	struct trace_source *source = (struct trace_source *)of_const(base);
	uint64_t damaged = damaged_records(source);

	if (damaged)
		snprintf(source->damage, sizeof(source->damage), "the trace is cut or damaged: %" PRIu64 " piece%s could not be read",
			 damaged, damaged == 1 ? "" : "s");
	source->recorded.now_ns = source->recorded.losses_ns = source->recorded.end_ns;
	return &source->recorded;
}

const struct aw_source_ops aw_source_trace = {
	.name = "trace",
	.summary = "what trace-cmd, perf or tracefs recorded: trace.dat, perf.data, or their text",
	.takes_argument = true,
	.needs_argument = true,
	.open = trace_open,
	.poll = trace_poll,
	.kernel = trace_kernel,
	.missing = trace_missing,
	.losses = trace_losses,
	.stop = trace_stop,
	.close = trace_close,
	.recorded = trace_recorded,
};
