// SPDX-License-Identifier: GPL-2.0
/*
 * Checks the lengths in a page of a trace buffer.
 */
#include "source/tracefs/page.h"

#include "base/bytes.h"

#define HEADER 16u			/* u64 time, u64 commit */
#define COMMIT 0x7ffffffu		/* bytes of records; above them are flags */
#define MISSED_STORED (UINT64_C(1) << 30)	/* RB_MISSED_STORED: their number is a u64 behind the records */

/* type_len of a record: RINGBUF_TYPE_* of include/linux/ring_buffer.h; 1 to 28 are lengths in words. */
enum { LENGTH_FOLLOWS = 0, PADDING = 29, TIME_EXTEND = 30, TIME_STAMP = 31 };

/* Steps over a record.  False: it does not fit. */
static bool skip_record(struct aw_cursor *records)
{
	unsigned int type = aw_get_u32(records) & 31;
	uint32_t length;

	switch (type) {
	case TIME_EXTEND:
	case TIME_STAMP:
		length = 4;
		break;
	case PADDING:
		/*
		 * Its length counts the bytes behind the first word, of which it is the
		 * first.  A smaller one would make kbuffer read the length as a record.
		 */
		length = aw_get_u32(records);
		if (length < 4)
			return false;
		length -= 4;
		break;
	case LENGTH_FOLLOWS:
		length = aw_get_u32(records);
		if (length < 4)
			return false;
		length = (length - 4 + 3) & ~3u;
		break;
	default:
		length = 4 * type;
	}
	return aw_get_bytes(records, length) && !records->failed;
}

bool aw_trace_page_is_sound(const void *page, size_t got, size_t room)
{
	const uint8_t *data = page;
	struct aw_cursor header = { data + 8, data + HEADER, false }, records;
	uint64_t commit;
	size_t used;

	if (got < HEADER)
		return false;
	commit = aw_get_u64(&header);
	used = commit & COMMIT;
	if (used > got - HEADER || (commit & MISSED_STORED && used + 8 > room - HEADER))
		return false;
	records = (struct aw_cursor){ data + HEADER, data + HEADER + used, false };
	while (aw_cursor_left(&records))
		if (!skip_record(&records))
			return false;
	return true;
}
