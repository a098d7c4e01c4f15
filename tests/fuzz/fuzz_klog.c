// SPDX-License-Identifier: GPL-2.0
/*
 * Fuzz target: feeds any text to all of `explain`: parser, eras, events,
 * verdicts, output.  The first byte selects the size of the pieces.
 */
#include "fuzz.h"

#include "explain/print.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	FILE *null = fuzz_null();
	const struct aw_explain_config config = { 0 };
	const struct aw_explain_style style = { .width = 80, .files = true };
	struct aw_answers *answers = aw_answers_new(&config);
	struct aw_klog *klog = aw_klog_new(aw_answers_add, answers);
	size_t piece = size && data[0] ? data[0] : 1 << 16;

	aw_answers_from(answers, "a.log", false);
	for (size_t at = 1; at < size; at += piece)
		aw_klog_feed(klog, (const char *)data + at, size - at < piece ? size - at : piece);
	aw_klog_finish(klog);
	aw_answers_sort(answers);
	aw_explain_table(null, answers, &style);
	for (unsigned int i = 0; i < aw_answers_count(answers); i++) {
		struct aw_answer answer;

		aw_answers_get(answers, i, &answer);
		aw_explain_print(null, &answer, &style);
	}
	aw_klog_free(klog);
	aw_answers_free(answers);
	return 0;
}
