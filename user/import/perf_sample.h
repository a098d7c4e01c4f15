/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Samples of perf.data: the record of the trace event in them, its thread and its
 * call chain.
 */
#ifndef AW_IMPORT_PERF_SAMPLE_H
#define AW_IMPORT_PERF_SAMPLE_H

#include "import/perf_head.h"
#include "import/reader.h"

/*
 * 1: `out` is a record that is wanted, without its comm.  0: another event, or a
 * success.  -EBADMSG: the sample is damaged.
 */
int aw_perf_sample_decode(const struct aw_perf_head *head, const struct aw_trace_formats *formats,
			  struct aw_cursor data, struct aw_import_item *out);

/* When another record than a sample was written, by what stands at its end; 0: not known. */
uint64_t aw_perf_record_time(const struct aw_perf_head *head, const struct aw_cursor *data);

#endif
