/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The steps that can be written to /proc/lab: states of memory, and requests for pages.
 *
 * A write is a list of steps, "STEP KEY=VALUE ...; STEP ...", which run one after the other in the
 * task that writes, so that nothing in user space needs memory while it is short.  A mark first, then a
 * state, a request that fails, and the release of all that the state took:
 *   mark name=costly; fill leave_min=100; punch; must order=4 most=0; ask order=4 mask=GFP_KERNEL; release
 * Where "must" finds another state than was meant, nothing is asked, the state is released, and the write
 * fails with EAGAIN: whoever writes makes it again.
 * Reading gives a line a request: "costly ask got 0 failed 1 from 7200 to 7300 us".
 */
#ifndef LAB_H
#define LAB_H

#include <linux/mm.h>
#include <linux/types.h>
#include <linux/version.h>

#define LAB_MAX_ARGS 12

/* MAX_ORDER was exclusive up to 6.3, then inclusive, and is called MAX_PAGE_ORDER from 6.8 on. */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 8, 0)
#define LAB_MAX_ORDER MAX_PAGE_ORDER
#elif LINUX_VERSION_CODE >= KERNEL_VERSION(6, 4, 0)
#define LAB_MAX_ORDER MAX_ORDER
#else
#define LAB_MAX_ORDER (MAX_ORDER - 1)
#endif

/* The KEY=VALUE pairs of a step; they point into the text that was written. */
struct lab_args {
	unsigned int count;
	const char *keys[LAB_MAX_ARGS];
	const char *values[LAB_MAX_ARGS];
};

/* The value of `key`, or `otherwise`.  A number that cannot be read is `otherwise`, too. */
const char *lab_text(const struct lab_args *args, const char *key, const char *otherwise);
long lab_number(const struct lab_args *args, const char *key, long otherwise);

/* "GFP_KERNEL|__GFP_COMP" as a mask of this kernel; -EINVAL: a name is not known. */
int lab_mask(const char *names, gfp_t *mask);

/* Files of /proc and /sys: 0 or -errno; a number, or -errno. */
int lab_write_file(const char *path, const char *value);
long lab_read_file(const char *path);

/* Appends a line to what reading gives. */
__printf(1, 2) void lab_tell(const char *format, ...);

/* The steps.  0 or -errno. */
int lab_fill(const struct lab_args *args);	/* takes blocks of one order */
int lab_eat(const struct lab_args *args);	/* takes all free blocks of an order and above */
int lab_punch(const struct lab_args *args);	/* gives every other block back that fill took */
int lab_lessen(const struct lab_args *args);	/* gives back a part of what fill took */
void lab_forget(void);				/* what compaction remembers of earlier states */
int lab_boost(const struct lab_args *args);	/* sets the watermark boost of all zones */
int lab_reserve(const struct lab_args *args);	/* lets the kernel build its HighAtomic reserve */
int lab_movable(const struct lab_args *args);	/* pages of a file in shared memory, which can be moved */
int lab_cache(const struct lab_args *args);	/* clean page cache, which can be reclaimed */
int lab_holes(const struct lab_args *args);	/* gives pages of the shared memory back */
int lab_must(const struct lab_args *args);	/* the state is as meant, else -EAGAIN */
int lab_pool(const struct lab_args *args);	/* a mempool with one element of an order */
int lab_ask(const struct lab_args *args);	/* one or more requests */

/* A slab cache of its own, without any object: the first one needs pages. */
int lab_make_cache(void);
void lab_destroy_cache(void);

/* A device that asks for memory to share. */
int lab_make_device(void);
void lab_destroy_device(void);

/* Gives back what the steps of the file took. */
void lab_release_pages(void);
void lab_release_files(void);
void lab_release_pool(void);

struct zone;

/* Adds up `count` over the zones that a request with `mask` may have, of `node` or of all (-1). */
long lab_sum_zones(gfp_t mask, int node, long (*count)(struct zone *zone, unsigned long what), unsigned long what);

/* Pages free that a request with `mask` may have, in zones of `node` or of all (-1). */
long lab_free_pages(gfp_t mask, int node);
/* The min watermarks of the same zones, pages, and what they keep from such a request. */
long lab_min_pages(gfp_t mask, int node);

#endif
