// SPDX-License-Identifier: GPL-2.0
/*
 * Which functions are the allocator, its wrappers, or the tracing itself.
 *
 * Names are those of mm/, lib/ and kernel/dma from 2.6 to today; since 6.10
 * most allocator entry points carry the suffix _noprof (b951aaff5035, "mm:
 * enable page allocation tagging").  Compilers add .isra.N, .constprop.N,
 * .part.N and .cold to any of them: the comparison ignores these.
 */
#include "kernel/site.h"

#include <string.h>

#include "base/glob.h"

/* Only there because somebody traces: never shown as part of the request's way. */
static const char *const tracing[] = {
	"bpf_prog_*", "bpf_trace_run*", "bpf_get_stack*", "bpf_get_stackid*", "bpf_trampoline_*",
	"__bpf_trace_*", "__traceiter_*", "__bpf_prog_*", "trace_event_raw_event_*",
	"ftrace_raw_event_*", "ftrace_event_buffer_commit", "trace_event_buffer_commit",
	"trace_buffer_unlock_commit*", "__ftrace_trace_stack", "__trace_stack", "perf_trace_*",
	"perf_tp_event", "perf_callchain*", "get_perf_callchain", "trace_call_bpf",
	"trace_mm_page_alloc*", "__do_trace_*", "stack_trace_call", "save_stack_trace*",
	"stack_trace_save*", "kprobe_dispatcher", "kprobe_perf_func", "kprobe_ftrace_handler",
	"kprobe_breakpoint_handler", "kretprobe_trampoline", "kretprobe_trampoline_handler",
	"arch_rethook_trampoline", "ftrace_ops_*", "ftrace_regs_call", "ftrace_call",
	"ftrace_graph_call", "ftrace_stub", "event_triggers_call", "opt_pre_handler",
};

/* What kallsyms calls the modules of generated code: programs, trampolines, slots of kprobes. */
static const char *const generated[] = { "bpf", "__builtin__ftrace", "__builtin__kprobes" };

/* The way from warn_alloc down to the report, in stacks of the kernel log. */
static const char *const reporting[] = {
	"dump_backtrace*", "unwind_backtrace", "show_stack*", "dump_stack*", "__dump_stack",
	"warn_alloc*", "show_regs*", "printk_stack_address", "walk_stackframe", "show_trace*",
	"prepare_backtrace", "unwind_stack*",
};

static const char *const allocator[] = {
	/* page allocator */
	"__alloc_pages*", "alloc_pages*", "__alloc_frozen_pages*", "alloc_frozen_pages*",
	"__folio_alloc*", "folio_alloc*", "filemap_alloc_folio*", "vma_alloc_folio*",
	"vma_alloc_zeroed_movable_folio", "get_page_from_freelist", "alloc_page_interleave",
	"alloc_kmem_pages*", "__get_free_page*", "get_free_page*", "get_zeroed_page*",
	"alloc_zeroed_user_highpage_movable", "__page_cache_alloc", "try_alloc_pages*",
	"__page_frag_*", "page_frag_alloc*", "__napi_alloc_frag*", "rmqueue*", "__rmqueue*",
	"steal_suitable_fallback", "try_to_steal_block", "try_to_claim_block",
	"__alloc_contig*", "alloc_contig*",
	/* slab */
	"*kmalloc*", "__kmem_cache_alloc*", "kmem_cache_alloc*", "*kcalloc*", "*kzalloc*",
	"*krealloc*", "kmemdup*", "kmem_getpages", "kmem_freepages", "cache_grow*", "cache_alloc_refill",
	"____cache_alloc*", "__cache_alloc*", "fallback_alloc", "slab_alloc*", "___slab_alloc*",
	"__slab_alloc*", "new_slab*", "allocate_slab*", "alloc_slab_page*", "slab_get_*",
	"__slob_alloc*", "slob_*", "kstrdup*", "kvasprintf*", "kasprintf*", "memdup_user*",
	"vmemdup_user*", "strndup_user", "kmem_cache_alloc_bulk*", "__kmem_cache_alloc_bulk*",
	"refill_objects", "__refill_*", "__pcs_*", "alloc_from_pcs*", "refill_sheaf",
	/* vmalloc */
	"vmalloc*", "__vmalloc*", "*kvmalloc*", "kvzalloc*", "vzalloc*", "kvcalloc*", "kvrealloc*",
	"vm_area_alloc_pages", "__kvmalloc*",
	/* mempools, per cpu */
	"mempool_alloc*", "mempool_kmalloc", "pcpu_*", "__alloc_percpu*", "alloc_percpu*",
	/* DMA */
	"__dma_alloc*", "dma_alloc*", "dmam_alloc*", "dma_direct_alloc*", "__dma_direct_alloc*",
	"iommu_dma_alloc*", "__iommu_dma_alloc*", "arm_dma_alloc*", "__dma_common*", "__alloc_from_*",
	"__alloc_remap_buffer", "__alloc_simple_buffer", "__dma_alloc_buffer", "arm64_swiotlb_alloc*",
	"swiotlb_alloc*", "dma_generic_alloc*", "x86_swiotlb_alloc*", "dma_alloc_from_*",
	"dma_common_alloc*", "dma_pool_alloc*", "dma_pool_create", "gen_pool_alloc*", "devm_k*alloc*",
	"devm_kmemdup*", "devm_get_free_pages", "cma_alloc*", "__cma_alloc*",
	/* socket buffers: wrappers of slab for whoever wants a packet */
	"__alloc_skb*", "alloc_skb*", "__netdev_alloc*", "netdev_alloc*", "__napi_alloc_skb",
	"napi_alloc_skb*", "skb_page_frag_refill", "sk_page_frag_refill", "sock_alloc_send_*skb",
	"pskb_expand_head", "kmalloc_reserve", "__build_skb*", "build_skb*",
};

/* The name up to a compiler's suffix, in `copy` when there is one. */
static const char *without_suffix(const char *name, char *copy, size_t size)
{
	const char *dot = strchr(name + (*name == '.'), '.');
	size_t len = dot ? (size_t)(dot - name) : strlen(name);

	if (!dot || len >= size)
		return name;
	memcpy(copy, name, len);
	copy[len] = '\0';
	return copy;
}

static bool matches(const char *name, const char *const *patterns, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (aw_glob_match(patterns[i], name))
			return true;
	return false;
}

#define MATCHES(name, patterns) matches(name, patterns, sizeof(patterns) / sizeof((patterns)[0]))

bool aw_site_is_tracing(const char *function, const char *module)
{
	char copy[128];

	if (module[0])
		return MATCHES(module, generated);
	return MATCHES(without_suffix(function, copy, sizeof(copy)), tracing);
}

bool aw_site_is_wrapper(const char *function)
{
	char copy[128];
	const char *name = without_suffix(function, copy, sizeof(copy));

	return MATCHES(name, tracing) || MATCHES(name, reporting) || MATCHES(name, allocator);
}

const struct aw_frame *aw_site_of(const struct aw_stack *stack)
{
	for (unsigned int i = 0; i < stack->count; i++) {
		const struct aw_frame *frame = &stack->frames[i];

		/* A frame without a name cannot be told from a wrapper, except by its address. */
		if (!frame->name[0] && !frame->addr)
			return NULL;
		if (!frame->name[0])
			return frame;
		if (aw_site_is_tracing(frame->name, frame->module) ||
		    (!frame->module[0] && aw_site_is_wrapper(frame->name)))
			continue;
		return frame;
	}
	return NULL;
}
