// SPDX-License-Identifier: GPL-2.0
/*
 * Tests the facts about the running kernel against other sources of the system.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "system/running.h"

static int set_up(void **state)
{
	struct aw_kernel *kernel = malloc(sizeof(*kernel));

	memset(kernel, 0x5a, sizeof(*kernel));
	assert_int_equal(aw_kernel_running(kernel), 0);
	*state = kernel;
	return 0;
}

static int tear_down(void **state)
{
	struct aw_kernel *kernel = *state;

	aw_kernel_clear(kernel);
	free(kernel);
	return 0;
}

static void names_of_uname(void **state)
{
	const struct aw_kernel *kernel = *state;
	struct utsname name;

	assert_int_equal(uname(&name), 0);
	assert_string_equal(kernel->release, name.release);
	assert_string_equal(kernel->arch, name.machine);
	assert_string_equal(kernel->host, name.nodename);
	assert_int_equal(kernel->version, aw_version_parse(name.release));
	assert_true(kernel->version >= AW_VERSION(2, 6, 0));
	assert_int_equal(kernel->page_size, getpagesize());
}

static void boot_id(void **state)
{
	const struct aw_kernel *kernel = *state;
	FILE *file = fopen("/proc/sys/kernel/random/boot_id", "r");
	char id[64] = "";

	if (!file || fscanf(file, "%63s", id) != 1)
		skip();
	fclose(file);
	assert_string_equal(kernel->boot_id, id);
}

/* The number of words after the zone's name in "Node 0, zone   Normal   1 2 3 ...". */
static int orders_of_buddyinfo(void)
{
	FILE *file = fopen("/proc/buddyinfo", "r");
	char line[1024], *save;
	int orders = -4;

	if (!file)
		return 0;
	if (!fgets(line, sizeof(line), file))
		line[0] = '\0';
	fclose(file);
	for (char *word = strtok_r(line, " \n", &save); word; word = strtok_r(NULL, " \n", &save))
		orders++;
	return orders > 0 ? orders : 0;
}

static void largest_order(void **state)
{
	const struct aw_kernel *kernel = *state;
	int orders = orders_of_buddyinfo();

	if (orders)
		assert_int_equal(kernel->max_order, orders - 1);
	else
		assert_in_range(kernel->max_order, 8, 13);
}

static void wall_clock(void **state)
{
	const struct aw_kernel *kernel = *state;
	struct timespec wall, mono;
	int64_t offset;

	clock_gettime(CLOCK_REALTIME, &wall);
	clock_gettime(CLOCK_MONOTONIC, &mono);
	offset = ((int64_t)wall.tv_sec - mono.tv_sec) * 1000000000 + wall.tv_nsec - mono.tv_nsec;
	assert_true(llabs(kernel->wall_offset_ns - offset) < 5000000000);
}

/* True for any kernel: these bits exist, and Unmovable is 0. */
static void masks_and_migratetypes(void **state)
{
	const struct aw_kernel *kernel = *state;
	uint64_t bits = aw_gfp_raw_bit(kernel->gfp, AW_GFP_IO) | aw_gfp_raw_bit(kernel->gfp, AW_GFP_COMP);
	struct aw_gfp gfp = aw_gfp_decode(kernel->gfp, bits);

	assert_true(aw_gfp_raw_bit(kernel->gfp, AW_GFP_IO) && aw_gfp_raw_bit(kernel->gfp, AW_GFP_COMP));
	assert_true(aw_gfp_has(&gfp, AW_GFP_COMP));
	assert_int_equal(gfp.unknown, 0);
	assert_int_equal(aw_migratetype_decode(&kernel->migratetypes, 0), AW_MT_UNMOVABLE);
	assert_in_range(kernel->migratetypes.count, 4, AW_MT_NUMBERS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_of_uname),
		cmocka_unit_test(boot_id),
		cmocka_unit_test(largest_order),
		cmocka_unit_test(wall_clock),
		cmocka_unit_test(masks_and_migratetypes),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
