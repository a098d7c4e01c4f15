/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The enums of a recording by name: a file tells the names of its numbers, so
 * that another version of the program finds its own.
 */
#ifndef AW_EVENT_RECORDING_ENUMS_H
#define AW_EVENT_RECORDING_ENUMS_H

#include <stddef.h>
#include <stdint.h>

#include "event/recording.h"

#define AW_ENUM_NUMBERS 64

/* How many numbers this program has of an enum, and their names. */
unsigned int aw_recording_enum_size(enum aw_recording_enum which);
const char *aw_recording_enum_name(enum aw_recording_enum which, unsigned int number);

/* A file's numbers into this program's. */
struct aw_recording_map {
	uint8_t of[AW_ENUM_COUNT][AW_ENUM_NUMBERS];
};

/* Every number means what this program calls unknown (of a class: hard). */
void aw_recording_map_init(struct aw_recording_map *map);

/* `name` (not NUL-terminated) is the name of `number` in the file. */
void aw_recording_map_add(struct aw_recording_map *map, unsigned int which, unsigned int number,
			  const char *name, size_t len);

static inline unsigned int aw_recording_map_get(const struct aw_recording_map *map,
						enum aw_recording_enum which, unsigned int number)
{
	return map->of[which][number < AW_ENUM_NUMBERS ? number : AW_ENUM_NUMBERS - 1];
}

/* The same for a set of numbers; those without a meaning here are dropped. */
uint64_t aw_recording_map_bits(const struct aw_recording_map *map, enum aw_recording_enum which,
			       uint64_t bits);

#endif
