// SPDX-License-Identifier: GPL-2.0
/*
 * Makes storms of failing requests, and counts them.
 *
 * Breaks up all blocks of the highest order by keeping one page of each, then
 * requests such blocks: in a loop on every cpu, in a timer softirq on every cpu
 * (unless softirqs=0), and from time to time from one quiet call site.  Writing
 * a number to /proc/storm runs the storm for that many milliseconds, and returns
 * when it is over; 0 instead makes some requests, one after the other, that
 * reclaim and compact.  Reading it returns the number of failed requests of each
 * type.
 */
#include <linux/delay.h>
#include <linux/gfp.h>
#include <linux/hrtimer.h>
#include <linux/kthread.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/uaccess.h>
#include <linux/version.h>

#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 4, 0) || !defined(MAX_PAGE_ORDER)
#define HIGHEST (MAX_ORDER - 1)		/* on 6.4 to 6.7, this is one less than the highest order */
#else
#define HIGHEST MAX_PAGE_ORDER
#endif

#define LOUD_GFP	(GFP_NOWAIT | __GFP_NOWARN | __GFP_COMP)
#define SOFTIRQ_GFP	(GFP_ATOMIC | __GFP_NOWARN | __GFP_COMP)
#define QUIET_GFP	(GFP_NOWAIT | __GFP_NOWARN | __GFP_COMP | __GFP_ZERO)
#define SLOW_GFP	(GFP_KERNEL | __GFP_NOWARN | __GFP_COMP)
#define SLOW_EVERY_MS	20
#define SLOW_REQUESTS	100
#define QUIET_EVERY_MS	100
#define SOFTIRQ_EVERY_NS (200 * NSEC_PER_USEC)

static atomic64_t loud_failed, softirq_failed, quiet_failed, succeeded;
static u64 slow_least, slow_most, slow_all;		/* duration in ns of requests that reclaim and compact */
static unsigned int slow_failed;
/* More signatures than the map of counts has room for: one for each of these masks. */
static const gfp_t masks[] = {
	__GFP_ZERO, __GFP_HIGH, __GFP_NOMEMALLOC, __GFP_RECLAIMABLE, __GFP_WRITE, __GFP_NORETRY, __GFP_RETRY_MAYFAIL,
	__GFP_HARDWALL, __GFP_ACCOUNT, __GFP_THISNODE, __GFP_IO, __GFP_FS, __GFP_COMP,
};

static bool kinds;
module_param(kinds, bool, 0600);

static bool softirqs = true;
module_param(softirqs, bool, 0600);

static bool running;
static LIST_HEAD(held);		/* blocks of requests that succeeded */
static LIST_HEAD(kept);		/* single pages */
static DEFINE_SPINLOCK(held_lock);
static DEFINE_PER_CPU(struct hrtimer, timers);

static void hold(struct page *page)
{
	unsigned long flags;

	atomic64_inc(&succeeded);
	spin_lock_irqsave(&held_lock, flags);
	list_add(&page->lru, &held);
	spin_unlock_irqrestore(&held_lock, flags);
}

static gfp_t loud_mask(void)
{
	static atomic_t asked;
	unsigned int kind = atomic_inc_return(&asked), bit;
	gfp_t gfp = LOUD_GFP;

	for (bit = 0; kinds && bit < ARRAY_SIZE(masks); bit++)
		if (kind >> bit & 1)
			gfp ^= masks[bit];
	return gfp;
}

static noinline void storm_loud(void)
{
	struct page *page = alloc_pages(loud_mask(), HIGHEST);

	if (page)
		hold(page);
	else
		atomic64_inc(&loud_failed);
}

static noinline void storm_softirq(void)
{
	struct page *page = alloc_pages(SOFTIRQ_GFP, HIGHEST);

	if (page)
		hold(page);
	else
		atomic64_inc(&softirq_failed);
}

static noinline void storm_quiet(void)
{
	struct page *page = alloc_pages(QUIET_GFP, HIGHEST);

	if (page)
		hold(page);
	else
		atomic64_inc(&quiet_failed);
}

/* Requests that run the whole slow path, one after the other. */
static noinline void storm_slow(void)
{
	u64 start = ktime_get_ns(), took;
	struct page *page = alloc_pages(SLOW_GFP, HIGHEST);

	took = ktime_get_ns() - start;
	if (page) {
		hold(page);
		return;
	}
	slow_failed++;
	slow_all += took;
	slow_most = max(slow_most, took);
	slow_least = slow_least ? min(slow_least, took) : took;
}

static enum hrtimer_restart on_timer(struct hrtimer *timer)
{
	storm_softirq();
	if (!READ_ONCE(running))
		return HRTIMER_NORESTART;
	hrtimer_forward_now(timer, ns_to_ktime(SOFTIRQ_EVERY_NS));
	return HRTIMER_RESTART;
}

static int loud_thread(void *unused)
{
	struct hrtimer *timer = this_cpu_ptr(&timers);

	hrtimer_init(timer, CLOCK_MONOTONIC, HRTIMER_MODE_REL_PINNED_SOFT);
	timer->function = on_timer;
	if (softirqs)
		hrtimer_start(timer, ns_to_ktime(SOFTIRQ_EVERY_NS), HRTIMER_MODE_REL_PINNED_SOFT);
	while (!kthread_should_stop()) {
		storm_loud();
		cond_resched();
	}
	hrtimer_cancel(timer);
	return 0;
}

static int quiet_thread(void *unused)
{
	while (!kthread_should_stop()) {
		storm_quiet();
		msleep_interruptible(QUIET_EVERY_MS);
	}
	return 0;
}

static void storm(unsigned int ms)
{
	struct task_struct *threads[NR_CPUS] = { NULL }, *quiet;
	int cpu;

	WRITE_ONCE(running, true);
	for_each_online_cpu(cpu) {
		threads[cpu] = kthread_create_on_node(loud_thread, NULL, cpu_to_node(cpu), "storm/%d", cpu);
		if (IS_ERR(threads[cpu]))
			continue;
		kthread_bind(threads[cpu], cpu);
		wake_up_process(threads[cpu]);
	}
	quiet = kthread_run(quiet_thread, NULL, "quiet");
	msleep(ms);
	WRITE_ONCE(running, false);
	for_each_online_cpu(cpu)
		if (!IS_ERR_OR_NULL(threads[cpu]))
			kthread_stop(threads[cpu]);
	if (!IS_ERR(quiet))
		kthread_stop(quiet);
}

static void slow(void)
{
	int i;

	slow_least = slow_most = slow_all = slow_failed = 0;
	for (i = 0; i < SLOW_REQUESTS; i++) {
		storm_slow();
		msleep(SLOW_EVERY_MS);
	}
}

static ssize_t storm_write(struct file *file, const char __user *text, size_t size, loff_t *at)
{
	unsigned int ms;
	int err = kstrtouint_from_user(text, size, 10, &ms);

	if (err)
		return err;
	if (ms)
		storm(ms);
	else
		slow();
	return size;
}

static int storm_show(struct seq_file *out, void *unused)
{
	seq_printf(out, "order %d\nloud %lld\nsoftirq %lld\nquiet %lld\nsucceeded %lld\n", HIGHEST,
		   (long long)atomic64_read(&loud_failed), (long long)atomic64_read(&softirq_failed),
		   (long long)atomic64_read(&quiet_failed), (long long)atomic64_read(&succeeded));
	if (slow_failed)
		seq_printf(out, "slow %u\nslow_least_ns %llu\nslow_mean_ns %llu\nslow_most_ns %llu\n", slow_failed,
			   slow_least, div_u64(slow_all, slow_failed), slow_most);
	return 0;
}

static int storm_open(struct inode *inode, struct file *file)
{
	return single_open(file, storm_show, NULL);
}

static const struct proc_ops storm_ops = {
	.proc_open = storm_open,
	.proc_read = seq_read,
	.proc_write = storm_write,
	.proc_lseek = seq_lseek,
	.proc_release = single_release,
};

/* Keeps one unmovable page of each block.  Called before allocwatch starts. */
static int __init storm_init(void)
{
	struct page *page, *next;
	LIST_HEAD(blocks);

	while ((page = alloc_pages(GFP_NOWAIT | __GFP_NOWARN, HIGHEST)))
		list_add(&page->lru, &blocks);
	list_for_each_entry_safe(page, next, &blocks, lru) {
		unsigned long i;

		split_page(page, HIGHEST);
		list_move(&page->lru, &kept);
		for (i = 1; i < 1ul << HIGHEST; i++)
			__free_page(page + i);
	}
	return proc_create("storm", 0600, NULL, &storm_ops) ? 0 : -ENOMEM;
}

static void __exit storm_exit(void)
{
	struct page *page, *next;

	remove_proc_entry("storm", NULL);
	list_for_each_entry_safe(page, next, &held, lru)
		__free_pages(page, HIGHEST);
	list_for_each_entry_safe(page, next, &kept, lru)
		__free_page(page);
}

module_init(storm_init);
module_exit(storm_exit);
MODULE_DESCRIPTION("storms of failing requests");
MODULE_LICENSE("GPL");
