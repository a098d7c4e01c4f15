// SPDX-License-Identifier: GPL-2.0
/*
 * Which kernel printed a report, and what its mask can mean.
 *
 * Without a release, the header's wording (kernel-facts 8), the functions in
 * the trace and the printed names bound the kernels that it can be.  Each era
 * of gfp bits within these bounds gives a reading of the mask.
 */
#include "klog/era.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "mm/kernel.h"

#define V(a, b) AW_VERSION(a, b, 0)

/* The first release of each era of gfp bits, as in gfp_eras.c. */
static const struct {
	uint32_t first;
	const char *release;
} steps[] = {
	{ V(2, 6), "2.6.32" }, { V(3, 16), "3.18" },  { V(4, 1), "4.1" },   { V(4, 4), "4.4" },
	{ V(4, 5), "4.9" },    { V(4, 10), "4.10" },  { V(4, 12), "4.12" }, { V(4, 13), "4.13" },
	{ V(4, 14), "4.14" },  { V(4, 15), "4.15" },  { V(4, 18), "4.19" }, { V(5, 1), "5.4" },
	{ V(5, 14), "5.15" },  { V(5, 18), "6.1" },   { V(6, 3), "6.3" },   { V(6, 4), "6.6" },
	{ V(6, 10), "6.12" },  { V(7, 1), "7.1" },
};
#define STEPS ARRAY_SIZE(steps)

/* Functions that came or went: the trace dates the kernel. last: the first release without it. */
static const struct {
	const char *name;
	bool prefix;
	uint32_t first, last;
} dated[] = {
	{ "warn_alloc_failed", false, V(2, 6), V(4, 9) },		/* 7877cdcc3893 */
	{ "warn_alloc", false, V(4, 9), 0 },
	{ "__alloc_pages_internal", false, V(2, 6), V(2, 6) + 31 },
	{ "__alloc_pages_nodemask", false, V(2, 6), V(5, 13) },	/* 84172f4bb752 */
	{ "__alloc_pages", false, V(5, 13), V(6, 10) },
	{ "__alloc_pages_noprof", false, V(6, 10), 0 },		/* b951aaff5035 */
	{ "__alloc_frozen_pages_noprof", false, V(6, 14), 0 },
	{ "alloc_kmem_pages", false, V(3, 16), V(4, 8) },		/* 52383431b37c, 4949148ad433 */
	{ "kmalloc_order_trace", false, V(2, 6), V(6, 1) },
	{ "SyS_", true, V(2, 6), V(4, 17) },			/* syscall wrappers */
	{ "__x64_sys_", true, V(4, 17), 0 },
	{ "__arm64_sys_", true, V(4, 19), 0 },
	{ "el0_svc_naked", false, V(2, 6), V(4, 20) },
	{ "dump_stack_lvl", false, V(5, 13), 0 },
	{ "entry_SYSCALL_64_after_hwframe", false, V(4, 15), 0 },
	{ "system_call_fastpath", false, V(2, 6), V(4, 3) },
};

/* Wording of the header, by enum aw_klog_form. */
static const struct { uint32_t first, last; } forms[] = {
	[AW_KLOG_FORM_OTHER] = { 0, 0 },
	[AW_KLOG_FORM_XFS] = { 0, V(6, 9) },			/* fs/xfs/kmem.c is gone */
	[AW_KLOG_FORM_DOT] = { V(2, 6), V(3, 0) },
	[AW_KLOG_FORM_ADJ] = { V(2, 6), V(3, 7) },		/* a63d83f427fb, 01dc52ebdf47 */
	[AW_KLOG_FORM_COLON] = { V(2, 6), V(4, 6) },
	[AW_KLOG_FORM_NAMES] = { V(4, 6), 0 },
	[AW_KLOG_FORM_NODEMASK] = { V(4, 11), 0 },
	[AW_KLOG_FORM_CPUSET] = { V(5, 0), 0 },
};

struct aw_klog_eras {
	struct aw_gfp_table *tables[STEPS];
	bool failed;		/* memory ran out */
};

struct aw_klog_eras *aw_klog_eras_new(void)
{
	struct aw_klog_eras *eras = calloc(1, sizeof(*eras));

	for (size_t i = 0; eras && i < STEPS; i++)
		if (aw_gfp_table_for_release(steps[i].release, false, &eras->tables[i])) {
			aw_klog_eras_free(eras);
			return NULL;
		}
	return eras;
}

void aw_klog_eras_free(struct aw_klog_eras *eras)
{
	if (!eras)
		return;
	for (size_t i = 0; i < STEPS; i++)
		aw_gfp_table_free(eras->tables[i]);
	free(eras);
}

bool aw_klog_eras_failed(const struct aw_klog_eras *eras)
{
	bool failed = eras->failed;

	for (size_t i = 0; i < STEPS; i++)
		failed |= aw_gfp_table_failed(eras->tables[i]);
	return failed;
}

static uint32_t step_end(size_t i)
{
	return i + 1 < STEPS ? steps[i + 1].first : 0;
}

/* Narrows [*first, *last) unless nothing would be left (a backport). */
static void narrow(uint32_t *first, uint32_t *last, uint32_t from, uint32_t to)
{
	uint32_t a = from > *first ? from : *first;
	uint32_t b = !*last || (to && to < *last) ? to : *last;

	if (b && a >= b)
		return;
	*first = a;
	*last = b;
}

static bool is_called(const struct aw_klog_report *r, const char *name, bool prefix)
{
	size_t n = strlen(name);

	for (unsigned int i = 0; i < r->nr_frames; i++) {
		const char *f = r->frames[i].name;

		if (prefix ? !strncmp(f, name, n) : !strcmp(f, name))
			return true;
	}
	return false;
}

static void bounds(const struct aw_klog_report *r, struct aw_klog_era *era)
{
	era->first = forms[r->form].first;
	era->last = forms[r->form].last;
	/* its names were left out */
	if (r->form == AW_KLOG_FORM_COLON && is_called(r, "warn_alloc", false))
		era->last = 0;
	/* "kmalloc-1024(1793:...)": 3.8 to 5.8 kept caches for each memory cgroup */
	if (r->slab_line && strchr(r->slab_cache, '(') && strchr(r->slab_cache, ':'))
		narrow(&era->first, &era->last, AW_VERSION(3, 8, 0), AW_VERSION(5, 9, 0));
	/* an OOM header has neither of the last two marks */
	for (size_t i = 0; i < ARRAY_SIZE(dated); i++)
		if (is_called(r, dated[i].name, dated[i].prefix))
			narrow(&era->first, &era->last, dated[i].first, dated[i].last);
}

/* From 4.4 on only GFP_TRANSHUGE had direct reclaim without kswapd, and that one is silent. */
static bool reclaims_alone(const struct aw_gfp *gfp, const struct aw_gfp_table *table)
{
	return aw_gfp_raw_bit(table, AW_GFP_KSWAPD_RECLAIM) && aw_gfp_may_direct_reclaim(gfp) && !aw_gfp_has(gfp, AW_GFP_KSWAPD_RECLAIM) &&
	       !aw_gfp_has(gfp, AW_GFP_NOWARN);
}

/* What only a request that may wait asks for, in one that may not: to never fail, a page to be written to, kswapd left alone. */
static bool waits_never(const struct aw_gfp *gfp)
{
	return !aw_gfp_may_direct_reclaim(gfp) && (aw_gfp_has(gfp, AW_GFP_NOFAIL) || aw_gfp_has(gfp, AW_GFP_WRITE) || aw_gfp_has(gfp, AW_GFP_NO_KSWAPD));
}

/*
 * IO or FS without any reclaim bit, or __GFP_HIGH alone where GFP_ATOMIC is
 * more (4.4 on): nobody asks for that, so these bits meant something else.
 * Unknown bits: no kernel of that era could print them.
 */
static bool is_odd(const struct aw_gfp *gfp, const struct aw_gfp_table *table)
{
	bool high_alone = aw_gfp_has(gfp, AW_GFP_HIGH) && !aw_gfp_has(gfp, AW_GFP_ATOMIC) && !aw_gfp_raw_bit(table, AW_GFP_WAIT) &&
			  !aw_gfp_may_direct_reclaim(gfp) && !aw_gfp_has(gfp, AW_GFP_KSWAPD_RECLAIM);

	return gfp->unknown || high_alone || reclaims_alone(gfp, table) || waits_never(gfp) ||
	       ((aw_gfp_has(gfp, AW_GFP_IO) || aw_gfp_has(gfp, AW_GFP_FS)) &&
		!aw_gfp_may_direct_reclaim(gfp) && !aw_gfp_has(gfp, AW_GFP_KSWAPD_RECLAIM));
}

static bool same_as_last(const struct aw_klog_reading *last, const struct aw_gfp *gfp)
{
	return last->flags == gfp->flags && last->unknown == gfp->unknown && !strcmp(last->names, gfp->names);
}

/* The plain readings first; their order by age stays. */
static void odd_last(struct aw_klog_reading *r, unsigned int n)
{
	for (unsigned int i = 1; i < n; i++)
		for (unsigned int k = i; k && r[k - 1].odd && !r[k].odd; k--) {
			struct aw_klog_reading t = r[k];

			r[k] = r[k - 1];
			r[k - 1] = t;
		}
}

unsigned int aw_klog_read_mode(struct aw_klog_eras *eras, uint64_t mode, uint32_t first,
			       uint32_t last, struct aw_klog_reading *out, unsigned int max)
{
	unsigned int n = 0;

	for (size_t i = 0; i < STEPS; i++) {
		struct aw_gfp gfp;

		if ((last && steps[i].first >= last) || (step_end(i) && step_end(i) <= first))
			continue;
		gfp = aw_gfp_decode(eras->tables[i], mode);
		if (n && same_as_last(&out[n - 1], &gfp)) {
			out[n - 1].last = step_end(i);
			continue;
		}
		if (n == max)
			break;
		out[n] = (struct aw_klog_reading){ .first = steps[i].first, .last = step_end(i),
						   .flags = gfp.flags, .unknown = gfp.unknown };
		snprintf(out[n].names, sizeof(out[n].names), "%s", gfp.names);
		out[n++].odd = is_odd(&gfp, eras->tables[i]);
	}
	odd_last(out, n);
	return n;
}

/* Same flags, if not printed then at least known to be optional or configured differently. */
static bool names_fit(struct aw_gfp_table *table, const struct aw_klog_report *r)
{
	struct aw_gfp gfp = aw_gfp_decode(table, r->mode);
	uint64_t flags;

	return !aw_gfp_parse_names(table, r->mode_names, strlen(r->mode_names), &flags) &&
	       flags == gfp.flags && !gfp.unknown;
}

/* The printed names leave only the eras whose bits spell them. */
static void narrow_by_names(struct aw_klog_eras *eras, const struct aw_klog_report *r,
			    struct aw_klog_era *era)
{
	uint32_t first = 0, last = 0;
	bool any = false;

	for (size_t i = 0; i < STEPS; i++) {
		if ((era->last && steps[i].first >= era->last) ||
		    (step_end(i) && step_end(i) <= era->first) || !names_fit(eras->tables[i], r))
			continue;
		first = any ? first : steps[i].first;
		last = step_end(i);
		any = true;
	}
	if (any)
		narrow(&era->first, &era->last, first, last);
}

/* Some release within the bounds and the reading, to decide which rules apply. */
static void pick_release(struct aw_klog_era *era, const char *guess)
{
	uint32_t version = aw_version_parse(guess);
	uint32_t first = era->first, last = era->last;

	if (era->nr_readings)
		narrow(&first, &last, era->readings[0].first, era->readings[0].last);
	if (version && version >= first && (!last || version < last)) {
		snprintf(era->release, sizeof(era->release), "%s", guess);
		era->told_by = AW_KLOG_TOLD_BY_WORDS;
		return;
	}
	for (size_t i = STEPS; i-- > 0;)
		if (steps[i].first >= first && (!last || steps[i].first < last)) {
			/* the release that stands for the step may be behind the bounds */
			if (last && aw_version_parse(steps[i].release) >= last)
				snprintf(era->release, sizeof(era->release), "%u.%u", steps[i].first >> 24, steps[i].first >> 16 & 0xff);
			else
				snprintf(era->release, sizeof(era->release), "%s", steps[i].release);
			return;
		}
	for (size_t i = STEPS; i-- > 0;)
		if (steps[i].first <= first) {
			if (first > aw_version_parse(steps[i].release))
				snprintf(era->release, sizeof(era->release), "%u.%u", first >> 24, first >> 16 & 0xff);
			else
				snprintf(era->release, sizeof(era->release), "%s", steps[i].release);
			return;
		}
}

static bool told(const struct aw_klog_report *r, const char *option, struct aw_klog_era *era)
{
	const char *release = r->release;

	era->told_by = r->release_near ? AW_KLOG_TOLD_BY_REPORT : AW_KLOG_TOLD_BY_LOG;
	if (option && *option) {
		release = option;
		era->told_by = AW_KLOG_TOLD_BY_OPTION;
	} else if (r->release_guess) {
		release = "";
	}
	if (!aw_version_parse(release)) {
		era->told_by = AW_KLOG_TOLD_BY_NOTHING;
		return false;
	}
	snprintf(era->release, sizeof(era->release), "%s", release);
	era->first = era->last = aw_version_parse(release);
	return true;
}

/* The release is known: one reading, and the names are a check on it. */
static void read_known(struct aw_klog_eras *eras, const struct aw_klog_report *r, struct aw_klog_era *era)
{
	struct aw_gfp_table *table;
	int err;

	if (!r->mode_names[0])
		return;
	err = aw_gfp_table_for_release(era->release, strstr(era->release, "android") != NULL, &table);
	eras->failed |= err == -ENOMEM;
	if (err)
		return;
	era->names_differ = !names_fit(table, r);
	aw_gfp_table_free(table);
}

/* Of several readings, those that say what the log does; none: all stay. */
static void keep_named(struct aw_klog_era *era, const char *names)
{
	unsigned int kept = 0;

	for (unsigned int i = 0; i < era->nr_readings; i++)
		kept += !strcmp(era->readings[i].names, names);
	if (!kept)
		return;
	kept = 0;
	for (unsigned int i = 0; i < era->nr_readings; i++)
		if (!strcmp(era->readings[i].names, names))
			era->readings[kept++] = era->readings[i];
	era->nr_readings = kept;
}

/* The readings that are left say the same: then the mask is not ambiguous, its bounds are those of all. */
static void join_same(struct aw_klog_era *era)
{
	for (unsigned int i = 1; i < era->nr_readings; i++)
		if (strcmp(era->readings[i].names, era->readings[0].names) != 0)
			return;
	if (era->nr_readings > 1)
		era->readings[0].last = era->readings[era->nr_readings - 1].last;
	era->nr_readings = era->nr_readings > 0;
}

/* Is there an era within the bounds of the wording in which all bits of the mask mean something? */
static bool is_read_elsewhere(struct aw_klog_eras *eras, const struct aw_klog_report *r)
{
	struct aw_klog_era all = { 0 };

	bounds(r, &all);
	all.nr_readings = aw_klog_read_mode(eras, r->mode, all.first, all.last, all.readings, AW_KLOG_READINGS);
	return all.nr_readings && !all.readings[0].odd;
}

/*
 * A release in which this mask has bits that mean nothing.  Where it is named elsewhere in the log, what failed was
 * printed by another kernel.  Where the report itself names it, a vendor has taken over the flags of a later one, such as
 * those of 4.4 into 4.1.
 */
static bool is_of_another(struct aw_klog_eras *eras, const struct aw_klog_report *r, struct aw_klog_era *era)
{
	bool near = era->told_by == AW_KLOG_TOLD_BY_REPORT;
	struct aw_gfp_table *table;
	bool unknown;
	int err;

	if ((era->told_by != AW_KLOG_TOLD_BY_LOG && !near) || !r->has_mode || r->mode_names[0])
		return false;
	err = aw_gfp_table_for_release(era->release, strstr(era->release, "android") != NULL, &table);
	eras->failed |= err == -ENOMEM;
	if (err)
		return false;
	unknown = aw_gfp_decode(table, r->mode).unknown != 0;
	aw_gfp_table_free(table);
	if (!unknown || (near && !is_read_elsewhere(eras, r)))
		return false;
	memset(era, 0, sizeof(*era));
	if (near)
		memcpy(era->contradicts, r->release, sizeof(era->contradicts));
	return true;
}

void aw_klog_era_find(struct aw_klog_eras *eras, const struct aw_klog_report *report,
		      const char *release, struct aw_klog_era *out)
{
	memset(out, 0, sizeof(*out));
	if (told(report, release, out) && !is_of_another(eras, report, out)) {
		if (report->has_mode)
			read_known(eras, report, out);
		return;
	}
	bounds(report, out);
	if (report->mode_names[0])
		narrow_by_names(eras, report, out);
	if (report->has_mode)
		out->nr_readings = aw_klog_read_mode(eras, report->mode, out->first, out->last,
						     out->readings, AW_KLOG_READINGS);
	/* the kernel's names were left out: "order:3, mode:0x40cc0" */
	if (report->form == AW_KLOG_FORM_COLON && out->nr_readings && out->readings[0].odd &&
	    !is_called(report, "warn_alloc_failed", false)) {
		out->last = 0;
		out->nr_readings = aw_klog_read_mode(eras, report->mode, out->first, out->last, out->readings, AW_KLOG_READINGS);
	}
	/* releases whose names would be others are out where the kernel printed its own */
	if (report->mode_names[0])
		keep_named(out, report->mode_names);
	/* odd readings beside a plain one are none */
	while (out->nr_readings > 1 && out->readings[out->nr_readings - 1].odd && !out->readings[0].odd)
		out->nr_readings--;
	join_same(out);
	if (out->nr_readings == 1)
		narrow(&out->first, &out->last, out->readings[0].first, out->readings[0].last);
	pick_release(out, report->release_guess ? report->release : "");
}

static const char *version_text(uint32_t v, char *text, size_t size)
{
	snprintf(text, size, "%u.%u", v >> 24, v >> 16 & 0xff);
	return text;
}

/* The release before: 4.0 after 3.19, 3.0 after 2.6.39; exact for those in steps and tables. */
static uint32_t release_before(uint32_t v)
{
	static const struct { unsigned int major, minor; } lasts[] = {
		[3] = { 2, 6 }, [4] = { 3, 19 }, [5] = { 4, 20 }, [6] = { 5, 19 }, [7] = { 6, 19 },
	};
	unsigned int major = v >> 24;

	if (v >> 16 & 0xff)
		return v - V(0, 1);
	return major < 3 || major > 7 ? v : V(lasts[major].major, lasts[major].minor);
}

const char *aw_klog_releases(uint32_t first, uint32_t last, char *text, size_t size)
{
	char a[16], b[16];

	version_text(first, a, sizeof(a));
	version_text(release_before(last), b, sizeof(b));
	if (!last)
		snprintf(text, size, first ? "kernels from %s on" : "any kernel", a);
	else if (first <= V(2, 6))
		snprintf(text, size, "kernels up to %s", b);
	else if (!strcmp(a, b))
		snprintf(text, size, "kernel %s", a);
	else
		snprintf(text, size, "kernels %s to %s", a, b);
	return text;
}
