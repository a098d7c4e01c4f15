/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Whether memory ever ran out.  The program is linked with --wrap for malloc(),
 * calloc(), realloc(), strdup() and strndup(), so that no caller can forget to say so.
 */
#ifndef AW_BASE_MEMORY_H
#define AW_BASE_MEMORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* Did an allocation of this program fail?  Then its output may be less than all, and must not end with status 0. */
bool aw_memory_failed(void);

/* Notes a failure that --wrap does not see: of a library, or of the kernel. */
void aw_memory_note_failure(void);

/*
 * A stream to memory.  `text`, which the caller frees, and `size` are set once it
 * is closed.  NULL, and -ENOMEM at closing: no memory, and the text is not whole.
 */
FILE *aw_memory_open(char **text, size_t *size);
int aw_memory_close(FILE *memory);	/* NULL allowed */

/* Has jansson's failed allocations noted.  To be called before it is used. */
void aw_memory_watch_jansson(void);

#endif
