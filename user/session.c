// SPDX-License-Identifier: GPL-2.0
/*
 * One run: the only place that connects source, filter and summary.
 */
#include "session.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "verdict/verdict.h"

#define POLL_MS 200
#define TICK_MS 20	/* with somebody at the keyboard: how long a key waits */

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
	/* A closed terminal, unless nohup had it ignored: sources put back what they changed. */
	if (!sigaction(SIGHUP, NULL, &old) && old.sa_handler != SIG_IGN)
		sigaction(SIGHUP, &action, NULL);
}

uint64_t aw_session_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000000000 + now.tv_nsec;
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
	return session->end_ns ? session->end_ns : aw_session_now();
}

int aw_session_open(const struct aw_options *options, struct aw_session *session, struct aw_error *error)
{
	struct aw_session new = { .options = options };
	struct aw_capture capture = options->capture;
	int err;

	catch_signals();
	if (capture.low_overhead && capture.count_allocations)
		return aw_error_set(error, -EINVAL, "--low-overhead leaves out what --count-allocations needs: one of them");
	aw_filter_to_capture(&options->filter, &capture);
	new.summary = aw_summary_new(options->keys, options->nr_keys);
	if (!new.summary)
		return aw_error_set(error, -ENOMEM, "out of memory");
	err = aw_source_open_told(options->source, &capture, &new.choice, &new.source, error);
	if (err) {
		aw_summary_free(new.summary);
		return err;
	}
	if (capture.count_allocations && strcmp(new.source->ops->name, aw_source_bpf.name)) {
		err = aw_error_set(error, -EINVAL, "--count-allocations needs the bpf source, and this run has %s: "
				   "leave it out", new.source->ops->name);
		aw_session_close(&new);
		return err;
	}
	new.start_ns = aw_session_now();
	new.capture = capture;
	*session = new;
	return 0;
}

struct delivery {
	struct aw_session *session;
	const struct aw_session_watcher *watcher;
};

/* Every failure is judged once, here; who wants the sentences asks for them again. */
static void judge(const struct aw_session *session, struct aw_event *event)
{
	enum aw_cause cause;
	enum aw_rule rule;

	if (event->type != AW_EVENT_FAILURE)
		return;
	aw_verdict_judge(event, session->source->ops->kernel(session->source), &cause, &rule);
	event->failure.cause = (int)cause;
	event->failure.rule = (int)rule;
}

/* Totals of all that was served have nobody to filter by. */
static enum aw_wanted wants(const struct aw_session *session, const struct aw_event *event)
{
	bool counts = !strcmp(session->source->ops->name, aw_source_bpf.name);

	if (event->type == AW_EVENT_ALLOCATIONS)
		return AW_WANTED;
	return aw_filter_wants(&session->options->filter, counts ? &session->capture : NULL, event);
}

static void deliver(void *arg, const struct aw_event *delivered)
{
	const struct delivery *delivery = arg;
	struct aw_event event = *delivered;
	enum aw_wanted wanted;

	judge(delivery->session, &event);
	wanted = wants(delivery->session, &event);
	if (wanted == AW_WANTED_OR_NOT)
		delivery->session->unsampled_left_out += event.failure.unsampled;
	if (wanted != AW_WANTED)
		return;
	aw_summary_add(delivery->session->summary, &event);
	if (delivery->watcher->event)
		delivery->watcher->event(delivery->watcher->arg, &event);
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

/* What is still in the ring when nothing new can come. */
static int drain(struct aw_source *source, struct delivery *delivery)
{
	int count;

	source->ops->stop(source);
	do
		count = source->ops->poll(source, 0, deliver, delivery);
	while (count > 0);
	return count == -ENODATA ? 0 : count;
}

/* A recording is over, but somebody still looks at it. */
static int rest(void)
{
	usleep(TICK_MS * 1000);
	return 0;
}

static int run(struct delivery *delivery)
{
	struct aw_session *session = delivery->session;
	const struct aw_options *options = session->options;
	struct aw_source *source = session->source;
	uint64_t end = options->duration_ns ? session->start_ns + options->duration_ns : UINT64_MAX;
	uint64_t report = options->interval_ns ? session->start_ns + options->interval_ns : UINT64_MAX;
	int longest = delivery->watcher->tick ? TICK_MS : POLL_MS;
	uint64_t now;

	while (!signals_seen && (now = aw_session_now()) < end) {
		int count = source->ops->poll(source, wait_ms(report < end ? report : end, now, longest),
					      deliver, delivery);

		if (count == -ENODATA && delivery->watcher->stay)
			count = rest();
		if (count < 0)
			return count == -ENODATA ? 0 : count;
		if (delivery->watcher->tick && delivery->watcher->tick(delivery->watcher->arg))
			return 0;
		if (aw_session_now() < report)
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
	struct delivery delivery = { session, watcher };
	int err = run(&delivery);

	if (!err)
		err = drain(session->source, &delivery);
	session->end_ns = aw_session_now();
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
	session->start_ns = aw_session_now();
	return 0;
}

void aw_session_close(struct aw_session *session)
{
	if (session->source)
		session->source->ops->close(session->source);
	aw_summary_free(session->summary);
	session->source = NULL;
	session->summary = NULL;
}
