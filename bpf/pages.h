/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the page scan and its BPF programs share.  Both are built together, so
 * this needs no version.
 */
#ifndef AW_BPF_PAGES_H
#define AW_BPF_PAGES_H

/* The page structures are copied in chunks: 64 of 64 bytes, which is one page of them. */
#define AW_CHUNK_BYTES 4096
#define AW_CHUNKS 16		/* of one run, at most */

#define AW_NOTED 64		/* a power of two */
#define AW_FRAME_OFFSET 8	/* of `pfn` in the trace event kmem:mm_page_alloc; user space checks that */

#endif
