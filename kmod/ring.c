// SPDX-License-Identifier: GPL-2.0
/*
 * Records of every cpu, kept until they are overwritten, and readers' places
 * in them.
 *
 * A ring is written by its own cpu only, with interrupts off; what comes in
 * an NMI in between is dropped and counted.  Writers never wait: a reader that
 * is too slow, dead or asleep loses the oldest records, and finds out how many
 * of which kind, because every entry carries the number of all before it.
 * Steals have a ring of their own, so that they cannot push out failures.
 */
#include "kmod.h"

#include <linux/cpumask.h>
#include <linux/irqflags.h>
#include <linux/log2.h>
#include <linux/smp.h>
#include <linux/string.h>
#include <linux/vmalloc.h>

enum aw_kind { KIND_FAILURE, KIND_EXTFRAG, KIND_OTHER, KINDS };

static const enum aw_wire_lost lost_of_kind[KINDS] = {
	AW_LOST_RING_FAILURE, AW_LOST_RING_EXTFRAG, AW_LOST_RING_OTHER
};

/* What a record has before it in the ring. */
struct aw_entry {
	u32 size;		/* of the record, without this */
	u32 kind;
	unsigned long number;	/* over all rings: the order of reading */
	u32 before[KINDS];	/* records of each kind that this ring got earlier */
	u32 pad;
};

/*
 * Positions grow for ever; modulo the size they are places.  tail moves before
 * what it leaves behind is overwritten, head after a record is complete.
 */
struct aw_ring {
	unsigned long head;
	unsigned long tail;
	unsigned long version;	/* odd while head and counts change */
	u32 counts[KINDS];
	unsigned long mask;
	u8 *bytes;
};

enum { RING_MAIN, RING_EXTFRAG, RINGS };

struct aw_cpu {
	int busy;		/* a record is being filled */
	struct aw_entry entry;
	u64 record[AW_KMOD_RECORD_MAX / sizeof(u64)];
	struct aw_ring rings[RINGS];
};

static struct aw_cpu *cpus;	/* nr_cpu_ids */
static u8 *memory;		/* of all rings */
static unsigned int main_bytes;
static atomic_long_t last_number = ATOMIC_LONG_INIT(0);
static atomic_long_t lost_counts[AW_LOST_MAX];
static atomic_long_t nested;

unsigned int aw_ring_bytes(void)
{
	return main_bytes;
}

int aw_ring_init(unsigned int kilobytes)
{
	unsigned int extfrag_bytes, i;
	u8 *next;

	if (!is_power_of_2(kilobytes) || kilobytes < 16 || kilobytes > 16384)
		return -EINVAL;
	main_bytes = kilobytes << 10;
	extfrag_bytes = main_bytes / 4;
	cpus = vzalloc(nr_cpu_ids * sizeof(*cpus));
	memory = vzalloc((unsigned long)nr_cpu_ids * (main_bytes + extfrag_bytes));
	if (!cpus || !memory) {
		aw_ring_exit();
		return -ENOMEM;
	}
	next = memory;
	for (i = 0; i < (unsigned int)nr_cpu_ids; i++) {
		cpus[i].rings[RING_MAIN].bytes = next;
		cpus[i].rings[RING_MAIN].mask = main_bytes - 1;
		next += main_bytes;
		cpus[i].rings[RING_EXTFRAG].bytes = next;
		cpus[i].rings[RING_EXTFRAG].mask = extfrag_bytes - 1;
		next += extfrag_bytes;
	}
	return 0;
}

void aw_ring_exit(void)
{
	vfree(cpus);
	vfree(memory);
	cpus = NULL;
	memory = NULL;
}

void aw_count_lost(enum aw_wire_lost why)
{
	atomic_long_inc(&lost_counts[why]);
}

unsigned long aw_lost_count(enum aw_wire_lost why)
{
	return atomic_long_read(&lost_counts[why]);
}

unsigned long aw_nested_count(void)
{
	return atomic_long_read(&nested);
}

unsigned long aw_ring_news(void)
{
	return atomic_long_read(&last_number);
}

/* ---- writing ---- */

static enum aw_kind kind_of(enum aw_wire_type type)
{
	if (type == AW_WIRE_FAILURE)
		return KIND_FAILURE;
	return type == AW_WIRE_EXTFRAG ? KIND_EXTFRAG : KIND_OTHER;
}

void *aw_record_begin(enum aw_wire_type type, size_t size, u64 time_ns, unsigned long *flags)
{
	struct aw_wire_head *head;
	struct aw_cpu *cpu;

	local_irq_save(*flags);
	cpu = &cpus[raw_smp_processor_id()];
	if (cpu->busy || size > sizeof(cpu->record)) {
		atomic_long_inc(&nested);
		local_irq_restore(*flags);
		return NULL;
	}
	cpu->busy = 1;
	barrier();
	memset(cpu->record, 0, size);
	head = (struct aw_wire_head *)cpu->record;
	head->size = size;
	head->version = AW_WIRE_VERSION;
	head->type = type;
	head->time_ns = time_ns;
	head->cpu = raw_smp_processor_id();
	cpu->entry.size = size;
	cpu->entry.kind = kind_of(type);
	return head;
}

static void ring_write(struct aw_ring *ring, unsigned long at, const void *data, unsigned long size)
{
	unsigned long place = at & ring->mask, first = min(size, ring->mask + 1 - place);

	memcpy(ring->bytes + place, data, first);
	memcpy(ring->bytes, (const u8 *)data + first, size - first);
}

static void ring_read(const struct aw_ring *ring, unsigned long at, void *data, unsigned long size)
{
	unsigned long place = at & ring->mask, first = min(size, ring->mask + 1 - place);

	memcpy(data, ring->bytes + place, first);
	memcpy((u8 *)data + first, ring->bytes, size - first);
}

static unsigned long entry_bytes(const struct aw_entry *entry)
{
	return sizeof(*entry) + ALIGN(entry->size, AW_KMOD_ALIGN);
}

/* Moves the tail past whole entries until `bytes` fit. */
static void ring_make_room(struct aw_ring *ring, unsigned long bytes)
{
	unsigned long tail = ring->tail;
	struct aw_entry oldest;

	while (ring->head + bytes - tail > ring->mask + 1) {
		ring_read(ring, tail, &oldest, sizeof(oldest));
		tail += entry_bytes(&oldest);
	}
	WRITE_ONCE(ring->tail, tail);
	smp_wmb();	/* the tail before what overwrites: pairs with cursor_read() */
}

void aw_record_commit(unsigned long flags)
{
	struct aw_cpu *cpu = &cpus[raw_smp_processor_id()];
	struct aw_entry *entry = &cpu->entry;
	struct aw_ring *ring = &cpu->rings[entry->kind == KIND_EXTFRAG ? RING_EXTFRAG : RING_MAIN];

	memcpy(entry->before, ring->counts, sizeof(entry->before));
	ring_make_room(ring, entry_bytes(entry));
	WRITE_ONCE(ring->version, ring->version + 1);
	smp_wmb();
	/* A full barrier: whoever sees this number sees all records with smaller ones that led to it. */
	entry->number = atomic_long_inc_return(&last_number);
	ring_write(ring, ring->head, entry, sizeof(*entry));
	ring_write(ring, ring->head + sizeof(*entry), cpu->record, entry->size);
	ring->counts[entry->kind]++;
	smp_wmb();	/* the record before the head: pairs with cursor_peek() */
	WRITE_ONCE(ring->head, ring->head + entry_bytes(entry));
	smp_wmb();
	WRITE_ONCE(ring->version, ring->version + 1);
	barrier();
	cpu->busy = 0;
	local_irq_restore(flags);
}

/* ---- reading ---- */

struct aw_place {
	unsigned long at;
	u32 expected[KINDS];
};

struct aw_cursor {
	struct aw_place places[1];	/* nr_rings() */
};

/* 4.14 made nr_cpu_ids unsigned. */
static unsigned int nr_rings(void)
{
	return RINGS * (unsigned int)nr_cpu_ids;
}

static struct aw_ring *ring_of(unsigned int index)
{
	return &cpus[index / RINGS].rings[index % RINGS];
}

size_t aw_cursor_size(void)
{
	return nr_rings() * sizeof(struct aw_place);
}

/* The end of every ring as it is now; a writer is done within microseconds. */
void aw_cursor_start(struct aw_cursor *cursor)
{
	unsigned long version;
	unsigned int i;

	for (i = 0; i < nr_rings(); i++) {
		struct aw_place *place = &cursor->places[i];
		struct aw_ring *ring = ring_of(i);

		do {
			version = READ_ONCE(ring->version);
			smp_rmb();
			place->at = READ_ONCE(ring->head);
			memcpy(place->expected, ring->counts, sizeof(place->expected));
			smp_rmb();
		} while (version & 1 || version != READ_ONCE(ring->version));
	}
}

int aw_cursor_pending(const struct aw_cursor *cursor)
{
	unsigned int i;

	for (i = 0; i < nr_rings(); i++)
		if (READ_ONCE(ring_of(i)->head) != cursor->places[i].at)
			return 1;
	return 0;
}

/* Copies out of a ring that may be overwritten meanwhile; 0 when it was. */
static int cursor_read(const struct aw_ring *ring, unsigned long start, unsigned long at,
		       void *data, unsigned long size)
{
	ring_read(ring, at, data, size);
	smp_rmb();	/* what was read before the tail: pairs with ring_make_room() */
	return (long)(start - READ_ONCE(ring->tail)) >= 0;
}

/* The entry that is next in a ring; 0: none.  Overwritten ones are skipped. */
static int cursor_peek(const struct aw_ring *ring, struct aw_place *place, struct aw_entry *entry)
{
	unsigned long tail;

	for (;;) {
		if (READ_ONCE(ring->head) == place->at)
			return 0;
		smp_rmb();	/* the head before the record: pairs with aw_record_commit() */
		if (cursor_read(ring, place->at, place->at, entry, sizeof(*entry)))
			return 1;
		tail = READ_ONCE(ring->tail);
		if ((long)(tail - place->at) > 0)
			place->at = tail;
	}
}

static int cursor_take(const struct aw_ring *ring, struct aw_place *place, const struct aw_entry *entry,
		       void *record, u64 *lost)
{
	unsigned int kind;

	if (entry->size > AW_KMOD_RECORD_MAX ||
	    !cursor_read(ring, place->at, place->at + sizeof(*entry), record, entry->size))
		return 0;
	for (kind = 0; kind < KINDS; kind++) {
		lost[lost_of_kind[kind]] += (u32)(entry->before[kind] - place->expected[kind]);
		place->expected[kind] = entry->before[kind];
	}
	place->expected[entry->kind]++;
	place->at += entry_bytes(entry);
	return 1;
}

/* Which ring holds the record with the smallest number up to `limit`; -1: none. */
static int cursor_oldest(struct aw_cursor *cursor, unsigned long limit, struct aw_entry *oldest)
{
	struct aw_entry entry;
	unsigned int i;
	int found = -1;

	for (i = 0; i < nr_rings(); i++) {
		if (!cursor_peek(ring_of(i), &cursor->places[i], &entry))
			continue;
		if ((long)(limit - entry.number) < 0)
			continue;
		if (found >= 0 && (long)(entry.number - oldest->number) > 0)
			continue;
		found = i;
		*oldest = entry;
	}
	return found;
}

unsigned int aw_cursor_next(struct aw_cursor *cursor, unsigned long limit, void *record, u64 *lost)
{
	struct aw_entry entry;
	int found;

	do {
		found = cursor_oldest(cursor, limit, &entry);
		if (found < 0)
			return 0;
	} while (!cursor_take(ring_of(found), &cursor->places[found], &entry, record, lost));
	return entry.size;
}
