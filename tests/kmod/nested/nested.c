// SPDX-License-Identifier: GPL-2.0
/*
 * Makes a request that fails, and requests that fail inside its direct reclaim.
 *
 * Writing a number to /proc/nested uses up memory, then requests a block of that
 * order (nested_outer): single pages until there are none, or one larger block.
 * While this request reclaims, the shrinker of this module requests blocks of the
 * highest order (nested_inner).  With PF_MEMALLOC, these do not reclaim, but they
 * compact.  Reading it returns how many of each failed.
 */
#include <linux/gfp.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/proc_fs.h>
#include <linux/sched.h>
#include <linux/seq_file.h>
#include <linux/shrinker.h>
#include <linux/uaccess.h>

#define HIGHEST (MAX_ORDER - 1)

/* NORETRY: one reclaim, and no OOM kill; costly orders do not cause one either. */
#define PAGE_GFP (GFP_KERNEL | __GFP_NOWARN | __GFP_NORETRY)
#define BLOCK_GFP (GFP_KERNEL | __GFP_NOWARN | __GFP_COMP)
/* NOMEMALLOC: must not use the reserves of reclaim. */
#define INNER_GFP (GFP_KERNEL | __GFP_NOWARN | __GFP_NOMEMALLOC | __GFP_COMP)

static unsigned int outer_failed, inner_failed;
static struct task_struct *asks;

static noinline void nested_inner(void)
{
	struct page *page = alloc_pages(INNER_GFP, HIGHEST);

	if (page)
		__free_pages(page, HIGHEST);
	else
		inner_failed++;
}

static noinline struct page *nested_outer(unsigned int order)
{
	struct page *page = alloc_pages(order ? BLOCK_GFP : PAGE_GFP, order);

	if (!page)
		outer_failed++;
	return page;
}

static unsigned long nested_count(struct shrinker *shrinker, struct shrink_control *control)
{
	return 1ul << 20;
}

/* Also called for kswapd and other requests. */
static unsigned long nested_scan(struct shrinker *shrinker, struct shrink_control *control)
{
	if (current == READ_ONCE(asks))
		nested_inner();
	return SHRINK_STOP;
}

static struct shrinker nested_shrinker = {
	.count_objects = nested_count,
	.scan_objects = nested_scan,
	.seeks = DEFAULT_SEEKS,
};

static ssize_t nested_write(struct file *file, const char __user *text, size_t size, loff_t *at)
{
	struct page *page, *next;
	unsigned int order;
	LIST_HEAD(pages);
	int err = kstrtouint_from_user(text, size, 10, &order);

	if (err)
		return err;
	while ((page = alloc_pages(GFP_NOWAIT | __GFP_NOWARN, 0)))
		list_add(&page->lru, &pages);
	WRITE_ONCE(asks, current);
	do {
		page = nested_outer(order);
		if (page && order)
			__free_pages(page, order);
		else if (page)
			list_add(&page->lru, &pages);
	} while (page && !order);
	WRITE_ONCE(asks, NULL);
	list_for_each_entry_safe(page, next, &pages, lru)
		__free_page(page);
	return size;
}

static int nested_show(struct seq_file *out, void *unused)
{
	seq_printf(out, "outer %u\ninner %u\n", outer_failed, inner_failed);
	outer_failed = inner_failed = 0;
	return 0;
}

static int nested_open(struct inode *inode, struct file *file)
{
	return single_open(file, nested_show, NULL);
}

static const struct proc_ops nested_ops = {
	.proc_open = nested_open,
	.proc_read = seq_read,
	.proc_write = nested_write,
	.proc_lseek = seq_lseek,
	.proc_release = single_release,
};

static int __init nested_init(void)
{
	int err = register_shrinker(&nested_shrinker, "nested");

	if (err)
		return err;
	if (!proc_create("nested", 0600, NULL, &nested_ops)) {
		unregister_shrinker(&nested_shrinker);
		return -ENOMEM;
	}
	return 0;
}

static void __exit nested_exit(void)
{
	remove_proc_entry("nested", NULL);
	unregister_shrinker(&nested_shrinker);
}

module_init(nested_init);
module_exit(nested_exit);
MODULE_DESCRIPTION("a request that fails inside another one's reclaim");
MODULE_LICENSE("GPL");
