// SPDX-License-Identifier: GPL-2.0
/*
 * Reads the facts of a recording: kernel, enums, missing features, losses.
 */
#include <stdio.h>
#include <string.h>

#include "recording/decode_internal.h"

static void read_migratetypes(struct aw_recording_decoder *decoder, struct aw_cursor *record,
			      struct aw_migratetypes *types)
{
	uint32_t count = aw_get_u32(record);

	types->count = count < AW_MT_NUMBERS ? count : AW_MT_NUMBERS;
	for (unsigned int i = 0; i < types->count; i++)
		types->of[i] = (enum aw_migratetype)aw_recording_map_get(&decoder->map, AW_ENUM_MIGRATETYPE,
									 aw_get_u8(record));
}

static void read_name(const struct aw_recording_decoder *decoder, struct aw_cursor *record, char *out, size_t size)
{
	const char *text = aw_entry_string(decoder, aw_get_u32(record));

	snprintf(out, size, "%s", text ? text : "");
}

/* Older recordings lack this part; then only the release is used. */
static void read_version(struct aw_cursor *record, struct aw_kernel *kernel)
{
	uint32_t exact = aw_cursor_left(record) ? aw_get_u32(record) : 0;

	kernel->version = aw_version_upstream(kernel->release, NULL, &kernel->version_exact);
	if (exact >> 16 == kernel->version >> 16 && exact) {
		kernel->version = exact;
		kernel->version_exact = true;
	}
}

static void read_vm_settings(struct aw_cursor *record, struct aw_vm_settings *vm)
{
	*vm = AW_VM_SETTINGS_UNKNOWN;
	if (!aw_cursor_left(record))
		return;
	vm->min_free_kbytes = (int)aw_get_u32(record);
	vm->watermark_scale_factor = (int)aw_get_u32(record);
	vm->watermark_boost_factor = (int)aw_get_u32(record);
	vm->defrag_mode = (int)aw_get_u32(record);
	vm->compaction_proactiveness = (int)aw_get_u32(record);
	vm->extfrag_threshold = (int)aw_get_u32(record);
	vm->min_free_order_shift = (int)aw_get_u32(record);
	if (aw_cursor_left(record))
		vm->compact_unevictable_allowed = (int)aw_get_u32(record);
}

bool aw_read_kernel(struct aw_recording_decoder *decoder, struct aw_cursor *record)
{
	struct aw_recording_told *told = &decoder->told;
	struct aw_kernel kernel = { 0 };
	uint64_t start_ns = aw_get_u64(record);
	const char *source;

	if (told->has_kernel)
		return false;
	kernel.wall_offset_ns = (int64_t)aw_get_u64(record);
	read_name(decoder, record, kernel.release, sizeof(kernel.release));
	read_name(decoder, record, kernel.arch, sizeof(kernel.arch));
	read_name(decoder, record, kernel.host, sizeof(kernel.host));
	read_name(decoder, record, kernel.boot_id, sizeof(kernel.boot_id));
	source = aw_entry_string(decoder, aw_get_u32(record));
	kernel.page_size = aw_get_u32(record);
	kernel.max_order = aw_get_u32(record);
	kernel.pageblock_order = aw_get_u32(record);
	kernel.android = aw_get_u32(record) & AW_STORED_ANDROID;
	read_migratetypes(decoder, record, &kernel.migratetypes);
	read_version(record, &kernel);
	read_vm_settings(record, &kernel.vm);
	aw_compact_numbers_for(kernel.version, &kernel.compact_numbers);
	if (start_ns >= AW_RECORDING_TIME_MAX || kernel.wall_offset_ns >= AW_RECORDING_TIME_MAX ||
	    kernel.wall_offset_ns <= -AW_RECORDING_TIME_MAX)
		return false;
	if (record->failed || !source || kernel.max_order >= AW_MAX_ORDERS || kernel.page_size > 1u << 24 ||
	    kernel.pageblock_order > 31)
		return false;
	told->kernel = kernel;
	told->source = source;
	told->start_ns = told->last_ns = told->losses_ns = start_ns;
	told->has_kernel = true;
	return true;
}

bool aw_read_enum(struct aw_recording_decoder *decoder, struct aw_cursor *record)
{
	unsigned int which = aw_get_u16(record);
	unsigned int count = aw_get_u16(record);

	for (unsigned int number = 0; number < count; number++) {
		unsigned int len = aw_get_u16(record);
		const uint8_t *name = aw_get_bytes(record, len);

		if (!name)
			return false;
		aw_recording_map_add(&decoder->map, which, number, (const char *)name, len);
	}
	return !record->failed;
}

/* Some flags stand for two bits of the kernel. */
static void add_bits(struct aw_gfp_table *table, unsigned int flag, uint64_t bits)
{
	const char *name = aw_gfp_flag_name((enum aw_gfp_flag)flag);

	for (; bits; bits &= bits - 1)
		aw_gfp_table_add_name(table, name, strlen(name), bits & -bits);
}

bool aw_read_gfp_table(struct aw_recording_decoder *decoder, struct aw_cursor *record)
{
	struct aw_kernel *kernel = &decoder->told.kernel;
	const char *origin = aw_entry_string(decoder, aw_get_u32(record));
	uint32_t count = aw_get_u32(record);
	struct aw_gfp_table *table;

	if (!decoder->told.has_kernel || kernel->gfp || !origin || count > aw_cursor_left(record) / 8)
		return false;
	table = aw_gfp_table_new();
	if (!table) {
		decoder->no_memory = true;
		return false;
	}
	aw_gfp_table_set_version(table, kernel->version);
	aw_gfp_table_set_origin(table, origin);
	for (uint32_t number = 0; number < count; number++) {
		unsigned int flag = aw_recording_map_get(&decoder->map, AW_ENUM_GFP_FLAG, number);
		uint64_t bits = aw_get_u64(record);

		if (flag < AW_GFP_FLAGS)
			add_bits(table, flag, bits);
	}
	kernel->gfp = table;
	return true;
}

bool aw_read_missing(struct aw_recording_decoder *decoder, struct aw_cursor *record)
{
	struct aw_recording_told *told = &decoder->told;
	const char *what = aw_entry_string(decoder, aw_get_u32(record));
	const char *why = aw_entry_string(decoder, aw_get_u32(record));
	const char *cost = aw_entry_string(decoder, aw_get_u32(record));
	struct aw_missing *missing = &told->missing[told->nr_missing];

	if (record->failed || !what || !why || !cost || told->nr_missing == AW_MAX_MISSING_FEATURES)
		return false;
	missing->what = what;
	missing->cost = cost;
	snprintf(missing->why, sizeof(missing->why), "%s", why);
	told->nr_missing++;
	return true;
}

bool aw_read_losses(struct aw_recording_decoder *decoder, struct aw_cursor *record)
{
	struct aw_recording_told *told = &decoder->told;
	uint64_t time_ns = aw_get_u64(record);
	uint32_t count = aw_get_u32(record);
	struct aw_loss losses[AW_MAX_LOSSES];

	if (count > AW_MAX_LOSSES || time_ns >= AW_RECORDING_TIME_MAX)
		return false;
	for (uint32_t i = 0; i < count; i++) {
		losses[i].cause = aw_entry_string(decoder, aw_get_u32(record));
		losses[i].meaning = aw_entry_string(decoder, aw_get_u32(record));
		losses[i].count = aw_get_u64(record);
		if (!losses[i].cause || !losses[i].meaning)
			return false;
		losses[i].id = aw_loss_cause_of(losses[i].cause);
	}
	if (record->failed)
		return false;
	memcpy(told->losses, losses, count * sizeof(*losses));
	told->nr_losses = count;
	if (time_ns > told->losses_ns)
		told->losses_ns = time_ns;
	if (time_ns > told->last_ns)
		told->last_ns = time_ns;
	return true;
}
