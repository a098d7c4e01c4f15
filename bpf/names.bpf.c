// SPDX-License-Identifier: GPL-2.0
/*
 * Names of kernel addresses, written by the kernel itself: run by user space
 * (BPF_PROG_TEST_RUN) where kptr_restrict hides the addresses in kallsyms.
 * %pS is not subject to kptr_restrict.  Needs bpf_snprintf (5.13) and
 * syscall programs (5.14).
 */
#include "names.h"

struct aw_names names SEC(".data.names");

const char names_format[] = "%pS";

SEC("?syscall")
int format_names(void *ctx)
{
	for (int i = 0; i < AW_NAMES_BATCH; i++) {
		__u64 address = names.address[i];

		names.name[i][0] = 0;
		if (address)
			bpf_snprintf(names.name[i], AW_NAMES_LEN, names_format, &address, sizeof(address));
	}
	return 0;
}
