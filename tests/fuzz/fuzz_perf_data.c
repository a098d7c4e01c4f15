// SPDX-License-Identifier: GPL-2.0
/*
 * Fuzz target: perf.data, of a file or a pipe, packed or not.
 */
#include "fuzz_import.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	return fuzz_import(&aw_import_perf_data, data, size);
}
