// SPDX-License-Identifier: GPL-2.0
/*
 * Fuzz target: a buffer of wire records, as a ring or a read of the module's
 * device has them, through decoder, verdict and summary.
 */
#include "fuzz.h"

#include "event/decode.h"
#include "event/records.h"
#include "summary/summary.h"
#include "verdict/verdict.h"

static void take(struct aw_decoder *decoder, const struct aw_kernel *kernel, struct aw_summary *summary,
		 const uint8_t *data, size_t size)
{
	const void *record;
	size_t offset = 0, length;
	struct aw_event event;
	struct aw_verdict verdict;

	while (aw_records_next(data, size, 8, &offset, &record, &length) == 1) {
		/* A copy of its own, so that reading past its end is seen. */
		void *copy = memcpy(malloc(length + !length), record, length);

		if (aw_decode(decoder, copy, length, &event) == 1) {
			if (event.type == AW_EVENT_FAILURE)
				aw_verdict_make(&event, kernel, &verdict);
			aw_summary_add(summary, &event);
		}
		free(copy);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct aw_key *keys[] = { aw_key_find("order", 5), aw_key_find("comm", 4), aw_key_find("stack", 5) };
	struct aw_kernel kernel = { 0 };
	struct aw_symbols *symbols = aw_symbols_new("/dev/null");
	struct aw_stacks *stacks = aw_stacks_new(symbols);
	struct aw_summary *summary = aw_summary_new(keys, 3);
	struct aw_decoder *decoder;

	if (aw_kernel_for_release(size && data[0] & 1 ? "6.1.0" : "3.18.20", 4096, &kernel))
		abort();
	decoder = aw_decoder_new(&kernel, stacks);
	take(decoder, &kernel, summary, data + !!size, size - !!size);
	aw_decoder_free(decoder);
	aw_summary_free(summary);
	aw_stacks_free(stacks);
	aw_symbols_free(symbols);
	aw_kernel_clear(&kernel);
	return 0;
}
