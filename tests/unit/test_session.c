// SPDX-License-Identifier: GPL-2.0
/*
 * Tests a run with a scripted source: which events are delivered, when it ends,
 * and that events in transit are not lost.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <errno.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/clock.h"
#include "events.h"
#include "session/session.h"
#include "sources.h"

#define MS UINT64_C(1000000)

struct test_source test_source;

static int open_error;

static int open_source(const struct aw_capture *capture, struct aw_source **out, struct aw_error *error)
{
	if (open_error)
		return aw_error_set(error, open_error, "it is not there");
	return test_source_open(capture, out, error);
}

static const struct aw_source_ops ops = TEST_SOURCE_OPS("scripted", open_source);

const struct aw_source_ops *const aw_sources[] = { &ops };
const unsigned int aw_sources_count = 1;

struct fixture {
	struct aw_options options;
	struct aw_session session;
	struct aw_error error;
	struct test_event parts[3];
	struct aw_event events[3];	/* orders 4, 0 and 9 */
	unsigned int seen, intervals;
	unsigned int orders;		/* bit n: order n was delivered */
	bool cause_known;
};

static int set_up(void **state)
{
	static const unsigned int orders[] = { 4, 0, 9 };
	struct fixture *fixture = calloc(1, sizeof(*fixture));

	memset(&test_source, 0, sizeof(test_source));
	open_error = 0;
	assert_int_equal(aw_kernel_for_release("6.1.0-51-arm64", 4096, &test_source.kernel), 0);
	test_source.source.ops = &ops;
	fixture->options = aw_options_default();
	fixture->options.duration_ns = 50 * MS;
	for (int i = 0; i < 3; i++) {
		event_failure(&fixture->parts[i]);
		fixture->parts[i].event.failure.order = orders[i];
		fixture->parts[i].event.failure.bytes = UINT64_C(4096) << orders[i];
		fixture->parts[i].event.failure.rule = AW_RULE_UNKNOWN;
		fixture->events[i] = fixture->parts[i].event;
	}
	test_source.events = fixture->events;
	test_source.nr_events = 3;
	*state = fixture;
	return 0;
}

static int tear_down(void **state)
{
	aw_kernel_clear(&test_source.kernel);
	free(*state);
	return 0;
}

static void on_event(void *arg, const struct aw_event *event)
{
	struct fixture *fixture = arg;

	fixture->seen++;
	fixture->orders |= 1u << event->failure.order;
	fixture->cause_known |= event->failure.rule == AW_RULE_COSTLY_ORDER;
}

static void on_interval(void *arg)
{
	((struct fixture *)arg)->intervals++;
}

static int run(struct fixture *fixture)
{
	const struct aw_session_watcher watcher = {
		.event = on_event, .interval = on_interval, .arg = fixture,
	};

	assert_int_equal(aw_session_open(&fixture->options, &fixture->session, &fixture->error), 0);
	return aw_session_run(&fixture->session, &watcher, &fixture->error);
}

static uint64_t failures(const struct fixture *fixture)
{
	return aw_summary_totals(fixture->session.summary)->failures;
}

static void delivers_for_the_duration(void **state)
{
	struct fixture *fixture = *state;
	uint64_t begin = aw_now_ns(), took;

	assert_int_equal(run(fixture), 0);
	took = aw_now_ns() - begin;
	assert_true(took >= 50 * MS && took < 5000 * MS);
	assert_true(fixture->session.end_ns - fixture->session.start_ns >= 50 * MS);
	assert_true(fixture->session.start_ns >= begin);
	assert_int_equal(fixture->seen, 3);
	assert_int_equal(failures(fixture), 3);
	assert_int_equal(aw_groups_count(aw_summary_groups(fixture->session.summary)), 3);
	assert_int_equal(fixture->intervals, 0);
	assert_int_equal(test_source.stops, 1);
	assert_int_equal(test_source.closes, 0);
	assert_true(test_source.longest_timeout <= 50);
	aw_session_close(&fixture->session);
	assert_int_equal(test_source.closes, 1);
	aw_session_close(&fixture->session);
	assert_int_equal(test_source.closes, 1);
}

static void judges_each_failure(void **state)
{
	struct fixture *fixture = *state;

	assert_int_equal(run(fixture), 0);
	assert_true(fixture->cause_known);
	assert_true(aw_summary_totals(fixture->session.summary)->by_rule[AW_RULE_COSTLY_ORDER] > 0);
	aw_session_close(&fixture->session);
}

static void filters(void **state)
{
	struct fixture *fixture = *state;

	assert_int_equal(aw_filter_parse("order>=4,comm=rep*,class=hard", &fixture->options.filter,
					 &fixture->error), 0);
	assert_int_equal(aw_filter_parse("order<=8", &fixture->options.filter, &fixture->error), 0);
	assert_int_equal(run(fixture), 0);
	assert_int_equal(fixture->seen, 1);
	assert_int_equal(fixture->orders, 1u << 4);
	assert_int_equal(failures(fixture), 1);
	/* the filter was passed to the source */
	assert_int_equal(test_source.capture.order_min, 4);
	assert_int_equal(test_source.capture.order_max, 8);
	assert_string_equal(test_source.capture.comm, "rep");
	assert_true(test_source.capture.comm_is_prefix);
	/* and the options are unchanged */
	assert_int_equal(fixture->options.capture.order_min, 0);
	aw_session_close(&fixture->session);
}

static void options_reach_the_source(void **state)
{
	struct fixture *fixture = *state;

	fixture->options.capture.low_overhead = true;
	fixture->options.capture.kallsyms = "/tmp/kallsyms";
	assert_int_equal(run(fixture), 0);
	assert_true(test_source.capture.low_overhead);
	assert_string_equal(test_source.capture.kallsyms, "/tmp/kallsyms");
	assert_int_equal(test_source.capture.order_min, 0);
	assert_int_equal(test_source.capture.order_max, UINT32_MAX);
	assert_int_equal(test_source.capture.pid, 0);
	aw_session_close(&fixture->session);
}

/* Events that are still buffered at the end, in more than one batch. */
static void drains(void **state)
{
	struct fixture *fixture = *state;

	test_source.on_the_way = 3;
	test_source.batch = 1;
	assert_int_equal(run(fixture), 0);
	assert_int_equal(fixture->seen, 3);
	assert_int_equal(failures(fixture), 3);
	assert_int_equal(test_source.stops, 1);
	aw_session_close(&fixture->session);
}

static void sleep_a_little(void)
{
	usleep(1000);
}

static void reports_at_intervals(void **state)
{
	struct fixture *fixture = *state;

	fixture->options.interval_ns = 10 * MS;
	fixture->options.duration_ns = 55 * MS;
	test_source.on_poll = sleep_a_little;
	assert_int_equal(run(fixture), 0);
	/* at most as many as fit; a busy machine may miss some */
	assert_in_range(fixture->intervals, 1, 5);
	assert_true(test_source.longest_timeout <= 10);
	aw_session_close(&fixture->session);
}

static void no_watcher_is_needed(void **state)
{
	static const struct aw_session_watcher nobody;
	struct fixture *fixture = *state;

	fixture->options.interval_ns = 10 * MS;
	assert_int_equal(aw_session_open(&fixture->options, &fixture->session, &fixture->error), 0);
	assert_int_equal(aw_session_run(&fixture->session, &nobody, &fixture->error), 0);
	assert_int_equal(failures(fixture), 3);
	aw_session_close(&fixture->session);
}

static void open_fails(void **state)
{
	struct fixture *fixture = *state;
	struct aw_session before;

	open_error = -ENODEV;
	memset(&fixture->session, 0x5a, sizeof(fixture->session));
	before = fixture->session;
	assert_int_equal(aw_session_open(&fixture->options, &fixture->session, &fixture->error), -ENODEV);
	assert_string_equal(fixture->error.text, "it is not there");
	assert_memory_equal(&fixture->session, &before, sizeof(before));
	fixture->options.source = "other";
	assert_int_equal(aw_session_open(&fixture->options, &fixture->session, &fixture->error), -EINVAL);
	assert_non_null(strstr(fixture->error.text, "'other'"));
}

static void poll_fails(void **state)
{
	struct fixture *fixture = *state;

	fixture->options.duration_ns = 0;
	test_source.poll_error = -EIO;
	assert_int_equal(run(fixture), -EIO);
	assert_string_equal(fixture->error.text, "the scripted source stopped: Input/output error");
	assert_true(fixture->session.end_ns >= fixture->session.start_ns);
	aw_session_close(&fixture->session);
	assert_int_equal(test_source.closes, 1);
}

static void interrupt(void)
{
	if (test_source.polls == 3)
		raise(SIGINT);
}

static void terminate(void)
{
	if (test_source.polls == 3)
		raise(SIGTERM);
}

/* Without a duration, the report is complete. */
static void signal_ends(void **state)
{
	struct fixture *fixture = *state;

	fixture->options.duration_ns = 0;
	test_source.on_the_way = 2;
	test_source.on_poll = interrupt;
	assert_int_equal(run(fixture), 0);
	assert_int_equal(failures(fixture), 3);
	assert_int_equal(test_source.stops, 1);
	assert_true(test_source.longest_timeout <= 200);
	aw_session_close(&fixture->session);
}

static void next_run_starts_afresh(void **state)
{
	struct fixture *fixture = *state;

	fixture->options.duration_ns = 0;
	test_source.on_poll = terminate;
	assert_int_equal(run(fixture), 0);
	aw_session_close(&fixture->session);
	test_source.on_poll = NULL;
	fixture->options.duration_ns = 50 * MS;
	assert_int_equal(run(fixture), 0);
	assert_true(fixture->session.end_ns - fixture->session.start_ns >= 50 * MS);
	aw_session_close(&fixture->session);
}

static void signal_twice(void)
{
	raise(SIGTERM);
	raise(SIGINT);
}

static void second_signal_ends_at_once(void **state)
{
	pid_t child = fork();
	int status;

	if (child == 0) {
		test_source.on_poll = signal_twice;
		run(*state);
		_exit(0);
	}
	assert_true(child > 0);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 128 + SIGINT);
}

/* Failures whose task is not known are not counted, but reported as a loss. */
static void what_the_filter_cannot_tell_is_lost(void **state)
{
	struct fixture *fixture = *state;
	struct aw_loss losses[AW_MAX_LOSSES];
	struct aw_error error;
	unsigned int count;

	assert_int_equal(aw_filter_parse("comm=repro", &fixture->options.filter, &error), 0);
	fixture->events[1].failure.unsampled = 4711;
	assert_int_equal(run(fixture), 0);
	assert_int_equal(failures(fixture), 2);
	count = aw_session_losses(&fixture->session, losses);
	assert_true(count > 0);
	assert_string_equal(losses[count - 1].cause, "unsampled_filtered");
	assert_int_equal(losses[count - 1].count, 4711);
	assert_int_equal(aw_losses_uncounted(losses, count), 4711);
	aw_session_close(&fixture->session);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(delivers_for_the_duration),
		TEST(judges_each_failure),
		TEST(filters),
		TEST(what_the_filter_cannot_tell_is_lost),
		TEST(options_reach_the_source),
		TEST(drains),
		TEST(reports_at_intervals),
		TEST(no_watcher_is_needed),
		TEST(open_fails),
		TEST(poll_fails),
		TEST(signal_ends),
		TEST(next_run_starts_afresh),
		TEST(second_signal_ends_at_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
