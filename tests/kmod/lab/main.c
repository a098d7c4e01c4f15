// SPDX-License-Identifier: GPL-2.0
/* /proc/lab: reads steps, runs them, and tells what the requests got. */
#include <linux/delay.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/jiffies.h>
#include <linux/module.h>
#include <linux/oom.h>
#include <linux/proc_fs.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/sysrq.h>
#include <linux/uaccess.h>
#include <linux/vmalloc.h>

#include "lab.h"

#define TOLD_BYTES (128u << 10)
#define WRITE_BYTES 4000u
/* warn_alloc() prints at most one report in this time. */
#define RATE_LIMIT (10 * HZ)

static char *told;
static size_t told_bytes;
static char name[32];
static char text[WRITE_BYTES + 1];
static DEFINE_MUTEX(one_writer);

void lab_tell(const char *format, ...)
{
	va_list args;

	told_bytes += scnprintf(told + told_bytes, TOLD_BYTES - told_bytes, "%s ", name);
	va_start(args, format);
	told_bytes += vscnprintf(told + told_bytes, TOLD_BYTES - told_bytes, format, args);
	va_end(args);
	told_bytes += scnprintf(told + told_bytes, TOLD_BYTES - told_bytes, "\n");
}

const char *lab_text(const struct lab_args *args, const char *key, const char *otherwise)
{
	unsigned int i;

	for (i = 0; i < args->count; i++)
		if (!strcmp(args->keys[i], key))
			return args->values[i];
	return otherwise;
}

long lab_number(const struct lab_args *args, const char *key, long otherwise)
{
	const char *value = lab_text(args, key, NULL);
	long number;

	return value && !kstrtol(value, 0, &number) ? number : otherwise;
}

/* Names what follows, in the kernel log and in what reading gives. */
static int mark(const struct lab_args *args)
{
	strscpy(name, lab_text(args, "name", "?"), sizeof(name));
	pr_info("lab: case %s\n", name);
	lab_forget();
	return 0;
}

/* Lets the clock of the rate limits pass, so that the next failure is printed again. */
static int warp(const struct lab_args *args)
{
	unsigned long flags;

	local_irq_save(flags);
	jiffies_64 += lab_number(args, "seconds", RATE_LIMIT / HZ + 1) * HZ;
	local_irq_restore(flags);
	return 0;
}

static int wait(const struct lab_args *args)
{
	msleep(lab_number(args, "ms", 100));
	return 0;
}

/*
 * Until the request has ended, or the state is released, no other task runs on this cpu: neither kswapd, which would
 * reclaim, nor one that takes or frees pages.  For steps and requests that do not sleep.
 */
static bool alone;

static int still(const struct lab_args *args)
{
	/* with PREEMPT_RT the allocator's locks sleep */
	if (alone || IS_ENABLED(CONFIG_PREEMPT_RT))
		return 0;
	preempt_disable();
	alone = true;
	return 0;
}

static int move_on(const struct lab_args *unused)
{
	if (alone)
		preempt_enable();
	alone = false;
	return 0;
}

int lab_write_file(const char *path, const char *value)
{
	struct file *file = filp_open(path, O_WRONLY, 0);
	loff_t at = 0;
	ssize_t written;

	if (IS_ERR(file))
		return PTR_ERR(file);
	written = kernel_write(file, value, strlen(value), &at);
	fput(file);
	return written < 0 ? written : 0;
}

long lab_read_file(const char *path)
{
	struct file *file = filp_open(path, O_RDONLY, 0);
	char number[24] = "";
	loff_t at = 0;
	long value;

	if (IS_ERR(file))
		return PTR_ERR(file);
	kernel_read(file, number, sizeof(number) - 1, &at);
	fput(file);
	return kstrtol(strim(number), 0, &value) ? -EINVAL : value;
}

/* Writes value= to the file path=, without a program that would need memory. */
static int put(const struct lab_args *args)
{
	return lab_write_file(lab_text(args, "path", ""), lab_text(args, "value", ""));
}

/* The OOM killer chooses this task, which has the highest oom_score_adj. */
static int victim(const struct lab_args *args)
{
	int tries = 200;

	handle_sysrq('f');
	while (!tsk_is_oom_victim(current) && tries--)
		schedule_timeout_uninterruptible(HZ / 100 + 1);
	return tsk_is_oom_victim(current) ? 0 : -ETIMEDOUT;
}

/* The task becomes one of SCHED_FIFO, until it ends. */
static int realtime(const struct lab_args *unused)
{
	sched_set_fifo_low(current);
	return 0;
}

static int ask(const struct lab_args *args)
{
	int err = lab_ask(args);

	move_on(NULL);
	return err;
}

static int release(const struct lab_args *args)
{
	move_on(NULL);
	lab_release_files();
	lab_release_pages();
	return 0;
}

static const struct step {
	const char *name;
	int (*run)(const struct lab_args *args);
} steps[] = {
	{ "mark", mark },	{ "warp", warp },     { "wait", wait },	  { "victim", victim }, { "put", put },
	{ "still", still }, { "go", move_on },	{ "must", lab_must },	  { "realtime", realtime },
	{ "fill", lab_fill },	{ "eat", lab_eat },   { "punch", lab_punch }, { "boost", lab_boost },
	{ "reserve", lab_reserve }, { "movable", lab_movable }, { "cache", lab_cache }, { "holes", lab_holes },
	{ "lessen", lab_lessen }, { "pool", lab_pool },	{ "ask", ask },   { "release", release },
};

static void split_args(char *line, struct lab_args *args)
{
	char *word;

	args->count = 0;
	while ((word = strsep(&line, " \t\n")) && args->count < LAB_MAX_ARGS) {
		char *value = strchr(word, '=');

		if (!value)
			continue;
		*value = '\0';
		args->keys[args->count] = word;
		args->values[args->count++] = value + 1;
	}
}

static int run_step(char *line)
{
	char *what = strsep(&line, " \t\n");
	struct lab_args args;
	unsigned int i;

	split_args(line, &args);
	for (i = 0; i < ARRAY_SIZE(steps); i++)
		if (!strcmp(steps[i].name, what))
			return steps[i].run(&args);
	return *what ? -EINVAL : 0;
}

/*
 * All steps run, and the last one that releases does so whatever failed before.  In a state that is not the one that was
 * meant nothing but that is done.
 */
static int run_steps(char *rest)
{
	char *line;
	int first = 0;

	while ((line = strsep(&rest, ";"))) {
		char *step = strim(line);
		char what[16];
		int err;

		strscpy(what, step, sizeof(what));
		if (first == -EAGAIN && strcmp(step, "release"))
			continue;
		err = run_step(step);
		if (err) {
			if (err != -EAGAIN)
				lab_tell("step '%s' failed: %d", what, err);
			first = first ?: err;
		}
	}
	return first;
}

static ssize_t lab_write(struct file *file, const char __user *from, size_t size, loff_t *at)
{
	int err;

	if (size > WRITE_BYTES)
		return -E2BIG;
	mutex_lock(&one_writer);
	if (copy_from_user(text, from, size)) {
		mutex_unlock(&one_writer);
		return -EFAULT;
	}
	text[size] = '\0';
	err = run_steps(text);
	mutex_unlock(&one_writer);
	return err ?: size;
}

static int lab_show(struct seq_file *out, void *unused)
{
	seq_write(out, told, told_bytes);
	return 0;
}

static int lab_open(struct inode *inode, struct file *file)
{
	return single_open_size(file, lab_show, NULL, TOLD_BYTES);
}

static const struct proc_ops lab_ops = {
	.proc_open = lab_open,
	.proc_read = seq_read,
	.proc_write = lab_write,
	.proc_lseek = seq_lseek,
	.proc_release = single_release,
};

static int __init lab_init(void)
{
	told = vmalloc(TOLD_BYTES);
	if (!told)
		return -ENOMEM;
	if (lab_make_device())
		goto no_device;
	if (!lab_make_cache() && proc_create("lab", 0600, NULL, &lab_ops))
		return 0;
	lab_destroy_cache();
	lab_destroy_device();
no_device:
	vfree(told);
	return -ENOMEM;
}

static void __exit lab_exit(void)
{
	remove_proc_entry("lab", NULL);
	release(NULL);
	lab_release_pool();
	lab_destroy_cache();
	lab_destroy_device();
	vfree(told);
}

module_init(lab_init);
module_exit(lab_exit);
MODULE_DESCRIPTION("states of memory and requests for pages, made on purpose");
MODULE_LICENSE("GPL");
