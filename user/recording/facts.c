// SPDX-License-Identifier: GPL-2.0
/*
 * Encodes the facts at the start of a recording: the kernel, and the names of
 * the numbers in the file.
 */
#include "recording/encode_internal.h"
#include "recording/enums.h"

#include <string.h>

static void put_vm_settings(struct aw_bytes *out, const struct aw_vm_settings *vm)
{
	aw_put_u32(out, (uint32_t)vm->min_free_kbytes);
	aw_put_u32(out, (uint32_t)vm->watermark_scale_factor);
	aw_put_u32(out, (uint32_t)vm->watermark_boost_factor);
	aw_put_u32(out, (uint32_t)vm->defrag_mode);
	aw_put_u32(out, (uint32_t)vm->compaction_proactiveness);
	aw_put_u32(out, (uint32_t)vm->extfrag_threshold);
	aw_put_u32(out, (uint32_t)vm->min_free_order_shift);
	aw_put_u32(out, (uint32_t)vm->compact_unevictable_allowed);
}

static void put_kernel(struct aw_recording_encoder *encoder, uint64_t start_ns)
{
	const struct aw_kernel *kernel = encoder->facts.kernel;
	struct aw_bytes *out = &encoder->records;
	uint32_t release = aw_recording_string(encoder, kernel->release);
	uint32_t arch = aw_recording_string(encoder, kernel->arch);
	uint32_t host = aw_recording_string(encoder, kernel->host);
	uint32_t boot = aw_recording_string(encoder, kernel->boot_id);
	uint32_t source = aw_recording_string(encoder, encoder->facts.source);
	size_t record = aw_record_begin(out, AW_RECORD_KERNEL);

	aw_put_u64(out, start_ns);
	aw_put_u64(out, (uint64_t)kernel->wall_offset_ns);
	aw_put_u32(out, release);
	aw_put_u32(out, arch);
	aw_put_u32(out, host);
	aw_put_u32(out, boot);
	aw_put_u32(out, source);
	aw_put_u32(out, kernel->page_size);
	aw_put_u32(out, kernel->max_order);
	aw_put_u32(out, kernel->pageblock_order);
	aw_put_u32(out, kernel->android ? AW_STORED_ANDROID : 0);
	aw_put_u32(out, kernel->migratetypes.count);
	for (unsigned int i = 0; i < kernel->migratetypes.count; i++)
		aw_put_u8(out, (uint8_t)kernel->migratetypes.of[i]);
	aw_put_u32(out, kernel->version_exact ? kernel->version : 0);
	put_vm_settings(out, &kernel->vm);
	aw_record_end(out, record);
}

static void put_enum(struct aw_bytes *out, enum aw_recording_enum which)
{
	size_t record = aw_record_begin(out, AW_RECORD_ENUM);

	aw_put_u16(out, (uint16_t)which);
	aw_put_u16(out, (uint16_t)aw_recording_enum_size(which));
	for (unsigned int number = 0; number < aw_recording_enum_size(which); number++) {
		const char *name = aw_recording_enum_name(which, number);

		aw_put_u16(out, (uint16_t)strlen(name));
		aw_put_bytes(out, name, strlen(name));
	}
	aw_record_end(out, record);
}

/* The bits of the kernel's gfp flags, in the order of AW_ENUM_GFP_FLAG. */
static void put_gfp_table(struct aw_recording_encoder *encoder)
{
	const struct aw_gfp_table *table = encoder->facts.kernel->gfp;
	struct aw_bytes *out = &encoder->records;
	uint32_t origin;
	size_t record;

	if (!table)
		return;
	origin = aw_recording_string(encoder, aw_gfp_table_origin(table));
	record = aw_record_begin(out, AW_RECORD_GFP_TABLE);
	aw_put_u32(out, origin);
	aw_put_u32(out, AW_GFP_FLAGS);
	for (unsigned int flag = 0; flag < AW_GFP_FLAGS; flag++)
		aw_put_u64(out, aw_gfp_raw_bit(table, (enum aw_gfp_flag)flag));
	aw_record_end(out, record);
}

static void put_missing(struct aw_recording_encoder *encoder, const struct aw_missing *missing)
{
	uint32_t what = aw_recording_string(encoder, missing->what);
	uint32_t why = aw_recording_string(encoder, missing->why);
	uint32_t cost = aw_recording_string(encoder, missing->cost);
	size_t record = aw_record_begin(&encoder->records, AW_RECORD_MISSING);

	aw_put_u32(&encoder->records, what);
	aw_put_u32(&encoder->records, why);
	aw_put_u32(&encoder->records, cost);
	aw_record_end(&encoder->records, record);
}

void aw_recording_put_facts(struct aw_recording_encoder *encoder, uint64_t start_ns)
{
	for (unsigned int which = 0; which < AW_ENUM_COUNT; which++)
		put_enum(&encoder->records, (enum aw_recording_enum)which);
	put_kernel(encoder, start_ns);
	put_gfp_table(encoder);
	for (unsigned int i = 0; i < encoder->facts.nr_missing; i++)
		put_missing(encoder, &encoder->facts.missing[i]);
}
