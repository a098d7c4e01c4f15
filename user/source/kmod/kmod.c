// SPDX-License-Identifier: GPL-2.0
/*
 * The module source: records of /dev/allocwatch (kmod/) to events.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "../bpf/wire.h"
#include "../kmod/abi.h"
#include "base/array.h"
#include "event/records.h"
#include "source/decoding.h"
#include "source/kmod/missing.h"
#include "source/source.h"

#define DEVICE "/dev/allocwatch"
#define BUFFER (64u << 10)

_Static_assert(AW_COMM_LEN <= AW_KMOD_COMM, "a task's name fits");

struct kmod_source {
	struct aw_source source;
	struct aw_decoding decoding;
	struct aw_kmod_info info;
	int fd;
	bool low_overhead;	/* was asked for */
	bool boot;		/* from the boot on, as a module keeps it that is built in or loaded with keep=1 */
	bool stopped;
	uint64_t damaged;	/* reads whose rest could not be split into records */
	uint64_t buffer[BUFFER / sizeof(uint64_t)];
};

static struct kmod_source *of(struct aw_source *source)
{
	return (struct kmod_source *)source;
}

static void kmod_close(struct aw_source *base)
{
	struct kmod_source *source = of(base);

	if (source->fd >= 0)
		close(source->fd);
	aw_decoding_close(&source->decoding);
	free(source);
}

static int open_device(struct kmod_source *source, struct aw_error *error)
{
	source->fd = open(DEVICE, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	if (source->fd >= 0)
		return 0;
	switch (errno) {
	case ENOENT:
	case ENODEV:
	case ENXIO:
		return aw_error_set(error, -ENODEV, "no " DEVICE ": the module is not loaded (make kmod, then insmod allocwatch.ko)");
	case EACCES:
	case EPERM:
		return aw_error_set(error, -ENODEV, DEVICE " is for root only");
	case EBUSY:
		return aw_error_set(error, -EBUSY, DEVICE " has as many readers as it can have: end one of them");
	default:
		return aw_error_set(error, -errno, DEVICE ": %s", strerror(errno));
	}
}

static struct aw_kmod_options options_of(const struct aw_capture *capture)
{
	struct aw_kmod_options options = {
		.size = sizeof(options),
		.pid = capture->pid,
		.stall_ns = capture->stall_ns,
		.order_min = capture->order_min,
		.order_max = capture->order_max,
		.comm_len = strlen(capture->comm),
		.comm_whole = !capture->comm_is_prefix,
	};

	memcpy(options.comm, capture->comm, options.comm_len);
	return options;
}

/* Another module may have that name, or the module may be older than this program. */
static int shake_hands(struct kmod_source *source, const struct aw_capture *capture, struct aw_error *error)
{
	struct aw_kmod_options options = options_of(capture);

	if (ioctl(source->fd, AW_KMOD_GET_INFO, &source->info))
		return aw_error_set(error, -ENODEV, DEVICE " does not answer as allocwatch's module: %s", strerror(errno));
	if (source->info.abi != AW_KMOD_ABI || source->info.wire != AW_WIRE_VERSION)
		return aw_error_set(error, -ENODEV, "the loaded module has version %u.%u, this program needs %u.%u: load the module that came with it",
				    source->info.abi, source->info.wire, AW_KMOD_ABI, AW_WIRE_VERSION);
	if (ioctl(source->fd, AW_KMOD_SET_OPTIONS, &options))
		return aw_error_set(error, -errno, DEVICE " refuses the options: %s", strerror(errno));
	return 0;
}

/* As tracefs:boot: what came since the boot, until it is stopped. */
static int begin_at_boot(struct kmod_source *source, struct aw_error *error)
{
	if (!(source->info.hooks & AW_KMOD_KEEPS))
		return aw_error_set(error, -ENODEV, "the module was loaded without keep=1, so that it has nothing from before");
	if (ioctl(source->fd, AW_KMOD_FROM_BOOT))
		return aw_error_set(error, -errno, DEVICE " does not go back to the boot: %s", strerror(errno));
	return 0;
}

/* aw_symbol_namer: %pS of the kernel, which kernel.kptr_restrict does not affect. */
static int name_address(void *arg, uint64_t address, char *text, size_t size)
{
	const struct kmod_source *source = arg;
	struct aw_kmod_name name = { .address = address };

	if (ioctl(source->fd, AW_KMOD_GET_NAME, &name))
		return -errno;
	name.name[sizeof(name.name) - 1] = '\0';
	if (strlen(name.name) >= size)
		return -ENAMETOOLONG;
	strcpy(text, name.name);
	return 0;
}

static int prepare(struct kmod_source *source, const struct aw_capture *capture, struct aw_error *error)
{
	int err = open_device(source, error);

	if (!err)
		err = shake_hands(source, capture, error);
	if (!err && source->boot)
		err = begin_at_boot(source, error);
	if (!err)
		err = aw_decoding_open(&source->decoding, capture, capture->btf_of_kernel, error);
	if (!err)
		aw_decoding_set_namer(&source->decoding, name_address, source);
	return err;
}

static int kmod_open(const struct aw_capture *capture, struct aw_source **out, struct aw_error *error)
{
	struct kmod_source *source = calloc(1, sizeof(*source));
	int err;

	if (!source)
		return aw_error_set(error, -ENOMEM, "out of memory");
	source->source.ops = &aw_source_kmod;
	source->fd = -1;
	source->low_overhead = capture->low_overhead;
	source->boot = capture->argument && !strcmp(capture->argument, "boot");
	err = prepare(source, capture, error);
	if (err)
		kmod_close(&source->source);
	else
		*out = &source->source;
	return err;
}

static int decode_all(struct kmod_source *source, size_t bytes, aw_event_fn deliver, void *arg)
{
	struct aw_event event;
	size_t offset = 0, size;
	const void *record;
	int found, count = 0;

	while ((found = aw_records_next(source->buffer, bytes, AW_KMOD_ALIGN, &offset, &record, &size)) > 0) {
		if (aw_decoding_next(&source->decoding, record, size, &event) == 1)
			deliver(arg, &event);
		count++;
	}
	if (found < 0)
		source->damaged++;
	return count;
}

static int kmod_poll(struct aw_source *base, int timeout_ms, aw_event_fn deliver, void *arg)
{
	struct kmod_source *source = of(base);
	struct pollfd wait = { .fd = source->fd, .events = POLLIN };
	ssize_t bytes;

	if (poll(&wait, 1, timeout_ms) < 0)
		return errno == EINTR ? 0 : -errno;
	bytes = read(source->fd, source->buffer, sizeof(source->buffer));
	if (bytes < 0)
		return errno == EAGAIN || errno == EINTR ? 0 : -errno;
	if (!bytes && source->boot && source->stopped)
		return -ENODATA;
	return decode_all(source, bytes, deliver, arg);
}

static const struct aw_kernel *kmod_kernel(const struct aw_source *base)
{
	return &((const struct kmod_source *)base)->decoding.kernel;
}

static unsigned int kmod_missing(const struct aw_source *base, struct aw_missing *out)
{
	const struct kmod_source *source = (const struct kmod_source *)base;

	unsigned int count = aw_kmod_missing(&source->info, source->low_overhead, out);

	return count + aw_decoding_missing_charges(&source->decoding, &out[count]);
}

static const struct {
	enum aw_wire_lost index;
	struct aw_loss loss;
} module_losses[] = {
	{ AW_LOST_RING_FAILURE, AW_LOSS(ring_full_failures, "failures: overwritten in the module's ring buffer before they were read", 0) },
	{ AW_LOST_RING_EXTFRAG, AW_LOSS(ring_full_extfrag, "extfrag steals: overwritten in the module's ring buffer before they were read", 0) },
	{ AW_LOST_RING_OTHER, AW_LOSS(ring_full_other, "other records: overwritten in the module's ring buffer before they were read", 0) },
	{ AW_LOST_INFLIGHT_FULL, AW_LOSS(inflight_full, "requests not followed: too many at once", 0) },
	{ AW_LOST_UNPAIRED, AW_LOSS(unpaired, "failures whose tracepoint was missed", 0) },
	{ AW_LOST_EXPIRED, AW_LOSS(expired, "requests whose end was missed", 0) },
	{ AW_LOST_ZONES_BUDGET, AW_LOSS(zones_budget, "zone snapshots not taken: over the budget of a second", 0) },
};

static unsigned int kmod_losses(struct aw_source *base, struct aw_loss *out)
{
	struct kmod_source *source = of(base);
	struct aw_kmod_lost lost = { 0 };
	unsigned int count = 0;

	ioctl(source->fd, AW_KMOD_GET_LOST, &lost);
	for (unsigned int i = 0; i < ARRAY_SIZE(module_losses); i++) {
		out[count] = module_losses[i].loss;
		out[count++].count = lost.lost[module_losses[i].index];
	}
	out[count++] = (struct aw_loss)AW_LOSS(recursion_misses, "events inside the module's own hooks", lost.nested);
	return count + aw_decoding_losses(&source->decoding, source->damaged, out + count);
}

static void kmod_stop(struct aw_source *base)
{
	of(base)->stopped = true;
	ioctl(of(base)->fd, AW_KMOD_STOP);
}

const struct aw_source_ops aw_source_kmod = {
	.name = "kmod",
	.summary = "the kernel module allocwatch.ko on the same events (3.18 on, for kernels without usable BPF)",
	.open = kmod_open,
	.poll = kmod_poll,
	.kernel = kmod_kernel,
	.missing = kmod_missing,
	.names_cgroups = true,
	.losses = kmod_losses,
	.stop = kmod_stop,
	.close = kmod_close,
};
