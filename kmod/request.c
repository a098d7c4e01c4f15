// SPDX-License-Identifier: GPL-2.0
/*
 * Notes on requests in their slow path: a table without locks, whose slots
 * are used by nobody but the context whose key they hold.
 */
#include "kmod.h"

#include <linux/hash.h>
#include <linux/smp.h>
#include <linux/string.h>
#include <linux/vmalloc.h>

#define SLOTS_BITS 9
#define SLOTS (1u << SLOTS_BITS)
#define TRIES 16	/* slots that a key may be in */
#define EXPIRE_NS (60ull * 1000000000)

atomic_t aw_following = ATOMIC_INIT(0);

static struct aw_request *slots;

int aw_request_init(void)
{
	slots = vzalloc(SLOTS * sizeof(*slots));
	return slots ? 0 : -ENOMEM;
}

void aw_request_exit(void)
{
	vfree(slots);
}

/*
 * One request runs at a time per thread, and per cpu and interrupt level.
 * All idle cpus share pid 0, so idle is keyed by cpu as well.
 */
static unsigned long current_key(void)
{
	enum aw_wire_context context = aw_context();

	if (context == AW_CONTEXT_TASK && current->pid)
		return current->pid;
	return 1ul << (BITS_PER_LONG - 1) | (unsigned long)context << 24 | raw_smp_processor_id();
}

static struct aw_request *slot_of(unsigned long key, unsigned int try)
{
	return &slots[(hash_long(key, SLOTS_BITS) + try) & (SLOTS - 1)];
}

static struct aw_request *find(unsigned long key)
{
	unsigned int i;

	for (i = 0; i < TRIES; i++)
		if (READ_ONCE(slot_of(key, i)->key) == key)
			return slot_of(key, i);
	return NULL;
}

struct aw_request *aw_request_find(void)
{
	return atomic_read(&aw_following) ? find(current_key()) : NULL;
}

/* All but the key: a slot that is free for a moment is somebody else's. */
void aw_request_reset(struct aw_request *request)
{
	memset((u8 *)request + sizeof(request->key), 0, sizeof(*request) - sizeof(request->key));
	request->order = -1;
	request->begin_ns = aw_now();
}

struct aw_request *aw_request_begin(void)
{
	unsigned long key = current_key();
	struct aw_request *request = find(key);
	unsigned int i;

	if (request)
		return request;
	for (i = 0; i < TRIES; i++) {
		request = slot_of(key, i);
		if (READ_ONCE(request->key) || cmpxchg(&request->key, 0ul, key))
			continue;
		atomic_inc(&aw_following);
		aw_request_reset(request);
		return request;
	}
	aw_count_lost(AW_LOST_INFLIGHT_FULL);
	return NULL;
}

void aw_request_end(struct aw_request *request)
{
	unsigned long key = request->key;

	/* Not ours any more when it was taken for forgotten. */
	if (key && cmpxchg(&request->key, key, 0ul) == key)
		atomic_dec(&aw_following);
}

/* From process context only: nothing else frees another's slot. */
void aw_request_expire(void)
{
	u64 now = aw_now();
	unsigned int i;

	for (i = 0; i < SLOTS; i++) {
		unsigned long key = READ_ONCE(slots[i].key);

		if (!key || now - READ_ONCE(slots[i].begin_ns) < EXPIRE_NS ||
		    now < READ_ONCE(slots[i].begin_ns))
			continue;
		if (cmpxchg(&slots[i].key, key, 0ul) != key)
			continue;
		atomic_dec(&aw_following);
		aw_count_lost(AW_LOST_EXPIRED);
	}
}
