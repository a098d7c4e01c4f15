// SPDX-License-Identifier: GPL-2.0
/*
 * Tests `explain --order --gfp`: its output fits 80 x 24 for any request, and
 * answers the question of the 3.18 case.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "explain/request.h"
#include "mm/gfp_meaning.h"

static char *explain(const char *release, uint64_t raw, unsigned int order, unsigned int width)
{
	struct aw_kernel kernel;
	struct aw_gfp gfp;
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	assert_int_equal(aw_kernel_for_release(release, 4096, &kernel), 0);
	gfp = aw_gfp_decode(kernel.gfp, raw);
	aw_explain_request(out, order, &gfp, &kernel, width);
	fclose(out);
	aw_kernel_clear(&kernel);
	return text;
}

static void fits_a_screen(void **state)
{
	static const struct { const char *release; uint64_t masks[6]; } rows[] = {
		{ "2.6.32", { 0xd0, 0x20, 0xc0d0, 0x200da, 0x10, 0 } },
		{ "3.18", { 0xd0, 0x20, 0xc0d0, 0x4352da, 0x8d0, 0x4d0 } },
		{ "4.4", { 0x24000c0, 0x2080020, 0x24200ca, 0x24008c0, 0x2400000, 0 } },
		{ "4.14", { 0x14000c0, 0x1080020, 0x14200ca, 0x14004c0, 0x14018c0, 0 } },
		{ "5.4", { 0xcc0, 0xa20, 0x100dca, 0x1c20ca, 0x400, 0 } },
		{ "6.1", { 0xcc0, 0xa20, 0x40dc0, 0x1c20ca, 0x444dc0, 0x102cc2 } },
		{ "6.12", { 0xcc0, 0x820, 0x40dc0, 0x1c20ca, 0x444dc0, 0x1 } },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		for (size_t m = 0; m < 6; m++)
			for (unsigned int order = 0; order < 14; order++) {
				char *text = explain(rows[i].release, rows[i].masks[m], order, 80);
				unsigned int lines = 0;

				for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n")) {
					lines++;
					assert_true(strlen(line) <= 80);
				}
				assert_in_range(lines, 6, 23);
				free(text);
			}
}

static void the_case(void **state)
{
	static const char *const facts[] = {
		"order 4 = 65536 bytes (64 KiB)", "3.18", "GFP_KERNEL|__GFP_COMP|__GFP_ZERO", "__GFP_WAIT",
		"32769 to 65536 bytes", "PAGE_ALLOC_COSTLY_ORDER (3)", "without __GFP_REPEAT or __GFP_NOFAIL",
		"gives up", "orders up to 3 would be retried for ever", "likely fragmentation, not shortage",
	};
	char *text = explain("3.18", 0xc0d0, 4, 0);

	(void)state;
	for (size_t i = 0; i < sizeof(facts) / sizeof(facts[0]); i++)
		if (!strstr(text, facts[i]))
			fail_msg("missing: %s\n%s", facts[i], text);
	free(text);
}

static void every_flag_has_a_meaning(void **state)
{
	(void)state;
	for (int f = 0; f < AW_GFP_FLAGS; f++)
		assert_in_range(strlen(aw_explain_flag((enum aw_gfp_flag)f)), 5, 43);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fits_a_screen),
		cmocka_unit_test(the_case),
		cmocka_unit_test(every_flag_has_a_meaning),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
