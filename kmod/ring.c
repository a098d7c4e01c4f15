// SPDX-License-Identifier: GPL-2.0
/*
 * The ring buffers, in which records stay until they are overwritten, and the
 * cursors of readers.
 *
 * A ring buffer is written only by its own cpu, with interrupts off; a record
 * from an NMI in between is dropped and counted.  Writers never wait: a reader
 * that is slow or stopped loses the oldest records.  It learns how many of each
 * type it lost, because every entry carries the number of those before it.
 * Steals have a ring buffer of their own, so that they cannot displace failures.
 *
 * Where records are kept for later (aw_keeps), the first ones go to a buffer that is never
 * overwritten, until one does not fit: those of the drivers' probes, however long
 * it takes until somebody reads them.
 */
#include "kmod.h"

#include <linux/cpumask.h>
#include <linux/irqflags.h>
#include <linux/log2.h>
#include <linux/smp.h>
#include <linux/string.h>
#include <linux/vmalloc.h>

/* As far as losses are counted apart. */
enum aw_entry_type { ENTRY_FAILURE, ENTRY_EXTFRAG, ENTRY_OTHER, ENTRY_TYPES };

static const enum aw_wire_lost lost_of_type[ENTRY_TYPES] = {
	AW_LOST_RING_FAILURE, AW_LOST_RING_EXTFRAG, AW_LOST_RING_OTHER
};

/* Stands before each record in a ring buffer. */
struct aw_entry {
	u32 size;		/* of the record, without this */
	u32 type;		/* enum aw_entry_type */
	unsigned long number;	/* over all ring buffers: the order of reading */
	u32 before[ENTRY_TYPES];	/* earlier records of each type in this ring buffer */
	u32 pad;
};

/*
 * Positions only grow; modulo the size, they are offsets.  The tail moves before
 * an entry is overwritten, the head after a record is complete.
 */
struct aw_ring {
	unsigned long head;
	unsigned long tail;
	unsigned long version;	/* odd while head and counts change */
	u32 counts[ENTRY_TYPES];
	unsigned long mask;
	int full;		/* of RING_FIRST: takes no more */
	u8 *bytes;
};

enum { RING_MAIN, RING_EXTFRAG, RING_FIRST, RINGS };

struct aw_cpu {
	int busy;		/* a record is being filled */
	struct aw_entry entry;
	u64 record[AW_KMOD_RECORD_MAX / sizeof(u64)];
	struct aw_ring rings[RINGS];
};

static struct aw_cpu *cpus;	/* nr_cpu_ids */
static u8 *memory;		/* of all ring buffers */
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
	unsigned int extfrag_bytes, first_bytes, i;
	u8 *next;

	if (!is_power_of_2(kilobytes) || kilobytes < 16 || kilobytes > 16384)
		return -EINVAL;
	main_bytes = kilobytes << 10;
	extfrag_bytes = main_bytes / 4;
	first_bytes = aw_keeps ? main_bytes : 0;
	cpus = vzalloc(nr_cpu_ids * sizeof(*cpus));
	memory = vzalloc((unsigned long)nr_cpu_ids * (main_bytes + extfrag_bytes + first_bytes));
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
		cpus[i].rings[RING_FIRST].bytes = next;
		cpus[i].rings[RING_FIRST].mask = main_bytes - 1;
		cpus[i].rings[RING_FIRST].full = !aw_keeps;
		next += first_bytes;
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

static enum aw_entry_type entry_type_of(enum aw_wire_type type)
{
	if (type == AW_WIRE_FAILURE)
		return ENTRY_FAILURE;
	return type == AW_WIRE_EXTFRAG ? ENTRY_EXTFRAG : ENTRY_OTHER;
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
	aw_wire_start(head, size, type, time_ns);
	head->cpu = raw_smp_processor_id();
	cpu->entry.size = size;
	cpu->entry.type = entry_type_of(type);
	return head;
}

static void ring_write(struct aw_ring *ring, unsigned long at, const void *data, unsigned long size)
{
	unsigned long offset = at & ring->mask, first = min(size, ring->mask + 1 - offset);

	memcpy(ring->bytes + offset, data, first);
	memcpy(ring->bytes, (const u8 *)data + first, size - first);
}

static void ring_read(const struct aw_ring *ring, unsigned long at, void *data, unsigned long size)
{
	unsigned long offset = at & ring->mask, first = min(size, ring->mask + 1 - offset);

	memcpy(data, ring->bytes + offset, first);
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

static struct aw_ring *ring_for(struct aw_cpu *cpu, const struct aw_entry *entry)
{
	struct aw_ring *first = &cpu->rings[RING_FIRST];

	if (entry->type == ENTRY_EXTFRAG)
		return &cpu->rings[RING_EXTFRAG];
	if (!first->full && first->head + entry_bytes(entry) > first->mask + 1)
		first->full = 1;
	return first->full ? &cpu->rings[RING_MAIN] : first;
}

void aw_record_commit(unsigned long flags)
{
	struct aw_cpu *cpu = &cpus[raw_smp_processor_id()];
	struct aw_entry *entry = &cpu->entry;
	struct aw_ring *ring = ring_for(cpu, entry);

	memcpy(entry->before, ring->counts, sizeof(entry->before));
	ring_make_room(ring, entry_bytes(entry));
	WRITE_ONCE(ring->version, ring->version + 1);
	smp_wmb();
	/* A full barrier: a reader that sees this number also sees all records with smaller numbers. */
	entry->number = atomic_long_inc_return(&last_number);
	ring_write(ring, ring->head, entry, sizeof(*entry));
	ring_write(ring, ring->head + sizeof(*entry), cpu->record, entry->size);
	ring->counts[entry->type]++;
	smp_wmb();	/* the record before the head: pairs with cursor_peek() */
	WRITE_ONCE(ring->head, ring->head + entry_bytes(entry));
	smp_wmb();
	WRITE_ONCE(ring->version, ring->version + 1);
	barrier();
	cpu->busy = 0;
	local_irq_restore(flags);
}

/* ---- reading ---- */

/* In one ring buffer. */
struct aw_position {
	unsigned long at;
	u32 expected[ENTRY_TYPES];	/* counts[] of what was read so far */
};

struct aw_cursor {
	struct aw_position positions[1];	/* nr_rings() */
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
	return nr_rings() * sizeof(struct aw_position);
}

/* At the current end of every ring buffer; a writer takes microseconds. */
void aw_cursor_start(struct aw_cursor *cursor)
{
	unsigned long version;
	unsigned int i;

	for (i = 0; i < nr_rings(); i++) {
		struct aw_position *position = &cursor->positions[i];
		struct aw_ring *ring = ring_of(i);

		do {
			version = READ_ONCE(ring->version);
			smp_rmb();
			position->at = READ_ONCE(ring->head);
			memcpy(position->expected, ring->counts, sizeof(position->expected));
			smp_rmb();
		} while (version & 1 || version != READ_ONCE(ring->version));
	}
}

/* If the oldest is overwritten meanwhile, cursor_peek() goes on from there. */
void aw_cursor_rewind(struct aw_cursor *cursor)
{
	unsigned int i;

	for (i = 0; i < nr_rings(); i++) {
		cursor->positions[i].at = READ_ONCE(ring_of(i)->tail);
		memset(cursor->positions[i].expected, 0, sizeof(cursor->positions[i].expected));
	}
}

int aw_cursor_pending(const struct aw_cursor *cursor)
{
	unsigned int i;

	for (i = 0; i < nr_rings(); i++)
		if (READ_ONCE(ring_of(i)->head) != cursor->positions[i].at)
			return 1;
	return 0;
}

/* Copies from a ring buffer that may be overwritten meanwhile; 0: it was. */
static int cursor_read(const struct aw_ring *ring, unsigned long start, unsigned long at,
		       void *data, unsigned long size)
{
	ring_read(ring, at, data, size);
	smp_rmb();	/* what was read before the tail: pairs with ring_make_room() */
	return (long)(start - READ_ONCE(ring->tail)) >= 0;
}

/* The next entry of a ring buffer; 0: none.  Overwritten entries are skipped. */
static int cursor_peek(const struct aw_ring *ring, struct aw_position *position, struct aw_entry *entry)
{
	unsigned long tail;

	for (;;) {
		if (READ_ONCE(ring->head) == position->at)
			return 0;
		smp_rmb();	/* the head before the record: pairs with aw_record_commit() */
		if (cursor_read(ring, position->at, position->at, entry, sizeof(*entry)))
			return 1;
		tail = READ_ONCE(ring->tail);
		if ((long)(tail - position->at) > 0)
			position->at = tail;
	}
}

static int cursor_take(const struct aw_ring *ring, struct aw_position *position, const struct aw_entry *entry,
		       void *record, u64 *lost)
{
	unsigned int type;

	if (entry->size > AW_KMOD_RECORD_MAX ||
	    !cursor_read(ring, position->at, position->at + sizeof(*entry), record, entry->size))
		return 0;
	for (type = 0; type < ENTRY_TYPES; type++) {
		lost[lost_of_type[type]] += (u32)(entry->before[type] - position->expected[type]);
		position->expected[type] = entry->before[type];
	}
	position->expected[entry->type]++;
	position->at += entry_bytes(entry);
	return 1;
}

/* The ring buffer that has the record with the smallest number up to `limit`; -1: none. */
static int cursor_oldest(struct aw_cursor *cursor, unsigned long limit, struct aw_entry *oldest)
{
	struct aw_entry entry;
	unsigned int i;
	int found = -1;

	for (i = 0; i < nr_rings(); i++) {
		if (!cursor_peek(ring_of(i), &cursor->positions[i], &entry))
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
	} while (!cursor_take(ring_of(found), &cursor->positions[found], &entry, record, lost));
	return entry.size;
}
