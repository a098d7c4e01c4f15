/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The writer's memory of what a file knows already: strings, stacks, tasks
 * and masks get a number when they first come.
 */
#ifndef AW_EVENT_RECORDING_DICTIONARY_H
#define AW_EVENT_RECORDING_DICTIONARY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Zero it to begin: keys of any bytes, numbered from 1 on. */
struct aw_dictionary {
	struct aw_dictionary_entry *entries;
	uint32_t count;
};

void aw_dictionary_clear(struct aw_dictionary *dictionary);

/* The number of a key; *is_new says that it was just given. 0: no memory. */
uint32_t aw_dictionary_get(struct aw_dictionary *dictionary, const void *key, size_t size, bool *is_new);

#endif
