// SPDX-License-Identifier: GPL-2.0
/*
 * Fuzz target: any records of a recording in the format that the first byte
 * selects.
 */
#include "fuzz.h"

#include "output/exporters.h"
#include "output/prometheus.h"
#include "recording/decode.h"
#include "verdict/verdict.h"

static void judge(struct aw_event *event, const struct aw_kernel *kernel)
{
	if (event->type == AW_EVENT_FAILURE)
		aw_verdict_judge(event, kernel, &event->failure.cause, &event->failure.rule);
}

static void write_all(const struct aw_report *report, unsigned int which)
{
	static const char *const tables[] = { "site", "stack", "zones" };
	const struct aw_exporter *exporter = aw_exporters[which % aw_exporters_count];
	struct aw_report asked = *report;
	struct aw_error error;

	asked.table = exporter->check_table ? tables[which / aw_exporters_count % 3] : NULL;
	if (exporter->begin)
		exporter->begin(fuzz_null(), &asked);
	exporter->write(fuzz_null(), &asked, &error);
}

static void export(const struct aw_recording_told *told, const struct aw_summary *summary, unsigned int which)
{
	const struct aw_report report = {
		.kernel = &told->kernel, .summary = summary, .source = told->source, .degraded = "",
		.start_ns = told->start_ns, .end_ns = told->last_ns, .sort = "count", .top = 100,
		.damage = which & 0x80 ? "damaged" : "", .cut = which & 0x40, .losses_ns = told->losses_ns,
		.nr_missing = told->nr_missing, .missing = told->missing,
		.nr_losses = told->nr_losses, .losses = told->losses,
	};

	write_all(&report, which);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct aw_key *keys[] = { aw_key_find("order", 5), aw_key_find("gfp", 3), aw_key_find("stack", 5) };
	struct aw_recording_decoder *decoder = aw_recording_decoder_new(1);
	const struct aw_recording_told *told = aw_recording_told(decoder);
	struct aw_summary *summary = aw_summary_new(keys, 3);
	struct aw_event event;

	aw_recording_records(decoder, data + !!size, size - !!size);
	while (aw_recording_next(decoder, &event) == 1) {
		judge(&event, &told->kernel);
		aw_summary_add(summary, &event);
	}
	export(told, summary, size ? data[0] : 0);
	aw_summary_free(summary);
	aw_recording_decoder_free(decoder);
	return 0;
}
