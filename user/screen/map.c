// SPDX-License-Identifier: GPL-2.0
/*
 * The memory map: when pages are looked at.
 */
#include "screen/map.h"

#include <errno.h>
#include <stdlib.h>

#include "base/cleanup.h"
#include "screen/panel.h"
#include "screen/screen.h"

#define USUAL_ORDER 4

static void drop(struct aw_blockers **found)
{
	if (*found)
		aw_blockers_clear(*found);
	free(TAKE_PTR(*found));
}

static void drop_found(struct aw_map *map)
{
	if (map->scan)
		map->found = NULL;
	aw_scan_drop(TAKE_PTR(map->scan));
	drop(&map->found);
}

void aw_map_take(struct aw_map *map, const struct aw_screen_host *host, struct aw_scan *scan)
{
	/* A scan for CMA has only the zones with areas. */
	if (host->look || !scan || (scan->cma.count && map->scan))
		return;
	drop_found(map);
	map->scan = aw_scan_hold(scan);
	map->found = &map->scan->found;
	map->at_ns = scan->time_ns;
	map->changed = true;
}

void aw_map_look(struct aw_map *map, const struct aw_screen_host *host, const struct aw_memory *memory)
{
	const struct aw_failure *failed = &memory->request.failure;

	if (map->next)
		return;
	map->error.text[0] = '\0';
	if (!host->look && map->found)
		return;
	if (!host->look) {
		aw_error_set(&map->error, -ENODATA, "%s", host->here ? "pages cannot be looked at here" :
			     "this recording holds no page scan; record makes one at a hard failure for want of a block");
		return;
	}
	map->next = calloc(1, sizeof(*map->next));
	if (!map->next) {
		aw_error_set(&map->error, -ENOMEM, "out of memory");
		return;
	}
	map->next->request.order = memory->has_request ? failed->order : USUAL_ORDER;
	map->next->request.movable = memory->has_request && failed->migratetype == AW_MT_MOVABLE;
	map->begun = map->announced = false;
}

bool aw_map_step(struct aw_map *map, const struct aw_screen_host *host)
{
	int more;

	if (!map->next || !map->announced)
		return false;
	more = host->look(host->arg, !map->begun, map->next, &map->error);
	map->begun = true;
	if (more > 0)
		return true;
	if (more < 0) {
		drop(&map->next);
		return true;
	}
	drop_found(map);
	map->found = TAKE_PTR(map->next);
	map->at_ns = host->now(host->arg);
	map->changed = true;
	return true;
}

void aw_map_clear(struct aw_map *map)
{
	drop_found(map);
	drop(&map->next);
}
