/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Small things of the module API.
 *
 * PROBE HAVE_POLL_T (4.16: __poll_t)
 * PROBE HAVE_KPROBES (CONFIG_KPROBES)
 */
#include <linux/module.h>
#include <linux/fs.h>
#include <linux/poll.h>
#include <linux/kprobes.h>

#if defined(HAVE_KPROBES) && !defined(CONFIG_KPROBES)
#error register_kprobe() is a stub
#endif

bool probe(void);
bool probe(void)
{
#if defined(HAVE_POLL_T)
	__poll_t mask = 0;

	return mask;
#else
	return true;
#endif
}
