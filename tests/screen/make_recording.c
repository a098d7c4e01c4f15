// SPDX-License-Identifier: GPL-2.0
/*
 * Makes recordings that are hard to get on a machine: hostile names, more groups
 * than the screen keeps, a storm, a page scan, no events.
 *
 * usage: make_recording names|groups|storm|scan|held|nothing FILE
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../unit/map_builder.h"
#include "event/stacks.h"
#include "mm/site.h"
#include "recording/encode.h"

#define SECOND 1000000000ull
#define START (1000 * SECOND)
#define GROUPS 100000
#define BLOCK (32u << 10)

struct maker {
	struct aw_kernel kernel;
	struct aw_recording_encoder *encoder;
	struct aw_bytes out;
	FILE *file;
	int err;
	unsigned int nr_losses;
	struct aw_loss losses[2];
};

#define TYPES(letter) (1u << AW_MT_##letter)

#define KNOWN (AW_ZONE_KNOWS_CMA | AW_ZONE_KNOWS_HIGHATOMIC | AW_ZONE_KNOWS_BOOST | AW_ZONE_KNOWS_TYPES | \
	       AW_ZONE_KNOWS_WATERMARKS | AW_ZONE_KNOWS_MANAGED)

/* Free memory in single pages, and more zones than a low screen can show. */
static const struct aw_zone zones[] = {
	{ .index = 0, .type = AW_ZONE_TYPE_DMA, .name = "DMA", .known = KNOWN, .managed = 3840, .free = 3840,
	  .min = 25, .low = 31, .high = 37, .nr_reserves = 4, .lowmem_reserve = { 0, 3000, 9000, 9000 }, .nr_orders = 11,
	  .nr_free = { [10] = 3 }, .types = { [10] = TYPES(MOVABLE) } },
	{ .index = 1, .type = AW_ZONE_TYPE_DMA32, .name = "DMA32", .known = KNOWN, .managed = 84480, .free = 17718,
	  .min = 456, .low = 570, .high = 684, .nr_reserves = 4, .nr_orders = 11, .nr_free = { 17670, 7, 2, 3 },
	  .types = { TYPES(UNMOVABLE) | TYPES(MOVABLE), TYPES(MOVABLE), TYPES(MOVABLE), TYPES(UNMOVABLE) } },
	{ .index = 2, .type = AW_ZONE_TYPE_NORMAL, .name = "Normal", .known = KNOWN, .managed = 900000, .free = 5100,
	  .min = 4096, .low = 5120, .high = 6144, .nr_reserves = 4, .nr_orders = 11, .nr_free = { 5090, 5 },
	  .types = { TYPES(UNMOVABLE), TYPES(UNMOVABLE) } },
	{ .index = 3, .type = AW_ZONE_TYPE_MOVABLE, .name = "Movable", .known = KNOWN, .managed = 500000,
	  .free = 204800, .min = 512, .low = 640, .high = 768, .nr_reserves = 4, .nr_orders = 11,
	  .nr_free = { [10] = 200 }, .types = { [10] = TYPES(MOVABLE) } },
};

static struct aw_frame frame(const char *name, const char *module, uint64_t offset)
{
	return (struct aw_frame){ .offset = offset, .size = 0x4000, .name = name, .module = module };
}

static void put(struct maker *maker, const struct aw_event *event)
{
	if (!maker->err)
		maker->err = aw_recording_event(maker->encoder, event);
}

/* A driver's request, made at `offset` in its function; or `unsampled` of these, counted only. */
static void fail_often(struct maker *maker, uint64_t time_ns, const char *comm, uint32_t pid, const char *module,
		       uint64_t offset, unsigned int order, uint64_t unsampled)
{
	struct aw_stack stack = { .count = 4, .frames = {
		frame("__alloc_pages", "", 0x26c), frame("__kmalloc", "", 0x128),
		frame("get_buffer", module, offset), frame("__arm64_sys_ioctl", "", 0xa8) } };
	struct aw_event event = {
		.type = AW_EVENT_FAILURE, .time_ns = time_ns,
		.task = { .pid = pid, .tid = pid, .cgroup = "", .context = AW_IN_TASK, .known = AW_TASK_KNOWS_FLAGS },
		.failure = {
			.order = order, .bytes = UINT64_C(4096) << order,
			.gfp = aw_gfp_decode(maker->kernel.gfp, 0x40dc0), .migratetype = AW_MT_UNMOVABLE,
			.class = AW_CLASS_HARD, .class_why = "", .log = AW_LOG_SUPPRESSED,
			.saw = AW_SAW_TRACEPOINT | AW_SAW_WARN, .warn_watched = true,
			.zones_when = AW_ZONES_AT_FAILURE, .nr_zones = sizeof(zones) / sizeof(zones[0]), .zones = zones,
			.effort = { .known = true, .knows_reclaim = true, .knows_compaction = true,
				    .total_ns = 3100000, .reclaim_calls = 1, .reclaim_declined = 1 },
		},
	};

	stack.id = aw_stack_id(&stack);
	event.stack = &stack;
	event.site = aw_site_of(&stack);
	snprintf(event.task.comm, sizeof(event.task.comm), "%s", comm);
	if (unsampled) {
		event.task.known = 0;
		event.failure.unsampled = unsampled;
		event.failure.zones_when = AW_ZONES_NONE;
		event.failure.nr_zones = 0;
		event.failure.effort = (struct aw_effort){ 0 };
	}
	put(maker, &event);
}

static void fail(struct maker *maker, uint64_t time_ns, const char *comm, uint32_t pid, const char *module,
		 uint64_t offset, unsigned int order)
{
	fail_often(maker, time_ns, comm, pid, module, offset, order, 0);
}

static void write_block(struct maker *maker)
{
	if (!maker->err)
		maker->err = aw_recording_flush(maker->encoder, &maker->out);
	if (!maker->err && fwrite(maker->out.data, 1, maker->out.used, maker->file) != maker->out.used)
		maker->err = -1;
	maker->out.used = 0;
}

/* Escape sequences, control bytes, invalid UTF-8, wide and combining characters, a direction override. */
static uint64_t make_names(struct maker *maker)
{
	static const char *const names[] = {
		"\x1b[2J\x1b[31mred", "\n},{\"", "\xff\xfe\x80raw", "\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e\xe5\x90\x8d",
		"e\xcc\x81\xcc\x81\xcc\x81ne", "\xcc\x81 first", "\xe2\x80\xaetxet", "<script>", "tab\tcr\rbel\a",
		"\x0e\x0f\x10marks", "\xc2\x9b" "31mcsi",
	};
	unsigned int count = sizeof(names) / sizeof(names[0]);

	for (unsigned int i = 0; i < count; i++)
		fail(maker, START + i * SECOND, names[i], i + 1, i ? "" : "\x1b]0;title\a", 0x24 + i * 0x10, 4);
	return count * SECOND;
}

/* 100,000 groups of one failure each, within ten seconds. */
static uint64_t make_groups(struct maker *maker)
{
	for (unsigned int i = 0; i < GROUPS; i++) {
		char comm[16];

		snprintf(comm, sizeof(comm), "task%u", i);
		fail(maker, START + i * (10 * SECOND / GROUPS), comm, i, i % 3 ? "camera" : "", i * 4, 4 + i % 5);
		if (aw_recording_pending(maker->encoder) >= BLOCK)
			write_block(maker);
	}
	return 10 * SECOND;
}

/* Failures with mixed signatures: the map of the kernel side was full. */
static void fail_mixed(struct maker *maker, uint64_t time_ns, unsigned int order, uint64_t unsampled)
{
	static const struct aw_stack none;

	put(maker, &(struct aw_event){
		.type = AW_EVENT_FAILURE, .time_ns = time_ns, .task = { .cgroup = "" }, .stack = &none,
		.failure = { .unsampled = unsampled, .order = order, .bytes = UINT64_C(4096) << order,
			     .gfp = AW_GFP_SEVERAL, .migratetype = AW_MT_UNKNOWN,
			     .class = AW_CLASS_HARD, .class_why = "" },
	});
}

static void serve(struct maker *maker, uint64_t time_ns, unsigned int order, uint64_t count)
{
	static const struct aw_stack none;

	put(maker, &(struct aw_event){
		.type = AW_EVENT_ALLOCATIONS, .time_ns = time_ns, .task = { .cgroup = "" }, .stack = &none,
		.allocations = { order, count },
	});
}

/* Four seconds: 100 of 15,556 failures are sampled in each; another group is rare, a third one was counted only. */
static uint64_t make_storm(struct maker *maker)
{
	for (unsigned int second = 0; second < 4; second++) {
		uint64_t begin = START + second * SECOND, end = begin + SECOND - 1;

		for (unsigned int i = 0; i < 100; i++)
			fail(maker, begin + i * (SECOND / 1000), "camera", 812, "camera", 0x24, 4);
		fail(maker, begin + SECOND / 2, "nfsd", 77, "sunrpc", 0x40, 5);
		fail_often(maker, end, "", 0, "camera", 0x24, 4, 15456);
		fail_often(maker, end, "", 0, "hog", 0x80, 9, 20);
		fail_mixed(maker, end, 2, 3);
		serve(maker, end, 0, 312345678);
		serve(maker, end, 4, 123);
	}
	maker->losses[0] = (struct aw_loss)AW_LOSS(recursion_misses, "programs that did not run", 20);
	maker->losses[1] = (struct aw_loss)AW_LOSS(ring_full_samples, "samples: the ring was full", 5);
	maker->nr_losses = 2;
	return 4 * SECOND;
}

/* A failure, and the look at all pages that followed it. */
static uint64_t make_scan_with(struct maker *maker, const struct aw_taken_by *taken)
{
	struct aw_scan *scan = aw_scan_new();
	static const struct aw_stack none;
	struct aw_event event = {
		.type = AW_EVENT_SCAN, .time_ns = START + SECOND, .task = { .cgroup = "" }, .stack = &none, .scan = scan,
		.failure = { .order = 4, .bytes = 65536, .gfp = aw_gfp_decode(maker->kernel.gfp, 0x40dc0),
			     .migratetype = AW_MT_UNMOVABLE, .class = AW_CLASS_HARD, .class_why = "" },
	};

	if (!scan || build_map(&scan->found, &maker->kernel))
		maker->err = -1;
	fail(maker, START + SECOND / 2, "camera", 812, "camera", 0x24, 4);
	if (!maker->err) {
		scan->failed_ns = START + SECOND / 2;
		if (taken)
			scan->found.taken = *taken;
		put(maker, &event);
	}
	aw_scan_drop(scan);
	return 2 * SECOND;
}

static uint64_t make_scan(struct maker *maker)
{
	return make_scan_with(maker, NULL);
}

static void hold(struct maker *maker, const char *name, const char *module, const struct aw_held *held)
{
	struct aw_stack stack = { .count = 3, .frames = {
		frame("__alloc_pages", "", 0x26c), frame(name, module, 0x40), frame("net_rx_action", "", 0xa8) } };
	struct aw_event event = { .type = AW_EVENT_HELD, .time_ns = START + SECOND, .task = { .cgroup = "" }, .stack = &stack,
				  .held = *held };

	if (held->rest)
		stack.count = 0;
	stack.id = aw_stack_id(&stack);
	event.site = aw_site_of(&stack);
	put(maker, &event);
}

/* Who holds what stays, and the look at all pages that knows it. */
static uint64_t make_held(struct maker *maker)
{
	const struct aw_held rows[] = {
		{ .order = 2, .migratetype = AW_MT_UNMOVABLE, .shift = 4, .blocks = 400, .pages = 1600, .oldest_ns = START + 1,
		  .newest_ns = START + SECOND / 2 },
		{ .order = 0, .migratetype = AW_MT_RECLAIMABLE, .shift = 4, .blocks = 30, .pages = 30, .oldest_ns = START + 2,
		  .newest_ns = START + SECOND / 4 },
		{ .migratetype = AW_MT_UNKNOWN, .shift = 4, .rest = true, .blocks = 3, .pages = 5, .oldest_ns = START + 3,
		  .newest_ns = START + 3 },
	};
	const struct aw_taken_by taken = { .windows = 840, .count = 2, .sites = { { "hog_rx [hog]", 812 }, { "\x1b[31mred", 9 } } };
	uint64_t length = make_scan_with(maker, &taken);

	hold(maker, "hog_rx", "hog", &rows[0]);
	hold(maker, "\x1b[31mred", "\xff\xfe", &rows[1]);
	hold(maker, "", "", &rows[2]);
	return length;
}

static uint64_t make_nothing(struct maker *maker)
{
	(void)maker;
	return 60 * SECOND;
}

static const struct { const char *name; uint64_t (*make)(struct maker *maker); } recordings[] = {
	{ "names", make_names }, { "groups", make_groups }, { "storm", make_storm }, { "nothing", make_nothing },
	{ "scan", make_scan }, { "held", make_held },
};
#define NR_RECORDINGS (sizeof(recordings) / sizeof(recordings[0]))

static int make(struct maker *maker, unsigned int index)
{
	const struct aw_recording_facts facts = { .kernel = &maker->kernel, .source = "bpf" };
	uint64_t length;

	maker->encoder = aw_recording_encoder_new(&facts);
	if (!maker->encoder)
		return -1;
	maker->err = aw_recording_begin(maker->encoder, START, &maker->out);
	length = recordings[index].make(maker);
	if (!maker->err)
		maker->err = aw_recording_losses(maker->encoder, AW_RECORD_END, START + length, maker->losses,
						 maker->nr_losses);
	write_block(maker);
	aw_recording_encoder_free(maker->encoder);
	aw_bytes_free(&maker->out);
	return maker->err;
}

int main(int argc, char **argv)
{
	struct maker maker = { 0 };
	unsigned int index = 0;

	while (argc == 3 && index < NR_RECORDINGS && strcmp(recordings[index].name, argv[1]))
		index++;
	if (argc != 3 || index == NR_RECORDINGS) {
		fprintf(stderr, "usage: make_recording names|groups|storm|scan|nothing FILE\n");
		return 2;
	}
	maker.file = fopen(argv[2], "w");
	if (!maker.file || aw_kernel_for_release("6.1.0-56-arm64", 4096, &maker.kernel)) {
		fprintf(stderr, "make_recording: can't write %s\n", argv[2]);
		return 1;
	}
	snprintf(maker.kernel.arch, sizeof(maker.kernel.arch), "aarch64");
	maker.kernel.max_order = 10;
	maker.kernel.wall_offset_ns = 1700000000ll * 1000000000;
	if (make(&maker, index) || fclose(maker.file)) {
		fprintf(stderr, "make_recording: can't write %s\n", argv[2]);
		return 1;
	}
	aw_kernel_clear(&maker.kernel);
	return 0;
}
