// SPDX-License-Identifier: GPL-2.0
/*
 * Lines that belong to a report and that nothing is made of.
 *
 * They are listed so that a report is not said to hold lines that were not
 * understood.
 */
#include "klog/filler.h"

#include "base/array.h"

static const char *const starts[] = {
	"Modules linked in:", "Workqueue:", "task: ", "Stack :", "Stack: ", "Exception stack", "Code:", "Code: ",
	"---[ end trace", "------------[ cut here", "RIP: ", "RSP: ", "RAX: ", "RDX: ", "RBP: ", "R10: ", "R13: ", "FS: ",
	"CS: ", "CR2: ", "EFLAGS: ", "EIP: ", "EAX: ", "ESI: ", "pstate: ", "pc : ", "lr : ", "sp : ", "PC is at ",
	"LR is at ", "Call Trace", "Flags: ", "warn_alloc_show_mem: ", "swapper pgd", "Process ", "ts: ", "epc : ", "gp : ",
	"status: ", "NIP: ", "LR: ", "MSR: ", "CFAR: ", "GPR", "IRQMASK: ", "show_free_areas", "...",
};

/* "x29: ffff80001123bc50 x28: 0000000000000000", "t0 : 0000...", "5f60: 00000000 0005317f" */
static bool is_register(struct aw_text t)
{
	int digits = 0;

	while (t.p < t.end && aw_is_word(*t.p))
		t.p++;
	aw_text_spaces(&t);
	if (!aw_text_skip_char(&t, ':'))
		return false;
	aw_text_spaces(&t);
	for (; t.p < t.end && aw_hex_digit(*t.p) >= 0; t.p++)
		digits++;
	return digits >= 8 && (t.p == t.end || aw_is_space(*t.p));
}

/* "000002e6 803c0a1c 00204020": raw words of a stack */
static bool is_words(struct aw_text t)
{
	int words = 0;

	while (t.p < t.end) {
		const char *start = t.p;

		while (t.p < t.end && aw_hex_digit(*t.p) >= 0)
			t.p++;
		if (t.p - start < 4)
			return false;
		words++;
		if (!aw_text_spaces(&t) && t.p < t.end)
			return false;
	}
	return words > 1;
}

/* A cgroup's statistics in an OOM report, 4.19 on: "anon 1048576", "workingset_refault_file 0" */
static bool is_counter(struct aw_text t)
{
	uint64_t value;

	if (!aw_is_alpha(aw_text_at(&t, 0)))
		return false;
	while (t.p < t.end && aw_is_word(*t.p))
		t.p++;
	return aw_text_skip_char(&t, ' ') && aw_text_u64(&t, &value) && t.p == t.end;
}

/* 4.11 to 4.19: "insmod cpuset=/ mems_allowed=0" */
static bool is_cpuset(const struct aw_text *text)
{
	return aw_text_find(text, " cpuset=") && aw_text_find(text, " mems_allowed=");
}

bool aw_klog_is_registers(const struct aw_text *text)
{
	struct aw_text t = *text;
	const char *end;

	aw_text_trim(&t);
	/* from the end: what stands before may be a prefix that nobody knows */
	for (end = t.end; end > t.p && aw_hex_digit(end[-1]) >= 0; end--)
		;
	if (t.end - end < 8 || end - t.p < 3 || end[-1] != ' ' || end[-2] != ':')
		return false;
	for (end -= 2; end > t.p && aw_is_word(end[-1]); end--)
		;
	t.p = end;
	return is_register(t);
}

bool aw_klog_is_filler(const struct aw_text *text)
{
	struct aw_text t = *text;

	aw_text_trim(&t);
	for (size_t i = 0; i < ARRAY_SIZE(starts); i++)
		if (aw_text_starts(&t, starts[i]))
			return true;
	return is_register(t) || is_words(t) || is_counter(t) || is_cpuset(&t);
}
