// SPDX-License-Identifier: GPL-2.0
/*
 * The damaged parts of a recording in words.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "recording/reader.h"

/* Seconds since the start of the recording. */
static double seconds(const struct aw_recording_reader *reader, uint64_t time_ns)
{
	return time_ns > reader->told->start_ns ? (double)(time_ns - reader->told->start_ns) / 1e9 : 0;
}

const char *aw_recording_gap_text(const struct aw_recording_reader *reader, const struct aw_recording_gap *gap,
				  char *text, size_t size)
{
	if (gap->closed)
		snprintf(text, size, "%s at byte %" PRIu64 "; %" PRIu64 " bytes with %" PRIu64 " events were skipped, "
			 "%.1f s to %.1f s after the start", gap->what, gap->offset, gap->bytes, gap->events,
			 seconds(reader, gap->from_ns), seconds(reader, gap->to_ns));
	else
		snprintf(text, size, "%s at byte %" PRIu64 "; the %" PRIu64 " events before it were read", gap->what,
			 gap->offset, reader->told->events);
	return text;
}

const char *aw_recording_reader_damage(const struct aw_recording_reader *reader, char *text, size_t size)
{
	unsigned int kept = reader->nr_gaps < AW_RECORDING_GAPS ? reader->nr_gaps : AW_RECORDING_GAPS;
	/* The end says most: what follows it is not known. */
	const struct aw_recording_gap *told = kept ? &reader->gaps[reader->gaps[kept - 1].closed ? 0 : kept - 1] : NULL;
	int used;

	text[0] = '\0';
	if (!told)
		return text;
	aw_recording_gap_text(reader, told, text, size);
	used = (int)strlen(text);
	if (reader->nr_gaps > 1)
		snprintf(text + used, size - (size_t)used, "; %u damaged parts in all, %" PRIu64 " events skipped",
			 reader->nr_gaps, reader->skipped_events);
	return text;
}
