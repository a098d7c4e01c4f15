// SPDX-License-Identifier: GPL-2.0
/*
 * The lines of memory that is not the page allocator's.
 */
#include "klog/pool.h"

#include <stdio.h>

#define SLOT 2048	/* IO_TLB_SIZE of swiotlb */

static enum aw_klog_match pool(struct aw_klog_report *r, enum aw_pool which, bool one_line)
{
	r->type = AW_KLOG_POOL;
	r->order = -1;
	r->pool.pool = which;
	r->one_line = one_line;
	return AW_KLOG_YES;
}

/* A word from the end of the text: its start. */
static const char *last_word(const char *start, const char *end)
{
	while (end > start && !aw_is_space(end[-1]))
		end--;
	return end;
}

/*
 * What dev_warn() puts before the words, the driver and the device: "dwc3 38200000.dwc3: ", "Subject: USB errors:
 * uhci_hcd 0000:01:00.4: ".  Without its colon it is a sentence.
 */
static void device_before(struct aw_text t, const char *words, struct aw_klog_report *r)
{
	struct aw_text before = { t.p, aw_text_find(&t, words) };
	const char *word;

	aw_text_trim(&before);
	if (before.end == before.p || before.end[-1] != ':')
		return;
	before.end--;
	word = last_word(before.p, before.end);
	while (word > before.p && aw_is_space(word[-1]))
		word--;
	before.p = last_word(before.p, word);
	/* a quote of the line */
	while (before.p < before.end && !aw_is_word(*before.p))
		before.p++;
	aw_text_copy(r->pool.name, sizeof(r->pool.name), before.p, aw_text_left(&before));
}

static void name_behind(struct aw_text t, struct aw_klog_report *r)
{
	const char *start = t.p;

	while (t.p < t.end && !aw_is_space(*t.p))
		t.p++;
	aw_text_copy(r->pool.name, sizeof(r->pool.name), start, (size_t)(t.p - start));
}

/* ", total 32768 (slots), used 31415 (slots)", from 4.19 on */
static void slots(struct aw_text t, struct aw_klog_report *r)
{
	uint64_t total, used;

	if (!aw_text_skip_past(&t, "total ") || !aw_text_u64(&t, &total) || !aw_text_skip_past(&t, "used ") ||
	    !aw_text_u64(&t, &used) || total > UINT64_MAX / SLOT || used > total)
		return;
	r->pool.knows_total = r->pool.knows_free = true;
	r->pool.total = total * SLOT;
	r->pool.free = (total - used) * SLOT;
	r->pool.never_had = !total;
}

/*
 * "mt7615e 0000:01:00.0: swiotlb buffer is full (sz: 3776 bytes), total 32768 (slots), used 31415 (slots)"
 * "DMA: Out of SW-IOMMU space for 65536 bytes at device 0000:03:00.0" (up to 4.x)
 * "swiotlb: coherent allocation failed for device udmabuf.0 size=8388608" (4.1 to 4.17), with a trace
 * "ahci 0000:00:1f.2: swiotlb: coherent allocation failed, size=2097152" (4.18 to 4.20), likewise
 */
enum aw_klog_match aw_klog_pool_swiotlb(struct aw_text t, struct aw_klog_report *r)
{
	struct aw_text s = t;

	if (aw_text_skip_past(&s, "swiotlb buffer is full (sz:")) {
		aw_text_spaces(&s);
		if (!aw_text_u64(&s, &r->bytes))
			return AW_KLOG_NO;
		device_before(t, "swiotlb buffer", r);
		slots(s, r);
		return pool(r, AW_POOL_SWIOTLB, true);
	}
	if (aw_text_skip_past(&s, "Out of SW-IOMMU space for ")) {
		if (!aw_text_u64(&s, &r->bytes))
			return AW_KLOG_NO;
		if (aw_text_skip_past(&s, " at device "))
			name_behind(s, r);
		return pool(r, AW_POOL_SWIOTLB, true);
	}
	if (!aw_text_skip_past(&s, "swiotlb: coherent allocation failed"))
		return AW_KLOG_NO;
	if (aw_text_skip(&s, " for device "))
		name_behind(s, r);
	else if (aw_text_starts(&s, ","))	/* the size may be cut off */
		device_before(t, "swiotlb: coherent", r);
	else
		return AW_KLOG_NO;
	if (aw_text_skip_past(&s, "size="))
		aw_text_u64(&s, &r->bytes);
	r->pool.coherent = true;
	return pool(r, AW_POOL_SWIOTLB, false);
}

/*
 * "DMA pool exhausted for 0000:01:00.0" (6.19 on)
 * "Failed to get suitable pool for 0000:01:00.0" (5.8 on: also of a pool that is used up)
 * "ERROR: 256 KiB atomic DMA coherent pool is too small!" (arm, up to 4.x)
 * "coherent pool not initialised!" (arm, arm64, up to 5.x)
 */
enum aw_klog_match aw_klog_pool_dma(struct aw_text t, struct aw_klog_report *r)
{
	struct aw_text s = t;
	uint64_t kib;

	if (aw_text_skip(&s, "DMA pool exhausted for ") || aw_text_skip(&s, "Failed to get suitable pool for ")) {
		name_behind(s, r);
		r->pool.knows_free = aw_text_starts(&t, "DMA pool");
		return pool(r, AW_POOL_DMA, false);
	}
	if (aw_text_skip(&s, "ERROR: ") && aw_text_u64(&s, &kib) && kib < UINT32_MAX &&
	    aw_text_skip(&s, " KiB atomic DMA coherent pool is too small")) {
		r->pool.knows_total = r->pool.knows_free = true;
		r->pool.total = kib * 1024;
		return pool(r, AW_POOL_DMA, true);
	}
	s = t;
	if (!aw_text_skip(&s, "coherent pool not initialised!"))
		return AW_KLOG_NO;
	r->pool.never_had = true;
	return pool(r, AW_POOL_DMA, false);
}

/*
 * "HugeTLB: allocating 64 of page size 1.00 GiB failed.  Only allocated 0 hugepages." (4.14 on), "failed node1."
 * A line that is cut before the last number does not tell how many came.
 */
enum aw_klog_match aw_klog_pool_hugetlb(struct aw_text t, struct aw_klog_report *r)
{
	struct aw_text size;

	if (!aw_text_skip_past(&t, "HugeTLB: allocating ") || !aw_text_u64(&t, &r->pool.asked) ||
	    !aw_text_skip(&t, " of page size "))
		return AW_KLOG_NO;
	size = t;
	if (!aw_text_skip_past(&t, " failed"))
		return AW_KLOG_NO;
	aw_text_copy(r->pool.name, sizeof(r->pool.name), size.p, (size_t)(t.p - strlen(" failed") - size.p));
	if (!aw_text_skip_past(&t, "Only allocated ") || !aw_text_u64(&t, &r->pool.got))
		return AW_KLOG_NO;
	return pool(r, AW_POOL_HUGETLB, true);
}

/* "alloc_contig_range: [2f100, 2f20a) PFNs busy", "cma: __alloc_contig_migrate_range: ..." has no such words */
enum aw_klog_match aw_klog_pool_range(struct aw_text t, struct aw_klog_report *r)
{
	uint64_t start, end;

	if (!aw_text_find(&t, " PFNs busy") || !aw_text_skip_past(&t, "alloc_contig_range") ||
	    !aw_text_skip_past(&t, ": [") || !aw_text_hex(&t, &start) || !aw_text_skip(&t, ", ") ||
	    !aw_text_hex(&t, &end) || end <= start || end == UINT64_MAX)
		return AW_KLOG_NO;
	r->cma_pages = end - start;
	return pool(r, AW_POOL_RANGE, true);
}

/* "percpu: allocation failed, size=64 align=64 atomic=1, alloc from reserved chunk failed", with a trace */
enum aw_klog_match aw_klog_pool_percpu(struct aw_text t, struct aw_klog_report *r)
{
	if (!aw_text_skip(&t, "percpu: allocation failed, size=") && !aw_text_skip(&t, "PERCPU: allocation failed, size="))
		return AW_KLOG_NO;
	if (!aw_text_u64(&t, &r->bytes))
		return AW_KLOG_NO;
	if (aw_text_skip_past(&t, ", "))
		aw_text_copy(r->pool.name, sizeof(r->pool.name), t.p, aw_text_left(&t));
	return pool(r, AW_POOL_PERCPU, false);
}

/* "binder_alloc: 2171: binder_alloc_buf size 1056768 failed, no address space" */
enum aw_klog_match aw_klog_pool_binder(struct aw_text t, struct aw_klog_report *r)
{
	struct aw_text who = t;

	if (!aw_text_skip_past(&t, "binder_alloc_buf size ") || !aw_text_u64(&t, &r->bytes) ||
	    !aw_text_starts(&t, " failed, no address space"))
		return AW_KLOG_NO;
	if (aw_text_skip_past(&who, ": ") && aw_is_digit(aw_text_at(&who, 0))) {
		const char *start = who.p;

		while (aw_is_digit(aw_text_at(&who, 0)))
			who.p++;
		aw_text_copy(r->pool.name, sizeof(r->pool.name), start, (size_t)(who.p - start));
	}
	return pool(r, AW_POOL_BINDER, true);
}

/* "zram: Error allocating memory for compressed page: 93741, size=4096" */
enum aw_klog_match aw_klog_pool_zram(struct aw_text t, struct aw_klog_report *r)
{
	if (!aw_text_skip_past(&t, "Error allocating memory for compressed page: ") || !aw_text_skip_past(&t, "size=") ||
	    !aw_text_u64(&t, &r->bytes))
		return AW_KLOG_NO;
	return pool(r, AW_POOL_ZRAM, true);
}

/* "kgsl: only allocated 3164KB of 4096KB requested" */
enum aw_klog_match aw_klog_pool_gpu(struct aw_text t, struct aw_klog_report *r)
{
	uint64_t got, asked;

	if (!aw_text_find(&t, "KB requested") || !aw_text_skip_past(&t, "only allocated ") || !aw_text_u64(&t, &got) ||
	    !aw_text_skip(&t, "KB of ") || !aw_text_u64(&t, &asked) || asked > UINT64_MAX / 1024 || got > asked)
		return AW_KLOG_NO;
	r->pool.got = got * 1024;
	r->bytes = r->pool.asked = asked * 1024;
	return pool(r, AW_POOL_GPU, true);
}

/*
 * "BTRFS: error (device dm-0: state A) in btrfs_finish_one_ordered:3098: errno=-12 Out of memory"
 * "EXT4-fs error (device sda2) in ext4_reserve_inode_write:5893: Out of memory"
 */
enum aw_klog_match aw_klog_pool_fs(struct aw_text t, struct aw_klog_report *r)
{
	struct aw_text device, function;
	const char *state;

	if (!aw_text_skip(&t, "BTRFS: error (device ") && !aw_text_skip(&t, "BTRFS error (device ") &&
	    !aw_text_skip(&t, "EXT4-fs error (device "))
		return AW_KLOG_NO;
	device = t;
	if (!aw_text_skip_past(&t, ") in "))
		return AW_KLOG_NO;
	device.end = t.p - strlen(") in ");
	state = aw_text_find(&device, ": state ");
	if (state)
		device.end = state;
	function = t;
	if (!aw_text_find(&t, ": errno=-12") && !aw_text_find(&t, ": Out of memory"))
		return AW_KLOG_NO;
	while (t.p < t.end && aw_is_word(*t.p))
		t.p++;
	function.end = t.p;
	snprintf(r->pool.name, sizeof(r->pool.name), "%.*s, in %.*s()", (int)(aw_text_left(&device) > 20 ? 20 : aw_text_left(&device)),
		 device.p, (int)aw_text_left(&function), function.p);
	return pool(r, AW_POOL_FS, true);
}

/* "binder_alloc: allocated: 7264 (num: 20 largest: 2104), free: 1030832 (num: 6 largest: 1025992)" */
bool aw_klog_pool_more(struct aw_text t, struct aw_klog_report *r)
{
	uint64_t used, free, largest;

	if (r->pool.pool != AW_POOL_BINDER || r->pool.knows_free)
		return false;
	if (!aw_text_skip_past(&t, "allocated: ") || !aw_text_u64(&t, &used) || !aw_text_skip_past(&t, ", free: ") ||
	    !aw_text_u64(&t, &free) || !aw_text_skip_past(&t, "largest: ") || !aw_text_u64(&t, &largest) ||
	    used > UINT64_MAX - free)
		return false;
	r->pool.knows_total = r->pool.knows_free = r->pool.knows_largest = true;
	r->pool.total = used + free;
	r->pool.free = free;
	r->pool.largest = largest;
	return true;
}

bool aw_klog_pool_same(const struct aw_klog_report *first, const struct aw_klog_report *next)
{
	return first->type == AW_KLOG_POOL && next->type == AW_KLOG_POOL && next->pool.pool == AW_POOL_SWIOTLB &&
	       first->pool.pool == AW_POOL_SWIOTLB && first->bytes == next->bytes && first->one_line &&
	       !next->pool.knows_total && strcmp(first->pool.name, next->pool.name);
}

static const struct aw_klog_pool_row rows[AW_POOLS] = {
	[AW_POOL_NONE] = { "", AW_CLASS_HARD, "" },
	[AW_POOL_SWIOTLB] = { "swiotlb buffer is full", AW_CLASS_HARD, "the mapping fails; few drivers try again" },
	[AW_POOL_DMA] = { "DMA pool exhausted", AW_CLASS_HARD, "no fallback of this caller is known" },
	[AW_POOL_HUGETLB] = { "HugeTLB: allocating failed", AW_CLASS_OPPORTUNISTIC,
			      "the pool of huge pages is smaller than asked for" },
	[AW_POOL_RANGE] = { "alloc_contig_range: PFNs busy", AW_CLASS_OPPORTUNISTIC,
			    "cma_alloc() goes on with the next range" },
	[AW_POOL_PERCPU] = { "percpu: allocation failed", AW_CLASS_HARD, "no fallback of this caller is known" },
	[AW_POOL_BINDER] = { "binder_alloc_buf failed, no address space", AW_CLASS_HARD, "the transaction fails" },
	[AW_POOL_ZRAM] = { "zram: Error allocating memory for compressed page", AW_CLASS_HARD,
			   "the write to the device fails" },
	[AW_POOL_GPU] = { "kgsl: less allocated than requested", AW_CLASS_HARD, "no fallback of this caller is known" },
	[AW_POOL_FS] = { "file system error: Out of memory", AW_CLASS_HARD, "the file system gives up what it was writing" },
};

const struct aw_klog_pool_row *aw_klog_pool_row(enum aw_pool which)
{
	return &rows[which];
}
