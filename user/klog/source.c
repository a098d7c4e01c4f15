// SPDX-License-Identifier: GPL-2.0
/*
 * The kernel log source: reports of failures as the kernel prints them, where
 * nothing else is allowed.
 */
#include "klog/klog.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/cleanup.h"
#include "base/clock.h"
#include "klog/event.h"
#include "klog/follow.h"
#include "source/source.h"
#include "system/running.h"

/* A report is printed in one go: what is open after such a silence is all there is of it. */
#define SILENCE_NS 500000000ull

/* How often a file is looked at. */
#define FILE_MS 100

/* Reads of one poll: the run looks at its signals in between, also where a file never ends. */
#define BATCH 16

/* How long what is in the log when the run ends is read: as long as the file is written to, more comes. */
#define DRAIN_NS 200000000ull

struct klog_source {
	struct aw_source source;
	struct aw_klog_follow text;
	struct aw_klog *klog;
	struct aw_kernel kernel;
	struct aw_kernel running;	/* of a file that turned out to be another machine's: kept for its tables */
	struct aw_klog_event event;
	uint64_t last_ns;		/* when text came; 0: all of it was handed out */
	bool more;			/* the last batch was not all that there is */
	uint64_t stopped_ns;		/* when the run ended; 0: it goes on */
	aw_event_fn deliver;		/* during poll only */
	void *deliver_arg;
	int delivered;
};

static struct klog_source *of(struct aw_source *source)
{
	return (struct klog_source *)source;
}

/* A file may be the log of another machine: the first report that names its kernel decides. */
static void meet_kernel(struct klog_source *source, const struct aw_klog_report *report)
{
	uint64_t page_kb = aw_klog_page_kb(report);
	struct aw_kernel kernel;

	if (!source->text.input.path || source->running.gfp || !report->release[0] || report->release_guess ||
	    !strcmp(report->release, source->kernel.release))
		return;
	if (aw_kernel_for_release(report->release, page_kb ? (uint32_t)page_kb * 1024 : source->kernel.page_size, &kernel))
		return;
	if (report->upstream) {
		kernel.version = report->upstream;
		kernel.version_exact = true;
	}
	snprintf(kernel.arch, sizeof(kernel.arch), "%s", aw_klog_arch(report));
	kernel.wall_offset_ns = source->kernel.wall_offset_ns;
	source->running = source->kernel;
	source->kernel = kernel;
}

static void on_report(void *ctx, const struct aw_klog_report *report)
{
	struct klog_source *source = ctx;

	/* a failure without order and mask would be counted and judged as one of order 0; explain tells it */
	if (report->no_header)
		return;
	meet_kernel(source, report);
	aw_klog_event_of(report, &source->kernel, &source->event);
	/* Another machine's clock is not ours, and a log may have no time stamps: it came just now. */
	if (source->text.input.path || !source->event.event.time_ns)
		source->event.event.time_ns = aw_now_ns();
	source->deliver(source->deliver_arg, &source->event.event);
	source->delivered++;
}

static bool is_over(const struct klog_source *source)
{
	return source->stopped_ns && aw_now_ns() - source->stopped_ns > DRAIN_NS;
}

static int feed(struct klog_source *source)
{
	char buffer[AW_KLOG_RECORD];
	ssize_t got = 1;

	for (int i = 0; source->stopped_ns ? !is_over(source) : i < BATCH; i++) {
		got = aw_klog_follow_read(&source->text, buffer, sizeof(buffer));
		if (got <= 0)
			break;
		aw_klog_feed(source->klog, buffer, (size_t)got);
		source->last_ns = aw_now_ns();
	}
	source->more = got > 0 && !source->stopped_ns;
	if (source->more)	/* no silence yet */
		return 0;
	if (source->last_ns && (source->stopped_ns || aw_now_ns() - source->last_ns > SILENCE_NS)) {
		aw_klog_finish(source->klog);
		source->last_ns = 0;
	}
	return got < 0 ? (int)got : 0;
}

/* Less long while a report is open. */
static void wait_for_text(const struct klog_source *source, int timeout_ms)
{
	struct pollfd fd = { .fd = source->text.input.path ? -1 : source->text.input.fd, .events = POLLIN };

	if ((source->text.input.path || source->last_ns) && timeout_ms > FILE_MS)
		timeout_ms = FILE_MS;
	poll(&fd, 1, timeout_ms);
}

static int klog_poll(struct aw_source *base, int timeout_ms, aw_event_fn deliver, void *arg)
{
	struct klog_source *source = of(base);
	int err;

	source->deliver = deliver;
	source->deliver_arg = arg;
	source->delivered = 0;
	err = feed(source);
	if (!err && !source->delivered && !source->more && timeout_ms > 0) {
		wait_for_text(source, timeout_ms);
		err = feed(source);
	}
	return err ? err : source->delivered;
}

static void klog_close(struct aw_source *base)
{
	struct klog_source *source = of(base);

	aw_klog_follow_close(&source->text);
	aw_klog_free(source->klog);
	aw_kernel_clear(&source->kernel);
	aw_kernel_clear(&source->running);
	free(source);
}

static int prepare(struct klog_source *source, const struct aw_capture *capture, struct aw_error *error)
{
	int err = aw_klog_follow_open(capture->argument, &source->text, error);

	if (err)
		return err;
	err = capture->btf_of_kernel ? aw_kernel_running_with(capture->btf_of_kernel, &source->kernel) :
				       aw_kernel_running(&source->kernel);
	if (err)
		return aw_error_set(error, err, "no table of gfp flags for kernel %s", source->kernel.release);
	source->klog = aw_klog_new(on_report, source);
	return source->klog ? 0 : aw_error_set(error, -ENOMEM, "out of memory");
}

static int klog_open(const struct aw_capture *capture, struct aw_source **out, struct aw_error *error)
{
	struct klog_source *source = calloc(1, sizeof(*source));
	int err;

	if (!source)
		return aw_error_set(error, -ENOMEM, "out of memory");
	source->source.ops = &aw_source_klog;
	source->text.input.fd = -1;
	err = prepare(source, capture, error);
	if (err)
		klog_close(&source->source);
	else
		*out = &source->source;
	return err;
}

static const struct aw_kernel *klog_kernel(const struct aw_source *base)
{
	return &((const struct klog_source *)base)->kernel;
}

static const struct aw_missing blind_to[] = {
	{ "silent failures", "the kernel log has none with __GFP_NOWARN, and none that a memory cgroup caused",
	  "these failures are not seen" },
	{ "rate-limited failures", "the kernel prints 10 in 5 s up to 5.2, 1 in 10 s from 5.4",
	  "counts are what was printed, not what failed" },
	{ "effort", "the log does not tell of reclaim and compaction", "what the kernel tried is not known" },
	{ "extfrag steals, stalls", "the log does not tell of them", "who breaks up memory is not seen" },
};

static unsigned int klog_missing(const struct aw_source *base, struct aw_missing *out)
{
	(void)base;
	memcpy(out, blind_to, sizeof(blind_to));
	return ARRAY_SIZE(blind_to);
}

static unsigned int klog_losses(struct aw_source *base, struct aw_loss *out)
{
	const struct klog_source *source = of(base);
	const struct aw_klog_stats *stats = aw_klog_stats(source->klog);

	out[0] = (struct aw_loss)AW_LOSS(log_overwritten, "times that the log was overwritten before it was read",
					 source->text.input.overwritten);
	out[1] = (struct aw_loss)AW_LOSS(log_suppressed, "failures that the kernel says its rate limit swallowed",
					 stats->suppressed);
	out[2] = (struct aw_loss)AW_LOSS(log_incomplete, "reports without trace or Mem-Info", stats->incomplete);
	return 3;
}

/* A log file is opened again when it was rotated. */
static bool klog_readable(struct aw_source *base)
{
	const char *path = of(base)->text.input.path;
	/* access(2) would ask with the permitted capabilities. */
	AW_CLOSE int fd = path ? open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC) : -1;

	return !path || fd >= 0;
}

static void klog_stop(struct aw_source *base)
{
	of(base)->stopped_ns = aw_now_ns();
}

const struct aw_source_ops aw_source_klog = {
	.name = "klog",
	.summary = "reports in the kernel log; klog:FILE follows a log file",
	.takes_argument = true,
	.open = klog_open,
	.poll = klog_poll,
	.kernel = klog_kernel,
	.missing = klog_missing,
	.losses = klog_losses,
	.readable = klog_readable,
	.stop = klog_stop,
	.close = klog_close,
};
