/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the parts of the decoder share.
 */
#ifndef AW_EVENT_RECORDING_READER_H
#define AW_EVENT_RECORDING_READER_H

#include "base/bytes.h"
#include "base/intern.h"
#include "event/recording_decode.h"
#include "event/recording_enums.h"

/* Entries of one kind; number 0 is none, so entry i has number i + 1. */
struct aw_entries {
	void *entries;
	uint32_t count, room;
};

struct aw_recording_decoder {
	struct aw_recording_told told;
	struct aw_recording_map map;
	bool raw_addresses;
	struct aw_cursor records;
	struct aw_intern *texts;
	struct aw_entries strings;	/* const char * */
	struct aw_entries stacks;	/* struct aw_stack *, only as long as its frames */
	struct aw_entries tasks;	/* struct aw_task */
	struct aw_entries gfps;		/* struct aw_gfp */
	struct aw_zone zones[AW_MAX_ZONES];	/* of the event */
};

/* Entries by number.  NULL: there is no such one.  A string 0 is "". */
const char *aw_entry_string(const struct aw_recording_decoder *decoder, uint32_t number);
const struct aw_stack *aw_entry_stack(const struct aw_recording_decoder *decoder, uint32_t number);
const struct aw_task *aw_entry_task(const struct aw_recording_decoder *decoder, uint32_t number);
const struct aw_gfp *aw_entry_gfp(const struct aw_recording_decoder *decoder, uint32_t number);

void aw_entries_clear(struct aw_recording_decoder *decoder);

/*
 * One record each: its bytes are all that the cursor has.  False: it is too
 * short, refers to nothing or says what cannot be; nothing was taken over.
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

/* The event of a record of this type. */
bool aw_read_event(struct aw_recording_decoder *decoder, enum aw_recording_type type,
		   struct aw_cursor *record, struct aw_event *event);

#endif
