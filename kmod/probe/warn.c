/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Which of the three prototypes reports a failed allocation.  Where the
 * declaration is out of sight (mm/internal.h), none compiles.
 *
 * PROBE HAVE_WARN_ALLOC_FAILED (up to 4.8)
 * PROBE HAVE_WARN_ALLOC_PLAIN (4.9, 4.10)
 * PROBE HAVE_WARN_ALLOC_NODEMASK (4.11 on)
 */
#include <linux/module.h>
#include <linux/mm.h>

void probe(void);
void probe(void)
{
#if defined(HAVE_WARN_ALLOC_FAILED)
	void (*function)(gfp_t, int, const char *, ...) = warn_alloc_failed;
#elif defined(HAVE_WARN_ALLOC_PLAIN)
	void (*function)(gfp_t, const char *, ...) = warn_alloc;
#elif defined(HAVE_WARN_ALLOC_NODEMASK)
	void (*function)(gfp_t, nodemask_t *, const char *, ...) = warn_alloc;
#endif
	function(0, 0, 0);
}
