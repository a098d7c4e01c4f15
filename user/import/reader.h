/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A recorded trace as a stream of records, sorted by time: one interface for
 * trace.dat, perf.data and text.
 */
#ifndef AW_IMPORT_READER_H
#define AW_IMPORT_READER_H

#include "event/capture.h"
#include "event/event.h"
#include "import/facts.h"
#include "import/input.h"

struct aw_import_item {
	struct aw_trace_record record;
	/* Of the thread, where the trace says so with each record; "" and 0: see aw_import_facts.tasks. */
	char comm[AW_COMM_LEN + 1];
	uint32_t pid;
	bool success;		/* of AW_TRACE_ALLOC: it got its pages */
};

struct aw_import_reader {
	const struct aw_import_reader_ops *ops;
	uint64_t lost;		/* records that the trace says it lacks */
	uint64_t damaged;	/* pieces that could not be read */
	uint64_t first_ns, last_ns;	/* of successes that were passed over; 0: none */
};

/* A success that is not handed out: it shows how long was watched. */
static inline void aw_import_pass_over(struct aw_import_reader *reader, uint64_t time_ns)
{
	if (!reader->first_ns || time_ns < reader->first_ns)
		reader->first_ns = time_ns;
	if (time_ns > reader->last_ns)
		reader->last_ns = time_ns;
}

#define AW_IMPORT_AT_ONCE (1u << 20)

struct aw_import_reader_ops {
	const char *format;	/* "trace.dat" */
	bool stacks_follow;	/* a stack is a record of its own; else it is in the item */
	/* Reads the head into `facts`, which outlives the reader, as `input` does.  0, or -errno with the reason. */
	int (*open)(struct aw_import_input *input, struct aw_import_facts *facts, struct aw_import_reader **out,
		    struct aw_error *error);
	/* 1: `out` is filled in; 0: the trace is over; 2: nothing yet, after AW_IMPORT_AT_ONCE bytes: call again. */
	int (*next)(struct aw_import_reader *reader, struct aw_import_item *out);
	void (*close)(struct aw_import_reader *reader);
};

extern const struct aw_import_reader_ops aw_import_trace_dat;
extern const struct aw_import_reader_ops aw_import_perf_data;
extern const struct aw_import_reader_ops aw_import_text;

#endif
