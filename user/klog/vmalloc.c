// SPDX-License-Identifier: GPL-2.0
/* The line with which vmalloc() says that it failed, in the words of each era. */
#include "klog/vmalloc.h"

#include "base/array.h"
#include "klog/comm.h"
#include "klog/lone.h"

/* The size in "allocation failure: 536870912 bytes", "allocated 4096 of 8192 bytes", "error: size 8192,"; false: it is cut off. */
static bool vmalloc_bytes(struct aw_text t, struct aw_klog_report *r)
{
	const char *start = t.p;
	uint64_t v;

	for (; t.p < t.end && *t.p != '\n'; t.p++) {
		struct aw_text s = t;
		bool of = aw_text_skip(&s, "size ") || aw_text_skip(&s, " of ");

		if (!aw_text_u64(&s, &v))
			continue;
		if (s.p == s.end)
			return false;
		/* "429496729 6 bytes": a wrap tore the number, or "of" is missing */
		if (!of && t.p - start > 1 && aw_is_space(t.p[-1]) && aw_is_digit(t.p[-2]))
			return false;
		if (of || aw_text_starts(&s, " bytes")) {
			r->bytes = v;
			return true;
		}
		t.p = s.p - 1;
	}
	return false;
}

/* What the words say of vmalloc's reason. */
static const struct {
	const char *words;
	enum aw_vmalloc_failed failed;
} vmalloc_reasons[] = {
	{ "vm_struct allocation failed", AW_VMALLOC_NO_SPACE },		/* 5.13 on */
	{ "vmap allocation for size", AW_VMALLOC_NO_SPACE },		/* alloc_vmap_area() */
	{ "vmalloc_node_range for size", AW_VMALLOC_NO_SPACE },		/* 6.9 on */
	{ "exceeds total pages", AW_VMALLOC_TOO_LARGE },		/* 5.13 on */
	{ "failed to allocate pages", AW_VMALLOC_NO_PAGES },		/* 5.15 on */
	{ "page order", AW_VMALLOC_NO_PAGES },				/* 5.13 on */
	{ "page array size", AW_VMALLOC_NO_PAGES },
	{ "allocation failure, allocated ", AW_VMALLOC_NO_PAGES },	/* up to 5.12 */
};

static void vmalloc_reason(const struct aw_text *t, struct aw_klog_report *r)
{
	struct aw_text s = *t;
	uint64_t order;

	for (size_t i = 0; i < ARRAY_SIZE(vmalloc_reasons) && !r->vmalloc_failed; i++)
		if (aw_text_find(t, vmalloc_reasons[i].words))
			r->vmalloc_failed = vmalloc_reasons[i].failed;
	if (!aw_text_skip_past(&s, "page order"))
		r->order = r->vmalloc_failed == AW_VMALLOC_NO_PAGES ? 0 : -1;
	else if (aw_text_skip_char(&s, ' ') && aw_text_u64(&s, &order) && order < 32)
		r->order = (int)order;
}

/* How vmalloc's line begins; the comm stands before that. */
static const char *const vmalloc_starts[] = {
	"vmalloc error: ", "vmalloc: allocation failure", "vmalloc size ", "vmap allocation for size ",
	"vmalloc_node_range for size ",
};
#define REASONLESS 1	/* one that gives no reason, in the form "allocation failure: N bytes" */
#define WITH_SIZE 0	/* "vmalloc error: " alone is also how people call it */
#define NAMELESS 3	/* from here on no comm is printed: alloc_vmap_area(), __get_vm_area_node() */

/* Do the words behind go on as the kernel's do, and not as a title's or a sentence's? */
static bool kernel_wrote(size_t start, const struct aw_text *behind)
{
	size_t left = aw_text_left(behind);

	/* "si": the line may be cut there */
	if (start == WITH_SIZE)
		return left && !strncmp(behind->p, "size ", left < strlen("size ") ? left : strlen("size "));
	return start != REASONLESS || aw_text_starts(behind, ":") || aw_text_starts(behind, ",");
}

/*
 * "vmalloc: allocation failure: 536870912 bytes"
 * "insmod: vmalloc: allocation failure, allocated 4096 of 8192 bytes, mode:0x14000c0(GFP_KERNEL), ..."
 * "insmod: vmalloc size 20480 allocation failure: page order 0 allocation failed, mode:0xdc2(...)" (5.13)
 * "insmod: vmalloc error: size 8192, failed to allocate pages, mode:0xcc0(GFP_KERNEL), ..."
 * "vmap allocation for size 2400256 failed: use vmalloc=<size> to increase size"
 */
enum aw_klog_match aw_klog_vmalloc(struct aw_text t, struct aw_klog_report *r)
{
	struct aw_text s = t, before = t;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(vmalloc_starts); i++) {
		s = t;
		if (aw_text_skip_past(&s, vmalloc_starts[i]) && kernel_wrote(i, &s))
			break;
	}
	if (i == ARRAY_SIZE(vmalloc_starts) || aw_text_find(&t, "%lu"))
		return AW_KLOG_NO;
	before.end = s.p - strlen(vmalloc_starts[i]);
	s.p = before.end;
	r->order = -1;
	r->vmalloc_gives_none = vmalloc_bytes(s, r) && i == REASONLESS;
	/* source text: "vmalloc error: size", and the line ends before the "%lu" */
	if (i == WITH_SIZE && !r->bytes && before.end > before.p && strchr("\"'`", before.end[-1]))
		return AW_KLOG_NO;
	vmalloc_reason(&s, r);
	aw_klog_mode(&s, r);
	r->type = AW_KLOG_VMALLOC;
	r->quoted = i >= NAMELESS && aw_klog_in_quotes(&t, before.end);
	aw_text_trim(&before);
	if (before.end > before.p && before.end[-1] == ':')
		before.end--;
	if (i < NAMELESS)
		aw_klog_comm_before(before, r->comm);
	return AW_KLOG_YES;
}

uint64_t aw_klog_vmalloc_suppressed(struct aw_text t)
{
	uint64_t count;

	return aw_text_skip(&t, "alloc_vmap_area: ") && aw_text_u64(&t, &count) && aw_text_starts(&t, " callbacks suppressed") ? count : 0;
}
