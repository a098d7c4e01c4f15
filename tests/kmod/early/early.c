// SPDX-License-Identifier: GPL-2.0
/*
 * A driver whose probe asks for more contiguous memory than there is, before any program runs: it takes every block
 * of the largest order, asks for more, and gives all back.  Prints how often it failed to the kernel log.
 */
#include <linux/gfp.h>
#include <linux/list.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/platform_device.h>

#define ORDER 9
/* Gives up at once, so that nothing is reclaimed and no process is killed for it. */
#define MASK (GFP_KERNEL | __GFP_COMP | __GFP_NORETRY)

static unsigned int silent = 7, warned = 3;
module_param(silent, uint, 0444);
module_param(warned, uint, 0444);

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

static int early_probe(struct platform_device *device)
{
	unsigned int quiet = fill() + early_ask(silent, MASK | __GFP_NOWARN), loud = early_ask(warned, MASK);
	struct page *page, *next;

	list_for_each_entry_safe(page, next, &taken, lru) {
		list_del(&page->lru);
		__free_pages(page, ORDER);
	}
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
