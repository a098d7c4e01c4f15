// SPDX-License-Identifier: GPL-2.0
/*
 * Tests which features are missing for the hooks that the module reports.
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "source/kmod/missing.h"

#define ALL (AW_KMOD_PAGE_ALLOC | AW_KMOD_EXTFRAG | AW_KMOD_WARN | AW_KMOD_PRINTED | AW_KMOD_RECLAIM | \
	     AW_KMOD_COMPACTION | AW_KMOD_RETRY | AW_KMOD_ZONES | AW_KMOD_STACKS | AW_KMOD_KPROBES)
/* Features that the module never has. */
#define NEVER 3

static struct aw_missing missing[AW_MAX_MISSING_FEATURES];

static const struct aw_missing *find(unsigned int count, const char *what)
{
	for (unsigned int i = 0; i < count; i++)
		if (!strcmp(missing[i].what, what))
			return &missing[i];
	return NULL;
}

/* Fails the test if it is not missing. */
static const char *why(unsigned int count, const char *what)
{
	const struct aw_missing *found = find(count, what);

	if (!found)
		fail_msg("%s is not missing", what);
	return found ? found->why : "";
}

static void all_hooks(void **state)
{
	struct aw_kmod_info info = { .hooks = ALL };

	(void)state;
	assert_int_equal(aw_kmod_missing(&info, false, missing), NEVER);
	assert_int_equal(aw_kmod_missing(&info, true, missing), NEVER + 1);
}

static void no_hooks(void **state)
{
	struct aw_kmod_info info = { .warn_error = -ENOSYS };
	unsigned int count = aw_kmod_missing(&info, true, missing);

	(void)state;
	assert_true(count <= AW_MAX_MISSING_FEATURES);
	assert_non_null(strstr(why(count, "warn_alloc kprobe"), "no kprobes"));
	assert_non_null(find(count, "compaction events"));
	assert_non_null(find(count, "direct reclaim events"));
	assert_null(find(count, "kprobe on the report"));
}

static void kprobe_refused(void **state)
{
	struct aw_kmod_info info = { .hooks = ALL & ~(AW_KMOD_WARN | AW_KMOD_PRINTED), .warn_error = -ENOENT };
	unsigned int count = aw_kmod_missing(&info, false, missing);

	(void)state;
	assert_int_equal(count, NEVER + 1);
	assert_non_null(strstr(why(count, "warn_alloc kprobe"), "No such file"));
}

static void report_not_probed(void **state)
{
	struct aw_kmod_info info = { .hooks = ALL & ~AW_KMOD_PRINTED };

	(void)state;
	assert_non_null(find(aw_kmod_missing(&info, false, missing), "kprobe on the report"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_hooks),
		cmocka_unit_test(no_hooks),
		cmocka_unit_test(kprobe_refused),
		cmocka_unit_test(report_not_probed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
