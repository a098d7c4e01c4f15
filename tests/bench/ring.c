// SPDX-License-Identifier: GPL-2.0
/*
 * Measures how many records a second can be processed from the ring buffer to
 * the summary: decoding, verdict and counting, as in `live`.
 *
 * usage: ring [RECORDS]
 *
 * Simulates a storm with 500 stacks of 14 frames, 200 tasks and ten orders.  One failure in a
 * hundred has two zones (the budget of the kernel side at 10,000 a second), one record in five
 * is a steal.  Prints: records, seconds of processor time, records per second.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "../bpf/wire.h"
#include "event/decode.h"
#include "summary/summary.h"
#include "verdict/verdict.h"

#define STACKS 500
#define FRAMES 14
#define TASKS 200
#define TEXT_START UINT64_C(0xffff800008000000)
#define FUNCTION 0x1000u
#define FUNCTIONS 900u

struct pipe_line {
	struct aw_kernel kernel;
	struct aw_symbols *symbols;
	struct aw_stacks *stacks;
	struct aw_decoder *decoder;
	struct aw_summary *summary;
	uint64_t random;
};

static uint32_t next(struct pipe_line *line, uint32_t below)
{
	line->random = line->random * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(line->random >> 33) % below;
}

/* A symbol table with the entry of the allocator, then drivers. */
static struct aw_symbols *make_symbols(void)
{
	char path[] = "/tmp/aw-bench-XXXXXX";
	int fd = mkstemp(path);
	FILE *file = fd < 0 ? NULL : fdopen(fd, "w");
	struct aw_symbols *symbols;

	if (!file)
		return NULL;
	fprintf(file, "%llx T __alloc_pages\n", (unsigned long long)TEXT_START);
	for (unsigned int i = 1; i < FUNCTIONS; i++)
		fprintf(file, "%llx t driver_function_%u\n", (unsigned long long)TEXT_START + i * FUNCTION, i);
	fprintf(file, "%llx T _etext\n", (unsigned long long)TEXT_START + FUNCTIONS * FUNCTION);
	fclose(file);
	symbols = aw_symbols_new(path);
	unlink(path);
	return symbols;
}

static void put_stack(struct aw_wire_stack *stack, unsigned int number)
{
	stack->nr_frames = FRAMES;
	stack->frames[0] = TEXT_START + 0x26c;
	for (unsigned int f = 1; f < FRAMES; f++)
		stack->frames[f] = TEXT_START + (1 + number * f % (FUNCTIONS - 1)) * FUNCTION + number % 64 * 4;
}

static struct aw_wire_head head(struct pipe_line *line, uint64_t number, uint32_t size, uint16_t type)
{
	return (struct aw_wire_head){ .size = size, .version = AW_WIRE_VERSION, .type = type,
				      .time_ns = 1000000000 + number * 100000, .id = number + 1, .cpu = next(line, 8),
				      .head_size = sizeof(struct aw_wire_head) };
}

static struct aw_wire_task task(struct pipe_line *line)
{
	uint32_t number = next(line, TASKS);
	struct aw_wire_task made = { .pid = 1000 + number, .tid = 1000 + number, .known = AW_TASK_FLAGS,
				     .context = AW_CONTEXT_TASK };

	snprintf(made.comm, sizeof(made.comm), "worker/%u", number);
	return made;
}

static struct aw_wire_failure make_failure(struct pipe_line *line, uint64_t number, bool zones)
{
	static const uint64_t masks[] = { 0x40dc0, 0xcc0, 0xdc0, 0xa20, 0x40a20, 0x52dc0, 0x42cc0, 0x152cca };
	uint32_t stack = next(line, STACKS);
	struct aw_wire_failure failure = {
		.head = head(line, number, sizeof(failure), AW_WIRE_FAILURE), .task = task(line),
		.request = { .gfp = masks[stack % 8], .order = stack % 10, .nr_zones = zones ? 2 : 0,
			     .seen = AW_SEEN_TRACEPOINT | AW_SEEN_WARN_WATCHED | AW_SEEN_WARN },
		.effort = { .begin_ns = 1000000000 + number * 100000 - next(line, 3000000), .reclaim_calls = 1,
			    .reclaim_ns = next(line, 1000000), .compact_calls = 2, .compact_ns = next(line, 1000000),
			    .known = AW_EFFORT_RECLAIM | AW_EFFORT_COMPACTION },
		.attempts = { .attempt = { { next(line, 900), 2, 1, 0, 0 }, { next(line, 900), 1, 1, 0, 0 } } },
	};

	aw_wire_size_failure(&failure);
	put_stack(&failure.stack, stack);
	return failure;
}

static struct aw_wire_zone make_zone(struct pipe_line *line, uint64_t number, int index)
{
	struct aw_wire_zone zone = {
		.head = head(line, number, AW_WIRE_ZONE_SIZE, AW_WIRE_ZONE),
		.snapshot = { .index = index, .managed = 1000000, .free = 50000 + next(line, 10000), .wmark_min = 4000,
			      .wmark_low = 5000, .wmark_high = 6000, .known = AW_ZONE_TYPES, .nr_orders = 11,
			      .nr_free = { 20000, 5000, 1250 }, .types = { 7, 7, 7 } },
	};

	aw_wire_size_zone(&zone);
	snprintf(zone.snapshot.name, sizeof(zone.snapshot.name), "%s", index ? "Normal" : "DMA32");
	return zone;
}

static struct aw_wire_extfrag make_steal(struct pipe_line *line, uint64_t number)
{
	struct aw_wire_extfrag steal = {
		.head = head(line, number, sizeof(steal), AW_WIRE_EXTFRAG), .task = task(line),
		.steal = { .pfn = next(line, 1u << 20), .alloc_order = (int)next(line, 4), .fallback_order = 9,
			   .alloc_migratetype = 0, .fallback_migratetype = 1, .change_ownership = 1 },
	};

	aw_wire_size_extfrag(&steal);
	put_stack(&steal.stack, next(line, STACKS));
	return steal;
}

/* Processes a record as `live` does. */
static void take(struct pipe_line *line, const void *record, size_t size)
{
	struct aw_event event;

	if (aw_decode(line->decoder, record, size, &event) != 1)
		return;
	if (event.type == AW_EVENT_FAILURE) {
		enum aw_cause cause;
		enum aw_rule rule;

		aw_verdict_judge(&event, &line->kernel, &cause, &rule);
		event.failure.cause = (int)cause;
		event.failure.rule = (int)rule;
	}
	aw_summary_add(line->summary, &event);
}

static double seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* The time to make records is measured separately, and subtracted. */
static void storm(struct pipe_line *line, uint64_t records, bool taken)
{
	for (uint64_t i = 0; i < records; i++) {
		bool zones = i % 100 == 0;

		if (next(line, 5) == 0) {
			struct aw_wire_extfrag steal = make_steal(line, i);

			if (taken)
				take(line, &steal, sizeof(steal));
			continue;
		}
		for (int z = 0; zones && z < 2; z++) {
			struct aw_wire_zone zone = make_zone(line, i, z);

			if (taken)
				take(line, &zone, sizeof(zone));
		}
		struct aw_wire_failure failure = make_failure(line, i, zones);

		if (taken)
			take(line, &failure, sizeof(failure));
	}
}

int main(int argc, char **argv)
{
	uint64_t records = argc > 1 ? strtoull(argv[1], NULL, 10) : 1000000;
	const struct aw_key *keys[] = { aw_key_find("order", 5), aw_key_find("gfp", 3), aw_key_find("stack", 5) };
	struct pipe_line line = { .random = 42 };
	double begin, making, all;

	if (!records || aw_kernel_for_release("6.1.0", 4096, &line.kernel))
		return 2;
	line.symbols = make_symbols();
	line.stacks = line.symbols ? aw_stacks_new(line.symbols) : NULL;
	line.decoder = line.stacks ? aw_decoder_new(&line.kernel, line.stacks) : NULL;
	line.summary = aw_summary_new(keys, 3);
	if (!line.decoder || !line.summary) {
		fprintf(stderr, "ring: out of memory\n");
		return 1;
	}
	begin = seconds();
	storm(&line, records, false);
	making = seconds() - begin;
	begin = seconds();
	storm(&line, records, true);
	all = seconds() - begin;
	printf("%llu %.3f %.0f\n", (unsigned long long)records, all - making, (double)records / (all - making));
	if (aw_summary_totals(line.summary)->failures + aw_summary_totals(line.summary)->extfrag != records) {
		fprintf(stderr, "ring: not every record was counted\n");
		return 1;
	}
	aw_summary_free(line.summary);
	aw_decoder_free(line.decoder);
	aw_stacks_free(line.stacks);
	aw_symbols_free(line.symbols);
	aw_kernel_clear(&line.kernel);
	return 0;
}
