/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the parts of the encoder share.
 */
#ifndef AW_EVENT_RECORDING_PARTS_H
#define AW_EVENT_RECORDING_PARTS_H

#include "event/recording_dictionary.h"
#include "event/recording_encode.h"

struct aw_recording_encoder {
	struct aw_recording_facts facts;
	struct aw_bytes records;	/* that wait for a block */
	struct aw_bytes scratch;	/* one dictionary entry */
	struct aw_dictionary strings, stacks, tasks, gfps;
};

/* A record is begun, filled and ended; what it refers to is added before. */
size_t aw_record_begin(struct aw_bytes *records, enum aw_recording_type type);
void aw_record_end(struct aw_bytes *records, size_t begun);

/* Numbers of dictionary entries, whose records are added when they are new. 0: "", no stack. */
uint32_t aw_recording_string(struct aw_recording_encoder *encoder, const char *text);
uint32_t aw_recording_stack(struct aw_recording_encoder *encoder, const struct aw_stack *stack);
uint32_t aw_recording_task(struct aw_recording_encoder *encoder, const struct aw_task *task);
uint32_t aw_recording_gfp(struct aw_recording_encoder *encoder, const struct aw_gfp *gfp);

/* Kernel, enums, gfp table, what is missing. */
void aw_recording_put_facts(struct aw_recording_encoder *encoder, uint64_t start_ns);

#endif
