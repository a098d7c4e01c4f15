/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the files of the encoder share.
 */
#ifndef AW_RECORDING_ENCODE_INTERNAL_H
#define AW_RECORDING_ENCODE_INTERNAL_H

#include "recording/dictionary.h"
#include "recording/encode.h"

/* Events, and failures as a reader counts them. */
struct aw_recording_count {
	uint64_t events, failures;
};

struct aw_recording_encoder {
	struct aw_recording_facts facts;
	struct aw_bytes records;	/* pending, not yet in a block */
	struct aw_bytes scratch;	/* a dictionary entry under construction */
	struct aw_dictionary strings, stacks, tasks, gfps;
	uint64_t start_ns;		/* of the file */
	struct aw_recording_count stored, block, pending;	/* in earlier blocks, in the last one, in `records` */
};

/* Begin and end a record; entries that it refers to have to be added before. */
size_t aw_record_begin(struct aw_bytes *records, enum aw_recording_type type);
void aw_record_end(struct aw_bytes *records, size_t begun);

/* The number of a dictionary entry; if the entry is new, its record is added.  0: "", no stack. */
uint32_t aw_recording_string(struct aw_recording_encoder *encoder, const char *text);
uint32_t aw_recording_stack(struct aw_recording_encoder *encoder, const struct aw_stack *stack);
uint32_t aw_recording_task(struct aw_recording_encoder *encoder, const struct aw_task *task);
uint32_t aw_recording_gfp(struct aw_recording_encoder *encoder, const struct aw_gfp *gfp);

/* Adds the strings of a scan.  Then the rest of its SCAN record behind the head can be appended to the records. */
void aw_recording_scan_texts(struct aw_recording_encoder *encoder, const struct aw_scan *scan);
void aw_recording_put_scan(struct aw_recording_encoder *encoder, const struct aw_event *event, uint32_t gfp);

/* Adds the records of kernel, enums, gfp table and missing features. */
void aw_recording_put_facts(struct aw_recording_encoder *encoder, uint64_t start_ns);

#endif
