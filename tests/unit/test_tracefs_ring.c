// SPDX-License-Identifier: GPL-2.0
/*
 * Pages of trace buffers: records of all cpus in the order of time, and what
 * damaged pages do.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "source/tracefs_ring.h"
#include "temp.h"
#include "trace_formats.h"

#define PAGE 4096
#define MISSED (1u << 31)

struct page {
	uint64_t time;
	uint64_t commit;	/* bytes used behind this head; flags above */
	unsigned char data[PAGE - 16];
};

static struct aw_trace_formats formats;

/* One mm_page_alloc with no page, `delta` after the record before it. */
static void add_record(struct page *page, uint32_t delta, uint32_t tid)
{
	unsigned char *data = page->data + (page->commit & 0xffff), *record = data + 4;
	uint32_t head = 40 / 4 | delta << 5;
	uint16_t id = formats.events[AW_TRACE_ALLOC].id;
	uint64_t pfn = UINT64_MAX;

	memcpy(data, &head, 4);
	memset(record, 0, 40);
	memcpy(record + formats.type.offset, &id, 2);
	memcpy(record + formats.pid.offset, &tid, 4);
	memcpy(record + formats.events[AW_TRACE_ALLOC].fields[AW_ALLOC_PAGE].offset, &pfn, 8);
	page->commit += 44;
}

static int file_of(const struct page *pages, unsigned int count)
{
	char path[TEMP_PATH];
	int fd;

	temp_make(path, pages, count * sizeof(*pages));
	fd = open(path, O_RDONLY | O_CLOEXEC);
	unlink(path);
	return fd;
}

static struct aw_trace_ring *ring_of(const struct page *first, unsigned int count, const struct page *second)
{
	struct aw_trace_ring *ring = aw_trace_ring_new(&formats, "/nowhere");

	assert_non_null(ring);
	assert_int_equal(aw_trace_ring_add_fd(ring, file_of(first, count), 0, true), 0);
	if (second)
		assert_int_equal(aw_trace_ring_add_fd(ring, file_of(second, 1), 1, true), 0);
	return ring;
}

static void expect(struct aw_trace_ring *ring, uint32_t tid, uint32_t cpu, uint64_t time)
{
	struct aw_trace_record record;

	assert_int_equal(aw_trace_ring_next(ring, &record), 1);
	assert_int_equal(record.tid, tid);
	assert_int_equal(record.cpu, cpu);
	assert_true(record.time_ns == time);
	assert_true(aw_trace_no_page(&formats, &record));
}

static void merges(void **state)
{
	static struct page first[2] = { { .time = 1000 }, { .time = 3000 } }, second = { .time = 1500 };
	struct aw_trace_record record;
	struct aw_trace_ring *ring;

	(void)state;
	add_record(&first[0], 0, 1);
	add_record(&first[0], 1000, 3);
	add_record(&first[1], 0, 5);
	add_record(&second, 0, 2);
	add_record(&second, 1000, 4);
	ring = ring_of(first, 2, &second);
	aw_trace_ring_round(ring, 2000);
	expect(ring, 1, 0, 1000);
	expect(ring, 2, 1, 1500);
	expect(ring, 3, 0, 2000);
	/* newer than the round */
	assert_int_equal(aw_trace_ring_next(ring, &record), 0);
	aw_trace_ring_round(ring, UINT64_MAX);
	expect(ring, 4, 1, 2500);
	expect(ring, 5, 0, 3000);
	assert_int_equal(aw_trace_ring_next(ring, &record), 0);
	assert_int_equal(aw_trace_ring_damaged(ring), 0);
	assert_int_equal(aw_trace_ring_missed(ring), 0);
	aw_trace_ring_free(ring);
}

static void damaged(void **state)
{
	static struct page pages[3] = { { .time = 1000 }, { .time = 2000 }, { .time = 3000 } };
	struct aw_trace_record record;
	struct aw_trace_ring *ring;

	(void)state;
	/* says that it is longer than what was read */
	add_record(&pages[0], 0, 1);
	pages[0].commit = 5000;
	/* another event's record, before a good one */
	add_record(&pages[1], 0, 2);
	pages[1].data[4] = pages[1].data[5] = 0xff;
	add_record(&pages[1], 5, 3);
	/* the kernel dropped some before it */
	add_record(&pages[2], 0, 4);
	pages[2].commit |= MISSED;
	ring = ring_of(pages, 3, NULL);
	aw_trace_ring_round(ring, UINT64_MAX);
	expect(ring, 3, 0, 2005);
	expect(ring, 4, 0, 3000);
	assert_int_equal(aw_trace_ring_next(ring, &record), 0);
	assert_int_equal(aw_trace_ring_damaged(ring), 2);
	assert_int_equal(aw_trace_ring_missed(ring), 1);
	aw_trace_ring_free(ring);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(merges),
		cmocka_unit_test(damaged),
	};

	trace_formats_load("trace-formats-x86_64-6.18.txt", &formats);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
