// SPDX-License-Identifier: GPL-2.0
/*
 * Tests trace records with the format files of 3.18 and 6.18, filters, instance
 * names.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <errno.h>

#include <cmocka.h>

#include "source/tracefs/instance_name.h"
#include "trace_formats.h"

#define OLD "trace-formats-arm64-3.18.20.txt"
#define NEW "trace-formats-x86_64-6.18.txt"

static void put(void *record, const struct aw_trace_field *field, uint64_t value)
{
	memcpy((char *)record + field->offset, &value, field->size);
}

static void finds_fields(void **state)
{
	static const char text[] = "ID: 133\nformat:\n"
		"\tfield:struct page * page;\toffset:8;\tsize:8;\tsigned:0;\n"
		"\tfield:__data_loc char[] comm;\toffset:16;\tsize:4;\tsigned:0;\n"
		"\tfield:unsigned long caller[8];\toffset:24;\tsize:64;\tsigned:0;\n"
		"\tfield:int alloc_order;\toffset:88;\tsize:4;\tsigned:1;";
	struct aw_trace_field field;

	(void)state;
	assert_int_equal(aw_trace_format_id(text, strlen(text)), 133);
	assert_int_equal(aw_trace_format_id("format:\n", 8), -EINVAL);
	assert_int_equal(aw_trace_format_id("", 0), -EINVAL);
	assert_int_equal(aw_trace_format_field(text, strlen(text), "page", &field), 0);
	assert_int_equal(field.offset, 8);
	assert_int_equal(aw_trace_format_field(text, strlen(text), "caller", &field), 0);
	assert_int_equal(field.size, 64);
	assert_int_equal(aw_trace_format_field(text, strlen(text), "comm", &field), 0);
	assert_int_equal(aw_trace_format_field(text, strlen(text), "alloc_order", &field), 0);
	assert_true(field.is_signed);
	/* not the end of another name */
	assert_int_equal(aw_trace_format_field(text, strlen(text), "order", &field), -ENOENT);
	assert_int_equal(aw_trace_format_field(text, strlen(text), "", &field), -ENOENT);
}

static void reads_values(void **state)
{
	static const unsigned char bytes[] = { 0xff, 0xfe, 0xff, 0xff, 0xff, 0, 0, 0 };
	const struct aw_trace_field s4 = { 1, 4, true }, u4 = { 1, 4, false }, u1 = { 0, 1, false },
		outside = { 6, 4, false }, far = { 0xfffffffc, 8, false };

	(void)state;
	assert_int_equal((int)aw_trace_field_read(&s4, bytes, sizeof(bytes)), -2);
	assert_true(aw_trace_field_read(&u4, bytes, sizeof(bytes)) == 0xfffffffe);
	assert_int_equal(aw_trace_field_read(&u1, bytes, sizeof(bytes)), 0xff);
	assert_int_equal(aw_trace_field_read(&outside, bytes, sizeof(bytes)), 0);
	assert_int_equal(aw_trace_field_read(&far, bytes, sizeof(bytes)), 0);
}

static void old_kernel(void **state)
{
	struct aw_trace_formats formats;
	struct aw_trace_record record;
	char bytes[32] = { 0 };
	char filter[96];

	(void)state;
	assert_int_equal(trace_formats_load(OLD, &formats), 2);
	put(bytes, &formats.type, 133);
	put(bytes, &formats.pid, 331);
	put(bytes, &formats.events[AW_TRACE_ALLOC].fields[AW_ALLOC_ORDER], 4);
	put(bytes, &formats.events[AW_TRACE_ALLOC].fields[AW_ALLOC_GFP], 0xc0d0);
	assert_int_equal(aw_trace_record_decode(&formats, bytes, 28, &record), 0);
	assert_int_equal(record.type, AW_TRACE_ALLOC);
	assert_int_equal(record.tid, 331);
	assert_int_equal(record.value[AW_ALLOC_ORDER], 4);
	assert_int_equal(record.value[AW_ALLOC_GFP], 0xc0d0);
	assert_true(aw_trace_no_page(&formats, &record));
	put(bytes, &formats.events[AW_TRACE_ALLOC].fields[AW_ALLOC_PAGE], UINT64_MAX);
	assert_int_equal(aw_trace_record_decode(&formats, bytes, 28, &record), 0);
	assert_false(aw_trace_no_page(&formats, &record));
	aw_trace_filter(&formats, 0, UINT32_MAX, filter, sizeof(filter));
	assert_string_equal(filter, "page == 0");
	aw_trace_filter(&formats, 4, 8, filter, sizeof(filter));
	assert_string_equal(filter, "page == 0 && order >= 4 && order <= 8");
}

static void new_kernel(void **state)
{
	struct aw_trace_formats formats;
	struct aw_trace_record record;
	char bytes[64] = { 0 };
	char filter[96];

	(void)state;
	assert_int_equal(trace_formats_load(NEW, &formats), AW_TRACE_TYPES);
	put(bytes, &formats.type, formats.events[AW_TRACE_ALLOC].id);
	put(bytes, &formats.events[AW_TRACE_ALLOC].fields[AW_ALLOC_PAGE], UINT64_MAX);
	assert_int_equal(aw_trace_record_decode(&formats, bytes, 36, &record), 0);
	assert_true(aw_trace_no_page(&formats, &record));
	aw_trace_filter(&formats, 0, UINT32_MAX, filter, sizeof(filter));
	assert_string_equal(filter, "pfn == 0xffffffffffffffff");
	/* another event, and an incomplete record */
	assert_int_equal(aw_trace_record_decode(&formats, bytes, 20, &record), -EINVAL);
	assert_int_equal(aw_trace_record_decode(&formats, bytes, 3, &record), -EINVAL);
	put(bytes, &formats.type, 0xfff0);
	assert_int_equal(aw_trace_record_decode(&formats, bytes, 36, &record), -ENOENT);
}

/* The frame count may be wrong, -1 ends a stack, and a record may be truncated. */
static void stacks(void **state)
{
	struct aw_trace_formats formats;
	struct aw_trace_record record;
	uint64_t frames[] = { 0xffff000000000010, 0xffff000000000020, UINT64_MAX, 0xffff000000000030 };
	char bytes[16 + sizeof(frames)] = { 0 };

	(void)state;
	trace_formats_load(NEW, &formats);
	put(bytes, &formats.type, formats.events[AW_TRACE_STACK].id);
	put(bytes, &formats.events[AW_TRACE_STACK].fields[AW_STACK_SIZE], 1000);
	memcpy(bytes + 16, frames, sizeof(frames));
	assert_int_equal(aw_trace_record_decode(&formats, bytes, sizeof(bytes), &record), 0);
	assert_int_equal(record.nr_frames, 2);
	assert_true(record.stack[1] == frames[1]);
	assert_int_equal(aw_trace_record_decode(&formats, bytes, 24, &record), 0);
	assert_int_equal(record.nr_frames, 1);
	assert_int_equal(aw_trace_record_decode(&formats, bytes, 16, &record), 0);
	assert_int_equal(record.nr_frames, 0);
}

static void instance_names(void **state)
{
	struct aw_instance_name name = { .pid = 331, .start = 4711, .part = 't', .top = { "local", false, true } }, back;
	char text[AW_INSTANCE_NAME];

	(void)state;
	aw_instance_name_write(&name, text);
	assert_string_equal(text, "allocwatch-331-1267-ta2");
	assert_int_equal(aw_instance_name_parse(text, &back), 0);
	assert_string_equal(back.top.clock, "local");
	assert_false(back.top.stacktrace);
	assert_true(back.top.tracing_on);
	name.part = 'f';
	aw_instance_name_write(&name, text);
	assert_string_equal(text, "allocwatch-331-1267-f");
	assert_int_equal(aw_instance_name_parse(text, &back), 0);
	assert_int_equal(aw_instance_name_parse("allocwatch-331-4711-fx", &back), -EINVAL);
	assert_int_equal(aw_instance_name_parse("allocwatch-0-4711-f", &back), -EINVAL);
	assert_int_equal(aw_instance_name_parse("allocwatch-1-1-t", &back), -EINVAL);
	assert_int_equal(aw_instance_name_parse("allocwatch-1-1-ta4", &back), -EINVAL);
	assert_int_equal(aw_instance_name_parse("allocwatch-1-1-t?0", &back), -EINVAL);
	assert_int_equal(aw_instance_name_parse("allocwatch-1-1-ta2x", &back), -EINVAL);
	assert_int_equal(aw_instance_name_parse("somebody-1-1-f", &back), -EINVAL);
	name = (struct aw_instance_name){ .pid = 4194304, .start = UINT32_MAX, .part = 't', .top = { "mono_raw", true, true } };
	aw_instance_name_write(&name, text);
	assert_string_equal(text, "allocwatch-4194304-ffffffff-tg3");	/* 3.18 supports at most 31 characters */
	assert_int_equal(aw_instance_name_parse(text, &back), 0);
	assert_memory_equal(&back.top, &name.top, sizeof(name.top));
	assert_int_equal(back.start, UINT32_MAX);
	strcpy(name.top.clock, "a vendor's");
	aw_instance_name_write(&name, text);
	assert_int_equal(aw_instance_name_parse(text, &back), 0);
	assert_string_equal(back.top.clock, "local");
	aw_instance_name_own(&name);
	assert_true(aw_instance_name_alive(&name));
	name.start++;
	assert_false(aw_instance_name_alive(&name));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_fields),
		cmocka_unit_test(reads_values),
		cmocka_unit_test(old_kernel),
		cmocka_unit_test(new_kernel),
		cmocka_unit_test(stacks),
		cmocka_unit_test(instance_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
