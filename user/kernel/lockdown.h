/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Kernel lockdown: what the kernel keeps even from root.
 */
#ifndef AW_KERNEL_LOCKDOWN_H
#define AW_KERNEL_LOCKDOWN_H

#include <stdbool.h>
#include <stddef.h>

/*
 * "none", "integrity", "confidentiality"; "" this kernel has none, or does not
 * tell: securityfs is not mounted and the command line does not ask for it.
 */
void aw_lockdown_mode(char *mode, size_t size);

/* Then BPF may not read kernel memory, and tracefs is empty. */
bool aw_lockdown_is_confidential(void);

#endif
