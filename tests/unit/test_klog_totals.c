// SPDX-License-Identifier: GPL-2.0
/*
 * Tests which users hold memory: the totals of Mem-Info, and the OOM killer's task
 * table.
 */
#include "klog_collect.h"

#include "base/cursor.h"
#include "klog/totals.h"

static bool line(const char *text, struct aw_klog_totals *totals)
{
	struct aw_text t = aw_text_of(text, strlen(text));

	return aw_klog_totals_line(&t, totals);
}

static void totals_of_6_1(void **state)
{
	struct aw_klog_totals totals = { 0 };

	(void)state;
	assert_true(line("active_anon:395 inactive_anon:743 isolated_anon:2", &totals));
	assert_true(line(" active_file:10 inactive_file:20 isolated_file:3", &totals));
	assert_true(line(" unevictable:7 dirty:1 writeback:2", &totals));
	assert_true(line(" slab_reclaimable:2820 slab_unreclaimable:7486", &totals));
	assert_true(line(" mapped:488 shmem:1089 pagetables:22", &totals));
	assert_true(line(" sec_pagetables:4 bounce:0", &totals));
	assert_true(line(" kernel_misc_reclaimable:5", &totals));
	assert_true(line(" free:46754 free_pcp:30 free_cma:16288", &totals));
	assert_true(line("98304 pages RAM", &totals));
	assert_true(line("8830 pages reserved", &totals));
	assert_true(line("16384 pages cma reserved", &totals));
	assert_true(line("Free swap  = 12kB", &totals));
	assert_true(line("Total swap = 2097148kB", &totals));
	assert_true(line("Node 0 hugepages_total=4 hugepages_free=1 hugepages_surp=0 hugepages_size=2048kB", &totals));
	assert_true(line("Node 0 active_anon:1580kB mapped:1952kB kernel_stack:720kB pagetables:88kB", &totals));
	assert_int_equal(totals.anon, 395 + 743);
	assert_int_equal(totals.file, 30);
	assert_int_equal(totals.isolated_anon, 2);
	assert_int_equal(totals.isolated_file, 3);
	assert_int_equal(totals.unevictable, 7);
	assert_int_equal(totals.slab_unreclaimable, 7486);
	assert_int_equal(totals.shmem, 1089);
	assert_int_equal(totals.page_tables, 26);
	assert_int_equal(totals.free, 46754);
	assert_int_equal(totals.free_cma, 16288);
	assert_int_equal(totals.ram, 98304);
	assert_int_equal(totals.reserved, 8830);
	assert_int_equal(totals.swap_free_kb, 12);
	assert_int_equal(totals.swap_total_kb, 2097148);
	assert_int_equal(totals.hugetlb_kb, 8192);
	assert_int_equal(totals.hugetlb_free_kb, 2048);
	assert_int_equal(totals.kernel_stack_kb, 720);
	/* 98304 - 8830 - 46754 - 30 - 1138 - 30 - 5 - 7 - 2820 - 7486 - 5 - 26 - (720 + 8192) / 4 */
	assert_int_equal(aw_klog_unaccounted(&totals, 4), 28945);
	assert_int_equal(aw_klog_unaccounted(&totals, 0), 0);
}

static void huge_pages_of_the_nodes(void **state)
{
	struct aw_klog_totals totals = { 0 };

	(void)state;
	line("Node 0 active_anon:3000kB inactive_anon:9000kB unevictable:0kB shmem:20kB shmem_thp: 2048kB shmem_pmdmapped: 0kB "
	     "anon_thp: 6144kB writeback_tmp:0kB", &totals);
	assert_int_equal(totals.nodes_huge_kb, 8192);
	assert_int_equal(totals.nr_nodes_huge, 1);
	line("Node 1 active_anon:3000kB inactive_anon:9000kB unevictable:0kB shmem:20kB writeback_tmp:0kB", &totals);
	assert_int_equal(totals.nr_nodes_huge, 1);
	assert_int_equal(totals.nodes_anon_kb, 24000);
}

static void nothing_is_unaccounted_in_a_part(void **state)
{
	struct aw_klog_totals totals = { 0 };

	(void)state;
	line("98304 pages RAM", &totals);
	line("free:46754 free_pcp:30", &totals);
	assert_int_equal(aw_klog_unaccounted(&totals, 4), 0);
	assert_false(line("Node 0 DMA: 17664*4kB (UME) = 135920kB", &totals));
	assert_false(line("some words of a driver: 17", &totals));
	assert_false(line("", &totals));
}

/* The five largest tasks by their memory and swap; names with blanks; columns as named in the header. */
static void task_table(void **state)
{
	struct aw_klog_totals totals = { 0 };

	(void)state;
	assert_false(line("[    123]     0   123     1234      567    45056        0             0 early", &totals));
	assert_true(line("[  pid  ]   uid  tgid total_vm      rss pgtables_bytes swapents oom_score_adj name", &totals));
	assert_true(line("[    123]     0   123     1234      567    45056        0         -1000 my daemon", &totals));
	for (int i = 0; i < 8; i++) {
		char text[120];

		snprintf(text, sizeof(text), "[ %d]  1000  %d  9999  %d  45056  %d  0 task%d", i, i, 100 * i, i == 2 ? 5000 : 0, i);
		assert_true(line(text, &totals));
	}
	assert_int_equal(totals.nr_tasks, AW_KLOG_TASKS);
	assert_string_equal(totals.tasks[0].comm, "task2");
	assert_int_equal(totals.tasks[0].swap, 5000);
	assert_string_equal(totals.tasks[1].comm, "task7");
	assert_string_equal(totals.tasks[2].comm, "task6");
	assert_string_equal(totals.tasks[3].comm, "my daemon");
	assert_int_equal(totals.tasks[3].pid, 123);
	assert_string_equal(totals.tasks[4].comm, "task5");
	assert_int_equal(totals.task_rss, 567 + 2800);
	/* 3.10: other columns */
	totals = (struct aw_klog_totals){ 0 };
	assert_true(line("[ pid ]   uid  tgid total_vm      rss nr_ptes swapents oom_score_adj name", &totals));
	assert_true(line("[  880]   498   880  1171423   902134    1860        0             0 java", &totals));
	assert_int_equal(totals.tasks[0].rss, 902134);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(huge_pages_of_the_nodes),
		cmocka_unit_test(totals_of_6_1),
		cmocka_unit_test(nothing_is_unaccounted_in_a_part),
		cmocka_unit_test(task_table),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
