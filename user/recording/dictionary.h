/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The entries that the current file of a recording already has: strings,
 * stacks, tasks and masks get a number at their first use.
 */
#ifndef AW_RECORDING_DICTIONARY_H
#define AW_RECORDING_DICTIONARY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Maps keys of any bytes to numbers from 1 on.  All zero: empty. */
struct aw_dictionary {
	struct aw_dictionary_entry *entries;
	uint32_t count;
};

void aw_dictionary_clear(struct aw_dictionary *dictionary);

/* The number of a key.  *is_new: the key was added by this call.  0: no memory. */
uint32_t aw_dictionary_get(struct aw_dictionary *dictionary, const void *key, size_t size, bool *is_new);

#endif
