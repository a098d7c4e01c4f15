// SPDX-License-Identifier: GPL-2.0
/*
 * Fuzz target: BTF from a file (--btf), and every question that is asked of it.
 * The input is the types and strings, split by its first two bytes; the header
 * is made to fit, because libbpf checks it first.
 */
#include "fuzz.h"

#include <linux/btf.h>

#include "system/btf.h"

static void ask(const struct aw_btf *btf)
{
	struct aw_gfp_table *table;
	struct aw_migratetypes types;
	struct aw_compact_numbers numbers;
	const char *first;

	if (!aw_btf_gfp_table(btf, &table)) {
		aw_gfp_decode(table, 0xcc0);
		aw_gfp_table_free(table);
	}
	if (!aw_btf_migratetypes(btf, &types))
		FUZZ_HOLDS(types.count && types.count <= AW_MT_NUMBERS);
	aw_btf_compact_numbers(btf, &numbers);
	aw_btf_function_parameters(btf, "warn_alloc");
	if (aw_btf_tracepoint_arguments(btf, "mm_page_alloc", &first) > 0)
		FUZZ_HOLDS(strlen(first) < SIZE_MAX);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static uint8_t file[1 << 16];
	struct btf_header header = { .magic = BTF_MAGIC, .version = BTF_VERSION, .hdr_len = sizeof(header) };
	struct aw_btf *btf;
	char path[FUZZ_PATH];

	if (size < 2 || size > sizeof(file) - sizeof(header))
		return 0;
	header.type_len = (data[0] | (uint32_t)data[1] << 8) & ~3u;
	if (header.type_len > size - 2)
		header.type_len = (uint32_t)(size - 2) & ~3u;
	header.str_off = header.type_len;
	header.str_len = (uint32_t)(size - 2) - header.type_len;
	memcpy(file, &header, sizeof(header));
	memcpy(file + sizeof(header), data + 2, size - 2);
	fuzz_file(file, sizeof(header) + size - 2, path);
	aw_btf_check(path);
	btf = aw_btf_from(path);
	if (btf)
		ask(btf);
	aw_btf_free(btf);
	return 0;
}
