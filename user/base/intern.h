/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A pool of strings: equal strings have the same pointer, which is valid until
 * the pool is freed.
 */
#ifndef AW_BASE_INTERN_H
#define AW_BASE_INTERN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct aw_intern;

struct aw_intern *aw_intern_new(void);			/* NULL: no memory */
void aw_intern_free(struct aw_intern *pool);		/* NULL allowed */

/* The copy of the string in the pool; "": no memory. */
const char *aw_intern(struct aw_intern *pool, const char *text);

/*
 * The same of a text that does not change while it is there: one of the pool with this serial, or a constant; 0: of
 * neither, as above.  What was asked for before is then found by its address alone.
 */
const char *aw_intern_lasting(struct aw_intern *pool, const char *text, uint32_t serial);

/* Not 0, and of no other pool of this process: pointers of one serial that are equal stay equal texts. */
uint32_t aw_intern_serial(const struct aw_intern *pool);

/*
 * Did an allocation fail, for a string or for anything that the owner of the pool
 * reported?  Then the owner's data is incomplete.
 */
bool aw_intern_failed(const struct aw_intern *pool);
void aw_intern_note_failure(struct aw_intern *pool);

#endif
