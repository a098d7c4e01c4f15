// SPDX-License-Identifier: GPL-2.0
/*
 * /dev/allocwatch: each reader gets all records, at its own pace.
 *
 * Hooks run under the zone lock and cannot wake readers: while the device is
 * open, a work item looks for new records every WAKE_JIFFIES.
 */
#include "kmod.h"

#include <linux/bitops.h>
#include <linux/capability.h>
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include <linux/vmalloc.h>
#include <linux/wait.h>
#include <linux/workqueue.h>

#define WAKE_JIFFIES (HZ / 20 + 1)
#define EXPIRE_JIFFIES (5 * HZ)
#define IDLE_JIFFIES round_jiffies_relative(60 * HZ)	/* while records are kept, without a reader, too: to expire requests */

struct aw_reader {
	struct mutex lock;		/* of all below */
	struct aw_cursor *cursor;
	u64 lost[AW_LOST_MAX];		/* overwritten before this reader got there */
	unsigned long base[AW_LOST_MAX];	/* what was lost before it opened the device */
	unsigned long base_nested;
	u64 stall_ns;
	int stopped;
	unsigned long stop_at;		/* stopped: records up to this number are delivered */
	size_t pending;			/* bytes of record[] that could not be copied: the next read() has them first */
	u64 record[AW_KMOD_RECORD_MAX / sizeof(u64)];
};

static struct aw_reader readers[AW_READERS];
static unsigned long used;		/* a bit for each reader */
static atomic_t open_count = ATOMIC_INIT(0);
static DECLARE_WAIT_QUEUE_HEAD(news_queue);
static unsigned long news_seen, expire_at;

static void look_for_news(struct work_struct *work);
static DECLARE_DELAYED_WORK(news_work, look_for_news);

static void look_for_news(struct work_struct *work)
{
	unsigned long news = aw_ring_news();

	if (news != news_seen) {
		news_seen = news;
		wake_up_interruptible(&news_queue);
	}
	if (time_after_eq(jiffies, expire_at)) {
		expire_at = jiffies + EXPIRE_JIFFIES;
		aw_request_expire();
	}
	if (atomic_read(&open_count))
		schedule_delayed_work(&news_work, WAKE_JIFFIES);
}

/* A work of its own: the queue that mod_delayed_work() asks for has another name since 6.17. */
static void expire_idle(struct work_struct *work);
static DECLARE_DELAYED_WORK(idle_work, expire_idle);

static void expire_idle(struct work_struct *work)
{
	aw_request_expire();
	schedule_delayed_work(&idle_work, IDLE_JIFFIES);
}

/* All readers get the same stalls: the shortest limit decides. */
static void choose_stall(void)
{
	static DEFINE_MUTEX(lock);
	u64 shortest = ~0ull;
	unsigned int i;

	mutex_lock(&lock);
	for (i = 0; i < AW_READERS; i++)
		if (test_bit(i, &used) && readers[i].stall_ns < shortest)
			shortest = readers[i].stall_ns;
	WRITE_ONCE(aw_stall_ns, shortest);
	mutex_unlock(&lock);
}

static struct aw_reader *take_reader(void)
{
	unsigned int i;

	for (i = 0; i < AW_READERS; i++)
		if (!test_and_set_bit(i, &used))
			return &readers[i];
	return NULL;
}

static const struct aw_kmod_options everything = { .stall_ns = ~0ull, .order_max = ~0u };

/* Raw addresses and names of functions: as /proc/kallsyms with CAP_SYSLOG, and as tracefs under lockdown. */
static int may_open(void)
{
	return capable(CAP_SYSLOG) ? aw_locked_down() : -EPERM;
}

static int device_open(struct inode *inode, struct file *file)
{
	struct aw_reader *reader;
	unsigned int i;
	int err = may_open();

	if (err)
		return err;
	reader = take_reader();
	if (!reader)
		return -EBUSY;
	memset(reader->lost, 0, sizeof(reader->lost));
	for (i = 0; i < AW_LOST_MAX; i++)
		reader->base[i] = aw_lost_count(i);
	reader->base_nested = aw_nested_count();
	reader->stall_ns = ~0ull;
	reader->stopped = 0;
	reader->pending = 0;
	aw_filter_set(reader - readers, &everything);
	aw_cursor_start(reader->cursor);
	file->private_data = reader;
	if (atomic_inc_return(&open_count) == 1)
		schedule_delayed_work(&news_work, WAKE_JIFFIES);
	return nonseekable_open(inode, file);
}

static int device_release(struct inode *inode, struct file *file)
{
	struct aw_reader *reader = file->private_data;

	atomic_dec(&open_count);
	aw_filter_clear(reader - readers);
	clear_bit(reader - readers, &used);
	choose_stall();
	return 0;
}

static unsigned long limit_of(const struct aw_reader *reader)
{
	unsigned long limit = reader->stopped ? reader->stop_at : aw_ring_news();

	smp_rmb();	/* the number before the ring buffers: pairs with aw_record_commit() */
	return limit;
}

/* The next record is in record[], with its padding.  0: there is none up to `limit`. */
static int fetch_record(struct aw_reader *reader, unsigned long limit)
{
	unsigned int bytes;

	if (reader->pending)
		return 1;
	bytes = aw_cursor_next(reader->cursor, limit, reader->record, reader->lost);
	reader->pending = ALIGN(bytes, AW_KMOD_ALIGN);
	memset((u8 *)reader->record + bytes, 0, reader->pending - bytes);
	return bytes != 0;
}

/* Copies whole records.  Returns their bytes, or -EFAULT; a record that could not be copied is not lost. */
static ssize_t read_records(struct aw_reader *reader, char __user *buffer, size_t size)
{
	unsigned long limit = limit_of(reader);
	size_t done = 0;

	while (size - done >= AW_KMOD_RECORD_MAX && fetch_record(reader, limit)) {
		if (copy_to_user(buffer + done, reader->record, reader->pending))
			return done ? (ssize_t)done : -EFAULT;
		done += reader->pending;
		reader->pending = 0;
		cond_resched();
	}
	return done;
}

/* Bytes; -EAGAIN: there is nothing yet; 0: the end, after AW_KMOD_STOP. */
static ssize_t try_read(struct aw_reader *reader, char __user *buffer, size_t size)
{
	ssize_t done;

	if (mutex_lock_interruptible(&reader->lock))
		return -ERESTARTSYS;
	done = read_records(reader, buffer, size);
	if (!done && !reader->stopped)
		done = -EAGAIN;
	mutex_unlock(&reader->lock);
	return done;
}

static ssize_t device_read(struct file *file, char __user *buffer, size_t size, loff_t *offset)
{
	struct aw_reader *reader = file->private_data;
	unsigned long news;
	ssize_t done;

	if (size < AW_KMOD_RECORD_MAX)
		return -EINVAL;
	for (;;) {
		news = aw_ring_news();
		done = try_read(reader, buffer, size);
		if (done != -EAGAIN || file->f_flags & O_NONBLOCK)
			return done;
		if (wait_event_interruptible(news_queue, aw_ring_news() != news || reader->stopped))
			return -ERESTARTSYS;
	}
}

static aw_poll_t device_poll(struct file *file, poll_table *wait)
{
	struct aw_reader *reader = file->private_data;

	poll_wait(file, &news_queue, wait);
	if (!reader->stopped && !reader->pending && !aw_cursor_pending(reader->cursor))
		return 0;
	return (__force aw_poll_t)(POLLIN | POLLRDNORM);
}

static long get_info(void __user *to)
{
	struct aw_kmod_info info = {
		.size = sizeof(info), .abi = AW_KMOD_ABI, .wire = AW_WIRE_VERSION,
		.hooks = aw_hooks | AW_KMOD_ZONES, .warn_error = aw_warn_error,
		.cpus = num_online_cpus(), .ring_bytes = aw_ring_bytes(), .readers = AW_READERS,
	};

#if defined(HAVE_STACK_TRACE_SAVE) || defined(HAVE_SAVE_STACK_TRACE)
	if (IS_ENABLED(CONFIG_STACKTRACE))
		info.hooks |= AW_KMOD_STACKS;
#endif
	if (aw_keeps)
		info.hooks |= AW_KMOD_KEEPS;
	return copy_to_user(to, &info, sizeof(info)) ? -EFAULT : 0;
}

static long get_lost(struct aw_reader *reader, void __user *to)
{
	struct aw_kmod_lost lost;
	unsigned int i;

	BUILD_BUG_ON(AW_KMOD_LOST != AW_LOST_MAX);
	mutex_lock(&reader->lock);
	for (i = 0; i < AW_LOST_MAX; i++)
		lost.lost[i] = reader->lost[i] + (aw_lost_count(i) - reader->base[i]);
	lost.nested = aw_nested_count() - reader->base_nested;
	mutex_unlock(&reader->lock);
	return copy_to_user(to, &lost, sizeof(lost)) ? -EFAULT : 0;
}

static long set_options(struct aw_reader *reader, const void __user *from)
{
	struct aw_kmod_options options;

	if (copy_from_user(&options, from, sizeof(options)))
		return -EFAULT;
	if (options.size != sizeof(options))
		return -EINVAL;
	mutex_lock(&reader->lock);
	reader->stall_ns = options.stall_ns;
	aw_filter_set(reader - readers, &options);
	choose_stall();
	mutex_unlock(&reader->lock);
	return 0;
}

static long get_name(void __user *user)
{
	struct aw_kmod_name name;

	if (copy_from_user(&name, user, sizeof(name)))
		return -EFAULT;
	memset(name.name, 0, sizeof(name.name));
	snprintf(name.name, sizeof(name.name), "%pS", (void *)(unsigned long)name.address);
	return copy_to_user(user, &name, sizeof(name)) ? -EFAULT : 0;
}

static long stop_reader(struct aw_reader *reader)
{
	mutex_lock(&reader->lock);
	reader->stop_at = aw_ring_news();
	reader->stopped = 1;
	mutex_unlock(&reader->lock);
	wake_up_interruptible(&news_queue);
	return 0;
}

/* Losses, too, are those since the boot. */
static long from_boot(struct aw_reader *reader)
{
	if (!aw_keeps)
		return -ENOTTY;
	mutex_lock(&reader->lock);
	aw_cursor_rewind(reader->cursor);
	memset(reader->lost, 0, sizeof(reader->lost));
	memset(reader->base, 0, sizeof(reader->base));
	reader->base_nested = 0;
	reader->pending = 0;
	mutex_unlock(&reader->lock);
	return 0;
}

/* All structures are the same for 32-bit programs. */
static long device_ioctl(struct file *file, unsigned int command, unsigned long argument)
{
	struct aw_reader *reader = file->private_data;
	void __user *user = (void __user *)argument;

	switch (command) {
	case AW_KMOD_GET_INFO:
		return get_info(user);
	case AW_KMOD_GET_LOST:
		return get_lost(reader, user);
	case AW_KMOD_SET_OPTIONS:
		return set_options(reader, user);
	case AW_KMOD_GET_NAME:
		return get_name(user);
	case AW_KMOD_STOP:
		return stop_reader(reader);
	case AW_KMOD_FROM_BOOT:
		return from_boot(reader);
	default:
		return -ENOTTY;
	}
}

/* The owner keeps the module loaded while the device is open. */
static const struct file_operations operations = {
	.owner = THIS_MODULE,
	.open = device_open,
	.release = device_release,
	.read = device_read,
	.poll = device_poll,
	.unlocked_ioctl = device_ioctl,
	.compat_ioctl = device_ioctl,
};

static struct miscdevice device = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "allocwatch",
	.fops = &operations,
	.mode = 0600,
};

static void free_cursors(void)
{
	unsigned int i;

	for (i = 0; i < AW_READERS; i++)
		vfree(readers[i].cursor);
}

int aw_device_init(void)
{
	unsigned int i;
	int err;

	for (i = 0; i < AW_READERS; i++) {
		mutex_init(&readers[i].lock);
		readers[i].cursor = vzalloc(aw_cursor_size());
		if (!readers[i].cursor) {
			free_cursors();
			return -ENOMEM;
		}
	}
	err = misc_register(&device);
	if (err) {
		free_cursors();
		return err;
	}
	if (aw_keeps)
		schedule_delayed_work(&idle_work, IDLE_JIFFIES);
	return 0;
}

void aw_device_exit(void)
{
	misc_deregister(&device);
	cancel_delayed_work_sync(&news_work);
	cancel_delayed_work_sync(&idle_work);
	free_cursors();
}
