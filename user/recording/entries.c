// SPDX-License-Identifier: GPL-2.0
/*
 * Encodes dictionary entries: strings, stacks, tasks, masks.
 */
#include <stdio.h>
#include <string.h>

#include "recording/encode_internal.h"

_Static_assert(AW_TASK_KNOWS_FLAGS == 0x1 && AW_TASK_KNOWS_VICTIM == 0x2 && AW_TASK_KNOWS_POLICY == 0x4 &&
	       AW_TASK_KNOWS_MEMS == 0x8 && AW_TASK_KNOWS_CGROUP == 0x10, "the values are part of the file format");

size_t aw_record_begin(struct aw_bytes *records, enum aw_recording_type type)
{
	size_t begun = records->used;

	aw_put_u16(records, (uint16_t)type);
	aw_put_u16(records, 0);
	aw_put_u32(records, 0);
	return begun;
}

void aw_record_end(struct aw_bytes *records, size_t begun)
{
	aw_set_u32(records, begun + 4, (uint32_t)(records->used - begun - AW_RECORDING_RECORD_HEADER));
}

/* Adds the entry in `scratch` as a record if it is new; its bytes are the key. */
static uint32_t enter(struct aw_recording_encoder *encoder, struct aw_dictionary *dictionary,
		      enum aw_recording_type type)
{
	const struct aw_bytes *entry = &encoder->scratch;
	bool is_new;
	uint32_t number;
	size_t record;

	if (entry->failed) {
		encoder->records.failed = true;
		return 0;
	}
	number = aw_dictionary_get(dictionary, entry->data, entry->used, &is_new);
	if (!number)
		encoder->records.failed = true;
	if (is_new) {
		record = aw_record_begin(&encoder->records, type);
		aw_put_bytes(&encoder->records, entry->data, entry->used);
		aw_record_end(&encoder->records, record);
	}
	return number;
}

uint32_t aw_recording_string(struct aw_recording_encoder *encoder, const char *text)
{
	size_t len = strnlen(text, AW_RECORDING_STRING);

	if (!len)
		return 0;
	encoder->scratch.used = 0;
	aw_put_bytes(&encoder->scratch, text, len);
	return enter(encoder, &encoder->strings, AW_RECORD_STRING);
}

struct stored_frame {
	uint32_t name, module;
	uint64_t offset, size, addr;
};

/* One string, as the kernel has it: readers take it apart again. */
static uint32_t symbol_string(struct aw_recording_encoder *encoder, const struct aw_frame *frame)
{
	char symbol[AW_RECORDING_STRING + 1];

	if (!*aw_frame_suffix(frame))
		return aw_recording_string(encoder, frame->name);
	snprintf(symbol, sizeof(symbol), "%s%s", frame->name, frame->suffix);
	return aw_recording_string(encoder, symbol);
}

static struct stored_frame stored_frame(struct aw_recording_encoder *encoder, const struct aw_frame *frame)
{
	struct aw_frame shown = *frame;

	if (!frame->name[0] && !encoder->facts.raw_addresses)
		shown = aw_anchors_frame(encoder->facts.anchors, frame->addr);
	return (struct stored_frame){
		.name = symbol_string(encoder, &shown),
		.module = aw_recording_string(encoder, shown.module),
		.offset = shown.offset,
		.size = shown.size,
		.addr = frame->addr,
	};
}

uint32_t aw_recording_stack(struct aw_recording_encoder *encoder, const struct aw_stack *stack)
{
	struct stored_frame frames[AW_MAX_STACK];
	unsigned int count = stack->count < AW_MAX_STACK ? stack->count : AW_MAX_STACK;

	if (!count)
		return 0;
	for (unsigned int i = 0; i < count; i++)
		frames[i] = stored_frame(encoder, &stack->frames[i]);
	encoder->scratch.used = 0;
	aw_put_u32(&encoder->scratch, count);
	for (unsigned int i = 0; i < count; i++) {
		aw_put_u32(&encoder->scratch, frames[i].name);
		aw_put_u32(&encoder->scratch, frames[i].module);
		aw_put_u64(&encoder->scratch, frames[i].offset);
		aw_put_u64(&encoder->scratch, frames[i].size);
		if (encoder->facts.raw_addresses)
			aw_put_u64(&encoder->scratch, frames[i].addr);
	}
	return enter(encoder, &encoder->stacks, AW_RECORD_STACK);
}

static uint32_t task_flags(const struct aw_task *task)
{
	return (task->memalloc ? AW_STORED_MEMALLOC : 0) | (task->memalloc_noio ? AW_STORED_NOIO : 0) |
	       (task->memalloc_nofs ? AW_STORED_NOFS : 0) | (task->exiting ? AW_STORED_EXITING : 0) |
	       (task->dumping_core ? AW_STORED_DUMPING : 0) | (task->kswapd ? AW_STORED_KSWAPD : 0) |
	       (task->oom_victim ? AW_STORED_VICTIM : 0) | (task->realtime ? AW_STORED_REALTIME : 0) |
	       (task->memalloc_pin ? AW_STORED_PIN : 0);
}

uint32_t aw_recording_task(struct aw_recording_encoder *encoder, const struct aw_task *task)
{
	uint32_t cgroup = aw_recording_string(encoder, task->cgroup);
	struct aw_bytes *out = &encoder->scratch;

	out->used = 0;
	aw_put_u32(out, task->pid);
	aw_put_u32(out, task->tid);
	aw_put_u64(out, task->cgroup_id);
	aw_put_u64(out, task->mems_allowed);
	aw_put_u32(out, cgroup);
	aw_put_u32(out, task->known);
	aw_put_u32(out, task_flags(task));
	aw_put_u32(out, (uint32_t)task->context);
	aw_put_bytes(out, task->comm, AW_COMM_LEN);
	return enter(encoder, &encoder->tasks, AW_RECORD_TASK);
}

uint32_t aw_recording_gfp(struct aw_recording_encoder *encoder, const struct aw_gfp *gfp)
{
	uint32_t names = aw_recording_string(encoder, gfp->names);
	struct aw_bytes *out = &encoder->scratch;

	out->used = 0;
	aw_put_u64(out, gfp->raw);
	aw_put_u64(out, gfp->flags);
	aw_put_u64(out, gfp->unknown);
	aw_put_u32(out, names);
	return enter(encoder, &encoder->gfps, AW_RECORD_GFP);
}
