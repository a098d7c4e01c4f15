/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The memory map: looks at all pages, a zone at a time, when the page is opened
 * and when a key asks for it.
 */
#ifndef AW_SCREEN_MAP_H
#define AW_SCREEN_MAP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "blockers/answer.h"
#include "event/scan.h"

struct aw_screen_host;
struct aw_memory;

struct aw_map {
	struct aw_blockers *found;	/* owned, or that of `scan`; NULL: nothing yet */
	struct aw_scan *scan;		/* held: a scan of a recording; NULL: none */
	uint64_t at_ns;			/* when it was found, by the clock of the host */
	struct aw_blockers *next;	/* owned; being found; NULL: nobody is looking */
	bool begun, announced;		/* the screen has said that it is looking */
	struct aw_error error;		/* why there is nothing; "" */
	bool changed;			/* since the lines were made */
};

/* Begins to look, for the request that failed last. */
void aw_map_look(struct aw_map *map, const struct aw_screen_host *host, const struct aw_memory *memory);

/* Looks at the next zone, if anybody is looking.  True: the page has changed. */
bool aw_map_step(struct aw_map *map, const struct aw_screen_host *host);

/* A replayed recording has made a scan: the page shows the last one. */
void aw_map_take(struct aw_map *map, const struct aw_screen_host *host, struct aw_scan *scan);

void aw_map_clear(struct aw_map *map);

#endif
