// SPDX-License-Identifier: GPL-2.0
/*
 * The state of requests: a table without locks, in which each slot is used only
 * by the context whose key it holds.
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
 * A thread runs one request at a time, and so does each interrupt level of a
 * cpu.  All idle tasks have pid 0, so they are keyed by cpu as well.
 */
static unsigned long current_key(enum aw_request_which which)
{
	unsigned long nested = which == AW_REQUEST_NESTED ? 1ul << (BITS_PER_LONG - 2) : 0;
	enum aw_wire_context context = aw_context();

	if (context == AW_CONTEXT_TASK && current->pid)
		return current->pid | nested;
	return 1ul << (BITS_PER_LONG - 1) | nested | (unsigned long)context << 24 | raw_smp_processor_id();
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

struct aw_request *aw_request_find(enum aw_request_which which)
{
	return atomic_read(&aw_following) ? find(current_key(which)) : NULL;
}

/* The key stays: a slot without a key can be taken by another context at once. */
void aw_request_reset(struct aw_request *request)
{
	memset((u8 *)request + sizeof(request->key), 0, sizeof(*request) - sizeof(request->key));
	aw_effort_clear(&request->tried);
	request->begin_ns = aw_now();
}

struct aw_request *aw_request_begin(enum aw_request_which which)
{
	unsigned long key = current_key(which);
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

	if (aw_effort_resume_outer(&request->tried)) {
		request->begin_ns = request->tried.now.effort.begin_ns;
		request->warn_ns = 0;
		request->warn_caller = 0;
		request->printed = 0;
		request->zones_id = 0;
		request->zones_flags = 0;
		request->nr_zones = 0;
		return;
	}
	/* It may have expired, and belong to another context by now. */
	if (key && cmpxchg(&request->key, key, 0ul) == key)
		atomic_dec(&aw_following);
}

/* In process context only.  Nothing else frees the slot of another context. */
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
