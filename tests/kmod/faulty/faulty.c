// SPDX-License-Identifier: GPL-2.0
/*
 * Makes the mistakes that a kernel which checks itself must report; writing the
 * name of one to /proc/faulty makes it.
 */
#include <linux/delay.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/percpu.h>
#include <linux/proc_fs.h>
#include <linux/rculist.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/uaccess.h>
#include <linux/vmalloc.h>

static DEFINE_SPINLOCK(spin);
static DEFINE_MUTEX(one);
static DEFINE_MUTEX(two);
static DEFINE_PER_CPU(int, of_cpu);
static int __rcu *shared;
static volatile int sink;

static void past_slab(void)
{
	volatile u8 *memory = kmalloc(48, GFP_KERNEL);

	if (memory)
		sink = memory[48];
	kfree((void *)memory);
}

static void past_vmalloc(void)
{
	volatile u8 *memory = vmalloc(PAGE_SIZE - 16);

	if (memory)
		sink = memory[PAGE_SIZE - 8];
	vfree((void *)memory);
}

static void after_free(void)
{
	volatile u8 *memory = kmalloc(48, GFP_KERNEL);

	kfree((void *)memory);
	if (memory)
		sink = memory[8];
}

static void sleep_in_atomic(void)
{
	spin_lock(&spin);
	mutex_lock(&one);
	mutex_unlock(&one);
	spin_unlock(&spin);
}

static void per_cpu_while_preemptible(void)
{
	sink = __this_cpu_read(of_cpu);
}

static void outside_of_rcu(void)
{
	int *pointer = rcu_dereference(shared);

	sink = pointer != NULL;
}

/* Last: lockdep says only the first thing that it finds. */
static void wrong_order(void)
{
	mutex_lock(&one);
	mutex_lock(&two);
	mutex_unlock(&two);
	mutex_unlock(&one);
	mutex_lock(&two);
	mutex_lock(&one);
	mutex_unlock(&one);
	mutex_unlock(&two);
}

static const struct {
	const char *name;
	void (*make)(void);
} mistakes[] = {
	{ "slab", past_slab }, { "vmalloc", past_vmalloc }, { "free", after_free }, { "atomic", sleep_in_atomic },
	{ "percpu", per_cpu_while_preemptible }, { "rcu", outside_of_rcu }, { "order", wrong_order },
};

static ssize_t faulty_write(struct file *file, const char __user *from, size_t size, loff_t *at)
{
	char name[16] = "";
	unsigned int i;

	if (copy_from_user(name, from, min(size, sizeof(name) - 1)))
		return -EFAULT;
	for (i = 0; i < ARRAY_SIZE(mistakes); i++)
		if (!strncmp(name, mistakes[i].name, strlen(mistakes[i].name))) {
			mistakes[i].make();
			return size;
		}
	return -EINVAL;
}

static const struct proc_ops operations = { .proc_write = faulty_write };

static int __init faulty_init(void)
{
	return proc_create("faulty", 0200, NULL, &operations) ? 0 : -ENOMEM;
}

static void __exit faulty_exit(void)
{
	remove_proc_entry("faulty", NULL);
}

module_init(faulty_init);
module_exit(faulty_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Makes mistakes, for a test of allocwatch");
