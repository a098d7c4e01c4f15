// SPDX-License-Identifier: GPL-2.0
/*
 * Tests numbers with units: formatting, parsing, and what is rejected.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <errno.h>

#include <cmocka.h>

#include "base/units.h"

#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))

struct format_case {
	uint64_t value;
	const char *text;
};

static void check_formats(const struct format_case *cases, size_t count,
			  const char *(*format)(uint64_t, char[AW_UNITS_TEXT]))
{
	for (size_t i = 0; i < count; i++) {
		char text[AW_UNITS_TEXT];

		assert_ptr_equal(format(cases[i].value, text), text);
		assert_string_equal(text, cases[i].text);
	}
}

static void formats_bytes(void **state)
{
	static const struct format_case cases[] = {
		{ 0, "0 B" }, { 512, "512 B" }, { 1023, "1023 B" }, { 1024, "1 KiB" },
		{ 1025, "1.0 KiB" }, { 1536, "1.5 KiB" }, { 65536, "64 KiB" },
		{ 1964 << 10, "1.9 MiB" }, { 4 << 20, "4 MiB" }, { 135936 << 10, "133 MiB" },
		/* with rounding: never "100.0 MiB" or "1024 KiB" */
		{ 104826143, "100 MiB" }, { 104800000, "99.9 MiB" },
		{ 1048063, "1023 KiB" }, { 1048064, "1.0 MiB" }, { 1048575, "1.0 MiB" },
		{ 1ull << 30, "1 GiB" }, { 1ull << 40, "1 TiB" }, { 5ull << 50, "5120 TiB" },
		{ UINT64_MAX, "16777216 TiB" },
	};

	(void)state;
	check_formats(cases, ARRAY_SIZE(cases), aw_format_bytes);
}

static void formats_bytes_short(void **state)
{
	static const struct format_case cases[] = {
		{ 0, "0" }, { 512, "512" }, { 4096, "4K" }, { 65536, "64K" }, { 1887437, "1.8M" },
		{ 3ull << 30, "3G" }, { 2ull << 40, "2T" },
	};

	(void)state;
	check_formats(cases, ARRAY_SIZE(cases), aw_format_bytes_short);
}

static void formats_durations(void **state)
{
	static const struct format_case cases[] = {
		{ 0, "0 ns" }, { 999, "999 ns" }, { 1000, "1 us" }, { 17000, "17 us" },
		{ 999999, "999 us" }, { 1000000, "1.0 ms" }, { 3100000, "3.1 ms" },
		{ 999949999, "999.9 ms" }, { 999950000, "1.0 s" }, { 2000000000, "2.0 s" },
		{ 59949999999, "59.9 s" }, { 59950000000, "1m00s" }, { 250000000000, "4m10s" },
		{ 3599499999999, "59m59s" }, { 3599500000000, "1h00m" }, { 3600000000000, "1h00m" },
		{ 90061000000000, "25h01m" }, { UINT64_MAX, "5124095h34m" },
	};

	(void)state;
	check_formats(cases, ARRAY_SIZE(cases), aw_format_duration);
}

struct parse_case {
	const char *text;
	int err;
	uint64_t value;
};

#define UNTOUCHED 0xdeadbeef

static void check_parses(const struct parse_case *cases, size_t count,
			 int (*parse)(const char *, uint64_t *))
{
	for (size_t i = 0; i < count; i++) {
		uint64_t value = UNTOUCHED;
		int err = parse(cases[i].text, &value);

		if (err != cases[i].err)
			print_error("\"%s\"\n", cases[i].text);
		assert_int_equal(err, cases[i].err);
		assert_true(value == (err ? UNTOUCHED : cases[i].value));
	}
}

static void parses_durations(void **state)
{
	static const struct parse_case cases[] = {
		{ "30s", 0, 30000000000 }, { "30", 0, 30000000000 }, { "5m", 0, 300000000000 },
		{ "5min", 0, 300000000000 }, { "1h", 0, 3600000000000 }, { "250ms", 0, 250000000 },
		{ "2d", 0, 172800000000000 }, { "2D", 0, 172800000000000 }, { "030s", 0, 30000000000 },
		{ "3660d", 0, 3660ull * 86400 * 1000000000 }, { "3661d", -ERANGE, 0 },
		{ "99999999999999999999s", -ERANGE, 0 }, { "18446744074", -ERANGE, 0 },
		{ "400000000h", -ERANGE, 0 },
		{ "0", -EINVAL, 0 }, { "0ms", -EINVAL, 0 }, { "", -EINVAL, 0 }, { "s", -EINVAL, 0 },
		{ "-5s", -EINVAL, 0 }, { "+5s", -EINVAL, 0 }, { " 5s", -EINVAL, 0 }, { "5 s", -EINVAL, 0 },
		{ "5s ", -EINVAL, 0 }, { "5x", -EINVAL, 0 }, { "1.5s", -EINVAL, 0 }, { "5ss", -EINVAL, 0 },
		{ "0x10s", -EINVAL, 0 }, { "forever", -EINVAL, 0 },
	};

	(void)state;
	check_parses(cases, ARRAY_SIZE(cases), aw_parse_duration);
}

static void parses_sizes(void **state)
{
	static const struct parse_case cases[] = {
		{ "4096", 0, 4096 }, { "0", 0, 0 }, { "64K", 0, 65536 }, { "64k", 0, 65536 },
		{ "64KiB", 0, 65536 }, { "1M", 0, 1 << 20 }, { "2G", 0, 2ull << 30 },
		{ "2GiB", 0, 2ull << 30 }, { "10B", 0, 10 },
		{ "17179869183G", 0, 17179869183ull << 30 }, { "17179869184G", -ERANGE, 0 },
		{ "18446744073709551615", 0, UINT64_MAX }, { "18446744073709551616", -ERANGE, 0 },
		{ "", -EINVAL, 0 }, { "K", -EINVAL, 0 }, { "64KB", -EINVAL, 0 }, { "64 K", -EINVAL, 0 },
		{ "-1", -EINVAL, 0 }, { "1.5M", -EINVAL, 0 }, { "64K!", -EINVAL, 0 },
	};

	(void)state;
	check_parses(cases, ARRAY_SIZE(cases), aw_parse_size);
}

static void parses_numbers(void **state)
{
	static const struct parse_case cases[] = {
		{ "0", 0, 0 }, { "4", 0, 4 }, { "0x10", 0, 16 }, { "0XfF", 0, 255 },
		/* a leading zero does not mean octal */
		{ "010", 0, 10 }, { "09", 0, 9 }, { "00", 0, 0 },
		{ "18446744073709551615", 0, UINT64_MAX }, { "18446744073709551616", -ERANGE, 0 },
		{ "0xffffffffffffffff", 0, UINT64_MAX }, { "0x10000000000000000", -ERANGE, 0 },
		{ "", -EINVAL, 0 }, { "-1", -EINVAL, 0 }, { "+1", -EINVAL, 0 }, { " 1", -EINVAL, 0 },
		{ "1 ", -EINVAL, 0 }, { "0x", -EINVAL, 0 }, { "0x-1", -EINVAL, 0 }, { "x10", -EINVAL, 0 },
		{ "1f", -EINVAL, 0 }, { "four", -EINVAL, 0 }, { "4.0", -EINVAL, 0 },
	};

	(void)state;
	check_parses(cases, ARRAY_SIZE(cases), aw_parse_number);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(formats_bytes),
		cmocka_unit_test(formats_bytes_short),
		cmocka_unit_test(formats_durations),
		cmocka_unit_test(parses_durations),
		cmocka_unit_test(parses_sizes),
		cmocka_unit_test(parses_numbers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
