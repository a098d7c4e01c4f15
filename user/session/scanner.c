// SPDX-License-Identifier: GPL-2.0
/*
 * The page scans of a run.
 */
#include "session/scanner.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/intern.h"
#include "pages/scan.h"
#include "session/scan_due.h"

struct aw_scanner {
	struct aw_scan_due due;
	uint64_t headroom_ns, headroom_due_ns;	/* how often; when next */
	struct aw_headroom headroom;
	struct aw_page_scan pages;
	struct aw_intern *texts;	/* of the failure that waits */
	bool waits;
	struct aw_event event;		/* the failure that waits; then its scan */
	struct aw_scan_cma cma;		/* the failed cma_alloc() that waits */
	struct aw_stack stack;
};

/* Counts of free blocks are in each failure already. */
static int open_pages(struct aw_page_scan *pages, const struct aw_kernel *kernel, const struct aw_btf *btf,
		      struct aw_error *error)
{
	int err = aw_page_scan_open(pages, AW_PAGES_SOURCES, kernel, btf, error);

	if (err || pages->source != AW_PAGES_COUNTS)
		return err;
	err = aw_error_set(error, -ENOTSUP, "%s; and %s", pages->fallback[AW_PAGES_BPF].text,
			   pages->fallback[AW_PAGES_KPAGEFLAGS].text);
	aw_page_scan_close(pages);
	return err;
}

int aw_scanner_open(uint64_t again_ns, uint64_t headroom_ns, const struct aw_kernel *kernel,
		    const struct aw_btf *btf, struct aw_scanner **out, struct aw_error *error)
{
	struct aw_scanner *scanner = calloc(1, sizeof(*scanner));
	int err;

	if (!scanner)
		return aw_error_set(error, -ENOMEM, "out of memory");
	scanner->due.again_ns = again_ns;
	scanner->headroom_ns = headroom_ns;
	scanner->texts = aw_intern_new();
	err = open_pages(&scanner->pages, kernel, btf, error);
	if (!err && !scanner->texts) {
		aw_page_scan_close(&scanner->pages);
		err = aw_error_set(error, -ENOMEM, "out of memory");
	}
	if (err) {
		aw_intern_free(scanner->texts);
		free(scanner);
		return err;
	}
	scanner->pages.no_holders = scanner->pages.no_processes = true;
	*out = scanner;
	return 0;
}

void aw_scanner_close(struct aw_scanner *scanner)
{
	if (!scanner)
		return;
	aw_scan_drop(scanner->event.scan);
	aw_page_scan_close(&scanner->pages);
	aw_intern_free(scanner->texts);
	free(scanner);
}

const char *aw_scanner_source(const struct aw_scanner *scanner)
{
	return aw_page_source_name(scanner->pages.source);
}

const char *aw_scanner_limits(const struct aw_scanner *scanner)
{
	return aw_page_source_limits(scanner->pages.source);
}

int aw_scanner_try(struct aw_scanner *scanner)
{
	return aw_page_scan_try(&scanner->pages);
}

/* ---- the failure that waits ---- */

static void copy_stack(struct aw_scanner *scanner, const struct aw_event *event)
{
	struct aw_stack *stack = &scanner->stack;

	*stack = *event->stack;
	for (unsigned int i = 0; i < stack->count; i++) {
		stack->frames[i].suffix = aw_intern(scanner->texts, aw_frame_suffix(&event->stack->frames[i]));
		stack->frames[i].name = aw_intern(scanner->texts, stack->frames[i].name);
		stack->frames[i].module = aw_intern(scanner->texts, stack->frames[i].module);
	}
	scanner->event.stack = stack;
	scanner->event.site = event->site ? &stack->frames[event->site - event->stack->frames] : NULL;
}

/* What of the failure belongs to the event of its scan. */
static void copy_request(struct aw_scanner *scanner, const struct aw_failure *failure)
{
	scanner->event.failure = (struct aw_failure){
		.order = failure->order, .bytes = failure->bytes, .gfp = failure->gfp, .migratetype = failure->migratetype,
		.class = failure->class, .class_why = "", .cause = failure->cause,
	};
	scanner->event.failure.gfp.names = aw_intern(scanner->texts, failure->gfp.names);
}

/* Of the smallest block that holds them all. */
static unsigned int order_of(const struct aw_scanner *scanner, uint64_t pages)
{
	unsigned int order = 0;

	while (order < scanner->pages.kernel->max_order && UINT64_C(1) << order < pages)
		order++;
	return order;
}

static void copy_cma(struct aw_scanner *scanner, const struct aw_cma_failure *cma)
{
	scanner->event.failure = (struct aw_failure){
		.order = order_of(scanner, cma->count), .bytes = cma->count * scanner->pages.kernel->page_size,
		.migratetype = AW_MT_MOVABLE, .class_why = "",
	};
	scanner->event.failure.gfp.names = "";
	scanner->cma = (struct aw_scan_cma){ .count = cma->count, .align = cma->align };
	snprintf(scanner->cma.name, sizeof(scanner->cma.name), "%s", cma->name);
}

/* Only page structures show where CMA lies, and what is pinned there. */
static bool can_tell(const struct aw_scanner *scanner, const struct aw_event *event)
{
	return event->type != AW_EVENT_CMA_FAILURE || scanner->pages.source == AW_PAGES_BPF;
}

void aw_scanner_see(struct aw_scanner *scanner, const struct aw_event *event, uint64_t now_ns)
{
	if (scanner->waits || !can_tell(scanner, event) || !aw_scan_is_due(&scanner->due, event, now_ns))
		return;
	aw_scan_drop(scanner->event.scan);
	scanner->event = (struct aw_event){ .type = AW_EVENT_SCAN, .time_ns = event->time_ns, .cpu = event->cpu,
					    .task = event->task };
	scanner->event.task.cgroup = aw_intern(scanner->texts, event->task.cgroup ? event->task.cgroup : "");
	scanner->cma = (struct aw_scan_cma){ .count = 0 };
	if (event->type == AW_EVENT_CMA_FAILURE)
		copy_cma(scanner, &event->cma);
	else
		copy_request(scanner, &event->failure);
	copy_stack(scanner, event);
	scanner->waits = true;
}

/* ---- its scan ---- */

static int find(struct aw_scanner *scanner, struct aw_scan *scan, struct aw_error *error)
{
	struct aw_page_scan *pages = &scanner->pages;
	const struct aw_failure *failure = &scanner->event.failure;
	const struct aw_window_request request = {
		.order = failure->order, .movable = failure->migratetype == AW_MT_MOVABLE, .cma = scanner->cma.count != 0,
	};
	int err;

	scan->failed_ns = scanner->event.time_ns;
	scan->time_ns = aw_now_ns();
	scan->cma = scanner->cma;
	pages->no_holders = !scan->cma.count;
	pages->isolated_is_cma = scan->cma.count;
	aw_page_scan_refresh(pages);
	err = aw_blockers_find(pages, &request, NULL, AW_SCAN_CELLS / pages->nr_spans, &scan->found, error);
	aw_scan_took(&scanner->due, aw_now_ns(), aw_now_ns() - scan->time_ns);
	return err;
}

/* ---- who took what is in the way ---- */

struct sample {
	struct aw_taken *taken;
	int err;
};

static void add_block(void *arg, uint64_t page, unsigned int order, const struct aw_frame *site)
{
	struct sample *sample = arg;
	char name[AW_HOLDER_NAME] = "";

	if (site && site->name[0])
		snprintf(name, sizeof(name), "%.40s%s%.18s%s", site->name, site->module[0] ? " [" : "", site->module,
			 site->module[0] ? "]" : "");
	if (!sample->err)
		sample->err = aw_taken_add(sample->taken, name, page, order);
}

/* NULL: there is no sample, or no memory for it: the scan is made without. */
static struct aw_taken *read_sample(const struct aw_scanner *scanner, struct aw_source *source)
{
	struct sample sample = { .taken = NULL };

	if (!source->ops->held || scanner->cma.count)
		return NULL;
	sample.taken = calloc(1, sizeof(*sample.taken));
	if (!sample.taken)
		return NULL;
	if (source->ops->held(source, add_block, &sample) || sample.err)
		aw_taken_clear(sample.taken);
	return sample.taken;
}

static int find_with(struct aw_scanner *scanner, struct aw_source *source, struct aw_scan *scan, struct aw_error *error)
{
	struct aw_taken *taken = read_sample(scanner, source);
	int err;

	scanner->pages.taken = taken;
	err = find(scanner, scan, error);
	scanner->pages.taken = NULL;
	if (taken)
		aw_taken_clear(taken);
	free(taken);
	return err;
}

int aw_scanner_run(struct aw_scanner *scanner, struct aw_source *source, const struct aw_pause *pause,
		   struct aw_event *event, struct aw_error *error)
{
	struct aw_scan *scan;
	int err;

	if (!scanner->waits)
		return 0;
	scan = aw_scan_new();
	if (!scan)
		return aw_error_set(error, -ENOMEM, "out of memory");
	scanner->pages.pause = *pause;
	err = find_with(scanner, source, scan, error);
	/* Failures that came meanwhile are told of by this scan. */
	scanner->waits = false;
	if (err) {
		aw_scan_drop(scan);
		return err;
	}
	scanner->event.scan = scan;
	scanner->event.time_ns = scan->time_ns;
	*event = scanner->event;
	return 1;
}

/* ---- headroom ---- */

/* At most a fiftieth of the time is spent with it. */
#define HEADROOM_SHARE 50

int aw_scanner_look_for_headroom(struct aw_scanner *scanner, const struct aw_pause *pause, struct aw_error *error)
{
	uint64_t now = aw_now_ns(), wait;
	struct aw_headroom found;
	int err;

	if (!scanner->headroom_ns || now < scanner->headroom_due_ns)
		return 0;
	scanner->pages.pause = *pause;
	scanner->pages.isolated_is_cma = false;
	scanner->pages.no_holders = true;
	aw_page_scan_refresh(&scanner->pages);
	err = aw_headroom_find(&scanner->pages, &found, error);
	if (err)
		return err;
	scanner->headroom = found;
	wait = found.took_ns * HEADROOM_SHARE;
	scanner->headroom_due_ns = now + (wait > scanner->headroom_ns ? wait : scanner->headroom_ns);
	return 0;
}

const struct aw_headroom *aw_scanner_headroom(const struct aw_scanner *scanner)
{
	return scanner->headroom.time_ns ? &scanner->headroom : NULL;
}
