/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Kernel lockdown, which restricts even root.
 */
#ifndef AW_SYSTEM_LOCKDOWN_H
#define AW_SYSTEM_LOCKDOWN_H

#include <stdbool.h>
#include <stddef.h>

/*
 * "none", "integrity" or "confidentiality".  "": the kernel has no lockdown, or it
 * is not known, because securityfs is not mounted and the command line does not
 * set it.
 */
void aw_lockdown_mode(char *mode, size_t size);

/* Is it "confidentiality"?  Then BPF may not read kernel memory, and tracefs is empty. */
bool aw_lockdown_is_confidential(void);

#endif
