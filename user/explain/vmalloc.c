// SPDX-License-Identifier: GPL-2.0
/*
 * Verdicts on vmalloc: addresses ran out, the size cannot be had, or what its
 * line says is not enough.
 */
#include "explain/vmalloc.h"

#include <stdio.h>
#include <string.h>

#include "base/array.h"
#include "base/units.h"
#include "explain/logged.h"
#include "explain/verdict.h"

#define ABSURD (UINT64_C(16) << 40)	/* half of what vmalloc has on x86-64 */

#define say(field, ...) snprintf((field), sizeof(field), __VA_ARGS__)

/* Functions that ask for addresses that code may be at. */
static bool is_for_modules(const struct aw_stack *stack)
{
	static const char *const names[] = { "module_alloc", "module_memory_alloc", "bpf_jit_alloc_exec", "execmem_alloc",
		"execmem_vmalloc" };

	for (unsigned int i = 0; stack && i < stack->count; i++)
		for (size_t k = 0; k < ARRAY_SIZE(names); k++)
			if (!strcmp(stack->frames[i].name, names[k]))
				return true;
	return false;
}

/*
 * module_alloc() of arm, arm64, x86-64 and others has an area of its own, MODULES_VADDR to MODULES_END, into which only
 * code fits that is near enough to be called from; vmalloc= moves another one.
 */
static void no_module_range(const char *bytes, const struct aw_kernel *kernel, struct aw_verdict *verdict)
{
	aw_explain_start(verdict, AW_CAUSE_ADDRESS_SPACE, AW_CERTAIN);
	say(verdict->headline, "no addresses are left that modules may have");
	say(verdict->cause_text, "no range of %s was free for code of modules and of BPF's compiler: on arm, arm64 and x86-64 they have a "
	    "small area of their own; pages were not asked for, free memory plays no part", bytes);
	say(verdict->rule_text, "module_alloc() gives up without a range of addresses%s", !kernel->arch[0] || !strcmp(kernel->arch, "powerpc") ?
	    "; on powerpc it tries a second range from 5.13 on, and only a second such line tells that it failed" : "");
	aw_explain_advise(verdict, AW_FOR_ADMIN, "vmallocinfo",
			  "look who holds the addresses: /proc/modules, and sort /proc/vmallocinfo by size; KASAN and leaks take much of "
			  "them; then fewer or smaller modules and BPF programs, or drivers built in");
	if (kernel->arch[0] && strcmp(kernel->arch, "arm") != 0 && strcmp(kernel->arch, "aarch64") != 0)
		return;
	aw_explain_advise(verdict, AW_FOR_ADMIN, "module_plts",
			  "on arm and arm64 a kernel with CONFIG_ARM_MODULE_PLTS or CONFIG_ARM64_MODULE_PLTS also places modules in "
			  "vmalloc's area, which vmalloc= enlarges on 32-bit kernels; the modules' own it does not");
}

/* Where the trace does not reach whoever asked (not `known`), it may have been for a module. */
static void no_range(const char *bytes, uint64_t size, bool known, struct aw_verdict *verdict)
{
	aw_explain_start(verdict, AW_CAUSE_ADDRESS_SPACE, AW_CERTAIN);
	if (size >= ABSURD)
		say(verdict->headline, "no free range of addresses is so large");
	else
		say(verdict->headline, "the address space of vmalloc%s is used up", known ? "" : " (or of modules)");
	say(verdict->cause_text, "no range of %s was free in the addresses that vmalloc, modules and ioremap share%s; "
	    "pages were not asked for, free memory plays no part", bytes,
	    known ? "" : ", or in those that modules have for themselves on arm, arm64 and x86-64");
	say(verdict->rule_text, "vmalloc gives up without a range of addresses");
	if (size >= ABSURD)
		aw_explain_advise(verdict, AW_FOR_CALLER, "check_size",
				  "check the size: so much is likely a length from a device or an overflow");
	aw_explain_advise(verdict, AW_FOR_ADMIN, "vmallocinfo",
			  "look who holds the addresses: sort /proc/vmallocinfo by size; KASAN and leaks take much of them");
	if (size >= ABSURD)
		return;
	aw_explain_advise(verdict, AW_FOR_ADMIN, "vmalloc_size",
			  "on 32-bit kernels that have it, boot with a larger vmalloc= area; it costs lowmem");
}

/* What vmalloc was asked for cannot be had, whatever memory looks like. */
static void bad_size(const struct aw_warning *warning, const char *bytes, struct aw_verdict *verdict)
{
	bool nothing = warning->failed == AW_VMALLOC_NOTHING;

	aw_explain_start(verdict, nothing ? AW_CAUSE_UNKNOWN : AW_CAUSE_ORDER_TOO_LARGE, nothing ? AW_NOT_KNOWN : AW_CERTAIN);
	say(verdict->headline, nothing ? "the caller asked vmalloc for 0 bytes, which is a bug of the caller" :
					 "the caller asked vmalloc for more than all of RAM");
	say(verdict->cause_text, nothing ? "__vmalloc_node_range() refuses a size of 0 bytes; memory plays no part" :
					   "%s exceeds the total pages of the machine; nothing was tried", bytes);
	say(verdict->rule_text, "vmalloc checks the size before it does anything else");
	aw_explain_advise(verdict, AW_FOR_CALLER, "check_size",
			  nothing ? "check the size: 0 bytes were computed somewhere" :
	       "check the size: a length from user space or from a device that is not bounded, or an overflow");
}

/* "vmalloc: allocation failure: N bytes" where RAM is not known: __vmalloc_node_range() up to 5.12 did not come to pages. */
static void no_pages_asked(const char *bytes, struct aw_verdict *verdict)
{
	aw_explain_start(verdict, AW_CAUSE_UNKNOWN, AW_LIKELY);
	verdict->likely_cause = AW_CAUSE_ADDRESS_SPACE;
	verdict->missing[verdict->nr_missing++] = "the machine's RAM";
	say(verdict->headline, "vmalloc had no addresses for %s, or that is more than all of RAM", bytes);
	say(verdict->cause_text, "the kernel words it so before it asks for a page: no range of %s was free in the addresses of "
	    "vmalloc, or it exceeds the machine's memory; free memory plays no part", bytes);
	say(verdict->rule_text, "vmalloc gives up without a range of addresses, and on a size above all of RAM");
	aw_explain_advise(verdict, AW_FOR_CALLER, "check_size",
			  "check the size: a length from user space or from a device that is not bounded, or an overflow");
	aw_explain_advise(verdict, AW_FOR_ADMIN, "vmallocinfo", "if the size is right, look who holds the addresses: sort "
			  "/proc/vmallocinfo by size");
}

/* Up to 4.8 the mask stands in the next line, later at the end of this one. */
static void no_mask(const char *bytes, struct aw_verdict *verdict)
{
	aw_explain_start(verdict, AW_CAUSE_UNKNOWN, AW_NOT_KNOWN);
	verdict->missing[verdict->nr_missing++] = "gfp mask";
	say(verdict->headline, "vmalloc got no pages for %s", bytes);
	say(verdict->cause_text, "it had the addresses, and the page allocator had no pages; the log is cut before the mask, and without "
	    "that no rule can be told");
	say(verdict->rule_text, "not known: the mask is missing");
}

void aw_explain_vmalloc(const struct aw_event *event, const struct aw_kernel *kernel, struct aw_verdict *verdict)
{
	const struct aw_warning *warning = &event->warning;
	char bytes[AW_UNITS_TEXT];

	aw_format_bytes(warning->bytes, bytes);
	if (warning->failed == AW_VMALLOC_NO_SPACE && is_for_modules(event->stack)) {
		no_module_range(warning->bytes ? bytes : "that size", kernel, verdict);
	} else if (warning->failed == AW_VMALLOC_NO_SPACE) {
		no_range(warning->bytes ? bytes : "that size", warning->bytes, event->site != NULL, verdict);
	} else if (warning->failed == AW_VMALLOC_NOTHING || warning->failed == AW_VMALLOC_TOO_LARGE) {
		bad_size(warning, bytes, verdict);
	} else if (warning->failed == AW_VMALLOC_NO_RANGE && warning->bytes) {
		no_pages_asked(bytes, verdict);
	} else if (warning->failed == AW_VMALLOC_NO_PAGES) {
		no_mask(warning->bytes ? bytes : "it", verdict);
	} else {
		aw_explain_start(verdict, AW_CAUSE_UNKNOWN, AW_NOT_KNOWN);
		say(verdict->headline, "vmalloc found no pages or no room for %s", warning->bytes ? bytes : "it");
		verdict->missing[verdict->nr_missing++] = "vmalloc's reason";
		say(verdict->cause_text, warning->bytes ? "the line does not say whether pages or addresses ran out" :
		    "vmalloc's own line is cut or missing, which says whether pages or addresses ran out");
		say(verdict->rule_text, "not known");
	}
}

bool aw_explain_may_be_vmalloc(const struct aw_event *event, const struct aw_kernel *kernel)
{
	const struct aw_failure *f = &event->failure;
	/* the newest that the wording and the mask fit, where the release is not known */
	uint32_t version = kernel->version ? kernel->version : aw_logged_of(event->origin)->era.last;

	return event->type == AW_EVENT_FAILURE && !f->order && !f->slab_line && !f->loops && !f->nr_zones && !event->stack->count &&
	       version >= AW_VERSION(3, 0, 0) && version < AW_VERSION(4, 10, 0) && aw_gfp_has(&f->gfp, AW_GFP_HIGHMEM) &&
	       aw_gfp_has(&f->gfp, AW_GFP_IO) && !aw_gfp_has(&f->gfp, AW_GFP_MOVABLE) && !aw_gfp_has(&f->gfp, AW_GFP_HARDWALL);
}

void aw_explain_perhaps_vmalloc(struct aw_verdict *verdict)
{
	aw_explain_start(verdict, AW_CAUSE_UNKNOWN, AW_NOT_KNOWN);
	verdict->missing[verdict->nr_missing++] = "trace";
	verdict->missing[verdict->nr_missing++] = "zones";
	say(verdict->headline, "no page was free, or vmalloc had no addresses");
	say(verdict->cause_text, "with this mask vmalloc asks, too: up to 4.9 it prints this header below a line of its own (\"vmap allocation "
	    "for size\", \"vmalloc: allocation failure\"), which may be cut off; without the trace nothing tells");
	say(verdict->rule_text, "not known");
}
