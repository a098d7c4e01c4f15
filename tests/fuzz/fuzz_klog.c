// SPDX-License-Identifier: GPL-2.0
/*
 * Fuzz target: any text through the whole of `explain`: parser, eras, events,
 * verdicts, output.  The first byte says in what pieces the text is fed.
 *
 * libFuzzer: clang -fsanitize=fuzzer,address,undefined ...
 * without it: -DAW_FUZZ_FILES builds a program that runs files once.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "explain_groups.h"
#include "explain_print.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static FILE *null;
	struct aw_explain_config config = { 0 };
	struct aw_explain_groups *groups = aw_explain_groups_new(&config);
	struct aw_klog *klog = aw_klog_new(aw_explain_groups_add, groups);
	size_t piece = size && data[0] ? data[0] : 1 << 16;

	if (!null)
		null = fopen("/dev/null", "w");
	for (size_t at = 1; at < size; at += piece)
		aw_klog_feed(klog, (const char *)data + at, size - at < piece ? size - at : piece);
	aw_klog_finish(klog);
	aw_explain_groups_sort(groups);
	for (unsigned int i = 0; i < aw_explain_groups_count(groups); i++)
		aw_explain_print(null, aw_explain_groups_at(groups, i), 80);
	aw_klog_free(klog);
	aw_explain_groups_free(groups);
	return 0;
}

#ifdef AW_FUZZ_FILES
int main(int argc, char **argv)
{
	static uint8_t buffer[1 << 24];

	for (int i = 1; i < argc; i++) {
		FILE *f = fopen(argv[i], "r");
		size_t size = f ? fread(buffer + 1, 1, sizeof(buffer) - 1, f) : 0;

		LLVMFuzzerTestOneInput(buffer, size + 1);
		if (f)
			fclose(f);
	}
	return 0;
}
#endif
