// SPDX-License-Identifier: GPL-2.0
/*
 * Fuzz target: what was decoded from any records is encoded, decoded and encoded
 * again.  Nothing gets lost, and the second encoding equals the first.
 */
#include "fuzz.h"

#include "recording/block.h"
#include "recording/decode.h"
#include "recording/encode.h"

/* Encodes the events of these records.  The number of events; the new records are in `out`. */
static unsigned int encode(const uint8_t *records, size_t size, struct aw_bytes *out)
{
	struct aw_recording_decoder *decoder = aw_recording_decoder_new(1);
	const struct aw_recording_told *told = aw_recording_told(decoder);
	struct aw_recording_encoder *encoder = NULL;
	struct aw_bytes file = { 0 };
	struct aw_block_header header;
	struct aw_event event;
	unsigned int events = 0;

	aw_recording_records(decoder, records, size);
	while (aw_recording_next(decoder, &event) == 1) {
		struct aw_recording_facts facts = { .kernel = &told->kernel, .source = told->source, .raw_addresses = true };

		if (!encoder) {
			encoder = aw_recording_encoder_new(&facts);
			FUZZ_HOLDS(!aw_recording_begin(encoder, told->start_ns, &file));
		}
		FUZZ_HOLDS(!aw_recording_event(encoder, &event));
		events++;
	}
	if (encoder)
		FUZZ_HOLDS(!aw_recording_flush(encoder, &file));
	for (size_t at = AW_RECORDING_HEADER; at < file.used; at += AW_RECORDING_BLOCK_HEADER + header.stored) {
		FUZZ_HOLDS(!aw_recording_get_block(file.data + at, &header));
		FUZZ_HOLDS(!aw_recording_unpack(&header, file.data + at + AW_RECORDING_BLOCK_HEADER,
						aw_bytes_grow(out, header.size), NULL));
	}
	aw_recording_encoder_free(encoder);
	aw_recording_decoder_free(decoder);
	aw_bytes_free(&file);
	return events;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct aw_bytes first = { 0 }, second = { 0 };
	unsigned int events = size < 1u << 16 ? encode(data, size, &first) : 0;

	if (events) {
		FUZZ_HOLDS(encode(first.data, first.used, &second) == events);
		FUZZ_HOLDS(first.used == second.used && !memcmp(first.data, second.data, first.used));
	}
	aw_bytes_free(&first);
	aw_bytes_free(&second);
	return 0;
}
