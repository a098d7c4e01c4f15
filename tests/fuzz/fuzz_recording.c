// SPDX-License-Identifier: GPL-2.0
/*
 * Fuzz target: a recording as a file, damaged anywhere.  The input is a list of
 * blocks (u8 what, u16 length, records), which are packed with right checksums,
 * because the fuzzer could not get past them; bit 0 of "what" makes it a raw
 * piece of the file instead, bit 1 begins a group.
 */
#include "fuzz.h"

#include <endian.h>

#include "recording/encode.h"
#include "recording/block.h"
#include "source/source.h"

static void put_block(struct aw_bytes *file, unsigned int what, const uint8_t *data, size_t size)
{
	const struct aw_recording_group group = { .events = what >> 2 };
	struct aw_bytes records = { 0 };

	if (what & 1) {
		aw_put_bytes(file, data, size);
		return;
	}
	if (what & 2)
		aw_recording_put_group(&records, &group);
	aw_put_bytes(&records, data, size);
	if (records.used)
		aw_recording_pack(file, records.data, records.used);
	aw_bytes_free(&records);
}

static void make_file(struct aw_bytes *file, const uint8_t *data, size_t size)
{
	aw_recording_put_header(file, size && data[0] & 1);
	for (size_t at = 1; at + 3 <= size;) {
		size_t length = data[at + 1] | (size_t)data[at + 2] << 8, left = size - at - 3;

		if (length > left)
			length = left;
		put_block(file, data[at], data + at + 3, length);
		at += 3 + length;
	}
}

static void count(void *arg, struct aw_event *event)
{
	(void)event;
	++*(uint64_t *)arg;
}

static void read_file(const char *path)
{
	const struct aw_capture capture = { .argument = path };
	struct aw_source *source;
	struct aw_missing missing[AW_MAX_MISSING_FEATURES];
	struct aw_loss losses[AW_MAX_LOSSES];
	struct aw_error error;
	uint64_t events = 0;

	if (aw_source_recording.open(&capture, &source, &error))
		return;
	while (source->ops->poll(source, 0, count, &events) >= 0)
		;
	FUZZ_HOLDS(source->ops->missing(source, missing) <= AW_MAX_MISSING_FEATURES);
	FUZZ_HOLDS(source->ops->losses(source, losses) <= AW_MAX_LOSSES);
	FUZZ_HOLDS(aw_source_recorded(source)->damage);
	source->ops->close(source);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct aw_bytes file = { 0 };
	char path[FUZZ_PATH];

	make_file(&file, data, size);
	fuzz_file(file.data, file.used, path);
	read_file(path);
	aw_bytes_free(&file);
	return 0;
}
