// SPDX-License-Identifier: GPL-2.0
/*
 * The wire format of protocol buffers, by the examples of its specification.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

#include "base/memory.h"
#include "base/protobuf.h"

static void is(struct aw_proto *proto, const char *expected, size_t size)
{
	char *text = NULL;
	size_t len;
	FILE *out = aw_memory_open(&text, &len);

	assert_non_null(out);
	assert_int_equal(aw_proto_flush(proto, out), 0);
	assert_int_equal(aw_memory_close(out), 0);
	assert_int_equal(len, size);
	assert_memory_equal(text, expected, size);
	free(text);
}

#define IS(proto, bytes) is(proto, bytes, sizeof(bytes) - 1)

static void numbers(void **state)
{
	AW_PROTO struct aw_proto proto = { 0 };

	(void)state;
	aw_proto_number(&proto, 1, 150);
	IS(&proto, "\x08\x96\x01");
	aw_proto_number(&proto, 16, 0);
	IS(&proto, "\x80\x01\x00");
	aw_proto_number(&proto, 1, 127);
	IS(&proto, "\x08\x7f");
	aw_proto_integer(&proto, 1, -2);
	IS(&proto, "\x08\xfe\xff\xff\xff\xff\xff\xff\xff\xff\x01");
	aw_proto_number(&proto, 1, UINT64_MAX);
	IS(&proto, "\x08\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01");
}

static void texts(void **state)
{
	AW_PROTO struct aw_proto proto = { 0 };

	(void)state;
	aw_proto_text(&proto, 2, "testing");
	IS(&proto, "\x12\x07testing");
	aw_proto_text(&proto, 2, NULL);
	IS(&proto, "\x12\x00");
	/* neither a broken character nor a terminal's control reaches the reader */
	aw_proto_text(&proto, 2, "\xff\x1b\xc3\xa4");
	IS(&proto, "\x12\x0a\\xff\\x1b\xc3\xa4");
}

static void messages_within_messages(void **state)
{
	AW_PROTO struct aw_proto outer = { 0 }, inner = { 0 };

	(void)state;
	aw_proto_number(&inner, 1, 150);
	aw_proto_message(&outer, 3, &inner);
	aw_proto_message(&outer, 3, &inner);	/* empty now */
	IS(&outer, "\x1a\x03\x08\x96\x01\x1a\x00");
}

static void no_memory_is_said(void **state)
{
	AW_PROTO struct aw_proto outer = { 0 }, inner = { 0 };

	(void)state;
	inner.bytes.failed = true;
	aw_proto_message(&outer, 1, &inner);
	assert_int_equal(aw_proto_flush(&outer, stderr), -12);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers),
		cmocka_unit_test(texts),
		cmocka_unit_test(messages_within_messages),
		cmocka_unit_test(no_memory_is_said),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
