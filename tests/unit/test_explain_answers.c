// SPDX-License-Identifier: GPL-2.0
/*
 * Tests the groups of explain: which reports are grouped together, what a group
 * keeps, and the limit on groups.
 */
#include "klog_collect.h"

#include "explain/answers.h"
#include "explain/notes.h"
#include "explain/types.h"
#include "klog/event.h"

static const struct aw_explain_config nothing_said;

/* Reads texts as files "a", "b", ..., up to NULL. */
static struct aw_answers *explain(const struct aw_explain_config *config, const char *const *texts)
{
	static const char *const names[] = { "a", "b", "c" };
	struct aw_answers *answers = aw_answers_new(config);

	assert_non_null(answers);
	for (int i = 0; texts[i]; i++) {
		struct aw_klog *klog = aw_klog_new(aw_answers_add, answers);

		aw_answers_from(answers, names[i], false);
		aw_klog_feed(klog, texts[i], strlen(texts[i]));
		aw_klog_finish(klog);
		aw_klog_free(klog);
	}
	assert_int_equal(aw_answers_sort(answers), 0);
	return answers;
}

#define EXPLAIN(...) explain(&nothing_said, (const char *const[]){ __VA_ARGS__, NULL })

#define HEADER(comm, order, mode) comm ": page allocation failure: order:" order ", mode:" mode ", nodemask=(null)\n"
#define TASK(comm, pid, release) "CPU: 0 PID: " pid " Comm: " comm " Not tainted " release " #1\n"

static void nothing(void **state)
{
	struct aw_answers *answers = EXPLAIN("usb 1-1: new device\n");

	(void)state;
	assert_int_equal(aw_answers_count(answers), 0);
	assert_int_equal(aw_answers_left_out(answers), 0);
	assert_int_equal(aw_answers_of_class(answers, AW_CLASS_HARD), 0);
	aw_answers_free(answers);
	aw_answers_free(NULL);
}

static unsigned int answers_to(const char *first, const char *second)
{
	struct aw_answers *answers = EXPLAIN(first, second);
	unsigned int count = aw_answers_count(answers);

	aw_answers_free(answers);
	return count;
}

static void what_counts_together(void **state)
{
	static const char one[] = HEADER("x", "4", "0x40dc0") TASK("x", "7", "6.1.0") "Call trace:\n __alloc_pages+0x1/0x2\n f+0x1/0x2\n";

	(void)state;
	assert_int_equal(answers_to(one, one), 1);
	/* another task, another time, the same failure */
	assert_int_equal(answers_to(one, "[    9.1] " HEADER("y", "4", "0x40dc0") TASK("y", "8", "6.1.0")
				    "Call trace:\n __alloc_pages+0x1/0x2\n f+0x1/0x2\n"), 1);
	assert_int_equal(answers_to(one, HEADER("x", "3", "0x40dc0") TASK("x", "7", "6.1.0") "Call trace:\n __alloc_pages+0x1/0x2\n f+0x1/0x2\n"), 2);
	assert_int_equal(answers_to(one, HEADER("x", "4", "0x40cc0") TASK("x", "7", "6.1.0") "Call trace:\n __alloc_pages+0x1/0x2\n f+0x1/0x2\n"), 2);
	assert_int_equal(answers_to(one, HEADER("x", "4", "0x40dc0") TASK("x", "7", "6.2.0") "Call trace:\n __alloc_pages+0x1/0x2\n f+0x1/0x2\n"), 2);
	assert_int_equal(answers_to(one, HEADER("x", "4", "0x40dc0") TASK("x", "7", "6.1.0") "Call trace:\n __alloc_pages+0x1/0x2\n g+0x1/0x2\n"), 2);
	assert_int_equal(answers_to(one, HEADER("x", "4", "0x40dc0") TASK("x", "7", "6.1.0") "Call trace:\n __alloc_pages+0x1/0x2\n f+0x1/0x2 [m]\n"), 2);
	/* truncated before the mask, or before the order */
	assert_int_equal(answers_to("x: page allocation failure: order:0, mo", HEADER("x", "0", "0x0")), 2);
	/* other types of reports, grouped by their subject */
	assert_int_equal(answers_to("cma: cma_alloc: a: alloc failed, req-size: 8 pages, ret: -12\n",
				    "cma: cma_alloc: a: alloc failed, req-size: 8 pages, ret: -12\n"), 1);
	assert_int_equal(answers_to("cma: cma_alloc: a: alloc failed, req-size: 8 pages, ret: -12\n",
				    "cma: cma_alloc: a: alloc failed, req-size: 9 pages, ret: -12\n"), 2);
	assert_int_equal(answers_to("cma: cma_alloc: a: alloc failed, req-size: 8 pages, ret: -12\n",
				    "cma: cma_alloc: a: alloc failed, req-size: 8 pages, ret: -16\n"), 2);
	assert_int_equal(answers_to("cma: cma_alloc: a: alloc failed, req-size: 8 pages, ret: -12\n",
				    "cma: cma_alloc: b: alloc failed, req-size: 8 pages, ret: -12\n"), 2);
	assert_int_equal(answers_to("a invoked oom-killer: gfp_mask=0xcc0, order=0, oom_score_adj=0\n",
				    "a invoked oom-killer: gfp_mask=0xcc0, order=0, oom_score_adj=0\nMemory cgroup stats for /a:\n"), 2);
}

/* An address is no site: which of a trace's is the first outside the allocator is not known. */
static void addresses_are_no_sites(void **state)
{
	static const char one[] = HEADER("x", "4", "0xc0d0") "Call trace:\n [<ffffffc000186001>]\n [<ffffffc000186002>]\n";
	static const char other[] = HEADER("x", "4", "0xc0d0") "Call trace:\n [<ffffffc000186003>]\n [<ffffffc000186004>]\n";

	(void)state;
	assert_int_equal(answers_to(one, one), 1);
	assert_int_equal(answers_to(one, other), 1);
}

static void the_first_and_the_last(void **state)
{
	struct aw_answers *answers = EXPLAIN("[    1.500000] " HEADER("x", "4", "0x40dc0"),
					     "\n\n[    9.000000] " HEADER("y", "4", "0x40dc0")
					     "[   10.000000] " HEADER("x", "4", "0x40dc0"));
	struct aw_answer answer;

	(void)state;
	assert_int_equal(aw_answers_count(answers), 1);
	aw_answers_get(answers, 0, &answer);
	assert_int_equal(answer.group->count, 3);
	assert_string_equal(answer.logged->origin.file, "a");
	assert_int_equal(answer.logged->origin.line, 1);
	assert_string_equal(answer.logged->last_file, "b");
	assert_int_equal(answer.logged->last_line, 4);
	assert_int_equal(answer.logged->first.mono_us, 1500000);
	assert_int_equal(answer.logged->last.mono_us, 10000000);
	assert_true(answer.logged->several_tasks);
	assert_string_equal(answer.event->task.comm, "x");
	assert_ptr_equal(answer.event->origin->kernel, answer.kernel);
	aw_answers_free(answers);
}

static void check_missing(const char *text, const char *expected)
{
	struct aw_answers *answers = EXPLAIN(text);
	const char *missing[AW_EXPLAIN_MISSING];
	struct aw_answer answer;
	char all[200] = "";
	unsigned int count;

	assert_int_equal(aw_answers_count(answers), 1);
	aw_answers_get(answers, 0, &answer);
	count = aw_explain_missing(&answer, missing);
	for (unsigned int i = 0; i < count; i++)
		strcat(strcat(all, i ? ", " : ""), missing[i]);
	assert_string_equal(all, expected);
	aw_answers_free(answers);
}

static void what_is_missing(void **state)
{
	size_t len;
	char *whole = golden_text("failure-arm64-6.1.log", &len);

	(void)state;
	check_missing(whole, "");
	free(whole);
	check_missing("x: page allocation failure: order:4, mo", "mask, trace, site, Mem-Info, page size, release");
	check_missing(HEADER("x", "4", "0x40dc0") TASK("x", "7", "6.1.0") "Call trace:\n __alloc_pages+0x1/0x2\n",
		      "site, Mem-Info, page size");
	check_missing(HEADER("x", "4", "0x40dc0") TASK("x", "7", "6.1.0") "Call trace:\n f+0x1/0x2\nMem-Info:\n"
		      "Node 0 DMA free:100kB min:10kB low:20kB high:30kB\n", "free blocks, page size");
	check_missing("Linux version 6.1.0 (x)\ncma: cma_alloc: a: alloc failed, req-size: 8 pages, ret: -12\n", "page size");
}

/* With more groups than are kept, one that occurs often is kept, even if it starts late. */
static void too_many(void **state)
{
	struct aw_answers *answers = aw_answers_new(&nothing_said);
	struct aw_klog *klog = aw_klog_new(aw_answers_add, answers);
	struct aw_answer answer;
	uint64_t all;

	(void)state;
	for (int i = 0; i < 12000; i++) {
		char text[256];
		int n = snprintf(text, sizeof(text), HEADER("x", "4", "0x40dc0") "Call trace:\n __alloc_pages+0x1/0x2\n f%d+0x1/0x2\n"
				 "%s", i, i < 6000 ? "" : HEADER("x", "3", "0x40dc0") "Call trace:\n __alloc_pages+0x1/0x2\n late+0x1/0x2\n");

		aw_klog_feed(klog, text, (size_t)n);
	}
	aw_klog_finish(klog);
	aw_klog_free(klog);
	assert_int_equal(aw_answers_sort(answers), 0);
	assert_true(aw_answers_count(answers) <= 4096);
	aw_answers_get(answers, 0, &answer);
	assert_string_equal(answer.event->site->name, "late");
	assert_int_equal(answer.group->count, 6000);
	all = aw_answers_left_out(answers);
	for (unsigned int i = 0; i < aw_answers_count(answers); i++) {
		aw_answers_get(answers, i, &answer);
		all += answer.group->count;
	}
	assert_int_equal(all, 18000);
	assert_int_equal(aw_answers_of_class(answers, AW_CLASS_HARD), 18000);
	aw_answers_free(answers);
}

static void hard_ones_come_first(void **state)
{
	/* THP: the caller falls back */
	struct aw_answers *answers = EXPLAIN(HEADER("a", "9", "0x1c20ca") TASK("a", "7", "6.1.0") HEADER("a", "9", "0x1c20ca")
					     TASK("a", "7", "6.1.0") HEADER("b", "4", "0x40dc0") TASK("b", "8", "6.1.0"));
	struct aw_answer answer;

	(void)state;
	assert_int_equal(aw_answers_count(answers), 2);
	aw_answers_get(answers, 0, &answer);
	assert_int_equal(answer.event->failure.order, 4);
	assert_int_equal(aw_answers_of_class(answers, AW_CLASS_HARD), 1);
	assert_int_equal(aw_answers_of_class(answers, AW_CLASS_OPPORTUNISTIC), 2);
	aw_answers_free(answers);
}

static void what_the_user_says_wins(void **state)
{
	const struct aw_explain_config config = { .kernel = "4.4", .page_size = 65536 };
	struct aw_answers *answers = explain(&config, (const char *const[]){ HEADER("x", "1", "0x80020"), NULL });
	struct aw_answer answer;

	(void)state;
	aw_answers_get(answers, 0, &answer);
	assert_string_equal(answer.kernel->release, "4.4");
	assert_int_equal(answer.event->failure.bytes, 131072);
	assert_false(answer.logged->page_size_taken);
	aw_answers_free(answers);
}

/* A type of report that the log parser knows is one that explain can tell. */
static void every_type_has_a_row(void **state)
{
	(void)state;
	for (enum aw_klog_type type = 0; type < AW_KLOG_TYPES; type++) {
		const struct aw_event event = { .type = aw_klog_event_type(type) };
		const struct aw_report_type *row = aw_report_type_of(&event);

		assert_non_null(row->name);
		assert_non_null(row->total);
		assert_non_null(aw_report_total(type));
		assert_true(row->headline || type == AW_KLOG_FAILURE);
	}
	for (enum aw_pool pool = AW_POOL_NONE + 1; pool < AW_POOLS; pool++) {
		const struct aw_event event = { .type = AW_EVENT_WARNING, .warning.pool.pool = pool };

		assert_non_null(aw_report_type_of(&event)->name);
		assert_non_null(aw_report_type_of(&event)->headline);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing),
		cmocka_unit_test(what_counts_together),
		cmocka_unit_test(addresses_are_no_sites),
		cmocka_unit_test(the_first_and_the_last),
		cmocka_unit_test(what_is_missing),
		cmocka_unit_test(too_many),
		cmocka_unit_test(hard_ones_come_first),
		cmocka_unit_test(what_the_user_says_wins),
		cmocka_unit_test(every_type_has_a_row),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
