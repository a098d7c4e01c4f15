// SPDX-License-Identifier: GPL-2.0
/*
 * One run: the only place that connects source, filter and summary.
 */
#include "session/session.h"

#include <errno.h>
#include <malloc.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/clock.h"
#include "base/message.h"
#include "session/boot_trace.h"
#include "session/scan_due.h"
#include "system/btf.h"
#include "system/memory_limit.h"
#include "verdict/verdict.h"

#define POLL_MS 200
#define SCAN_NEEDS (UINT64_C(48) << 20)	/* for BTF twice, and what is known of each page */
#define SHARES_BTF (UINT64_C(256) << 20)
#define TICK_MS 20	/* with a keyboard: the longest time until a key is handled */

static volatile sig_atomic_t signals_seen;

static void on_signal(int number)
{
	if (signals_seen++)
		_exit(128 + number);
}

static void catch_signals(void)
{
	struct sigaction action = { .sa_handler = on_signal }, old;

	signals_seen = 0;
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
	/* Also end properly when the terminal is closed (unless nohup ignores it), so that sources restore what they changed. */
	if (!sigaction(SIGHUP, NULL, &old) && old.sa_handler != SIG_IGN)
		sigaction(SIGHUP, &action, NULL);
}

bool aw_session_interrupted(void)
{
	return signals_seen;
}

uint64_t aw_session_end(const struct aw_session *session)
{
	const struct aw_recorded *recorded = aw_source_recorded(session->source);

	if (recorded)
		return recorded->end_ns;
	return session->end_ns ? session->end_ns : aw_now_ns();
}

int aw_session_open(const struct aw_options *options, struct aw_session *session, struct aw_error *error)
{
	struct aw_session new = { .options = options };
	struct aw_capture capture = options->capture;
	int err;

	catch_signals();
	if (capture.low_overhead && capture.count_allocations)
		return aw_error_set(error, -EINVAL, "--low-overhead and --count-allocations exclude each other: use one of them");
	if (capture.low_overhead && capture.holders)
		return aw_error_set(error, -EINVAL, "--low-overhead and --holders exclude each other: use one of them");
	aw_filter_to_capture(&options->filter, &capture);
	capture.interrupted = aw_session_interrupted;
	new.summary = aw_summary_new(options->keys, options->nr_keys);
	if (!new.summary)
		return aw_error_set(error, -ENOMEM, "out of memory");
	/* Where memory is small, everybody reads it and frees it: libbpf needs room for its own. */
	if (aw_watches_here(options->source) && aw_memory_limit() >= SHARES_BTF)
		capture.btf_of_kernel = new.btf = aw_btf_open();
	err = aw_source_open(options->source, &capture, &new.choice, &new.source, error);
	if (err) {
		aw_session_close(&new);
		return err;
	}
	capture.btf_of_kernel = NULL;
	if (capture.count_allocations && !new.source->ops->counts) {
		err = aw_error_set(error, -EINVAL, "--count-allocations needs the bpf source, and this run has %s: "
				   "leave it out", new.source->ops->name);
		aw_session_close(&new);
		return err;
	}
	if (capture.holders && !new.source->ops->held) {
		err = aw_error_set(error, -EINVAL, "--holders needs the bpf source, and this run has %s: leave it out",
				   new.source->ops->name);
		aw_session_close(&new);
		return err;
	}
	new.start_ns = aw_now_ns();
	new.capture = capture;
	*session = new;
	return 0;
}

struct delivery {
	struct aw_session *session;
	const struct aw_session_watcher *watcher;
	int err;		/* of polls during a page scan */
	bool ended;		/* a tick during one wanted it */
};

/* Each failure is judged once, here; an output that wants the sentences makes the verdict again. */
static void judge(const struct aw_session *session, struct aw_event *event)
{
	if (event->type == AW_EVENT_FAILURE)
		aw_verdict_judge(event, session->source->ops->kernel(session->source), &event->failure.cause,
				 &event->failure.rule);
}

/* Allocation totals and what is held have no task, so filters do not apply to them. */
static enum aw_wanted wants(const struct aw_session *session, const struct aw_event *event)
{
	const struct aw_capture *counted_by = session->source->ops->counts ? &session->capture : NULL;

	struct aw_event failure;

	if (event->type == AW_EVENT_ALLOCATIONS || event->type == AW_EVENT_HELD)
		return AW_WANTED;
	if (event->type == AW_EVENT_SCAN) {
		failure = *event;
		failure.type = event->scan->cma.count ? AW_EVENT_CMA_FAILURE : AW_EVENT_FAILURE;
		return aw_filter_wants(&session->options->filter, NULL, &failure);
	}
	return aw_filter_wants(&session->options->filter, counted_by, event);
}

/* A failure gets the page scan that was made for such a one; a scan is kept for those to come. */
static void join(struct aw_session *session, struct aw_event *event)
{
	if (event->type == AW_EVENT_SCAN && !event->scan->cma.count)
		aw_joined_add(&session->joined, event->scan);
	else if (event->type == AW_EVENT_FAILURE)
		aw_joined_to(&session->joined, event);
}

static void deliver(void *arg, struct aw_event *event)
{
	const struct delivery *delivery = arg;
	enum aw_wanted wanted;

	judge(delivery->session, event);
	join(delivery->session, event);
	wanted = wants(delivery->session, event);
	if (wanted == AW_WANTED_OR_NOT)
		delivery->session->unsampled_left_out += event->failure.unsampled;
	if (wanted != AW_WANTED)
		return;
	if (delivery->session->scanner)
		aw_scanner_see(delivery->session->scanner, event, aw_now_ns());
	aw_summary_add(delivery->session->summary, event);
	if (delivery->watcher->event)
		delivery->watcher->event(delivery->watcher->arg, event);
}

static int wait_ms(uint64_t until, uint64_t now, int longest)
{
	uint64_t ms = until > now ? (until - now + 999999) / 1000000 : 0;

	return ms < (uint64_t)longest ? (int)ms : longest;
}

unsigned int aw_session_losses(const struct aw_session *session, struct aw_loss out[AW_MAX_LOSSES])
{
	unsigned int count = session->source->ops->losses(session->source, out);

	return session->options->filter.count ?
	       aw_loss_add(out, count, aw_loss_unsampled_filtered(session->unsampled_left_out)) : count;
}

/* Delivers what is still buffered after the source was stopped. */
static int drain(struct aw_source *source, struct delivery *delivery)
{
	int count;

	source->ops->stop(source);
	do
		count = source->ops->poll(source, 0, deliver, delivery);
	while (count > 0);
	return count == -ENODATA ? 0 : count;
}

/* The recording is over, but its screen is still shown. */
static int rest(void)
{
	usleep(TICK_MS * 1000);
	return 0;
}

/* While pages are scanned, events are read and the screen lives on. */
static void rest_from_scan(void *arg)
{
	struct delivery *delivery = arg;
	const struct aw_session_watcher *watcher = delivery->watcher;
	int count = delivery->session->source->ops->poll(delivery->session->source, 0, deliver, delivery);

	if (count < 0 && !delivery->err)
		delivery->err = count;
	if (watcher->tick && watcher->tick(watcher->arg))
		delivery->ended = true;
}

/* A scan that cannot be made is said once. */
static int scan(struct delivery *delivery)
{
	struct aw_session *session = delivery->session;
	const struct aw_pause pause = { .rest = rest_from_scan, .arg = delivery };
	struct aw_event event;
	struct aw_error error;
	int made;

	if (!session->scanner)
		return 0;
	made = aw_scanner_run(session->scanner, session->source, &pause, &event, &error);
	if (made > 0)
		deliver(delivery, &event);
	if (made >= 0)
		made = aw_scanner_look_for_headroom(session->scanner, &pause, &error);
	if (made < 0) {
		aw_message("no more page scans: %s", error.text);
		aw_scanner_close(session->scanner);
		session->scanner = NULL;
	}
	return delivery->err;
}

static int run(struct delivery *delivery)
{
	struct aw_session *session = delivery->session;
	const struct aw_options *options = session->options;
	struct aw_source *source = session->source;
	/* What was opened since the start of the session is not taken off. */
	uint64_t end = options->duration_ns ? aw_now_ns() + options->duration_ns : UINT64_MAX;
	uint64_t report = options->interval_ns ? session->start_ns + options->interval_ns : UINT64_MAX;
	int longest = delivery->watcher->tick ? TICK_MS : POLL_MS;
	uint64_t now;

	while (!signals_seen && (now = aw_now_ns()) < end) {
		int count = source->ops->poll(source, wait_ms(report < end ? report : end, now, longest),
					      deliver, delivery);

		session->at_end |= count == -ENODATA;
		if (count == -ENODATA && delivery->watcher->stay)
			count = rest();
		if (count >= 0)
			count = scan(delivery);
		if (count < 0)
			return count == -ENODATA ? 0 : count;
		if (delivery->ended)
			return 0;
		if (delivery->watcher->tick && delivery->watcher->tick(delivery->watcher->arg))
			return 0;
		if (aw_now_ns() < report)
			continue;
		if (delivery->watcher->interval)
			delivery->watcher->interval(delivery->watcher->arg);
		report += options->interval_ns;
	}
	return 0;
}

int aw_session_run(struct aw_session *session, const struct aw_session_watcher *watcher,
		   struct aw_error *error)
{
	struct delivery delivery = { .session = session, .watcher = watcher };
	int err = run(&delivery);

	if (!err)
		err = drain(session->source, &delivery);
	session->end_ns = aw_now_ns();
	return err ? aw_error_set(error, err, "the %s source stopped: %s", session->source->ops->name,
				  strerror(-err)) : 0;
}

int aw_session_reset(struct aw_session *session)
{
	struct aw_summary *empty = aw_summary_new(session->options->keys, session->options->nr_keys);

	if (!empty)
		return -ENOMEM;
	aw_summary_free(session->summary);
	session->summary = empty;
	session->start_ns = aw_now_ns();
	return 0;
}

int aw_session_open_scanner(struct aw_session *session, struct aw_error *error)
{
	const struct aw_options *options = session->options;
	struct aw_btf *btf = TAKE_PTR(session->btf);
	uint64_t limit = aw_memory_limit();
	bool wanted = options->scan_ns != AW_SCAN_NEVER || options->headroom_ns;
	int err = 0;

	if (wanted && limit < SCAN_NEEDS)
		err = aw_error_set(error, -ENOMEM, "they need %u MiB of memory, and this process can have %u",
				   (unsigned int)(SCAN_NEEDS >> 20), (unsigned int)(limit >> 20));
	else if (wanted && !btf)
		btf = aw_btf_open();
	if (wanted && !err)
		err = aw_scanner_open(options->scan_ns, options->headroom_ns, session->source->ops->kernel(session->source),
				      btf, &session->scanner, error);
	aw_btf_free(btf);
	malloc_trim(0);	/* live stays for weeks: what opening took is free again, but between what stays */
	return err;
}

void aw_session_close(struct aw_session *session)
{
	aw_btf_free(session->btf);
	session->btf = NULL;
	aw_scanner_close(session->scanner);
	session->scanner = NULL;
	aw_joined_clear(&session->joined);
	if (session->source)
		session->source->ops->close(session->source);
	aw_summary_free(session->summary);
	session->source = NULL;
	session->summary = NULL;
}
