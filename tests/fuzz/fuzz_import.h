/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Reads a recorded trace to its end, as the trace source does.
 */
#ifndef AW_TESTS_FUZZ_IMPORT_H
#define AW_TESTS_FUZZ_IMPORT_H

#include "fuzz.h"

#include "import/reader.h"

static inline int fuzz_import(const struct aw_import_reader_ops *ops, const uint8_t *data, size_t size)
{
	struct aw_import_reader *reader;
	struct aw_import_facts facts;
	struct aw_import_input input;
	struct aw_import_item item;
	struct aw_kernel kernel;
	struct aw_error error;
	char path[FUZZ_PATH];
	uint64_t last = 0;
	int got;

	fuzz_file(data, size, path);
	aw_import_kind_of((const char *)data, size);
	FUZZ_HOLDS(!aw_kernel_for_release("6.1", 4096, &kernel));
	FUZZ_HOLDS(!aw_import_input_open(path, &input, &error));
	aw_import_facts_init(&facts);
	facts.kernel = &kernel;
	if (!ops->open(&input, &facts, &reader, &error)) {
		while ((got = ops->next(reader, &item)) && last < 100000) {
			if (got != 1)
				continue;
			FUZZ_HOLDS(item.record.type < AW_TRACE_TYPES && item.record.nr_frames <= AW_TRACE_STACK_FRAMES);
			FUZZ_HOLDS(memchr(item.comm, 0, sizeof(item.comm)));
			last++;
		}
		ops->close(reader);
	}
	aw_import_facts_clear(&facts);
	aw_import_input_close(&input);
	aw_kernel_clear(&kernel);
	return 0;
}

#endif
