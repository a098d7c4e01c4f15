// SPDX-License-Identifier: GPL-2.0
/*
 * A driver whose probe asks for more contiguous memory than there is, before any program runs: it takes every block
 * of the largest order, asks for more, and gives all back.  Prints how often it failed to the kernel log.
 *
 * With requests=N it is the driver of docs/guides/reflash.md: half of memory is free, in pieces of 32 KiB, and it asks for
 * 40 KiB, as a phone's did, until that has failed N times.  fixed=1 asks as the advice says.
 */
#include <linux/gfp.h>
#include <linux/list.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/slab.h>

#define ORDER 9
/* Gives up at once, so that nothing is reclaimed and no process is killed for it. */
#define MASK (GFP_KERNEL | __GFP_COMP | __GFP_NORETRY)

#define PIECES 3	/* 32 KiB where pages have 4 */
#define BYTES (40 << 10)
#define ENOUGH 2000

static unsigned int silent = 7, warned = 3, requests;
static bool fixed;
module_param(silent, uint, 0444);
module_param(warned, uint, 0444);
module_param(requests, uint, 0444);
module_param(fixed, bool, 0444);

static LIST_HEAD(taken);

static noinline struct page *early_take(gfp_t mask)
{
	struct page *page = alloc_pages(mask, ORDER);

	barrier();	/* no tail call: the function shall be in the stack */
	return page;
}

static noinline unsigned int early_ask(unsigned int times, gfp_t mask)
{
	unsigned int failed = 0;

	while (times--) {
		struct page *page = early_take(mask);

		if (page)
			list_add(&page->lru, &taken);
		else
			failed++;
	}
	return failed;
}

static unsigned int fill(void)
{
	unsigned int failed;

	do
		failed = early_ask(1, MASK | __GFP_NOWARN);
	while (!failed);
	return failed;
}

static void give_back(struct list_head *list, unsigned int order)
{
	struct page *page, *next;

	list_for_each_entry_safe(page, next, list, lru) {
		list_del(&page->lru);
		__free_pages(page, order);
	}
}

static void take_all(struct list_head *list, unsigned int order)
{
	struct page *page;

	while ((page = alloc_pages(MASK | __GFP_NOWARN, order)))
		list_add(&page->lru, list);
}

/*
 * All of memory in pieces, of which every other one is given back: no two that are neighbours.  Then the blocks that the
 * watermark had kept.
 */
static void fragment(struct list_head *blocks)
{
	struct page *page, *next;

	take_all(&taken, PIECES);
	list_for_each_entry_safe(page, next, &taken, lru) {
		if ((page_to_pfn(page) >> PIECES) & 1)
			continue;
		list_del(&page->lru);
		__free_pages(page, PIECES);
	}
	take_all(blocks, PIECES + 1);
}

static noinline void *early_table(void)
{
	void *table = fixed ? kvzalloc(BYTES, GFP_KERNEL) : kzalloc(BYTES, GFP_KERNEL);

	barrier();
	return table;
}

/* Asks until it had to do without a block so often: what compaction still makes is kept until then. */
static void early_case(void)
{
	unsigned int failed = 0, elsewhere = 0, asked = 0;
	struct list_head *table, *next;
	LIST_HEAD(blocks);
	LIST_HEAD(tables);

	fragment(&blocks);
	while (failed + elsewhere < requests && asked++ < ENOUGH) {
		table = early_table();
		if (table)
			list_add(table, &tables);
		failed += !table;
		elsewhere += table && is_vmalloc_addr(table);
	}
	list_for_each_safe(table, next, &tables)
		kvfree(table);
	give_back(&blocks, PIECES + 1);
	give_back(&taken, PIECES);
	pr_info("early: failed %u elsewhere %u\n", failed, elsewhere);
}

static int early_probe(struct platform_device *device)
{
	unsigned int quiet, loud;

	if (requests) {
		early_case();
		return 0;
	}
	quiet = fill() + early_ask(silent, MASK | __GFP_NOWARN);
	loud = early_ask(warned, MASK);
	give_back(&taken, ORDER);
	pr_info("early: silent %u warned %u\n", quiet, loud);
	return 0;
}

static struct platform_driver early_driver = { .probe = early_probe, .driver = { .name = "early" } };
static struct platform_device *early_device;

static int __init early_init(void)
{
	int err = platform_driver_register(&early_driver);

	if (err)
		return err;
	early_device = platform_device_register_simple("early", -1, NULL, 0);
	if (!IS_ERR(early_device))
		return 0;
	platform_driver_unregister(&early_driver);
	return PTR_ERR(early_device);
}

static void __exit early_exit(void)
{
	platform_device_unregister(early_device);
	platform_driver_unregister(&early_driver);
}

module_init(early_init);
module_exit(early_exit);
MODULE_DESCRIPTION("a probe that asks for memory that is not there");
MODULE_LICENSE("GPL");
