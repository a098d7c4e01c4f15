// SPDX-License-Identifier: GPL-2.0
/*
 * The BPF source: the records of the ring buffer, and what the programs counted.
 */
#include <bpf/libbpf.h>
#include <errno.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/array.h"
#include "base/cleanup.h"
#include "base/clock.h"
#include "source/bpf/counts.h"
#include "source/bpf/holders.h"
#include "source/bpf/load.h"
#include "source/decoding.h"
#include "source/late_zones.h"
#include "source/source.h"
#include "system/btf.h"
#include "system/memory_limit.h"

#define RING_BYTES (2u << 20)
#define LITTLE_RING_BYTES (256u << 10)
#define LITTLE_MEMORY (UINT64_C(64) << 20)	/* below it, the small ring: what does not fit is counted */

/* Failures per second that carry zone snapshots, which take some microseconds each. */
#define ZONES_PER_SECOND 400
#define ZONES_PER_SITE 50

/* Failures per second, call site and order that are sent whole; the ring buffer has room for those of ten, beside zones. */
#define SAMPLES_PER_SECOND 100

/* How often failures that were only counted are read. */
#define COUNTS_EVERY_NS 1000000000ull
#define WAKE_MS ((int)(AW_WAKE_NS / 1000000))

/* A request that has been followed for this long has ended unnoticed. */
#define EXPIRE_NS (60ull * 1000000000)
#define EXPIRE_EVERY_NS (5ull * 1000000000)

/* Events delivered by one poll at most, so that a storm cannot keep it from returning. */
#define BATCH 2048

struct bpf_source {
	struct aw_source source;
	struct aw_decoding decoding;
	struct aw_bpf_object bpf;
	struct ring_buffer *ring;
	struct aw_late_zones late;
	uint64_t next_expiry, next_counts;
	bool stopped;		/* nothing is attached any more */
	struct aw_bpf_counts *counts;
	struct aw_bpf_held *held;	/* NULL: not asked for */
	bool counts_allocations;
	bool names_hidden;	/* kallsyms shows no addresses, and the kernel does not format names */
	aw_event_fn deliver;	/* during poll only */
	void *deliver_arg;
	int delivered;
};

static struct bpf_source *of(struct aw_source *source)
{
	return (struct bpf_source *)source;
}

static int print_nothing(enum libbpf_print_level level, const char *format, va_list args)
{
	(void)level;
	(void)format;
	(void)args;
	return 0;
}

/* By the BTF of the running kernel, else by its version. */
static uint32_t warn_abi(const struct aw_kernel *kernel, const struct aw_btf *btf)
{
	int parameters = btf ? aw_btf_function_parameters(btf, "warn_alloc") : -ENOENT;

	if (parameters == 3)
		return AW_WARN_NODEMASK;
	if (parameters == 2)
		return AW_WARN_PLAIN;
	if (kernel->version && kernel->version < AW_VERSION(4, 9, 0))
		return AW_WARN_FAILED;
	return kernel->version && kernel->version < AW_VERSION(4, 11, 0) ? AW_WARN_PLAIN
									 : AW_WARN_NODEMASK;
}

/* Arguments of tracepoints that moved: by BTF, else by version. */
static void find_arguments(const struct aw_kernel *kernel, const struct aw_btf *btf, struct aw_bpf_config *config)
{
	const char *first = "";
	int count;

	config->warn_abi = warn_abi(kernel, btf);
	count = btf ? aw_btf_tracepoint_arguments(btf, "mm_vmscan_direct_reclaim_begin", &first) : 0;
	config->reclaim_order_arg = count > 0 ? !strcmp(first, "gfp_t") : kernel->version >= AW_VERSION(7, 1, 0);
	count = btf ? aw_btf_tracepoint_arguments(btf, "mm_compaction_end", NULL) : 0;
	config->compaction_end_args = count > 0 ? count : kernel->version >= AW_VERSION(5, 19, 0) ? 5 : 6;
	count = btf ? aw_btf_tracepoint_arguments(btf, "cma_alloc_finish", NULL) : 0;
	config->cma_errno_arg = count >= 6 ? 5 : AW_NOT_THERE;
}

static struct aw_bpf_config config_of(const struct aw_capture *capture, const struct aw_decoding *decoding,
				      const struct aw_btf *btf)
{
	struct aw_bpf_config config = {
		.tracepoint = !capture->low_overhead,
		.count_allocations = capture->count_allocations,
		.order_min = capture->order_min,
		.order_max = capture->order_max,
		.pid = capture->pid,
		.comm_len = strlen(capture->comm),
		.comm_whole = !capture->comm_is_prefix,
		.ring_bytes = aw_memory_limit() < LITTLE_MEMORY ? LITTLE_RING_BYTES : RING_BYTES,
		.stall_ns = capture->stall_ns,
		.samples_per_second = SAMPLES_PER_SECOND,
		.zones_per_second = ZONES_PER_SECOND,
		.zones_per_site = ZONES_PER_SITE,
		.direct_reclaim = aw_decoding_direct_reclaim(decoding),
		.several_rounds = (uint32_t)(aw_gfp_raw_bit(decoding->kernel.gfp, AW_GFP_RETRY_MAYFAIL) |
					     aw_gfp_raw_bit(decoding->kernel.gfp, AW_GFP_NOFAIL) |
					     aw_gfp_raw_bit(decoding->kernel.gfp, AW_GFP_NORETRY)),
	};

	memcpy(config.comm, capture->comm, config.comm_len);
	find_arguments(&decoding->kernel, btf, &config);
	return config;
}

static void decode(struct bpf_source *source, const void *data, size_t size)
{
	struct aw_event event;

	if (aw_decoding_next(&source->decoding, data, size, &event) == 1) {
		if (event.type == AW_EVENT_FAILURE && !event.failure.unsampled && !source->bpf.zones_found)
			aw_late_zones_add(&source->late, &event.failure, event.time_ns);
		source->deliver(source->deliver_arg, &event);
	}
	source->delivered++;
}

static int handle(void *arg, void *data, size_t size)
{
	struct bpf_source *source = arg;

	decode(source, data, size);
	return source->delivered < BATCH ? 0 : -ECANCELED;
}

static void handle_allocations(void *arg, unsigned int order, uint64_t count)
{
	struct bpf_source *source = arg;
	static const struct aw_stack none;
	struct aw_event event = {
		.type = AW_EVENT_ALLOCATIONS, .time_ns = aw_now_ns(), .task = { .cgroup = "" }, .stack = &none,
		.allocations = { order, count },
	};

	source->deliver(source->deliver_arg, &event);
	source->delivered++;
}

static void handle_record(void *arg, const struct aw_wire_failure *record)
{
	decode(arg, record, sizeof(*record));
}

static void bpf_close(struct aw_source *base)
{
	struct bpf_source *source = of(base);

	ring_buffer__free(source->ring);
	aw_bpf_counts_free(source->counts);
	aw_bpf_held_close(source->held);
	if (source->bpf.object)
		aw_bpf_unload(&source->bpf);
	aw_decoding_close(&source->decoding);
	free(source);
}

static int make_ring(struct bpf_source *source)
{
	source->ring = ring_buffer__new(bpf_map__fd(source->bpf.maps[AW_MAP_EVENTS]), handle, source, NULL);
	return source->ring ? 0 : -errno;
}

/* `part`: see aw_bpf_write_btf_part(). */
static int find_facts(struct bpf_source *source, const struct aw_capture *capture, struct aw_bpf_config *config,
		      struct aw_bpf_refused *refused, int *part, struct aw_error *error)
{
	struct aw_btf *own = capture->btf_of_kernel ? NULL : aw_btf_open();
	const struct aw_btf *btf = own ? own : capture->btf_of_kernel;
	int err = aw_decoding_open(&source->decoding, capture, btf, error);

	if (!err)
		*config = config_of(capture, &source->decoding, btf);
	if (!err)
		*refused = aw_bpf_refused(btf);
	if (!err && btf && !capture->btf)
		*part = aw_bpf_write_btf_part(btf);
	aw_btf_free(own);
	return err;
}

/* libbpf would only say that the kernel has no BTF. */
static int check_btf(const char *path, struct aw_error *error)
{
	int err = aw_btf_check(path);

	return err ? aw_error_set(error, err, "--btf %s: %s", path, err == -EINVAL ?
				  "it is not BTF: neither a copy of /sys/kernel/btf/vmlinux nor an ELF file with .BTF" :
				  strerror(-err)) : 0;
}

/* Kernels that load it have bpf_snprintf(), too; trying it on others would mean to load everything twice. */
static bool names_by_program(const struct aw_capture *capture)
{
	return !capture->kallsyms && libbpf_probe_bpf_prog_type(BPF_PROG_TYPE_SYSCALL, NULL) > 0;
}

/*
 * BTF is read and copied as blocks of megabytes.  From the heap they are pages that
 * were used before; mapped, each block is new pages, which is a third of the time.
 * Where memory is small, each block is mapped, and returned as soon as it is free.
 */
#define SMALL_MEMORY (UINT64_C(256) << 20)

static void keep_large_blocks(void)
{
	mallopt(M_MMAP_THRESHOLD, 64 << 20);
	mallopt(M_TRIM_THRESHOLD, 256 << 20);
}

static void return_large_blocks(void)
{
	mallopt(M_MMAP_THRESHOLD, 128 << 10);	/* both are glibc's own values */
	mallopt(M_TRIM_THRESHOLD, 128 << 10);
	/* What libbpf used to load is free again, but between what stays. */
	malloc_trim(0);
}

/*
 * Names come from %pS of the kernel where a program can ask for them: kallsyms takes
 * megabytes, and would be read when memory is short.  Else it is read after the
 * programs were loaded: so it has their symbols.
 */
static int load_programs(struct bpf_source *source, const struct aw_capture *capture, struct aw_error *error)
{
	struct aw_bpf_refused refused;
	struct aw_bpf_config config;
	AW_CLOSE int part = -1;
	char name[256], path[32];
	int err;

	err = aw_bpf_check_files(error);
	if (!err && capture->btf)
		err = check_btf(capture->btf, error);
	if (!err)
		err = find_facts(source, capture, &config, &refused, &part, error);
	snprintf(path, sizeof(path), "/proc/self/fd/%d", part);
	if (!err)
		err = aw_bpf_load(&config, &refused, names_by_program(capture), part < 0 ? capture->btf : path, &source->bpf, error);
	if (err)
		return err;
	err = aw_bpf_name_address(&source->bpf, 1, name, sizeof(name));
	source->names_hidden = source->decoding.addresses_hidden && err;
	if (!err)
		aw_decoding_set_namer(&source->decoding, aw_bpf_name_address, &source->bpf);
	return 0;
}

static int load(struct bpf_source *source, const struct aw_capture *capture, struct aw_error *error)
{
	int err;

	if (aw_memory_limit() < SMALL_MEMORY)
		return_large_blocks();
	else
		keep_large_blocks();
	err = load_programs(source, capture, error);
	return_large_blocks();
	return err;
}

static int prepare(struct bpf_source *source, const struct aw_capture *capture, struct aw_error *error)
{
	int err = load(source, capture, error);

	if (err)
		return err;
	source->counts = aw_bpf_counts_new(&source->bpf);
	source->counts_allocations = capture->count_allocations;
	if (!source->counts)
		return aw_error_set(error, -ENOMEM, "out of memory");
	err = make_ring(source);
	if (err)
		return aw_error_set(error, err, "can't map the ring buffer: %s", strerror(-err));
	return capture->holders ? aw_bpf_held_open(&source->decoding.kernel, source->decoding.stacks, &source->held, error) : 0;
}

static int bpf_open(const struct aw_capture *capture, struct aw_source **out, struct aw_error *error)
{
	struct bpf_source *source = calloc(1, sizeof(*source));
	int err;

	if (!source)
		return aw_error_set(error, -ENOMEM, "out of memory");
	libbpf_set_print(print_nothing);
	source->source.ops = &aw_source_bpf;
	err = prepare(source, capture, error);
	if (err)
		bpf_close(&source->source);
	else
		*out = &source->source;
	return err;
}

/* After the ring buffer was read, so that counted failures follow the samples with the same signature. */
static int read_counts(struct bpf_source *source)
{
	uint64_t now = aw_now_ns();

	if (now < source->next_counts && !source->stopped)
		return 0;
	source->next_counts = now + COUNTS_EVERY_NS;
	if (source->counts_allocations)
		aw_bpf_counts_allocations(source->counts, handle_allocations, source);
	return aw_bpf_counts_read(source->counts, handle_record, source);
}

/* Requests whose end was missed; if nothing is attached any more, all that have not ended. */
static void expire(struct bpf_source *source)
{
	if (aw_now_ns() < source->next_expiry && !source->stopped)
		return;
	aw_bpf_expire(&source->bpf, source->stopped ? 0 : EXPIRE_NS, handle_record, source);
	source->next_expiry = aw_now_ns() + EXPIRE_EVERY_NS;
}

static int bpf_poll(struct aw_source *base, int timeout_ms, aw_event_fn deliver, void *arg)
{
	struct bpf_source *source = of(base);
	int err;

	source->deliver = deliver;
	source->deliver_arg = arg;
	if (source->delivered && timeout_ms > WAKE_MS)
		timeout_ms = WAKE_MS;
	source->delivered = 0;
	err = ring_buffer__poll(source->ring, timeout_ms);
	if (!err)
		err = ring_buffer__consume(source->ring);	/* what came without a wake-up */
	if (err < 0 && err != -EINTR && err != -ECANCELED)
		return err;
	expire(source);
	err = read_counts(source);
	if (!err && source->held)
		err = aw_bpf_held_poll(source->held, deliver, arg);
	if (err > 0)
		source->delivered += err;
	return err < 0 ? err : source->delivered;
}

static const struct aw_kernel *bpf_kernel(const struct aw_source *base)
{
	return &((const struct bpf_source *)base)->decoding.kernel;
}

static unsigned int bpf_missing(const struct aw_source *base, struct aw_missing *out)
{
	const struct bpf_source *source = (const struct bpf_source *)base;
	unsigned int count = source->bpf.nr_missing;

	memcpy(out, source->bpf.missing, count * sizeof(*out));
	if (source->names_hidden && count < AW_MAX_MISSING_FEATURES)
		out[count++] = aw_decoding_missing_names();
	return count;
}

static const struct {
	enum aw_wire_lost index;
	struct aw_loss loss;
} kernel_losses[] = {
	{ AW_LOST_RING_FAILURE, AW_LOSS(ring_full_samples, "failures that were only counted: the ring buffer was full", 0) },
	{ AW_LOST_RING_EXTFRAG, AW_LOSS(ring_full_extfrag, "extfrag steals: the ring buffer was half full", 0) },
	{ AW_LOST_RING_OTHER, AW_LOSS(ring_full_other, "other events: the ring buffer was full", 0) },
	{ AW_LOST_INFLIGHT_FULL, AW_LOSS(inflight_full, "requests not followed: too many at once", 0) },
	{ AW_LOST_UNPAIRED, AW_LOSS(unpaired, "failures whose tracepoint was missed: only warn_alloc was seen", 0) },
	{ AW_LOST_EXPIRED, AW_LOSS(expired, "requests whose end was missed", 0) },
	{ AW_LOST_ZONES_BUDGET, AW_LOSS(zones_budget, "zone snapshots not taken: over the budget of a second", 0) },
};

static unsigned int bpf_losses(struct aw_source *base, struct aw_loss *out)
{
	struct bpf_source *source = of(base);
	struct aw_bpf_counters counters = { 0 };
	unsigned int count = 0;

	aw_bpf_counters(&source->bpf, &counters);
	counters.lost[AW_LOST_EXPIRED] += source->bpf.expired;
	for (unsigned int i = 0; i < ARRAY_SIZE(kernel_losses); i++) {
		out[count] = kernel_losses[i].loss;
		out[count++].count = counters.lost[kernel_losses[i].index];
	}
	out[count++] = (struct aw_loss)AW_LOSS(recursion_misses, "program runs that the kernel skipped because one was running",
					       aw_bpf_recursion_misses(&source->bpf));
	if (source->held)
		count += aw_bpf_held_losses(source->held, out + count);
	return count + aw_decoding_losses(&source->decoding, 0, out + count);
}

static bool bpf_readable(struct aw_source *base)
{
	struct aw_bpf_counters counters;

	return !aw_bpf_counters(&of(base)->bpf, &counters);
}

/* Records that are still in the ring are named later, when kallsyms lacks the programs. */
static void bpf_stop(struct aw_source *base)
{
	aw_symbols_need(of(base)->decoding.symbols);
	aw_bpf_held_detach(of(base)->held);
	aw_bpf_detach(&of(base)->bpf);
	of(base)->stopped = true;
}

static void bpf_prepare(struct aw_source *base)
{
	aw_symbols_need(of(base)->decoding.symbols);
}

static int bpf_held(struct aw_source *base, aw_held_fn take, void *arg)
{
	return of(base)->held ? aw_bpf_held_blocks(of(base)->held, take, arg) : 0;
}

const struct aw_source_ops aw_source_bpf = {
	.name = "bpf",
	.summary = "BPF programs on mm_page_alloc, mm_page_alloc_extfrag and warn_alloc (5.8 on)",
	.counts = true,
	.open = bpf_open,
	.prepare = bpf_prepare,
	.poll = bpf_poll,
	.kernel = bpf_kernel,
	.missing = bpf_missing,
	.losses = bpf_losses,
	.readable = bpf_readable,
	.held = bpf_held,
	.names_cgroups = true,
	.stop = bpf_stop,
	.close = bpf_close,
};
