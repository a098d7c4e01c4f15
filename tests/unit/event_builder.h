/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Builds failures for tests, from the gfp names of a release and from zones as
 * Mem-Info prints them (in pages).
 */
#ifndef AW_TESTS_EVENT_BUILDER_H
#define AW_TESTS_EVENT_BUILDER_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "event/event.h"
#include "mm/kernel.h"
#include "verdict/verdict.h"

struct built {
	struct aw_event event;
	struct aw_kernel kernel;
	struct aw_stack stack;
	struct aw_zone zones[4];
};

/* "": a kernel of which nothing is known. */
static inline void build_kernel(struct aw_kernel *k, const char *release)
{
	memset(k, 0, sizeof(*k));
	snprintf(k->release, sizeof(k->release), "%s", release);
	k->version = aw_version_upstream(release, NULL, &k->version_exact);
	k->vm = AW_VM_SETTINGS_UNKNOWN;
	k->page_size = 4096;
	k->max_order = 10;
	if (release[0])
		assert_int_equal(aw_gfp_table_for_release(release, false, &k->gfp), 0);
}

/* Sets the mask to `names`, with the bits of the kernel's table. */
static inline void build_gfp(struct built *b, const char *names)
{
	struct aw_gfp *gfp = &b->event.failure.gfp;
	uint64_t raw = 0;
	unsigned int f;

	assert_int_equal(aw_gfp_parse_names(b->kernel.gfp, names, strlen(names), &gfp->flags), 0);
	if (!b->kernel.gfp) {
		gfp->names = names;
		return;
	}
	for (f = 0; f < AW_GFP_FLAGS; f++)
		if (aw_gfp_has(gfp, f))
			raw |= aw_gfp_raw_bit(b->kernel.gfp, f);
	*gfp = aw_gfp_decode(b->kernel.gfp, raw);
}

/* A hard failure in task context, seen by the tracepoint and by warn_alloc(). */
static inline void build(struct built *b, const char *release, unsigned int order,
			 const char *names)
{
	memset(b, 0, sizeof(*b));
	build_kernel(&b->kernel, release);
	b->event.type = AW_EVENT_FAILURE;
	b->event.stack = &b->stack;
	b->event.task.context = AW_IN_TASK;
	b->event.task.cgroup = "";
	b->event.failure.order = order;
	b->event.failure.bytes = order < 48 ? 4096ull << order : 0;
	b->event.failure.migratetype = AW_MT_UNMOVABLE;
	b->event.failure.class_why = "";
	b->event.failure.log = AW_LOG_PRINTED;
	b->event.failure.saw = AW_SAW_TRACEPOINT | AW_SAW_WARN;
	b->event.failure.warn_watched = true;
	b->event.failure.zones = b->zones;
	build_gfp(b, names);
}

static inline void built_free(struct built *b)
{
	aw_gfp_table_free(b->kernel.gfp);
	b->kernel.gfp = NULL;
}

/* Appends a zone of which everything is known, with all free memory in single Unmovable pages; numbers are pages. */
static inline struct aw_zone *build_zone(struct built *b, const char *name, uint64_t free,
					 uint64_t min, uint64_t low)
{
	struct aw_zone *z = &b->zones[b->event.failure.nr_zones++];

	snprintf(z->name, sizeof(z->name), "%s", name);
	z->type = aw_zone_type_from_name(name);
	z->index = -1;
	z->known = AW_ZONE_KNOWS_CMA | AW_ZONE_KNOWS_HIGHATOMIC | AW_ZONE_KNOWS_BOOST |
		   AW_ZONE_KNOWS_TYPES | AW_ZONE_KNOWS_WATERMARKS | AW_ZONE_KNOWS_MANAGED;
	z->managed = 1000000;
	z->free = free;
	z->min = min;
	z->low = low;
	z->high = low + (low - min);
	z->nr_orders = 11;
	z->nr_free[0] = free;
	z->types[0] = (uint16_t)(1u << AW_MT_UNMOVABLE);
	if (b->event.failure.zones_when == AW_ZONES_NONE)
		b->event.failure.zones_when = AW_ZONES_AT_FAILURE;
	return z;
}

/* Like "28349*4kB (UEMR)": `count` blocks of `order`, of these migratetypes. */
static inline void build_blocks(struct aw_zone *z, unsigned int order, uint64_t count,
				const char *letters)
{
	z->nr_free[order] = count;
	z->types[order] = 0;
	for (; *letters; letters++)
		z->types[order] |= (uint16_t)(1u << aw_migratetype_from_letter(*letters));
}

/* The zone of tests/golden/explain/failure-arm64-3.18.20.log. */
static inline struct aw_zone *build_zone_3_18_20(struct built *b)
{
	struct aw_zone *z = build_zone(b, "DMA", 114432 / 4, 1964 / 4, 2452 / 4);

	z->managed = 241424 / 4;
	z->nr_reserves = 3;
	build_blocks(z, 0, 28349, "UEMR");
	build_blocks(z, 1, 7, "UEMR");
	build_blocks(z, 2, 8, "UEMR");
	build_blocks(z, 3, 3, "UM");
	build_blocks(z, 6, 1, "R");
	build_blocks(z, 7, 1, "R");
	return z;
}

static inline const struct aw_advice *find_advice(const struct aw_verdict *v, const char *id)
{
	for (unsigned int i = 0; i < v->nr_advice; i++)
		if (!strcmp(v->advice[i].id, id))
			return &v->advice[i];
	return NULL;
}

/* "": there is no such advice. */
static inline const char *advice_text(const struct aw_verdict *v, const char *id)
{
	const struct aw_advice *a = find_advice(v, id);

	return a ? a->text : "";
}

static inline const char *advice_helps(const struct aw_verdict *v, const char *id)
{
	const struct aw_advice *a = find_advice(v, id);

	return a ? a->helps : "";
}

static inline const struct aw_evidence *find_evidence(const struct aw_verdict *v, const char *fact)
{
	for (unsigned int i = 0; i < v->nr_evidence; i++)
		if (!strcmp(v->evidence[i].fact, fact))
			return &v->evidence[i];
	return NULL;
}

static inline bool misses(const struct aw_verdict *v, const char *fact)
{
	for (unsigned int i = 0; i < v->nr_missing; i++)
		if (!strcmp(v->missing[i], fact))
			return true;
	return false;
}

#define assert_contains(text, part) \
	do { \
		if (!strstr((text), (part))) \
			fail_msg("\"%s\" is not in \"%s\"", (part), (text)); \
	} while (0)
#define assert_lacks(text, part) assert_null(strstr((text), (part)))

#endif
