// SPDX-License-Identifier: GPL-2.0
/*
 * --holders: the sample of the blocks that are in use, by the stack that took them.
 */
#include "source/bpf/holders.h"

#include <bpf/bpf.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../bpf/held.h"
#include "base/array.h"
#include "base/cleanup.h"
#include "base/clock.h"
#include "held.skel.h"

#define LEAST_SHIFT 4	/* small machines: a stack costs more than what else a sampled allocation does */
/* The first table comes soon, for the screen; then each is a part of the recording. */
#define FIRST_NS (10ull * 1000000000)
#define EVERY_NS (60ull * 1000000000)

#define CHUNK 4096	/* blocks that are read at once: more than a bucket of the map has */

/* An entry of the map `blocks`. */
struct held_entry {
	uint64_t page;
	struct aw_held_block block;
};

struct aw_bpf_held {
	struct held_bpf *bpf;
	const struct aw_kernel *kernel;
	struct aw_stacks *stacks;
	unsigned int shift;
	struct held_entry *entries;	/* of the last look, sorted: those of one row together */
	unsigned int count;
	uint64_t next_ns;		/* when a table is due; ~0: the last one was delivered */
	bool detached;
};

/* ---- set-up ---- */

/* The number of MIGRATE_MOVABLE. */
static int movable_of(const struct aw_kernel *kernel)
{
	int number = 0;

	while (number < 8 && aw_migratetype_decode(&kernel->migratetypes, number) != AW_MT_MOVABLE)
		number++;
	return number < 8 ? number : 1;	/* 4.4 on */
}

/* If all memory were single pages of the kernel, the map would be half full. */
static unsigned int shift_for(uint64_t pages)
{
	unsigned int shift = LEAST_SHIFT;

	while (pages >> shift > AW_HELD_BLOCKS / 2 && shift < AW_HELD_SHIFT_MAX)
		shift++;
	return shift;
}

static int load(struct aw_bpf_held *held)
{
	long pages = sysconf(_SC_PHYS_PAGES);

	held->bpf = held_bpf__open();
	if (!held->bpf)
		return -errno;
	held->shift = shift_for(pages > 0 ? (uint64_t)pages : 0);
	held->bpf->rodata->held_config.limit = UINT64_MAX >> held->shift;
	held->bpf->rodata->held_config.movable = (uint32_t)movable_of(held->kernel);
	bpf_program__set_autoattach(held->bpf->progs.held_cma_finish, false);
	bpf_program__set_autoattach(held->bpf->progs.held_cma_release, false);
	bpf_program__set_autoattach(held->bpf->progs.held_cma_alloc, false);
	bpf_program__set_autoattach(held->bpf->progs.held_cma_release_old, false);
	return held_bpf__load(held->bpf);
}

/* A kernel without CMA has none of these events.  First what ends a block. */
static void attach_cma(struct held_bpf *bpf)
{
	libbpf_print_fn_t print = libbpf_set_print(NULL);

	bpf->links.held_cma_release = bpf_program__attach(bpf->progs.held_cma_release);
	if (bpf->links.held_cma_release)
		bpf->links.held_cma_finish = bpf_program__attach(bpf->progs.held_cma_finish);
	if (!bpf->links.held_cma_finish) {
		bpf_link__destroy(bpf->links.held_cma_release);
		bpf->links.held_cma_release = NULL;
		bpf->links.held_cma_release_old = bpf_program__attach(bpf->progs.held_cma_release_old);
		if (bpf->links.held_cma_release_old)
			bpf->links.held_cma_alloc = bpf_program__attach(bpf->progs.held_cma_alloc);
		if (!bpf->links.held_cma_alloc) {
			bpf_link__destroy(bpf->links.held_cma_release_old);
			bpf->links.held_cma_release_old = NULL;
		}
	}
	libbpf_set_print(print);
}

int aw_bpf_held_open(const struct aw_kernel *kernel, struct aw_stacks *stacks, struct aw_bpf_held **out,
		     struct aw_error *error)
{
	struct aw_bpf_held *held = calloc(1, sizeof(*held));
	int err;

	if (!held)
		return aw_error_set(error, -ENOMEM, "out of memory");
	held->kernel = kernel;
	held->stacks = stacks;
	held->next_ns = aw_now_ns() + FIRST_NS;
	err = load(held);
	/* First what ends a block, so that none that was taken since stays for ever. */
	if (!err) {
		held->bpf->links.held_free = bpf_program__attach(held->bpf->progs.held_free);
		err = held->bpf->links.held_free ? 0 : -errno;
	}
	if (!err)
		err = held_bpf__attach(held->bpf);
	if (!err && !held->bpf->bss)
		err = -ENOTSUP;
	if (!err)
		attach_cma(held->bpf);
	if (err) {
		aw_bpf_held_close(held);
		return aw_error_set(error, err, "--holders: the kernel does not take its BPF programs: %s", strerror(-err));
	}
	*out = held;
	return 0;
}

void aw_bpf_held_detach(struct aw_bpf_held *held)
{
	if (!held)
		return;
	held_bpf__detach(held->bpf);
	held->detached = true;
}

void aw_bpf_held_close(struct aw_bpf_held *held)
{
	if (!held)
		return;
	held_bpf__destroy(held->bpf);
	free(held->entries);
	free(held);
}

/* ---- reading ---- */

static int by_row(const struct held_entry *a, const struct held_entry *b)
{
	if (a->block.stack != b->block.stack)
		return a->block.stack < b->block.stack ? -1 : 1;
	if (a->block.order != b->block.order)
		return a->block.order < b->block.order ? -1 : 1;
	return (a->block.migratetype > b->block.migratetype) - (a->block.migratetype < b->block.migratetype);
}

static int compare_entries(const void *left, const void *right)
{
	return by_row(left, right);
}

/* In batches: a walk from key to key begins anew where a key is deleted meanwhile. */
static int read_entries(struct aw_bpf_held *held)
{
	AW_FREE uint64_t *keys = malloc(CHUNK * sizeof(*keys));
	AW_FREE struct aw_held_block *values = malloc(CHUNK * sizeof(*values));
	int fd = bpf_map__fd(held->bpf->maps.blocks), err = 0;
	uint32_t at, *in = NULL;

	if (!held->entries)
		held->entries = malloc(AW_HELD_BLOCKS * sizeof(*held->entries));
	if (!keys || !values || !held->entries)
		return -ENOMEM;
	held->count = 0;
	while (!err) {
		uint32_t count = CHUNK;

		err = bpf_map_lookup_batch(fd, in, &at, keys, values, &count, NULL) ? -errno : 0;
		if (err && err != -ENOENT)
			break;
		for (uint32_t i = 0; i < count && held->count < AW_HELD_BLOCKS; i++)
			held->entries[held->count++] = (struct held_entry){ keys[i], values[i] };
		in = &at;
	}
	qsort(held->entries, held->count, sizeof(*held->entries), compare_entries);
	return err == -ENOENT ? 0 : err;
}

static const struct aw_known_stack *stack_of(const struct aw_bpf_held *held, uint64_t key)
{
	struct aw_held_frames frames = { .count = 0 };

	if (bpf_map_lookup_elem(bpf_map__fd(held->bpf->maps.stacks), &key, &frames) || frames.count > AW_HELD_FRAMES)
		frames.count = 0;
	return aw_stacks_get(held->stacks, (const uint64_t *)frames.frames, (unsigned int)frames.count, 0);
}

/* Is a stack of an entry that was read? */
static bool is_used(const struct aw_bpf_held *held, uint64_t key)
{
	unsigned int low = 0, high = held->count;

	while (low < high) {
		unsigned int middle = low + (high - low) / 2;

		if (held->entries[middle].block.stack < key)
			low = middle + 1;
		else
			high = middle;
	}
	return low < held->count && held->entries[low].block.stack == key;
}

/* Where half of the room is taken, stacks that hold nothing any more go. */
static void drop_stacks(struct aw_bpf_held *held)
{
	AW_FREE uint64_t *keys = malloc(AW_HELD_STACKS * sizeof(*keys));
	int fd = bpf_map__fd(held->bpf->maps.stacks);
	unsigned int count = 0;
	uint64_t *last = NULL;

	while (keys && count < AW_HELD_STACKS && !bpf_map_get_next_key(fd, last, &keys[count]))
		last = &keys[count++];
	if (count < AW_HELD_STACKS / 2)
		return;
	for (unsigned int i = 0; i < count; i++)
		if (!is_used(held, keys[i]))
			bpf_map_delete_elem(fd, &keys[i]);
}

/* ---- the table ---- */

struct row {
	struct aw_held held;
	uint64_t stack;
};

static void add_block(struct aw_held *row, const struct aw_held_block *block)
{
	if (!row->blocks || block->time_ns < row->oldest_ns)
		row->oldest_ns = block->time_ns;
	if (block->time_ns > row->newest_ns)
		row->newest_ns = block->time_ns;
	row->blocks++;
	row->pages += block->cma_pages ? block->cma_pages : UINT64_C(1) << block->order;
}

/* All blocks of CMA areas are followed.  They are of any size: the order is that of the largest. */
static void add_cma(struct aw_held *row, const struct aw_held_block *block)
{
	unsigned int order = 0;

	while (order + 1 < AW_MAX_ORDERS && (UINT64_C(1) << order) < block->cma_pages)
		order++;
	row->order = order > row->order ? order : row->order;
	row->shift = 0;
	row->migratetype = AW_MT_CMA;
}

static int most_pages(const void *left, const void *right)
{
	const struct row *a = left, *b = right;

	return (aw_held_pages(&a->held) < aw_held_pages(&b->held)) - (aw_held_pages(&a->held) > aw_held_pages(&b->held));
}

/* Into `rows`, which has room for all entries. */
static unsigned int make_rows(const struct aw_bpf_held *held, struct row *rows)
{
	unsigned int count = 0;

	for (unsigned int i = 0; i < held->count; i++) {
		const struct held_entry *entry = &held->entries[i];

		if (!i || by_row(entry, &held->entries[i - 1]))
			rows[count++] = (struct row){ .stack = entry->block.stack, .held = {
				.order = entry->block.order, .shift = held->shift,
				.migratetype = aw_migratetype_decode(&held->kernel->migratetypes, entry->block.migratetype),
			} };
		add_block(&rows[count - 1].held, &entry->block);
		if (entry->block.cma_pages)
			add_cma(&rows[count - 1].held, &entry->block);
	}
	qsort(rows, count, sizeof(*rows), most_pages);
	return count;
}

/* The last row has the sum of those that find no room; what is no sample counts as one of the same size. */
static unsigned int fold(struct row *rows, unsigned int count, unsigned int shift)
{
	struct aw_held *rest = &rows[AW_HELD_ROWS - 1].held;

	if (count <= AW_HELD_ROWS)
		return count;
	rest->pages = aw_held_pages(rest) >> shift;
	rest->shift = shift;
	for (unsigned int i = AW_HELD_ROWS; i < count; i++) {
		rest->blocks += rows[i].held.blocks;
		rest->pages += aw_held_pages(&rows[i].held) >> shift;
		rest->order = rows[i].held.order > rest->order ? rows[i].held.order : rest->order;
		rest->oldest_ns = rows[i].held.oldest_ns < rest->oldest_ns ? rows[i].held.oldest_ns : rest->oldest_ns;
		rest->newest_ns = rows[i].held.newest_ns > rest->newest_ns ? rows[i].held.newest_ns : rest->newest_ns;
	}
	rest->rest = true;
	rest->migratetype = AW_MT_UNKNOWN;
	return AW_HELD_ROWS;
}

static void deliver_row(const struct aw_bpf_held *held, const struct row *row, uint64_t now, aw_event_fn deliver, void *arg)
{
	static const struct aw_stack none = { .count = 0 };
	const struct aw_known_stack *known = row->held.rest ? NULL : stack_of(held, row->stack);
	struct aw_event event = {
		.type = AW_EVENT_HELD, .time_ns = now, .task = { .cgroup = "" }, .stack = known ? &known->stack : &none,
		.site = known ? known->site : NULL, .held = row->held,
	};

	deliver(arg, &event);
}

static int deliver_table(struct aw_bpf_held *held, aw_event_fn deliver, void *arg)
{
	AW_FREE struct row *rows = NULL;
	unsigned int count;
	int err = read_entries(held);
	uint64_t now = aw_now_ns();	/* not before: none was taken later */

	if (err)
		return err;
	rows = calloc(held->count + 1, sizeof(*rows));
	if (!rows)
		return -ENOMEM;
	count = fold(rows, make_rows(held, rows), held->shift);
	/* A table without blocks is one, too. */
	if (!count) {
		count = 1;
		rows[0].held = (struct aw_held){ .shift = held->shift, .rest = true, .migratetype = AW_MT_UNKNOWN };
	}
	for (unsigned int i = 0; i < count; i++)
		deliver_row(held, &rows[i], now, deliver, arg);
	drop_stacks(held);
	return (int)count;
}

int aw_bpf_held_poll(struct aw_bpf_held *held, aw_event_fn deliver, void *arg)
{
	uint64_t now = aw_now_ns();

	if (held->next_ns == UINT64_MAX || (now < held->next_ns && !held->detached))
		return 0;
	held->next_ns = held->detached ? UINT64_MAX : now + EVERY_NS;
	return deliver_table(held, deliver, arg);
}

/* The largest order that fits into it. */
static unsigned int order_within(const struct aw_held_block *block)
{
	unsigned int order = block->order;

	while (block->cma_pages >> order > 1 && order + 1 < AW_MAX_ORDERS)
		order++;
	return order;
}

int aw_bpf_held_blocks(struct aw_bpf_held *held, aw_held_fn take, void *arg)
{
	const struct aw_known_stack *known = NULL;
	int err = read_entries(held);

	for (unsigned int i = 0; !err && i < held->count; i++) {
		const struct held_entry *entry = &held->entries[i];

		if (!i || entry->block.stack != held->entries[i - 1].block.stack)
			known = stack_of(held, entry->block.stack);
		take(arg, entry->page, order_within(&entry->block), known->site);
	}
	return err;
}

static uint64_t misses_of(const struct bpf_program *program)
{
	struct bpf_prog_info info = { 0 };
	uint32_t size = sizeof(info);

	return bpf_obj_get_info_by_fd(bpf_program__fd(program), &info, &size) ? 0 : info.recursion_misses;
}

unsigned int aw_bpf_held_losses(const struct aw_bpf_held *held, struct aw_loss *out)
{
	const struct aw_held_counters *counters = &held->bpf->bss->held_counters;

	out[0] = (struct aw_loss)AW_LOSS(held_full, "blocks of the sample of holders: no room for them, or for their stack",
					 counters->full + counters->stackless);
	out[1] = (struct aw_loss)AW_LOSS(held_missed, "pages taken or given back unseen by the sample of holders: its program was running",
					 misses_of(held->bpf->progs.held_alloc) + misses_of(held->bpf->progs.held_free));
	return 2;
}
