// SPDX-License-Identifier: GPL-2.0
/*
 * Tests parsing the zones of /proc, with texts of real kernels.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "fixture.h"
#include "system/zoneinfo.h"

#define MAX 16

static void zones_of_x86_64(void **state)
{
	size_t len;
	char *text = fixture_read("zoneinfo-x86_64-6.18.txt", &len);
	struct aw_zone zones[MAX];

	(void)state;
	/* Movable and Device are listed, but have no memory. */
	assert_int_equal(aw_zoneinfo_parse(text, len, zones, MAX), 3);
	assert_string_equal(zones[0].name, "DMA");
	assert_int_equal(zones[0].type, AW_ZONE_TYPE_DMA);
	assert_int_equal(zones[0].free, 3840);
	assert_int_equal(zones[0].min, 43);
	assert_int_equal(zones[0].managed, 3840);
	assert_int_equal(zones[0].nr_reserves, 5);
	assert_int_equal(zones[0].lowmem_reserve[1], 3019);
	assert_int_equal(zones[0].lowmem_reserve[4], 5835);
	assert_int_equal(zones[2].list_high, 21946);
	assert_int_equal(zones[2].list_high_min, 5082);
	assert_string_equal(zones[2].name, "Normal");
	assert_int_equal(zones[2].index, 2);
	assert_int_equal(zones[2].free, 181856);
	assert_true(zones[2].known & AW_ZONE_KNOWS_WATERMARKS);
	assert_true(zones[2].known & AW_ZONE_KNOWS_CMA);
	free(text);
}

static void zone_of_arm64(void **state)
{
	size_t len;
	char *text = fixture_read("zoneinfo-arm64-6.12.txt", &len);
	struct aw_zone zones[MAX];
	unsigned int count;

	(void)state;
	count = aw_zoneinfo_parse(text, len, zones, MAX);
	free(text);
	assert_int_equal(count, 1);
	assert_int_equal(zones[0].free_cma, 16288);
	assert_int_equal(zones[0].cma, 16384);
	assert_int_equal(zones[0].free, 82324);
	text = fixture_read("buddyinfo-arm64-6.12.txt", &len);
	aw_buddyinfo_parse(text, len, zones, count);
	free(text);
	assert_int_equal(zones[0].nr_orders, 11);
	assert_int_equal(zones[0].nr_free[0], 11);
	assert_int_equal(zones[0].nr_free[10], 76);
	text = fixture_read("pagetypeinfo-arm64-6.12.txt", &len);
	aw_pagetypeinfo_parse(text, len, zones, count);
	free(text);
	assert_true(zones[0].known & AW_ZONE_KNOWS_TYPES);
	assert_int_equal(zones[0].types[0], 0);
	assert_int_equal(zones[0].types[10], 1u << AW_MT_MOVABLE | 1u << AW_MT_CMA);
	assert_int_equal(zones[0].types[6], 1u << AW_MT_UNMOVABLE | 1u << AW_MT_MOVABLE);
}

static void boost_is_taken_out(void **state)
{
	static const char text[] =
		"Node 0, zone   Normal\n  pages free     100\n        boost    50\n        min      60\n"
		"        low      70\n        high     80\n        managed  1000\n";
	struct aw_zone zones[MAX];

	(void)state;
	assert_int_equal(aw_zoneinfo_parse(text, sizeof(text) - 1, zones, MAX), 1);
	assert_int_equal(zones[0].boost, 50);
	assert_int_equal(zones[0].min, 10);
	assert_int_equal(zones[0].low, 20);
	assert_int_equal(zones[0].high, 30);
}

static void counts_that_stopped(void **state)
{
	static const char text[] = "Node    0, zone   Normal, type    Movable >100000   0   7\n";
	struct aw_zone zone = { .name = "Normal" };

	(void)state;
	aw_pagetypeinfo_parse(text, sizeof(text) - 1, &zone, 1);
	assert_int_equal(zone.types[0], 1u << AW_MT_MOVABLE);
	assert_int_equal(zone.types[1], 0);
	assert_int_equal(zone.types[2], 1u << AW_MT_MOVABLE);
}

/* Truncated anywhere; and never more zones than fit. */
static void cut_texts(void **state)
{
	size_t len;
	char *text = fixture_read("zoneinfo-x86_64-6.18.txt", &len);

	(void)state;
	for (size_t cut = 0; cut <= len; cut++) {
		char *part = malloc(cut + 1);
		struct aw_zone zones[2];
		unsigned int count;

		memcpy(part, text, cut);
		count = aw_zoneinfo_parse(part, cut, zones, 2);
		assert_in_range(count, 0, 2);
		aw_buddyinfo_parse(part, cut, zones, count);
		aw_pagetypeinfo_parse(part, cut, zones, count);
		free(part);
	}
	free(text);
}

static void this_machine(void **state)
{
	struct aw_zone zones[MAX];

	(void)state;
	assert_in_range(aw_zones_read(zones, MAX), 1, MAX);
	assert_true(zones[0].managed > 0);
	assert_in_range(zones[0].nr_orders, 10, AW_MAX_ORDERS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(zones_of_x86_64),
		cmocka_unit_test(zone_of_arm64),
		cmocka_unit_test(boost_is_taken_out),
		cmocka_unit_test(counts_that_stopped),
		cmocka_unit_test(cut_texts),
		cmocka_unit_test(this_machine),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
