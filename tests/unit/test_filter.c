// SPDX-License-Identifier: GPL-2.0
/*
 * Tests filters: what they match, the messages for invalid ones, and that the
 * part for the kernel side never rejects what the filter matches.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <errno.h>

#include <cmocka.h>

#include "events.h"
#include "summary/filter.h"

static struct aw_filter parse(const char *text)
{
	struct aw_filter filter = { 0 };
	struct aw_error error = { "" };

	if (aw_filter_parse(text, &filter, &error))
		print_error("%s\n", error.text);
	assert_string_equal(error.text, "");
	return filter;
}

static bool wants(const char *text, const struct aw_event *event)
{
	struct aw_filter filter = parse(text);

	return aw_filter_match(&filter, event);
}

static void empty_wants_everything(void **state)
{
	struct aw_filter filter = { 0 };
	struct test_event test;

	(void)state;
	assert_true(aw_filter_match(&filter, event_failure(&test)));
	assert_true(aw_filter_match(&filter, event_extfrag(&test)));
}

static void compares_numbers(void **state)
{
	static const char *const wanted[] = {
		"order=4", "order!=3", "order>=4", "order>=3", "order<=4", "order<=5", "order>3", "order<5",
		"order=0x4", "order=04", "bytes=64K", "bytes>=65536", "bytes<1M", "pid=89", "tid=90",
		"cgroup=/user*", "container=0123*", "pod=8c1c*", "cpu=1", "order>=2,order<=6,pid=89",
	};
	static const char *const unwanted[] = {
		"order=3", "order!=4", "order>=5", "order<=3", "order>4", "order<4", "bytes=64", "bytes<64K",
		"pid=90", "cpu!=1", "order>=2,order<=3", "order=4,pid=1",
	};
	struct test_event test;

	(void)state;
	event_failure(&test);
	for (size_t i = 0; i < sizeof(wanted) / sizeof(wanted[0]); i++) {
		if (!wants(wanted[i], &test.event))
			print_error("%s\n", wanted[i]);
		assert_true(wants(wanted[i], &test.event));
	}
	for (size_t i = 0; i < sizeof(unwanted) / sizeof(unwanted[0]); i++) {
		if (wants(unwanted[i], &test.event))
			print_error("%s\n", unwanted[i]);
		assert_false(wants(unwanted[i], &test.event));
	}
}

static void compares_text(void **state)
{
	static const char *const wanted[] = {
		"comm=repro", "comm=rep*", "comm=?epro", "comm!=cam*", "site=ioctx_*", "module=kernel",
		"gfp=GFP_KERNEL*", "gfp=*__GFP_COMP*", "gfp!=*NOWARN*", "migratetype=Unmovable",
		"context=task", "class=hard", "log=printed", "class!=opportunistic,comm=r*",
	};
	static const char *const unwanted[] = {
		"comm=rep", "comm=Repro", "comm!=repro", "comm!=r*", "site=ioctx", "module=hog",
		"gfp=GFP_KERNEL", "class=opportunistic", "log=suppressed", "context=softirq",
	};
	struct test_event test;

	(void)state;
	event_failure(&test);
	for (size_t i = 0; i < sizeof(wanted) / sizeof(wanted[0]); i++)
		assert_true(wants(wanted[i], &test.event));
	for (size_t i = 0; i < sizeof(unwanted) / sizeof(unwanted[0]); i++)
		assert_false(wants(unwanted[i], &test.event));
}

static void stack_id_as_it_is_shown(void **state)
{
	struct test_event test;
	struct aw_value value;
	char term[64] = "stack=";

	(void)state;
	event_failure(&test);
	aw_key_find("stack", 5)->get(&test.event, &value);
	aw_key_format(aw_key_find("stack", 5), &value, term + 6, sizeof(term) - 6);
	assert_true(wants(term, &test.event));
	test.stack.stack.id++;
	assert_false(wants(term, &test.event));
}

/* A term on a value that a request lacks does not match. */
static void requests_that_lack_a_value(void **state)
{
	struct test_event test;

	(void)state;
	event_failure(&test);
	test.event.task.context = AW_IN_HARDIRQ;
	assert_false(wants("comm=repro", &test.event));
	assert_false(wants("comm!=cam", &test.event));
	assert_false(wants("pid=89", &test.event));
	assert_true(wants("order=4,context=hardirq", &test.event));
	test.event.site = NULL;
	assert_false(wants("site=*", &test.event));
	assert_false(wants("site!=x", &test.event));
}

static void other_events_by_the_keys_that_they_have(void **state)
{
	struct test_event test;

	(void)state;
	event_extfrag(&test);
	assert_true(wants("order=3", &test.event));
	assert_false(wants("order>=4", &test.event));
	assert_true(wants("class=hard", &test.event));
	assert_true(wants("gfp=GFP_ATOMIC,log=none,bytes>1M,migratetype=CMA", &test.event));
	assert_true(wants("comm=pipes", &test.event));
	assert_false(wants("comm=cam*", &test.event));
	assert_true(wants("site=alloc_pipe_info", &test.event));
	assert_false(wants("site=ioctx_alloc", &test.event));
	/* The kernel side rejects these, too. */
	test.event.task.context = AW_IN_SOFTIRQ;
	assert_false(wants("comm=pipes", &test.event));
	assert_false(wants("pid=7", &test.event));
	assert_true(wants("order=3", &test.event));

	event_failure(&test);
	test.event.type = AW_EVENT_OOM_KILL;
	test.event.site = NULL;
	test.stack.stack.count = 0;
	assert_true(wants("order>=9,site=x,module=y,class=opportunistic", &test.event));
	assert_false(wants("comm=cam*", &test.event));
}

static void blanks(void **state)
{
	struct aw_filter with = parse(" order >= 4 ,  comm = cam* "), without = parse("order>=4,comm=cam*");

	(void)state;
	assert_int_equal(with.count, 2);
	for (unsigned int i = 0; i < with.count; i++) {
		assert_ptr_equal(with.terms[i].key, without.terms[i].key);
		assert_int_equal(with.terms[i].op, without.terms[i].op);
	}
	assert_int_equal(with.terms[0].number, 4);
	assert_string_equal(with.terms[1].text, "cam*");
}

static void check_error(const char *text, const char *const *mentions)
{
	struct aw_filter filter, before;
	struct aw_error error = { "" };

	filter = parse("order=4");
	before = filter;
	if (!aw_filter_parse(text, &filter, &error))
		print_error("%s\n", text);
	assert_memory_equal(&filter.count, &before.count, sizeof(filter.count));
	for (; *mentions; mentions++) {
		if (!strstr(error.text, *mentions))
			print_error("\"%s\" lacks %s\n", error.text, *mentions);
		assert_non_null(strstr(error.text, *mentions));
	}
}

#define CHECK_ERROR(text, ...) check_error(text, (const char *const[]){ __VA_ARGS__, NULL })

static void errors_name_the_term_and_what_is_valid(void **state)
{
	(void)state;
	CHECK_ERROR("", "''", "order, bytes, gfp", "cpu");
	CHECK_ERROR("size>4", "'size>4'", "order, bytes, gfp", "cpu");
	CHECK_ERROR("order>=4,colour=red", "'colour=red'", "migratetype");
	CHECK_ERROR("order=4,", "''", "order, bytes");
	CHECK_ERROR(">=4", "'>=4'");
	CHECK_ERROR("order", "'order'", "= != >= <= > <");
	CHECK_ERROR("order!4", "'order!4'", "= != >= <= > <");
	CHECK_ERROR("order=", "'order='", "no value");
	CHECK_ERROR("comm=", "'comm='", "no value");
	CHECK_ERROR("order=four", "'order=four'", "'four' is no number");
	CHECK_ERROR("order==4", "'=4' is no number");
	CHECK_ERROR("order=-1", "'-1' is no number");
	CHECK_ERROR("bytes>64Q", "'64Q' is no number");
	CHECK_ERROR("pid=18446744073709551616", "is no number");
	CHECK_ERROR("comm>cam", "'comm>cam'", "comm is text", "= or !=");
	CHECK_ERROR("class>=hard", "class is text");
}

static void longest_terms(void **state)
{
	char text[AW_TERM_TEXT + 8];
	struct aw_filter filter;

	(void)state;
	memset(text, 'x', sizeof(text));
	memcpy(text, "site=", 5);
	text[AW_TERM_TEXT] = '\0';
	CHECK_ERROR(text, "longer than 159");
	text[AW_TERM_TEXT - 1] = '\0';
	filter = parse(text);
	assert_string_equal(filter.terms[0].text, text + 5);
}

static void most_terms(void **state)
{
	struct aw_filter filter = { 0 };
	struct aw_error error;

	(void)state;
	for (int i = 0; i < AW_MAX_TERMS; i++)
		assert_int_equal(aw_filter_parse("order=4", &filter, &error), 0);
	assert_int_equal(filter.count, AW_MAX_TERMS);
	assert_int_equal(aw_filter_parse("order=4", &filter, &error), -EINVAL);
	assert_non_null(strstr(error.text, "more than 16"));
	assert_int_equal(filter.count, AW_MAX_TERMS);
}

static void terms_add_up(void **state)
{
	struct aw_filter filter = parse("order>=4,order<=6");
	struct aw_error error;
	struct test_event test;

	(void)state;
	assert_int_equal(aw_filter_parse("pid=89", &filter, &error), 0);
	assert_int_equal(filter.count, 3);
	assert_true(aw_filter_match(&filter, event_failure(&test)));
	test.event.task.pid = 1;
	assert_false(aw_filter_match(&filter, &test.event));
}

/* Their task is known only if the kernel side counted no other tasks. */
static void only_counted(void **state)
{
	static const struct { const char *text; enum aw_wanted plain, captured; } cases[] = {
		{ "order=4", AW_WANTED, AW_WANTED }, { "order=5", AW_NOT_WANTED, AW_NOT_WANTED },
		{ "class=hard,site=ioctx*", AW_WANTED, AW_WANTED },
		{ "comm=repro", AW_WANTED_OR_NOT, AW_WANTED }, { "comm=rep*", AW_WANTED_OR_NOT, AW_WANTED },
		{ "pid=89", AW_WANTED_OR_NOT, AW_WANTED }, { "pid=89,order=4,comm=a", AW_WANTED_OR_NOT, AW_WANTED },
		{ "comm=repro,order=5", AW_NOT_WANTED, AW_NOT_WANTED },
		{ "comm!=repro", AW_WANTED_OR_NOT, AW_WANTED_OR_NOT }, { "pid>1", AW_WANTED_OR_NOT, AW_WANTED_OR_NOT },
		{ "comm=a*,comm=ab*", AW_WANTED_OR_NOT, AW_WANTED_OR_NOT }, { "cpu=1", AW_WANTED_OR_NOT, AW_WANTED_OR_NOT },
		{ "cgroup=/user.slice", AW_WANTED_OR_NOT, AW_WANTED_OR_NOT }, { "tid=90", AW_WANTED_OR_NOT, AW_WANTED_OR_NOT },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct aw_filter filter = parse(cases[i].text);
		struct aw_capture capture = { .order_max = UINT32_MAX };
		struct test_event test;
		struct aw_event *event = event_failure(&test);

		aw_filter_to_capture(&filter, &capture);
		assert_int_equal(aw_filter_wants(&filter, NULL, event) == AW_WANTED, aw_filter_match(&filter, event));
		event->failure.unsampled = 4711;
		assert_int_equal(aw_filter_wants(&filter, NULL, event), cases[i].plain);
		assert_int_equal(aw_filter_wants(&filter, &capture, event), cases[i].captured);
	}
}

/* Of failures with mixed signatures, only the order is known. */
static void only_counted_of_several_kinds(void **state)
{
	struct aw_filter order = parse("order=4"), gfp = parse("order=4,gfp=GFP_KERNEL*"), other = parse("order=5");
	struct test_event test;
	struct aw_event *event = event_failure(&test);

	(void)state;
	event->failure.unsampled = 4711;
	event->failure.gfp = (struct aw_gfp)AW_GFP_SEVERAL;
	assert_int_equal(aw_filter_wants(&order, NULL, event), AW_WANTED);
	assert_int_equal(aw_filter_wants(&gfp, NULL, event), AW_WANTED_OR_NOT);
	assert_int_equal(aw_filter_wants(&other, NULL, event), AW_NOT_WANTED);
}

static struct aw_capture capture_of(const char *text)
{
	struct aw_capture capture = { .order_max = UINT32_MAX };
	struct aw_filter filter = parse(text);

	aw_filter_to_capture(&filter, &capture);
	return capture;
}

static void captures_orders(void **state)
{
	static const struct { const char *text; uint32_t min, max; } cases[] = {
		{ "order=4", 4, 4 }, { "order>=4", 4, UINT32_MAX }, { "order>4", 5, UINT32_MAX },
		{ "order<=4", 0, 4 }, { "order<4", 0, 3 }, { "order!=4", 0, UINT32_MAX },
		{ "order<0", 0, UINT32_MAX }, { "order>=2,order<=6", 2, 6 }, { "order<=6,order>=2,order>3", 4, 6 },
		{ "order=3,order=5", 5, 3 }, { "bytes>=64K", 0, UINT32_MAX },
		{ "order<=18446744073709551615", 0, UINT32_MAX - 1 },
		{ "order>4294967295", UINT32_MAX, UINT32_MAX },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct aw_capture capture = capture_of(cases[i].text);

		if (capture.order_min != cases[i].min || capture.order_max != cases[i].max)
			print_error("%s\n", cases[i].text);
		assert_int_equal(capture.order_min, cases[i].min);
		assert_int_equal(capture.order_max, cases[i].max);
	}
}

static void captures_names(void **state)
{
	static const struct { const char *text, *comm; bool prefix; } cases[] = {
		{ "comm=repro", "repro", false }, { "comm=cam*", "cam", true }, { "comm=*", "", true },
		{ "comm=c?m", "", false }, { "comm=*cam", "", false }, { "comm=c*m", "", false },
		{ "comm=cam**", "", false }, { "comm=cam?", "", false }, { "comm!=cam", "", false },
		{ "comm=123456789012345", "123456789012345", false },
		{ "comm=1234567890123456", "", false }, { "comm=123456789012345*", "123456789012345", true },
		{ "comm=a*,comm=ab*", "a", true }, { "site=ioctx_alloc", "", false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct aw_capture capture = capture_of(cases[i].text);

		if (strcmp(capture.comm, cases[i].comm))
			print_error("%s\n", cases[i].text);
		assert_string_equal(capture.comm, cases[i].comm);
		if (capture.comm[0])
			assert_int_equal(capture.comm_is_prefix, cases[i].prefix);
	}
}

static void captures_processes(void **state)
{
	(void)state;
	assert_int_equal(capture_of("pid=89").pid, 89);
	assert_int_equal(capture_of("pid=89,pid=90").pid, 89);
	assert_int_equal(capture_of("pid!=89").pid, 0);
	assert_int_equal(capture_of("pid>89").pid, 0);
	assert_int_equal(capture_of("tid=89").pid, 0);
	assert_int_equal(capture_of("pid=0").pid, 0);
}

/* Matches like bpf/task.bpf.h. */
static bool kernel_takes(const struct aw_capture *capture, uint32_t order, const struct aw_task *task)
{
	size_t len = strlen(capture->comm);

	if (order < capture->order_min || order > capture->order_max)
		return false;
	if ((capture->pid || len) && task->context > AW_IN_TASK)
		return false;
	if (capture->pid && capture->pid != task->pid)
		return false;
	if (strncmp(task->comm, capture->comm, len))
		return false;
	return !len || capture->comm_is_prefix || !task->comm[len];
}

static void capture_never_refuses_what_is_wanted(void **state)
{
	static const char *const texts[] = {
		"order=4", "order>=4", "order>3", "order<=2", "order<1", "order<0", "order!=4", "pid=89",
		"pid!=89", "pid=0", "comm=cam*", "comm=camera", "comm=*", "comm=c?m*", "comm=*a", "comm!=cam",
		"comm=cam*,comm=came*", "order>=1,order<5,comm=c*", "pid=89,comm=camera,order!=0",
	};
	static const char *const comms[] = { "", "c", "cam", "came", "camera", "repro", "camera_process_" };
	struct test_event failure, steal;

	(void)state;
	event_failure(&failure);
	event_extfrag(&steal);
	for (size_t t = 0; t < sizeof(texts) / sizeof(texts[0]); t++) {
		struct aw_filter filter = parse(texts[t]);
		struct aw_capture capture = capture_of(texts[t]);

		for (unsigned int n = 0; n < 11 * 7 * 3 * 5; n++) {
			struct aw_task task = { .cgroup = "" };
			unsigned int order = n % 11;

			strcpy(task.comm, comms[n / 11 % 7]);
			task.pid = (const uint32_t[]){ 0, 89, 90 }[n / 77 % 3];
			task.context = (enum aw_context)(n / 231 % 5);
			failure.event.failure.order = order;
			steal.event.extfrag.alloc_order = (int)order;
			failure.event.task = steal.event.task = task;
			if (kernel_takes(&capture, order, &task))
				continue;
			if (aw_filter_match(&filter, &failure.event) || aw_filter_match(&filter, &steal.event))
				print_error("%s: order %u, \"%s\"[%u], %s\n", texts[t], order, task.comm,
					    task.pid, aw_context_name(task.context));
			assert_false(aw_filter_match(&filter, &failure.event));
			assert_false(aw_filter_match(&filter, &steal.event));
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(empty_wants_everything),
		cmocka_unit_test(compares_numbers),
		cmocka_unit_test(compares_text),
		cmocka_unit_test(stack_id_as_it_is_shown),
		cmocka_unit_test(requests_that_lack_a_value),
		cmocka_unit_test(other_events_by_the_keys_that_they_have),
		cmocka_unit_test(errors_name_the_term_and_what_is_valid),
		cmocka_unit_test(blanks),
		cmocka_unit_test(longest_terms),
		cmocka_unit_test(most_terms),
		cmocka_unit_test(terms_add_up),
		cmocka_unit_test(only_counted),
		cmocka_unit_test(only_counted_of_several_kinds),
		cmocka_unit_test(captures_orders),
		cmocka_unit_test(captures_names),
		cmocka_unit_test(captures_processes),
		cmocka_unit_test(capture_never_refuses_what_is_wanted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
