// SPDX-License-Identifier: GPL-2.0
/*
 * The BPF source: ring buffer to events.
 */
#include <bpf/libbpf.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "event/decode.h"
#include "event/stacks.h"
#include "kernel/btf.h"
#include "kernel/symbols.h"
#include "source/bpf_counts.h"
#include "source/bpf_load.h"
#include "source/late_zones.h"
#include "source/source.h"

#define RING_BYTES (2u << 20)

/* Failures per second that carry pictures of all zones: some microseconds each. */
#define ZONES_PER_SECOND 400
#define ZONES_PER_PLACE 50

/* Failures of one place and order per second that are seen whole: with room in the ring for those of twenty. */
#define SAMPLES_PER_SECOND 100

/* Failures that were only counted are read so often. */
#define REST_EVERY_NS 1000000000ull

/* A request that was followed for so long has ended unseen. */
#define EXPIRE_NS (60ull * 1000000000)
#define EXPIRE_EVERY_NS (5ull * 1000000000)

/* Events delivered by one poll at most, so that a storm cannot keep it from returning. */
#define BATCH 2048

struct bpf_source {
	struct aw_source source;
	struct aw_kernel kernel;
	struct aw_symbols *symbols;
	struct aw_stacks *stacks;
	struct aw_decoder *decoder;
	struct aw_bpf_object bpf;
	struct ring_buffer *ring;
	struct aw_late_zones late;
	uint64_t next_expiry, next_rest;
	bool stopped;		/* nothing new comes */
	struct aw_bpf_counts *counts;
	bool counts_allocations;
	bool names_hidden;	/* kallsyms shows no addresses, and nothing formats names */
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

/* Three prototypes of one function: the running kernel's BTF, else its age, decides. */
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

/* Arguments of tracepoints that moved: by BTF, else by age. */
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

static struct aw_bpf_config config_of(const struct aw_capture *capture, const struct aw_kernel *kernel,
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
		.ring_bytes = RING_BYTES,
		.stall_ns = capture->stall_ns,
		.samples_per_second = SAMPLES_PER_SECOND,
		.zones_per_second = ZONES_PER_SECOND,
		.zones_per_place = ZONES_PER_PLACE,
	};

	find_arguments(kernel, btf, &config);

	memcpy(config.comm, capture->comm, config.comm_len);
	return config;
}

static uint64_t now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static void decode(struct bpf_source *source, const void *data, size_t size)
{
	struct aw_event event;

	if (aw_decode(source->decoder, data, size, &event) == 1) {
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
		.type = AW_EVENT_ALLOCATIONS, .time_ns = now_ns(), .task = { .cgroup = "" }, .stack = &none,
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
	if (source->bpf.object)
		aw_bpf_unload(&source->bpf);
	aw_decoder_free(source->decoder);
	aw_stacks_free(source->stacks);
	aw_symbols_free(source->symbols);
	aw_kernel_clear(&source->kernel);
	free(source);
}

static int make_ring(struct bpf_source *source)
{
	int fd = bpf_object__find_map_fd_by_name(source->bpf.object, "events");

	source->ring = ring_buffer__new(fd, handle, source, NULL);
	return source->ring ? 0 : -errno;
}

static const char *kallsyms_error(int err)
{
	if (err == -EPERM)
		return "all addresses are zero: save it while kernel.kptr_restrict is 0";
	return err == -ENOENT ? "no such file, or no functions in it" : strerror(-err);
}

/*
 * Names: kallsyms, else the kernel's own %pS, else none.  kallsyms is read
 * when the programs are loaded, so that it has them, too.
 */
static int load(struct bpf_source *source, const struct aw_capture *capture, const struct aw_bpf_config *config,
		struct aw_error *error)
{
	const char *path = capture->kallsyms ? capture->kallsyms : "/proc/kallsyms";
	int symbols = aw_symbols_probe(path);
	char name[256];
	int err;

	if (capture->btf && access(capture->btf, R_OK))
		return aw_error_set(error, -errno, "--btf %s: %s", capture->btf, strerror(errno));
	if (symbols && capture->kallsyms)
		return aw_error_set(error, symbols, "--kallsyms %s: %s", path, kallsyms_error(symbols));
	err = aw_bpf_load(config, symbols != 0, capture->btf, &source->bpf, error);
	if (err)
		return err;
	if (symbols) {
		source->names_hidden = aw_bpf_name_address(&source->bpf, 1, name, sizeof(name)) != 0;
		aw_symbols_set_namer(source->symbols, aw_bpf_name_address, &source->bpf);
	}
	aw_symbols_load(source->symbols);
	return 0;
}

/* The kernel's BTF is read once for all, and gone before libbpf reads its own: each is megabytes. */
static int find_facts(const struct aw_capture *capture, struct aw_kernel *kernel, struct aw_bpf_config *config)
{
	struct aw_btf *btf = aw_btf_open();
	int err = aw_kernel_running_with(btf, kernel);

	*config = config_of(capture, kernel, btf);
	aw_btf_free(btf);
	return err;
}

static int prepare(struct bpf_source *source, const struct aw_capture *capture, struct aw_error *error)
{
	struct aw_bpf_config config;
	int err = find_facts(capture, &source->kernel, &config);

	if (err)
		return aw_error_set(error, err, "no table of gfp flags for kernel %s", source->kernel.release);
	source->symbols = aw_symbols_new(capture->kallsyms ? capture->kallsyms : "/proc/kallsyms");
	source->stacks = source->symbols ? aw_stacks_new(source->symbols) : NULL;
	source->decoder = source->stacks ? aw_decoder_new(&source->kernel, source->stacks) : NULL;
	if (!source->decoder)
		return aw_error_set(error, -ENOMEM, "out of memory");
	err = load(source, capture, &config, error);
	if (err)
		return err;
	source->counts = aw_bpf_counts_new(&source->bpf);
	source->counts_allocations = capture->count_allocations;
	if (!source->counts)
		return aw_error_set(error, -ENOMEM, "out of memory");
	err = make_ring(source);
	return err ? aw_error_set(error, err, "can't map the ring buffer: %s", strerror(-err)) : 0;
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

/* Counted failures come after the samples of their kind: those in the ring were counted before. */
static int read_rest(struct bpf_source *source)
{
	uint64_t now = now_ns();

	if (now < source->next_rest && !source->stopped)
		return 0;
	source->next_rest = now + REST_EVERY_NS;
	if (source->counts_allocations)
		aw_bpf_counts_allocations(source->counts, handle_allocations, source);
	return aw_bpf_counts_read(source->counts, handle_record, source);
}

/* Requests whose end was missed; when nothing is attached any more, all that still wait for it. */
static void expire(struct bpf_source *source)
{
	if (now_ns() < source->next_expiry && !source->stopped)
		return;
	aw_bpf_expire(&source->bpf, source->stopped ? 0 : EXPIRE_NS, handle_record, source);
	source->next_expiry = now_ns() + EXPIRE_EVERY_NS;
}

static int bpf_poll(struct aw_source *base, int timeout_ms, aw_event_fn deliver, void *arg)
{
	struct bpf_source *source = of(base);
	int err;

	source->deliver = deliver;
	source->deliver_arg = arg;
	source->delivered = 0;
	err = ring_buffer__poll(source->ring, timeout_ms);
	if (err < 0 && err != -EINTR && err != -ECANCELED)
		return err;
	expire(source);
	err = read_rest(source);
	return err ? err : source->delivered;
}

static const struct aw_kernel *bpf_kernel(const struct aw_source *base)
{
	return &((const struct bpf_source *)base)->kernel;
}

static unsigned int bpf_missing(const struct aw_source *base, struct aw_missing *out)
{
	const struct bpf_source *source = (const struct bpf_source *)base;
	unsigned int count = source->bpf.nr_missing;

	memcpy(out, source->bpf.missing, count * sizeof(*out));
	if (source->names_hidden && count < AW_MAX_MISSING_FEATURES)
		out[count++] = (struct aw_missing){
			.what = "kernel symbols",
			.why = "kallsyms shows no addresses (kernel.kptr_restrict)",
			.cost = "stacks are addresses and the site is not known; give --kallsyms FILE",
		};
	return count;
}

static const struct {
	enum aw_wire_lost index;
	const char *cause, *meaning;
} kernel_losses[] = {
	{ AW_LOST_RING_FAILURE, "ring_full_samples", "failures that were only counted: the ring buffer was full" },
	{ AW_LOST_RING_EXTFRAG, "ring_full_extfrag", "extfrag steals: the ring buffer was half full" },
	{ AW_LOST_RING_OTHER, "ring_full_other", "other events: the ring buffer was full" },
	{ AW_LOST_INFLIGHT_FULL, "inflight_full", "requests not followed: too many at once" },
	{ AW_LOST_UNPAIRED, "unpaired", "failures whose tracepoint was missed: only warn_alloc tells of them" },
	{ AW_LOST_EXPIRED, "expired", "requests whose end was missed" },
	{ AW_LOST_ZONES_BUDGET, "zones_budget", "zone pictures not taken: budget per second" },
};

static unsigned int bpf_losses(struct aw_source *base, struct aw_loss *out)
{
	struct bpf_source *source = of(base);
	struct aw_decoder_losses decoder = aw_decoder_losses(source->decoder);
	struct aw_bpf_counters counters = { 0 };
	unsigned int count = 0;

	aw_bpf_counters(&source->bpf, &counters);
	for (unsigned int i = 0; i < sizeof(kernel_losses) / sizeof(kernel_losses[0]); i++)
		out[count++] = (struct aw_loss){ kernel_losses[i].cause, kernel_losses[i].meaning,
						 counters.lost[kernel_losses[i].index] +
						 (kernel_losses[i].index == AW_LOST_EXPIRED ? source->bpf.expired : 0) };
	out[count++] = (struct aw_loss){ "recursion_misses", "program runs that the kernel skipped because one was running",
					 aw_bpf_recursion_misses(&source->bpf) };
	out[count++] = (struct aw_loss){ "damaged_records", "records of a wrong size", decoder.damaged };
	out[count++] = (struct aw_loss){ "unknown_records", "records of an unknown kind", decoder.unknown };
	out[count++] = (struct aw_loss){ "orphan_zones", "zone pictures whose failure was lost", decoder.zones };
	return count;
}

static void bpf_stop(struct aw_source *base)
{
	aw_bpf_detach(&of(base)->bpf);
	of(base)->stopped = true;
}

const struct aw_source_ops aw_source_bpf = {
	.name = "bpf",
	.summary = "BPF programs on mm_page_alloc, mm_page_alloc_extfrag and warn_alloc (5.8 on)",
	.open = bpf_open,
	.poll = bpf_poll,
	.kernel = bpf_kernel,
	.missing = bpf_missing,
	.losses = bpf_losses,
	.stop = bpf_stop,
	.close = bpf_close,
};
