// SPDX-License-Identifier: GPL-2.0
/*
 * The replacement of zstd.c in a build that loads no libraries.
 */
#include <errno.h>

#include "import/unpack.h"

int aw_zstd_load(struct aw_zstd *out, struct aw_error *error)
{
	(void)out;
	return aw_error_set(error, -ENOTSUP, "it is packed with zstd, which this static build does not read: "
			    "use another build, or trace-cmd convert, perf inject");
}
