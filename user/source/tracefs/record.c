// SPDX-License-Identifier: GPL-2.0
/*
 * The trace events that are used, and their binary records.
 */
#include "source/tracefs/record.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/cleanup.h"
#include "system/tracefs.h"

const struct aw_trace_event aw_trace_events[AW_TRACE_TYPES] = {
	[AW_TRACE_ALLOC] = { "kmem", "mm_page_alloc", true, true,
		{ { "pfn", "page" }, { "order", NULL }, { "gfp_flags", NULL }, { "migratetype", NULL } } },
	[AW_TRACE_EXTFRAG] = { "kmem", "mm_page_alloc_extfrag", true, false,
		{ { "pfn", "page" }, { "alloc_order", NULL }, { "fallback_order", NULL },
		  { "alloc_migratetype", NULL }, { "fallback_migratetype", NULL }, { "change_ownership", NULL } } },
	[AW_TRACE_STACK] = { "ftrace", "kernel_stack", true, true, { { "size", NULL }, { "caller", NULL } } },
	[AW_TRACE_RECLAIM_BEGIN] = { "vmscan", "mm_vmscan_direct_reclaim_begin", false, false,
		{ { "order", NULL }, { "gfp_flags", NULL } } },
	[AW_TRACE_RECLAIM_END] = { "vmscan", "mm_vmscan_direct_reclaim_end", false, false,
		{ { "nr_reclaimed", NULL } } },
	[AW_TRACE_COMPACT_TRY] = { "compaction", "mm_compaction_try_to_compact_pages", false, false,
		{ { "order", NULL }, { "gfp_mask", "gfp_flags" }, { "prio", "mode" } } },
	[AW_TRACE_COMPACT_SUITABLE] = { "compaction", "mm_compaction_suitable", false, false, { { "ret", NULL } } },
	[AW_TRACE_COMPACT_DEFERRED] = { "compaction", "mm_compaction_deferred", false, false, { { "order", NULL } } },
	[AW_TRACE_COMPACT_BEGIN] = { "compaction", "mm_compaction_begin", false, false, { { NULL, NULL } } },
	[AW_TRACE_COMPACT_END] = { "compaction", "mm_compaction_end", false, false, { { "status", NULL } } },
	[AW_TRACE_RECLAIM_RETRY] = { "oom", "reclaim_retry_zone", false, false,
		{ { "reclaimable", NULL }, { "available", NULL }, { "min_wmark", NULL }, { "no_progress_loops", NULL },
		  { "wmark_check", NULL } } },
	[AW_TRACE_COMPACT_RETRY] = { "oom", "compact_retry", false, false,
		{ { "retries", NULL }, { "max_retries", NULL }, { "ret", NULL } } },
};

static int add_common(struct aw_trace_formats *formats, const char *text, size_t len)
{
	return aw_trace_format_field(text, len, "common_type", &formats->type) ||
	       aw_trace_format_field(text, len, "common_flags", &formats->flags) ||
	       aw_trace_format_field(text, len, "common_preempt_count", &formats->preempt_count) ||
	       aw_trace_format_field(text, len, "common_pid", &formats->pid) ? -EINVAL : 0;
}

/* Required are the page, the order and the mask. */
static bool is_needed(enum aw_trace_type type, unsigned int field)
{
	return aw_trace_events[type].required ? field < 3 : field == 0;
}

int aw_trace_formats_add(struct aw_trace_formats *formats, enum aw_trace_type type, const char *text, size_t len)
{
	const struct aw_trace_event *event = &aw_trace_events[type];
	int id = aw_trace_format_id(text, len);

	if (id < 0 || add_common(formats, text, len))
		return -EINVAL;
	for (unsigned int i = 0; i < AW_TRACE_FIELDS && event->fields[i].name; i++) {
		struct aw_trace_field *field = &formats->events[type].fields[i];
		int err = aw_trace_format_field(text, len, event->fields[i].name, field);

		if (err && event->fields[i].other) {
			err = aw_trace_format_field(text, len, event->fields[i].other, field);
			formats->events[type].other[i] = !err;
		}
		if (err && is_needed(type, i))
			return -EINVAL;
	}
	formats->events[type].id = id;
	return 0;
}

int aw_trace_formats_read(struct aw_trace_formats *formats, struct aw_error *error)
{
	for (unsigned int type = 0; type < AW_TRACE_TYPES; type++) {
		const struct aw_trace_event *event = &aw_trace_events[type];
		AW_FREE char *text = NULL;
		size_t len;
		int err = aw_tracefs_format(event->group, event->name, &text, &len);

		if (!err)
			err = aw_trace_formats_add(formats, type, text, len);
		if (err && event->required)
			return aw_error_set(error, -ENODEV, "tracefs: the event %s:%s can't be used: %s", event->group,
					    event->name, strerror(-err));
	}
	return 0;
}

static int type_of(const struct aw_trace_formats *formats, int id)
{
	for (int type = 0; type < AW_TRACE_TYPES; type++)
		if (id && formats->events[type].id == id)
			return type;
	return -ENOENT;
}

/* From 3.18 to 5.1 some unwinders end a stack with -1 and count that. */
static void decode_stack(const struct aw_trace_field *caller, const char *data, size_t size,
			 struct aw_trace_record *out)
{
	uint64_t count = out->value[AW_STACK_SIZE], room;

	if (caller->offset >= size)
		return;
	room = (size - caller->offset) / sizeof(uint64_t);
	if (count > room)
		count = room;
	if (count > AW_TRACE_STACK_FRAMES)
		count = AW_TRACE_STACK_FRAMES;
	memcpy(out->stack, data + caller->offset, count * sizeof(uint64_t));
	while (out->nr_frames < count && out->stack[out->nr_frames] &&
	       out->stack[out->nr_frames] != UINT64_MAX)
		out->nr_frames++;
}

int aw_trace_record_decode(const struct aw_trace_formats *formats, const void *data, size_t size,
			   struct aw_trace_record *out)
{
	int type;

	if (size < formats->pid.offset + formats->pid.size)
		return -EINVAL;
	type = type_of(formats, (int)aw_trace_field_read(&formats->type, data, size));
	if (type < 0)
		return type;
	memset(out, 0, offsetof(struct aw_trace_record, stack));
	out->type = type;
	out->tid = (uint32_t)aw_trace_field_read(&formats->pid, data, size);
	out->flags = (uint8_t)aw_trace_field_read(&formats->flags, data, size);
	for (unsigned int i = 0; i < AW_TRACE_FIELDS; i++) {
		const struct aw_trace_field *field = &formats->events[type].fields[i];

		if (type == AW_TRACE_STACK && i == AW_STACK_CALLER)
			break;
		if (field->size && field->offset + field->size > size)
			return -EINVAL;
		out->value[i] = aw_trace_field_read(field, data, size);
	}
	if (type == AW_TRACE_STACK)
		decode_stack(&formats->events[type].fields[AW_STACK_CALLER], data, size, out);
	/* Up to 4.7 enum migrate_mode: async 0, sync light 1, sync 2.  enum compact_priority is the reverse. */
	if (type == AW_TRACE_COMPACT_TRY && formats->events[type].other[AW_BEGIN_PRIO])
		out->value[AW_BEGIN_PRIO] = 2 - out->value[AW_BEGIN_PRIO];
	return 0;
}

bool aw_trace_no_page(const struct aw_trace_formats *formats, const struct aw_trace_record *record)
{
	return record->value[AW_ALLOC_PAGE] ==
	       (formats->events[AW_TRACE_ALLOC].other[AW_ALLOC_PAGE] ? 0 : UINT64_MAX);
}

void aw_trace_filter(const struct aw_trace_formats *formats, uint32_t order_min, uint32_t order_max,
		     char *out, size_t size)
{
	bool page = formats->events[AW_TRACE_ALLOC].other[AW_ALLOC_PAGE];
	int used = snprintf(out, size, "%s", page ? "page == 0" : "pfn == 0xffffffffffffffff");

	if (order_min)
		used += snprintf(out + used, size - used, " && order >= %u", order_min);
	if (order_max < 64)
		snprintf(out + used, size - used, " && order <= %u", order_max);
}
