// SPDX-License-Identifier: GPL-2.0
/*
 * The mask of a request on the command line.
 */
#include "cli/gfp.h"

#include <string.h>

#include "base/units.h"
#include "cli/say.h"

/* A name that this kernel has no bit for. */
static int missing_flag(const struct aw_kernel *kernel, uint64_t flags, uint64_t *raw)
{
	*raw = 0;
	for (unsigned int f = 0; f < AW_GFP_FLAGS; f++) {
		uint64_t bit = aw_gfp_raw_bit(kernel->gfp, (enum aw_gfp_flag)f);

		if (!(flags >> f & 1))
			continue;
		if (!bit)
			return aw_say_usage("bad --gfp: %s has no %s, leave it out", kernel->release,
					    aw_gfp_flag_name((enum aw_gfp_flag)f));
		*raw |= bit;
	}
	return -1;
}

int aw_gfp_option_parse(const char *text, const struct aw_kernel *kernel, uint64_t *raw)
{
	uint64_t flags;

	if (!aw_parse_number(text, raw))
		return -1;
	if (aw_gfp_parse_names(kernel->gfp, text, strlen(text), &flags))
		return aw_say_usage("bad --gfp '%s': a number such as 0xc0d0, or names joined by '|' such as "
				   "'GFP_KERNEL|__GFP_COMP'", text);
	return missing_flag(kernel, flags, raw);
}
