/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The head of perf.data: where its records are, what its samples hold, and what
 * it says of the machine.
 */
#ifndef AW_IMPORT_PERF_HEAD_H
#define AW_IMPORT_PERF_HEAD_H

#include "import/facts.h"
#include "import/input.h"

#define AW_PERF_MOST_EVENTS 4096u
#define AW_PERF_MOST_IDS (1u << 20)

/* include/uapi/linux/perf_event.h, enum perf_event_sample_format: what is in a sample, in this order. */
#define AW_PERF_IP		(1u << 0)
#define AW_PERF_TID		(1u << 1)
#define AW_PERF_TIME		(1u << 2)
#define AW_PERF_ADDR		(1u << 3)
#define AW_PERF_READ		(1u << 4)
#define AW_PERF_CALLCHAIN	(1u << 5)
#define AW_PERF_ID		(1u << 6)
#define AW_PERF_CPU		(1u << 7)
#define AW_PERF_PERIOD		(1u << 8)
#define AW_PERF_STREAM_ID	(1u << 9)
#define AW_PERF_RAW		(1u << 10)
#define AW_PERF_IDENTIFIER	(1u << 16)

/* One event of the recording: the part of struct perf_event_attr that is used. */
struct aw_perf_event {
	bool tracepoint;
	bool id_all;		/* other records than samples have the thread and the time at their end, too */
	uint64_t sample_type, read_format;
};

struct aw_perf_id {
	uint64_t id;
	unsigned int event;
};

struct aw_perf_head {
	bool pipe;			/* the head is in the records */
	uint64_t data, data_end;	/* the records */
	struct aw_perf_event *events;
	unsigned int nr_events;
	struct aw_perf_id *ids;
	unsigned int nr_ids;
};

/* 0, or -errno with the reason. */
int aw_perf_head_read(struct aw_import_input *input, struct aw_perf_head *head, struct aw_import_facts *facts,
		      struct aw_error *error);
void aw_perf_head_clear(struct aw_perf_head *head);

/* struct perf_event_attr and its ids, as in a head that is in the records. */
void aw_perf_add_event(struct aw_perf_head *head, struct aw_cursor attr, struct aw_cursor ids);

/* The tracing data: the formats. */
void aw_perf_tracing_data(struct aw_import_facts *facts, struct aw_cursor data);

/* The section of a feature (HEADER_OSRELEASE, ...); others are passed over. */
void aw_perf_feature(struct aw_import_facts *facts, unsigned int feature, struct aw_cursor data);

#endif
