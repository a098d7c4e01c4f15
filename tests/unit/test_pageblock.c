// SPDX-License-Identifier: GPL-2.0
/*
 * Tests the rules for the order of a pageblock.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

#include <cmocka.h>

#include "system/pageblock.h"

static const char *from;

static unsigned int order(struct aw_pageblock_facts facts, uint32_t version, uint32_t page_size, unsigned int max_order)
{
	const struct aw_kernel kernel = { .version = version, .page_size = page_size, .max_order = max_order };

	return aw_pageblock_order_by(&facts, &kernel, &from);
}

static void huge_pages_of_hugetlb(void **state)
{
	(void)state;
	assert_int_equal(order((struct aw_pageblock_facts){ .hugetlb = true }, AW_VERSION(5, 10, 0), 4096, 10), 9);
	assert_string_equal(from, "the size of huge pages");
	assert_int_equal(order((struct aw_pageblock_facts){ .hugetlb = true }, AW_VERSION(6, 12, 0), 16384, 11), 11);
	assert_int_equal(order((struct aw_pageblock_facts){ .hugetlb = true }, AW_VERSION(6, 12, 0), 65536, 13), 13);
	assert_string_equal(from, "the size of huge pages");
	/* arm with LPAE, and x86 without PAE, says it itself */
	assert_int_equal(order((struct aw_pageblock_facts){ .hugetlb = true, .huge_bytes = 4 << 20 }, AW_VERSION(6, 1, 0), 4096, 10), 10);
}

/* Phones have no hugetlb: before 6.10 a pageblock is the largest block. */
static void transparent_huge_pages_alone(void **state)
{
	const struct aw_pageblock_facts facts = { .transparent = true, .huge_bytes = 2 << 20 };

	(void)state;
	assert_int_equal(order(facts, AW_VERSION(6, 6, 0), 4096, 10), 10);
	assert_string_equal(from, "the largest order");
	assert_int_equal(order(facts, AW_VERSION(6, 10, 0), 4096, 10), 9);
	assert_string_equal(from, "the size of huge pages");
}

static void no_huge_pages(void **state)
{
	(void)state;
	assert_int_equal(order((struct aw_pageblock_facts){ .hugetlb = false }, AW_VERSION(3, 18, 0), 4096, 10), 10);
	assert_string_equal(from, "the largest order");
}

static void no_larger_than_the_largest_order(void **state)
{
	(void)state;
	assert_int_equal(order((struct aw_pageblock_facts){ .hugetlb = true }, AW_VERSION(6, 1, 0), 4096, 8), 8);
	assert_string_equal(from, "the largest order");
}

static void configured(void **state)
{
	(void)state;
	assert_int_equal(order((struct aw_pageblock_facts){ .hugetlb = true, .configured = 7 }, AW_VERSION(6, 18, 0), 4096, 10), 7);
	assert_string_equal(from, "the kernel's configuration");
	assert_int_equal(order((struct aw_pageblock_facts){ .hugetlb = true, .configured = 10 }, AW_VERSION(6, 18, 0), 4096, 10), 9);
	assert_string_equal(from, "the size of huge pages");
	assert_int_equal(order((struct aw_pageblock_facts){ .configured = 7 }, AW_VERSION(6, 18, 0), 4096, 10), 7);
}

static void read_from_a_configuration(void **state)
{
	static const char text[] = "CONFIG_A=y\n# CONFIG_PAGE_BLOCK_ORDER is not set\nCONFIG_PAGE_BLOCK_MAX_ORDER=8\nCONFIG_B=3\n";
	char path[] = "/tmp/configXXXXXX";
	int fd = mkstemp(path);
	gzFile packed;

	(void)state;
	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
	assert_int_equal(aw_pageblock_configured(path), 8);
	packed = gzdopen(fd, "wb");
	assert_int_equal(ftruncate(fd, 0) + lseek(fd, 0, SEEK_SET), 0);
	assert_true(gzputs(packed, text) > 0);
	assert_int_equal(gzclose_w(packed), Z_OK);
	assert_int_equal(aw_pageblock_configured(path), 8);
	unlink(path);
	assert_int_equal(aw_pageblock_configured(path), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(huge_pages_of_hugetlb),
		cmocka_unit_test(transparent_huge_pages_alone),
		cmocka_unit_test(no_huge_pages),
		cmocka_unit_test(no_larger_than_the_largest_order),
		cmocka_unit_test(configured),
		cmocka_unit_test(read_from_a_configuration),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
