// SPDX-License-Identifier: GPL-2.0
/*
 * Tests that a request which was traced and printed is told once, with what both know.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "events.h"
#include "session/boot_trace.h"

#define SECOND UINT64_C(1000000000)

static const struct aw_zone zone = { .name = "DMA", .free = 4711 };

struct told {
	unsigned int count;
	uint64_t time_ns[16];
	enum aw_log log[16];
	enum aw_zones_when zones_when[16];
	uint64_t free[16];
	char comm[16][AW_COMM_LEN + 1];
};

static void tell(void *arg, const struct aw_event *event)
{
	struct told *told = arg;
	unsigned int at = told->count++;

	assert_true(event->failure.before_start);
	told->time_ns[at] = event->time_ns;
	told->log[at] = event->failure.log;
	told->zones_when[at] = event->failure.zones_when;
	told->free[at] = event->failure.nr_zones ? event->failure.zones[0].free : 0;
	memcpy(told->comm[at], event->task.comm, sizeof(told->comm[at]));
}

static void add_traced(struct aw_past *past, uint64_t time_ns, uint32_t tid, unsigned int order, bool nowarn)
{
	struct test_event test;
	struct aw_event *event = event_failure(&test);

	event->time_ns = time_ns;
	event->task.tid = tid;
	memcpy(event->task.comm, "later", 6);
	event->failure.order = order;
	event->failure.gfp.flags = nowarn ? UINT64_C(1) << AW_GFP_NOWARN : 0;
	event->failure.log = AW_LOG_UNKNOWN;
	event->failure.zones_when = AW_ZONES_NONE;
	event->failure.nr_zones = 0;
	aw_past_add(past, event, false);
}

/* As the module built in keeps it. */
static void add_kept(struct aw_past *past, uint64_t time_ns, unsigned int order, enum aw_zones_when when, enum aw_log log)
{
	static const struct aw_zone at_record = { .name = "DMA", .free = 815 };
	struct test_event test;
	struct aw_event *event = event_failure(&test);

	event->time_ns = time_ns;
	event->task.tid = 1;
	event->failure.order = order;
	event->failure.gfp.flags = 0;
	event->failure.log = log;
	event->failure.zones_when = when;
	event->failure.nr_zones = 1;
	event->failure.zones = &at_record;
	aw_past_add(past, event, false);
}

static void add_printed(struct aw_past *past, uint64_t time_ns, uint32_t tid, unsigned int order)
{
	struct test_event test;
	struct aw_event *event = event_failure(&test);

	event->time_ns = time_ns;
	event->task.tid = tid;
	memcpy(event->task.comm, "swapper/0", 10);
	event->failure.order = order;
	event->failure.log = AW_LOG_PRINTED;
	event->failure.zones_when = AW_ZONES_FROM_LOG;
	event->failure.nr_zones = 1;
	event->failure.zones = &zone;
	aw_past_add(past, event, true);
}

static void a_report_and_its_record(void **state)
{
	struct aw_past *past = aw_past_new();
	struct told told = { .count = 0 };

	(void)state;
	add_printed(past, 2 * SECOND, 1, 4);
	add_traced(past, 2 * SECOND + SECOND / 2, 1, 4, false);
	aw_past_match(past);
	assert_int_equal(aw_past_deliver(past, false, tell, &told), 1);
	assert_int_equal(told.time_ns[0], 2 * SECOND + SECOND / 2);
	assert_int_equal(told.log[0], AW_LOG_PRINTED);
	assert_int_equal(told.zones_when[0], AW_ZONES_FROM_LOG);
	assert_int_equal(told.free[0], 4711);
	assert_string_equal(told.comm[0], "swapper/0");
	aw_past_free(past);
}

/* The module's zones are the report's if they are of the same moment; taken after printing, they are later. */
static void zones_of_the_moment(void **state)
{
	struct aw_past *past = aw_past_new();
	struct told told = { .count = 0 };

	(void)state;
	add_kept(past, SECOND, 4, AW_ZONES_AT_FAILURE, AW_LOG_UNKNOWN);
	add_printed(past, SECOND, 1, 4);
	add_kept(past, 2 * SECOND, 5, AW_ZONES_AFTER_PRINT, AW_LOG_UNKNOWN);
	add_printed(past, 2 * SECOND, 1, 5);
	add_kept(past, 3 * SECOND, 6, AW_ZONES_AFTER_PRINT, AW_LOG_UNKNOWN);
	aw_past_match(past);
	assert_int_equal(aw_past_deliver(past, false, tell, &told), 3);
	assert_int_equal(told.zones_when[0], AW_ZONES_AT_FAILURE);
	assert_int_equal(told.free[0], 815);
	assert_int_equal(told.log[0], AW_LOG_PRINTED);
	assert_int_equal(told.zones_when[1], AW_ZONES_FROM_LOG);
	assert_int_equal(told.free[1], 4711);
	assert_int_equal(told.zones_when[2], AW_ZONES_AFTER_PRINT);
	assert_int_equal(told.free[2], 815);
	aw_past_free(past);
}

/* Where the two clocks are seconds apart, only what is known to be printed has a report. */
static void a_log_that_is_ahead(void **state)
{
	struct aw_past *past = aw_past_new();
	struct told told = { .count = 0 };

	(void)state;
	add_kept(past, 10 * SECOND, 4, AW_ZONES_AT_FAILURE, AW_LOG_UNKNOWN);
	add_kept(past, 11 * SECOND, 4, AW_ZONES_AT_FAILURE, AW_LOG_PRINTED);
	add_printed(past, 16 * SECOND, 1, 4);
	aw_past_match(past);
	assert_int_equal(aw_past_deliver(past, false, tell, &told), 2);
	assert_int_equal(told.log[0], AW_LOG_UNKNOWN);
	assert_int_equal(told.log[1], AW_LOG_PRINTED);
	assert_int_equal(told.time_ns[1], 11 * SECOND);
	aw_past_free(past);
}

/* Silent ones, another order, another task, too late, too early: each stays what it is. */
static void what_does_not_belong_together(void **state)
{
	struct aw_past *past = aw_past_new();
	struct told told = { .count = 0 };

	(void)state;
	add_traced(past, 20 * SECOND + 1, 1, 4, true);
	add_traced(past, 20 * SECOND + 2, 1, 5, false);
	add_traced(past, 20 * SECOND + 3, 2, 4, false);
	add_traced(past, 31 * SECOND, 1, 4, false);
	add_traced(past, 18 * SECOND, 1, 4, false);
	add_printed(past, 20 * SECOND, 1, 4);
	aw_past_match(past);
	assert_int_equal(aw_past_deliver(past, false, tell, &told), 6);
	for (unsigned int i = 1; i < 6; i++)
		assert_true(told.time_ns[i - 1] < told.time_ns[i]);
	assert_int_equal(told.zones_when[1], AW_ZONES_FROM_LOG);
	for (unsigned int i = 0; i < 6; i++)
		assert_true(i == 1 || told.zones_when[i] == AW_ZONES_NONE);
	/* for a recording, only what was traced */
	memset(&told, 0, sizeof(told));
	assert_int_equal(aw_past_deliver(past, true, tell, &told), 5);
	aw_past_free(past);
}

/* The rate limit lets the first of many through. */
static void the_first_of_many_was_printed(void **state)
{
	struct aw_past *past = aw_past_new();
	struct told told = { .count = 0 };

	(void)state;
	for (unsigned int i = 0; i < 5; i++)
		add_traced(past, SECOND + i * 1000000, 1, 4, false);
	add_printed(past, SECOND, 1, 4);
	aw_past_match(past);
	assert_int_equal(aw_past_deliver(past, false, tell, &told), 5);
	for (unsigned int i = 0; i < 5; i++)
		assert_int_equal(told.log[i] == AW_LOG_PRINTED, i == 0);
	aw_past_free(past);
}

static void too_many(void **state)
{
	struct aw_past *past = aw_past_new();
	struct told told = { .count = 0 };

	(void)state;
	for (unsigned int i = 0; i < AW_BOOT_FAILURES + 3; i++)
		add_traced(past, i, 1, 4, false);
	assert_int_equal(aw_past_left_out(past), 3);
	(void)told;
	aw_past_free(past);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_report_and_its_record),
		cmocka_unit_test(zones_of_the_moment),
		cmocka_unit_test(a_log_that_is_ahead),
		cmocka_unit_test(what_does_not_belong_together),
		cmocka_unit_test(the_first_of_many_was_printed),
		cmocka_unit_test(too_many),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
