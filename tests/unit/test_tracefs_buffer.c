// SPDX-License-Identifier: GPL-2.0
/*
 * Tests pages of trace buffers: the records of all cpus in chronological order,
 * and damaged pages.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "source/tracefs/buffer.h"
#include "temp.h"
#include "trace_formats.h"

#define PAGE 4096
#define MISSED (1u << 31)

struct page {
	uint64_t time;
	uint64_t commit;	/* bytes used after this head; flags in the upper bits */
	unsigned char data[PAGE - 16];
};

static struct aw_trace_formats formats;

/* A mm_page_alloc record without a page, `delta` after the previous record. */
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

static struct aw_trace_buffer *buffer_of(const struct page *first, unsigned int count, const struct page *second)
{
	struct aw_trace_buffer *buffer = aw_trace_buffer_new(&formats, "/nowhere");

	assert_non_null(buffer);
	assert_int_equal(aw_trace_buffer_add_fd(buffer, file_of(first, count), 0, true), 0);
	if (second)
		assert_int_equal(aw_trace_buffer_add_fd(buffer, file_of(second, 1), 1, true), 0);
	return buffer;
}

static void expect(struct aw_trace_buffer *buffer, uint32_t tid, uint32_t cpu, uint64_t time)
{
	struct aw_trace_record record;

	assert_int_equal(aw_trace_buffer_next(buffer, &record), 1);
	assert_int_equal(record.tid, tid);
	assert_int_equal(record.cpu, cpu);
	assert_true(record.time_ns == time);
	assert_true(aw_trace_no_page(&formats, &record));
}

static void merges(void **state)
{
	static struct page first[2] = { { .time = 1000 }, { .time = 3000 } }, second = { .time = 1500 };
	struct aw_trace_record record;
	struct aw_trace_buffer *buffer;

	(void)state;
	add_record(&first[0], 0, 1);
	add_record(&first[0], 1000, 3);
	add_record(&first[1], 0, 5);
	add_record(&second, 0, 2);
	add_record(&second, 1000, 4);
	buffer = buffer_of(first, 2, &second);
	aw_trace_buffer_round(buffer, 2000);
	expect(buffer, 1, 0, 1000);
	expect(buffer, 2, 1, 1500);
	expect(buffer, 3, 0, 2000);
	/* newer than the current round */
	assert_int_equal(aw_trace_buffer_next(buffer, &record), 0);
	aw_trace_buffer_round(buffer, UINT64_MAX);
	expect(buffer, 4, 1, 2500);
	expect(buffer, 5, 0, 3000);
	assert_int_equal(aw_trace_buffer_next(buffer, &record), 0);
	assert_int_equal(aw_trace_buffer_damaged(buffer), 0);
	assert_int_equal(aw_trace_buffer_missed(buffer), 0);
	aw_trace_buffer_free(buffer);
}

static void damaged(void **state)
{
	static struct page pages[3] = { { .time = 1000 }, { .time = 2000 }, { .time = 3000 } };
	struct aw_trace_record record;
	struct aw_trace_buffer *buffer;

	(void)state;
	/* claims to be longer than what was read */
	add_record(&pages[0], 0, 1);
	pages[0].commit = 5000;
	/* a record of another event, before a valid one */
	add_record(&pages[1], 0, 2);
	pages[1].data[4] = pages[1].data[5] = 0xff;
	add_record(&pages[1], 5, 3);
	/* the kernel dropped records before it */
	add_record(&pages[2], 0, 4);
	pages[2].commit |= MISSED;
	buffer = buffer_of(pages, 3, NULL);
	aw_trace_buffer_round(buffer, UINT64_MAX);
	expect(buffer, 3, 0, 2005);
	expect(buffer, 4, 0, 3000);
	assert_int_equal(aw_trace_buffer_next(buffer, &record), 0);
	assert_int_equal(aw_trace_buffer_damaged(buffer), 2);
	assert_int_equal(aw_trace_buffer_missed(buffer), 1);
	aw_trace_buffer_free(buffer);
}

/* Lengths that lead out of the page, which libtraceevent would follow. */
static void lengths_that_lie(void **state)
{
	static const uint32_t heads[] = {
		40 / 4,				/* 40 bytes, and 20 are used */
		0,				/* its length follows: longer than a page */
		29 | 1 << 5,			/* padding as long */
	};
	struct aw_trace_record record;

	(void)state;
	for (size_t i = 0; i < sizeof(heads) / sizeof(heads[0]); i++) {
		static struct page page = { .time = 1000 };
		const uint32_t words[] = { heads[i], 0x7fffff00 };
		struct aw_trace_buffer *buffer;

		page.commit = 0;
		add_record(&page, 0, 1);
		memcpy(page.data, words, i ? sizeof(words) : sizeof(words[0]));
		page.commit = 24;
		buffer = buffer_of(&page, 1, NULL);
		aw_trace_buffer_round(buffer, UINT64_MAX);
		assert_int_equal(aw_trace_buffer_next(buffer, &record), 0);
		assert_int_equal(aw_trace_buffer_damaged(buffer), 1);
		aw_trace_buffer_free(buffer);
	}
}

/* Padding whose length is less than that of its own word: libtraceevent would go in a circle. */
static void padding_without_length(void **state)
{
	for (uint32_t length = 0; length < 4; length++) {
		static struct page page = { .time = 1000 };
		const uint32_t words[] = { 29 | 1 << 5, length, 0xfffffff9 };
		struct aw_trace_record record;
		struct aw_trace_buffer *buffer;

		(void)state;
		memcpy(page.data, words, sizeof(words));
		page.commit = 8;
		buffer = buffer_of(&page, 1, NULL);
		aw_trace_buffer_round(buffer, UINT64_MAX);
		assert_int_equal(aw_trace_buffer_next(buffer, &record), 0);
		assert_int_equal(aw_trace_buffer_damaged(buffer), 1);
		aw_trace_buffer_free(buffer);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(merges),
		cmocka_unit_test(damaged),
		cmocka_unit_test(lengths_that_lie),
		cmocka_unit_test(padding_without_length),
	};

	trace_formats_load("trace-formats-x86_64-6.18.txt", &formats);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
