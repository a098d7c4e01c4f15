/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The pages of one cpu's trace buffer in a file, as they are or packed in chunks.
 */
#ifndef AW_IMPORT_SAVED_PAGES_H
#define AW_IMPORT_SAVED_PAGES_H

#include "import/input.h"
#include "import/unpack.h"

struct aw_saved_pages;

/* `size` bytes at `offset` of `input`, which is borrowed.  NULL: no memory. */
struct aw_saved_pages *aw_saved_pages_new(struct aw_import_input *input, uint64_t offset, uint64_t size,
					  enum aw_import_packing packing);
void aw_saved_pages_free(void *pages);

/* An aw_trace_page_fn. */
ssize_t aw_saved_pages_read(void *pages, void *page, size_t size);

#endif
