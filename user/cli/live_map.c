// SPDX-License-Identifier: GPL-2.0
/*
 * The look at all pages that the screen of live asks for.
 */
#include "cli/live_map.h"

#include <errno.h>
#include <stdlib.h>

#include "base/cleanup.h"
#include "system/btf.h"

void aw_live_map_open(struct aw_live_map *map, const struct aw_kernel *kernel)
{
	AW_FREE struct aw_page_scan *scan = malloc(sizeof(*scan));
	struct aw_btf *btf;

	*map = (struct aw_live_map){ 0 };
	if (!scan) {
		aw_error_set(&map->error, -ENOMEM, "out of memory");
		return;
	}
	btf = aw_btf_open();
	if (!aw_page_scan_open(scan, AW_PAGES_SOURCES, kernel, btf, &map->error))
		map->scan = TAKE_PTR(scan);
	if (map->scan)
		map->scan->no_holders = true;
	aw_btf_free(btf);
}

void aw_live_map_close(struct aw_live_map *map)
{
	if (map->scan)
		aw_page_scan_close(map->scan);
	free(TAKE_PTR(map->scan));
}

int aw_live_map_look(struct aw_live_map *map, bool begin, struct aw_blockers *found, struct aw_error *error)
{
	struct aw_window_request request = found->request;

	if (!map->scan)
		return aw_error_set(error, -ENOTSUP, "%s", map->error.text);
	if (begin) {
		aw_page_scan_refresh(map->scan);
		if (request.order > map->scan->kernel->max_order)
			request.order = map->scan->kernel->max_order;
		aw_blockers_begin(map->scan, &request, found, &map->next);
	}
	return aw_blockers_step(map->scan, NULL, AW_CELLS_MAX, found, &map->next, error);
}
