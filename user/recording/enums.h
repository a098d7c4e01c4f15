/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Maps the enums of a recording to those of this program.  A file names its
 * numbers, so that programs with other numbers can read it.
 */
#ifndef AW_RECORDING_ENUMS_H
#define AW_RECORDING_ENUMS_H

#include <stddef.h>
#include <stdint.h>

#include "recording/format.h"

#define AW_ENUM_NUMBERS 64

/* The number of values that an enum has in this program, and their names. */
unsigned int aw_recording_enum_size(enum aw_recording_enum which);
const char *aw_recording_enum_name(enum aw_recording_enum which, unsigned int number);

/* Maps a file's numbers to this program's. */
struct aw_recording_map {
	uint8_t of[AW_ENUM_COUNT][AW_ENUM_NUMBERS];
};

/* Maps every number to "unknown" (of a class: to hard). */
void aw_recording_map_init(struct aw_recording_map *map);

/* Tells the name of `number` in the file; `name` is not NUL-terminated. */
void aw_recording_map_add(struct aw_recording_map *map, unsigned int which, unsigned int number,
			  const char *name, size_t len);

static inline unsigned int aw_recording_map_get(const struct aw_recording_map *map,
						enum aw_recording_enum which, unsigned int number)
{
	return map->of[which][number < AW_ENUM_NUMBERS ? number : AW_ENUM_NUMBERS - 1];
}

/* Maps a set of numbers; those without a value in this program are dropped. */
uint64_t aw_recording_map_bits(const struct aw_recording_map *map, enum aw_recording_enum which,
			       uint64_t bits);

#endif
