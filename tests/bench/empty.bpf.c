// SPDX-License-Identifier: GPL-2.0
/*
 * Programs that do nothing, to measure the cost of attaching to mm_page_alloc.
 */
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>

SEC("?tp_btf/mm_page_alloc")
int empty_tp_btf(void *ctx)
{
	return 0;
}

SEC("?raw_tp/mm_page_alloc")
int empty_raw_tp(void *ctx)
{
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
