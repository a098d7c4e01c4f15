/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Parts of the module API.
 *
 * PROBE HAVE_POLL_T (4.16: __poll_t)
 * PROBE HAVE_KPROBES (CONFIG_KPROBES)
 * PROBE HAVE_NOFAULT (5.8: copy_from_kernel_nofault(); before probe_kernel_read())
 * PROBE HAVE_LOCKDOWN (5.4: security_locked_down() with LOCKDOWN_TRACEFS)
 */
#include <linux/module.h>
#include <linux/fs.h>
#include <linux/poll.h>
#include <linux/kprobes.h>
#include <linux/security.h>
#include <linux/uaccess.h>

#if defined(HAVE_KPROBES) && !defined(CONFIG_KPROBES)
#error register_kprobe() is a stub
#endif

bool probe(void);
bool probe(void)
{
#if defined(HAVE_POLL_T)
	__poll_t mask = 0;

	return mask;
#elif defined(HAVE_NOFAULT)
	char to;

	return copy_from_kernel_nofault(&to, probe, sizeof(to));
#elif defined(HAVE_LOCKDOWN)
	return security_locked_down(LOCKDOWN_TRACEFS);
#else
	return true;
#endif
}
