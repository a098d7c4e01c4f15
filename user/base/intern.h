/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A pool of strings: equal strings get the same pointer, valid until the pool
 * is freed.
 */
#ifndef AW_BASE_INTERN_H
#define AW_BASE_INTERN_H

#include <stddef.h>

struct aw_intern;

struct aw_intern *aw_intern_new(void);			/* NULL: no memory */
void aw_intern_free(struct aw_intern *pool);		/* NULL allowed */

/* The pool's copy; "" when memory ran out. */
const char *aw_intern(struct aw_intern *pool, const char *text);

#endif
