/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the files of the decoder share.
 */
#ifndef AW_RECORDING_DECODE_INTERNAL_H
#define AW_RECORDING_DECODE_INTERNAL_H

#include "base/bytes.h"
#include "base/intern.h"
#include "recording/decode.h"
#include "recording/enums.h"

/* The entries of one dictionary.  Entry i has number i + 1, because 0 means none. */
struct aw_entries {
	void *entries;
	uint32_t count, room;
};

struct aw_recording_decoder {
	struct aw_recording_told told;
	struct aw_recording_map map;
	bool raw_addresses;
	bool facts_again;		/* those of a later group, which are known */
	bool no_memory;			/* a record was skipped because an allocation failed */
	struct aw_cursor records;
	struct aw_intern *texts;
	struct aw_entries strings;	/* const char * */
	struct aw_entries stacks;	/* struct aw_stack *, allocated with only the frames that it has */
	struct aw_entries tasks;	/* struct aw_task */
	struct aw_entries gfps;		/* struct aw_gfp */
	struct aw_zone zones[AW_MAX_ZONES];	/* of the current event */
	struct aw_scan *scan;			/* of the last scan; held; NULL: there was none */
};

/* An entry by its number.  NULL: there is none.  String 0 is "". */
const char *aw_entry_string(const struct aw_recording_decoder *decoder, uint32_t number);
const struct aw_stack *aw_entry_stack(const struct aw_recording_decoder *decoder, uint32_t number);
const struct aw_task *aw_entry_task(const struct aw_recording_decoder *decoder, uint32_t number);
const struct aw_gfp *aw_entry_gfp(const struct aw_recording_decoder *decoder, uint32_t number);

void aw_entries_clear(struct aw_recording_decoder *decoder);

/*
 * Each reads one record; the cursor holds just its bytes.  False: the record is
 * invalid (too short, dangling reference, out of range) and changed nothing.
 */
bool aw_read_string(struct aw_recording_decoder *decoder, struct aw_cursor *record);
bool aw_read_stack(struct aw_recording_decoder *decoder, struct aw_cursor *record);
bool aw_read_task(struct aw_recording_decoder *decoder, struct aw_cursor *record);
bool aw_read_gfp(struct aw_recording_decoder *decoder, struct aw_cursor *record);

bool aw_read_kernel(struct aw_recording_decoder *decoder, struct aw_cursor *record);
bool aw_read_enum(struct aw_recording_decoder *decoder, struct aw_cursor *record);
bool aw_read_gfp_table(struct aw_recording_decoder *decoder, struct aw_cursor *record);
bool aw_read_missing(struct aw_recording_decoder *decoder, struct aw_cursor *record);
bool aw_read_losses(struct aw_recording_decoder *decoder, struct aw_cursor *record);

/* An enum's value in this program. */
static inline unsigned int aw_get_enum(const struct aw_recording_decoder *decoder, enum aw_recording_enum which,
				       struct aw_cursor *record)
{
	return aw_recording_map_get(&decoder->map, which, aw_get_u8(record));
}

/* What follows the head of a SCAN record. */
bool aw_read_scan(struct aw_recording_decoder *decoder, struct aw_cursor *record, struct aw_event *event);

/* Reads the event of a record of this type. */
bool aw_read_event(struct aw_recording_decoder *decoder, enum aw_recording_type type,
		   struct aw_cursor *record, struct aw_event *event);

#endif
