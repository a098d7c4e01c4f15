// SPDX-License-Identifier: GPL-2.0
/*
 * The page scan: copies page structures (struct page) to user space.
 *
 * It knows nothing of their layout, so it needs no BTF and runs on every kernel
 * that has BPF_PROG_TEST_RUN for raw tracepoints (5.10 on).
 */
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>

#include "pages.h"

/* In .bss, which user space maps: data with a section of its own would be as large in the program. */
unsigned char chunks[AW_CHUNKS * AW_CHUNK_BYTES];
int chunk_error[AW_CHUNKS];	/* 0, or -errno: that chunk is not mapped in the kernel */

/* The last allocations of one thread. */
struct {
	__u64 thread;
	__u64 count;
	__u64 page[AW_NOTED];		/* addresses of struct page */
	__u64 frames;			/* the same allocations, as the trace event has them */
	__u64 frame[AW_NOTED];
} noted;

/*
 * Never attached: user space runs it, with arguments of its own: the address, the
 * number of chunks, and after how many ns no further chunk is begun: structures
 * that are in no cache take ten times as long as others.  Returns how many were read.
 */
SEC("raw_tp")
int copy_pages(struct bpf_raw_tracepoint_args *ctx)
{
	__u64 address = ctx->args[0], count = ctx->args[1], budget = ctx->args[2];
	__u64 start = bpf_ktime_get_ns();
	__u32 i;

	for (i = 0; i < AW_CHUNKS; i++) {
		if (i >= count || (i && bpf_ktime_get_ns() - start > budget))
			break;
		chunk_error[i] = bpf_probe_read_kernel(&chunks[i * AW_CHUNK_BYTES], AW_CHUNK_BYTES,
						       (void *)(address + i * AW_CHUNK_BYTES));
	}
	return i;
}

/* The same for up to a chunk of any bytes.  Returns 0, or 1: not mapped. */
SEC("raw_tp")
int copy_bytes(struct bpf_raw_tracepoint_args *ctx)
{
	__u64 size = ctx->args[1];

	if (size > AW_CHUNK_BYTES)
		return 1;
	return bpf_probe_read_kernel(chunks, size, (void *)ctx->args[0]) != 0;
}

/* Attached for a moment, while user space touches pages whose frame numbers it can read. */
SEC("raw_tp/mm_page_alloc")
int note_page(struct bpf_raw_tracepoint_args *ctx)
{
	__u64 index;

	if ((__u32)bpf_get_current_pid_tgid() != noted.thread)
		return 0;
	index = noted.count;
	noted.count = index + 1;
	noted.page[index & (AW_NOTED - 1)] = ctx->args[0];
	return 0;
}

/* Attached beside it where frame numbers cannot be read: the trace event has them, in its first word. */
SEC("tracepoint/kmem/mm_page_alloc")
int note_frame(struct trace_event_raw_mm_page_alloc *ctx)
{
	__u64 index;

	if ((__u32)bpf_get_current_pid_tgid() != noted.thread)
		return 0;
	index = noted.frames;
	noted.frames = index + 1;
	noted.frame[index & (AW_NOTED - 1)] = *(__u64 *)((char *)ctx + AW_FRAME_OFFSET);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
