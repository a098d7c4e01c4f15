// SPDX-License-Identifier: GPL-2.0
/*
 * Memory that is not the page allocator's: what a report of it is called, what
 * it says, and the verdict on it.
 */
#include "explain/pool.h"

#include <inttypes.h>
#include <string.h>

#include "base/array.h"
#include "base/escape.h"
#include "base/units.h"
#include "explain/verdict.h"

#define SEGMENT (256 * 1024)	/* IO_TLB_SEGSIZE slots of swiotlb, the largest mapping that it can hold */

#define say(field, ...) snprintf((field), sizeof(field), __VA_ARGS__)

static void found(struct aw_verdict *v, enum aw_cause cause, enum aw_certainty certainty)
{
	v->cause = certainty == AW_NOT_KNOWN ? AW_CAUSE_UNKNOWN : cause;
	v->likely_cause = v->cause;
	v->cause_certainty = certainty;
}

/* ---- bounce buffers ---- */

static void swiotlb_too_large(const struct aw_pool_state *pool, const char *asked, struct aw_verdict *v)
{
	char free[AW_UNITS_TEXT];

	found(v, AW_CAUSE_ORDER_TOO_LARGE, pool->knows_free && !pool->free ? AW_LIKELY : AW_CERTAIN);
	aw_format_bytes(pool->free, free);
	say(v->headline, "larger than any bounce buffer");
	say(v->cause_text, "%s > 256 KiB, the largest mapping that swiotlb can hold (IO_TLB_SEGSIZE); %s%s", asked,
	    pool->knows_free ? free : "how much is free plays no part", pool->knows_free ? " are free in all" : "");
	aw_explain_advise(v, AW_FOR_CALLER, "dma_max_mapping_size",
			  "map pieces of at most dma_max_mapping_size() bytes; swiotlb= does not raise that limit");
	aw_explain_advise(v, AW_FOR_ADMIN, "dma_mask",
			  "find why the device needs bounce buffers: a DMA mask of 32 bits, or an IOMMU that is off");
}

static void swiotlb_used_up(const struct aw_warning *warning, const char *asked, struct aw_verdict *v)
{
	const struct aw_pool_state *pool = &warning->pool;
	char free[AW_UNITS_TEXT], total[AW_UNITS_TEXT];
	bool nearly = pool->knows_free && pool->free > warning->bytes;

	aw_format_bytes(pool->free, free);
	aw_format_bytes(pool->total, total);
	if (!pool->knows_free) {
		found(v, AW_CAUSE_POOL, AW_LIKELY);
		say(v->headline, "the bounce buffers are likely used up");
		say(v->cause_text, "no run of slots for %s was free; this kernel does not print how many are in use", asked);
	} else {
		found(v, AW_CAUSE_POOL, nearly ? AW_LIKELY : AW_CERTAIN);
		say(v->headline, nearly ? "the bounce buffers are nearly used up" : "the bounce buffers are used up");
		say(v->cause_text, "%s of %s are free, and no run of slots for %s; free memory plays no part", free, total,
		    asked);
	}
	aw_explain_advise(v, AW_FOR_ADMIN, "swiotlb",
			  "boot with a larger swiotlb= (slots of 2 KiB), or find who keeps mappings: a driver that does not unmap fills any size");
	aw_explain_advise(v, AW_FOR_ADMIN, "dma_mask",
			  "find why the device needs bounce buffers: a DMA mask of 32 bits, an IOMMU that is off, or encrypted memory");
}

#define COSTLY (32 * 1024)	/* PAGE_ALLOC_COSTLY_ORDER, of 4 KiB pages: above it, failures are of fragmentation in most cases */

/* swiotlb_alloc_coherent(), up to 4.20: __get_free_pages(), and then what it got may be out of the device's reach. */
static void swiotlb_coherent(const struct aw_warning *warning, const char *asked, struct aw_verdict *v)
{
	found(v, AW_CAUSE_FRAGMENTATION, warning->bytes > COSTLY ? AW_LIKELY : AW_NOT_KNOWN);
	say(v->headline, "no contiguous memory that the device reaches");
	say(v->cause_text, "the page allocator had no block of %s that the device reaches; swiotlb is asked last, and can hold 256 KiB in one "
	    "piece (IO_TLB_SEGSIZE), if slots are free", warning->bytes ? asked : "that size");
	aw_explain_advise(v, AW_FOR_CALLER, "coherent_early", "ask at boot and keep the buffer, ask for smaller pieces, or from CMA");
	aw_explain_advise(v, AW_FOR_ADMIN, "buddyinfo", "see what is free when it fails: /proc/buddyinfo");
}

static void swiotlb(const struct aw_warning *warning, struct aw_verdict *v)
{
	const struct aw_pool_state *pool = &warning->pool;
	char asked[AW_UNITS_TEXT];

	aw_format_bytes(warning->bytes, asked);
	say(v->rule_text, "swiotlb looks for a run of free slots once, and does not wait");
	if (pool->never_had) {
		found(v, AW_CAUSE_POOL, AW_CERTAIN);
		say(v->headline, "this kernel has no bounce buffers");
		say(v->cause_text, "swiotlb has 0 slots: it was turned off or found no memory at boot, and the device cannot "
		    "reach the buffer without it");
		aw_explain_advise(v, AW_FOR_ADMIN, "swiotlb",
				  "boot without swiotlb=noforce and iommu=off, or with swiotlb=force");
	} else if (pool->coherent) {
		swiotlb_coherent(warning, asked, v);
	} else if (warning->bytes > SEGMENT) {
		swiotlb_too_large(pool, asked, v);
	} else if (pool->knows_free && pool->free > warning->bytes && pool->free >= pool->total / 8) {
		found(v, AW_CAUSE_FRAGMENTATION, AW_LIKELY);
		say(v->headline, "the bounce buffers are likely fragmented, or out of the device's reach");
		aw_format_bytes(pool->free, asked);
		say(v->cause_text, "%s are free in all, but no run that is long enough and that the device reaches", asked);
		aw_explain_advise(v, AW_FOR_ADMIN, "swiotlb", "boot with a larger swiotlb= (slots of 2 KiB)");
	} else {
		swiotlb_used_up(warning, asked, v);
	}
}

/* ---- the pool for atomic DMA ---- */

static void dma(const struct aw_warning *warning, struct aw_verdict *v)
{
	const struct aw_pool_state *pool = &warning->pool;
	char total[AW_UNITS_TEXT];

	aw_format_bytes(pool->total, total);
	found(v, AW_CAUSE_POOL, pool->knows_free || pool->never_had ? AW_CERTAIN : AW_LIKELY);
	if (pool->never_had)
		say(v->headline, "the pool for atomic DMA was never made");
	else
		say(v->headline, "the pool for atomic DMA is %s", pool->knows_free ? "used up" : "used up, or out of the device's reach");
	say(v->cause_text, "coherent memory that is asked for without waiting comes from a pool %s%s%s; free memory plays no part",
	    pool->knows_total ? "of " : "set aside at boot", pool->knows_total ? total : "",
	    pool->never_had ? ", which there is not" : "");
	say(v->rule_text, "the request may not wait, so only the pool is asked");
	aw_explain_advise(v, AW_FOR_CALLER, "coherent_early",
			  "ask with GFP_KERNEL at probe time, and keep the buffer: then the pool is not needed");
	/* atomic_pool_init() of arch/arm, dma_atomic_pool_init(): where it could not be made, a larger one can be made even less */
	if (pool->never_had)
		aw_explain_advise(v, AW_FOR_ADMIN, "coherent_pool_boot",
				  "look at the start of the log why it was not made (\"failed to allocate\", cma_alloc)");
	else
		aw_explain_advise(v, AW_FOR_ADMIN, "coherent_pool", "boot with a larger coherent_pool=");
}

/* ---- huge pages at boot ---- */

static void hugetlb(const struct aw_warning *warning, struct aw_verdict *v)
{
	const struct aw_pool_state *pool = &warning->pool;
	char size[100];

	found(v, AW_CAUSE_UNKNOWN, AW_NOT_KNOWN);
	v->missing[v->nr_missing++] = "zones";
	aw_escape_terminal(pool->name, size, sizeof(size));
	say(v->headline, "only %" PRIu64 " of %" PRIu64 " pages came", pool->got, pool->asked);
	say(v->cause_text, "the kernel does not print what memory looked like; either it has not so much, or no more of it in "
	    "whole pieces of %s, on that node where one was named", size);
	say(v->rule_text, "the pool is filled until a page cannot be had, and the boot goes on with fewer");
	aw_explain_advise(v, AW_FOR_ADMIN, "hugepages",
			  "ask for fewer with hugepages=, or on a node that has them (hugepages=0:N)");
}

/* ---- ranges ---- */

static void range(const struct aw_warning *warning, struct aw_verdict *v)
{
	(void)warning;
	found(v, AW_CAUSE_UNKNOWN, AW_LIKELY);
	v->likely_cause = AW_CAUSE_FRAGMENTATION;
	v->missing[v->nr_missing++] = "which pages stayed";
	say(v->headline, "pages in the range did not move away");
	say(v->cause_text, "alloc_contig_range() needs every page of the range, and some were pinned, under I/O or not movable; "
	    "cma_alloc() goes on with the next range");
	say(v->rule_text, "the migration was tried and left pages behind; whether another range was found, this line does not say");
	aw_explain_advise(v, AW_FOR_ADMIN, "cma_pins",
			  "nothing where the driver got its buffer; else find who pins pages (page_owner), or a larger area");
}

/* ---- the rest ---- */

static void percpu(const struct aw_warning *warning, struct aw_verdict *v)
{
	char reason[4 * 65];
	bool reserved = strstr(warning->pool.name, "reserved chunk");

	aw_escape_terminal(warning->pool.name, reason, sizeof(reason));
	found(v, reserved ? AW_CAUSE_POOL : AW_CAUSE_UNKNOWN, reserved ? AW_CERTAIN : AW_NOT_KNOWN);
	say(v->headline, reserved ? "the per-cpu area for modules is used up" : "there is no room for it in the per-cpu chunks");
	say(v->cause_text, "mm/percpu.c says: %s", reason[0] ? reason : "no reason");
	say(v->rule_text, "not known: the reason is all that it prints");
	if (reserved)
		aw_explain_advise(v, AW_FOR_ADMIN, "percpu_modules",
				  "unload modules that are not used: static per-cpu variables of modules share 8 KiB");
}

static void binder(const struct aw_warning *warning, struct aw_verdict *v)
{
	const struct aw_pool_state *pool = &warning->pool;
	char asked[AW_UNITS_TEXT], total[AW_UNITS_TEXT], largest[AW_UNITS_TEXT];
	bool too_large = pool->knows_total && warning->bytes > pool->total;

	aw_format_bytes(warning->bytes, asked);
	aw_format_bytes(pool->total, total);
	aw_format_bytes(pool->largest, largest);
	found(v, too_large ? AW_CAUSE_ORDER_TOO_LARGE : AW_CAUSE_POOL, AW_CERTAIN);
	if (too_large) {
		say(v->headline, "larger than the receiver's whole binder buffer");
		say(v->cause_text, "%s > %s, all that the process mapped; free memory plays no part", asked, total);
	} else {
		say(v->headline, "the receiver's binder buffer has no room for it");
		say(v->cause_text, "no free piece of %s%s%s; free memory plays no part", asked,
		    pool->knows_largest ? ", the largest is " : "", pool->knows_largest ? largest : "");
	}
	say(v->rule_text, "a transaction must fit at once into what the receiver mapped");
	aw_explain_advise(v, AW_FOR_CALLER, "smaller_transaction",
			  "send less at once, or large data through shared memory (ashmem, memfd)");
	if (!too_large)
		aw_explain_advise(v, AW_FOR_CALLER, "free_buffers",
				  "look at a receiver that is slow or does not free its buffers (debugfs binder/proc/PID)");
}

static void short_of_pages(const char *who, const char *rule, struct aw_verdict *v)
{
	found(v, AW_CAUSE_UNKNOWN, AW_LIKELY);
	v->likely_cause = AW_CAUSE_SHORTAGE;
	v->missing[v->nr_missing++] = "zones";
	say(v->headline, "memory is likely short");
	say(v->cause_text, "%s; what memory looked like is not in this line", who);
	say(v->rule_text, "%s", rule);
}

static void zram(const struct aw_warning *warning, struct aw_verdict *v)
{
	(void)warning;
	short_of_pages("zsmalloc found no page to keep a compressed page in",
		       "zram asks without waiting for reclaim, and the write to the device fails", v);
	aw_explain_advise(v, AW_FOR_ADMIN, "zram_limit",
			  "a smaller zram, or mem_limit: as swap it needs free pages just when there are none");
}

static void gpu(const struct aw_warning *warning, struct aw_verdict *v)
{
	char text[AW_VERDICT_TEXT], got[AW_UNITS_TEXT];

	aw_format_bytes(warning->pool.got, got);
	say(text, "kgsl got %s page by page, and then no more", got);
	short_of_pages(text, "kgsl falls back to single pages, and gives up when one of those is missing", v);
	aw_explain_advise(v, AW_FOR_ADMIN, "gpu_memory",
			  "look who holds GPU memory: /sys/class/kgsl/kgsl/page_alloc and debugfs kgsl/proc");
}

static void file_system(const struct aw_warning *warning, struct aw_verdict *v)
{
	(void)warning;
	found(v, AW_CAUSE_UNKNOWN, AW_NOT_KNOWN);
	v->missing[v->nr_missing++] = "the request that failed";
	say(v->headline, "a request of it failed, and it likely goes on read-only");
	say(v->cause_text, "it met -12 (ENOMEM); which request was refused, and what memory looked like, stands in a page "
	    "allocation failure before this line, if one was printed");
	say(v->rule_text, "not known: the line tells the error only");
	aw_explain_advise(v, AW_FOR_ADMIN, "failure_before", "look in the log before this line for a page allocation failure or an OOM kill");
}

/* ---- how they are told ---- */

/* "2 bounce buffers of 16 KiB for dwc3 38200000.dwc3 were not to be had" */
static const struct row {
	const char *one, *many;
	const char *name_is;	/* what the name in the line is, with its preposition; NULL: told elsewhere */
	const char *failed[2];	/* one, many */
	void (*judge)(const struct aw_warning *warning, struct aw_verdict *v);
} rows[AW_POOLS] = {
	[AW_POOL_SWIOTLB] = { "bounce buffer", "bounce buffers", " for ",
			      { "was not to be had", "were not to be had" }, swiotlb },
	[AW_POOL_DMA] = { "request of the pool for atomic DMA", "requests of the pool for atomic DMA", " for ",
			  { "failed", "failed" }, dma },
	[AW_POOL_HUGETLB] = { "pool of huge pages", "pools of huge pages", " of ",
			      { "came out short", "came out short" }, hugetlb },
	[AW_POOL_RANGE] = { "range", "ranges", NULL, { "could not be emptied", "could not be emptied" }, range },
	[AW_POOL_PERCPU] = { "per-cpu request", "per-cpu requests", NULL, { "failed", "failed" }, percpu },
	[AW_POOL_BINDER] = { "binder buffer", "binder buffers", " of process ",
			     { "was not to be had", "were not to be had" }, binder },
	[AW_POOL_ZRAM] = { "page of zram", "pages of zram", NULL, { "was not to be had", "were not to be had" }, zram },
	[AW_POOL_GPU] = { "GPU buffer", "GPU buffers", NULL, { "was not to be had", "were not to be had" }, gpu },
	[AW_POOL_FS] = { "error of the file system", "errors of the file system", " on ",
			 { "was for memory", "were for memory" }, file_system },
};

static uint64_t pool_bytes(const struct aw_event *event, const struct aw_kernel *kernel)
{
	(void)kernel;
	return event->warning.bytes;
}

static const char *pool_name(const struct aw_event *event)
{
	return event->warning.pool.name;
}

/* Device and process tell such failures apart; their sizes do not. */
static void pool_identify(const struct aw_event *event, char *text, size_t size)
{
	if (rows[event->warning.pool.pool].name_is)
		snprintf(text, size, " of %s", event->warning.pool.name);
}

static void pool_headline(FILE *out, const struct aw_answer *answer)
{
	const struct aw_warning *warning = &answer->event->warning;
	const struct row *row = &rows[warning->pool.pool];
	bool one = answer->group->count == 1;
	const struct aw_logged *logged = answer->logged;
	uint64_t unit = logged->range_of_pages ? answer->kernel->page_size : 1;
	char bytes[AW_UNITS_TEXT], most[AW_UNITS_TEXT], name[4 * 65];

	fprintf(out, "%" PRIu64 " %s", answer->group->count, one ? row->one : row->many);
	if (logged->least_bytes != logged->most_bytes)
		fprintf(out, " of %s to %s", aw_format_bytes(logged->least_bytes * unit, bytes),
			aw_format_bytes(logged->most_bytes * unit, most));
	else if (warning->bytes)
		fprintf(out, " of %s", aw_format_bytes(warning->bytes, bytes));
	if (row->name_is && warning->pool.name[0])
		fprintf(out, "%s%s", row->name_is, aw_escape_terminal(warning->pool.name, name, sizeof(name)));
	aw_report_put_site(out, answer->event);
	fprintf(out, " %s", row->failed[!one]);
}

#define POOL_TYPE(type_name, trace) { \
	.name = type_name, .total = "pools", .has_trace = trace, .lacks_zones = true, .bytes = pool_bytes, \
	.identify = pool_identify, .area = pool_name, .headline = pool_headline }

static const struct aw_report_type types[AW_POOLS] = {
	[AW_POOL_NONE] = POOL_TYPE("pool", false),
	[AW_POOL_SWIOTLB] = POOL_TYPE("swiotlb", false),
	[AW_POOL_DMA] = POOL_TYPE("dma-pool", true),
	[AW_POOL_HUGETLB] = POOL_TYPE("hugetlb", false),
	[AW_POOL_RANGE] = POOL_TYPE("range", false),
	[AW_POOL_PERCPU] = POOL_TYPE("percpu", true),
	[AW_POOL_BINDER] = POOL_TYPE("binder", false),
	[AW_POOL_ZRAM] = POOL_TYPE("zram", false),
	[AW_POOL_GPU] = POOL_TYPE("gpu", false),
	[AW_POOL_FS] = POOL_TYPE("file-system", false),
};

const struct aw_report_type *aw_explain_pool_type(enum aw_pool pool)
{
	return &types[pool];
}

void aw_explain_pool_verdict(const struct aw_warning *warning, struct aw_verdict *out)
{
	memset(out, 0, sizeof(*out));
	out->rule_certainty = AW_NOT_KNOWN;
	rows[warning->pool.pool].judge(warning, out);
}

void aw_explain_pool_json(struct aw_json *json, const char *key, const struct aw_event *event)
{
	const struct aw_pool_state *pool = &event->warning.pool;

	if (!aw_explain_is_pool(event)) {
		aw_json_null(json, key);
		return;
	}
	aw_json_object(json, key);
	aw_json_name(json, "type", types[pool->pool].name);
	aw_json_text(json, "name", pool->name);
	aw_json_known(json, "total", pool->knows_total, pool->total);
	aw_json_known(json, "free", pool->knows_free, pool->free);
	aw_json_known(json, "largest", pool->knows_largest, pool->largest);
	aw_json_known(json, "asked", pool->asked, pool->asked);
	aw_json_known(json, "got", pool->asked, pool->got);
	aw_json_object_end(json);
}
