// SPDX-License-Identifier: GPL-2.0
/*
 * Fuzz target: the pages of a trace buffer, as trace_pipe_raw returns them, with
 * the formats of a kernel.
 */
#include "fuzz.h"

#include <fcntl.h>

#include "../unit/trace_formats.h"
#include "source/tracefs/buffer.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct aw_trace_formats formats;
	struct aw_trace_buffer *buffer;
	struct aw_trace_record record;
	char path[FUZZ_PATH];

	if (!formats.type.size)
		trace_formats_load("trace-formats-x86_64-6.18.txt", &formats);
	fuzz_file(data, size, path);
	buffer = aw_trace_buffer_new(&formats, "/nowhere");
	aw_trace_buffer_add_fd(buffer, open(path, O_RDONLY | O_CLOEXEC), 0, true);
	aw_trace_buffer_round(buffer, UINT64_MAX);
	while (aw_trace_buffer_next(buffer, &record) == 1)
		FUZZ_HOLDS(record.type < AW_TRACE_TYPES && record.nr_frames <= AW_TRACE_STACK_FRAMES);
	aw_trace_buffer_free(buffer);
	return 0;
}
