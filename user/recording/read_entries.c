// SPDX-License-Identifier: GPL-2.0
/*
 * Reads the dictionaries of a recording.
 */
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "event/container.h"
#include "event/stacks.h"
#include "mm/function.h"
#include "recording/decode_internal.h"

void aw_entries_clear(struct aw_recording_decoder *decoder)
{
	struct aw_stack **stacks = decoder->stacks.entries;

	for (uint32_t i = 0; i < decoder->stacks.count; i++)
		free(stacks[i]);
	decoder->strings.count = 0;
	decoder->stacks.count = 0;
	decoder->tasks.count = 0;
	decoder->gfps.count = 0;
}

/* The slot of the next entry; NULL: too many entries, or no memory. */
static void *next_entry(struct aw_recording_decoder *decoder, struct aw_entries *entries, size_t size)
{
	uint32_t room = entries->room ? 2 * entries->room : 64;
	void *larger;

	if (entries->count >= AW_RECORDING_ENTRIES)
		return NULL;
	if (entries->count == entries->room) {
		larger = realloc(entries->entries, room * size);
		if (!larger) {
			decoder->no_memory = true;
			return NULL;
		}
		entries->entries = larger;
		entries->room = room;
	}
	return (char *)entries->entries + entries->count++ * size;
}

const char *aw_entry_string(const struct aw_recording_decoder *decoder, uint32_t number)
{
	const char *const *strings = decoder->strings.entries;

	if (!number)
		return "";
	return number <= decoder->strings.count ? strings[number - 1] : NULL;
}

const struct aw_stack *aw_entry_stack(const struct aw_recording_decoder *decoder, uint32_t number)
{
	static const struct aw_stack none;
	struct aw_stack *const *stacks = decoder->stacks.entries;

	if (!number)
		return &none;
	return number <= decoder->stacks.count ? stacks[number - 1] : NULL;
}

const struct aw_task *aw_entry_task(const struct aw_recording_decoder *decoder, uint32_t number)
{
	const struct aw_task *tasks = decoder->tasks.entries;

	return number && number <= decoder->tasks.count ? &tasks[number - 1] : NULL;
}

const struct aw_gfp *aw_entry_gfp(const struct aw_recording_decoder *decoder, uint32_t number)
{
	const struct aw_gfp *gfps = decoder->gfps.entries;

	return number && number <= decoder->gfps.count ? &gfps[number - 1] : NULL;
}

bool aw_read_string(struct aw_recording_decoder *decoder, struct aw_cursor *record)
{
	size_t len = aw_cursor_left(record);
	char text[AW_RECORDING_STRING + 1];
	const char **entry = next_entry(decoder, &decoder->strings, sizeof(*entry));

	if (!entry)
		return false;
	/* An invalid entry still takes a number, so that later ones keep theirs. */
	*entry = "";
	if (len > AW_RECORDING_STRING)
		return false;
	memcpy(text, record->at, len);
	text[len] = '\0';
	*entry = aw_intern(decoder->texts, text);
	return true;
}

static bool read_frame(const struct aw_recording_decoder *decoder, struct aw_cursor *record,
		       struct aw_frame *frame)
{
	const char *symbol = aw_entry_string(decoder, aw_get_u32(record));

	aw_frame_set_symbol(frame, symbol ? symbol : "", decoder->texts);
	frame->module = aw_entry_string(decoder, aw_get_u32(record));
	frame->offset = aw_get_u64(record);
	frame->size = aw_get_u64(record);
	frame->addr = decoder->raw_addresses ? aw_get_u64(record) : 0;
	return symbol && frame->module && !record->failed;
}

bool aw_read_stack(struct aw_recording_decoder *decoder, struct aw_cursor *record)
{
	uint32_t count = aw_get_u32(record);
	struct aw_stack **entry = next_entry(decoder, &decoder->stacks, sizeof(*entry));
	struct aw_stack *stack;

	if (!entry)
		return false;
	if (count > AW_MAX_STACK)
		count = 0;
	/* Allocates only the frames that exist, because there may be thousands of mostly short stacks. */
	*entry = stack = calloc(1, offsetof(struct aw_stack, frames) + count * sizeof(struct aw_frame));
	if (!stack) {
		decoder->no_memory = true;
		decoder->stacks.count--;
		return false;
	}
	for (uint32_t i = 0; i < count; i++)
		if (!read_frame(decoder, record, &stack->frames[i]))
			return false;
	stack->count = count;
	stack->id = aw_stack_id(stack);
	return !record->failed;
}

static void read_task_flags(uint32_t flags, struct aw_task *task)
{
	task->memalloc = flags & AW_STORED_MEMALLOC;
	task->memalloc_noio = flags & AW_STORED_NOIO;
	task->memalloc_nofs = flags & AW_STORED_NOFS;
	task->memalloc_pin = flags & AW_STORED_PIN;
	task->exiting = flags & AW_STORED_EXITING;
	task->dumping_core = flags & AW_STORED_DUMPING;
	task->kswapd = flags & AW_STORED_KSWAPD;
	task->oom_victim = flags & AW_STORED_VICTIM;
	task->realtime = flags & AW_STORED_REALTIME;
}

bool aw_read_task(struct aw_recording_decoder *decoder, struct aw_cursor *record)
{
	struct aw_task *task = next_entry(decoder, &decoder->tasks, sizeof(*task));
	const uint8_t *comm;
	const char *cgroup;

	if (!task)
		return false;
	memset(task, 0, sizeof(*task));
	task->pid = aw_get_u32(record);
	task->tid = aw_get_u32(record);
	task->cgroup_id = aw_get_u64(record);
	task->mems_allowed = aw_get_u64(record);
	cgroup = aw_entry_string(decoder, aw_get_u32(record));
	aw_task_set_cgroup(task, cgroup ? cgroup : "");
	task->known = aw_get_u32(record);
	read_task_flags(aw_get_u32(record), task);
	task->context = (enum aw_context)aw_recording_map_get(&decoder->map, AW_ENUM_CONTEXT, aw_get_u32(record));
	comm = aw_get_bytes(record, AW_COMM_LEN);
	if (comm)
		memcpy(task->comm, comm, AW_COMM_LEN);
	return cgroup && comm;
}

bool aw_read_gfp(struct aw_recording_decoder *decoder, struct aw_cursor *record)
{
	struct aw_gfp *gfp = next_entry(decoder, &decoder->gfps, sizeof(*gfp));
	const char *names;

	if (!gfp)
		return false;
	gfp->raw = aw_get_u64(record);
	gfp->flags = aw_recording_map_bits(&decoder->map, AW_ENUM_GFP_FLAG, aw_get_u64(record));
	gfp->unknown = aw_get_u64(record);
	names = aw_entry_string(decoder, aw_get_u32(record));
	gfp->names = names ? names : "";
	gfp->several = !strcmp(gfp->names, AW_GFP_SEVERAL_NAMES);
	return names && !record->failed;
}
