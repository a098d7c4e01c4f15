// SPDX-License-Identifier: GPL-2.0
/*
 * Fuzz target: a trace in text.
 */
#include "fuzz_import.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	return fuzz_import(&aw_import_text, data, size);
}
