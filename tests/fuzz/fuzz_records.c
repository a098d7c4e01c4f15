// SPDX-License-Identifier: GPL-2.0
/*
 * Fuzz target: feeds any bytes as the records of a recording to decoder,
 * verdicts, summary and the text report.  Checksums are skipped, because the
 * fuzzer could not get past them.
 */
#include "fuzz.h"

#include "output/text/text.h"
#include "recording/decode.h"
#include "verdict/verdict.h"

static void judge(struct aw_event *event, const struct aw_kernel *kernel)
{
	struct aw_verdict verdict;

	if (event->type != AW_EVENT_FAILURE)
		return;
	aw_verdict_make(event, kernel, &verdict);
	event->failure.cause = verdict.cause;
	event->failure.rule = verdict.rule;
}

static void tell(FILE *out, const struct aw_recording_told *told, const struct aw_summary *summary)
{
	const struct aw_report report = {
		.kernel = &told->kernel, .summary = summary, .source = told->source,
		.start_ns = told->start_ns, .end_ns = told->last_ns, .sort = "count", .top = 100,
		.nr_missing = told->nr_missing, .missing = told->missing,
		.nr_losses = told->nr_losses, .losses = told->losses,
	};

	aw_report_text(out, &report);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	FILE *null = fuzz_null();
	const struct aw_key *keys[] = { aw_key_find("order", 5), aw_key_find("gfp", 3), aw_key_find("stack", 5) };
	struct aw_recording_decoder *decoder = aw_recording_decoder_new(size && data[0] & 1);
	const struct aw_recording_told *told = aw_recording_told(decoder);
	struct aw_summary *summary = aw_summary_new(keys, 3);
	struct aw_event event;

	aw_recording_records(decoder, data + !!size, size - !!size);
	while (aw_recording_next(decoder, &event) == 1) {
		judge(&event, &told->kernel);
		aw_summary_add(summary, &event);
	}
	tell(null, told, summary);
	aw_summary_free(summary);
	aw_recording_decoder_free(decoder);
	return 0;
}
