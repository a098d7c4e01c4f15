// SPDX-License-Identifier: GPL-2.0
/*
 * Names of kernel addresses, formatted by the kernel.  User space runs this
 * (BPF_PROG_TEST_RUN), so that it need not keep kallsyms in memory; %pS is not
 * subject to kptr_restrict.  Needs bpf_snprintf (5.13) and syscall
 * programs (5.14).
 */
#include "names.h"

struct aw_names names SEC(".data.names");

const char names_format[] = "%pS";

SEC("?syscall")
int format_names(void *ctx)
{
	__u64 address = names.address;

	names.name[0] = 0;
	bpf_snprintf(names.name, AW_NAMES_LEN, names_format, &address, sizeof(address));
	return 0;
}
