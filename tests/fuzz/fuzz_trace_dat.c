// SPDX-License-Identifier: GPL-2.0
/*
 * Fuzz target: trace.dat of trace-cmd, version 6 and 7, packed or not.
 */
#include "fuzz_import.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	return fuzz_import(&aw_import_trace_dat, data, size);
}
