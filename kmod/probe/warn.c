/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The prototype of the function that reports a failed allocation.
 *
 * The order of warn_alloc_failed() is an int up to 4.3, and unsigned from 4.4 on
 * and in vendors' 3.18: one word in one register either way.  A tree may keep
 * the declaration of warn_alloc() from modules (mm/internal.h).  If it declares
 * it in another way, none compiles.
 *
 * PROBE HAVE_WARN_ALLOC_FAILED (up to 4.3)
 * PROBE HAVE_WARN_ALLOC_FAILED_UNSIGNED (4.4 to 4.8)
 * PROBE HAVE_WARN_ALLOC_PLAIN (4.9, 4.10)
 * PROBE HAVE_WARN_ALLOC_NODEMASK (4.11 on)
 * PROBE HAVE_WARN_ALLOC_HIDDEN (neither is declared)
 */
#include <linux/module.h>
#include <linux/mm.h>

#if defined(HAVE_WARN_ALLOC_HIDDEN)
/* Conflicts with any declaration of a function. */
extern struct aw_not_declared { int unused; } warn_alloc, warn_alloc_failed;
#endif

void probe(void);
void probe(void)
{
#if defined(HAVE_WARN_ALLOC_FAILED)
	void (*function)(gfp_t, int, const char *, ...) = warn_alloc_failed;
#elif defined(HAVE_WARN_ALLOC_FAILED_UNSIGNED)
	void (*function)(gfp_t, unsigned int, const char *, ...) = warn_alloc_failed;
#elif defined(HAVE_WARN_ALLOC_PLAIN)
	void (*function)(gfp_t, const char *, ...) = warn_alloc;
#elif defined(HAVE_WARN_ALLOC_NODEMASK)
	void (*function)(gfp_t, nodemask_t *, const char *, ...) = warn_alloc;
#endif
#if !defined(HAVE_WARN_ALLOC_HIDDEN)
	function(0, 0, 0);
#endif
}
