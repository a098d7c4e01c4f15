// SPDX-License-Identifier: GPL-2.0
/* Which rules of the page allocator a kernel follows. */
#include "verdict/era.h"

#include <stdio.h>
#include <string.h>

static unsigned int major_of(uint32_t version)
{
	return version >> 24;
}

static unsigned int minor_of(uint32_t version)
{
	return version >> 16 & 0xff;
}

static bool since(uint32_t version, unsigned int major, unsigned int minor)
{
	return version >= AW_VERSION(major, minor, 0);
}

/* From patch level `patch` of one stable series on. */
static bool in_stable(uint32_t version, unsigned int major, unsigned int minor, unsigned int patch)
{
	return major_of(version) == major && minor_of(version) == minor &&
	       version >= AW_VERSION(major, minor, patch);
}

static bool table_has(const struct aw_kernel *kernel, const struct aw_gfp *gfp,
		      enum aw_gfp_flag flag)
{
	if (kernel->gfp && aw_gfp_raw_bit(kernel->gfp, flag))
		return true;
	return aw_gfp_has(gfp, flag);
}

/* A release with the rules that these flags belong to. */
static uint32_t version_by_flags(const struct aw_kernel *kernel, const struct aw_gfp *gfp)
{
	if (table_has(kernel, gfp, AW_GFP_WAIT))
		return AW_VERSION(3, 18, 0);
	if (table_has(kernel, gfp, AW_GFP_REPEAT))
		return AW_VERSION(4, 9, 0);
	if (table_has(kernel, gfp, AW_GFP_ATOMIC))
		return AW_VERSION(5, 10, 0);
	return AW_VERSION(6, 12, 0);
}

void aw_era_name(struct aw_era *era)
{
	if (!era->certain)
		snprintf(era->name, sizeof(era->name), "this kernel");
	else
		snprintf(era->name, sizeof(era->name), "%u.%u", major_of(era->version),
			 minor_of(era->version));
}

static enum aw_retry_rule retry_rule(uint32_t v)
{
	if (!since(v, 4, 2))
		return AW_RETRY_SHOULD_ALLOC;
	return since(v, 4, 7) ? AW_RETRY_ROUNDS : AW_RETRY_PROGRESS;
}

void aw_era_rules(const struct aw_kernel *kernel, const struct aw_gfp *gfp, struct aw_era *out)
{
	uint32_t v = kernel->version ? kernel->version : version_by_flags(kernel, gfp);

	memset(out, 0, sizeof(*out));
	out->certain = kernel->version != 0;
	out->version = v;
	out->retry = retry_rule(v);
	out->wait_flag = since(v, 4, 4) ? "__GFP_DIRECT_RECLAIM" : "__GFP_WAIT";
	out->retry_flag = since(v, 4, 13) ? "__GFP_RETRY_MAYFAIL" : "__GFP_REPEAT";
	out->order_marks = !since(v, 4, 4);
	out->highatomic = since(v, 4, 4);
	out->min_reserve = since(v, 6, 3) || in_stable(v, 6, 1, 116) || in_stable(v, 5, 15, 171);
	out->highatomic_needs_high = since(v, 6, 18);
	out->victim_half = since(v, 4, 14);
	out->boost = since(v, 5, 0);
	out->boost_atomic = since(v, 5, 9);
	out->compaction_needs_fs = !since(v, 4, 10);
	out->compact_over_min = since(v, 4, 9);
	out->charge_in_allocator = since(v, 4, 8);
	out->nolock = since(v, 6, 15);
	out->kvmalloc = since(v, 4, 12);
	out->kvmalloc_nofs = since(v, 5, 17);
	out->scale_factor = since(v, 4, 6);
}

void aw_era_of(const struct aw_kernel *kernel, const struct aw_gfp *gfp, struct aw_era *out)
{
	aw_era_rules(kernel, gfp, out);
	aw_era_name(out);
}
