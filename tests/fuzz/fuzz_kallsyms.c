// SPDX-License-Identifier: GPL-2.0
/*
 * Fuzz target: kallsyms text, addresses looked up in it, and the kernel's own
 * form of a name.
 */
#include "fuzz.h"

#include "system/anchor.h"
#include "system/symbols.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char path[FUZZ_PATH], *text = fuzz_text(data, size);
	struct aw_symbols *symbols;
	struct aw_anchors *anchors;
	struct aw_frame frame;

	fuzz_file(data, size, path);
	symbols = aw_symbols_new(path);
	aw_symbols_probe(path);
	aw_symbols_load(symbols);
	for (size_t at = 0; at + 8 <= size && at < 64; at++) {
		uint64_t address;

		memcpy(&address, data + at, sizeof(address));
		aw_symbols_resolve(symbols, address, at & 1, &frame);
	}
	aw_symbols_resolve(symbols, UINT64_C(0xffffffff81000010), true, &frame);
	aw_symbols_parse_name(symbols, text, &frame);
	anchors = aw_anchors_new();
	aw_anchors_open(anchors, path);
	aw_anchors_frame(anchors, UINT64_C(0xffffffff81000010));
	aw_anchors_free(anchors);
	aw_symbols_free(symbols);
	free(text);
	return 0;
}
