// SPDX-License-Identifier: GPL-2.0
/*
 * Stacks seen so far.
 */
#include "event/stacks.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/table.h"
#include "mm/site.h"

/* The key of a stack. */
struct key {
	size_t bytes;				/* of the words in use */
	uint64_t words[AW_MAX_STACK + 1];	/* caller, then the addresses */
};

/* The key follows the frames. */
struct entry {
	UT_hash_handle hh;
	struct aw_known_stack known;
};

struct aw_stacks {
	struct aw_symbols *symbols;
	struct entry *entries;
	unsigned int count;
	struct entry *overflow;	/* the last one beyond the limit */
};

struct aw_stacks *aw_stacks_new(struct aw_symbols *symbols)
{
	struct aw_stacks *stacks = calloc(1, sizeof(*stacks));

	if (stacks)
		stacks->symbols = symbols;
	return stacks;
}

void aw_stacks_free(struct aw_stacks *stacks)
{
	struct entry *entry, *next;

	if (!stacks)
		return;
	HASH_ITER(hh, stacks->entries, entry, next) {
		HASH_DEL(stacks->entries, entry);
		free(entry);
	}
	free(stacks->overflow);
	free(stacks);
}

/* FNV-1a over what is displayed: stacks with equal names and offsets are equal. */
static uint64_t hash_text(uint64_t hash, const char *text)
{
	for (; *text; text++)
		hash = (hash ^ (unsigned char)*text) * 0x100000001b3ull;
	return hash;
}

static uint64_t hash_frame(uint64_t hash, const struct aw_frame *frame)
{
	uint64_t number = frame->name[0] ? frame->offset : frame->addr;

	hash = hash_text(hash, frame->name);
	hash = hash_text(hash, aw_frame_suffix(frame));
	hash = hash_text(hash ^ 0xff, frame->module);
	return (hash ^ number) * 0x100000001b3ull;
}

uint64_t aw_stack_id(const struct aw_stack *stack)
{
	uint64_t id = 0xcbf29ce484222325ull;

	for (unsigned int i = 0; i < stack->count; i++)
		id = hash_frame(id, &stack->frames[i]);
	return id;
}

/*
 * A stack starts in the tracing program, which a saved kallsyms does not have:
 * frames without a name before the first one with a name belong to it.
 */
static void add_frame(struct aw_stacks *stacks, struct aw_stack *stack, uint64_t addr, bool is_return)
{
	struct aw_frame *frame = &stack->frames[stack->count];
	struct aw_frame *first = &stack->frames[0];

	if (stack->count == AW_MAX_STACK)
		return;
	aw_symbols_resolve(stacks->symbols, addr, is_return, frame);
	if (aw_site_is_tracing(frame->name, frame->module))
		return;
	if (stack->count && frame->name[0] && !first->name[0]) {
		*first = *frame;
		stack->count = 0;
	}
	stack->count++;
}

static void fill(struct aw_stacks *stacks, const struct key *key, struct aw_known_stack *known)
{
	struct aw_stack *stack = &known->stack;
	unsigned int count = key->bytes / sizeof(uint64_t) - 1;
	uint64_t caller = key->words[0];
	const uint64_t *addresses = key->words + 1;
	/* The first frame of a kprobe is the probed function itself, unless the BPF programs have put its caller there. */
	bool probed = count && caller && addresses[0] != caller;

	if (!count && caller)
		add_frame(stacks, stack, caller, true);
	for (unsigned int i = 0; i < count; i++) {
		add_frame(stacks, stack, addresses[i], i > 0 || !probed);
		if (i == 0 && probed && (count < 2 || addresses[1] != caller))
			add_frame(stacks, stack, caller, true);
	}
	stack->id = aw_stack_id(stack);
	known->site = aw_site_of(stack);
	stack->groups = aw_site_groups(stack);
}

/* Most stacks are short, so an entry has room for its own frames only.  NULL: no memory. */
static struct entry *new_entry(const struct key *key, const struct aw_known_stack *known)
{
	size_t size = offsetof(struct entry, known.stack.frames) + known->stack.count * sizeof(struct aw_frame);
	struct entry *entry = calloc(1, size + key->bytes);

	if (!entry)
		return NULL;
	memcpy(&entry->known, known, size - offsetof(struct entry, known));
	if (known->site)
		entry->known.site = &entry->known.stack.frames[known->site - known->stack.frames];
	memcpy((char *)entry + size, key->words, key->bytes);
	return entry;
}

static const struct aw_known_stack *keep(struct aw_stacks *stacks, const struct key *key, struct entry *entry)
{
	const void *words = &entry->known.stack.frames[entry->known.stack.count];

	if (stacks->count < AW_STACKS_MAX) {
		HASH_ADD_KEYPTR(hh, stacks->entries, words, key->bytes, entry);
		if (aw_table_took(entry)) {
			stacks->count++;
			return &entry->known;
		}
	}
	free(stacks->overflow);
	stacks->overflow = entry;
	return &entry->known;
}

const struct aw_known_stack *aw_stacks_get(struct aw_stacks *stacks, const uint64_t *addresses,
					   unsigned int count, uint64_t caller)
{
	static const struct aw_known_stack none;
	struct aw_known_stack known;
	struct entry *entry;
	struct key key;

	if (count > AW_MAX_STACK)
		count = AW_MAX_STACK;
	key.bytes = (count + 1) * sizeof(uint64_t);
	key.words[0] = caller;
	memcpy(key.words + 1, addresses, count * sizeof(uint64_t));
	HASH_FIND(hh, stacks->entries, key.words, key.bytes, entry);
	if (entry)
		return &entry->known;
	memset(&known, 0, sizeof(known));
	fill(stacks, &key, &known);
	entry = new_entry(&key, &known);
	return entry ? keep(stacks, &key, entry) : &none;
}
