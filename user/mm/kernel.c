// SPDX-License-Identifier: GPL-2.0
/*
 * A kernel of which only the release is known.
 */
#include "mm/kernel.h"

#include <stdio.h>
#include <string.h>

int aw_kernel_for_release(const char *release, uint32_t page_size, struct aw_kernel *out)
{
	struct aw_kernel kernel = { .page_size = page_size, .vm = AW_VM_SETTINGS_UNKNOWN };
	int err;

	snprintf(kernel.release, sizeof(kernel.release), "%s", release);
	kernel.version = aw_version_upstream(release, NULL, &kernel.version_exact);
	kernel.android = strstr(release, "android") != NULL;
	if (page_size)
		kernel.max_order = page_size == 65536 ? 13 : page_size == 16384 ? 11 : 10;
	aw_migratetypes_for_release(release, kernel.android, &kernel.migratetypes);
	aw_compact_numbers_for(kernel.version, &kernel.compact_numbers);
	err = aw_gfp_table_for_release(release, kernel.android, &kernel.gfp);
	if (err)
		return err;
	*out = kernel;
	return 0;
}

void aw_kernel_clear(struct aw_kernel *kernel)
{
	aw_gfp_table_free(kernel->gfp);
	kernel->gfp = NULL;
}
